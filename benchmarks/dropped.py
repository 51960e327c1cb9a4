"""Connections that are opened and dropped, as impatient clients and bad networks do.

And what a process holds open before and after.
"""

from __future__ import annotations

import itertools
import socket
import struct
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_AT_ONCE = 200
_RESET = struct.pack("ii", 1, 0)
"""Lingering for no time: what is closed so is reset, and not ended in order."""
_RUNNING = "mercato_http_requests_running "


@dataclass(frozen=True)
class Held:
    """What a process holds."""

    files: int
    """Descriptors: files, and connections of every sort, those to the store too."""
    threads: int


def held_by(process: int) -> Held:
    """What the process of this number holds now, as Linux tells it."""
    of = Path("/proc") / str(process)
    return Held(sum(1 for _ in (of / "fd").iterdir()), sum(1 for _ in (of / "task").iterdir()))


def drop_connections(service: str, count: int, path: str) -> None:
    """Open so many connections, hundreds at once, and drop each at another moment.

    Of ten, four send nothing and four half a request; two ask for `path`, of which one waits until
    the answer begins, and one is gone before. Every other one is reset, and not closed in order.

    Parameters
    ----------
    service
        Its address, without a path.
    """
    number = itertools.count()
    left = count
    while left:
        with ExitStack() as opened:
            for _ in range(min(left, _AT_ONCE)):
                connection = opened.enter_context(_connected(service))
                _use(connection, path, next(number))
                left -= 1


def settled(service: str, attempts: int = 2_000) -> bool:
    """Whether the service answers nobody but us any more, at one of so many questions."""
    return any(_running(service) <= 1 for _ in range(attempts))


def held_at_last(service: str, process: int, at_most: Held, attempts: int = 2_000) -> Held:
    """What a service holds once it is no more than this, or after so many questions to it."""
    for _ in range(attempts):
        _running(service)
        held = held_by(process)
        if held.files <= at_most.files and held.threads <= at_most.threads:
            break
    return held


def _running(service: str) -> float:
    with urllib.request.urlopen(f"{service}/metrics") as answer:
        lines: Iterator[str] = iter(answer.read().decode().splitlines())
    return float(next(line for line in lines if line.startswith(_RUNNING)).split()[-1])


def _connected(service: str) -> socket.socket:
    address = urlsplit(service)
    assert address.hostname is not None
    assert address.port is not None
    return socket.create_connection((address.hostname, address.port))


def _use(connection: socket.socket, path: str, number: int) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    match number % 10:
        case 0 | 1 | 2 | 3:
            pass
        case 4 | 5 | 6 | 7:
            connection.sendall(request[: len(request) // 2])
        case 8:
            connection.sendall(request)
        case _:
            connection.sendall(request)
            connection.recv(1)
    if number // 10 % 2:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
