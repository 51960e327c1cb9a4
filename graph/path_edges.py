"""The relationships that paths between two entities may take, read from the store.

The search goes breadth-first from both ends over a named statement, since the embedded engine
applies a filter only after its own `shortestPath` has found a path, and would then say that
there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.errors import PathSearchError
from graph.known import derived
from graph.model import Status
from graph.store import Store
from graph.times import When

MAX_RELATIONSHIPS: Final = 100_000
"""Relationships that one search looks at before it gives up."""


@dataclass(frozen=True, order=True)
class Edge:
    """A relationship that leads to a node; sorts the surest and best sourced first."""

    weakness: int
    minus_sources: int
    fact_id: str
    node: str
    parallel: int = 0
    """How many other relationships lead there from the same node."""


Edges = dict[str, list[Edge]]
_Seen = tuple[str, str, str, str, int]
"""A node, its neighbour, and the id, the status and the sources of the relationship."""
_WEAKNESS: Final = {status.value: status.weakness for status in Status}


@dataclass
class _Side:
    """What was reached from one end: for each node, the edges of shortest ways back to it."""

    back: Edges
    frontier: set[str]
    depth: int = 0


@dataclass
class EdgeSearch:
    """Looks for the relationships that pass the filters, at most `MAX_RELATIONSHIPS` of them.

    Raises
    ------
    PathSearchError
        By its methods, if there are more to look at.
    """

    store: Store
    types: list[str]
    statuses: list[str]
    when: When
    seen: int = 0

    def shortest(self, a_id: str, b_id: str, max_length: int) -> Edges:
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

    def around(self, a_id: str, b_id: str, max_length: int) -> Edges:
        """The edges of every path of at most `max_length` steps, and maybe others; both ways."""
        edges: defaultdict[str, set[Edge]] = defaultdict(set)
        sides = [({a_id}, {a_id}), ({b_id}, {b_id})]
        for _ in range(max_length):
            frontier, reached = min(sides, key=lambda side: len(side[0]) or MAX_RELATIONSHIPS)
            found = {edge.node for _, edge in self._leading(frontier, edges)}
            frontier.clear()
            frontier |= found - reached
            reached |= found
        return {node: best_of_parallel(leading) for node, leading in edges.items()}

    def _leading(
        self, ids: Iterable[str], edges: defaultdict[str, set[Edge]]
    ) -> Iterator[tuple[str, Edge]]:
        """The edges from these nodes, which are also added in both directions."""
        for id_, neighbour, fact_id, status, sources in self._neighbours(ids):
            weakness = _WEAKNESS[status]
            edge = Edge(weakness, -sources, fact_id, neighbour)
            edges[id_].add(edge)
            edges[neighbour].add(Edge(weakness, -sources, fact_id, id_))
            yield id_, edge

    def _expand(self, side: _Side) -> None:
        reached: Edges = defaultdict(list)
        for id_, neighbour, fact_id, status, sources in self._neighbours(side.frontier):
            if neighbour not in side.back:
                reached[neighbour].append(Edge(_WEAKNESS[status], -sources, fact_id, id_))
        side.back.update(reached)
        side.frontier = set(reached)
        side.depth += 1

    def _neighbours(self, ids: Iterable[str]) -> list[_Seen]:
        """Each relationship of these nodes, as seen from them."""
        asked: dict[str, Any] = {
            "ids": sorted(ids),
            "types": self.types,
            "limit": MAX_RELATIONSHIPS - self.seen + 1,
        }
        known_at = self.when.known_at
        if known_at is None:
            rows = self.store.read(
                "lookup/neighbours", **asked, statuses=self.statuses, **self.when.parameters()
            )
            found = [(row["id"], *edge) for row in rows for edge in row["edges"]]
            self._count(len(found))
            return found
        claims = self.store.read("lookup/neighbours_known", **asked, known_at=known_at)
        self._count(len(claims))
        return list(self._facts(claims))

    def _count(self, found: int) -> None:
        self.seen += found
        if self.seen > MAX_RELATIONSHIPS:
            raise PathSearchError(
                f"there are more than {MAX_RELATIONSHIPS:,} relationships to look at between the "
                "two; ask for shorter paths, or for fewer types"
            )

    def _facts(self, claims: list[dict[str, Any]]) -> Iterator[_Seen]:
        """What these claims carried, as seen from the nodes that were asked about."""
        by_claim = {row["claim"]["id"]: row for row in claims}
        asked = {row["id"] for row in claims}
        for key, fact in derived(by_claim.values()).items():
            if fact["status"] in self.statuses and self.when.admits(key.type, fact):
                for id_, other in ((key.start, key.end), (key.end, key.start)):
                    if id_ in asked:
                        yield id_, other, key.id, fact["status"], fact["sources"]


def _forward(ours: _Side, theirs: _Side, meeting: set[str]) -> Edges:
    """The edges of the shortest paths through these nodes, turned to lead away from our end."""
    edges: Edges = defaultdict(list)
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
    return {node: best_of_parallel(leading) for node, leading in edges.items()}


def best_of_parallel(edges: Iterable[Edge]) -> list[Edge]:
    """Of the edges to each node the best, which counts the others; the best of all first."""
    by_node: Edges = defaultdict(list)
    for edge in edges:
        by_node[edge.node].append(edge)
    return sorted(replace(min(same), parallel=len(same) - 1) for same in by_node.values())
