"""Problem documents: the one shape of every error that the service answers (RFC 9457).

::

    {
      "type": "/v1/problems/not-found",
      "title": "Nothing is there",
      "status": 404,
      "detail": "no entity has the id 'x'; search for it by name",
      "instance": "/v1/entities/x",
      "errors": []
    }

`type` names the kind of problem and is where it is explained; it never changes. `errors` names the
fields that are wrong, where that is what the problem is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.headers import SECURITY_HEADERS

MEDIA_TYPE: Final = "application/problem+json"
_MAX_INSTANCE: Final = 500


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    where: Literal["path", "query", "header", "body"] = Field(description="The part it is in.")
    field: str = Field(description="Its name; dots lead into objects, empty for the whole part.")
    message: str


class Problem(BaseModel):
    """An error."""

    type: str = Field(description="The kind of problem, and the address of its explanation.")
    title: str = Field(description="The kind in a few words; always the same for one type.")
    status: int
    detail: str = Field(description="What happened this time, and what to do next.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[FieldProblem] = Field(description="The fields that are wrong, if any.")


class ProblemType(BaseModel):
    """A kind of problem."""

    type: str
    title: str
    status: int
    explanation: str


@dataclass(frozen=True)
class _Type:
    status: int
    title: str
    explanation: str
    example: str


TYPES: Final[Mapping[str, _Type]] = {
    "malformed-body": _Type(
        400,
        "The body is damaged",
        "The body of the request is not valid JSON in UTF-8, or no files can be taken out of it.",
        "the body is not valid JSON: Expecting value at character 9",
    ),
    "invalid-cursor": _Type(
        400,
        "The cursor does not fit",
        "A cursor goes on with the listing that gave it, with the same filters. Begin without one "
        "when a filter changes.",
        "this cursor was made with other filters; begin without one when they change",
    ),
    "key-needed": _Type(
        401,
        "A valid key is needed",
        "Send a key in the header `Authorization: Bearer …`. Whoever runs the service makes one "
        "with `mercato keys add`.",
        "send a key in the header Authorization: Bearer …; whoever runs the service makes one with "
        "`mercato keys add`",
    ),
    "scope-missing": _Type(
        403,
        "The key is not good for this",
        "A key has scopes: `read` to ask, `load` to send in articles, `admin` to delete them. This "
        "one lacks the scope that the operation needs.",
        "the key 'newsroom' lacks the scope load",
    ),
    "foreign-page": _Type(
        403,
        "A page of another site has sent this",
        "Browsers let any page send text and files anywhere. The service takes them from its own "
        "pages, from those of the setting MERCATO_CORS_ORIGINS, and from what is no browser.",
        "pages of https://elsewhere.example may not send anything; see MERCATO_CORS_ORIGINS",
    ),
    "read-only": _Type(
        403,
        "One may only read here",
        "The Cypher statement would change something, or do what readers may not: fetch files or "
        "addresses, administer the database.",
        "LOAD CSV is not for readers: it fetches what it names (line 1, column 1)",
    ),
    "not-found": _Type(
        404,
        "Nothing is there",
        "No entity, relationship or article has this id, or no page has this address.",
        "no entity has the id 'company-nobody'; search for it by name",
    ),
    "method-not-allowed": _Type(
        405,
        "The method is not allowed here",
        "The address exists, but not for this method; the header Allow lists those that it has.",
        "use GET here",
    ),
    "conflict": _Type(
        409,
        "Another article has this id",
        "An article from another place already has this id. Choose another one, or leave out "
        "`replace=false`.",
        "an article from another place has this id; choose another id, or let it be replaced",
    ),
    "idempotency-key-reused": _Type(
        409,
        "The idempotency key came before",
        "An Idempotency-Key names one request: sent again, it is answered as before. With another "
        "request, use another key.",
        "this Idempotency-Key came before with another request; use a new one",
    ),
    "load-not-ended": _Type(
        409,
        "The load has not ended",
        "What failed in a load can be tried again when the load has ended. Cancel it, or wait.",
        "it has not ended yet; cancel it or wait",
    ),
    "too-large": _Type(
        413,
        "The request is too large",
        "The body, or the article in it, is longer than the service accepts; the settings "
        "MERCATO_MAX_ARTICLE_CHARS and, for loads, MERCATO_MAX_UPLOAD_MB decide.",
        "the body has more than 1,265,536 bytes; send a shorter article",
    ),
    "unsupported-media-type": _Type(
        415,
        "The body is not announced as what is taken here",
        "Send the header `Content-Type: application/json`; loads take text, HTML and files, too.",
        "the body must be application/json",
    ),
    "wrong-host": _Type(
        421,
        "The request is meant for another host",
        "A service that listens on the loopback address answers only to requests for localhost or "
        "a loopback address, so that no web page can reach it under a name of its own.",
        "this service answers to localhost only",
    ),
    "invalid-request": _Type(
        422,
        "The request is not valid",
        "A parameter or a field has a value that it cannot have; `errors` names them.",
        "1 field is not valid",
    ),
    "invalid-query": _Type(
        422,
        "The statement is wrong",
        "The Cypher statement has a mistake, or asks for more than a row can hold; `errors` says "
        "where, as far as the database does.",
        "Variable `foo` not defined (line 1, column 8)",
    ),
    "path-search-too-wide": _Type(
        422,
        "The search for paths is too wide",
        "Too many relationships lie between the two entities. Ask for shorter paths or for fewer "
        "types.",
        "there are more than 100,000 relationships to look at between the two; ask for shorter "
        "paths, or for fewer types",
    ),
    "too-many-requests": _Type(
        429,
        "Too many requests",
        "The key has used up its rate, or too many wrong keys came from one address. Ask again "
        "after the time that the header Retry-After names.",
        "more than 600 per 1 minute; ask again after the time in Retry-After",
    ),
    "internal-error": _Type(
        500,
        "The service failed",
        "A mistake in the service. The log of the service has the details.",
        "the service failed to answer; its log has the details",
    ),
    "not-installed": _Type(
        501,
        "The service lacks a library for this",
        "Some forms need a library that is not installed with mercato. Whoever runs the service "
        "adds it with the extra that the problem names.",
        "FollowTheMoney needs followthemoney; install it with pip install 'mercato[ftm]'",
    ),
    "not-ready": _Type(
        503,
        "The service is starting",
        "The store is being opened or the reader is being loaded; `/health/ready` tells when both "
        "answer.",
        "the reader is still being loaded; try again in a few seconds",
    ),
    "store-unavailable": _Type(
        503,
        "The store does not answer",
        "The database cannot be reached. Nothing was written.",
        "the store does not answer; try again in a few seconds",
    ),
    "busy": _Type(
        503,
        "Too much is waiting",
        "Articles are read one after the other, and only so many loads may wait and only a few "
        "Cypher statements run at once. Ask again after the time in the header Retry-After.",
        "16 articles are waiting to be read; try again in a few seconds",
    ),
    "query-timeout": _Type(
        504,
        "The store took too long",
        "The question took longer than the store allows, and was stopped. Narrow it down.",
        "the store took too long to answer; narrow the question down",
    ),
}

_RETRY_AFTER: Final = {"not-ready": "2", "store-unavailable": "5", "busy": "10"}


class ProblemError(Exception):
    """Raised by a route to answer with a problem document.

    Parameters
    ----------
    slug
        The kind of problem, a key of `TYPES`.
    detail
        What happened this time, and what to do next.
    errors
        The fields that are wrong.
    retry_after_s
        When to ask again, where that is not the same for all problems of the kind.
    """

    def __init__(
        self,
        slug: str,
        detail: str,
        errors: Iterable[FieldProblem] = (),
        *,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
        self.slug = slug
        self.detail = detail
        self.errors = list(errors)


def problem_type(slug: str) -> ProblemType:
    """What one kind of problem means. Raises KeyError for a kind that there is not."""
    known = TYPES[slug]
    return ProblemType(
        type=_address(slug),
        title=known.title,
        status=known.status,
        explanation=known.explanation,
    )


def problem(slug: str, detail: str, instance: str, errors: Iterable[FieldProblem] = ()) -> Problem:
    """A problem of this kind."""
    known = TYPES[slug]
    return Problem(
        type=_address(slug),
        title=known.title,
        status=known.status,
        detail=detail,
        instance=quote(instance[:_MAX_INSTANCE], safe="/~@:!$&'()*+,;="),
        errors=list(errors),
    )


def problem_response(
    slug: str,
    detail: str,
    request: Request,
    errors: Iterable[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The answer that holds such a problem."""
    document = problem(slug, detail, request.scope["path"], errors)
    return document_response(document, _retry_after(slug) | dict(headers or {}))


