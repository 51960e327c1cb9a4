"""Ctrl-C and a request to end: what is under way is finished, then the process stops."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """Whether the process was asked to stop; see `stop_on_signals`."""

    def __init__(self) -> None:
        self.requested = False
        self.by = 0
        self._also: Callable[[], None] = lambda: None

    def also(self, tell: Callable[[], None]) -> None:
        """Call this too when the process is asked to stop; at once if it was already."""
        self._also = tell
        if self.requested:
            tell()

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if self.requested and number == signal.SIGINT == self.by:
            raise KeyboardInterrupt  # asked again: at once, then
        self.requested, self.by = True, number
        self._also()


@contextlib.contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """For as long as it lasts, signals that end a process only ask it to stop.

    A second Ctrl-C raises KeyboardInterrupt. Signals reach the main thread only; elsewhere this
    does nothing.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {
        number: signal.getsignal(number)
        for number in _SIGNALS
        # Under nohup the terminal's end is ignored, and stays so.
        if not (number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN)
    }
    for number in before:
        signal.signal(number, stop._handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
