"""The Cypher statements of the product, read from the files of the `cypher` package.

A statement is known by its path without the ending: ``lookup/entity`` is
``cypher/lookup/entity.cypher``. Each file opens with a header of three comments, the first of which
may run over several lines, and holds one statement::

    // One entity, or nothing when no entity has this id.
    // parameters: id
    // columns: id, name, kind
    MATCH (e:Entity {id: $id})
    RETURN e.id AS id, e.name AS name, e.kind AS kind

``none`` stands for no parameters, or for a statement that returns no columns.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:/[a-z0-9]+(?:[-_][a-z0-9]+)*)*")
_FIELD: Final = re.compile(r"//\s*(parameters|columns):\s*(.*)")


class UnknownStatementError(LookupError):
    """No statement has this name; a mistake in the program, not in its input."""


@dataclass(frozen=True)
class Statement:
    """One Cypher file: what it answers, the parameters that it takes, the columns that it gives."""

    name: str
    summary: str
    parameters: frozenset[str]
    columns: tuple[str, ...]
    text: str


@cache
def load(name: str) -> Statement:
    """The statement of this name with its header.

    Raises
    ------
    UnknownStatementError
        If there is no such file.
    ValueError
        If the file's header is not in the form that the module describes.
    """
    if not _NAME.fullmatch(name):
        raise UnknownStatementError(f"{name!r} is not the name of a Cypher statement")
    file = files("cypher").joinpath(*f"{name}.cypher".split("/"))
    if not file.is_file():
        raise UnknownStatementError(f"there is no Cypher statement named {name!r}")
    return _parse(name, file.read_text(encoding="utf-8"))


def statement(name: str) -> str:
    """The Cypher text of the statement of this name.

    Raises
    ------
    UnknownStatementError
        If there is no such file.
    """
    return load(name).text


@cache
def statements(folder: str) -> tuple[str, ...]:
    """Names of the statements that lie in this folder, such as ``schema``, in sorted order."""
    directory = files("cypher").joinpath(folder)
    if not _NAME.fullmatch(folder) or not directory.is_dir():
        raise UnknownStatementError(f"there is no folder of Cypher statements named {folder!r}")
    found = (entry.name for entry in directory.iterdir() if entry.name.endswith(".cypher"))
    return tuple(sorted(f"{folder}/{name.removesuffix('.cypher')}" for name in found))


def _parse(name: str, text: str) -> Statement:
    summary: list[str] = []
    fields: dict[str, tuple[str, ...]] = {}
    lines = text.splitlines()
    comments = list(itertools.takewhile(lambda line: line.startswith("//"), lines))
    for line in comments:
        if match := _FIELD.fullmatch(line.rstrip()):
            fields[match[1]] = _names(match[2])
        elif fields:
            raise ValueError(f"{name}: a comment stands after the parameters: {line!r}")
        else:
            summary.append(line.removeprefix("//").strip())
    if not summary or fields.keys() != {"parameters", "columns"}:
        raise ValueError(f"{name}: the header needs a summary, `parameters:` and `columns:`")
    return Statement(
        name=name,
        summary=" ".join(summary),
        parameters=frozenset(fields["parameters"]),
        columns=fields["columns"],
        text="\n".join(lines[len(comments) :]).strip(),
    )


def _names(listed: str) -> tuple[str, ...]:
    if listed.strip() == "none":
        return ()
    return tuple(name.strip() for name in listed.split(","))
