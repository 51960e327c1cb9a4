"""Stored articles that another reader is to read: which they are, and what changes by it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.batches import slices
from graph.model import Article, Claim
from graph.store import Store

_IDS: Final = 10_000
_PAGE: Final = 50
_QUALIFIERS: Final = (
    *("status", "role", "amount_value", "amount_currency", "amount_bound", "amount_purpose"),
    *("start_earliest", "start_latest", "end_earliest", "end_latest", "attributed_name"),
    *("quote_start", "quote_end"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it is stored, with the claims that were read in it."""

    article: Article
    extractor: str
    claims: Sequence[dict[str, Any]]


@dataclass
class Changes:
    """What reading again has changed, by relation."""

    added: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    """Articles of which some claim is new, gone or changed."""

    def compare(self, before: Stored, claims: Sequence[Claim]) -> bool:
        """Count what differs in one article; whether anything does."""
        old = _by_triple((_stored_key(row), _stored_rest(row)) for row in before.claims)
        new = _by_triple((_key(claim), _rest(claim)) for claim in claims)
        differs = False
        for key in old.keys() | new.keys():
            one, other = old.get(key, Counter()), new.get(key, Counter())
            same = (one & other).total()
            changed = min(one.total(), other.total()) - same
            added, gone = other.total() - same - changed, one.total() - same - changed
            for counter, number in (
                *((self.kept, same), (self.changed, changed)),
                *((self.added, added), (self.gone, gone)),
            ):
                if number:
                    counter[key[1]] += number
            differs = differs or bool(changed or added or gone)
        self.articles += differs
        return differs


def stored_otherwise(
    store: Store, extractors: Collection[str], since: dt.datetime | None = None
) -> Iterator[Stored]:
    """The stored articles that none of these readers has read, in the order of their ids.

    Memory does not grow with their number, and they may be replaced meanwhile.
    """
    after = ""
    asked = {"limit": _IDS, "extractors": sorted(extractors), "since": since}
    while rows := store.read("ingest/read_otherwise", after=after, **asked):
        ids = [row["id"] for row in rows]
        for part in slices(ids, _PAGE):
            found = store.read("decisions/stored_readings", ids=list(part))
            for row in sorted(found, key=lambda row: str(row["id"])):
                article = row["article"]
                known = {n: v for n, v in article.items() if n in Article.model_fields}
                claims = sorted(row["claims"], key=lambda claim: int(claim["position"]))
                yield Stored(Article(**known), article["extractor"], claims)
        after = ids[-1]


def unread_articles(store: Store) -> Iterator[dict[str, Any]]:
    """The articles that are stored without having been read: id, language, title, and why."""
    after = ""
    while rows := store.read("lookup/unread_articles", after=after, limit=_IDS):
        yield from rows
        after = rows[-1]["id"]


_Key = tuple[str, str, str]


def _by_triple(claims: Iterator[tuple[_Key, tuple[Any, ...]]]) -> dict[_Key, Counter[Any]]:
    found: dict[_Key, Counter[Any]] = {}
    for key, rest in claims:
        found.setdefault(key, Counter())[rest] += 1
    return found


def _stored_key(row: dict[str, Any]) -> _Key:
    return row["subject_name"], row["type"], row["object_name"]


def _key(claim: Claim) -> _Key:
    return claim.subject.name, claim.relation.value, claim.object.name


def _stored_rest(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _QUALIFIERS)


def _rest(claim: Claim) -> tuple[Any, ...]:
    amount, start, end = claim.amount, claim.start, claim.end
    return (
        claim.status.value,
        claim.role,
        amount and amount.value,
        amount and amount.currency,
        amount and amount.bound.value,
        amount and amount.purpose and amount.purpose.value,
        start and start.earliest,
        start and start.latest,
        end and end.earliest,
        end and end.latest,
        claim.attributed_to and claim.attributed_to.name,
        claim.quote.start,
        claim.quote.end,
    )
