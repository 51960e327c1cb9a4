"""Paths of least cost, one after the other, none of them through an entity twice."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Final

from graph.errors import PathSearchError
from graph.path_edges import Edge, Edges

Cost = tuple[float, float]
"""Two sums over the steps, of which the second decides where the first is equal."""

Walk = list[Edge]

MAX_PARTIAL: Final = 200_000
"""Beginnings of paths that are looked at before the search gives up."""


def cheapest_walks(
    edges: Edges, start: str, goal: str, max_length: int, cost: Callable[[Edge], Cost]
) -> Iterator[tuple[Cost, Walk]]:
    """Every way of at most `max_length` steps, those of least cost first.

    Parameters
    ----------
    edges
        From each node; one for each node that it leads to.
    cost
        Of one step; never less than nothing.

    Raises
    ------
    PathSearchError
        If there are too many ways to look at.
    """
    left = _least_cost_left(edges, goal, max_length, cost)
    if start not in left[max_length]:
        return
    begun = [(left[max_length][start], 0, (0.0, 0.0), start, ())]
    heap: list[tuple[Cost, int, Cost, str, tuple[Edge, ...]]] = list(begun)
    number = 0
    while heap:
        _, _, spent, node, taken = heapq.heappop(heap)
        if node == goal:
            yield spent, list(taken)
            continue
        passed = {start, *(edge.node for edge in taken)}
        ahead = left[max_length - len(taken) - 1] if len(taken) < max_length else {}
        for edge in edges.get(node, ()):
            if edge.node in passed or edge.node not in ahead:
                continue
            number += 1
            if number > MAX_PARTIAL:
                raise PathSearchError(
                    f"there are more than {MAX_PARTIAL:,} ways to look at between the two; ask "
                    "for shorter paths, or for fewer types"
                )
            so_far = _sum(spent, cost(edge))
            estimate = _sum(so_far, ahead[edge.node])
            heapq.heappush(heap, (estimate, number, so_far, edge.node, (*taken, edge)))


def _least_cost_left(
    edges: Edges, goal: str, max_length: int, cost: Callable[[Edge], Cost]
) -> list[dict[str, Cost]]:
    """For each number of steps that may be taken, what the way to the goal costs at least."""
    left: list[dict[str, Cost]] = [{goal: (0.0, 0.0)}]
    for _ in range(max_length):
        before = left[-1]
        now = dict(before)
        for node, leading in edges.items():
            ways = [_sum(cost(edge), before[edge.node]) for edge in leading if edge.node in before]
            if ways and (node not in now or min(ways) < now[node]):
                now[node] = min(ways)
        left.append(now)
    return left


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1]
