"""How each error becomes a problem document; see `api.problems` for their shape."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.problems import TYPES, FieldProblem, ProblemError, document_response, problem
from api.problems import problem_response as respond
from graph.errors import (
    ArticleConflictError,
    CursorError,
    EngineError,
    GraphError,
    MissingLibraryError,
    ModelError,
    NotFoundError,
    PathSearchError,
    QueryTimeoutError,
    StoreAuthError,
    StoreUnavailableError,
)
from loaders.errors import ArticleError, ArticleTooLongError, FieldError

log = logging.getLogger("mercato.api")

_SHOWN: Final[tuple[tuple[type[GraphError], str], ...]] = (
    (NotFoundError, "not-found"),
    (CursorError, "invalid-cursor"),
    (ModelError, "invalid-request"),
    (PathSearchError, "path-search-too-wide"),
    (MissingLibraryError, "not-installed"),
)
"""Errors whose message is for the client."""

_HIDDEN: Final[tuple[tuple[type[GraphError], str], ...]] = (
    (ArticleConflictError, "conflict"),
    (StoreUnavailableError, "store-unavailable"),
    (StoreAuthError, "store-unavailable"),
    (EngineError, "store-unavailable"),
    (QueryTimeoutError, "query-timeout"),
)
"""Errors whose message speaks of the store or of a file: it goes to the log only."""

_OTHER_NAMES: Final = {"lang": "language"}  # what files call it
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_MAX_ERRORS: Final = 50
_MAX_FIELD: Final = 100
_BY_STATUS: Final = {
    400: "malformed-body",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
}


def install(app: FastAPI) -> None:
    """Let every error of this app be answered with a problem document."""
    app.exception_handler(ProblemError)(_on_problem)
    app.exception_handler(RequestValidationError)(_on_invalid_request)
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(ArticleError)(_on_article_error)
    app.exception_handler(GraphError)(_on_graph_error)
    app.exception_handler(Exception)(_on_anything)


async def _on_problem(request: Request, error: ProblemError) -> JSONResponse:
    headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s else {}
    return respond(error.slug, error.detail, request, error.errors, headers)


async def _on_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
    found = error.errors()
    for one in found:
        if one["type"] == "json_invalid":
            said = f"the body is not valid JSON: {one['ctx']['error']} at character {one['loc'][1]}"
            return respond("malformed-body", said, request)
    if any(one["loc"] == ("body",) and one["type"] != "missing" for one in found) and not _is_json(
        request
    ):
        return respond("unsupported-media-type", "the body must be application/json", request)
    problems = [_field_problem(one) for one in found[:_MAX_ERRORS]]
    noun = "field is" if len(found) == 1 else "fields are"
    return respond("invalid-request", f"{len(found)} {noun} not valid", request, problems)


async def _on_http_exception(request: Request, error: HTTPException) -> JSONResponse:
    headers = dict(error.headers or {})
    slug = _BY_STATUS.get(error.status_code)
    detail = str(error.detail)
    if slug is None:
        title = HTTPStatus(error.status_code).phrase
        document = problem("internal-error", detail, request.scope["path"])
        document = document.model_copy(
            update={"type": "about:blank", "title": title, "status": error.status_code}
        )
        return document_response(document, headers)
    if slug == "not-found":
        detail = "there is no page at this address; /docs lists those that there are"
    elif slug == "method-not-allowed":
        headers = {"Allow": ", ".join(_methods_of(request))}
        detail = f"use {headers['Allow']} here"
    elif slug == "malformed-body":
        detail = "the body is not valid JSON in UTF-8"
    return respond(slug, detail, request, headers=headers)


def _methods_of(request: Request) -> list[str]:
    """The methods that the address of a request has; Starlette knows those of one route only."""
    routes = request.app.router.routes
    return [
        method
        for method in _METHODS
        if any(
            each.matches({**request.scope, "method": method})[0] is Match.FULL for each in routes
        )
    ]


async def _on_article_error(request: Request, error: ArticleError) -> JSONResponse:
    if isinstance(error, ArticleTooLongError):
        return respond("too-large", str(error), request)
    field, message = ("text", str(error))
    if isinstance(error, FieldError):
        field, message = _OTHER_NAMES.get(error.field, error.field), error.problem
    problems = [FieldProblem(where="body", field=field, message=message)]
    return respond("invalid-request", "the article cannot be read as it is", request, problems)


async def _on_graph_error(request: Request, error: GraphError) -> JSONResponse:
    for kind, slug in _SHOWN:
        if isinstance(error, kind):
            return respond(slug, str(error), request)
    for kind, slug in _HIDDEN:
        if isinstance(error, kind):
            log.warning("%s %s: %s", request.method, request.scope["path"], error)
            return respond(slug, TYPES[slug].example, request)
    return await _on_anything(request, error)


async def _on_anything(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return respond("internal-error", TYPES["internal-error"].example, request)


def _field_problem(error: dict[str, Any]) -> FieldProblem:
    where, *path = error["loc"]
    return FieldProblem(
        where=where,
        field=".".join(str(part) for part in path)[:_MAX_FIELD],
        message=error["msg"].removeprefix("Value error, "),
    )


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")
