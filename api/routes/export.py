"""The graph as files that other programs open, streamed as it is read."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from fastapi.concurrency import iterate_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.dependencies import Asked, StoreDep
from api.examples import META
from api.problems import ProblemError, documented
from graph.export_ftm import MEDIA_TYPE as FTM
from graph.export_ftm import follow_the_money
from graph.export_linked import MEDIA_TYPE as JSON_LD
from graph.export_linked import json_ld
from graph.export_rows import Table
from graph.export_tables import parquet
from graph.export_xml import gexf, graphml
from graph.export_zip import zipped_for_import
from graph.store import Store

router = APIRouter(prefix="/export", tags=["export"])

MAX_AT_ONCE: Final = 2
"""Exports that run at the same time; the next one is refused for now."""

_GRAPHML: Final = "application/graphml+xml"
_GEXF: Final = "application/gexf+xml"
_PARQUET: Final = "application/vnd.apache.parquet"
_ZIP: Final = "application/zip"

_running = threading.BoundedSemaphore(MAX_AT_ONCE)


class TableAsked(Asked):
    """Which table."""

    table: Table = Field(default=Table.FACTS, description="What the rows are.", examples=["claims"])


def _answers(
    media_type: str, example: str | dict[str, Any], *problems: str
) -> dict[int | str, dict[str, Any]]:
    type_ = "string" if isinstance(example, str) else "object"
    return {
        200: {
            "description": "The file",
            "content": {media_type: {"schema": {"type": type_}, "example": example}},
        },
        **documented("invalid-request", "busy", "not-ready", "store-unavailable", *problems),
    }


class _File(StreamingResponse):
    """A file in pieces; a store that does not answer at the start is still an error."""

    def __init__(
        self, store: Store, pieces: Iterator[str | bytes], media_type: str, name: str
    ) -> None:
        store.read("store/state")
        if not _running.acquire(blocking=False):
            raise ProblemError(
                "busy", f"{MAX_AT_ONCE} exports are running already; try again in a moment"
            )
        super().__init__(
            self._streamed(pieces),
            media_type=media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send it; whoever hangs up ends the reading, too."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            _running.release()

    @staticmethod
    async def _streamed(pieces: Iterator[str | bytes]) -> AsyncIterator[str | bytes]:
        async for piece in iterate_in_threadpool(pieces):
            yield piece


@router.get(
    "/graphml",
    summary="Export as GraphML",
    response_class=StreamingResponse,
    responses=_answers(_GRAPHML, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">…'),
)
def export_graphml(store: StoreDep) -> StreamingResponse:
    """Export entities as nodes and facts as edges, for networkx, yEd, Gephi and others."""
    return _File(store, graphml(store), _GRAPHML, "mercato.graphml")


@router.get(
    "/gexf",
    summary="Export as GEXF",
    response_class=StreamingResponse,
    responses=_answers(_GEXF, '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">…'),
)
def export_gexf(store: StoreDep) -> StreamingResponse:
    """Export entities as nodes and facts as edges, for Gephi."""
    return _File(store, gexf(store), _GEXF, "mercato.gexf")


@router.get(
    "/parquet",
    summary="Export a table as Parquet",
    response_class=StreamingResponse,
    responses=_answers(_PARQUET, "PAR1…", "not-installed"),
)
def export_parquet(store: StoreDep, asked: Annotated[TableAsked, Query()]) -> StreamingResponse:
    """Export entities, facts or claims as one Parquet file, for pandas, DuckDB and others."""
    return _File(store, parquet(store, asked.table), _PARQUET, f"mercato-{asked.table}.parquet")


@router.get(
    "/jsonld",
    summary="Export as JSON-LD",
    response_class=StreamingResponse,
    responses=_answers(JSON_LD, {"@context": {"schema": "https://schema.org/"}, "@graph": []}),
)
def export_json_ld(store: StoreDep) -> StreamingResponse:
    """Export entities, articles and claims in terms of schema.org, with PROV-O for provenance."""
    return _File(store, json_ld(store), JSON_LD, "mercato.jsonld")


@router.get(
    "/ftm",
    summary="Export as FollowTheMoney",
    response_class=StreamingResponse,
    responses=_answers(
        FTM,
        {"id": META.id, "schema": "Company", "properties": {"name": [META.name]}},
        "not-installed",
    ),
)
def export_ftm(store: StoreDep) -> StreamingResponse:
    """Export the graph as entities of FollowTheMoney, one a line, for Aleph and its tools.

    What the press denies is left out, and what is only planned is an UnknownLink.
    """
    return _File(store, follow_the_money(store), FTM, "mercato.ftm.json")


@router.get(
    "/neo4j-admin",
    summary="Export for neo4j-admin",
    response_class=StreamingResponse,
    responses=_answers(_ZIP, "PK…"),
)
def export_for_neo4j(store: StoreDep) -> StreamingResponse:
    """Export the whole graph as a ZIP archive of CSV files for `neo4j-admin database import full`.

    The archive holds the command line, too. Nobody should load articles meanwhile.
    """
    return _File(store, zipped_for_import(store), _ZIP, "mercato-neo4j.zip")
