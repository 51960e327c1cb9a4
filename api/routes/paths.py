"""How two entities are connected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api import examples
from api.dependencies import QueryId, StoreDep, WhenAsked
from api.problems import documented
from graph import lookup
from graph.model import RelationType, Status
from graph.paths import MAX_LENGTH, PathOrder
from graph.views import PathsView

router = APIRouter(prefix="/paths", tags=["paths"])


class PathsAsked(WhenAsked):
    """Which paths."""

    from_: QueryId = Field(
        alias="from", description="Id of an entity.", examples=[examples.GUNTER.id]
    )
    to: QueryId = Field(description="Id of another.", examples=[examples.META.id])
    order: PathOrder = Field(
        default=PathOrder.SHORTEST,
        description="`shortest`: all of the least number of steps. The others give every path of "
        "at most `max_length` steps: `all` the shortest first, `confidence` those first whose "
        "steps were read most surely, `sources` those whose steps most independent sources carry.",
        examples=["sources"],
    )
    max_length: int = Field(
        default=4, ge=1, le=MAX_LENGTH, description="Steps of the longest path.", examples=[4]
    )
    type: list[RelationType] = Field(
        default=[],
        description="Go only over these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "WORKED_AT"]],
    )
    status: list[Status] = Field(
        default=[],
        description="Go only over relationships of these statuses; all but `denied` when left out.",
        examples=[["asserted"]],
    )
    limit: int = Field(default=10, ge=1, le=50, description="Paths at most.", examples=[10])


@router.get(
    "",
    summary="Find paths between two entities",
    responses={
        **examples.answer(examples.PATHS, "The paths, the best first"),
        **documented(
            "not-found",
            "invalid-request",
            "path-search-too-wide",
            "not-ready",
            "store-unavailable",
            "query-timeout",
        ),
    },
)
def find_paths(store: StoreDep, asked: Annotated[PathsAsked, Query()]) -> PathsView:
    """Find paths between two entities, over relationships in either direction.

    Paths differ where they pass other entities, and pass none twice. Each step has the surest and
    best sourced relationship between its two entities, and the words of one claim that carries it.
    """
    return lookup.find_paths(
        store,
        asked.from_,
        asked.to,
        order=asked.order,
        max_length=asked.max_length,
        types=asked.type,
        statuses=asked.status,
        when=asked.when(),
        limit=asked.limit,
    )
