"""A name that the article gives whole in one place is whole in every other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from loaders.reading.tagger_spans import FoundName


def with_whole_names(text: str, found: Sequence[FoundName]) -> list[FoundName]:
    """The names `found`, in order; a part of one that stands there whole is that one.

    Only where everything found there lies inside it: no name that goes on is cut.
    """
    whole = {name.surface: name for name in found if " " in name.surface and name.match is None}
    result = list(found)
    for surface, name in whole.items():
        start = text.find(surface)
        while start >= 0:
            end = start + len(surface)
            if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
                _put(result, FoundName(start, end, surface, name.label))
            start = text.find(surface, end)
    return result


def _put(found: list[FoundName], name: FoundName) -> None:
    """Put a name in place of those found inside it, if there are any and all lie inside it."""
    first = bisect_left(found, name.start, key=lambda one: one.start)
    last = first
    while last < len(found) and found[last].start < name.end:
        last += 1
    before = found[first - 1] if first else None
    over = before is not None and before.end > name.start
    here = found[first:last]
    if here and not over and here[-1].end <= name.end and all(o.match is None for o in here):
        found[first:last] = [name]
