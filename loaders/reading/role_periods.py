"""How long a post is held: "l'ancien patron de Y (2009-2016)", "directrice par intérim"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.reading.dates import FoundDate
from loaders.reading.lexicon import lowered
from loaders.reading.phrases import Parse
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

_WITHIN: Final = frozenset({Category.DATE, Category.COMMA, Category.PREPOSITION})


def bracketed_period(parsed: Parse, index: int) -> tuple[FoundDate, int] | None:
    """The time in brackets that open at `index`, and the token behind them."""
    if parsed.category(index) is not Category.OPEN:
        return None
    index += 1
    first = last = parsed.tokens[index].date if index < len(parsed.tokens) else None
    if first is None:
        return None
    while parsed.category(index) in _WITHIN:
        last = parsed.tokens[index].date or last
        index += 1
    if parsed.category(index) is not Category.CLOSE or last is None:
        return None
    period = (first.relation, last.relation) == ("start", "end")
    return (replace(first, until=last) if period else first), index + 1


def is_for_now(parsed: Parse, index: int, data: RoleData) -> bool:
    """Whether the words at `index` tell that a post is held for the time being: "par intérim"."""
    if parsed.category(index) is not Category.ADVERB:
        return False
    return lowered(parsed.text(index, index + 1)).strip() in data.acting
