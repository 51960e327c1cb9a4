"""A graph of any size for looking at, made up: entities and facts, the same in every run.

It is written as facts, without the articles that would carry them, since only the picture is
measured. As in the press, a few entities have very many relationships and most have a few.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any, Final

from graph.batches import slices
from graph.fact_rule import FactProperties
from graph.model import Kind, RelationType, Status
from graph.store import Store

_FIRST_DAY: Final = dt.date(2025, 1, 1)
_ROWS: Final = 2_000
"""Rows of a transaction."""
_SHARES: Final = {Kind.PERSON: 11, Kind.COMPANY: 5, Kind.ORGANIZATION: 1, Kind.PRODUCT: 3}
"""Of twenty entities, how many are of a kind."""
_SHAPES: Final = (
    (RelationType.HIRED_BY, Kind.PERSON, Kind.COMPANY),
    (RelationType.WORKED_AT, Kind.PERSON, Kind.COMPANY),
    (RelationType.LEADS, Kind.PERSON, Kind.ORGANIZATION),
    (RelationType.WORKED_ON, Kind.PERSON, Kind.PRODUCT),
    (RelationType.DEVELOPS, Kind.COMPANY, Kind.PRODUCT),
    (RelationType.INVESTED_IN, Kind.COMPANY, Kind.COMPANY),
)


def write_graph(store: Store, entities: int, relationships: int) -> None:
    """Add this many entities, each with a relationship, and this many relationships."""
    luck = random.Random(0)
    kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
    people = {
        kind: [f"{kind.value.lower()}-{n}" for n in range(entities) if kinds[n % 20] is kind]
        for kind in Kind
    }
    nodes = [
        {
            "id": id_,
            "kind": kind.value,
            "name": id_.replace("-", " ").capitalize(),
            "aliases": [],
        }
        for kind, ids in people.items()
        for id_ in ids
    ]
    for part in slices(nodes, _ROWS):
        store.write(lambda tx, rows=part: tx.run("ingest/create_entities", rows=list(rows)))
    facts = _facts(luck, people, relationships)
    for part in slices(facts, _ROWS):
        store.write(lambda tx, rows=part: tx.run("ingest/write_facts", rows=list(rows)))


def _facts(luck: random.Random, ids: dict[Kind, list[str]], count: int) -> list[dict[str, Any]]:
    found: dict[tuple[RelationType, str, str], dict[str, Any]] = {}
    # First one for each entity, then as luck will have it.
    first = [(kind, id_) for kind in Kind for id_ in ids[kind]]
    while len(found) < count:
        if first:
            kind, id_ = first.pop()
            relation, one, other = luck.choice([s for s in _SHAPES if kind in s[1:]])
            start = id_ if one is kind else _pick(luck, ids[one])
            end = id_ if one is not kind else _pick(luck, ids[other])
        else:
            relation, one, other = luck.choice(_SHAPES)
            start, end = luck.choice(ids[one]), _pick(luck, ids[other])
        if start != end and (relation, start, end) not in found:
            found[relation, start, end] = {
                "type": relation.value,
                "start": start,
                "end": end,
                "properties": {"id": f"fact-{len(found)}", **_properties(luck)},
            }
    return list(found.values())


def _pick(luck: random.Random, ids: list[str]) -> str:
    """One of them, the first far more often than the last."""
    return ids[int(len(ids) * luck.random() ** 3)]


def _properties(luck: random.Random) -> dict[str, Any]:
    sources = min(20, int(1 / (1 - luck.random())))
    first = _FIRST_DAY + dt.timedelta(days=luck.randrange(300))
    return FactProperties(
        status=luck.choice(list(Status)).value,
        contested=luck.random() < 0.02,
        sources=sources,
        claims=sources,
        claim_ids=(),
        first_reported=first,
        last_reported=first + dt.timedelta(days=luck.randrange(60)),
        role="directeur" if luck.random() < 0.2 else None,
    ).stored()
