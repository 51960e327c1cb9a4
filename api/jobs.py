"""Loads that were sent in over HTTP, kept so that they outlive the service: see `api.load_runner`.

What is known of a load is in the service's own file (`api.state`); what was sent lies beside it, in
``loads/<id>/`` of the data folder, until the load is forgotten.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from api.loading import OUTCOMES
from api.state import State

FOLDER: Final = "loads"
KEPT: Final = dt.timedelta(days=7)
"""How long a load that has ended is remembered."""


class LoadState(StrEnum):
    """How far a load is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    """Everything was tried; single articles may have failed."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    """It could not go on; what was loaded stays."""


ENDED: Final = (LoadState.DONE, LoadState.CANCELLED, LoadState.FAILED)


class KeyReusedError(Exception):
    """An idempotency key came before, with something else."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is known of a load."""

    id: str
    state: LoadState
    created: dt.datetime
    ended: dt.datetime | None
    replace: bool
    cancelling: bool
    files: int
    detail: str | None
    counts: Mapping[str, int]
    """Articles by what became of them, one of `api.loading.OUTCOMES`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one article, or of a part of a file that gave none."""

    source: str
    """The file, and the place in it."""
    article: str | None
    outcome: str
    claims: int | None
    message: str = ""
    number: int = 0
    """Counts the results of all loads; later ones have greater numbers."""


