"""What is told of each request: an id, a line in the log, and figures for Prometheus.

Nothing of a body, a query or an id is logged or counted: a request is known by the template of its
route, such as ``/v1/entities/{entity_id}``.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID: Final = "X-Request-ID"

_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_ROUTE: Final = "none"
_VERSION: Final = "/v1"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

log = logging.getLogger("mercato.access")


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "mercato_http_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "mercato_http_request_seconds",
            "Time until the whole answer was sent.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.running = Gauge(
            "mercato_http_requests_running", "Requests under way.", registry=self.registry
        )

    def text(self) -> bytes:
        """The figures in the text format of Prometheus."""
        return generate_latest(self.registry)


class Observed:
    """Gives each request an id, counts it, and logs it when it is over.

    The id is the client's own, where it sent one that a log can hold. Every answer carries it.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        status, size = 500, 0  # what raises is answered with 500 by who catches it
        told = False
        begun = time.perf_counter()

        def tell() -> None:
            nonlocal told
            if not told:
                told = True
                self._metrics.running.dec()
                self._tell(scope, request_id, status, size, time.perf_counter() - begun)

        async def observed(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            else:
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    tell()  # before the client can know: who has an answer finds it counted
            await send(message)

        self._metrics.running.inc()
        try:
            await self._app(scope, receive, observed)
        finally:
            tell()

    def _tell(self, scope: Scope, request_id: str, status: int, size: int, seconds: float) -> None:
        route = _template(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        if log.isEnabledFor(logging.INFO):
            told = {
                "request_id": request_id,
                "method": method,
                "route": route,
                "status": status,
                "bytes": size,
                "ms": round(seconds * 1000, 1),
            }
            log.info(json.dumps(told))


def _template(scope: Scope) -> str:
    """The template of the route that a request went to; its router's prefix is not in it."""
    path = getattr(scope.get("route"), "path", _NO_ROUTE)
    versioned = path != _NO_ROUTE and str(scope["path"]).startswith(f"{_VERSION}/")
    return path if not versioned or path.startswith(f"{_VERSION}/") else _VERSION + path
