"""Entities: searched by name, one by one, and with their relationships."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field, model_validator

from api import examples
from api.dependencies import Day, EntityId, PageAsked, QueryName, StoreDep
from api.problems import documented
from graph import lookup
from graph.model import Kind, RelationType, Status
from graph.views import Direction, EntityHit, EntityView, Page, RelationshipView

router = APIRouter(prefix="/entities", tags=["entities"])


class EntitiesAsked(PageAsked):
    """Which entities."""

    q: QueryName | None = Field(
        default=None,
        description="A name, or the beginning of one; accents, case and typos are forgiven.",
        examples=["zukerberg"],
    )
    kind: Kind | None = Field(
        default=None, description="Only entities of this kind.", examples=[Kind.PERSON]
    )


class RelationshipsAsked(PageAsked):
    """Which relationships of an entity."""

    type: list[RelationType] = Field(
        default=[],
        description="Only these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "WORKED_AT"]],
    )
    direction: Direction = Field(
        default=Direction.BOTH,
        description="`out`: the entity is the subject; `in`: it is the object. Relationships "
        "without a direction pass both.",
        examples=["in"],
    )
    status: list[Status] = Field(
        default=[],
        description="Only these statuses; repeat the parameter for several.",
        examples=[["asserted", "reported"]],
    )
    other_kind: list[Kind] = Field(
        default=[],
        description="Only relationships with entities of these kinds.",
        examples=[["Person"]],
    )
    valid_at: Day | None = Field(
        default=None,
        description="Only what may have held on this day. A beginning or an end that no article "
        "dates leaves that side open.",
        examples=["2025-06-01"],
    )
    valid_from: Day | None = Field(
        default=None,
        description="Only what may have held on this day or later.",
        examples=["2025-01-01"],
    )
    valid_to: Day | None = Field(
        default=None,
        description="Only what may have held on this day or earlier.",
        examples=["2025-12-31"],
    )

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if self.valid_at and (self.valid_from or self.valid_to):
            raise ValueError("valid_at goes without valid_from and valid_to")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from is after valid_to")
        return self


@router.get(
    "",
    summary="Search entities by name, or list them",
    responses={
        **examples.answer(examples.ENTITIES, "The entities, the best match first"),
        **documented("invalid-cursor", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def search_entities(
    store: StoreDep, asked: Annotated[EntitiesAsked, Query()]
) -> Page[EntityHit] | Page[EntityView]:
    """Search entities by name with `q`; without it, list all of them in the order of their ids.

    Of equally good names the one with more independent sources comes first.
    """
    if asked.q is None:
        return lookup.list_entities(
            store,
            kinds=[asked.kind] if asked.kind else [],
            cursor=asked.cursor,
            limit=asked.limit,
        )
    return lookup.search_entities(
        store, asked.q, kind=asked.kind, cursor=asked.cursor, limit=asked.limit
    )


@router.get(
    "/{entity_id}",
    summary="Show an entity",
    responses={
        **examples.answer(
            EntityView(**examples.ENTITY.model_dump(exclude={"score", "matched"})), "The entity"
        ),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_entity(store: StoreDep, entity_id: EntityId) -> EntityView:
    """Show one entity: its names, and how much the graph holds about it."""
    return lookup.get_entity(store, entity_id)


@router.get(
    "/{entity_id}/relationships",
    summary="List the relationships of an entity",
    responses={
        **examples.answer(examples.RELATIONSHIPS, "Its relationships, by type and id"),
        **documented(
            "invalid-cursor", "not-found", "invalid-request", "not-ready", "store-unavailable"
        ),
    },
)
def list_relationships(
    store: StoreDep, entity_id: EntityId, asked: Annotated[RelationshipsAsked, Query()]
) -> Page[RelationshipView]:
    """List the relationships of an entity, each with how many sources and claims carry it.

    The claims themselves are at `/v1/relationships/{relationship_id}/evidence`.
    """
    return lookup.relationships(
        store,
        entity_id,
        types=asked.type,
        direction=asked.direction,
        statuses=asked.status,
        other_kinds=asked.other_kind,
        valid_at=asked.valid_at,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        cursor=asked.cursor,
        limit=asked.limit,
    )
