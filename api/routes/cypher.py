"""Cypher over HTTP: statements of users, which may only read."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Annotated, Any, Final

import anyio
from fastapi import APIRouter, Header
from fastapi.concurrency import iterate_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import ConfigDict, Field

from api.answers import CypherAnswer
from api.dependencies import StoreDep
from api.problems import FieldProblem, ProblemError, documented, problem
from graph.errors import GraphError, QueryError, QueryTimeoutError, WriteForbiddenError
from graph.query_guard import MAX_LENGTH, place_of
from graph.statements import statement
from graph.store import Store
from graph.views import View

NDJSON: Final = "application/x-ndjson"
MAX_ROWS: Final = 1_000_000
MAX_AT_ONCE: Final = 4
"""Statements that run at the same time; the next one is refused for now."""

_MAX_ANSWER: Final = 32 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_EXAMPLE: Final[dict[str, Any]] = {
    "query": statement("demo/hired_by"),
    "parameters": {"name": "Meta"},
    "limit": 100,
}

router = APIRouter(prefix="/cypher", tags=["cypher"])

_running = threading.BoundedSemaphore(MAX_AT_ONCE)


class CypherAsked(View):
    """A statement to run."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    query: str = Field(min_length=1, max_length=MAX_LENGTH, description="Cypher that reads.")
    parameters: dict[str, Any] = Field(
        default={}, description="Values for the `$names` in the statement."
    )
    limit: int = Field(
        default=1_000, ge=1, le=MAX_ROWS, description="Rows at most; the rest is left out."
    )


_ANSWER: Final = CypherAnswer(columns=["person"], rows=[["Tom Gunter"]], truncated=False)
_LINES: Final = (
    '{"columns": ["person"]}\n{"row": ["Tom Gunter"]}\n{"end": {"rows": 1, "truncated": false}}\n'
)


@router.post(
    "",
    summary="Run a Cypher statement that reads",
    response_model=CypherAnswer,
    responses={
        200: {
            "description": "The rows; as NDJSON where `Accept` asks for it",
            "content": {
                "application/json": {"example": _ANSWER.model_dump()},
                NDJSON: {"schema": {"type": "string"}, "example": _LINES},
            },
        },
        **documented(
            "malformed-body",
            "scope-missing",
            "read-only",
            "too-large",
            "unsupported-media-type",
            "invalid-query",
            "invalid-request",
            "busy",
            "not-ready",
            "store-unavailable",
            "query-timeout",
        ),
    },
)
def run_cypher(
    store: StoreDep,
    asked: CypherAsked,
    accept: Annotated[
        str,
        Header(
            description="`application/x-ndjson` streams the rows, one line each.",
            examples=["application/json"],
        ),
    ] = "application/json",
) -> Response:
    """Run a statement as a user who may only read, for as long as the store allows.

    With `Accept: application/x-ndjson` the rows come as they are found: a line with the columns, a
    line for each row, and at last `end`, or `problem` should the statement fail half-way.
    """
    if NDJSON in accept:
        lines = _lines(store, asked)
        # What is wrong with the statement shows before its first row, and is still an error then.
        first = next(lines)
        return StreamingResponse(_streamed(chain([first], lines), lines), media_type=NDJSON)
    rows: list[str] = []
    size, truncated = 0, False
    with _opened(store, asked) as (columns, found):
        for row in found:
            written = _written(row)
            size += len(written)
            if len(rows) == asked.limit or size > _MAX_ANSWER:
                truncated = True
                break
            rows.append(written)
    # Already in JSON, row by row: not held in memory as objects and as text at once.
    head, tail = _written({"columns": columns}), _written(truncated)
    body = f'{head[:-1]}, "rows": [{", ".join(rows)}], "truncated": {tail}}}'
    return Response(body, media_type=JSONResponse.media_type)


@contextmanager
def _opened(store: Store, asked: CypherAsked) -> Iterator[tuple[list[str], Iterator[list[Any]]]]:
    if not _running.acquire(blocking=False):
        raise ProblemError(
            "busy", f"{MAX_AT_ONCE} statements are running already; try again in a moment"
        )
    try:
        with store.rows(asked.query, asked.parameters) as (columns, rows):
            yield list(columns), rows
    except (QueryError, WriteForbiddenError) as error:
        raise _shown(error, asked.query) from error
    finally:
        _running.release()


def _shown(error: QueryError | WriteForbiddenError, query: str) -> ProblemError:
    slug = "read-only" if isinstance(error, WriteForbiddenError) else "invalid-query"
    said = str(error)
    place = place_of(said, query)
    where = f"line {place.line}, column {place.column}: " if place else ""
    brief = said.partition("\n")[0]
    return ProblemError(
        slug, said, [FieldProblem(where="body", field="query", message=where + brief)]
    )


def _lines(store: Store, asked: CypherAsked) -> Generator[str, None, None]:
    """The answer in pieces of some lines each; the first once a row is there."""
    count, truncated, begun = 0, False, False
    pending: list[str] = []
    size = 0
    try:
        with _opened(store, asked) as (columns, rows):
            pending.append(_written({"columns": columns}))
            for row in rows:
                if count == asked.limit:
                    truncated = True
                    break
                count += 1
                pending.append(_written({"row": row}))
                size += len(pending[-1])
                if size > _CHUNK or count == 1:
                    begun = True
                    yield "\n".join([*pending, ""])
                    pending, size = [], 0
        pending.append(_written({"end": {"rows": count, "truncated": truncated}}))
    except (ProblemError, GraphError) as error:
        if not begun:
            raise
        pending.append(_written({"problem": _document(error)}))
    yield "\n".join([*pending, ""])


def _document(error: ProblemError | GraphError) -> dict[str, Any]:
    if isinstance(error, ProblemError):
        found = problem(error.slug, error.detail, "/v1/cypher", error.errors)
    elif isinstance(error, QueryTimeoutError):
        found = problem("query-timeout", str(error), "/v1/cypher")
    else:
        found = problem("store-unavailable", "the store failed half-way", "/v1/cypher")
    return found.model_dump(mode="json")


async def _streamed(
    pieces: Iterator[str], source: Generator[str, None, None]
) -> AsyncIterator[str]:
    try:
        async for piece in iterate_in_threadpool(pieces):
            yield piece
    finally:
        # Whoever hangs up ends the statement, too.
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(source.close)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
