"""Articles from files, folders and standard input, as a stream that one bad file does not end.

>>> from pathlib import Path
>>> [result.message for result in read_paths([Path("nowhere")])]
['there is no such file or folder']
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from graph.model import Article
from loaders.article import DEFAULT_MAX_CHARS, ENDINGS, article_id_from_path, language_from_path
from loaders.errors import ArticleError, LoaderError, NoArticlesError
from loaders.sources.fields import article_from_fields
from loaders.sources.inputs import Input
from loaders.sources.registry import SHIPPED, source_of
from loaders.sources.seen import Seen
from loaders.sources.source import Options, Problem, Record, SourceFailure
from loaders.sources.walk import FoundFile, Unreadable, explain, find_files
from loaders.sources.web import WebReader, is_address
from loaders.urls import id_of_url

__all__ = ["STANDARD_INPUT", "PathReader", "SourceFailure", "read_paths"]

STANDARD_INPUT: Final = "-"
"""The path that stands for standard input."""


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    today: dt.date | None = None,
    columns: Mapping[str, str] | None = None,
    notice: Callable[[str], None] = lambda message: None,
) -> Iterator[Article | SourceFailure]:
    """The prepared articles in `paths`, in order, and a failure for whatever gives none.

    A path is a file of any form that a source knows (`loaders.sources.registry`), a folder that
    is searched for files with a known ending, or ``-`` for standard input. Articles are read one
    at a time, as they are asked for. A file that several paths lead to is read once. Nothing is
    raised for bad input.

    Parameters
    ----------
    paths
        Files and folders; folders are read in the order of their names.
    max_chars
        Characters of the longest text that is accepted.
    today
        The day after which a publication date is refused; the day of the call by default.
    columns
        Of tables and JSON objects: which column holds a field, by the field's name.
    notice
        Told how the columns of a table were understood.
    """
    yield from PathReader(Options(max_chars, today, columns or {}, notice)).read_paths(paths)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the articles of one input are called when they do not say so themselves."""

    id: str
    origin: str
    language: str | None = None


