"""The wide view as it is sent: made ahead, once for each state of the graph, and packed once.

Tens of thousands of relationships take seconds to read. So the view is made when the service starts
and whenever the graph has come to rest after a change; who asks in between waits a moment, and then
has the one before, which says how old it is.
"""

from __future__ import annotations

import gzip
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Final

from graph.store import Store
from graph.times import ALWAYS, When
from graph.wide import MAX_RELATIONSHIPS, wide

log = logging.getLogger("mercato.wide")

_LEVEL: Final = 3
"""Of packing: a higher one takes longer than it saves."""
_LOOK_EVERY_S: Final = 2.0
_REST: Final = 20.0
"""Between two views that are made ahead passes as many times what the first of them took: where the
graph changes all day, a twentieth of the time goes into them."""
_PATIENCE_S: Final = 1.0
_STOP_S: Final = 5.0


@dataclass(frozen=True)
class Packed:
    """An answer, as it is and packed."""

    plain: bytes
    gzipped: bytes


_Which = tuple[int, When]
_WIDEST: Final = (MAX_RELATIONSHIPS, ALWAYS)


@dataclass
class _Kept:
    revision: int
    packed: Packed
    current: float
    """When it was last seen to be that of the graph."""


class _Making(Future[_Kept]):
    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began


class WideViews:
    """The last wide views, the widest and one of another size or time.

    Parameters
    ----------
    patience_s
        How long who asks waits for the view of a graph that has changed, before the one before will
        do.
    clock
        Seconds, always rising.
    """

    def __init__(
        self, patience_s: float = _PATIENCE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._patience_s = patience_s
        self._clock = clock
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._kept: dict[_Which, _Kept] = {}
        self._under_way: dict[_Which, _Making] = {}
        self._seen: int | None = None
        self._resting_until = clock()
        self._failing = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, store: Store) -> None:
        """Make views ahead, in a thread of its own."""
        self._thread = threading.Thread(
            target=self._watch, args=(store,), name="wide-views", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Make none any more; one that is being made is waited for, but not for long."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(_STOP_S)

    def get(
        self, store: Store, limit: int, when: When = ALWAYS, *, fresh: bool = False
    ) -> tuple[Packed, int]:
        """The view of at most `limit` relationships at a time, and its age in seconds.

        Many who ask at once wait for the same one. The age is 0 where the graph is still so, else
        the time for which it may have been out of date.

        Parameters
        ----------
        fresh
            Wait until it is there, rather than take the one before.
        """
        asked, which = self._clock(), (limit, when)
        while True:
            revision, now = _revision(store), self._clock()
            kept = self._kept.get(which)
            if kept is not None and kept.revision == revision:
                kept.current = now
                return kept.packed, 0
            making = self._make(store, which)
            waits = kept is None or fresh
            wait([making], None if waits else max(0.0, asked + self._patience_s - now))
            if kept is not None and not making.done():
                return kept.packed, 1 + int(self._clock() - kept.current)
            made = making.result()
            if making.began >= asked:
                return made.packed, 0

    def look(self, store: Store) -> bool:
        """Make the widest view if the graph has changed, and not since the last look; whether so.

        Raises
        ------
        GraphError
            If the store does not give it.
        """
        revision, now = _revision(store), self._clock()
        changing, self._seen = revision != self._seen, revision
        kept = self._kept.get(_WIDEST)
        if kept is not None and kept.revision == revision:
            kept.current = now
            return False
        if kept is not None and (changing or now < self._resting_until):
            return False
        try:
            self._make(store, _WIDEST).result()
        finally:
            done = self._clock()
            self._resting_until = done + _REST * (done - now)
        return True

    def _watch(self, store: Store) -> None:
        while not self._stopping.is_set():
            try:
                self.look(store)
                self._failing = False
            except Exception as error:  # who asks is told; here it is tried again
                if not (self._failing or self._stopping.is_set()):
                    log.warning("the wide view is not made ahead: %s", error)
                self._failing = True
            self._stopping.wait(_LOOK_EVERY_S)

    def _make(self, store: Store, which: _Which) -> _Making:
        """The view that is being made, or else a new one."""
        with self._lock:
            making = self._under_way.get(which)
            if making is None:
                making = self._under_way[which] = _Making(self._clock())
                # None of the service's own threads: whoever asks may go away before it is there.
                threading.Thread(
                    target=self._run, args=(making, store, which), name="wide-view", daemon=True
                ).start()
            return making

    def _run(self, making: _Making, store: Store, which: _Which) -> None:
        try:
            with self._one_at_a_time:
                # Read before the view: a write in between is then seen the next time.
                revision = _revision(store)
                view = wide(store, limit=which[0], when=which[1])
                text = json.dumps(view, ensure_ascii=False, separators=(",", ":"))
                plain = text.encode()
                packed = Packed(plain, gzip.compress(plain, _LEVEL, mtime=0))
                made = _Kept(revision, packed, making.began)
        except Exception as error:
            with self._lock:
                del self._under_way[which]
            making.set_exception(error)
            return
        with self._lock:
            widest = {key: kept for key, kept in self._kept.items() if key == _WIDEST}
            self._kept = widest | {which: made}
            del self._under_way[which]
        making.set_result(made)


def _revision(store: Store) -> int:
    return int(store.read("store/state")[0]["revision"])
