"""The store: a graph database reached over Bolt, embedded or a Neo4j server.

The address alone decides which. Statements live in the `cypher` package and are run by name, with
parameters; only `Store.query` runs text, that of a user, and it may only read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import DriverError, Neo4jError

from graph.driver_errors import translated
from graph.errors import SchemaVersionError, StoreError
from graph.statements import statement, statements
from graph.values import jsonable, plain

T = TypeVar("T")

_CONNECTION_TIMEOUT_S: Final = 10.0
_RETRY_TIME_S: Final = 30.0


@dataclass(frozen=True)
class QueryResult:
    """Rows of a user's own statement, in values that JSON can hold."""

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool
    """Whether there were more rows than the limit."""


class Transaction:
    """A write transaction in progress; see `Store.write`."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement of this name and give its rows, in plain Python values."""
        return _run(self._transaction, name, parameters)


class Store:
    """A connection to a graph database; see `Store.connect`. Safe to share between threads."""

    def __init__(self, uri: str, database: str, driver: Driver, reader: Driver) -> None:
        self.uri = uri
        self.database = database
        self._driver = driver
        self._reader = reader
        self._bookmarks = GraphDatabase.bookmark_manager()

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
    ) -> Self:
        """Connect to the store at this address.

        Parameters
        ----------
        uri
            ``bolt://host:port``, or any other form that the Neo4j driver knows.
        user, password
            Who reads and writes.
        database
            Its name on the server.
        reader_user, reader_password
            Who runs the statements of users; better one who may only read, since not every
            server holds a session to its access mode. The writing user when not given.

        Raises
        ------
        StoreUnavailableError
            If nothing answers there.
        StoreAuthError
            If the user or the password is wrong.
        """
        with contextlib.ExitStack() as opened, _translating(uri):
            driver = opened.enter_context(_driver(uri, user, password))
            _ping(driver, database)
            reader = driver
            if reader_user is not None:
                reader = opened.enter_context(_driver(uri, reader_user, reader_password or ""))
                _ping(reader, database)
            opened.pop_all()
        return cls(uri, database, driver, reader)

    def close(self) -> None:
        """Close the connections. Closing twice does nothing."""
        self._reader.close()
        self._driver.close()

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
            agent = self._driver.get_server_info().agent
        # ArcadeDB: "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)"; Neo4j: "Neo4j/5.26.0".
        _, _, inner = agent.partition("(")
        return inner.rstrip(")") or agent.replace("/", " ")

    def is_ready(self) -> bool:
        """Whether the store answers and its schema is applied."""
        try:
            return bool(self.read("store/state"))
        except StoreError:
            return False

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement of this name in a read transaction; rows in plain Python values."""
        with self._session(self._driver, READ_ACCESS) as session:
            return session.execute_read(_run, name, parameters)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one write transaction, and again if another writer came in between.

        The revision of the graph is raised first. `work` may run several times; it must do
        nothing but run statements.
        """

        def attempt(transaction: ManagedTransaction) -> T:
            _run(transaction, "store/bump", {})
            return work(Transaction(transaction))

        with self._session(self._driver) as session:
            return session.execute_write(attempt)

    def query(
        self, text: str, params: Mapping[str, Any] | None = None, *, limit: int = 1000
    ) -> QueryResult:
        """Run a statement that a user wrote; it may only read.

        Raises
        ------
        QueryError
            If the statement is wrong; the message says where.
        QueryTimeoutError
            If it runs longer than the store allows.
        WriteForbiddenError
            If it would write.
        """
        with (
            self._session(self._reader, READ_ACCESS, fetch_size=limit + 1) as session,
            session.begin_transaction() as transaction,
        ):
            result = transaction.run(text, dict(params or {}))
            columns = tuple(result.keys())
            records = result.fetch(limit + 1)
        rows = [[jsonable(value) for value in record.values()] for record in records[:limit]]
        return QueryResult(columns, rows, truncated=len(records) > limit)

    def apply_schema(self) -> None:
        """Bring the schema up to date: each file of ``cypher/schema`` once, in order.

        Raises
        ------
        SchemaVersionError
            If a newer version of mercato made the store.
        """
        files = statements("schema")
        with self._session(self._driver) as session:
            done = self._schema_version()
            if done > len(files):
                raise SchemaVersionError(
                    f"the store at {self.uri} has schema {done}, this version of mercato knows "
                    f"up to {len(files)}; install a newer mercato"
                )
            for version, name in enumerate(files[done:], start=done + 1):
                # A change of schema cannot share a transaction with the record of it. Each
                # file may therefore run twice, and says IF NOT EXISTS.
                session.run(statement(name)).consume()
                if version == 1:
                    session.run(statement("store/create-state")).consume()
                session.run(statement("store/set-version"), version=version).consume()

    def _schema_version(self) -> int:
        rows = self.read("store/state")
        return int(rows[0]["schema_version"]) if rows else 0

    @contextlib.contextmanager
    def _session(
        self, driver: Driver, access: str = "WRITE", *, fetch_size: int = 1000
    ) -> Iterator[Session]:
        with (
            _translating(self.uri),
            driver.session(
                database=self.database,
                default_access_mode=access,
                fetch_size=fetch_size,
                bookmark_manager=self._bookmarks,
            ) as session,
        ):
            yield session


def _run(
    transaction: ManagedTransaction, name: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    result = transaction.run(statement(name), parameters)
    columns = result.keys()
    return [{key: plain(record[key]) for key in columns} for record in result]


def _driver(uri: str, user: str, password: str) -> Driver:
    return GraphDatabase.driver(
        uri,
        auth=(user, password),
        user_agent="mercato",
        connection_timeout=_CONNECTION_TIMEOUT_S,
        max_transaction_retry_time=_RETRY_TIME_S,
        notifications_min_severity="OFF",
    )


def _ping(driver: Driver, database: str) -> None:
    """Reach the database once, so that a wrong address, password or name is known at once."""
    with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        session.run(statement("store/ping")).consume()


@contextlib.contextmanager
def _translating(uri: str) -> Iterator[None]:
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise translated(error, uri) from error
