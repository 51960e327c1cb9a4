"""ArcadeDB's server in this process, with every door shut but Bolt on the loopback address.

What is set here, and why:

===============================  ===============================================================
one listener                     Bolt on 127.0.0.1. The HTTP server, which ArcadeDB always starts
                                 (on a port of the system's choice, on 127.0.0.1), is stopped as
                                 soon as it is up; with it go the web console and the MCP endpoint,
                                 whose code is not on the class path either (`graph.jvm`)
a reader who can only read       a user of a group that has `readRecord` and nothing else: a
                                 session's READ access mode alone does not stop a write here
a command timeout                for every statement, whoever sends it; a driver's own timeout is
                                 ignored here
no queue for statements          a statement that runs out of memory never gives its place back, so
                                 that a few of them would block all others for good
commits that are on the disk     `txWalFlush` is 2: synced, with the file's metadata
no LOAD CSV                      neither from files nor from addresses
plain errors                     development mode; in production mode the server hides from the one
                                 who wrote a statement what is wrong with it
nothing sent out                 no registration with the maker, no metrics
===============================  ===============================================================

A database can carry settings of its own, which would win over those of the server. So they are set
on the opened database too, and read back. Some are the Java machine's, one for all engines of the
process.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import jpype

from graph import jvm
from graph.datadir import HOST
from graph.errors import EngineError
from graph.model import Kind, RelationType

DATABASE: Final = "mercato"
ADMIN: Final = "root"
READER: Final = "reader"

_WAL_SYNCED: Final = 2
_MESSAGE_BYTES: Final = 64 * 1024 * 1024

_JVM_WIDE: Final = {"arcadedb.queryMaxConcurrent": 0, "arcadedb.queryMaxRangeSize": 1_000_000}

_NO_LIMIT: Final = {"resultSetLimit": -1, "readTimeout": -1}
_GROUPS: Final = {
    "databases": {
        "*": {
            "groups": {
                "admin": {
                    **_NO_LIMIT,
                    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                    "types": {
                        "*": {
                            "access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
                        }
                    },
                },
                "reader": {
                    **_NO_LIMIT,
                    "access": [],
                    "types": {"*": {"access": ["readRecord"]}},
                },
                "*": {**_NO_LIMIT, "access": [], "types": {"*": {"access": []}}},
            }
        }
    },
    "version": 2,
}

_TYPES: Final = (
    "CREATE VERTEX TYPE Entity IF NOT EXISTS",
    *(f"CREATE VERTEX TYPE {kind} IF NOT EXISTS" for kind in Kind),
    *(
        f"CREATE VERTEX TYPE `{'~'.join(sorted(('Entity', kind)))}` IF NOT EXISTS "
        f"EXTENDS Entity, {kind}"
        for kind in Kind
    ),
    *(
        f"CREATE EDGE TYPE {name} IF NOT EXISTS"
        for name in ("MENTIONS", "STATED_IN", "SUBJECT", "OBJECT", "ATTRIBUTED_TO", *RelationType)
    ),
)
"""Everything that is stored has a type of its own here, and so has every pair of labels. A type
that is not there when the first of its kind is stored is made in the midst of that transaction;
two writers that do so at once fail."""

_FULL_TEXT: Final = (
    "CREATE PROPERTY Entity.search_text IF NOT EXISTS STRING",
    "CREATE INDEX entity_names IF NOT EXISTS ON Entity (search_text) FULL_TEXT METADATA "
    '{"analyzer":"org.apache.lucene.analysis.standard.StandardAnalyzer"}',
)
"""The index of names. The engine makes it in its SQL only, which Bolt does not carry; on Neo4j it
is ``cypher/schema-neo4j``. Both are asked in the same way, by ``db.index.fulltext.queryNodes``."""


class Server:
    """A running ArcadeDB server with the database of mercato open.

    Parameters
    ----------
    root
        The data folder, which has a `config` folder.
    port
        Where Bolt listens; 0 for any free port.
    admin_password, reader_password
        What the two users log in with from now on, whatever it was before.
    command_timeout_s
        Seconds after which a statement is stopped.

    Raises
    ------
    EngineError
        If it does not start; nothing is left running.
    """

    def __init__(
        self,
        root: Path,
        *,
        port: int,
        admin_password: str,
        reader_password: str,
        command_timeout_s: float,
    ) -> None:
        (root / "config" / "server-groups.json").write_text(json.dumps(_GROUPS, indent=2), "utf-8")
        context = jvm.java("com.arcadedb.ContextConfiguration")()
        settings = _database_settings(command_timeout_s)
        for key, value in {
            **settings,
            "arcadedb.server.rootPath": str(root),
            "arcadedb.server.rootPassword": admin_password,
            "arcadedb.server.mode": "development",
            "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "arcadedb.bolt.host": HOST,
            "arcadedb.bolt.port": port,
            "arcadedb.bolt.maxMessageSize": _MESSAGE_BYTES,
            "arcadedb.server.httpIncomingHost": HOST,
            "arcadedb.server.httpIncomingPort": "0-0",
            "arcadedb.support.autoRegister": False,
            "arcadedb.serverMetrics": False,
        }.items():
            context.setValue(key, value)
        for key, value in _JVM_WIDE.items():
            jvm.java("com.arcadedb.GlobalConfiguration").findByKey(key).setValue(value)
        server = jvm.java("com.arcadedb.server.ArcadeDBServer")(context)
        try:
            server.start()
            server.getHttpServer().stopService()
            _set_users(server.getSecurity(), admin_password, reader_password)
            self._database = server.getOrCreateDatabase(DATABASE)
            _apply(settings, self._database)
            for command in (*_TYPES, *_FULL_TEXT):
                self._database.command("sql", command)
            self.port = int(_bolt(server).getPort())
        except BaseException as error:
            # A server that failed to start leaves its threads running until it is stopped.
            server.stop()
            if isinstance(error, jpype.JException):
                raise EngineError(f"the engine did not start: {_chain(error)}") from error
            raise
        self._server = server

    def setting(self, key: str) -> str:
        """What the open database goes by, such as ``arcadedb.txWalFlush``."""
        return _setting(self._database, key)

    def stop(self) -> None:
        """Close the connections and the database, and stop."""
        _hang_up(self._server)
        self._server.stop()


def _database_settings(command_timeout_s: float) -> dict[str, str | int | bool]:
    return {
        "arcadedb.command.timeout": max(1, round(command_timeout_s * 1000)),
        "arcadedb.txWalFlush": _WAL_SYNCED,
        "arcadedb.opencypher.loadCsv.allowFileUrls": False,
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    }


def _apply(settings: dict[str, str | int | bool], database: Any) -> None:
    configuration = database.getConfiguration()
    for key, value in settings.items():
        configuration.setValue(key, value)
        if (found := _setting(database, key)) != str(value).lower():
            raise EngineError(f"the engine keeps {key} at {found}, where {value} is needed")


def _setting(database: Any, key: str) -> str:
    setting = jvm.java("com.arcadedb.GlobalConfiguration").findByKey(key)
    return str(database.getConfiguration().getValueAsString(setting)).lower()


def _set_users(security: Any, admin_password: str, reader_password: str) -> None:
    security.setUserPassword(ADMIN, admin_password)
    if security.existsUser(READER):
        security.dropUser(READER)
    reader = {
        "name": READER,
        "password": str(security.encodePassword(reader_password)),
        "databases": {DATABASE: ["reader"]},
    }
    security.createUser(jvm.java("com.arcadedb.serializer.json.JSONObject")(json.dumps(reader)))


def _bolt(server: Any) -> Any:
    return next(plugin for plugin in server.getPlugins() if str(plugin.getName()) == "Neo4j-Bolt")


def _hang_up(server: Any) -> None:
    """Close the connections that clients hold, and end what runs for them.

    The server itself leaves them open when it stops, each with a thread that waits for the client,
    and the process could not end before the last client does.
    """
    for statement in server.getRunningQueries().getRunning():
        statement.terminate(ADMIN)
    listener = _field(_bolt(server), "listener")
    for connection in list(_field(listener, "activeConnections")):
        _field(connection, "socket").close()


def _field(owner: Any, name: str) -> Any:
    field = owner.getClass().getDeclaredField(name)
    field.setAccessible(True)
    return field.get(owner)


def _chain(error: Any) -> str:
    """The messages of a Java exception and of what caused it."""
    messages: list[str] = []
    while error is not None and len(messages) < 5:
        messages.append(str(error.getMessage()))
        error = error.getCause()
    return ": ".join(dict.fromkeys(messages))
