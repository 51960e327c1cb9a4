"""The store: a graph database reached over Bolt, embedded or a Neo4j server.

The address alone decides which. Statements live in the `cypher` package and are run by name, with
parameters; only `Store.query` runs text, that of a user, and it may only read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from graph.datadir import Lock, check_room
from graph.driver_errors import translated
from graph.errors import QueryError, SchemaVersionError, StoreError, StoreUnavailableError
from graph.query_guard import check
from graph.row_limit import limited_rows
from graph.server_version import check_version, server_name, zone_of
from graph.statements import statement, statements
from graph.values import jsonable, plain

T = TypeVar("T")

_CONNECTION_TIMEOUT_S: Final = 10.0
_READ_RETRY_S: Final = 5.0
_WRITE_RETRY_S: Final = 60.0
_FIRST_RETRY_S: Final = 0.05
_RETRY_GROWTH: Final = 1.5
_ADDRESS: Final = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://")

# The driver tells its log what it also raises; where no log is set up, that is enough.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class QueryResult:
    """Rows of a user's own statement, in values that JSON can hold."""

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool
    """Whether there were more rows than the limit."""


class Transaction:
    """A write transaction in progress; see `Store.write`."""

    def __init__(self, transaction: ManagedTransaction, zone: dt.tzinfo | None) -> None:
        self._transaction = transaction
        self._zone = zone

    def run(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement of this name and give its rows, in plain Python values."""
        return _run(self._transaction, name, parameters, self._zone)


class Store:
    """A connection to a graph database; see `Store.connect`. Safe to share between threads."""

    def __init__(
        self,
        uri: str,
        database: str,
        writer: Driver,
        reader: Driver,
        *,
        query_timeout_s: float,
        turns: Path | None,
        zone: dt.tzinfo | None,
    ) -> None:
        self.uri = uri
        self.database = database
        self._writer = writer
        self._reader = reader
        self._query_timeout_s = query_timeout_s
        # What one driver has written, the other one shall see.
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._writing = threading.Lock()
        self._turns = turns
        # Of times that come without one: see `zone_of`.
        self._zone = zone

    @classmethod
    def connect(
        cls,
        uri: str,
        user: str,
        password: str,
        *,
        database: str = "mercato",
        reader_user: str | None = None,
        reader_password: str | None = None,
        query_timeout_s: float = 30.0,
        turns: Path | None = None,
    ) -> Self:
        """Connect to the store at this address.

        Parameters
        ----------
        uri
            ``bolt://host:port``, or any other form that the Neo4j driver knows.
        user, password
            Who writes.
        database
            Its name on the server.
        reader_user, reader_password
            Who reads, and runs the statements of users: best one who may do nothing else, since
            not every server holds a session to its access mode. The writing user when not given.
        query_timeout_s
            How long a user's statement may run, in seconds, where the server lets its clients
            say so. The embedded engine goes by its own setting.
        turns
            A file that whoever writes keeps locked meanwhile, for a server that lets writers go
            on until they commit: without it the later of two loses all its work and starts again.

        Raises
        ------
        StoreUnavailableError
            If nothing answers there.
        StoreAuthError
            If the user or the password is wrong.
        StoreVersionError
            If the server is too old.
        StoreError
            If the address is not one, or the server has no such database.
        """
        reading = (user, password) if reader_user is None else (reader_user, reader_password or "")
        with contextlib.ExitStack() as opened:
            writer, _ = _open(uri, (user, password), database, _WRITE_RETRY_S)
            opened.enter_context(writer)
            reader, agent = _open(uri, reading, database, _READ_RETRY_S)
            opened.pop_all()
        return cls(
            uri,
            database,
            writer,
            reader,
            query_timeout_s=query_timeout_s,
            turns=turns,
            zone=zone_of(agent),
        )

    def close(self) -> None:
        """Close the connections. Closing twice does nothing."""
        self._reader.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def server_name(self) -> str:
        """Name and version of the database, such as ``ArcadeDB 26.10.2`` or ``Neo4j 5.26.0``."""
        with _translating(self.uri):
            return server_name(self._reader.get_server_info().agent)

    def is_ready(self) -> bool:
        """Whether the store answers now, with the schema of this version; does not wait for it."""
        try:
            with self._session(self._reader, READ_ACCESS) as session:
                rows = session.run(statement("store/state")).data()
        except StoreError:
            return False
        return bool(rows) and rows[0]["schema_version"] == _version(statements("schema")[-1])

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement of this name in a read transaction; rows in plain Python values."""
        with self._session(self._reader, READ_ACCESS) as session:
            return session.execute_read(_run, name, parameters, self._zone)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one write transaction, and again when another writer came in between.

        The revision of the graph is raised first, so that of two writers one always waits or
        starts again. `work` may therefore run several times; it must do nothing but run
        statements.

        Raises
        ------
        StoreFullError
            If the data folder's disk is full.
        StoreError
            If other writers came in between for a minute, or for any reason given in `read`.
        """

        revision = 0

        def attempt(transaction: ManagedTransaction) -> T:
            nonlocal revision
            revision = _run(transaction, "store/bump", {}, None)[0]["revision"]
            return work(Transaction(transaction, self._zone))

        give_up = time.monotonic() + _WRITE_RETRY_S
        with self._turn():
            while True:
                try:
                    with self._session(self._writer, WRITE_ACCESS) as session:
                        return session.execute_write(attempt)
                except StoreUnavailableError:
                    raise
                except StoreError as error:
                    if self._turns is not None:
                        check_room(self._turns.parent, error)
                    if time.monotonic() > give_up or not self._overtaken(revision):
                        raise

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Keep other threads, and other processes as far as they are known, from writing."""
        with contextlib.ExitStack() as held:
            held.enter_context(self._writing)
            if self._turns is not None:
                held.callback(Lock.wait(self._turns).release)
            yield

    def _overtaken(self, revision: int) -> bool:
        """Whether another writer has made the revision that a failed transaction was making.

        A server that lets writers go on until they commit may then tell the later one of any
        consequence, such as an id that exists by now, rather than of the collision.
        """
        try:
            state = Store.read(self, "store/state")  # which waits for nothing
        except StoreError:
            return False
        return bool(state) and bool(state[0]["revision"] >= revision)

    def query(
        self, text: str, params: Mapping[str, Any] | None = None, *, limit: int = 1000
    ) -> QueryResult:
        """Run a statement that a user wrote; see `rows`. Gives at most `limit` rows."""
        if limit < 1:
            raise QueryError(f"the limit is {limit}; ask for one row at least")
        with self.rows(text, params) as (columns, rows):
            found = list(islice(rows, limit + 1))
        return QueryResult(columns, found[:limit], truncated=len(found) > limit)

    @contextlib.contextmanager
    def rows(
        self, text: str, params: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[tuple[str, ...], Iterator[list[Any]]]]:
        """The columns and the rows of a statement that a user wrote, as they come; only reads.

        Nodes, relationships and paths become dicts (`graph.values`).

        Raises
        ------
        QueryError
            If the statement is wrong; the message says where.
        QueryTimeoutError
            If it runs longer than the store allows.
        WriteForbiddenError
            If it would write, or do what `graph.query_guard` keeps readers from.
        """
        check(text)
        with (
            self._session(self._reader, READ_ACCESS, of_user=True) as session,
            session.begin_transaction(timeout=self._query_timeout_s) as transaction,
        ):
            try:
                result = transaction.run(text, dict(params or {}))
            except (TypeError, ValueError, OverflowError) as error:
                raise QueryError(f"a parameter cannot be sent to the store: {error}") from error
            with limited_rows(transaction, result) as records:
                yield (
                    tuple(result.keys()),
                    (
                        [jsonable(value, self._zone) for value in record.values()]
                        for record in records
                    ),
                )

    def apply_schema(self) -> None:
        """Bring the schema up to date: each file of ``cypher/schema`` once, by its number.

        Files that end in ``-neo4j`` are for Neo4j alone and only counted elsewhere.

        Raises
        ------
        SchemaVersionError
            If a newer version of mercato made the store.
        """
        files = statements("schema")
        state = self.read("store/state")
        done = int(state[0]["schema_version"]) if state else 0
        known = _version(files[-1])
        if done > known:
            raise SchemaVersionError(
                f"the store at {self.uri} has schema {done}, and this version of mercato knows "
                f"none after {known}; install a newer mercato"
            )
        if done == known:
            return
        neo4j = self.server_name.startswith("Neo4j")
        with self._session(self._writer, WRITE_ACCESS) as session:
            for name in files:
                if (version := _version(name)) <= done:
                    continue
                # A change of schema cannot share a transaction with the record of it, and two
                # processes may be at this. A file may therefore run twice, and says IF NOT EXISTS.
                if neo4j or not name.endswith("-neo4j"):
                    session.execute_write(_run, name, {}, None)
                if version == 1:
                    with contextlib.suppress(ConstraintError):  # another process was quicker
                        session.execute_write(_run, "store/create_state", {}, None)
                session.execute_write(_run, "store/set_version", {"version": version}, None)

    @contextlib.contextmanager
    def _session(self, driver: Driver, access: str, *, of_user: bool = False) -> Iterator[Session]:
        with (
            _translating(self.uri, of_user=of_user),
            driver.session(
                database=self.database,
                default_access_mode=access,
                bookmark_manager=self._bookmarks,
            ) as session,
        ):
            yield session


def _version(name: str) -> int:
    """The number of a schema file: 3 for ``schema/003-entity-id``."""
    return int(name.rpartition("/")[2].partition("-")[0])


def _run(
    transaction: ManagedTransaction, name: str, parameters: dict[str, Any], zone: dt.tzinfo | None
) -> list[dict[str, Any]]:
    result = transaction.run(statement(name), parameters)
    columns = result.keys()
    return [{key: plain(record[key], zone) for key in columns} for record in result]


def _open(uri: str, auth: tuple[str, str], database: str, retry_s: float) -> tuple[Driver, str]:
    """A driver, and what the server calls itself.

    It has reached the database once: a wrong address or password is known at once.
    """
    if "@" in uri:
        # Not repeated in the message: it may hold a password.
        raise StoreError("the address of the store names a user; give user and password apart")
    wrong = f"{uri!r} is not the address of a store; write it like bolt://127.0.0.1:7687"
    if not _ADDRESS.match(uri):
        raise StoreError(wrong)
    with contextlib.ExitStack() as opened, _translating(uri):
        try:
            driver = opened.enter_context(
                GraphDatabase.driver(
                    uri,
                    auth=auth,
                    user_agent="mercato",
                    connection_timeout=_CONNECTION_TIMEOUT_S,
                    max_transaction_retry_time=retry_s,
                    initial_retry_delay=_FIRST_RETRY_S,
                    retry_delay_multiplier=_RETRY_GROWTH,
                    notifications_min_severity="OFF",
                )
            )
            with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
                answered = session.run(statement("store/ping")).consume()
            agent = answered.server.agent
            check_version(agent, uri)
        except (ValueError, OverflowError) as error:
            raise StoreError(f"{wrong} ({error})") from error
        opened.pop_all()
    return driver, agent


@contextlib.contextmanager
def _translating(uri: str, *, of_user: bool = False) -> Iterator[None]:
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise translated(error, uri, of_user=of_user) from error
