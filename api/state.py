"""What the service keeps of its own: keys and jobs, in ``service.sqlite3`` in the data folder.

The graph is not in it. Commands and a running service may have it open at the same time.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAME: Final = "service.sqlite3"

_BUSY_S: Final = 30.0
_SCHEMA: Final = (
    """
    CREATE TABLE keys (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        scopes TEXT NOT NULL,
        rate TEXT,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        created TEXT NOT NULL,
        revoked TEXT
    ) STRICT
    """,
    """
    CREATE TABLE loads (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        created TEXT NOT NULL,
        ended TEXT,
        replace INTEGER NOT NULL,
        cancelling INTEGER NOT NULL DEFAULT 0,
        files INTEGER NOT NULL,
        detail TEXT,
        owner TEXT NOT NULL,
        idempotency_key TEXT,
        digest TEXT NOT NULL,
        UNIQUE (owner, idempotency_key)
    ) STRICT
    """,
    """
    CREATE TABLE load_files (
        load TEXT NOT NULL,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (load, number)
    ) STRICT
    """,
    """
    CREATE TABLE load_results (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        load TEXT NOT NULL,
        source TEXT NOT NULL,
        article TEXT,
        outcome TEXT NOT NULL,
        claims INTEGER,
        message TEXT NOT NULL,
        UNIQUE (load, source, message)
    ) STRICT
    """,
)
"""One step a version; those that a file lacks are applied when it is opened."""


class StateError(OSError):
    """What the service keeps cannot be opened; the message says why."""


class State:
    """The file, opened at its first use. Threads may share it.

    Parameters
    ----------
    data_dir
        The folder that it lies in; made when there is something to keep.
    """

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / NAME
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.is_file()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction of one's own, which waits for those of other threads and processes.

        Raises
        ------
        StateError
            If the file cannot be made, opened or written.
        """
        with self._lock:
            try:
                connection = self._connection()
                connection.execute("BEGIN IMMEDIATE")
            except (sqlite3.Error, OSError) as error:
                raise StateError(f"{self.path} cannot be used: {error}") from error
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:  # a full disk, for one, has ended it already
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise StateError(f"{self.path} cannot be used: {error}") from error
                raise

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """What a SELECT gives; nothing where nothing was ever kept.

        Raises
        ------
        StateError
            If the file cannot be opened or read.
        """
        if not self.exists:
            return []
        with self._lock:
            try:
                return self._connection().execute(query, values).fetchall()
            except (sqlite3.Error, OSError) as error:
                raise StateError(f"{self.path} cannot be used: {error}") from error

    def close(self) -> None:
        """Close it; it may be used again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _bring_up_to_date(connection)
            self._opened = connection
        return self._opened


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, step in enumerate(_SCHEMA[version:], version + 1):
        connection.execute(step)
        connection.execute(f"PRAGMA user_version = {number:d}")
    connection.execute("COMMIT")