def document_response(document: Problem, headers: Mapping[str, str]) -> JSONResponse:
    """The answer that holds this document."""
    return JSONResponse(
        document.model_dump(mode="json"),
        status_code=document.status,
        media_type=MEDIA_TYPE,
        headers=SECURITY_HEADERS | dict(headers),
    )


def documented(*slugs: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the problems that an operation may answer with."""
    answers: dict[int | str, dict[str, Any]] = {}
    for slug in slugs:
        known = TYPES[slug]
        answer = answers.setdefault(
            known.status,
            {
                "description": known.title,
                "content": {
                    MEDIA_TYPE: {
                        "schema": {"$ref": "#/components/schemas/Problem"},
                        "examples": {},
                    }
                },
            },
        )
        if known.title not in answer["description"]:
            answer["description"] += f"; {known.title[:1].lower()}{known.title[1:]}"
        shown = {"$ref": f"#/components/examples/{slug}"}
        answer["content"][MEDIA_TYPE]["examples"][slug] = shown
    return answers


def problem_examples() -> dict[str, Any]:
    """An example of each kind of problem, for the components of OpenAPI."""
    return {
        slug: {
            "summary": known.title,
            "value": problem(slug, known.example, "/v1/…").model_dump(mode="json"),
        }
        for slug, known in TYPES.items()
    }


def _address(slug: str) -> str:
    return f"/v1/problems/{slug}"


def _retry_after(slug: str) -> dict[str, str]:
    return {"Retry-After": _RETRY_AFTER[slug]} if slug in _RETRY_AFTER else {}
