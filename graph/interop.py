"""Parts of the graph for notebooks: as networkx and py2neo graphs, and claims from the latter.

A `Selection` is some entities and relationships between them, chosen by a query, by an entity and
how far around it, or by time. py2neo is optional (`pip install 'mercato[py2neo]'`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from graph.batches import slices
from graph.errors import ModelError
from graph.lookup import get_entity
from graph.model import RelationType, Status
from graph.store import Store

if TYPE_CHECKING:
    import py2neo

_RELATIONS: Final = frozenset(RelationType)
_MOST_ROWS: Final = 100_000
_MOST_STEPS: Final = 50_000
_PAGE: Final = 1_000


@dataclass(frozen=True)
class Selection:
    """Some entities, and relationships between them, both by their ids.

    Attributes are as the graph has them, with dates as `datetime.date`; what is not known is not
    there. Those of an entity: `name`, `kind`, `aliases`, `articles`, `sources`; those of a
    relationship: `type`, and the properties of a fact (docs/data-model.md).
    """

    entities: dict[str, dict[str, Any]]
    relationships: dict[str, dict[str, Any]]
    ends: dict[str, tuple[str, str]]
    """Subject and object of each relationship."""


def by_query(store: Store, text: str, params: Mapping[str, Any] | None = None) -> Selection:
    """The entities and facts that a statement returns, wherever in its rows; paths count too.

    A fact comes with both its entities. Articles and claims are left out.

    Raises
    ------
    QueryError, QueryTimeoutError, WriteForbiddenError
        As for `Store.query`.
    """
    entities: set[str] = set()
    facts: set[str] = set()
    for row in store.query(text, params, limit=_MOST_ROWS).rows:
        for value in _within(row):
            id_ = value["properties"].get("id")
            if "Entity" in value.get("labels", ()):
                entities.add(id_)
            elif value.get("type") in _RELATIONS:
                facts.add(id_)
    rows = _pages(sorted(facts), lambda ids: store.read("interop/facts", ids=ids))
    return _selection(store, rows, entities)


def around(
    store: Store,
    entity_id: str,
    *,
    depth: int = 1,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
) -> Selection:
    """The relationships within `depth` steps of an entity; an empty collection does not filter.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    ModelError
        If a step leads over more than 50,000 relationships.
    """
    wanted = [type_.value for type_ in types or RelationType]
    surely = [status.value for status in statuses or Status]
    seen = frontier = {get_entity(store, entity_id).id}
    facts: set[str] = set()
    for _ in range(depth):
        found = _pages(
            sorted(frontier),
            lambda ids: store.read(
                "lookup/neighbours",
                ids=ids,
                types=wanted,
                statuses=surely,
                valid_from=None,
                valid_to=None,
                held=[],
                lasting=[],
                limit=_MOST_STEPS + 1,
            ),
        )
        steps = [edge for row in found for edge in row["edges"]]
        if len(steps) > _MOST_STEPS:
            raise ModelError(
                f"{entity_id} has more than {_MOST_STEPS:,} relationships {depth} steps around it; "
                "choose a smaller depth, or some types"
            )
        facts |= {fact_id for _, fact_id, *_ in steps}
        frontier = {neighbour for neighbour, *_ in steps} - seen
        seen = seen | frontier
    rows = _pages(sorted(facts), lambda ids: store.read("interop/facts", ids=ids))
    return _selection(store, rows, seen)


def held(
    store: Store, *, valid_from: dt.date | None = None, valid_to: dt.date | None = None
) -> Selection:
    """Every relationship that may have held on some day of a period; all of them without one."""

    def rows() -> Iterator[dict[str, Any]]:
        after = ""
        while found := store.read("ingest/entity_ids", after=after, limit=_PAGE):
            ids = [row["id"] for row in found]
            yield from store.read("interop/held", ids=ids, valid_from=valid_from, valid_to=valid_to)
            after = ids[-1]

    return _selection(store, rows(), set())


def to_networkx(selection: Selection) -> nx.MultiDiGraph:
    """The selection as a graph whose nodes and edge keys are ids.

    >>> graph = to_networkx(Selection({"a": {"name": "A"}, "b": {"name": "B"}},
    ...                               {"f": {"type": "LEADS"}}, {"f": ("a", "b")}))
    >>> graph.edges["a", "b", "f"]["type"]
    'LEADS'
    """
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(selection.entities.items())
    for id_, properties in selection.relationships.items():
        graph.add_edge(*selection.ends[id_], key=id_, **properties)
    return graph


def to_py2neo(selection: Selection) -> py2neo.Subgraph:
    """The selection as nodes and relationships of py2neo, bound to no database."""
    from graph.notebooks import subgraph  # noqa: PLC0415  # py2neo is optional

    return subgraph(selection)


def _within(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes and relationships in a value of a result."""
    if isinstance(value, dict):
        if "properties" in value and ("labels" in value or "type" in value):
            yield value
        else:
            yield from _within(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _within(each)


def _pages(
    ids: list[str], read: Callable[[list[str]], list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    for part in slices(ids, _PAGE):
        yield from read(list(part))


def _selection(store: Store, rows: Iterable[dict[str, Any]], more: set[str]) -> Selection:
    """The relationships of these rows, and the entities that they join, and `more` besides."""
    relationships, ends = {}, {}
    for row in rows:
        id_ = row["fact"].pop("id")
        relationships[id_] = {"type": row["type"], **row["fact"]}
        ends[id_] = (row["subject"]["id"], row["object"]["id"])
    wanted = sorted(more.union(*ends.values()))
    entities = {
        row.pop("id"): {name: value for name, value in row.items() if name != "relationships"}
        for row in _pages(wanted, lambda ids: store.read("lookup/entities", ids=ids))
    }
    return Selection(entities, relationships, ends)
