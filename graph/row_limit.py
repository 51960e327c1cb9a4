"""A limit on the size of a single row: the driver by itself takes in whatever the server sends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from neo4j import Record, Result, Transaction
from neo4j.exceptions import ServiceUnavailable, SessionExpired

from graph.errors import QueryError

MAX_ROW_BYTES: Final = 16 * 1024 * 1024


class _RowTooLargeError(OSError):
    """More bytes have come than one row may have; the driver then gives the connection up."""


class _CountingSocket:
    """A connection's socket that counts what it gives."""

    def __init__(self, socket: Any, limit: int) -> None:
        self._socket = socket
        self._limit = limit
        self.received = 0

    def recv_into(self, buffer: Any, size: int) -> int:
        received: int = self._socket.recv_into(buffer, size)
        self.received += received
        if self.received > self._limit:
            raise _RowTooLargeError
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


@contextlib.contextmanager
def limited_rows(
    transaction: Transaction, result: Result, limit: int = MAX_ROW_BYTES
) -> Iterator[Iterator[Record]]:
    """The rows of a result, none of which is larger than `limit` bytes.

    Raises
    ------
    QueryError
        When a larger one comes. The connection is closed, and with it the statement ended.
    """
    inbox: Any = transaction._connection.inbox
    socket = _CountingSocket(inbox._socket, limit)
    inbox._socket = socket
    try:
        yield _counted(result, socket, limit)
    finally:
        inbox._socket = socket._socket


def _counted(result: Result, socket: _CountingSocket, limit: int) -> Iterator[Record]:
    rows = iter(result)
    while True:
        socket.received = 0
        try:
            row = next(rows)
        except StopIteration:
            return
        except (ServiceUnavailable, SessionExpired, _RowTooLargeError) as error:
            if socket.received <= limit:
                raise
            raise QueryError(
                f"one row of the answer is larger than {limit // 1024 // 1024} MB; ask for less "
                "in it, for instance with a slice of the list"
            ) from error
        yield row
