"""Pictures of the graph: some entities with the relationships between them, in one answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import examples
from api.dependencies import Day, KnownAsked, QueryId, ServicesDep, StoreDep, WhenAsked
from api.problems import documented
from graph import picture
from graph.model import Kind, RelationType, Status
from graph.picture import NeighboursView, PictureView, RecentView
from graph.wide import MAX_RELATIONSHIPS, WideView

router = APIRouter(prefix="/graph", tags=["graph"])

_AGE = {
    "Age": {
        "description": "Only where the graph has changed since: seconds for which the view may "
        "have been out of date.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
_ERRORS = ("invalid-request", "not-ready", "store-unavailable", "query-timeout")


class LinksAsked(WhenAsked):
    """Which relationships."""

    type: list[RelationType] = Field(
        default=[],
        description="Only these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "INVESTED_IN"]],
    )
    status: list[Status] = Field(
        default=[],
        description="Only these statuses; all but `denied` when left out.",
        examples=[["asserted", "hedged"]],
    )


class AmongAsked(LinksAsked):
    """Which entities."""

    id: list[QueryId] = Field(
        min_length=1,
        max_length=picture.MAX_SHOWN,
        description="Ids of the entities; repeat the parameter for several.",
        examples=[[examples.GUNTER.id, examples.META.id]],
    )


class FilteredAsked(LinksAsked):
    """Which relationships, by their ends and their sources too."""

    kind: list[Kind] = Field(
        default=[],
        description="Only with entities of these kinds; repeat the parameter for several.",
        examples=[["Person", "Company"]],
    )
    min_sources: int = Field(
        default=1, ge=0, le=1_000, description="Independent sources at least.", examples=[1]
    )


class SupportedAsked(FilteredAsked):
    """Which relationships, and how many."""

    reported_from: Day | None = Field(
        default=None,
        description="Only what was reported on this day or later.",
        examples=["2025-01-01"],
    )
    reported_to: Day | None = Field(
        default=None,
        description="Only what was reported on this day or earlier.",
        examples=["2025-12-31"],
    )
    limit: int = Field(
        default=300,
        ge=1,
        le=picture.MAX_RELATIONSHIPS,
        description="Relationships at most.",
        examples=[300],
    )


class WideAsked(WhenAsked):
    """How much of it."""

    limit: int = Field(
        default=MAX_RELATIONSHIPS,
        ge=1,
        le=MAX_RELATIONSHIPS,
        description="Relationships at most.",
        examples=[1_000],
    )
    fresh: bool = Field(
        default=False,
        description="Wait for the view of the graph as it is now, rather than take the one from "
        "before a change.",
        examples=[True],
    )


class NeighboursAsked(FilteredAsked):
    """Which neighbours of which entity."""

    id: QueryId = Field(description="Id of the entity.", examples=[examples.META.id])
    shown: list[QueryId] = Field(
        default=[],
        max_length=picture.MAX_SHOWN,
        description="Ids of entities that are shown already; repeat the parameter for several.",
        examples=[[examples.BLOOMBERG.id]],
    )
    limit: int = Field(default=12, ge=1, le=100, description="Neighbours at most.", examples=[12])


class RecentAsked(KnownAsked):
    """How much of it."""

    limit: int = Field(
        default=40, ge=1, le=200, description="Relationships at most.", examples=[40]
    )


@router.get(
    "",
    summary="Show the best supported part of the graph",
    response_model=PictureView,
    responses={
        **examples.answer(examples.PICTURE, "The entities and relationships"),
        **documented("path-search-too-wide", *_ERRORS),
    },
)
def show_graph(store: StoreDep, asked: Annotated[SupportedAsked, Query()]) -> Response:
    """Show the relationships that most sources say, with the entities at their ends."""
    found = picture.supported(
        store,
        types=asked.type,
        statuses=asked.status,
        kinds=asked.kind,
        min_sources=asked.min_sources,
        reported_from=asked.reported_from,
        reported_to=asked.reported_to,
        when=asked.when(),
        limit=asked.limit,
    )
    # As it is: FastAPI would check fifty thousand relationships again.
    return Response(found.model_dump_json(), media_type="application/json")


@router.get(
    "/wide",
    summary="Show as much of the graph as can be drawn",
    response_model=WideView,
    responses={
        **examples.answer(
            examples.WIDE, "The entities and relationships, in columns", headers=_AGE
        ),
        **documented("path-search-too-wide", *_ERRORS),
    },
)
def show_wide(
    services: ServicesDep, store: StoreDep, asked: Annotated[WideAsked, Query()], request: Request
) -> Response:
    """Show the relationships that most sources say, the denied ones too, in columns.

    Each field is a list of its own, and both ends of a relationship are places in the list of
    entities. Where the graph has changed and the new view takes longer than a moment, the one
    before is given; `Age` then says since how many seconds it may be out of date, at most.
    """
    found, age = services.wide_views.get(store, asked.limit, asked.when(), fresh=asked.fresh)
    headers = {"Vary": "Accept-Encoding"}
    if age:
        headers["Age"] = str(age)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.plain, media_type="application/json", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(found.gzipped, media_type="application/json", headers=headers)


@router.get(
    "/recent",
    summary="Show what was reported most of late",
    responses={
        **examples.answer(examples.RECENT, "The entities and relationships"),
        **documented("path-search-too-wide", *_ERRORS),
    },
)
def show_recent(store: StoreDep, asked: Annotated[RecentAsked, Query()]) -> RecentView:
    """Show the most reported moves and investments of the last weeks before the newest report.

    These are six weeks, or as many more as it takes to find a dozen.
    """
    return picture.recent(store, known_at=asked.known_at, limit=asked.limit)


@router.get(
    "/among",
    summary="Show some entities and what lies between them",
    responses={
        **examples.answer(examples.PICTURE, "The entities and the relationships between them"),
        **documented(*_ERRORS),
    },
)
def show_among(store: StoreDep, asked: Annotated[AmongAsked, Query()]) -> PictureView:
    """Show entities by their ids, with every relationship between two of them."""
    return picture.among(
        store, asked.id, types=asked.type, statuses=asked.status, when=asked.when()
    )


@router.get(
    "/neighbours",
    summary="Show more neighbours of an entity",
    responses={
        **examples.answer(examples.NEIGHBOURS, "The neighbours and the relationships among all"),
        **documented("not-found", *_ERRORS),
    },
)
def show_neighbours(store: StoreDep, asked: Annotated[NeighboursAsked, Query()]) -> NeighboursView:
    """Show the best supported neighbours of an entity that are not shown yet.

    The relationships are all those among the entity, what is shown and what is found.
    """
    return picture.neighbours(
        store,
        asked.id,
        shown=asked.shown,
        types=asked.type,
        statuses=asked.status,
        kinds=asked.kind,
        min_sources=asked.min_sources,
        when=asked.when(),
        limit=asked.limit,
    )
