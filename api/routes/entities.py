"""Entities: searched by name, one by one, and with their relationships."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api import examples
from api.dependencies import (
    EntityId,
    KnownAsked,
    PageAsked,
    QueryId,
    QueryName,
    StoreDep,
    WhenAsked,
)
from api.problems import documented
from graph import lookup
from graph.claims import ClaimFilter, timeline
from graph.colleagues import BELIEVED, ColleagueView, colleagues
from graph.model import Kind, RelationType, Status
from graph.portraits import PortraitView, portrait
from graph.views import (
    Direction,
    EntityHit,
    EntityView,
    EvidenceView,
    Page,
    RelationshipView,
)

router = APIRouter(prefix="/entities", tags=["entities"])


class EntitiesAsked(PageAsked, KnownAsked):
    """Which entities."""

    q: QueryName | None = Field(
        default=None,
        description="A name, or the beginning of one; accents, case and typos are forgiven.",
        examples=["zukerberg"],
    )
    kind: Kind | None = Field(
        default=None, description="Only entities of this kind.", examples=[Kind.PERSON]
    )


class RelationshipsAsked(PageAsked, WhenAsked):
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


class TimelineAsked(PageAsked, WhenAsked):
    """What of a timeline."""

    type: list[RelationType] = Field(
        default=[],
        description="Only these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "WORKED_AT"]],
    )
    status: list[Status] = Field(
        default=[],
        description="Only these statuses; repeat the parameter for several.",
        examples=[["asserted", "hedged"]],
    )


class ColleaguesAsked(PageAsked, WhenAsked):
    """Which colleagues."""

    place: QueryId | None = Field(
        default=None,
        description="Only at the company or organization with this id.",
        examples=[examples.META.id],
    )
    status: list[Status] = Field(
        default=list(BELIEVED),
        description="Count only jobs of these statuses; all but `planned` and `denied` when left "
        "out.",
        examples=[["asserted", "reported"]],
    )


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

    Of equally good names the one with more independent sources comes first. As of a day, an entity
    is there once an article mentions it.
    """
    if asked.q is None:
        return lookup.list_entities(
            store,
            kinds=[asked.kind] if asked.kind else [],
            known_at=asked.known_at,
            cursor=asked.cursor,
            limit=asked.limit,
        )
    return lookup.search_entities(
        store,
        asked.q,
        kind=asked.kind,
        known_at=asked.known_at,
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{entity_id}",
    summary="Show an entity",
    responses={
        **examples.answer(examples.PORTRAIT, "The entity"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_entity(
    store: StoreDep, entity_id: EntityId, asked: Annotated[KnownAsked, Query()]
) -> PortraitView:
    """Show one entity: names, first and last mention, and how many relationships of each type."""
    return portrait(store, entity_id, known_at=asked.known_at)


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
        when=asked.when(),
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{entity_id}/timeline",
    summary="List what was said of an entity, in order",
    responses={
        **examples.answer(examples.EVIDENCE, "Claims about it, the oldest first"),
        **documented(
            "invalid-cursor", "not-found", "invalid-request", "not-ready", "store-unavailable"
        ),
    },
)
def list_timeline(
    store: StoreDep, entity_id: EntityId, asked: Annotated[TimelineAsked, Query()]
) -> Page[EvidenceView]:
    """List the claims about an entity in the order of their publication; undated ones come last."""
    return timeline(
        store,
        entity_id,
        which=ClaimFilter(types=asked.type, statuses=asked.status),
        when=asked.when(),
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{entity_id}/colleagues",
    summary="List who worked with a person",
    responses={
        **examples.answer(examples.COLLEAGUES, "Who was at the same place, the surest first"),
        **documented(
            "invalid-cursor", "not-found", "invalid-request", "not-ready", "store-unavailable"
        ),
    },
)
def list_colleagues(
    store: StoreDep, entity_id: EntityId, asked: Annotated[ColleaguesAsked, Query()]
) -> Page[ColleagueView]:
    """List who worked at the same place as a person, at the same time.

    `together` says whether their times there overlap for certain. A day that nobody told excludes
    nobody.
    """
    return colleagues(
        store,
        entity_id,
        place=asked.place,
        statuses=asked.status,
        when=asked.when(),
        cursor=asked.cursor,
        limit=asked.limit,
    )
