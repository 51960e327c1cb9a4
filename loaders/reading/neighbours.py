"""The words around a place in a text, names marked as such."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from loaders.reading.lexicon import lowered

CAPITAL: Final = "^"
"""Before a word with a capital of its own, which is a name or part of one and no common noun."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*['’]?|[^\w\s]|\n")
_REACH: Final = 9
_TITLES: Final = frozenset(
    {"M", "MM", "Mme", "Mmes", "Mlle", "Dr", "Me", "Mgr", "Pr", "Monsieur", "Madame", "Maître"}
)
_STOPS: Final = frozenset('.!?…\n«"“:')


class Neighbours:
    """The words of a text, found from a place in it: in lower case, names marked by "^"."""

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.starts = [match.start() for match in found]
        self.raw = [match.group() for match in found]
        self.words = [
            lowered(word) if plain else CAPITAL + lowered(word)
            for word, plain in zip(self.raw, self._plain(), strict=True)
        ]

    def _plain(self) -> Iterator[bool]:
        """Whether each word has no capital, or one that its place or its kind explains."""
        opening = True
        for word in self.raw:
            yield opening or not word[0].isupper() or word.isupper() or word in _TITLES
            opening = word in _STOPS

    def before(self, start: int) -> list[str]:
        """Up to nine words before `start`, on the same line."""
        end = bisect_left(self.starts, start)
        words = self.words[max(0, end - _REACH) : end]
        within = start - self.starts[end - 1] if end else 0
        if 0 < within < len(self.raw[end - 1]):
            words[-1] = lowered(self.raw[end - 1][:within])  # "ex-" of "ex-Facebook"
        return _line(words, last=True)

    def after(self, end: int) -> list[str]:
        """Up to nine words after `end`, on the same line."""
        first = bisect_left(self.starts, end)
        return _line(self.words[first : first + _REACH], last=False)


def _line(words: list[str], *, last: bool) -> list[str]:
    if "\n" not in words:
        return words
    if last:
        return words[len(words) - words[::-1].index("\n") :]
    return words[: words.index("\n")]
