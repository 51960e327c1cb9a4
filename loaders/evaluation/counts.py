"""Figures: how many of what was found are right, and how many of what there is were found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Things found that are right, found that are wrong, and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Right ones among those found, from 0 to 1; None when none were found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Right ones among those there are; None when there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall (van Rijsbergen 1979, chapter 7)."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self


@dataclass(slots=True)
class Accuracy:
    """How many of some things are right."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; None when there are none."""
        return _share(self.right, self.total)

    def count(self, is_right: bool) -> None:
        """Count one."""
        self.right += is_right
        self.total += 1

    def __iadd__(self, other: Accuracy) -> Accuracy:
        self.right += other.right
        self.total += other.total
        return self


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