@dataclass
class Upload:
    """What is being sent in, before it is a load."""

    folder: Path
    names: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Of each file its name and its hash."""
    _taken: set[str] = field(default_factory=set)

    def add(self, name: str, content: BinaryIO) -> None:
        """Keep one file, which is on the disk when this ends.

        One whose name came before is called by another: results tell files apart by their names.
        """
        given = PurePath(name)
        number = 1
        while name in self._taken:
            number += 1
            name = f"{given.stem} ({number}){given.suffix}"
        self._taken.add(name)
        with (self.folder / f"{len(self.names):06d}").open("wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        with (self.folder / f"{len(self.names):06d}").open("rb") as file:
            told = json.dumps([name, hashlib.file_digest(file, "sha256").hexdigest()])
        self.names.append(name)
        self.told.append(told)


class Jobs:
    """The loads of a data folder. Threads may share it."""

    def __init__(self, state: State, data_dir: Path) -> None:
        self._state = state
        self._folder = data_dir / FOLDER

    @contextlib.contextmanager
    def upload(self) -> Iterator[Upload]:
        """A place for what is sent in; what did not become a load by the end is removed."""
        folder = self._folder / f"new-{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        try:
            yield Upload(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def create(
        self, upload: Upload, *, replace: bool, owner: str, idempotency_key: str | None
    ) -> Load:
        """Make a load of what was sent in.

        Parameters
        ----------
        owner
            Whose idempotency key it is.
        idempotency_key
            The same key with the same content is the same load.

        Raises
        ------
        KeyReusedError
            If the key came before, with something else.
        """
        digest = hashlib.sha256("\n".join([str(replace), *upload.told]).encode()).hexdigest()
        identity = f"load-{secrets.token_hex(8)}"
        with self._state.transaction() as connection:
            if idempotency_key is not None:
                before = connection.execute(
                    "SELECT id, digest FROM loads WHERE owner = ? AND idempotency_key = ?",
                    (owner, idempotency_key),
                ).fetchone()
                if before is not None:
                    if before["digest"] != digest:
                        raise KeyReusedError
                    return _load(connection, before["id"])
            # The folder first: a load whose files are missing would be lost, files without a load
            # are removed at the next start.
            upload.folder.rename(self._folder / identity)
            connection.execute(
                "INSERT INTO loads (id, state, created, replace, files, owner, idempotency_key,"
                " digest) VALUES (?, 'waiting', ?, ?, ?, ?, ?, ?)",
                (identity, _now(), replace, len(upload.names), owner, idempotency_key, digest),
            )
            connection.executemany(
                "INSERT INTO load_files VALUES (?, ?, ?)",
                [(identity, number, name) for number, name in enumerate(upload.names)],
            )
            return _load(connection, identity)

    def get(self, identity: str) -> Load | None:
        """One load."""
        found = self._state.rows("SELECT * FROM loads WHERE id = ?", identity)
        return self._told(found[0]) if found else None

    def newest(self, limit: int, before: tuple[str, str] | None = None) -> list[Load]:
        """Loads, the newest first, from after the one with this time and id."""
        created, identity = before or ("9999", "")
        rows = self._state.rows(
            "SELECT * FROM loads WHERE (created, id) < (?, ?)"
            " ORDER BY created DESC, id DESC LIMIT ?",
            created,
            identity,
            limit,
        )
        return [self._told(row) for row in rows]

    def any(self) -> bool:
        """Whether anything waits, or ran when the service ended."""
        return self.unfinished() > 0

    def unfinished(self) -> int:
        """How many loads wait or run."""
        query = "SELECT count(*) FROM loads WHERE state IN ('waiting', 'running')"
        rows = self._state.rows(query)
        return int(rows[0][0]) if rows else 0

    def results(
        self, identity: str, limit: int, after: int = 0, outcomes: Sequence[str] = ()
    ) -> list[Result]:
        """What became of the articles of a load, in the order in which it did."""
        marks = ", ".join("?" for _ in outcomes)
        only = f"AND outcome IN ({marks})" if outcomes else ""
        rows = self._state.rows(
            f"SELECT * FROM load_results WHERE load = ? AND number > ? {only}"  # noqa: S608 - marks
            " ORDER BY number LIMIT ?",
            identity,
            after,
            *outcomes,
            limit,
        )
        return [
            Result(
                row["source"],
                row["article"],
                row["outcome"],
                row["claims"],
                row["message"],
                row["number"],
            )
            for row in rows
        ]

    def files(self, identity: str) -> list[tuple[str, Path]]:
        """The files of a load: how they are called, and where they lie."""
        rows = self._state.rows(
            "SELECT number, name FROM load_files WHERE load = ? ORDER BY number", identity
        )
        folder = self._folder / identity
        return [(row["name"], folder / f"{row['number']:06d}") for row in rows]

    def take(self) -> Load | None:
        """The load that has waited longest, which runs from now on."""
        if not self._state.exists:
            return None
        with self._state.transaction() as connection:
            row = connection.execute(
                "SELECT id FROM loads WHERE state = 'waiting' ORDER BY created, id LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE loads SET state = 'running' WHERE id = ?", (row["id"],))
            return _load(connection, row["id"])

    def record(self, identity: str, results: Iterable[Result]) -> None:
        """Remember what became of some articles; what is remembered already stays."""
        with self._state.transaction() as connection:
            connection.executemany(
                "INSERT INTO load_results (load, source, article, outcome, claims, message)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (identity, each.source, each.article, each.outcome, each.claims, each.message)
                    for each in results
                ],
            )

    def end(self, identity: str, state: LoadState, detail: str | None = None) -> None:
        """The load has ended so."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE loads SET state = ?, ended = ?, detail = ?, cancelling = 0 WHERE id = ?",
                (state, _now(), detail, identity),
            )

    def put_back(self) -> None:
        """What ran when the service ended waits again."""
        if self._state.exists:
            with self._state.transaction() as connection:
                connection.execute("UPDATE loads SET state = 'waiting' WHERE state = 'running'")

    def cancel(self, identity: str) -> bool:
        """Ask a load to end; False if it has ended."""
        with self._state.transaction() as connection:
            connection.execute(
                "UPDATE loads SET cancelling = 1 WHERE id = ? AND state = 'running'", (identity,)
            )
            connection.execute(
                "UPDATE loads SET state = 'cancelled', ended = ?"
                " WHERE id = ? AND state = 'waiting'",
                (_now(), identity),
            )
            return _load(connection, identity).state is not LoadState.DONE

    def retry(self, identity: str) -> bool:
        """Let what failed or was not come to be tried again; False while it has not ended."""
        with self._state.transaction() as connection:
            changed = connection.execute(
                "UPDATE loads SET state = 'waiting', ended = NULL, detail = NULL, cancelling = 0"
                " WHERE id = ? AND state IN ('done', 'cancelled', 'failed')",
                (identity,),
            )
            if changed.rowcount == 0:
                return False
            connection.execute(
                "DELETE FROM load_results WHERE load = ? AND outcome = 'failed'", (identity,)
            )
            return True

    def is_cancelling(self, identity: str) -> bool:
        """Whether a load was asked to end."""
        rows = self._state.rows("SELECT cancelling FROM loads WHERE id = ?", identity)
        return bool(rows and rows[0]["cancelling"])

    def forget(self, before: dt.datetime) -> None:
        """Forget the loads that ended before, and remove files that belong to none."""
        if not self._state.exists:
            return
        with self._state.transaction() as connection:
            connection.execute("DELETE FROM loads WHERE ended < ?", (before.isoformat(),))
            for table in ("load_files", "load_results"):
                connection.execute(
                    f"DELETE FROM {table} WHERE load NOT IN (SELECT id FROM loads)"  # noqa: S608
                )
            known = {row["id"] for row in connection.execute("SELECT id FROM loads")}
            # Looked for within the transaction: a load that is made meanwhile has its folder first.
            lost = [each for each in self._folder.glob("load-*") if each.name not in known]
        # What was being sent in when a service was killed.
        for folder in self._folder.glob("new-*"):
            with contextlib.suppress(FileNotFoundError):  # it has become a load
                if folder.stat().st_mtime < before.timestamp():
                    lost.append(folder)
        for folder in lost:
            shutil.rmtree(folder, ignore_errors=True)

    def _told(self, row: sqlite3.Row) -> Load:
        counted = self._state.rows(_COUNTS, row["id"])
        return _of(row, counted)


_COUNTS: Final = "SELECT outcome, count(*) FROM load_results WHERE load = ? GROUP BY outcome"


def _load(connection: sqlite3.Connection, identity: str) -> Load:
    row = connection.execute("SELECT * FROM loads WHERE id = ?", (identity,)).fetchone()
    counted = connection.execute(_COUNTS, (identity,)).fetchall()
    return _of(row, counted)


def _of(row: sqlite3.Row, counted: Iterable[sqlite3.Row]) -> Load:
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    return Load(
        id=row["id"],
        state=LoadState(row["state"]),
        created=dt.datetime.fromisoformat(row["created"]),
        ended=dt.datetime.fromisoformat(row["ended"]) if row["ended"] else None,
        replace=bool(row["replace"]),
        cancelling=bool(row["cancelling"]),
        files=row["files"],
        detail=row["detail"],
        counts={name: counts.get(name, 0) for name in OUTCOMES},
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()
