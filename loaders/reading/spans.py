"""Stretches of a text that are taken, and whether another stretch meets one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar


class HasPlace(Protocol):
    """Anything with a place in a text: ``text[start:end]``."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        ...


Placed = TypeVar("Placed", bound=HasPlace)


class Taken(Generic[Placed]):
    """Stretches that do not overlap each other, in any order."""

    def __init__(self, places: Iterable[Placed]) -> None:
        self._places: Sequence[Placed] = sorted(places, key=lambda place: place.start)
        self._ends = [place.end for place in self._places]

    def __iter__(self) -> Iterator[Placed]:
        return iter(self._places)

    def meeting(self, start: int, end: int) -> list[Placed]:
        """Those that share at least one character with ``text[start:end]``, in order."""
        first = bisect_left(self._ends, start + 1)
        last = first
        while last < len(self._places) and self._places[last].start < end:
            last += 1
        return list(self._places[first:last])

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of them meets ``text[start:end]``."""
        first = bisect_left(self._ends, start + 1)
        return first == len(self._places) or self._places[first].start >= end
