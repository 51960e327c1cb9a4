"""Connections that go where the guard allows, and last no longer than a request may."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from loaders.errors import TooSlowError
from loaders.web.guard import Guard


class Deadline:
    """When the request under way must have ended."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds = 0.0
        self._end: float | None = None

    def begin(self, seconds: float) -> None:
        """A request begins, and may take so long."""
        self._seconds = seconds
        self._end = self._clock() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Seconds until then, or `timeout` if that is sooner.

        Raises
        ------
        TooSlowError
            If none are left.
        """
        end = self._clock() if self._end is None else self._end
        left = end - self._clock()
        if left <= 0:
            raise TooSlowError(f"it took longer than {self._seconds:g} s")
        return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections to addresses that the guard has judged."""

    def __init__(self, guard: Guard, deadline: Deadline, inner: httpcore2.NetworkBackend) -> None:
        self._guard = guard
        self._deadline = deadline
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, judge, and connect to what was judged, the next address if one is silent."""
        *others, last = self._guard.addresses(host)
        for address in others:
            try:
                return self._connect(address, port, timeout, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return self._connect(last, port, timeout, socket_options)

    def _connect(
        self, address: str, port: int, timeout: float | None, options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        stream = self._inner.connect_tcp(address, port, self._deadline.left(timeout), None, options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which every step ends when the request must."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
