"""Keys to the service: who may ask, for what, and how often.

A key is ``mercato_<id>_<secret>``. It is shown once; what is kept of the secret is its scrypt hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from limits import RateLimitItem, parse

from api.scopes import Scope
from api.settings import RATE
from api.state import State

_FORM: Final = re.compile(r"mercato_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_SECRET_BYTES: Final = 32
_SALT_BYTES: Final = 16
_MEMORY: Final = 64 * 1024 * 1024
MAX_NAME: Final = 100


class KeyFormError(ValueError):
    """A name, a scope or a rate of a key is not of its form."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, without its secret."""

    id: str
    name: str
    scopes: frozenset[Scope]
    rate: str | None
    created: dt.datetime
    revoked: dt.datetime | None


def rate_of(text: str) -> RateLimitItem:
    """How many requests in which time, from text such as ``600/minute``.

    Raises
    ------
    KeyFormError
        If it is not of this form.

    >>> str(rate_of("600/minute"))
    '600 per 1 minute'
    """
    if not re.fullmatch(RATE, text):
        raise KeyFormError(f"{text!r} is no rate; write, for example, 600/minute or 10/second")
    return parse(text)


class Keys:
    """The keys that are kept in `state`. Threads may share it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._seen: dict[str, bytes] = {}
        """Of each key that was right once, by its id, a digest: scrypt is slow by design."""

    def add(self, name: str, scopes: Collection[Scope], rate: str | None = None) -> tuple[Key, str]:
        """Make a key; the second of the pair is the key itself, which nobody can tell again.

        Raises
        ------
        KeyFormError
            If there is no scope, or the name or the rate is not of its form.
        StateError
            If it cannot be kept.
        """
        name = name.strip()
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise KeyFormError(f"a name has 1 to {MAX_NAME} characters that can be printed")
        if not scopes:
            raise KeyFormError(f"name a scope: {', '.join(Scope)}")
        if rate is not None:
            rate_of(rate)
        identity, secret = secrets.token_hex(6), secrets.token_urlsafe(_SECRET_BYTES)
        salt = secrets.token_bytes(_SALT_BYTES)
        now = dt.datetime.now(dt.UTC)
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                (
                    identity,
                    name,
                    json.dumps(sorted(scopes)),
                    rate,
                    salt,
                    _hash(secret, salt),
                    now.isoformat(),
                ),
            )
        key = Key(identity, name, frozenset(scopes), rate, now, None)
        return key, f"mercato_{identity}_{secret}"

    def all(self) -> list[Key]:
        """Every key that was ever made, the newest last."""
        return [_key(row) for row in self._state.rows("SELECT * FROM keys ORDER BY created, id")]

    def any_valid(self) -> bool:
        """Whether anybody could be let in."""
        return any(key.revoked is None for key in self.all())

    def revoke(self, identity: str) -> bool:
        """Let a key be good for nothing from now on; False if no valid key has this id."""
        if not self._state.exists:
            return False
        with self._state.transaction() as connection:
            changed = connection.execute(
                "UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL",
                (dt.datetime.now(dt.UTC).isoformat(), identity),
            )
            return changed.rowcount == 1

    def known(self, given: str) -> Key | None:
        """The key, if it was right before and is still valid: quick."""
        found = self._find(given)
        if found is None:
            return None
        key, _, _ = found
        seen = self._seen.get(key.id)
        return key if seen is not None and hmac.compare_digest(seen, _digest(given)) else None

    def check(self, given: str) -> Key | None:
        """The key, if it is right and valid: takes some 50 ms and 16 MB."""
        found = self._find(given)
        if found is None:
            return None
        key, secret, row = found
        if not hmac.compare_digest(_hash(secret, row["salt"]), row["hash"]):
            return None
        self._seen[key.id] = _digest(given)
        return key

    def _find(self, given: str) -> tuple[Key, str, sqlite3.Row] | None:
        formed = _FORM.fullmatch(given)
        if formed is None:
            return None
        identity, secret = formed.groups()
        rows = self._state.rows("SELECT * FROM keys WHERE id = ? AND revoked IS NULL", identity)
        return (_key(rows[0]), secret, rows[0]) if rows else None


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**14, r=8, p=1, maxmem=_MEMORY)


def _digest(given: str) -> bytes:
    return hashlib.sha256(given.encode()).digest()


def _key(row: sqlite3.Row) -> Key:
    return Key(
        row["id"],
        row["name"],
        frozenset(Scope(each) for each in json.loads(row["scopes"])),
        row["rate"],
        dt.datetime.fromisoformat(row["created"]),
        dt.datetime.fromisoformat(row["revoked"]) if row["revoked"] else None,
    )
