"""Articles from files and folders, as a stream that one bad file does not end.

>>> from pathlib import Path
>>> [result.message for result in read_paths([Path("nowhere")])]
['there is no such file or folder']
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from graph.model import Article
from loaders.article import (
    ARTICLE_ENDINGS,
    DEFAULT_MAX_CHARS,
    article_id_from_path,
    language_from_path,
    too_long,
)
from loaders.errors import (
    ArticleError,
    ArticleTooLongError,
    EmptyArticleError,
    EncodingError,
    LoaderError,
    NoArticlesError,
)
from loaders.sources.decode import decode, front_matter_fields, json_fields
from loaders.sources.fields import article_from_fields
from loaders.sources.walk import ENDINGS, FoundFile, Unreadable, explain, find_files


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """Something that gave no article: where it is, and why.

    `message` begins with "line N: " where it is about one line of a file.
    """

    path: str
    message: str


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    today: dt.date | None = None,
) -> Iterator[Article | SourceFailure]:
    """The prepared articles in `paths`, in order, and a failure for whatever gives none.

    A path is a file, or a folder that is searched for ``.txt``, ``.md``, ``.json`` and
    ``.jsonl`` files. Articles are read one at a time, as they are asked for. A file that several
    paths lead to is read once. Nothing is raised for bad input.

    Parameters
    ----------
    paths
        Files and folders; folders are read in the order of their names.
    max_chars
        Characters of the longest text that is accepted.
    today
        The day after which a publication date is refused; the day of the call by default.
    """
    run = _Run(max_chars, today)
    for given in paths:
        root = Path(given)
        empty = True
        for found in find_files(root):
            empty = False
            if isinstance(found, Unreadable):
                yield SourceFailure(_printable(found.path), str(found.error))
            elif found.key not in run.seen:
                run.seen.add(found.key)
                yield from run.read(found, root)
        if empty:
            error = NoArticlesError(f"no article is in this folder ({', '.join(ENDINGS)})")
            yield SourceFailure(_printable(root), str(error))


@dataclass
class _Run:
    """One call of `read_paths`."""

    max_chars: int
    today: dt.date | None
    seen: set[tuple[int, int]] = field(default_factory=set)
    files_by_id: dict[str, str] = field(default_factory=dict)

    @property
    def max_bytes(self) -> int:
        """Bytes that no acceptable article needs, even escaped and with other fields beside."""
        return 8 * self.max_chars + 1_000_000

    def read(self, found: FoundFile, root: Path) -> Iterator[Article | SourceFailure]:
        """The article or articles of one file."""
        shown = _printable(found.path)
        try:
            if found.path.suffix.lower() == ".jsonl":
                yield from self.read_lines(found, root)
            else:
                yield self.read_one(found, root)
        except LoaderError as error:
            yield SourceFailure(shown, str(error))
        except OSError as error:
            yield SourceFailure(shown, str(explain(error)))

    def read_one(self, found: FoundFile, root: Path) -> Article:
        """The one article of a file."""
        if found.size > self.max_bytes:
            raise ArticleTooLongError(too_long(f"a file of {found.size:,} bytes", self.max_chars))
        with found.path.open("rb") as file:
            data = file.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:  # it grew since it was found
            raise ArticleTooLongError(too_long(f"a file of {len(data):,} bytes", self.max_chars))
        article = self.article(_fields(found.path, decode(data)), found.path, root)
        shown = _printable(found.path)
        first = self.files_by_id.setdefault(article.id, shown)
        if first != shown:
            raise ArticleError(
                f"its id {article.id!r} is that of {first} already; "
                'rename it, or give it an "id" of its own'
            )
        return article

    def read_lines(self, found: FoundFile, root: Path) -> Iterator[Article | SourceFailure]:
        """The articles of a file with one JSON object on each line; blank lines are passed over."""
        shown = _printable(found.path)
        empty = True
        with found.path.open("rb") as file:
            for number, line in _lines(file, self.max_bytes):
                if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise EncodingError("a .jsonl file must be UTF-8, and this one is UTF-16")
                if not line.strip():
                    continue
                empty = False
                try:
                    if len(line) > self.max_bytes:
                        size = f"a line of more than {self.max_bytes:,} bytes"
                        raise ArticleTooLongError(too_long(size, self.max_chars))
                    yield self.article(json_fields(decode(line)), found.path, root, line=number)
                except LoaderError as error:
                    yield SourceFailure(shown, f"line {number}: {error}")
        if empty:
            raise EmptyArticleError("it is empty")

    def article(
        self, fields: dict[str, Any], path: Path, root: Path, *, line: int | None = None
    ) -> Article:
        """The prepared article that `fields` from `path` describe."""
        suffix = "" if line is None else f"#{line}"
        return article_from_fields(
            fields,
            default_id=article_id_from_path(root, path) + suffix,
            origin=_printable(Path(os.path.abspath(path))) + suffix,  # noqa: PTH100
            default_language=language_from_path(path),
            max_chars=self.max_chars,
            today=self.today,
        )


def _fields(path: Path, text: str) -> dict[str, Any]:
    ending = path.suffix.lower()
    if ending == ".json":
        return json_fields(text)
    if ending not in ARTICLE_ENDINGS and text.lstrip().startswith("{"):
        return json_fields(text)
    return front_matter_fields(text, required=ending == ".md")


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers from 1, each cut after ``limit + 1`` bytes."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n") and len(rest) > limit:
            rest = file.readline(limit + 1)
        yield number, line


def _printable(path: Path) -> str:
    """The path as text; bytes that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
