"""What only the service answers, beside the views of the graph; the client reads the same."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from pydantic import Field

from api.jobs import Load, LoadState, Result
from graph.views import ArticleDetailView, View

Outcome = Literal["loaded", "replaced", "unchanged", "failed"]
"""What became of an article that was sent in."""


class StoredArticle(ArticleDetailView):
    """An article that was sent in, with what was read from it."""

    outcome: Literal["loaded", "unchanged", "replaced"] = Field(
        description="`loaded`: it is new. `unchanged`: it was stored already, as it is. "
        "`replaced`: its text or what was read from it is another than before."
    )


class CypherAnswer(View):
    """The rows of a statement."""

    columns: list[str]
    rows: list[list[Any]] = Field(
        description="Values in the order of the columns. Dates are in ISO 8601; nodes, "
        "relationships and paths are objects."
    )
    truncated: bool = Field(
        description="Whether there are more rows than `limit`, or than an answer of 32 MB holds."
    )


class Counts(View):
    """Articles by what became of them."""

    loaded: int
    replaced: int
    unchanged: int
    failed: int


class LoadView(View):
    """A load, and how far it is."""

    id: str
    state: LoadState = Field(
        description="`done` when everything was tried, although single articles may have failed; "
        "`failed` when it could not go on."
    )
    created: dt.datetime
    ended: dt.datetime | None = None
    replace: bool = Field(description="Whether articles from another place may be replaced.")
    cancelling: bool = Field(description="Whether it ends after the batch under way.")
    files: int = Field(description="Files that were sent, JSON counting as one.")
    articles: Counts
    detail: str | None = Field(default=None, description="Why it failed.")

    @classmethod
    def of(cls, load: Load) -> LoadView:
        """As the service tells it."""
        return cls(
            id=load.id,
            state=load.state,
            created=load.created,
            ended=load.ended,
            replace=load.replace,
            cancelling=load.cancelling,
            files=load.files,
            articles=Counts(**load.counts),
            detail=load.detail,
        )


class LoadResultView(View):
    """What became of one article."""

    number: int = Field(description="Grows from result to result.")
    source: str = Field(description="The file that it came in, and its place there.")
    article: str | None = Field(default=None, description="Its id; null when there is none.")
    outcome: Outcome
    claims: int | None = Field(default=None, description="Claims that were read in it.")
    message: str | None = Field(default=None, description="Why it failed.")

    @classmethod
    def of(cls, result: Result) -> LoadResultView:
        """As the service tells it."""
        return cls(
            number=result.number,
            source=result.source,
            article=result.article,
            outcome=cast(Outcome, result.outcome),
            claims=result.claims,
            message=result.message or None,
        )
