"""What every request passes before a route sees it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import SECURITY_HEADERS
from api.problems import problem_response
from api.settings import is_loopback

LOCAL_NAMES: Final = frozenset({"localhost"})


class AnswerHeaders:
    """Puts the security headers on every answer that does not have its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class LocalHostOnly:
    """Answers only to requests for this machine by a name that no one else can take.

    A web page of another site can make its own name lead to the loopback address and then read
    what listens there; but its requests carry its name.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = LOCAL_NAMES) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and not self._is_local(Headers(scope=scope).get("host", "")):
            response = problem_response(
                "wrong-host",
                "this service answers to localhost only; ask for http://localhost or "
                "http://127.0.0.1",
                Request(scope),
            )
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_local(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._names or is_loopback(name)


class BodyLimit:
    """Refuses bodies over a size, announced or not, without reading more than that of them."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self._max_bytes:
            response = problem_response("too-large", self._message, Request(scope))
            await response(scope, receive, send)
            return
        received = 0

        async def receive_up_to_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise HTTPException(413, self._message)
            return message

        await self._app(scope, receive_up_to_limit, send)

    @property
    def _message(self) -> str:
        return f"the body has more than {self._max_bytes:,} bytes; send a shorter article"
