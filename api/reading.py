"""Reading articles in batches, with a reader that is loaded when it is needed."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar, cast

from graph.model import Article, Reading
from loaders.errors import LoaderError
from loaders.parallel import ParallelReader
from loaders.reader import Reader, default_reader, default_reader_name
from loaders.reading.gazetteer import read_entries
from loaders.sources.files import SourceFailure

BATCH_ARTICLES: Final = 50
"""Articles of one batch at most, and so of one transaction."""

BATCH_CHARS: Final = 500_000
"""Characters that end a batch early, so that memory does not grow with the articles' length."""


_T = TypeVar("_T")
_NONE: Final = object()


class LazyReader:
    """A reader that is loaded once there is an article to read.

    Parameters
    ----------
    name
        The name of the reader that `load` gives.
    """

    def __init__(self, name: str, load: Callable[[], Reader]) -> None:
        self.name = name
        self.load = load

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        return self.load().read(article)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of the articles."""
        return self.load().read_many(articles)


def shipped_reader(gazetteers: Sequence[Path] = ()) -> LazyReader:
    """The reader that is used unless another is named, with the user's gazetteer files.

    Raises
    ------
    loaders.errors.DataFileError
        If a gazetteer file is not of its form: at once, and not with the first article.
    """
    check_gazetteers(gazetteers)
    load = functools.partial(default_reader, tuple(gazetteers))
    return LazyReader(default_reader_name(gazetteers), load)


def check_gazetteers(paths: Iterable[Path]) -> None:
    """Look through gazetteer files before anything is begun.

    Raises
    ------
    loaders.errors.DataFileError
        If one is not of its form; the message names the file, the line and the field.
    """
    for path in paths:
        read_entries(path)


@contextlib.contextmanager
def readers(processes: int, gazetteers: Sequence[Path] = ()) -> Iterator[Reader]:
    """The shipped reader in this process, or in as many others as are asked for."""
    one = shipped_reader(gazetteers)
    if processes <= 1:
        yield one
        return
    with ParallelReader(processes, one.load, one.name) as reader:
        yield reader


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in batches that can be read and stored at once."""
    batch: list[Article] = []
    chars = 0
    for article in articles:
        batch.append(article)
        chars += len(article.text)
        if len(batch) >= BATCH_ARTICLES or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def begin_batch(reader: Reader, articles: Sequence[Article]) -> Iterator[Reading]:
    """The readings of a batch, begun at once by a reader that has processes of its own."""
    try:
        return reader.read_many(articles) if articles else iter(())
    except LoaderError as error:
        return _failing(error)


def _failing(error: LoaderError) -> Iterator[Reading]:
    raise error
    yield


def read_batch(
    reader: Reader,
    articles: Sequence[Article],
    failed: Callable[[SourceFailure], None],
    begun: Iterator[Reading] | None = None,
) -> list[tuple[Article, Reading]]:
    """The articles with their readings; `failed` is told of those that could not be read.

    `begun` is what `begin_batch` gave for the same articles, if they were begun before.
    """
    if not articles:
        return []
    try:
        return list(zip(articles, begun or begin_batch(reader, articles), strict=True))
    except LoaderError as error:
        if len(articles) == 1:
            failed(failure_of(articles[0], error))
            return []
    return [pair for article in articles for pair in read_batch(reader, [article], failed)]


def with_next(reader: Reader, begun: Iterable[_T]) -> Iterator[_T]:
    """The batches as they come; with processes of its own, a reader is given the next one before.

    So the processes read while this one stores or prints.
    """
    if not isinstance(reader, ParallelReader):
        yield from begun
        return
    following = iter(begun)
    current = next(following, _NONE)
    while current is not _NONE:
        upcoming = next(following, _NONE)
        yield cast(_T, current)
        current = upcoming


def failure_of(article: Article, error: Exception) -> SourceFailure:
    """Why one article failed, and where it came from."""
    return SourceFailure(article.origin or article.id, str(error))
