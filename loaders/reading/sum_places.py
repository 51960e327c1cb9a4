"""Where a sum stands: in a sentence that says no more, behind a colon, in a clause of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from graph.model import Purpose
from loaders.reading.amounts import FoundAmount
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.tokens import Category

_BOUND_WORDS: Final = 4
"""Tokens behind a colon in which a sum stands: "environ", "un peu plus de"."""


def is_bare_news(parsed: Parse, index: int) -> bool:
    """Whether a sentence only says what a deal is worth: "Un chèque de 5 milliards."."""
    phrase = parsed.at.get(index)
    if phrase is None or phrase.start > 1 or phrase.mention is not None:
        return False
    finite = next((i for i, token in enumerate(parsed.tokens) if token.is_finite), None)
    if finite is None:
        return True
    told = any(token.amount is not None for token in parsed.tokens[index:finite])
    return told and any(
        parsed.category(i) in (Category.WHO, Category.RELATIVE) for i in range(index, finite)
    )


def names_only(parsed: Parse, parties: Collection[NamedEntity]) -> bool:
    """Whether a sentence names nobody else; without parties it does not matter."""
    named = (parsed.mention(phrase) for phrase in parsed.phrases)
    return bool(parties) and all(m is None or m.entity in parties for m in named)


def is_anothers(parsed: Parse, index: int, amount: FoundAmount) -> bool:
    """Whether a name stands between a deal and a sum: "l'opération, *Y* a vendu Z pour …"."""
    place = next((i for i, t in enumerate(parsed.tokens) if t.amount is amount), index)
    between = range(min(index, place) + 1, max(index, place))
    return any(parsed.tokens[i].mention is not None for i in between)


def behind_colon(parsed: Parse, index: int, purpose: Purpose) -> tuple[FoundAmount, Purpose] | None:
    """The sum behind what it is for: "Montant de l'opération : 4 milliards d'euros"."""
    stop = next((place for place in parsed.stops if place > index), None)
    if stop is None or parsed.tokens[stop].text != ":":
        return None
    if any(token.is_finite for token in parsed.tokens[index:stop]):
        return None
    for token in parsed.tokens[stop + 1 : stop + 1 + _BOUND_WORDS]:
        if token.amount is not None:
            return token.amount, purpose
    return None


def is_beyond_relative(parsed: Parse, amount: int, trigger: int) -> bool:
    """Whether the verb is in a relative clause that ends before the sum.

    In "le rachat de Y, dont il détenait 20 %, pour 4 milliards" the sum is not what he held.
    """
    if amount < trigger:
        return False
    behind = any(parsed.category(i) is Category.COMMA for i in range(trigger + 1, amount))
    for index in range(trigger - 1, -1, -1):
        category = parsed.category(index)
        if category in (Category.COMMA, Category.STOP):
            return False
        if category in (Category.WHO, Category.RELATIVE):
            return behind and parsed.category(index - 1) is Category.COMMA
    return False


def is_apart(parsed: Parse, amount: int, trigger: int) -> bool:
    """Whether another clause begins between them: "pour 85 millions, tandis que X …"."""
    between = range(min(amount, trigger) + 1, max(amount, trigger))
    return any(
        parsed.category(index) is Category.SUBORDINATOR
        and parsed.category(index - 1) is Category.COMMA
        for index in between
    )
