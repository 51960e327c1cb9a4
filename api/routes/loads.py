"""Loads: many articles sent in at once, read in the background, with progress as it comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

import anyio
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field

from api.answers import Counts, LoadResultView, LoadView, Outcome
from api.dependencies import Asked, PageAsked, ServicesDep
from api.examples import answer
from api.guard import needs, not_from_elsewhere
from api.jobs import ENDED, KeyReusedError, Load, LoadState
from api.load_runner import LoadRunner
from api.problems import ProblemError, documented
from api.scopes import Scope
from api.sent import JSON, MULTIPART, take
from graph.paging import Key, Listing
from graph.views import Page

router = APIRouter(prefix="/loads", tags=["loads"], dependencies=[needs(Scope.LOAD)])

MAX_UNFINISHED: Final = 100
"""Loads that wait or run; the next one is refused for now."""

_EVENTS_AT_ONCE: Final = 200
_ID: Final = "load-0123456789abcdef"


class SendAsked(Asked):
    """How to load."""

    replace: bool = Field(
        default=True,
        description="Whether an article may replace one from another place that has its id.",
        examples=[False],
    )


class ResultsAsked(PageAsked):
    """Which results."""

    outcome: list[Outcome] = Field(
        default=[],
        description="Only these; repeat the parameter for several.",
        examples=[["failed"]],
    )


LoadId = Annotated[
    str,
    Path(max_length=100, pattern=r"^[a-z0-9-]+$", description="Id of a load.", examples=[_ID]),
]


async def _runner(services: ServicesDep) -> LoadRunner:
    return services.loads


RunnerDep = Annotated[LoadRunner, Depends(_runner)]


def _found(runner: RunnerDep, load_id: LoadId) -> Load:
    return _the_load(runner, load_id)


FoundDep = Annotated[Load, Depends(_found)]

_AT: Final = dt.datetime(2025, 7, 8, 12, tzinfo=dt.UTC)
_WAITING: Final = LoadView(
    id=_ID,
    state=LoadState.WAITING,
    created=_AT,
    replace=True,
    cancelling=False,
    files=1,
    articles=Counts(loaded=0, replaced=0, unchanged=0, failed=0),
)
_DONE: Final = _WAITING.model_copy(
    update={
        "state": LoadState.DONE,
        "ended": _AT,
        "articles": Counts(loaded=1, replaced=0, unchanged=0, failed=1),
    }
)
_RESULT: Final = LoadResultView(
    number=1, source="press.jsonl#2", article="meta-gunter", outcome="loaded", claims=1
)
_CANCELLING: Final = _WAITING.model_copy(update={"state": LoadState.RUNNING, "cancelling": True})
_ERRORS: Final = documented("not-found", "invalid-request", "not-ready")
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/NewArticles"}},
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "contentMediaType": "text/plain"},
                            "description": "Files of any form that `mercato load` reads.",
                        }
                    },
                    "required": ["files"],
                }
            },
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
            "text/html": {"schema": {"type": "string", "minLength": 1}},
        },
    }
}


@router.post(
    "",
    summary="Send in articles to be loaded",
    status_code=202,
    dependencies=[Depends(not_from_elsewhere)],
    openapi_extra=_BODY,
    responses={
        **answer(_WAITING, "They wait to be read; `Location` leads to how far it is", 202),
        **documented(
            "malformed-body",
            "scope-missing",
            "foreign-page",
            "idempotency-key-reused",
            "too-large",
            "unsupported-media-type",
            "invalid-request",
            "busy",
            "not-ready",
        ),
    },
)
async def send_articles(
    request: Request,
    response: Response,
    runner: RunnerDep,
    asked: Annotated[SendAsked, Query()],
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
            description="Any word of your own. The same request sent again with it, for want of an "
            "answer, is the same load.",
            examples=["0f3a9c2e"],
        ),
    ] = None,
) -> LoadView:
    """Send in articles, which are read in the background; they are kept before this answers.

    As JSON, as text or HTML (one article), or as any number of files of the forms that
    `mercato load` reads, compressed or not: text, HTML, JSON lines, CSV, Parquet, feeds, e-mails,
    PDF, web archives. A load outlives the service: should it end, it goes on when it starts again.
    """
    jobs = runner.jobs
    if await anyio.to_thread.run_sync(jobs.unfinished) >= MAX_UNFINISHED:
        raise ProblemError("busy", f"{MAX_UNFINISHED} loads are not finished; try again later")
    key = request.scope.get("state", {}).get("key")
    owner = key.id if key else ""
    with jobs.upload() as upload:
        await take(request, upload)
        try:
            load = await anyio.to_thread.run_sync(
                lambda: jobs.create(
                    upload, replace=asked.replace, owner=owner, idempotency_key=idempotency_key
                )
            )
        except KeyReusedError as error:
            raise ProblemError(
                "idempotency-key-reused",
                "this Idempotency-Key came before with another request; use a new one",
            ) from error
    runner.wake()
    response.headers["Location"] = f"/v1{router.prefix}/{load.id}"
    return LoadView.of(load)


@router.get(
    "",
    summary="List the loads",
    responses={
        **answer(Page[LoadView](items=[_DONE]), "The loads, the newest first"),
        **documented("invalid-cursor", "invalid-request", "not-ready"),
    },
)
def list_loads(runner: RunnerDep, asked: Annotated[PageAsked, Query()]) -> Page[LoadView]:
    """List the loads, the newest first; those that ended a week ago are forgotten."""
    listing = Listing("loads", {})
    after: Key | None = listing.key_after(asked.cursor, length=2)
    found = runner.jobs.newest(asked.limit + 1, (after[0], after[1]) if after else None)
    page = listing.page(found, asked.limit, lambda load: (load.created.isoformat(), load.id))
    return Page(items=[LoadView.of(each) for each in page.items], next_cursor=page.next_cursor)


@router.get(
    "/{load_id}",
    summary="Show a load",
    responses={**answer(_DONE, "How far it is"), **_ERRORS},
)
def show_load(load: FoundDep) -> LoadView:
    """Show how far a load is, and how many articles were loaded, unchanged or failed."""
    return LoadView.of(load)


@router.get(
    "/{load_id}/results",
    summary="List what became of each article",
    responses={
        **answer(Page[LoadResultView](items=[_RESULT]), "Articles, and what became of each"),
        **documented("invalid-cursor", "not-found", "invalid-request", "not-ready"),
    },
)
def list_results(
    runner: RunnerDep, load: FoundDep, asked: Annotated[ResultsAsked, Query()]
) -> Page[LoadResultView]:
    """List the articles of a load in the order in which they were done, and why some failed."""
    listing = Listing("results", {"load": load.id, "outcome": set(asked.outcome)})
    after: Key | None = listing.key_after(asked.cursor, length=1)
    number = int(after[0]) if after and after[0].isdecimal() else 0
    found = runner.jobs.results(load.id, asked.limit + 1, number, asked.outcome)
    page = listing.page(found, asked.limit, lambda result: (str(result.number),))
    return Page(
        items=[LoadResultView.of(each) for each in page.items], next_cursor=page.next_cursor
    )


@router.get(
    "/{load_id}/events",
    summary="Follow a load",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "Server-sent events, until the load has ended",
            "content": {
                "text/event-stream": {
                    "example": "event: result\nid: 1\ndata: {…}\n\nevent: load\ndata: {…}\n\n",
                }
            },
        },
        **_ERRORS,
    },
)
async def follow_load(
    runner: RunnerDep,
    load: FoundDep,
    last_event_id: Annotated[
        int | None,
        Header(
            ge=0,
            le=2**53,
            description="Goes on after the result of this number.",
            examples=[0],
        ),
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Follow a load as it goes on: `result` for each article, `load` whenever counts have changed.

    The stream ends with the load. A client that was cut off goes on with `Last-Event-ID`, which
    browsers send by themselves.
    """
    number, told = last_event_id or 0, None
    async with runner.listening() as changed:
        while True:
            changed.clear()
            now = await anyio.to_thread.run_sync(runner.jobs.get, load.id)
            found = await anyio.to_thread.run_sync(
                runner.jobs.results, load.id, _EVENTS_AT_ONCE, number
            )
            for each in found:
                number = each.number
                view = LoadResultView.of(each)
                yield ServerSentEvent(data=view, event="result", id=str(each.number))
            if len(found) == _EVENTS_AT_ONCE:
                continue
            if now is not None and now != told:
                yield ServerSentEvent(data=LoadView.of(now), event="load")
            told = now
            if now is None or now.state in ENDED or runner.stopping:
                return
            await changed.wait()


@router.post(
    "/{load_id}/cancel",
    summary="Cancel a load",
    responses={**answer(_CANCELLING, "It ends after the batch under way"), **_ERRORS},
)
def cancel_load(runner: RunnerDep, load: FoundDep) -> LoadView:
    """End a load after the batch under way; what was loaded stays. One that has ended is left."""
    runner.jobs.cancel(load.id)
    runner.wake()
    return LoadView.of(_the_load(runner, load.id))


@router.post(
    "/{load_id}/retry",
    summary="Retry a load",
    responses={
        **answer(_WAITING, "It waits to be tried again"),
        **documented("load-not-ended", "not-found", "invalid-request", "not-ready"),
    },
)
def retry_load(runner: RunnerDep, load: FoundDep) -> LoadView:
    """Try again what failed, and go on with what was cancelled; what is loaded is passed over."""
    if not runner.jobs.retry(load.id):
        raise ProblemError("load-not-ended", "it has not ended yet; cancel it or wait")
    runner.wake()
    return LoadView.of(_the_load(runner, load.id))


def _the_load(runner: LoadRunner, load_id: str) -> Load:
    load = runner.jobs.get(load_id)
    if load is None:
        raise ProblemError("not-found", "no load has this id; those that ended are forgotten")
    return load