@dataclass
class PathReader:
    """Reads paths one after the other, and remembers which files and ids it has met.

    Parameters
    ----------
    web
        Reads addresses; without it they are refused.
    only
        Files, as absolute paths, that alone are read of what is found; all if it is None.
    """

    options: Options
    web: WebReader | None = None
    only: Collection[str] | None = None
    seen: Seen = field(default_factory=Seen)

    def read_paths(
        self, paths: Iterable[str | os.PathLike[str]]
    ) -> Iterator[Article | SourceFailure]:
        """See the function of this name."""
        for given in paths:
            if os.fspath(given) == STANDARD_INPUT:
                yield from self.read_standard_input()
            elif is_address(os.fspath(given)):
                yield from self.read_address(os.fspath(given))
            else:
                root = Path(given)
                for found in self.find(root):
                    if isinstance(found, SourceFailure):
                        yield found
                    else:
                        yield from self.read_file(found.path, root)

    def find(self, root: Path) -> Iterator[FoundFile | SourceFailure]:
        """The files at and below a path that are not known yet."""
        empty = True
        for found in find_files(root):
            empty = False
            if isinstance(found, Unreadable):
                yield SourceFailure(printable(found.path), str(found.error))
            elif self._is_wanted(found.path) and self.seen.is_new(f"file {found.key}"):
                yield found
        if empty:
            error = NoArticlesError(f"no article is in this folder ({', '.join(ENDINGS)})")
            yield SourceFailure(printable(root), str(error))

    def _is_wanted(self, path: Path) -> bool:
        return self.only is None or printable(Path(os.path.abspath(path))) in self.only  # noqa: PTH100

    def read_changed(
        self, changed: Iterable[tuple[Path, FoundFile | Unreadable]]
    ) -> Iterator[Article | SourceFailure]:
        """The articles of files that have changed, each with the folder that it was found below."""
        for root, found in changed:
            if isinstance(found, Unreadable):
                yield SourceFailure(printable(found.path), str(found.error))
            else:
                yield from self.read_file(found.path, root)

    def read_address(self, address: str) -> Iterator[Article | SourceFailure]:
        """What is at an address of the web, where the web may be read."""
        if self.web is None:
            yield SourceFailure(address, "addresses are not read here; give it to `mercato load`")
        else:
            yield from self.web.read(address)

    def read_standard_input(self) -> Iterator[Article | SourceFailure]:
        """The articles that come through the pipe."""
        shown = "standard input"
        given = Input.of_stream(sys.stdin.buffer, shown, max_chars=self.options.max_chars)  # type: ignore[arg-type]
        yield from self.read(given, _Place("stdin", "stdin"))

    def read_file(self, path: Path, root: Path) -> Iterator[Article | SourceFailure]:
        """The article or articles of one file."""
        shown = printable(path)
        place = _Place(
            article_id_from_path(root, path),
            printable(Path(os.path.abspath(path))),  # noqa: PTH100
            language_from_path(path),
        )
        try:
            given = Input.of_path(path, shown, max_chars=self.options.max_chars)
        except LoaderError as error:
            yield SourceFailure(shown, str(error))
        except OSError as error:
            yield SourceFailure(shown, str(explain(error)))
        else:
            yield from self.read(given, place)

    def read_sent(
        self, path: Path, shown: str, identity: str, origin: str
    ) -> Iterator[Article | SourceFailure]:
        """The article or articles of a file that was sent in under another name.

        Parameters
        ----------
        shown
            The name that it was sent under; its ending may help to tell its form.
        identity
            What its article is called that does not say so itself, or begins its articles' names.
        origin
            Where it is said to come from.
        """
        try:
            given = Input.of_path(path, shown, max_chars=self.options.max_chars)
        except LoaderError as error:
            yield SourceFailure(shown, str(error))
        except OSError as error:
            yield SourceFailure(shown, str(explain(error)))
        else:
            named = replace(given, name=shown.removesuffix(".gz"))
            yield from self.read(named, _Place(identity, origin))

    def read(self, given: Input, place: _Place) -> Iterator[Article | SourceFailure]:
        """The article or articles of one input, by the source whose form it has."""
        try:
            source = source_of(given)
        except Exception as error:  # a source of another package may fail in any way
            yield SourceFailure(given.shown, _told("a source", error))
            return
        try:
            for record in source.records(given, self.options):
                yield self.found(record, given, place)
        except LoaderError as error:
            yield SourceFailure(given.shown, str(error))
        except OSError as error:
            yield SourceFailure(given.shown, str(explain(error)))
        except Exception as error:
            if source in SHIPPED:
                raise
            yield SourceFailure(given.shown, _told(f"the source {source.name!r}", error))

    def found(
        self, record: Record | Problem, given: Input, place: _Place
    ) -> Article | SourceFailure:
        """The prepared article that a record describes, or why it gives none."""
        if isinstance(record, Problem):
            return _failure(given, record.place, record.message)
        try:
            return self.article(record, given, place)
        except LoaderError as error:
            return _failure(given, record.place, str(error))

    def article(self, record: Record, given: Input, place: _Place) -> Article:
        """The prepared article that a record describes."""
        suffix = f"#{record.part}" if record.part else ""
        identity = place.id + suffix
        address = record.fields.get("url")
        if record.part and isinstance(address, str) and address.strip():
            identity = id_of_url(address)
        article = article_from_fields(
            record.fields,
            default_id=identity,
            origin=place.origin + suffix,
            default_language=place.language,
            max_chars=self.options.max_chars,
            today=self.options.today,
        )
        if not record.part:
            self.check_id(article, given.shown)
        return article

    def check_id(self, article: Article, shown: str) -> None:
        """Refuse a file whose article has the id of another file's.

        Raises
        ------
        ArticleError
            The message names the other file.
        """
        first = self.seen.first(f"id {article.id}", shown)
        if first != shown:
            raise ArticleError(
                f"its id {article.id!r} is that of {first} already; "
                'rename it, or give it an "id" of its own'
            )


def _failure(given: Input, place: str, message: str) -> SourceFailure:
    return SourceFailure(given.shown, f"{place}: {message}" if place else message)


def _told(source: str, error: Exception) -> str:
    """What is said of an error that only a source of another package may raise."""
    if isinstance(error, LoaderError):
        return str(error)
    return f"{source} failed on it: {type(error).__name__}: {error}; tell whoever wrote the source"


def printable(path: Path) -> str:
    """The path as text; bytes that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
