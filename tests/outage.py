"""A server that goes away while something works on it, and comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from deploy.neo4j.server import Neo4jServer

PATIENCE_S = 120.0

T = TypeVar("T")


class Outage:
    """Kills a server when the work is midway, and starts it when the work says that it waits."""

    def __init__(self, server: Neo4jServer) -> None:
        self._server = server
        self._midway, self._down, self._waits = (threading.Event() for _ in range(3))
        self.said: list[str] = []
        """What the work said of its waiting."""

    def midway(self, *_: object) -> None:
        """To be called by the work, where it is midway; it goes on when the server is gone."""
        self._midway.set()
        assert self._down.wait(PATIENCE_S)

    def on_waiting(self, message: str) -> None:
        """To be called by the work when it begins to wait, and when it goes on."""
        self.said.append(message)
        self._waits.set()

    def during(self, work: Callable[[], T]) -> T:
        """What the work gives, which runs in a thread.

        The server is started in this one: it ends with the thread that started it.
        """
        with ThreadPoolExecutor() as pool:
            going = pool.submit(work)
            assert self._midway.wait(PATIENCE_S)
            self._server.kill()
            self._down.set()
            assert self._waits.wait(PATIENCE_S)
            self._server.start()
            return going.result(PATIENCE_S)
