"""The running service: a graph, the HTTP application on it, and an orderly end.

Ports that nobody asked for by name give way: the next free one is taken, and said aloud.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Final

import uvicorn

from api.console import say
from api.settings import PREFIX, Settings, SettingsError, is_loopback
from api.stopping import Stop, stop_on_signals
from graph.connect import engine_store, open_store
from graph.engine import Engine
from graph.store import Store

if TYPE_CHECKING:
    from fastapi import FastAPI

_PORTS_TO_TRY: Final = 100
_SECONDS_FOR_REQUESTS_TO_END: Final = 5


class ServiceError(OSError):
    """The service could not start; the message says why and what to do."""


@dataclass(frozen=True)
class Running:
    """What a user needs to know of a running service."""

    settings: Settings
    store: Store
    url: str
    bolt: str
    reader: tuple[str, str] | None
    """User and password for reading over Bolt; None when the store is not ours to tell of."""


def run_service(
    settings: Settings,
    *,
    announce: Callable[[Running], None],
    prepare: Callable[[Store, Stop], None] = lambda store, stop: None,
) -> None:
    """Serve until asked to stop.

    Parameters
    ----------
    announce
        Called once the service answers.
    prepare
        Called before, with the opened graph.

    Raises
    ------
    SettingsError
        If others can reach the address, and there is no key to let them in with.
    ServiceError
        If the HTTP port is taken.
    EngineInUseError
        If another process owns the data folder.
    EngineError, StoreError
        If the graph cannot be opened.
    """
    check_keys(settings)
    with (
        stop_on_signals() as stop,
        _listening(settings) as listener,
        _graph(settings) as (store, reader),
    ):
        prepare(store, stop)
        if stop.requested:
            return
        host, port = listener.getsockname()[:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        from api.app import create_app

        running = Running(settings, store, url, store.uri, reader)
        server = _Server(create_app(settings, store=store), lambda: announce(running))
        stop.also(server.stop)
        server.run(sockets=[listener])


def check_keys(settings: Settings) -> None:
    """Refuse to let in nobody, or to listen where keys are needed before there is one.

    Raises
    ------
    SettingsError
        If the service would ask for keys, and there is none.
    """
    from api.keys import Keys
    from api.state import State

    if not settings.asks_for_keys:
        return
    state = State(settings.data_dir)
    try:
        if Keys(state).any_valid():
            return
    finally:
        state.close()
    why = (
        f"{PREFIX}REQUIRE_KEY asks for keys"
        if is_loopback(settings.host)
        else f"other machines can reach {settings.host}, and need a key to be let in"
    )
    raise SettingsError(
        f"{why}, but {settings.data_dir} has none; make one with "
        "`mercato keys add NAME --scope read`, or listen on 127.0.0.1"
    )


class _Server(uvicorn.Server):
    """Uvicorn, quiet, and telling when it is ready."""

    def __init__(self, app: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_SECONDS_FOR_REQUESTS_TO_END,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            # Asked again: requests have a few seconds at most, and to be cut off then would leave
            # the application's own end undone, with a traceback.
            return
        super().handle_exit(sig, frame)
        say("Stopping…")

    def stop(self) -> None:
        self.should_exit = True


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket on the port of the settings, or on the next free one when it is the default."""
    chosen = "port" in settings.model_fields_set
    last = settings.port if chosen else settings.port + _PORTS_TO_TRY
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    host = settings.host.strip("[]")
    for port in range(settings.port, last + 1):
        try:
            listener = socket.create_server((host, port), family=family)
        except OSError as error:
            problem = error
            continue
        with listener:
            # asyncio does so for the sockets that it makes itself. Else the body of an answer waits
            # until the client has acknowledged its head, some 40 ms. Connections inherit it.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if port != settings.port:
                say(f"Port {settings.port} is taken: the service is on port {port}.", "yellow")
            yield listener
        return
    raise ServiceError(
        f"the service cannot listen on {host}, port {settings.port}: {problem.strerror}; "
        f"choose another with --port or {PREFIX}PORT, or 0 for any free one"
    )


@contextlib.contextmanager
def _graph(settings: Settings) -> Iterator[tuple[Store, tuple[str, str] | None]]:
    """The graph of the settings, in an engine of this process unless a server is named."""
    if settings.uri is not None:
        with open_store(**settings.store_arguments()) as store:
            yield store, None
        return
    chosen = "bolt_port" in settings.model_fields_set
    with Engine.start(
        settings.data_dir,
        bolt_port=settings.bolt_port,
        heap=settings.heap,
        command_timeout_s=settings.command_timeout_s,
        next_free_port=not chosen,
    ) as engine:
        if settings.bolt_port not in (0, engine.port):
            say(
                f"Port {settings.bolt_port} is taken: the graph answers on port {engine.port}.",
                "yellow",
            )
        with engine_store(engine) as store:
            store.apply_schema()
            yield store, engine.reader
