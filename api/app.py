"""The HTTP service as an ASGI application.

`/health/live` answers at once; the store and the reader are opened in the background, and until
they are there `/health/ready` and what needs them answer 503.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.openapi.utils import get_openapi

from api import errors
from api.caching import EntityTags
from api.guard import GUARDED, Guard, needs
from api.keys import Keys
from api.middleware import AnswerHeaders, BodyLimit, LocalHostOnly
from api.observing import REQUEST_ID, Metrics, Observed
from api.problems import Problem, documented, problem_examples
from api.routes import (
    articles,
    between,
    browser,
    claims,
    cypher,
    docs,
    entities,
    explorer,
    export,
    flows,
    graph,
    health,
    loads,
    metrics,
    paths,
    problems,
    relationships,
    sources,
)
from api.scopes import Scope
from api.sent import NewArticles
from api.services import Services
from api.settings import Settings, is_loopback
from graph.store import Store
from loaders.reader import Reader

_DESCRIPTION: Final = """\
A knowledge graph that reads the press: who moved where, who invested in what, who said it, and
how surely.

**Entities** are people, companies, organizations and products. A **relationship** joins two of
them and is derived from **claims**: what an article says, with its words, its source and how
surely it says it. Errors are problem documents (RFC 9457). Listings come in pages; `next_cursor`
leads to the next one.
"""
_TAGS: Final = [
    {"name": "entities", "description": "People, companies, organizations and products."},
    {"name": "relationships", "description": "What is said of two entities, and the evidence."},
    {"name": "graph", "description": "Parts of the graph in one answer, for a picture."},
    {"name": "paths", "description": "How two entities are connected."},
    {"name": "claims", "description": "What single articles say."},
    {"name": "sources", "description": "Who says so, and how often it proved right."},
    {"name": "flows", "description": "Flows of people and money, and who stands in the middle."},
    {"name": "articles", "description": "What is read."},
    {"name": "loads", "description": "Many articles at once, read in the background."},
    {"name": "cypher", "description": "Statements of one's own, which may only read."},
    {"name": "export", "description": "The graph as files that other programs open."},
    {"name": "problems", "description": "The kinds of error."},
    {"name": "health", "description": "Whether the service lives, and whether it can answer."},
]
_SCHEMA: Final = "#/components/schemas/{model}"
_WORTH_PACKING: Final = 1_000
_OVERHEAD_BYTES: Final = 64 * 1024
_MEGABYTE: Final = 1_000_000
_BYTES_PER_CHAR: Final = 6  # é written as \u00e9


def create_app(
    settings: Settings, *, store: Store | None = None, reader: Reader | None = None
) -> FastAPI:
    """The application.

    Parameters
    ----------
    settings
        Which store to open, where the service listens, how long an article may be.
    store, reader
        A store and a reader that the caller has already. They are not closed at the end; those
        that the application opens itself are.
    """
    services = Services(settings, store, reader)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with services.running():
            yield

    app = FastAPI(
        title="mercato",
        version=version("mercato"),
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
        responses=documented("wrong-host", "internal-error"),
    )
    app.state.settings = settings
    app.state.services = services
    app.state.keys = keys = Keys(services.state)
    v1 = APIRouter(prefix="/v1")
    for part in (entities, relationships, between, graph, paths, claims, sources, flows, cypher):
        v1.include_router(part.router, dependencies=[needs(Scope.READ)], responses=GUARDED)
    v1.include_router(articles.router, responses=GUARDED)
    v1.include_router(loads.router, responses=GUARDED)
    v1.include_router(export.router, dependencies=[needs(Scope.READ)], responses=GUARDED)
    v1.include_router(problems.router)
    app.include_router(v1)
    app.include_router(health.router)
    app.include_router(metrics.router, dependencies=[needs(Scope.READ)])
    app.include_router(docs.router)
    app.include_router(explorer.router)
    app.router.routes.extend(browser.routes(settings))
    errors.install(app)
    # The last one added is the first that a request passes.
    app.add_middleware(EntityTags)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.max_article_chars * _BYTES_PER_CHAR + _OVERHEAD_BYTES,
        uploads="/v1/loads",
        max_upload=settings.max_upload_mb * _MEGABYTE,
    )
    app.add_middleware(Guard, keys=keys, required=settings.asks_for_keys, rate=settings.rate_limit)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=(
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-None-Match",
                "Last-Event-ID",
                REQUEST_ID,
            ),
            expose_headers=("ETag", "Location", "Retry-After", REQUEST_ID),
        )
    if is_loopback(settings.host):
        app.add_middleware(LocalHostOnly)
    app.add_middleware(AnswerHeaders)
    app.state.metrics = Metrics()
    app.add_middleware(Observed, metrics=app.state.metrics)
    _complete_schema(app)
    return app


def _complete_schema(app: FastAPI) -> None:
    """Add the problem document to the OpenAPI schema: FastAPI knows one media type an answer."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                tags=app.openapi_tags,
                license_info=app.license_info,
                routes=app.routes,
            )
            components = app.openapi_schema["components"]
            components["examples"] = problem_examples()
            schemas = components["schemas"]
            problem = Problem.model_json_schema(ref_template=_SCHEMA)
            schemas.update(problem.pop("$defs"))
            # Its body is read by the route itself, which takes other forms, too.
            sent = NewArticles.model_json_schema(ref_template=_SCHEMA)
            schemas.update(sent.pop("$defs"))
            schemas["NewArticles"] = sent
            schemas["Problem"] = problem
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
