"""Runs the loads that were sent in, one after the other, in a thread of its own.

A service that ends, however it does, leaves its load waiting; the next one goes on with it. What
was stored already is found unchanged then, so that nothing is there twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import fcntl
import hashlib
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from api.jobs import KEPT, Jobs, Load, LoadState, Result
from api.loading import Loaded, load_articles
from graph.errors import GraphError
from graph.model import Article
from graph.store import Store
from loaders.errors import LoaderError
from loaders.reader import Reader
from loaders.sources.files import PathReader, SourceFailure
from loaders.sources.source import Options

log = logging.getLogger("mercato.loads")

_ORIGIN: Final = "sent:"
"""Begins what articles that were sent in as files say of their origin."""

_LOCK: Final = "loads.lock"
_IDLE_S: Final = 60.0
"""How long a reader is kept that has nothing to read."""
_ID_CHARS: Final = 16


class LoadRunner:
    """The thread, and who wants to know how far it is.

    Parameters
    ----------
    jobs
        Where loads come from.
    data_dir
        Whose lock is held, so that of two services one runs the loads.
    max_chars
        Of the longest article that is accepted.
    patience_s
        How long a store is waited for that goes away.
    """

    def __init__(self, jobs: Jobs, data_dir: Path, *, max_chars: int, patience_s: float) -> None:
        self.jobs = jobs
        self._data_dir = data_dir
        self._max_chars = max_chars
        self._patience_s = patience_s
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._reader: Reader | None = None
        self._thread: threading.Thread | None = None
        self._listeners: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def start(self, store: Store, reading: Callable[[], AbstractContextManager[Reader]]) -> None:
        """Begin with what waits.

        Parameters
        ----------
        reading
            Opens a reader, when there is something to read.
        """
        self._thread = threading.Thread(target=self._run, args=(store, reading), name="loads")
        self._thread.start()

    def stop(self) -> None:
        """End after the batch under way; a load that runs then goes on at the next start."""
        self._stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Look for loads: there may be a new one, or one that is to end."""
        self._wake.set()
        self._tell()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever something has happened to a load."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        self._listeners.add(listener)
        try:
            yield listener[1]
        finally:
            self._listeners.discard(listener)

    @property
    def stopping(self) -> bool:
        """Whether the service is ending."""
        return self._stopping.is_set()

    def _tell(self) -> None:
        for loop, event in list(self._listeners):
            with contextlib.suppress(RuntimeError):  # its loop is closed: nobody listens any more
                loop.call_soon_threadsafe(event.set)

    def _run(self, store: Store, reading: Callable[[], AbstractContextManager[Reader]]) -> None:
        with contextlib.ExitStack() as opened:
            while not self._stopping.is_set():
                try:
                    self._run_waiting(store, opened, reading)
                except Exception:
                    log.exception("loads cannot be run")
                self._wake.wait(_IDLE_S)
                if not self._wake.is_set():
                    opened.close()
                    self._reader = None
                self._wake.clear()

    def _run_waiting(
        self,
        store: Store,
        opened: contextlib.ExitStack,
        reading: Callable[[], AbstractContextManager[Reader]],
    ) -> None:
        if not self.jobs.any():
            return
        with self._alone() as mine:
            if not mine:
                return
            self.jobs.put_back()
            self.jobs.forget(dt.datetime.now(dt.UTC) - KEPT)
            while not self._stopping.is_set() and (load := self.jobs.take()) is not None:
                self._tell()
                try:
                    if self._reader is None:
                        self._reader = opened.enter_context(reading())
                    self._run_one(store, self._reader, load)
                except (GraphError, LoaderError, OSError) as error:
                    log.error("the load %s failed: %s", load.id, error)
                    said = "the store or the reader failed; the log has the reason. Retry it"
                    self.jobs.end(load.id, LoadState.FAILED, said)
                except Exception:
                    log.exception("the load %s failed", load.id)
                    said = "the service failed; the log has the reason"
                    self.jobs.end(load.id, LoadState.FAILED, said)
                self._tell()

    def _run_one(self, store: Store, reader: Reader, load: Load) -> None:
        pending: list[Result] = []

        def article(found: Article, outcome: str, claims: int | None) -> None:
            source = (found.origin or found.id).removeprefix(_ORIGIN)
            pending.append(Result(source, found.id, outcome, claims))

        def failure(found: SourceFailure) -> None:
            source = found.path.removeprefix(_ORIGIN)
            pending.append(Result(source, None, "failed", None, found.message))

        def remember(_: Loaded | None = None) -> None:
            if pending:
                self.jobs.record(load.id, pending)
                pending.clear()
                self._tell()

        def is_to_end() -> bool:
            return self._stopping.is_set() or self.jobs.is_cancelling(load.id)

        try:
            loaded = load_articles(
                store,
                self._articles(load),
                reader,
                replace=load.replace,
                stop=is_to_end,
                on_failure=failure,
                on_article=article,
                on_batch=remember,
                patience_s=self._patience_s,
                on_waiting=log.warning,
            )
        finally:
            remember()
        if not loaded.stopped:
            self.jobs.end(load.id, LoadState.DONE)
        elif self.jobs.is_cancelling(load.id):
            self.jobs.end(load.id, LoadState.CANCELLED)
        else:
            self.jobs.put_back()

    def _articles(self, load: Load) -> Iterator[Article | SourceFailure]:
        for name, path in self.jobs.files(load.id):
            try:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()[:_ID_CHARS]
            except OSError:
                yield SourceFailure(name, "it is not there any more; send it again")
                continue
            # A reader of its own for each: the same file under two names is one article.
            reader = PathReader(Options(self._max_chars))
            yield from reader.read_sent(path, name, f"file-{digest}", _ORIGIN + name)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        with (self._data_dir / _LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True
