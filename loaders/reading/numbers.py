"""Numbers written as words or as digits.

Everything here reads *folded* text (see :mod:`loaders.reading.folding`), but for
:func:`parse_number_words`, which takes any.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.folding import fold

MAX_DIGITS: Final = 18
"""Digits of the longest number that is read; a longer row of digits is no quantity."""

# Groups of three are parted by one and the same sign; the sign of the decimals is another one.
_DIGITS: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<parting>[ .'])[0-9]{3}(?:(?P=parting)[0-9]{3})*(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])"
    r"|[0-9]+)"
    r"(?:[.,](?P<decimals>[0-9]+))?"
)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any one of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number that ends at `end`; `grouped` if its thousands are parted ("1 200 000")."""

    value: Fraction
    end: int
    grouped: bool = False


def match_digits(folded: str, position: int = 0) -> FoundNumber | None:
    """The number in digits that begins at `position`: "1 200 000", "14,3", "100.000".

    None where there is none, or it has more than `MAX_DIGITS` digits.
    """
    match = _DIGITS.match(folded, position)
    if match is None or match.end() - position > 2 * MAX_DIGITS:
        return None
    whole, decimals = re.sub(r"[^0-9]", "", match["whole"]), match["decimals"] or ""
    if len(whole) + len(decimals) > MAX_DIGITS:
        return None
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return FoundNumber(value, match.end(), grouped=len(whole) < len(match["whole"]))


class _Sum:
    """A number that grows word by word, and refuses a word that cannot follow."""

    __slots__ = ("group", "last_scale", "last_small", "segment", "total")

    def __init__(self) -> None:
        self.total = 0  # what the scales so far have closed: "deux millions"
        self.segment = 0  # the thousands since the last scale
        self.group = 0  # the hundreds, tens and units since the last thousand
        self.last_small = 0  # the last word below one hundred in this group, 0 if none
        self.last_scale = 0

    @property
    def value(self) -> int:
        return self.total + self.segment + self.group


class NumberGrammar:
    """How one language spells whole numbers; made from its ``numbers.yaml``."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._zero = frozenset(data["zero"])
        self._small: dict[str, int] = data["small"] | data["compounds"]
        self._hundreds: dict[str, int] = data["hundreds"]
        self._thousands: dict[str, int] = data["thousands"]
        self._scales: dict[str, int] = data["scales"]
        self._takes_units = frozenset(data["takes_units"])
        self._takes_teens = frozenset(data["takes_teens"])
        self._after_ten = frozenset(data["after_ten"])
        self._joined = frozenset(data["joined"])
        starters = self._small.keys() | self._hundreds.keys() | self._thousands.keys()
        self.starters = alternatives(starters)
        """Regular expression: the words that a number may begin with."""
        joiner = re.escape(data["joiner"])
        self.sequence = (
            rf"(?:{self.starters})(?:[ -](?:{joiner}[ -])?(?:{self.starters})){{0,5}}(?!\w)"
        )
        """Regular expression: a row of such words, which need not be a number."""
        gap = r"(?: ?- ?| {1,2}|\n)"

        def words(choices: Iterable[str]) -> str:
            return alternatives(choices).replace(r"\ ", gap).replace(r"\-", gap)

        every = starters | self._scales.keys() | self._zero
        self._first = re.compile(rf"({words(every)})(?!\w)")
        self._next = re.compile(rf"{gap}(?:({joiner}){gap})?({words(every)})(?!\w)")

    def match(self, folded: str, position: int = 0) -> FoundNumber | None:
        """The longest number in words that begins at `position`, None where there is none."""
        first = self._first.match(folded, position)
        if first is None:
            return None
        word = _plain(first[1])
        if word in self._zero:
            return FoundNumber(Fraction(0), first.end())
        number = _Sum()
        if not self._take(number, word, joined=False):
            return None
        end = first.end()
        while (following := self._next.match(folded, end)) and self._take(
            number, _plain(following[2]), joined=following[1] is not None
        ):
            end = following.end()
        return FoundNumber(Fraction(number.value), end)

    def _take(self, number: _Sum, word: str, *, joined: bool) -> bool:
        if (small := self._small.get(word)) is not None:
            return self._add(number, small, joined=joined)
        if joined:
            return False
        if (hundred := self._hundreds.get(word)) is not None:
            return self._multiply_group(number, hundred)
        if (thousand := self._thousands.get(word)) is not None:
            return self._multiply_segment(number, thousand)
        scale = self._scales.get(word)
        return scale is not None and self._close(number, scale)

    def _add(self, number: _Sum, small: int, *, joined: bool) -> bool:
        last = number.last_small
        if joined and (small not in self._joined or last < 20):
            return False
        if last == 10:
            fits = small in self._after_ten
        elif last:
            limit = 20 if last in self._takes_teens else 10
            fits = last in self._takes_units and small < limit
        else:
            fits = True
        if fits:
            number.group += small
            # 70 + 7 as "soixante-dix-sept": what may follow is decided by the last word.
            number.last_small = small
        return fits

    @staticmethod
    def _multiply_group(number: _Sum, hundred: int) -> bool:
        if number.group >= hundred:
            return False
        number.group = (number.group or 1) * hundred
        number.last_small = 0
        return True

    @staticmethod
    def _multiply_segment(number: _Sum, thousand: int) -> bool:
        if number.segment:
            return False
        number.segment = (number.group or 1) * thousand
        number.group = number.last_small = 0
        return True

    @staticmethod
    def _close(number: _Sum, scale: int) -> bool:
        part = number.segment + number.group
        if not part or (number.last_scale and scale >= number.last_scale):
            return False
        number.total += part * scale
        number.segment = number.group = number.last_small = 0
        number.last_scale = scale
        return True


def _plain(word: str) -> str:
    return " ".join(word.replace("-", " ").split())


@functools.cache
def number_grammar(language: str) -> NumberGrammar:
    """The grammar of the numbers of `language`, made once per process."""
    return NumberGrammar(language_data(language, "numbers"))


def parse_number_words(text: str, language: str = "fr") -> int | None:
    """The whole number that `text` spells out, None if it is not just that.

    >>> parse_number_words("quatre-vingt-dix-sept")
    97
    >>> parse_number_words("un million deux cent mille")
    1200000
    """
    folded = fold(text).strip()
    found = number_grammar(language).match(folded)
    if found is None or found.end != len(folded):
        return None
    return int(found.value)
