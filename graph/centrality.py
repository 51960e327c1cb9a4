"""Who stands in the middle: PageRank, betweenness and communities of a part of the graph.

networkx computes on the part that is read from the store. A backend of its that is installed can
take over what it implements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any, Final

import networkx as nx
import numpy as np
from pydantic import Field

from graph.errors import PathSearchError
from graph.jobs import BELIEVED
from graph.known import told_by
from graph.model import Kind, RelationType, Status
from graph.store import Store
from graph.views import EntityRefView, View

MAX_RELATIONSHIPS: Final = 200_000
"""Relationships of the largest part that is looked at."""

_PAGE: Final = 10_000
_EXACT: Final = 400
_PIVOTS: Final = 200
_SEED: Final = 1
_DAMPING: Final = 0.85
_STEPS: Final = 100
_CLOSE: Final = 1e-9


class CentralView(View):
    """An entity, and how central it is."""

    entity: EntityRefView
    pagerank: float = Field(description="Of all, the sum is 1.")
    betweenness: float = Field(
        description="Share of the shortest paths between others that pass it."
    )
    community: int = Field(description="Number of its community; 0 is the largest.")
    degree: int = Field(description="Entities that it stands in a relationship with.")


class CommunityView(View):
    """Entities that have more to do with each other than with the rest."""

    community: int
    entities: int
    members: list[EntityRefView] = Field(description="The most central first, 10 at most.")


class CentralityView(View):
    """The most central entities of a part of the graph."""

    entities: int
    relationships: int
    sampled: bool = Field(description="Whether betweenness is estimated from a sample of paths.")
    central: list[CentralView] = Field(description="By PageRank, the greatest first.")
    communities: list[CommunityView] = Field(description="The largest first, 20 at most.")


def centrality(
    store: Store,
    *,
    kinds: Collection[Kind] = (),
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = BELIEVED,
    known_at: dt.date | None = None,
    backend: str | None = None,
    limit: int = 20,
) -> CentralityView:
    """The most central entities and the communities, over relationships in either direction.

    Parallel relationships count as one, of the weight of their independent sources. The same
    graph gives the same answer.

    Parameters
    ----------
    known_at
        Over what the press had said by this day.
    backend
        Name of an installed backend of networkx that computes what it implements of this; the rest
        is networkx's own.

    Raises
    ------
    PathSearchError
        If there are more than `MAX_RELATIONSHIPS`.
    ImportError
        If there is no such backend.
    """
    graph = _projected(store, kinds or Kind, types or RelationType, statuses, known_at)
    rank = _on(backend, nx.pagerank, graph) if _has(backend, nx.pagerank) else pagerank(graph)
    sampled = len(graph) > _EXACT
    between = _on(
        backend, nx.betweenness_centrality, graph, k=_PIVOTS if sampled else None, seed=_SEED
    )
    parts = _on(backend, nx.community.louvain_communities, graph, weight="weight", seed=_SEED)
    parts = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
    number = {node: index for index, part in enumerate(parts) for node in part}
    order = sorted(graph, key=lambda node: (-rank[node], node))
    shown = order[:limit]
    members = [sorted(part, key=lambda node: (-rank[node], node))[:10] for part in parts[:20]]
    names = _names(store, {*shown, *(node for part in members for node in part)})
    return CentralityView(
        entities=len(graph),
        relationships=graph.number_of_edges(),
        sampled=sampled,
        central=[
            CentralView(
                entity=names[node],
                pagerank=rank[node],
                betweenness=between[node],
                community=number[node],
                degree=graph.degree(node),
            )
            for node in shown
            if node in names
        ],
        communities=[
            CommunityView(
                community=index,
                entities=len(parts[index]),
                members=[names[node] for node in part if node in names],
            )
            for index, part in enumerate(members)
        ],
    )


def pagerank(graph: Any) -> dict[str, float]:
    """PageRank of an undirected weighted graph, by the power method.

    networkx has it too, and needs SciPy for it.

    >>> star = nx.Graph([("a", "b"), ("a", "c")])
    >>> {node: round(value, 3) for node, value in pagerank(star).items()}
    {'a': 0.486, 'b': 0.257, 'c': 0.257}
    """
    nodes = sorted(graph)
    if not nodes:
        return {}
    place = {node: index for index, node in enumerate(nodes)}
    edges = [
        (place[one], place[other], float(data.get("weight", 1)))
        for u, v, data in graph.edges(data=True)
        for one, other in ((u, v), (v, u))
    ]
    source, goal = (np.array([edge[end] for edge in edges], dtype=int) for end in (0, 1))
    weight = np.array([edge[2] for edge in edges])
    total = np.bincount(source, weight, len(nodes))
    share = weight / total[source]
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(_STEPS):
        flow = np.bincount(goal, rank[source] * share, len(nodes))
        lost = rank[total == 0].sum()  # of nodes without relationships
        after = (1 - _DAMPING + _DAMPING * lost) / len(nodes) + _DAMPING * flow
        moved = np.abs(after - rank).sum()
        rank = after
        if moved < _CLOSE:
            break
    return {node: float(rank[place[node]]) for node in nodes}


def _has(backend: str | None, algorithm: Any) -> bool:
    """Whether this backend of networkx implements an algorithm."""
    return backend is not None and backend in algorithm.backends


def _on(backend: str | None, algorithm: Any, graph: Any, **asked: Any) -> Any:
    if backend is None:
        return algorithm(graph, **asked)
    if backend not in nx.config.backends:
        raise ImportError(f"no backend {backend!r} of networkx is installed")
    # The graph does not change between two algorithms, so that what was converted may be kept.
    nx.config.warnings_to_ignore.add("cache")
    if not _has(backend, algorithm):
        return algorithm(graph, **asked)
    return algorithm(graph, **asked, backend=backend)


def _projected(
    store: Store,
    kinds: Collection[Kind] | type[Kind],
    types: Collection[RelationType] | type[RelationType],
    statuses: Collection[Status],
    known_at: dt.date | None,
) -> Any:
    graph = nx.Graph()
    seen = 0
    asked = {"kinds": sorted(kinds), "types": sorted(types), "statuses": sorted(statuses)}
    for rows in _pages(store, asked) if known_at is None else _pages_known(store, asked, known_at):
        seen += len(rows)
        if seen > MAX_RELATIONSHIPS:
            raise PathSearchError(
                f"there are more than {MAX_RELATIONSHIPS:,} such relationships; ask for fewer "
                "types, kinds or statuses"
            )
        for one, other, sources in rows:
            before = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=before + sources)
    return graph


def _pages(store: Store, asked: dict[str, Any]) -> Iterator[list[tuple[str, str, int]]]:
    after = ""
    while rows := store.read("analysis/projection", **asked, after=after, limit=_PAGE):
        yield [(row["one"], row["other"], row["sources"]) for row in rows]
        after = max(row["id"] for row in rows)


def _pages_known(
    store: Store, asked: dict[str, Any], known_at: dt.date
) -> Iterator[list[tuple[str, str, int]]]:
    for rows in told_by(store, known_at, asked["types"]):
        yield [
            (row["subject"]["id"], row["object"]["id"], row["fact"]["sources"])
            for row in rows
            if row["fact"]["status"] in asked["statuses"]
            and {row["subject"]["kind"], row["object"]["kind"]} <= set(asked["kinds"])
        ]


def _names(store: Store, ids: Collection[str]) -> dict[str, EntityRefView]:
    rows = store.read("lookup/entity_refs", ids=sorted(ids))
    return {row["id"]: EntityRefView(**row) for row in rows}
