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
    """Refuses bodies over a size, announced or not, without reading more than that of them.

    Parameters
    ----------
    uploads
        The address that takes files, whose limit is another.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, *, uploads: str, max_upload: int) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._uploads = uploads
        self._max_upload = max_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, what = self._max_bytes, "send a shorter article"
        if scope["path"] == self._uploads:
            limit = self._max_upload
            what = "send fewer or smaller files at once, or raise MERCATO_MAX_UPLOAD_MB"
        said = f"the body has more than {limit:,} bytes; {what}"
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > limit:
            response = problem_response("too-large", said, Request(scope))
            await response(scope, receive, send)
            return
        received = 0

        async def receive_up_to_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, said)
            return message

        await self._app(scope, receive_up_to_limit, send)
