"""Fetching pages: one request at a time for a site, with a pause, retries and every limit.

Redirects are followed hop by hop: each address is judged anew by the guard and by its site's
robots.txt before anything is sent to it.
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event
from typing import Final
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

import httpcore2

from loaders.errors import (
    RefusedAddressError,
    ResponseError,
    TooSlowError,
    UnreachableError,
    WebError,
)
from loaders.web.body import ACCEPTED, limited_body
from loaders.web.connection import Deadline, GuardedBackend
from loaders.web.guard import Guard
from loaders.web.robots import MAX_BYTES as ROBOTS_BYTES
from loaders.web.robots import Robots

AGENT: Final = "mercato"
"""The name that robots.txt files know this reader by."""

_REDIRECTS: Final = {301, 302, 303, 307, 308}
_LATER: Final = {429, 500, 502, 503, 504}
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_KEPT: Final = "/%:@!$&'()*+,;=~[]"
_NO_TEXT: Final = ("image/", "video/", "audio/", "font/")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take.

    Parameters
    ----------
    delay_s
        Seconds between two requests to one site, at least.
    total_s
        Seconds for one request, however it is drawn out.
    attempts
        How often a request is made that fails in a way that may pass.
    longest_wait_s
        The longest pause that a site may ask for; if it asks for more, the request fails.
    """

    delay_s: float = 1.0
    total_s: float = 30.0
    max_bytes: int = 10_000_000
    redirects: int = 5
    attempts: int = 3
    backoff_s: float = 1.0
    longest_wait_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave."""

    url: str
    """Where it came from in the end."""
    body: bytes
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class WebClient:
    """Fetches pages for one thread.

    Parameters
    ----------
    guard
        Judges where connections may go.
    agent
        The whole line that says who asks; it begins with `AGENT`.
    stop
        Set from outside, it ends every pause at once.
    backend
        Opens connections to addresses that were judged.
    """

    def __init__(
        self,
        guard: Guard,
        agent: str,
        *,
        limits: Limits | None = None,
        stop: Event | None = None,
        clock: Callable[[], float] = time.monotonic,
        backend: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._agent = agent
        self._clock = clock
        self._pause = (stop or Event()).wait
        self._deadline = Deadline(clock)
        inner = backend or httpcore2.SyncBackend()
        self._pool = httpcore2.ConnectionPool(
            network_backend=GuardedBackend(guard, self._deadline, inner),
            max_keepalive_connections=4,
        )
        self._last: dict[str, float] = {}
        self._robots = Robots(self._robots_text, AGENT)

    def __enter__(self) -> WebClient:
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.close()

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Page | None:
        """What is at an address; None if it is still what `etag` or `modified` stand for.

        Raises
        ------
        WebError
            One of its classes says why there is nothing.
        """
        asked = {"if-none-match": etag, "if-modified-since": modified}
        headers = {name: value for name, value in asked.items() if value}
        for _ in range(self.limits.redirects + 1):
            url = _sane(url)
            self._robots.check(url)
            answer = self._patiently(url, headers, self._robots.delay(url), self.limits.max_bytes)
            if answer.status == HTTPStatus.NOT_MODIFIED:
                return None
            if answer.status not in _REDIRECTS:
                found = answer.headers
                return Page(url, answer.body, found.get("etag"), found.get("last-modified"))
            url = _target(url, answer)
        raise UnreachableError(f"it leads on and on, more than {self.limits.redirects} times")

    def _robots_text(self, url: str) -> str:
        for _ in range(self.limits.redirects + 1):
            url = _sane(url)
            answer = self._patiently(url, {}, 0, ROBOTS_BYTES)
            if answer.status not in _REDIRECTS:
                return answer.body.decode("utf-8", "replace")
            url = _target(url, answer)
        raise UnreachableError("it leads on and on")

    def _patiently(self, url: str, headers: dict[str, str], delay: float, limit: int) -> _Answer:
        """One request, made again after a pause when it fails in a way that may pass."""
        pause = self.limits.backoff_s
        for attempt in range(1, self.limits.attempts + 1):
            wait = pause
            try:
                answer = self._once(url, headers, delay, limit)
                if answer.status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, *_REDIRECTS}:
                    return answer
                problem: WebError = ResponseError(answer.status)
                if answer.status not in _LATER:
                    raise problem
                wait = max(wait, _retry_after(answer))
            except (UnreachableError, TooSlowError) as error:
                problem = error
            if attempt == self.limits.attempts or wait > self.limits.longest_wait_s:
                raise problem
            self._pause(wait)
            pause *= 2
        raise problem

    def _once(self, url: str, headers: dict[str, str], delay: float, limit: int) -> _Answer:
        site = urlsplit(url).netloc
        free = self._last.get(site, float("-inf")) + max(self.limits.delay_s, delay)
        if (wait := free - self._clock()) > 0:
            if wait > self.limits.longest_wait_s:
                raise UnreachableError(f"its robots.txt wants {delay:g} s between two requests")
            self._pause(wait)
        self._deadline.begin(self.limits.total_s)
        try:
            return self._request(url, headers, limit)
        except httpcore2.TimeoutException as error:
            raise TooSlowError(f"it took longer than {self.limits.total_s:g} s") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise UnreachableError(f"it does not answer as a web server does: {reason}") from error
        finally:
            self._last[site] = self._clock()

    def _request(self, url: str, headers: dict[str, str], limit: int) -> _Answer:
        own = {"user-agent": self._agent, "accept-encoding": ACCEPTED, "accept": "*/*"}
        with self._pool.stream(
            "GET", url, headers=[(name, value) for name, value in (own | headers).items()]
        ) as response:
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            }
            if response.status != HTTPStatus.OK:
                return _Answer(response.status, found)  # whatever it says, nobody reads it
            if found.get("content-type", "").lower().startswith(_NO_TEXT):
                raise ResponseError(response.status, f"it is {found['content-type']}, no article")
            encoding = found.get("content-encoding", "")
            body = limited_body(response.iter_stream(), encoding, limit)
            return _Answer(response.status, found, body)


def _sane(url: str) -> str:
    """The address in the letters that a request is made of.

    Raises
    ------
    RefusedAddressError
        If it is not the address of a page.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        host = port = ""
    if (
        not _HOST.fullmatch(host)
        or parts.scheme not in {"http", "https"}
        or parts.username
        or parts.password
    ):
        raise RefusedAddressError(
            f"{url[:100]!r} is not the address of a page: http:// or https://, a host, no password"
        )
    host = f"[{host}]" if ":" in host else host
    path, query = quote(parts.path, _KEPT), quote(parts.query, _KEPT + "?")
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def _target(url: str, answer: _Answer) -> str:
    place = answer.headers.get("location", "")
    if not place:
        raise ResponseError(answer.status, "it leads on, and does not say where")
    return urldefrag(urljoin(url, place)).url


def _retry_after(answer: _Answer) -> float:
    """Seconds after which the site wants to be asked again; 0 if it does not say."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
