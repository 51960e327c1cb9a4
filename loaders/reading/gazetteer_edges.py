"""What stands at the two ends of a gazetteer match, and whether it lets the match stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from loaders.reading.surfaces import Words, fold, gap

_WRAPPED_LINE: Final = 40
"""Characters from which a line is taken to be wrapped text, and no heading or list item."""
HYPHENS: Final = "-\u2010\u2011"
_SPACES: Final = " \u00a0\u202f"
_BEFORE_APPOSITION: Final = ',:;(«\u201c"—–-\n…!?.'


@dataclass(slots=True)
class Scan:
    """A text on its way through the gazetteer.

    `free_from` is the offset up to which the text is already part of a match.
    """

    text: str
    words: Words
    free_from: int = 0


class Determiners:
    """The words that open a definite noun phrase in one language.

    Parameters
    ----------
    data
        ``plain``: determiners such as le, cette; ``contracted``: those that hold a preposition
        too, such as du, aux.
    """

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        self.plain = frozenset(fold(word.strip("'\u2019")) for word in data["plain"])
        self.contracted = frozenset(fold(word) for word in data["contracted"])

    def opening(self, scan: Scan, first: int) -> int | None:
        """Where the noun phrase of word `first` begins, or None if no determiner opens it.

        A contracted determiner stays outside, as a preposition does.
        """
        words = scan.words
        if first == 0 or words.starts[first - 1] < scan.free_from:
            return None
        between = gap(scan.text[words.ends[first - 1] : words.starts[first]])
        if between not in (" ", "'", "\n"):
            return None
        before = words.keys[first - 1]
        if before in self.contracted and between != "'":
            return words.starts[first]
        return words.starts[first - 1] if before in self.plain else None


def apposed(scan: Scan, first: int) -> bool:
    """Whether nothing or punctuation stands before, as in ", maison mère de Facebook"."""
    index = scan.words.starts[first] - 1
    while index >= 0 and scan.text[index] in _SPACES:
        index -= 1
    return index < 0 or scan.text[index] in _BEFORE_APPOSITION


def runs_over(scan: Scan, last: int) -> bool:
    """Whether a name may go on after the line break that follows word `last`.

    It may in wrapped text, not from a heading or a list item into the next line.
    """
    end = scan.words.ends[last]
    return end - (scan.text.rfind("\n", 0, end) + 1) >= _WRAPPED_LINE


def tied_before(scan: Scan, first: int) -> str | None:
    """The word that a hyphen ties to word `first`, unless it is part of the match before."""
    start = scan.words.starts[first]
    if not first or start == scan.free_from + 1 or scan.words.ends[first - 1] != start - 1:
        return None
    return scan.words.words[first - 1] if scan.text[start - 1] in HYPHENS else None


def tied_after(scan: Scan, last: int, end: int) -> int | None:
    """The number of the word that a hyphen ties to a match that ends at `end`."""
    following = last + 1
    if scan.text[end : end + 1] not in tuple(HYPHENS) or following >= len(scan.words.keys):
        return None
    return following if scan.words.starts[following] == end + 1 else None


def inside_address(scan: Scan, start: int, end: int) -> bool:
    """Whether the match is a part of an address or a code name: Apple.com, jo@Apple, meta_Apple."""
    text = scan.text
    if start > 1 and text[start - 1] in "_@" and text[start - 2].isalnum():
        return True
    sign, following = text[end : end + 1], text[end + 1 : end + 2]
    return following.islower() if sign == "." else sign == "_" and following.isalnum()
