"""What a user's own statement may not even try, whoever the database lets it be.

That nothing is written is the database's own doing: on the embedded engine the reading user may
only read, and Neo4j holds a session to its access mode. This guard refuses what a database may let
a reader do all the same: fetch files and addresses, end other people's transactions and
connections, look at or change users and settings. It is a list of what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.errors import QueryError, WriteForbiddenError

MAX_LENGTH: Final = 100_000
"""Characters of the longest statement."""

PROCEDURES: Final = frozenset(
    {
        "db.constraints",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.indexes",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "dbms.components",
    }
)
"""Procedures that only tell what is stored, in lower case."""

_STARTS: Final = frozenset(
    {"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL", "FOREACH", "CREATE", "MERGE"}
    | {"DETACH", "DELETE", "SET", "REMOVE"}
)
"""First words of statements on the graph; of those that write, the database says so itself."""

_SHOWN: Final = frozenset({"INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS"})
_ON_SERVER: Final = frozenset(
    {"ALIAS", "COMPOSITE", "DATABASE", "PRIVILEGE", "ROLE", "SERVER", "USER"}
)
_ADMINISTERS: Final = frozenset(
    {"ALTER", "DEALLOCATE", "DENY", "DROP", "DRYRUN", "ENABLE", "GRANT", "LOAD", "REALLOCATE"}
    | {"RENAME", "REVOKE", "SHOW", "START", "STOP", "TERMINATE", "USE", "USING"}
)
"""First words of statements on the server, or on other databases."""

_TOKEN: Final = re.compile(
    r"""
    (?P<skipped>\s+|//[^\n\r]*|/\*.*?\*/)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<quoted>`(?:[^`]|``)*`)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d\w*)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u+([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a statement, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The word in capitals; a quoted name is none."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """What it may name, in lower case; empty for what names nothing."""
        if self.kind == "quoted":
            return self.text[1:-1].replace("``", "`").strip().lower()
        return self.text.lower() if self.kind == "word" else ""


def check(text: str) -> None:
    """Let a statement pass, or say why not.

    Raises
    ------
    WriteForbiddenError
        If it would do more than read the graph.
    QueryError
        If it is none, or too long.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the statement has more than {MAX_LENGTH:,} characters; shorten it")
    # Neo4j reads these as the characters that they stand for, even outside of quotes.
    for found in _ESCAPE.finditer(text):
        if int(found[1], 16) < 128:
            place = _place(text, found.start())
            raise QueryError(
                f"write {chr(int(found[1], 16))!r} as itself, not as {found[0]} "
                f"(line {place.line}, column {place.column})"
            )
    _check(list(_tokens(text)), text)


def place_of(message: str, text: str) -> Place | None:
    """Where in a statement the error is that a database tells of."""
    if found := re.search(r"(at )?line (\d+)(?:, column |:)(\d+)", message):
        # ArcadeDB ("at line 1:9") counts columns from 0, Neo4j and the guard from 1.
        return Place(int(found[2]), int(found[3]) + bool(found[1]))
    for found in re.finditer(r"['`]([^'`\n]{1,100})['`]", message):
        words = re.finditer(rf"(?<!\w){re.escape(found[1])}(?!\w)", text)
        if (first := next(words, None)) is not None:
            return _place(text, first.start())
    return None


def _place(text: str, offset: int) -> Place:
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens, without what some engine may take for a space."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        odd = kind == "sign" and not (found[0].isascii() and found[0].isprintable())
        if kind != "skipped" and not odd:
            yield _Token(kind, found[0], found.start())


def _check(tokens: list[_Token], text: str) -> None:
    begun = _begun(tokens)
    if not begun:
        raise QueryError("there is no statement; write one that begins with MATCH, for example")
    first, words = begun[0], [token.word for token in begun]
    if first.word in _ADMINISTERS or (first.word == "CREATE" and _ON_SERVER & set(words[1:4])):
        if not (first.word == "SHOW" and _SHOWN & set(words[1:3])):
            raise _refused(f"{first.word} is not for readers of the graph", first, text)
    elif first.word not in _STARTS:
        place = _place(text, first.start)
        raise QueryError(
            f"a statement does not begin with {first.text[:40]!r} "
            f"(line {place.line}, column {place.column}); begin with MATCH, for example"
        )
    for number, token in enumerate(begun):
        following = words[number + 1 : number + 4]
        if token.word == "LOAD" and following[:1] == ["CSV"]:
            raise _refused("LOAD CSV is not for readers: it fetches what it names", token, text)
        if token.word == "IN" and "TRANSACTIONS" in following:
            raise _refused("IN TRANSACTIONS is for writing", token, text)
        if token.word == "CALL" and begun[number - 1].text not in {".", ":", "$"}:
            name = _procedure(begun[number + 1 :])
            if name and name not in PROCEDURES:
                allowed = ", ".join(sorted(PROCEDURES))
                raise _refused(
                    f"the procedure {name[:80]} is not for readers; these are: {allowed}",
                    begun[number + 1],
                    text,
                )


def _begun(tokens: list[_Token]) -> list[_Token]:
    """The tokens from the first clause on, without what stands before it or after the end."""
    while tokens and tokens[0].word in {"EXPLAIN", "PROFILE"}:
        tokens = tokens[1:]
    if tokens and tokens[0].word == "CYPHER":  # options follow: CYPHER 5 runtime=slotted MATCH
        clauses = _STARTS | _ADMINISTERS
        first = next((n for n, each in enumerate(tokens) if each.word in clauses), len(tokens))
        return _begun(tokens[first:])
    while tokens and tokens[-1].text == ";":
        tokens = tokens[:-1]
    return tokens


def _procedure(tokens: list[_Token]) -> str:
    """The name that tokens begin with, such as ``db.labels``; empty for a subquery."""
    parts: list[str] = []
    for token in tokens:
        if len(parts) % 2 == 0 and token.name:
            parts.append(token.name)
        elif len(parts) % 2 == 1 and token.text == ".":
            parts.append(".")
        else:
            break
    return "".join(parts)


def _refused(why: str, token: _Token, text: str) -> WriteForbiddenError:
    place = _place(text, token.start)
    return WriteForbiddenError(f"{why} (line {place.line}, column {place.column})")
