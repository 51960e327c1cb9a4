"""Answers that were paid for once, so that they are not paid for again."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Final

_TABLE: Final = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"


class AnswerCache:
    """A small database in one file, for several threads; without a path it lasts as long as it.

    Raises
    ------
    OSError
        If the file cannot be made or is none of ours.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect(
                path or ":memory:", timeout=60, check_same_thread=False
            )
            self._database.execute(_TABLE)
        except sqlite3.DatabaseError as error:
            raise OSError(f"{path} cannot be used ({error}); delete it to begin anew") from error

    def get(self, key: str) -> str | None:
        """The answer that was given under this key."""
        with self._lock:
            query = "SELECT answer FROM answers WHERE key = ?"
            row = self._database.execute(query, (key,)).fetchone()
        return str(row[0]) if row else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        with self._lock, self._database:
            query = "INSERT OR REPLACE INTO answers VALUES (?, ?)"
            self._database.execute(query, (key, answer))

    def close(self) -> None:
        """Close the file."""
        self._database.close()
