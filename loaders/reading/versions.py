"""Version words after a product's name: "Llama" + "4 Maverick", "iPhone" + "17 Pro"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_MOST_ITEMS: Final = 4
_NUMBER: Final = (
    r"(?:\d{1,2}x\d{1,3}[A-Za-z]|[vV]?\d{1,4}(?:[.,]\d{1,2}){0,2}(?:[A-Za-z]{1,3})?\+?)"
)
_CODE: Final = r"[A-Za-z]{1,2}\d{1,4}(?:\.\d{1,2})?[A-Za-z]{0,2}"
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")


class VersionRule:
    """Says how far version words reach behind a product's name.

    Parameters
    ----------
    data
        ``qualifiers``: words such as Pro, Max, Sonnet; ``units``: words that make the number
        before them a quantity ("l'iPhone 15 millions de fois").
    """

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        words = "|".join(re.escape(word) for word in sorted(data["qualifiers"], key=len)[::-1])
        units = "|".join(re.escape(word) for word in data["units"])
        self._item = re.compile(
            rf"(?P<gap>[ \u00a0\u202f\-\u2011]?)(?P<item>(?:{_CODE}|{_NUMBER}|{words}))(?!\w)"
        )
        self._unit = re.compile(rf"\s*(?:(?:{units})(?!\w)|[%€$£°])", re.IGNORECASE)

    def is_quantity(self, text: str, end: int) -> bool:
        """Whether a unit follows the number that ends at `end`: "23 %", "15 millions"."""
        return self._unit.match(text, end) is not None

    def extend(self, text: str, end: int) -> int:
        """The end of the version words that begin at `end`, or `end` itself if there are none."""
        reached = end
        for _ in range(_MOST_ITEMS):
            found = self._item.match(text, reached)
            if found is None:
                break
            item = found.group("item")
            numeric = item[0].isdigit()
            if not found.group("gap") and not (numeric and reached == end):
                break
            if numeric and (_YEAR.match(item) or self._unit.match(text, found.end())):
                break
            reached = found.end()
        return reached
