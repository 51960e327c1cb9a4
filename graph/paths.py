"""Paths between two entities: the shortest, all of them, or the best supported.

A path goes over relationships in either direction and passes no entity twice. Two paths differ
where they pass other entities; of the relationships that join the same two, a step shows the
surest, and of equally sure ones the best sourced.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from graph.errors import ModelError
from graph.known import facts_known, refs
from graph.model import RelationType, Status
from graph.path_edges import Edge, Edges, EdgeSearch
from graph.path_order import Cost, Walk, cheapest_walks
from graph.store import Store
from graph.times import ALWAYS, When
from graph.views import (
    Direction,
    PathStep,
    PathsView,
    PathView,
    RelationshipView,
)

MAX_LENGTH: Final = 8
"""Steps of the longest path that is looked for."""

_BELIEVED: Final = tuple(status for status in Status if status is not Status.DENIED)
_SLICE: Final = 2_000


class PathOrder(StrEnum):
    """Which paths, and in which order."""

    SHORTEST = "shortest"
    """Those of the least number of steps, the surest first."""
    ALL = "all"
    """All up to a length, the shortest first, then the surest."""
    CONFIDENCE = "confidence"
    """All up to a length, those whose steps are read most surely first."""
    SOURCES = "sources"
    """All up to a length, those whose steps most independent sources carry first."""


def find_paths(
    store: Store,
    a_id: str,
    b_id: str,
    *,
    order: PathOrder = PathOrder.SHORTEST,
    max_length: int = 4,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    when: When = ALWAYS,
    limit: int = 10,
) -> PathsView:
    """Paths between two entities, whatever the direction of their relationships.

    Parameters
    ----------
    order
        Which, and in which order. The strength of a path is the product of the confidences of
        its steps, each that of the surest reading of it; or one divided by the sum of what its
        steps cost, where one that n sources carry costs 1/n.
    max_length
        Steps of the longest path that counts, from 1 to `MAX_LENGTH`.
    types, statuses
        What a path may go over; every type, and every status but denied, when left out.
    when
        The time at which its relationships shall have held, and the day by which the press had
        told of them.
    limit
        Paths to give at most.

    Raises
    ------
    NotFoundError
        If one of the two does not exist.
    ModelError
        If both are the same entity.
    PathSearchError
        If the search would have to look at too much.
    """
    origin, target = refs(store, a_id, b_id)
    if origin.id == target.id:
        raise ModelError("a path needs two different entities")
    search = EdgeSearch(
        store,
        [type_.value for type_ in types or RelationType],
        [status.value for status in statuses or _BELIEVED],
        when,
    )
    if order is PathOrder.SHORTEST:
        edges = search.shortest(origin.id, target.id, max_length)
        walks: Iterator[tuple[Cost | None, Walk]] = (
            (None, walk) for walk in _walks(edges, origin.id, target.id)
        )
    else:
        edges = search.around(origin.id, target.id, max_length)
        cost = _cost(store, order, edges, when)
        walks = iter(cheapest_walks(edges, origin.id, target.id, max_length, cost))
    found = list(islice(walks, limit + 1))
    return PathsView(
        origin=origin,
        target=target,
        paths=_views(store, origin.id, found[:limit], order, when),
        truncated=len(found) > limit,
    )


def shortest_paths(store: Store, a_id: str, b_id: str, **asked: Any) -> PathsView:
    """The shortest paths between two entities; see `find_paths`."""
    return find_paths(store, a_id, b_id, order=PathOrder.SHORTEST, **asked)


def _cost(store: Store, order: PathOrder, edges: Edges, when: When) -> Callable[[Edge], Cost]:
    """What a step costs, so that the wanted paths cost least."""
    if order is PathOrder.ALL:
        return lambda edge: (1.0, float(edge.weakness))
    if order is PathOrder.SOURCES:
        return lambda edge: (1 / max(1, -edge.minus_sources), 1.0)
    ids = sorted({edge.fact_id for leading in edges.values() for edge in leading})
    confidence: dict[str, float] = {}
    for start in range(0, len(ids), _SLICE):
        rows = store.read(
            "lookup/confidences", ids=ids[start : start + _SLICE], known_at=when.known_at
        )
        confidence |= {row["id"]: row["confidence"] for row in rows}
    least = 1e-9  # a reading of no confidence at all is a way still
    return lambda edge: (-math.log(max(least, confidence.get(edge.fact_id, least))), 1.0)


def _strength(order: PathOrder, cost: Cost | None) -> float | None:
    if cost is None or order is PathOrder.ALL:
        return None
    return math.exp(-cost[0]) if order is PathOrder.CONFIDENCE else 1 / cost[0]


def _walks(forward: Edges, node: str, goal: str) -> Iterator[Walk]:
    if node == goal:
        yield []
        return
    for edge in forward.get(node, ()):
        for rest in _walks(forward, edge.node, goal):
            yield [edge, *rest]


def _views(
    store: Store,
    origin: str,
    found: list[tuple[Cost | None, Walk]],
    order: PathOrder,
    when: When,
) -> list[PathView]:
    asked = {}
    for _, walk in found:
        node = origin
        for edge in walk:
            asked[edge.fact_id] = {"one": node, "two": edge.node, "fact_id": edge.fact_id}
            node = edge.node
    if when.known_at is None:
        rows = store.read("lookup/steps", steps=list(asked.values()))
    else:
        rows = list(facts_known(store, asked, when.known_at).values())
    facts = {
        row["fact"]["id"]: RelationshipView.of(row, held=when.of(row["type"], row["fact"]))
        for row in rows
    }
    wanted = [{"id": fact.id, "status": fact.status} for fact in facts.values()]
    said = store.read("lookup/best_claims", facts=wanted, known_at=when.known_at)
    quotes = {row["id"]: row for row in said}
    # A relationship that was deleted since the search takes its paths with it.
    return [
        _path(origin, walk, facts, quotes, _strength(order, cost))
        for cost, walk in found
        if all(edge.fact_id in facts for edge in walk)
    ]


def _path(
    origin: str,
    walk: Walk,
    facts: dict[str, RelationshipView],
    quotes: dict[str, Any],
    strength: float | None,
) -> PathView:
    steps: list[PathStep] = []
    node = origin
    for edge in walk:
        fact = facts[edge.fact_id]
        forwards = fact.subject.id == node
        said = quotes.get(fact.id, {"quote": None, "article": None})
        if fact.type.symmetric:
            direction = Direction.BOTH
        else:
            direction = Direction.OUT if forwards else Direction.IN
        steps.append(
            PathStep(
                origin=fact.subject if forwards else fact.object,
                target=fact.object if forwards else fact.subject,
                direction=direction,
                relationship=fact,
                quote=said["quote"],
                article=said["article"],
                parallel=edge.parallel,
            )
        )
        node = edge.node
    return PathView(
        length=len(steps),
        entities=[steps[0].origin, *(step.target for step in steps)],
        steps=steps,
        strength=strength,
    )
