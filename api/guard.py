"""Who may ask: a key is looked at before anything else of a request is, its scope by the route."""

from __future__ import annotations

import math
import time
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import anyio
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.dependencies import SettingsDep
from api.keys import Key, Keys, rate_of
from api.problems import ProblemError, documented, problem_response
from api.scopes import Scope as KeyScope

GUARDED: Final = documented("key-needed", "scope-missing", "too-many-requests")
"""What every operation that asks for a key may answer."""

_BEHIND: Final = ("/v1/", "/metrics")
_OPEN: Final = ("/v1/problems",)
_WRONG_KEYS: Final = rate_of("20/minute")
"""How many wrong keys one address may try; each costs some 50 ms."""

_HASHING_AT_ONCE: Final = 2


class Guard:
    """Lets requests through that carry a valid key, as many of each key as its rate allows.

    Parameters
    ----------
    required
        Whether a key is needed. Where it is not, one that is sent must be valid all the same.
    rate
        Of keys that have none of their own.
    """

    def __init__(self, app: ASGIApp, keys: Keys, *, required: bool, rate: str) -> None:
        self._app = app
        self._keys = keys
        self._required = required
        self._rate = rate_of(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._hashing: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and is_guarded(scope["path"]):
            try:
                scope.setdefault("state", {})["key"] = await self._admitted(scope)
            except ProblemError as error:
                headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s else {}
                if error.slug == "key-needed":
                    headers["WWW-Authenticate"] = "Bearer"
                response = problem_response(
                    error.slug, error.detail, Request(scope), headers=headers
                )
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admitted(self, scope: Scope) -> Key | None:
        given = Headers(scope=scope).get("authorization")
        if given is None:
            if self._required:
                raise ProblemError(
                    "key-needed",
                    "send a key in the header Authorization: Bearer …; whoever runs the service "
                    "makes one with `mercato keys add`",
                )
            return None
        scheme, _, token = given.partition(" ")
        key = None
        if scheme.lower() == "bearer":
            key = self._keys.known(token.strip()) or await self._checked(token.strip(), scope)
        if key is None:
            raise ProblemError("key-needed", "this key is not valid, or is revoked")
        self._take(rate_of(key.rate) if key.rate else self._rate, "key", key.id)
        return key

    async def _checked(self, token: str, scope: Scope) -> Key | None:
        address = (scope.get("client") or ("unknown",))[0]
        if not self._limiter.test(_WRONG_KEYS, "wrong", address):
            self._take(_WRONG_KEYS, "wrong", address)
        if self._hashing is None:
            self._hashing = anyio.CapacityLimiter(_HASHING_AT_ONCE)
        key = await anyio.to_thread.run_sync(self._keys.check, token, limiter=self._hashing)
        if key is None:
            self._limiter.hit(_WRONG_KEYS, "wrong", address)
        return key

    def _take(self, rate: RateLimitItem, *whose: str) -> None:
        if self._limiter.hit(rate, *whose):
            return
        wait = self._limiter.get_window_stats(rate, *whose).reset_time - time.time()
        raise ProblemError(
            "too-many-requests",
            f"more than {rate}; ask again after the time in Retry-After",
            retry_after_s=max(1, math.ceil(wait)),
        )


def is_guarded(path: str) -> bool:
    """Whether an address asks for a key where keys are required."""
    if any(path == each or path.startswith(f"{each}/") for each in _OPEN):
        return False
    return path.startswith(_BEHIND)


_bearer = HTTPBearer(
    scheme_name="key",
    description="A key, made with `mercato keys add`. On a loopback address none is asked for, "
    "unless the setting MERCATO_REQUIRE_KEY says so.",
    auto_error=False,
)


async def _in_scope(
    request: Request,
    needed: SecurityScopes,
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    key: Key | None = request.scope.get("state", {}).get("key")
    if key is None:
        return  # the guard let it through without one
    missing = [scope for scope in needed.scopes if scope not in key.scopes]
    if missing:
        raise ProblemError(
            "scope-missing", f"the key {key.name!r} lacks the scope {', '.join(missing)}"
        )


async def not_from_elsewhere(request: Request, settings: SettingsDep) -> None:
    """Refuse what a page of another site sends: text and files it may send without asking first.

    Raises
    ------
    ProblemError
        If the request names another origin, and no setting lets that in.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in settings.cors_origins:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise ProblemError(
            "foreign-page", f"pages of {origin} may not send anything; see MERCATO_CORS_ORIGINS"
        )


def needs(scope: KeyScope) -> Any:
    """The dependency of a route that a key must have this scope for."""
    return Security(_in_scope, scopes=[scope.value])
