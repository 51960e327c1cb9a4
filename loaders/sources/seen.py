"""What has been met so far, kept on the disk: memory does not grow with the number of files.

>>> seen = Seen()
>>> seen.first("a", "a.txt"), seen.first("a", "a.md")
('a.txt', 'a.txt')
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from typing import Final

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE met (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE names (folder INTEGER, name BLOB, PRIMARY KEY (folder, name)) WITHOUT ROWID;
"""
_PAGE: Final = 1000
"""Names fetched at once."""


class Seen:
    """A temporary database of keys with what met them first, and of names in order.

    Its file is the system's to choose, has no name and goes with this object; until there is much
    in it, it is in memory. Made and used in one thread.
    """

    def __init__(self) -> None:
        # An empty name means just that: a temporary file that SQLite deletes.
        # Where it is forgotten, in whatever thread that is, it is closed.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(_TABLES)
        self._folders = 0
        weakref.finalize(self, self._database.close)

    def first(self, key: str, value: str) -> str:
        """The value with which this key was met first, which may be now."""
        added = self._database.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (key, value))
        if added.rowcount:
            return value
        [found] = self._database.execute("SELECT value FROM met WHERE key = ?", (key,)).fetchone()
        return str(found)

    def is_new(self, key: str) -> bool:
        """Whether this key is met for the first time; later it is not."""
        added = self._database.execute("INSERT OR IGNORE INTO met VALUES (?, '')", (key,))
        return added.rowcount == 1

    def in_order(self, names: Iterable[str]) -> Iterator[str]:
        """Names of files, all taken at once, in the order of their bytes."""
        self._folders += 1
        self._database.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?)",
            ((self._folders, os.fsencode(name)) for name in names),
        )
        return self._ordered(self._folders)

    def _ordered(self, folder: int) -> Iterator[str]:
        after = b""
        query = "SELECT name FROM names WHERE folder = ? AND name > ? ORDER BY name LIMIT ?"
        while page := self._database.execute(query, (folder, after, _PAGE)).fetchall():
            for (name,) in page:
                yield os.fsdecode(name)
            after = page[-1][0]
        self._database.execute("DELETE FROM names WHERE folder = ?", (folder,))
