"""Searching entities by name, forgiving accents, case, typos and unfinished words.

The store's full-text index gives candidates; they are then ranked here by how much the query
looks like their names, so that both engines rank alike. A word that some name holds, or begins
with, is taken as it is; only others are taken for misspelt.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from graph.errors import ModelError
from graph.identity import looks_like_name, normalise
from graph.model import MAX_NAME_LENGTH, Kind
from graph.paging import Key, Listing
from graph.store import Store
from graph.views import EntityHit, Page

MAX_CANDIDATES: Final = 200
"""Entities that the index gives to rank: a search never gives more than these."""

_MAX_WORDS: Final = 12
_SHORTEST_MISSPELT: Final = 3
_LONG: Final = 6
"""Letters of a word in which two may be wrong."""
_ENOUGH: Final = 62.0  # one letter in three wrong
_ALIAS: Final = 0.97  # so that the entity of this name comes before those it is an alias of
_PREFIX: Final = 90.0


@dataclass(frozen=True)
class _Match:
    score: float
    name: str


def search_entities(
    store: Store,
    text: str,
    *,
    kind: Kind | None = None,
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[EntityHit]:
    """Entities with a name like `text`, the best first; of equal names, the best sourced.

    With a day, only those that an article known by then mentions, counted as of that day; their
    names are those of today.

    Raises
    ------
    ModelError
        If `text` is longer than a name, or holds no letter or digit.
    CursorError
        If `cursor` does not belong to this search.
    """
    if len(text) > MAX_NAME_LENGTH:
        raise ModelError(f"a name has at most {MAX_NAME_LENGTH} characters; shorten the query")
    query = lucene_query(text)
    if not query:
        raise ModelError("there is no letter or digit to search for")
    listing = Listing("search", {"text": text, "kind": kind, "known_at": known_at})
    after = listing.key_after(cursor, length=3)
    asked: dict[str, Any] = {
        "kinds": [kind.value] if kind else [each.value for each in Kind],
        "limit": MAX_CANDIDATES,
    }
    among = "lookup/entity_candidates"
    if known_at is not None:
        among, asked = "lookup/entity_candidates_known", {**asked, "known_at": known_at}
    candidates = store.read(among, query=query, **asked)
    if misspelt := _unknown(text, candidates):
        query = lucene_query(text, misspelt)
        candidates = store.read(among, query=query, **asked)
    wanted = normalise(text)
    matches = {row["id"]: _best(wanted, row) for row in candidates}
    needed = _needed(matches, after, limit)
    hits = [
        EntityHit(**row, score=matches[row["id"]].score, matched=matches[row["id"]].name)
        for row in entity_rows(store, needed, known_at)
    ]
    hits.sort(key=_key)
    return listing.page([hit for hit in hits if after is None or _key(hit) > after], limit, _key)


def entity_rows(
    store: Store, ids: Collection[str], known_at: dt.date | None
) -> list[dict[str, Any]]:
    """The fields of `EntityView` of these entities, of what is known now or was known by a day."""
    if known_at is None:
        return store.read("lookup/entities", ids=list(ids))
    return store.read("lookup/entities_known", ids=list(ids), known_at=known_at)


def _needed(matches: dict[str, _Match], after: Key | None, limit: int) -> list[str]:
    """Ids of the matches that may stand on the page: counting the sources of others is waste.

    These are the best ones from the score where the page before ended, and all whose score is
    that of the last one, since their sources decide which of them come first.
    """
    first = _score_key(100.0) if after is None else after[0]
    ranked = sorted(
        (_score_key(match.score), id_)
        for id_, match in matches.items()
        if match.score >= _ENOUGH and _score_key(match.score) >= first
    )
    started = sum(score == first for score, _ in ranked)
    last = ranked[: started + limit + 1][-1:]
    return [id_ for score, id_ in ranked if last and score <= last[0][0]]


def lucene_query(text: str, misspelt: Collection[str] = ()) -> str:
    """The full-text query for the words of `text`: each as it is and as a beginning.

    Those that are `misspelt` are looked for by what is spelt nearly so, too: the embedded engine
    compares such a word with every word of its index.

    Only letters, digits and the dots between digits get into it, so that nothing in `text` acts
    as an operator.

    >>> lucene_query("Günther +A*", ["gunther"])
    'gunther^4 OR gunther* OR gunther~2 OR a^4 OR a*'
    """
    clauses: list[str] = []
    for word in _words(text)[:_MAX_WORDS]:
        clauses += [f"{word}^4", f"{word}*"]
        if word in misspelt:
            clauses.append(f"{word}~{1 if len(word) < _LONG else 2}")
    return " OR ".join(clauses)


def _unknown(text: str, candidates: Sequence[dict[str, Any]]) -> list[str]:
    """The words of `text` that begin no word of the candidates' names, and are not too short."""
    names = (name for row in candidates for name in (row["name"], *(row["aliases"] or [])))
    known = "".join(f" {normalise(name)}" for name in names)
    return [
        word
        for word in _words(text)[:_MAX_WORDS]
        if len(word) >= _SHORTEST_MISSPELT and f" {word}" not in known
    ]


def similarity(query: str, name: str) -> float:
    """How much a name looks like what was asked for, from 0 to 100; both normalised.

    The whole is compared with the whole, and each word of the query with the nearest word of the
    name, which it may also begin: "gunter" and "tom gun" both find "tom gunter".
    """
    words = name.split()
    asked = query.split()
    if not words or not asked:
        return 0.0
    nearest = [
        max(_PREFIX if word.startswith(one) else fuzz.ratio(one, word) for word in words)
        if one not in words
        else 100.0
        for one in asked
    ]
    whole = max(fuzz.ratio(query, name), fuzz.ratio(query.replace(" ", ""), name.replace(" ", "")))
    return max(whole, 0.8 * sum(nearest) / len(nearest) + 0.2 * whole)


def _best(query: str, row: dict[str, Any]) -> _Match:
    matches = [_Match(similarity(query, normalise(row["name"])), row["name"])]
    matches += [
        _Match(_ALIAS * similarity(query, normalise(alias)), alias)
        for alias in row["aliases"] or []
        if looks_like_name(alias)
    ]
    best = max(matches, key=lambda match: match.score)
    return _Match(round(best.score, 1), best.name)


def _words(text: str) -> list[str]:
    kept = (
        char if char.isalnum() or char == "." or unicodedata.category(char)[0] == "M" else " "
        for char in normalise(text)
    )
    words = (word.strip(".") for word in "".join(kept).split())
    return [word for word in words if word]


def _key(hit: EntityHit) -> Key:
    """Sorts the best first: by score, then by sources, then by id."""
    return _score_key(hit.score), f"{10**9 - hit.sources:09d}", hit.id


def _score_key(score: float) -> str:
    return f"{1000 - score:06.1f}"
