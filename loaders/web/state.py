"""What is remembered of addresses between two runs, so that only what is new is fetched.

What a run learns is kept apart until `commit`: a run that is stopped fetches again what it may not
have stored.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS pages "
    "(url TEXT PRIMARY KEY, etag TEXT, modified TEXT, announced TEXT)"
)
_PUT: Final = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)"
_GET: Final = "SELECT etag, modified, announced FROM pages WHERE url = ?"


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address said of its content when it was last read."""

    etag: str | None = None
    modified: str | None = None
    announced: str | None = None
    """When it changed, as whatever led there said."""


class WebState:
    """A small database in one file; without a path it forgets.

    Raises
    ------
    OSError
        If the file cannot be made or is none of ours.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = sqlite3.connect(path or ":memory:", timeout=60)
            self._database.execute(_TABLE)
        except sqlite3.DatabaseError as error:
            raise OSError(
                f"{path}: it cannot be used ({error}); delete it to begin anew"
            ) from error
        self._learned: dict[str, Seen] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def seen(self, url: str) -> Seen:
        """What was remembered of an address before this run."""
        row = self._database.execute(_GET, (url,)).fetchone()
        return Seen(*row) if row else Seen()

    def learn(self, url: str, seen: Seen) -> None:
        """Remember this of an address, once `commit` says so."""
        self._learned[url] = seen

    def commit(self) -> None:
        """Keep what was learned: everything that was read has been stored."""
        rows = [
            (url, seen.etag, seen.modified, seen.announced) for url, seen in self._learned.items()
        ]
        with self._database:
            self._database.executemany(_PUT, rows)
        self._learned.clear()
