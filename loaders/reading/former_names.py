"""Firms named as what somebody comes from: "X (ex-Norval Conseil)", "X, ex-Norval, …"."""

from __future__ import annotations

import re
from typing import Final

from loaders.reading.kinds import KindData
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName, is_name

_FORMER: Final = re.compile(
    r"(?:(?<=\()|(?<=, )|(?<=\n))[Ee]x-"
    r"((?:[A-ZÀ-Ý][\w'’&.-]*)(?: (?:& )?[A-ZÀ-Ý][\w'’&.-]*){1,3})(?=[,);]| et |\.(?:\s|$))"
)
"""A prefix that opens an apposition, and capitals to its end. In "l'ex-Norval Anne Blot" the second
name is that of a person; no apposition has two."""


def former_firms(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The places of `found`, in order, those that are parts of such a firm's name made whole.

    The tagger takes "ex-Norval" for one word, and sees at most what follows.
    """
    spans = [m.span(1) for m in _FORMER.finditer(text)] if "x-" in text else []
    for start, until in spans:
        surface = text[start:until].rstrip(".")
        words = [fold(word) for word in surface.split()]
        if not data.first_names.isdisjoint(words) or not is_name(surface, data):
            continue
        whole = FoundName(start, start + len(surface), surface, "ORG")
        inside = Taken(found).meeting(start, whole.end)
        known = any(p.match is not None and (p.start, p.end) == (start, whole.end) for p in inside)
        if known or any(p.start < start or p.end > whole.end for p in inside):
            continue
        found = [*(place for place in found if place not in inside), whole]
    return sorted(found, key=lambda place: place.start) if spans else found
