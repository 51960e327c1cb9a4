"""The embedded engine: a graph database in this process, spoken to over Bolt on this machine only.

`graph.datadir` describes the folder that it keeps its data in, `graph.arcadedb` how it is set up.
"""

from __future__ import annotations

import atexit
import os
import signal
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, NoReturn, Self

from graph import jvm
from graph.arcadedb import ADMIN, DATABASE, READER, Server
from graph.collectors import part_collectors
from graph.datadir import HOST, DataDir, Lock, Secrets
from graph.errors import EngineError
from graph.ports import PortTakenError, free_port

__all__ = ["DATABASE", "Engine"]

_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


class Engine:
    """A running engine, owned by this process; see `Engine.start`.

    It stops when its `with` block ends, and at the latest when the process does: by itself, by
    Ctrl-C, or by SIGTERM or SIGHUP, unless the program handles these two itself. A process that
    is killed loses no transaction that was committed.
    """

    def __init__(self, server: Server, folder: DataDir, lock: Lock, secrets: Secrets) -> None:
        self._server: Server | None = server
        self._folder = folder
        self._lock = lock
        self._secrets = secrets
        self._process = os.getpid()
        self.port: Final = server.port

    @classmethod
    def start(
        cls,
        data_dir: Path,
        *,
        bolt_port: int = 7687,
        heap: str = "1g",
        command_timeout_s: float = 30.0,
        next_free_port: bool = False,
    ) -> Self:
        """Start the engine on a data folder, which is made when there is none.

        Waits while another process is starting or stopping an engine there.

        Parameters
        ----------
        data_dir
            Its layout is described in `graph.datadir`.
        bolt_port
            Where to listen, on the loopback address only; 0 for any free port.
        heap
            Memory for the engine, as Java writes it. One size for the life of the process.
        command_timeout_s
            Seconds after which a statement is stopped.
        next_free_port
            Whether to take the next free port when `bolt_port` is taken.

        Raises
        ------
        EngineInUseError
            If a process, this one included, owns the folder already.
        EngineError
            If the port is taken, the folder cannot be written, or the engine does not start.
        """
        folder = DataDir(data_dir)
        folder.create()
        with folder.changing():
            lock = folder.take()
            try:
                port = _choose_port(bolt_port, look_further=next_free_port)
                secrets = folder.secrets()
                jvm.start(heap, folder.log)
                part_collectors()
                server = Server(
                    folder.path,
                    port=port,
                    admin_password=secrets.admin,
                    reader_password=secrets.reader,
                    command_timeout_s=command_timeout_s,
                )
                folder.announce(server.port)
            except BaseException:
                lock.release()
                raise
        engine = cls(server, folder, lock, secrets)
        atexit.register(engine.stop)
        _exit_on_stop_signals()
        return engine

    @property
    def uri(self) -> str:
        """Where the engine listens."""
        return f"bolt://{HOST}:{self.port}"

    @property
    def admin(self) -> tuple[str, str]:
        """Name and password of the user who may write."""
        return ADMIN, self._secrets.admin

    @property
    def reader(self) -> tuple[str, str]:
        """Name and password of the user who may only read."""
        return READER, self._secrets.reader

    @property
    def data_dir(self) -> Path:
        """The folder that the graph is kept in."""
        return self._folder.path

    def setting(self, key: str) -> str:
        """What the open database goes by, such as ``arcadedb.txWalFlush``; for diagnosis.

        Raises
        ------
        EngineError
            If the engine has stopped.
        """
        if self._server is None:
            raise EngineError("the engine has stopped; start it again to read its settings")
        return self._server.setting(key)

    def stop(self) -> None:
        """Stop it and give the folder free. Stopping twice does nothing."""
        # A forked child has a copy of this object, and no Java machine.
        if self._server is None or os.getpid() != self._process:
            return
        server, self._server = self._server, None
        atexit.unregister(self.stop)
        with self._folder.changing():
            try:
                server.stop()
            finally:
                self._folder.withdraw()
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _choose_port(wanted: int, *, look_further: bool) -> int:
    """A port that is free now; 0 when any will do, so that the engine picks it without a race."""
    if wanted == 0:
        return 0
    try:
        return free_port(wanted, look_further=look_further)
    except PortTakenError as error:
        raise EngineError(
            f"the engine cannot listen on port {wanted}: {error}; "
            "stop the program that uses it, or choose another port"
        ) from error


def _exit_on_stop_signals() -> None:
    """Make these signals end the process in order, where nothing else is set for them.

    Without this, Python would end at once, and the next start would have to recover.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in _STOP_SIGNALS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
