"""Articles: sent in, read, listed, shown, deleted."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api import examples
from api.answers import StoredArticle
from api.dependencies import (
    MAX_ID_LENGTH,
    ArticleId,
    Asked,
    Day,
    KnownAsked,
    PageAsked,
    QueryId,
    QueryName,
    ServicesDep,
    SettingsDep,
    StoreDep,
)
from api.guard import needs
from api.problems import documented
from api.scopes import Scope
from graph import lookup
from graph.errors import NotFoundError
from graph.ingest import delete_article, ingest
from graph.model import MAX_NAME_LENGTH, Article
from graph.views import ArticleDetailView, ArticleView, Page, View
from loaders.article import MAX_TITLE_LENGTH, normalise_text, prepare

router = APIRouter(prefix="/articles", tags=["articles"])

_ORIGIN: Final = "api"


def _addressable(id_: str) -> str:
    """An id is the end of an address: what clients would take out of that, it may not hold."""
    if any(segment in {"", ".", ".."} for segment in id_.split("/")):
        raise ValueError("between slashes there must be more than nothing, '.' or '..'")
    return id_


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")
]
NewId = Annotated[Line, StringConstraints(max_length=MAX_ID_LENGTH), AfterValidator(_addressable)]


class NewArticle(View):
    """An article to read. What is left out is worked out from its text where that says it."""

    model_config = ConfigDict(json_schema_extra={"example": examples.NEW_ARTICLE})

    text: str = Field(min_length=1)
    id: NewId | None = Field(
        default=None,
        description="Tells articles apart: sending a corrected text under the same id replaces "
        "the article. Made from the address, or from the text, when left out.",
    )
    title: Annotated[Line, StringConstraints(max_length=MAX_TITLE_LENGTH)] | None = None
    url: (
        Annotated[
            str, StringConstraints(max_length=2_000, pattern=r"^https?://[^\s<>\"\x00-\x1f\x7f]+$")
        ]
        | None
    ) = Field(default=None, description="Where it appeared.")
    outlet: Annotated[Line, StringConstraints(max_length=MAX_NAME_LENGTH)] | None = Field(
        default=None, description="The paper, agency or site that published it."
    )
    author: Annotated[Line, StringConstraints(max_length=MAX_NAME_LENGTH)] | None = None
    language: Line | None = Field(default=None, description="A code such as `fr`.")
    published: Day | None = Field(default=None, description="The day it appeared.")
    credited_source: Annotated[Line, StringConstraints(max_length=MAX_NAME_LENGTH)] | None = Field(
        default=None, description="The outlet that it names as its own source."
    )

    def article(self) -> Article:
        """The article as the model has it, under its own id or a made one."""
        return Article(
            **self.model_dump(exclude={"id"}), id=self.id or self._made_id(), origin=_ORIGIN
        )

    def _made_id(self) -> str:
        kind, what = ("url", self.url) if self.url else ("text", normalise_text(self.text))
        return f"{kind}-{hashlib.sha256(what.encode()).hexdigest()[:16]}"


_STORED: Final = StoredArticle(**dict(examples.ARTICLE_DETAIL), outcome="loaded")


class ArticlesAsked(PageAsked, KnownAsked):
    """Which articles."""

    entity: QueryId | None = Field(
        default=None,
        description="Only articles that mention the entity with this id.",
        examples=[examples.META.id],
    )
    outlet: QueryName | None = Field(
        default=None,
        description="Only articles of the outlet with exactly this name.",
        examples=["La Gazette de l'IA"],
    )
    published_from: Day | None = Field(
        default=None,
        description="Only articles that appeared on this day or later.",
        examples=["2025-01-01"],
    )
    published_to: Day | None = Field(
        default=None,
        description="Only articles that appeared on this day or earlier.",
        examples=["2025-12-31"],
    )


class AddAsked(Asked):
    """How to add an article."""

    replace: bool = Field(
        default=True,
        description="Whether it may replace an article from another place that has its id.",
        examples=[False],
    )


@router.post(
    "",
    summary="Add an article",
    status_code=201,
    dependencies=[needs(Scope.LOAD)],
    responses={
        **examples.answer(_STORED, "It was read and stored", 201),
        **examples.answer(
            _STORED.model_copy(update={"outcome": "unchanged"}),
            "It was stored already, and is unchanged or replaced",
        ),
        **documented(
            "malformed-body",
            "conflict",
            "too-large",
            "unsupported-media-type",
            "invalid-request",
            "not-ready",
            "busy",
            "store-unavailable",
        ),
    },
)
async def add_article(
    services: ServicesDep,
    settings: SettingsDep,
    new: NewArticle,
    asked: Annotated[AddAsked, Query()],
    response: Response,
) -> StoredArticle:
    """Read an article and store what it says; adding it again changes nothing.

    An article in a language that no reader knows is stored without claims; `skipped` says so.
    """
    store, reader = services.store, services.reader

    def work() -> StoredArticle:
        article = prepare(new.article(), max_chars=settings.max_article_chars)
        (result,) = ingest(store, [(article, reader.read(article))], replace=asked.replace)
        stored = lookup.get_article(store, article.id)
        return StoredArticle(**dict(stored), outcome=result.outcome)

    stored = await services.read(work)
    response.headers["Location"] = f"/v1{router.prefix}/{quote(stored.id)}"
    response.status_code = 201 if stored.outcome == "loaded" else 200
    return stored


@router.get(
    "",
    summary="List the articles",
    dependencies=[needs(Scope.READ)],
    responses={
        **examples.answer(examples.ARTICLES, "The articles, the newest first"),
        **documented("invalid-cursor", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def list_articles(store: StoreDep, asked: Annotated[ArticlesAsked, Query()]) -> Page[ArticleView]:
    """List the articles, the newest first; those without a date of publication come last."""
    return lookup.list_articles(
        store,
        mentioning=asked.entity,
        outlet=asked.outlet,
        published_from=asked.published_from,
        published_to=asked.published_to,
        known_at=asked.known_at,
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{article_id:path}",
    summary="Show an article",
    dependencies=[needs(Scope.READ)],
    responses={
        **examples.answer(examples.ARTICLE_DETAIL, "The article and what was read from it"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_article(store: StoreDep, article_id: ArticleId) -> ArticleDetailView:
    """Show an article with its text, its entities and its claims."""
    return lookup.get_article(store, article_id)


@router.delete(
    "/{article_id:path}",
    summary="Delete an article",
    status_code=204,
    dependencies=[needs(Scope.ADMIN)],
    responses={
        204: {"description": "It is gone, with its claims; the relationships are derived anew"},
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def remove_article(store: StoreDep, article_id: ArticleId) -> None:
    """Delete an article, its claims, and what only they carried."""
    if not delete_article(store, article_id):
        raise NotFoundError("no article has this id")
