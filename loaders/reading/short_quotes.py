"""Names in quotation marks of which the tagger saw the first word only: "« Zone interdite »"."""

from __future__ import annotations

import re
from typing import Final

from loaders.reading.spans import Taken
from loaders.reading.tagger_spans import FoundName

_QUOTED: Final = re.compile(
    r"(?:« ?|“|(?<![\w\"])\")([A-ZÀ-Ý][^«»\"“”\n.!?,;:]{2,40}?[^\s«»\"“”.!?,;:])(?: ?»|”|\"(?!\w))"
)
_WORDS: Final = range(2, 5)
"""How many words a title has that is no quotation."""


def whole_quotes(text: str, found: list[FoundName]) -> list[FoundName]:
    """The places of `found`, in order, those whole that open such a title and go on in small words.

    A name that the gazetteer knows is itself: "« Danone va bien »".
    """
    for match in _QUOTED.finditer(text):
        words = match[1].split()
        if len(words) not in _WORDS or any(word[0].isupper() for word in words[1:]):
            continue
        start, end = match.span(1)
        inside = Taken(found).meeting(start, end)
        before = text[: match.start()].rstrip(" ")[-1:]
        if not (before.isalnum() or before in ("'", "’")):
            continue  # what is said stands by itself, a title in a sentence
        if len(inside) == 1 and inside[0].start == start and inside[0].match is None:
            title = FoundName(start, end, match[1], "MISC")
            found = [title if place is inside[0] else place for place in found]
    return found
