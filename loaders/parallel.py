"""Reading in several processes at once, with readings in the order of the articles."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from graph.model import Article, Reading
from loaders.errors import LoaderError
from loaders.reader import Reader, default_reader, default_reader_name

PART_ARTICLES: Final = 8
"""Articles that a process is given at once: as many as the tagger needs to work well."""

PART_CHARS: Final = 60_000
"""Characters that end a part early."""

AHEAD: Final = 2
"""Parts under way or waiting for each process."""

_Given = tuple[list[Article], Future[list[Reading]]]
"""A part and what becomes of it."""


class ParallelReader:
    """Hands articles in parts to processes that each have a reader of their own.

    The processes start with the first article and end with `close`, at the end of a ``with``
    block, or when this process ends, however it does. At most `AHEAD` parts for each of them are
    held at once, so that memory does not grow with the number of articles. An article whose
    process dies (killed for its memory, say) is that article's `skipped`; the others are read.

    Parameters
    ----------
    processes : int
        How many; each takes some 400 MB.
    load : callable
        Gives the reader, in each process anew: a function at the top of a module.
    name : str
        The name of that reader.

    Raises
    ------
    ValueError
        If `processes` is less than 1.
    """

    def __init__(
        self,
        processes: int,
        load: Callable[[], Reader] = default_reader,
        name: str | None = None,
    ) -> None:
        if processes < 1:
            raise ValueError(f"{processes} processes cannot read; give 1 or more")
        self.name = name if name is not None else default_reader_name()
        self._processes = processes
        self._load = load
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> ParallelReader:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; parts that wait are dropped, those under way are finished."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        return next(iter(self.read_many([article])))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of `articles`, whose first parts are begun at once."""
        parts = _parts(articles)
        given: deque[_Given] = deque()
        self._give(parts, given)
        return self._readings(parts, given)

    def _readings(self, parts: Iterator[list[Article]], given: deque[_Given]) -> Iterator[Reading]:
        try:
            while given:
                part, future = given.popleft()
                try:
                    readings = future.result()
                except BrokenProcessPool:
                    # Nothing tells which article it was, so none of those under way is trusted.
                    self.close()
                    doubtful = [part, *(other for other, _ in given)]
                    given.clear()
                    for part in doubtful:
                        yield from self._one_by_one(part)
                    self._give(parts, given)
                    continue
                self._give(parts, given)
                yield from readings
        finally:
            for _, future in given:
                future.cancel()

    def _give(self, parts: Iterator[list[Article]], given: deque[_Given]) -> None:
        """Give out parts until enough are under way."""
        while len(given) < AHEAD * self._processes:
            part = next(parts, None)
            if part is None:
                return
            if self._pool is None:
                self._pool = self._start(self._processes)
            try:
                given.append((part, self._pool.submit(_read, part)))
            except BrokenProcessPool as error:
                broken: Future[list[Reading]] = Future()
                broken.set_exception(error)
                given.append((part, broken))

    def _start(self, processes: int) -> ProcessPoolExecutor:
        # Not forked: the engine's Java machine would not live through it.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, context, _begin_process, (self._load,))

    def _one_by_one(self, part: list[Article]) -> Iterator[Reading]:
        """Read articles of which one may end its process, so that it ends only its own reading."""
        pool = self._start(1)
        try:
            for article in part:
                try:
                    [reading] = pool.submit(_read, [article]).result()
                except BrokenProcessPool:
                    pool.shutdown()
                    pool = self._start(1)
                    reading = Reading(
                        article_id=article.id,
                        extractor=self.name,
                        language=article.language,
                        skipped="the process that read this article died; is there memory enough?",
                    )
                yield reading
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(articles: Iterable[Article]) -> Iterator[list[Article]]:
    part: list[Article] = []
    chars = 0
    for article in articles:
        part.append(article)
        chars += len(article.text)
        if len(part) >= PART_ARTICLES or chars >= PART_CHARS:
            yield part
            part, chars = [], 0
    if part:
        yield part


_own: Reader | LoaderError | None = None
"""Of a process that a `ParallelReader` started: its reader, or why it has none."""


def _begin_process(load: Callable[[], Reader]) -> None:
    global _own  # noqa: PLW0603 - a process of a pool has no other place for what it keeps
    follow_parent()
    try:
        _own = load()
    except LoaderError as error:
        _own = error


def follow_parent() -> None:
    """Let the parent alone decide what becomes of this process."""
    # Ctrl-C reaches every process of the terminal.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is gone: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(part: list[Article]) -> list[Reading]:
    if isinstance(_own, LoaderError):
        raise _own
    if _own is None:
        raise LoaderError("this process was started without a reader")
    return list(_own.read_many(part))
