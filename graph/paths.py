"""Shortest paths between two entities.

The search goes breadth-first from both ends over a named statement, since the embedded engine
applies a filter only after its own `shortestPath` has found a path, and would then say that
there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from graph.errors import ModelError, NotFoundError, PathSearchError
from graph.model import RelationType, Status
from graph.store import Store
from graph.views import (
    Direction,
    EntityRefView,
    PathStep,
    PathsView,
    PathView,
    RelationshipView,
)

MAX_LENGTH: Final = 8
"""Steps of the longest path that is looked for."""

MAX_RELATIONSHIPS: Final = 100_000
"""Relationships that one search looks at before it gives up."""

_BELIEVED: Final = tuple(status for status in Status if status is not Status.DENIED)


@dataclass(frozen=True, order=True)
class _Edge:
    """A relationship that leads to a node; sorts the surest and best sourced first."""

    weakness: int
    minus_sources: int
    fact_id: str
    node: str
    parallel: int = 0
    """How many other relationships lead there from the same node."""


_Edges = dict[str, list[_Edge]]


@dataclass
class _Side:
    """What was reached from one end: for each node, the edges of shortest ways back to it."""

    back: _Edges
    frontier: set[str]
    depth: int = 0


def shortest_paths(
    store: Store,
    a_id: str,
    b_id: str,
    *,
    max_length: int = 4,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    limit: int = 10,
) -> PathsView:
    """The shortest paths between two entities, whatever the direction of their relationships.

    Two paths differ where they pass other entities; of the relationships that join the same two,
    a step shows the surest and best sourced.

    Parameters
    ----------
    max_length
        Steps of the longest path that counts, from 1 to `MAX_LENGTH`.
    types, statuses
        What a path may go over; every type, and every status but denied, when left out.
    limit
        Paths to give at most; all have the same length, and the best come first, compared step
        by step.

    Raises
    ------
    NotFoundError
        If one of the two does not exist.
    ModelError
        If both are the same entity.
    PathSearchError
        If the search would have to look at more than `MAX_RELATIONSHIPS`.
    """
    if a_id == b_id:
        raise ModelError("a path needs two different entities")
    known = {row["id"]: _ref(row) for row in store.read("lookup/entities", ids=[a_id, b_id])}
    for id_ in (a_id, b_id):
        if id_ not in known:
            raise NotFoundError(f"no entity has the id {id_[:80]!r}; search for it by name")
    search = _Search(
        store,
        [type_.value for type_ in types or RelationType],
        [status.value for status in statuses or _BELIEVED],
    )
    forward = search.between(a_id, b_id, max_length)
    found = list(islice(_walks(forward, a_id, b_id), limit + 1))
    return PathsView(
        origin=known[a_id],
        target=known[b_id],
        paths=_views(store, a_id, found[:limit]),
        truncated=len(found) > limit,
    )


class _Search:
    def __init__(self, store: Store, types: list[str], statuses: list[str]) -> None:
        self._store = store
        self._types = types
        self._statuses = statuses
        self._left = MAX_RELATIONSHIPS

    def between(self, a_id: str, b_id: str, max_length: int) -> _Edges:
        """The edges of every shortest path, each from the node nearer to `a_id`."""
        ours = _Side({a_id: []}, {a_id})
        theirs = _Side({b_id: []}, {b_id})
        while ours.depth + theirs.depth < max_length:
            smaller = min(ours, theirs, key=lambda side: len(side.frontier))
            self._expand(smaller)
            if not smaller.frontier:
                break
            # Both frontiers hold every node at their distance, so that each shortest path
            # passes through one that is in both.
            if meeting := ours.frontier & theirs.frontier:
                return _forward(ours, theirs, meeting)
        return {}

    def _expand(self, side: _Side) -> None:
        rows = self._store.read(
            "lookup/neighbours",
            ids=sorted(side.frontier),
            types=self._types,
            statuses=self._statuses,
            limit=self._left + 1,
        )
        if len(rows) > self._left:
            raise PathSearchError(
                f"there are more than {MAX_RELATIONSHIPS:,} relationships to look at between the "
                "two; ask for shorter paths, or for fewer types"
            )
        self._left -= len(rows)
        reached: _Edges = defaultdict(list)
        for row in rows:
            if row["neighbour"] not in side.back:
                reached[row["neighbour"]].append(
                    _Edge(
                        Status(row["status"]).weakness, -row["sources"], row["fact_id"], row["id"]
                    )
                )
        side.back.update(reached)
        side.frontier = set(reached)
        side.depth += 1


def _forward(ours: _Side, theirs: _Side, meeting: set[str]) -> _Edges:
    """The edges of the shortest paths through these nodes, turned to lead away from our end."""
    edges: _Edges = defaultdict(list)
    level = meeting
    while level:
        nearer: set[str] = set()
        for node in level:
            for edge in ours.back[node]:
                edges[edge.node].append(replace(edge, node=node))
                nearer.add(edge.node)
        level = nearer
    level = meeting
    while level:
        for node in level:
            edges[node].extend(theirs.back[node])
        level = {edge.node for node in level for edge in theirs.back[node]}
    return {node: _best_of_parallel(leading) for node, leading in edges.items()}


def _best_of_parallel(edges: list[_Edge]) -> list[_Edge]:
    by_node: _Edges = defaultdict(list)
    for edge in edges:
        by_node[edge.node].append(edge)
    return sorted(replace(min(same), parallel=len(same) - 1) for same in by_node.values())


def _walks(forward: _Edges, node: str, goal: str) -> Iterator[list[_Edge]]:
    if node == goal:
        yield []
        return
    for edge in forward.get(node, ()):
        for rest in _walks(forward, edge.node, goal):
            yield [edge, *rest]


def _views(store: Store, origin: str, walks: list[list[_Edge]]) -> list[PathView]:
    asked = {}
    for walk in walks:
        node = origin
        for edge in walk:
            asked[edge.fact_id] = {"one": node, "two": edge.node, "fact_id": edge.fact_id}
            node = edge.node
    facts = {
        row["fact"]["id"]: RelationshipView.of(row)
        for row in store.read("lookup/steps", steps=list(asked.values()))
    }
    wanted = [{"id": fact.id, "status": fact.status} for fact in facts.values()]
    quotes = {row["id"]: row for row in store.read("lookup/best_claims", facts=wanted)}
    # A relationship that was deleted since the search takes its paths with it.
    return [
        _path(origin, walk, facts, quotes)
        for walk in walks
        if all(edge.fact_id in facts for edge in walk)
    ]


def _path(
    origin: str, walk: list[_Edge], facts: dict[str, RelationshipView], quotes: dict[str, Any]
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
    )


def _ref(row: dict[str, Any]) -> EntityRefView:
    return EntityRefView(id=row["id"], name=row["name"], kind=row["kind"])
