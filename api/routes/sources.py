"""Sources: what each was cited for, and what became of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api import examples
from api.dependencies import KnownAsked, PageAsked, QuerySource, SourceKey, StoreDep
from api.problems import documented
from graph.model import RelationType
from graph.sources import (
    CitedView,
    SourceRecordView,
    SourceView,
    cited_for,
    get_source,
    list_sources,
)
from graph.views import Page

router = APIRouter(tags=["sources"])


class SourcesAsked(PageAsked, KnownAsked):
    """Which sources."""


class CitedAsked(PageAsked, KnownAsked):
    """What a source was cited for."""

    source: QuerySource = Field(
        description="Key of a source, as claims show it.", examples=[examples.SOURCE]
    )
    type: list[RelationType] = Field(
        default=[],
        description="Only these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "INVESTED_IN"]],
    )


@router.get(
    "/sources",
    summary="List the sources",
    responses={
        **examples.answer(examples.SOURCES, "The sources, in the order of their keys"),
        **documented("invalid-cursor", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def find_sources(store: StoreDep, asked: Annotated[SourcesAsked, Query()]) -> Page[SourceView]:
    """List the independent sources: papers that repeat one source are not sources of their own."""
    return list_sources(store, known_at=asked.known_at, cursor=asked.cursor, limit=asked.limit)


@router.get(
    "/sources/{source_key:path}",
    summary="Show a source",
    responses={
        **examples.answer(examples.SOURCE_RECORD, "The source, and how often it proved right"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def show_source(
    store: StoreDep, source_key: SourceKey, asked: Annotated[KnownAsked, Query()]
) -> SourceRecordView:
    """Show what counts for a source, and how much of it others confirmed or refuted since.

    `/v1/cited` has the relationships one by one.
    """
    return get_source(store, source_key, known_at=asked.known_at)


@router.get(
    "/cited",
    summary="List what a source was cited for",
    responses={
        **examples.answer(examples.CITED, "The relationships, and what became of each"),
        **documented("invalid-cursor", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def list_cited(store: StoreDep, asked: Annotated[CitedAsked, Query()]) -> Page[CitedView]:
    """List the relationships that a source was cited for, and whether it was confirmed since.

    `confirmed`: another source asserts it on the same day or later. `refuted`: the other side is
    displayed. `open`: neither.
    """
    return cited_for(
        store,
        asked.source,
        types=asked.type,
        known_at=asked.known_at,
        cursor=asked.cursor,
        limit=asked.limit,
    )
