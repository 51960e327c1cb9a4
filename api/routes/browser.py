"""For Neo4j Browser: guide, style sheet and saved queries, and Browser's own page if it is here.

Pages of this machine, such as Browser when a Neo4j server serves it, may read what is served here;
pages of other sites may not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route

from api import browser_files, browser_page
from api.problems import ProblemError
from api.settings import Settings
from graph.store import Store

_LOOPBACK: Final = r"localhost|127\.0\.0\.1|\[::1\]"


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of an application with these settings.

    What they answer may be read by pages of this machine, and of the store's where it is another.
    """
    hosts = _LOOPBACK
    if settings.uri is not None and (host := urlsplit(settings.uri).hostname):
        hosts += f"|{re.escape(host)}"
    shared = Middleware(
        CORSMiddleware,
        allow_origin_regex=rf"https?://({hosts})(:\d+)?",
        allow_methods=["GET"],
        # Browser sends some for its caches and for its maker's error reports; none does anything.
        allow_headers=["*"],
    )
    inside = [Route("/", _open), Route("/{name:path}", _file)]
    return [Route("/browser", _open), Mount("/browser", routes=inside, middleware=[shared])]


def _open(request: Request) -> Response:
    """Lead to Browser's page, with the store to connect to and the guide, or a query to edit."""
    settings: Settings = request.app.state.settings
    _jar(settings)
    store: Store = request.app.state.services.store
    query = browser_page.opening_query(
        store_uri=store.uri,
        user=browser_page.reading_user(settings),
        database=store.database,
        guide=f"{_base(request)}/guide.html",
        query=request.query_params.get("query"),
    )
    return RedirectResponse(f"/browser/{browser_page.START}?{query}")


def _file(request: Request) -> Response:
    """One of mercato's own files, else one of Browser's page."""
    name = request.path_params["name"]
    if name == browser_files.STYLE:
        return Response(browser_files.style_sheet(), media_type="text/plain")
    if name == browser_files.QUERIES:
        return Response(browser_files.queries_archive(), media_type="application/zip")
    if (language := browser_files.GUIDES.get(name)) is not None:
        return Response(browser_files.guide(language, _base(request)), media_type="text/html")
    settings: Settings = request.app.state.settings
    found = browser_page.read(_jar(settings), name)
    if found is None:
        raise ProblemError("not-found", "Neo4j Browser has no such file")
    content, media_type = found
    store: Store = request.app.state.services.store
    # A worker of the page goes by the policy that its own script comes with.
    headers = {"Content-Security-Policy": browser_page.policy(store.uri)}
    return Response(content, media_type=media_type, headers=headers)


def _jar(settings: Settings) -> Path:
    try:
        jar = browser_page.find_jar(settings)
    except browser_page.BrowserPageError as error:
        raise ProblemError("not-found", str(error)) from error
    if jar is None:
        raise ProblemError("not-found", browser_page.HOW_TO_GET_IT)
    return jar


def _base(request: Request) -> str:
    """The address of the files here, as Browser may load them."""
    return browser_page.public_base(f"{request.url.scheme}://{request.url.netloc}") + "/browser"
