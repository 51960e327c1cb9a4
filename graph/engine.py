"""The embedded engine: ArcadeDB in this process, spoken to over Bolt on the loopback address.

`graph.datadir` describes the folder that it keeps its data in.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import jpype

from graph import jvm
from graph.datadir import ADMIN, READER, DataDir, Lock, Secrets
from graph.errors import EngineError

DATABASE: Final = "mercato"
HOST: Final = "127.0.0.1"

_EVERY_TYPE_READABLE: Final = {"*": {"access": ["readRecord"]}}
_ALL_ACCESS: Final = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_NO_LIMIT: Final = {"resultSetLimit": -1, "readTimeout": -1}
_GROUPS: Final = {
    "databases": {
        "*": {
            "groups": {
                "admin": {
                    **_NO_LIMIT,
                    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                    "types": {"*": {"access": _ALL_ACCESS}},
                },
                "reader": {**_NO_LIMIT, "access": [], "types": _EVERY_TYPE_READABLE},
                "*": {**_NO_LIMIT, "access": [], "types": {"*": {"access": []}}},
            }
        }
    },
    "version": 2,
}


class Engine:
    """A running engine, owned by this process; see `Engine.start`."""

    def __init__(
        self, server: Any, folder: DataDir, lock: Lock, secrets: Secrets, port: int
    ) -> None:
        self._server: Any | None = server
        self._folder = folder
        self._lock = lock
        self._secrets = secrets
        self.port = port

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

        Parameters
        ----------
        data_dir
            Its layout is described in `graph.datadir`.
        bolt_port
            Where to listen, on the loopback address only; 0 for any free port.
        heap
            Memory for the engine, as Java writes it. One size for the life of the process.
        command_timeout_s
            Seconds after which a statement is stopped. It holds for every engine of the process.
        next_free_port
            Whether to take the next free port when `bolt_port` is taken.

        Raises
        ------
        EngineInUseError
            If a process, this one included, owns the folder already.
        EngineError
            If the port is taken, the folder cannot be written, or the engine does not start.
        """
        folder = DataDir(Path(data_dir))
        folder.create()
        with folder.changing():
            lock = folder.take()
            try:
                port = _free_port(bolt_port, look_further=next_free_port)
                secrets = folder.secrets()
                jvm.start(heap, folder.log)
                server = _start_server(folder, secrets, port, command_timeout_s)
                folder.announce(port)
            except BaseException:
                lock.release()
                raise
        engine = cls(server, folder, lock, secrets, port)
        atexit.register(engine.stop)
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

    def stop(self) -> None:
        """Stop it and give the folder free. Stopping twice does nothing."""
        server, self._server = self._server, None
        if server is None:
            return
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


def _free_port(wanted: int, *, look_further: bool) -> int:
    last = min(wanted + 100, 65535) if look_further else wanted
    for port in range(wanted, last + 1):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise EngineError(
        f"port {wanted} is taken by another program; choose another port, or 0 for any free one"
    )


def _start_server(folder: DataDir, secrets: Secrets, port: int, timeout_s: float) -> Any:
    (folder.config / "server-groups.json").write_text(json.dumps(_GROUPS, indent=2), "utf-8")
    configuration = jvm.java("com.arcadedb.GlobalConfiguration")
    settings: dict[str, object] = {
        "arcadedb.command.timeout": int(timeout_s * 1000),
        # 2: a commit is on the disk, with the file's metadata, before it is acknowledged.
        "arcadedb.txWalFlush": 2,
        "arcadedb.opencypher.loadCsv.allowFileUrls": False,
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    }
    for key, value in settings.items():
        configuration.findByKey(key).setValue(value)
    context = jvm.java("com.arcadedb.ContextConfiguration")()
    settings = {
        "arcadedb.server.rootPath": str(folder.path),
        "arcadedb.server.rootPassword": secrets.admin,
        # In production mode it hides what is wrong with a statement from the one who wrote it.
        "arcadedb.server.mode": "development",
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.bolt.host": HOST,
        "arcadedb.bolt.port": port,
        "arcadedb.server.httpIncomingHost": HOST,
        "arcadedb.server.httpIncomingPort": "0-0",
    }
    for key, value in settings.items():
        context.setValue(key, value)
    server = jvm.java("com.arcadedb.server.ArcadeDBServer")(context)
    try:
        server.start()
        # It always opens an HTTP listener, which nothing here needs.
        server.getHttpServer().stopService()
        _set_users(server.getSecurity(), secrets)
        _prepare_database(server)
    except BaseException as error:
        server.stop()
        if isinstance(error, jpype.JException):
            raise EngineError(f"the engine did not start: {error}") from error
        raise
    return server


def _set_users(security: Any, secrets: Secrets) -> None:
    """Give both users the passwords of the secrets file, whatever they had before."""
    security.setUserPassword(ADMIN, secrets.admin)
    if security.existsUser(READER):
        security.dropUser(READER)
    user = {
        "name": READER,
        "password": str(security.encodePassword(secrets.reader)),
        "databases": {DATABASE: ["reader"]},
    }
    security.createUser(jvm.java("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))


def _prepare_database(server: Any) -> None:
    """Open or make the database, with the full-text index that only the engine's SQL can make."""
    database = server.getOrCreateDatabase(DATABASE)
    for command in (
        "CREATE VERTEX TYPE Entity IF NOT EXISTS",
        "CREATE PROPERTY Entity.search_text IF NOT EXISTS STRING",
        "CREATE INDEX entity_names IF NOT EXISTS ON Entity (search_text) FULL_TEXT METADATA "
        '{"analyzer":"org.apache.lucene.analysis.standard.StandardAnalyzer"}',
    ):
        database.command("sql", command)
