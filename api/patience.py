"""Waiting for a server that is restarted in the midst of work, for a time and not for ever."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from threading import Event
from typing import Any, Final, TypeVar

from graph.errors import IngestError, StoreError, StoreUnavailableError
from graph.store import Store, Transaction

T = TypeVar("T")

PATIENCE_S: Final = 300.0
"""How long a load waits for its server, which may have to recover what it was writing."""

_POLL_S: Final = 0.5


class Stopped(Exception):  # noqa: N818 - no failure
    """Somebody asked to stop while it waited."""


class Patience:
    """Does pieces of work on a store, each of which may be done again.

    Parameters
    ----------
    seconds
        How long the store may be away for one piece; 0 not to wait at all.
    say
        Told once for each piece that has to wait, and when it goes on.
    stop
        Asked while waiting.
    """

    def __init__(
        self, store: Store, seconds: float, say: Callable[[str], None], stop: Callable[[], bool]
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._say = say
        self._stop = stop

    def run(self, work: Callable[[], T]) -> T:
        """What `work` gives; done again from its start when the server comes back.

        Raises
        ------
        StoreUnavailableError
            If the server does not come back in time. What `work` raises otherwise goes through.
        Stopped
            If there was a request to stop before it came back.
        """
        give_up: float | None = None
        while True:
            try:
                return work()
            except (StoreError, IngestError) as error:
                if not self._seconds or not self._away(error):
                    raise
                if give_up is not None and time.monotonic() > give_up:
                    raise
                if give_up is None:
                    give_up = time.monotonic() + self._seconds
                    self._say(
                        f"{error}. Waiting for it until {_clock(self._seconds)}; "
                        "what is stored stays."
                    )
                self._wait(give_up)
            self._say("The server answers again; going on.")

    def _away(self, error: Exception) -> bool:
        """Whether it failed for want of a server: one that stops may say anything before."""
        return isinstance(error, StoreUnavailableError) or not self._store.is_ready()

    def _wait(self, give_up: float) -> None:
        pause = Event()
        while time.monotonic() < give_up:
            if self._store.is_ready():
                return
            if self._stop():
                raise Stopped
            pause.wait(_POLL_S)
        try:
            self._store.read("store/state")
        except StoreError as error:
            raise StoreUnavailableError(
                f"gave up after {self._seconds:g} s of waiting: {error}. When it runs again, give "
                "the same command: what was loaded stays, and it goes on from there"
            ) from error


def patient(
    store: Store, seconds: float, say: Callable[[str], None], stop: Callable[[], bool]
) -> Store:
    """The same store, over the same connections, whose reads and writes wait for it.

    See `Patience` for the parameters; with 0 seconds it is the store itself.
    """
    return PatientStore(store, Patience(store, seconds, say, stop)) if seconds else store


class PatientStore(Store):
    """A store whose every read and write is done again when its server comes back."""

    def __init__(self, store: Store, patience: Patience) -> None:
        vars(self).update(vars(store))
        self._patience = patience

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """As `Store.read`, waiting."""
        read = super().read
        return self._patience.run(lambda: read(name, **parameters))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """As `Store.write`, waiting."""
        write = super().write
        return self._patience.run(lambda: write(work))


def _clock(seconds: float) -> str:
    return f"{dt.datetime.now().astimezone() + dt.timedelta(seconds=seconds):%H:%M:%S}"
