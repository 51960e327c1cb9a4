"""Stories that several articles tell in the same words: which article each is a copy of.

Articles are joined that are alike (`graph.likeness`) or have the same address, and what is joined
through others too. Of each such cluster the first published is the original, on the same day the
one with the least id; the others are copies of it, and what they say in their own name counts as
said by its source. This is a function of the articles stored, in whatever order they came.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.batches import run_ids, run_rows_back
from graph.likeness import BANDS, alike
from graph.rows import ArticleRows, Copy
from graph.store import Transaction

_AT_ONCE: Final = 20
"""Texts of one cluster that are compared before the next ones are fetched."""

Copies = dict[str, Copy | None]
"""What each article is a copy of; None for an original."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides of an article whether it is a copy, and of which."""

    id: str
    published: dt.date | None
    text: str
    url: str | None
    source: str | None
    bands: frozenset[tuple[str, str]]
    copy: Copy | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> _Known:
        of = row.get("copy_of")
        return cls(
            row["id"],
            row.get("published"),
            row["text"],
            row.get("url"),
            row.get("credited_source") or row.get("outlet"),
            frozenset((name, row[name]) for name in BANDS if row.get(name)),
            Copy(of, row.get("copied_source")) if of else None,
        )

    @property
    def age(self) -> tuple[dt.date, str]:
        """By which the original is found; nobody knows how old an undated article is."""
        return self.published or dt.date.max, self.id

    def joins(self, other: _Known) -> bool:
        """Whether both are one story, by themselves."""
        if self.url is not None and self.url == other.url:
            return True
        return bool(self.bands & other.bands) and alike(self.text, other.text)


def settle(
    transaction: Transaction, new: Sequence[ArticleRows], removed: Sequence[str]
) -> tuple[Copies, Copies]:
    """What becomes a copy of what when articles come and go.

    Parameters
    ----------
    new
        Articles that are about to be stored.
    removed
        Ids of stored articles that are about to go, or to be replaced by one of the new ones.

    Returns
    -------
    tuple
        For each new article what it is a copy of; and the same for those stored articles for
        which it changes.
    """
    left = _cluster_of(transaction, removed)
    fresh = [_Known.of(rows.article) for rows in new]
    groups = _Groups([*fresh, *left])
    gone = {*removed, *(known.id for known in fresh), *(known.id for known in left)}
    leaders = _neighbours(transaction, fresh, gone, groups)
    known_leaders = {known.id: known for known in _fetch(transaction, sorted(leaders))}
    for known in known_leaders.values():
        groups.add(known)
    before: Copies = {known.id: known.copy for known in left}
    fresh_ids = {known.id for known in fresh}
    copies: Copies = {}
    changed: Copies = {}
    for group in groups.all():
        original = min(group, key=lambda known: known.age)
        for known in group:
            copy = None if known is original else Copy(original.id, original.source)
            if known.id in fresh_ids:
                copies[known.id] = copy
            elif known.id in before:
                if before[known.id] != copy:
                    changed[known.id] = copy
            elif copy is not None:  # the original of a cluster that is one with an older one now
                members = run_ids(transaction, "ingest/copies", [known.id])
                changed |= dict.fromkeys([known.id, *(row["id"] for row in members)], copy)
    return copies, changed


def _cluster_of(transaction: Transaction, removed: Sequence[str]) -> list[_Known]:
    """The articles that are in one cluster with those that go."""
    if not removed:
        return []
    originals = {row["original"] for row in run_ids(transaction, "ingest/originals", removed)}
    members = run_ids(transaction, "ingest/copies", sorted(originals))
    ids = {*originals, *(row["id"] for row in members)} - set(removed)
    return _fetch(transaction, sorted(ids))


def _neighbours(
    transaction: Transaction, fresh: Sequence[_Known], gone: set[str], groups: _Groups
) -> set[str]:
    """Joins the new articles to the stored clusters that they belong to; gives their originals."""
    rows = [{"id": k.id, "url": k.url, **dict.fromkeys(BANDS), **dict(k.bands)} for k in fresh]
    waiting: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in run_rows_back(transaction, "ingest/like_articles", rows):
        if row["other"] not in gone:
            waiting[row["id"], row["original"]].append(row["other"])
    by_id = {known.id: known for known in fresh}
    leaders: set[str] = set()
    while waiting:
        first = {key: sorted(set(others))[:_AT_ONCE] for key, others in waiting.items()}
        wanted = sorted({other for others in first.values() for other in others})
        texts = {known.id: known for known in _fetch(transaction, wanted)}
        for key, others in first.items():
            id_, leader = key
            rest = [other for other in waiting.pop(key) if other not in others]
            if any(by_id[id_].joins(texts[other]) for other in others):
                groups.join(id_, leader)
                leaders.add(leader)
            elif rest:
                waiting[key] = rest
    return leaders


def _fetch(transaction: Transaction, ids: Sequence[str]) -> list[_Known]:
    return [_Known.of(row["article"]) for row in run_ids(transaction, "ingest/texts", ids)]


class _Groups:
    """Articles joined into clusters; those that are given are compared with each other."""

    def __init__(self, given: Sequence[_Known]) -> None:
        self._known = {known.id: known for known in given}
        self._parent: dict[str, str] = {}
        by_mark: defaultdict[object, list[_Known]] = defaultdict(list)
        for known in given:
            for mark in (*known.bands, *([known.url] if known.url else [])):
                by_mark[mark].append(known)
        for marked in by_mark.values():
            for at, known in enumerate(marked):
                for other in marked[:at]:
                    if self._root(known.id) != self._root(other.id) and known.joins(other):
                        self.join(known.id, other.id)

    def add(self, known: _Known) -> None:
        """An article that was joined by its id."""
        self._known[known.id] = known

    def join(self, one: str, other: str) -> None:
        """Both are one story."""
        self._parent[self._root(one)] = self._root(other)

    def all(self) -> Iterable[list[_Known]]:
        """The clusters, those of one article included."""
        groups: defaultdict[str, list[_Known]] = defaultdict(list)
        for id_, known in self._known.items():
            groups[self._root(id_)].append(known)
        return groups.values()

    def _root(self, id_: str) -> str:
        while (parent := self._parent.get(id_, id_)) != id_:
            id_ = parent
        return id_
