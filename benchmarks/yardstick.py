"""How fast the machine itself is from moment to moment, by the same work done again and again.

A measurement of many minutes compares two moments, and a machine that others share may have become
slower or faster in between: by 1.6 where these benchmarks were made.
"""

from __future__ import annotations

import json
import time
from statistics import fmean

import numpy as np

_TEXT = json.dumps([{"id": number, "words": ["mercato"] * 8} for number in range(500)])
_REPEATS = 30


class Yardstick:
    """Some 50 ms of work for Python and NumPy that know nothing of what is measured.

    Attributes
    ----------
    spent_s
        Processor time of this work so far, which is to be taken off what is measured.
    """

    def __init__(self) -> None:
        self.spent_s = 0.0
        self._taken: list[float] = []
        self._matrix = np.random.default_rng(1).random((192, 192))

    def apply(self) -> None:
        """Do the work once more."""
        begun = time.thread_time()
        for _ in range(_REPEATS):
            words = sorted(word for each in json.loads(_TEXT) for word in each["words"])
            assert len(words) == 4_000
            assert np.isfinite(self._matrix @ self._matrix).all()
        taken = time.thread_time() - begun
        self.spent_s += taken
        self._taken.append(taken)

    def mean_s(self, first: int, last: int) -> float:
        """Mean seconds of the work, of the times from `first` up to `last`, counted from 0.

        Raises
        ------
        ValueError
            If there are none.
        """
        if first >= last:
            raise ValueError("the speed of the machine was not measured in this part")
        return fmean(self._taken[first:last])

    @property
    def count(self) -> int:
        """How often the work was done."""
        return len(self._taken)
