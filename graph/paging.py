"""Cursors: opaque words that say after which item a listing goes on.

A cursor holds the sort key of the last item that was seen (a keyset, not a count), so that what
is loaded or deleted meanwhile neither repeats an item nor hides one. It is bound to the listing
and the filters that it was made for.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from graph.errors import CursorError
from graph.views import Page

Item = TypeVar("Item")
Key = tuple[str, ...]

MAX_LIMIT: Final = 200
"""Items of the largest page."""

MAX_CURSOR_LENGTH: Final = 2_000
"""Characters. Longer than any cursor that this module makes."""


@dataclass(frozen=True)
class Listing:
    """One listing with its filters.

    >>> newest = Listing("articles", {"outlet": "Les Échos"})
    >>> newest.key_after(newest.cursor(("2025-07-08", "a")), length=2)
    ('2025-07-08', 'a')
    """

    name: str
    filters: Mapping[str, Any]

    def cursor(self, key: Key) -> str:
        """The cursor that goes on after the item with this sort key."""
        written = json.dumps([self._digest, *key], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")

    def key_after(self, cursor: str | None, *, length: int) -> Key | None:
        """The sort key, of `length` words, that this cursor goes on after; None to begin.

        Raises
        ------
        CursorError
            If it is none of this module's cursors, or was made with other filters.
        """
        if cursor is None:
            return None
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            digest, *key = json.loads(base64.b64decode(padded, altchars="-_", validate=True))
        except (binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise CursorError(
                "this cursor is damaged; copy it whole, or begin without one"
            ) from error
        if digest != self._digest:
            raise CursorError(
                "this cursor was made with other filters; begin without one when they change"
            )
        if len(key) != length or not all(isinstance(word, str) for word in key):
            raise CursorError("this cursor is damaged; copy it whole, or begin without one")
        return tuple(key)

    def page(self, found: Sequence[Item], limit: int, key: Callable[[Item], Key]) -> Page[Item]:
        """The page of the first `limit` of the `found`, which are one more where more follow."""
        items = list(found[:limit])
        more = len(found) > limit
        return Page(items=items, next_cursor=self.cursor(key(items[-1])) if more else None)

    @property
    def _digest(self) -> str:
        written = json.dumps([self.name, self.filters], sort_keys=True, default=_sortable)
        return hashlib.sha256(written.encode()).hexdigest()[:12]


def after_day(listing: Listing, cursor: str | None) -> dict[str, Any]:
    """Parameters of a listing by day, newest first, and id."""
    key: Key | None = listing.key_after(cursor, length=2)
    if key is None:
        return {"after_day": None, "after_id": None}
    try:
        return {"after_day": dt.date.fromisoformat(key[0]), "after_id": key[1]}
    except ValueError as error:
        raise CursorError("this cursor is damaged; copy it whole, or begin without one") from error


def _sortable(value: object) -> object:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
