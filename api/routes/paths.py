"""How two entities are connected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api import examples
from api.dependencies import Asked, QueryId, StoreDep
from api.problems import documented
from graph import lookup
from graph.model import RelationType, Status
from graph.paths import MAX_LENGTH
from graph.views import PathsView

router = APIRouter(prefix="/paths", tags=["paths"])


class PathsAsked(Asked):
    """Which paths."""

    from_: QueryId = Field(
        alias="from", description="Id of an entity.", examples=[examples.GUNTER.id]
    )
    to: QueryId = Field(description="Id of another.", examples=[examples.META.id])
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
    summary="Find the shortest paths between two entities",
    responses={
        **examples.answer(examples.PATHS, "The paths, all of the same length"),
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
    """Find the shortest paths, over relationships in either direction.

    Paths differ where they pass other entities. Each step has the surest and best sourced
    relationship between its two entities, and the words of one claim that carries it.
    """
    return lookup.shortest_paths(
        store,
        asked.from_,
        asked.to,
        max_length=asked.max_length,
        types=asked.type,
        statuses=asked.status,
        limit=asked.limit,
    )
