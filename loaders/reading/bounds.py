"""Words that bound a number: "plus de", "environ", "au maximum"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.model import Bound
from loaders.reading.patterns import GAP, any_of, whole

_WINDOW: Final = 80
"""Characters before a number in which its bound is looked for."""


@dataclass(frozen=True, slots=True)
class FoundBound:
    """A bound, and the place of the words that set it."""

    bound: Bound
    start: int
    end: int


class BoundRules:
    """The bounds of one language; made from `bounds` and `bound_glue` of its ``amounts.yaml``."""

    def __init__(self, data: dict[str, Any], macros: Mapping[str, str]) -> None:
        glue = any_of(data["bound_glue"], macros)
        before, after = [], []
        for name, places in data["bounds"].items():
            bound = Bound(name)
            before.append(f"(?P<{bound.value}>{any_of(places['before'], macros)})")
            after.append(f"(?P<{bound.value}>{any_of(places['after'], macros)})")
        self._before = re.compile(
            rf"(?<!\w)(?P<cue>(?:{'|'.join(before)})(?:{GAP}?{glue}){{0,3}})"
            rf"(?:(?<=')|{GAP}){GAP}?[«\"“(]?{GAP}?\Z"
        )
        self._after = re.compile(rf",?{GAP}(?P<cue>{whole('|'.join(after))})")

    def before(self, folded: str, position: int) -> FoundBound | None:
        """The bound whose words end right before `position`."""
        return _found(self._before.search(folded, max(0, position - _WINDOW), position))

    def after(self, folded: str, position: int) -> FoundBound | None:
        """The bound whose words begin right after `position`."""
        return _found(self._after.match(folded, position))


def _found(match: re.Match[str] | None) -> FoundBound | None:
    if match is None:
        return None
    bound = next(bound for bound in Bound if match.groupdict().get(bound.value) is not None)
    return FoundBound(bound, match.start("cue"), match.end("cue"))
