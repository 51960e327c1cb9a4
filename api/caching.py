"""Answers that a client has already are not sent again."""

from __future__ import annotations

import hashlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OK: Final = 200
_KEPT: Final = frozenset(
    {b"etag", b"cache-control", b"vary", b"content-location", b"date", b"expires"}
)


class EntityTags:
    """Puts an ETag on what is sent in one piece, and answers 304 to whoever has it.

    The tag is weak: it says that the content is the same, not how it is packed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if _may_be_tagged(message):
                    start = message
                    return
                await send(message)
                return
            if start is not None:
                begun, start = start, None
                if not message.get("more_body", False):
                    tag = f'W/"{hashlib.sha256(message.get("body", b"")).hexdigest()[:32]}"'
                    headers = MutableHeaders(scope=begun)
                    headers["ETag"] = tag
                    headers.setdefault("Cache-Control", "no-cache")
                    if _names(known, tag):
                        await send(_not_modified(begun))
                        await send({"type": "http.response.body", "body": b""})
                        return
                await send(begun)
            await send(message)

        await self._app(scope, receive, tagged)


def _may_be_tagged(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return message["status"] == _OK and "etag" not in headers and "content-length" in headers


def _names(known: str, tag: str) -> bool:
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags


def _not_modified(begun: Message) -> Message:
    kept = [
        (name, value)
        for name, value in begun["headers"]
        if not name.lower().startswith(b"content-") or name.lower() in _KEPT
    ]
    return {"type": "http.response.start", "status": 304, "headers": kept}
