"""One way to ask, whether the graph is opened here or a service has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from graph import lookup
from graph.model import Kind, RelationType, Status
from graph.store import Store
from graph.views import (
    EntityHit,
    EntityView,
    EvidenceView,
    Page,
    PathsView,
    RelationshipView,
)


class Rows(Protocol):
    """The rows of a statement."""

    @property
    def columns(self) -> Sequence[str]:
        """Their names."""
        ...

    @property
    def rows(self) -> list[list[Any]]:
        """Values in the order of the columns."""
        ...

    @property
    def truncated(self) -> bool:
        """Whether there are more."""
        ...


class Asked(Protocol):
    """What the commands ask; `api.client.Client` is one."""

    def search(self, name: str, *, kind: Kind | None = None, limit: int = 50) -> Page[EntityHit]:
        """Entities with a name like this, the best first."""
        ...

    def entity(self, entity_id: str) -> EntityView:
        """One entity."""
        ...

    def relationships(
        self,
        entity_id: str,
        *,
        types: Collection[RelationType] = (),
        statuses: Collection[Status] = (),
        limit: int = 50,
    ) -> Page[RelationshipView]:
        """Its relationships."""
        ...

    def evidence(self, relationship_id: str, *, limit: int = 50) -> Page[EvidenceView]:
        """The claims that carry a relationship."""
        ...

    def paths(
        self,
        origin: str,
        target: str,
        *,
        max_length: int = 4,
        types: Collection[RelationType] = (),
        statuses: Collection[Status] = (),
        limit: int = 10,
    ) -> PathsView:
        """The shortest paths between two entities."""
        ...

    def cypher(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1_000
    ) -> Rows:
        """The rows of a statement that reads."""
        ...


class OpenedGraph:
    """The graph that a store gives."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search(self, name: str, *, kind: Kind | None = None, limit: int = 50) -> Page[EntityHit]:
        """Entities with a name like this, the best first."""
        return lookup.search_entities(self._store, name, kind=kind, limit=limit)

    def entity(self, entity_id: str) -> EntityView:
        """One entity."""
        return lookup.get_entity(self._store, entity_id)

    def relationships(
        self,
        entity_id: str,
        *,
        types: Collection[RelationType] = (),
        statuses: Collection[Status] = (),
        limit: int = 50,
    ) -> Page[RelationshipView]:
        """Its relationships."""
        return lookup.relationships(
            self._store, entity_id, types=types, statuses=statuses, limit=limit
        )

    def evidence(self, relationship_id: str, *, limit: int = 50) -> Page[EvidenceView]:
        """The claims that carry a relationship."""
        return lookup.evidence(self._store, relationship_id, limit=limit)

    def paths(
        self,
        origin: str,
        target: str,
        *,
        max_length: int = 4,
        types: Collection[RelationType] = (),
        statuses: Collection[Status] = (),
        limit: int = 10,
    ) -> PathsView:
        """The shortest paths between two entities."""
        return lookup.shortest_paths(
            self._store,
            origin,
            target,
            max_length=max_length,
            types=types,
            statuses=statuses,
            limit=limit,
        )

    def cypher(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1_000
    ) -> Rows:
        """The rows of a statement that reads."""
        return self._store.query(query, parameters, limit=limit)
