"""An application on a real server, on a free loopback port."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import httpx
import uvicorn
from fastapi import FastAPI

GRACE_S = 5
"""A browser may leave a request open; nobody waits for its answer when the block has ended."""

Serving = Callable[[FastAPI], contextlib.AbstractContextManager[httpx.Client]]
"""What serves an application and gives a client of it, for as long as the block lasts."""


@contextlib.contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address that it is served at, for as long as the block lasts."""
    # The socket listens before the server runs: what is asked too early waits in its queue.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as `api.service` does
        config = uvicorn.Config(
            app, lifespan="on", log_config=None, timeout_graceful_shutdown=GRACE_S
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
