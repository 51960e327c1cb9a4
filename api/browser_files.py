"""What mercato gives to Neo4j Browser: a style sheet, saved queries and a guide.

They lie in ``cypher/browser``. The first line of a saved query is the name that Browser shows:
French, with English in brackets. In a guide, ``$moves`` stands for the saved query of that name and
``$base`` for the address that the guide comes from.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final, Literal

from graph.statements import load, statements

Language = Literal["fr", "en"]

STYLE: Final = "style.grass"
QUERIES: Final = "queries.zip"
GUIDES: Final[dict[str, Language]] = {"guide.html": "fr", "guide.en.html": "en"}

_FOLDER: Final = "browser"
_IN_ARCHIVE: Final = "mercato"
_ALWAYS: Final = (1980, 1, 1, 0, 0, 0)
_TITLE: Final = re.compile(r"// (?P<fr>[^()]+) \((?P<en>[^()]+)\)")


@dataclass(frozen=True)
class SavedQuery:
    """A question that a user of Browser may ask, and change."""

    name: str
    """Of its file, without the ending."""
    title: dict[Language, str]
    text: str
    """The Cypher, without the header."""
    file: str
    """The whole file, as Browser imports it."""


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """The saved queries, in the order of their French titles.

    Raises
    ------
    ValueError
        If the first line of a file is not a title in both languages.
    """
    found = (_saved_query(name.removeprefix(f"{_FOLDER}/")) for name in statements(_FOLDER))
    return tuple(sorted(found, key=lambda query: query.title["fr"]))


def style_sheet() -> str:
    """The style sheet, in Browser's own language for such."""
    return _text(STYLE)


def guide(language: Language, base: str) -> str:
    """A guide for ``:play``, as HTML.

    Parameters
    ----------
    language
        Of its text.
    base
        Address of the folder that the guide, the style sheet and the archive are served from.
    """
    name = next(name for name, its in GUIDES.items() if its == language)
    queries = {query.name: f"// {query.title[language]}\n{query.text}" for query in saved_queries()}
    values = queries | {"base": base.rstrip("/")}
    return Template(_text(name)).substitute(
        {key: html.escape(value) for key, value in values.items()}
    )


@cache
def queries_archive() -> bytes:
    """The saved queries as a ZIP archive, which Browser takes as a folder of favourites.

    The same bytes each time.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for query in saved_queries():
            entry = zipfile.ZipInfo(f"{_IN_ARCHIVE}/{query.name}.cypher", _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, query.file)
    return packed.getvalue()


def export(folder: Path, base: str) -> list[Path]:
    """Write everything into a folder, which is made when there is none; the files written.

    Parameters
    ----------
    base
        As for `guide`.

    Raises
    ------
    OSError
        If the folder cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {STYLE: style_sheet().encode(), QUERIES: queries_archive()}
    contents |= {name: guide(language, base).encode() for name, language in GUIDES.items()}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _saved_query(name: str) -> SavedQuery:
    file = _text(f"{name}.cypher")
    first = file.partition("\n")[0]
    if (title := _TITLE.fullmatch(first)) is None:
        raise ValueError(f"cypher/{_FOLDER}/{name}.cypher: {first!r} is not `// Nom (Name)`")
    return SavedQuery(
        name=name,
        title={"fr": title["fr"], "en": title["en"]},
        text=load(f"{_FOLDER}/{name}").text,
        file=file,
    )


def _text(name: str) -> str:
    return files("cypher").joinpath(_FOLDER, name).read_text(encoding="utf-8")
