"""The store and the reader of one app, opened in the background while it answers already."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import chain, repeat
from typing import Final, TypeVar

from api.jobs import Jobs
from api.load_runner import LoadRunner
from api.patience import PATIENCE_S
from api.problems import ProblemError
from api.settings import Settings
from api.state import State
from api.wide_views import WideViews
from graph.connect import open_store
from graph.errors import GraphError, StoreUnavailableError
from graph.store import Store
from loaders.errors import LoaderError
from loaders.parallel import ParallelReader
from loaders.reader import Reader, default_reader, default_reader_name
from loaders.reading.gazetteer import Gazetteer
from loaders.sectors import Sectors

T = TypeVar("T")

log = logging.getLogger("mercato.api")

MAX_WAITING: Final = 16
"""Articles that may be read or wait for it; the next one is refused for now."""

_READING_AT_ONCE: Final = 1  # reading keeps a core busy, and Python runs one thread at a time
_RETRY_S: Final = (1.0, 2.0, 5.0, 10.0)


class Services:
    """What the routes need, from the moment it is there.

    Parameters
    ----------
    settings
        Say which store to open.
    store, reader
        Those that the caller has already; they are used as they are and not closed.
    """

    def __init__(
        self, settings: Settings, store: Store | None = None, reader: Reader | None = None
    ) -> None:
        self._settings = settings
        self._store = store
        self._reader = reader
        self._opened = contextlib.ExitStack()
        self._failures: dict[str, str] = {}
        self._opening = ThreadPoolExecutor(2, "open")
        self._reading = ThreadPoolExecutor(_READING_AT_ONCE, "read")
        self._waiting = 0
        self._given = reader
        self.state = State(settings.data_dir)
        self.loads = LoadRunner(
            Jobs(self.state, settings.data_dir),
            settings.data_dir,
            max_chars=settings.max_article_chars,
            patience_s=PATIENCE_S if settings.uri else 0.0,
        )
        self.wide_views = WideViews()

    @property
    def store(self) -> Store:
        """The store. Raises ProblemError while it is not open."""
        if self._store is None:
            raise self._not_ready("store", "is still being opened; try again in a few seconds")
        return self._store

    @property
    def reader(self) -> Reader:
        """The reader. Raises ProblemError while it is not loaded."""
        if self._reader is None:
            raise self._not_ready("reader", "is still being loaded; try again in a few seconds")
        return self._reader

    @functools.cached_property
    def sectors(self) -> Sectors:
        """Who knows what companies are in, by the gazetteers of the settings."""
        return Sectors(Gazetteer.load("fr", self._settings.gazetteers))

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open in the background what is not there yet; at the end finish and close it."""
        tasks = [asyncio.create_task(work) for work in (self._open_store(), self._load_reader())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(self._close)

    async def read(self, work: Callable[[], T]) -> T:
        """Run `work`, which reads an article, in a thread, after those that came before.

        Raises
        ------
        ProblemError
            If too many are waiting already.
        """
        if self._waiting >= MAX_WAITING:
            raise ProblemError(
                "busy", f"{self._waiting} articles are waiting to be read; try again in a moment"
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading, work)
        finally:
            self._waiting -= 1

    async def _open_store(self) -> None:
        if self._store is None:
            await self._open_store_patiently()
        if self._store is not None:
            self.loads.start(self._store, self._reading_loads)
            self.wide_views.start(self._store)

    async def _open_store_patiently(self) -> None:
        for delay in chain(_RETRY_S, repeat(_RETRY_S[-1])):
            try:
                self._store = await self._in_background(self._enter_store)
            except StoreUnavailableError as error:
                log.warning("%s; trying again in %g s", error, delay)
                self._failures["store"] = "does not answer yet; the log has the reason"
            except (GraphError, OSError) as error:
                log.error("the store could not be opened: %s", error)
                self._failures["store"] = "could not be opened; the log has the reason"
                return
            else:
                return
            await asyncio.sleep(delay)

    async def _load_reader(self) -> None:
        if self._reader is not None:
            return
        try:
            load = functools.partial(default_reader, self._settings.gazetteers)
            self._reader = await self._in_background(load)
        except LoaderError as error:
            log.error("the reader could not be loaded: %s", error)
            self._failures["reader"] = "could not be loaded; the log has the reason"
        except Exception:
            log.exception("the reader could not be loaded")
            self._failures["reader"] = "could not be loaded; the log has the reason"

    async def _in_background(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._opening, work)

    def _enter_store(self) -> Store:
        asked = self._settings.store_arguments() | {"bolt_port": self._settings.bolt_port}
        return self._opened.enter_context(open_store(**asked))

    def _reading_loads(self) -> AbstractContextManager[Reader]:
        """A reader for loads: in a process of its own, so that requests do not wait for it."""
        if self._given is not None:
            return contextlib.nullcontext(self._given)
        gazetteers = self._settings.gazetteers
        return ParallelReader(
            1,
            functools.partial(default_reader, gazetteers),
            default_reader_name(gazetteers),
        )

    def _not_ready(self, what: str, still: str) -> ProblemError:
        return ProblemError("not-ready", f"the {what} {self._failures.get(what, still)}")

    def _close(self) -> None:
        self.wide_views.stop()
        self.loads.stop()
        # What runs is finished first: an article that is being stored is stored whole.
        self._opening.shutdown(cancel_futures=True)
        self._reading.shutdown(cancel_futures=True)
        self._opened.close()
        self.state.close()
