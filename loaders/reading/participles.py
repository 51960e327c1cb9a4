"""Participles that tell of the same one after another: "Fondée par X, vendue à Y, la société"."""

from __future__ import annotations

from typing import Final

from loaders.reading.inflection import Form
from loaders.reading.phrases import Parse
from loaders.reading.predicates import VerbGroup, is_bare_participle, verb_group
from loaders.reading.tokens import Category

_OPENING: Final = frozenset({Category.ADVERB, Category.DATE, Category.COORDINATOR})
_ENDS: Final = frozenset({Category.STOP, Category.WHO, Category.RELATIVE, Category.SUBORDINATOR})
_ENDINGS: Final = ("es", "e", "s")


def first_of_chain(parsed: Parse, group: VerbGroup, comma: int) -> VerbGroup | None:
    """The participle before a comma that tells of the same as the one behind it.

    In "Fondée par X, entrée dans le giron de Y, …" both are of the same gender and number.
    """
    ending = _ending(parsed, group.head)
    for index in range(comma - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category in _ENDS or (token.is_finite and not token.has_form(Form.PARTICIPLE)):
            return None
        if token.category is not Category.VERB or not token.has_form(Form.PARTICIPLE):
            continue
        before = index - 1
        while parsed.category(before) in _OPENING:
            before -= 1
        opens = before < 0 or parsed.category(before) in (Category.COMMA, Category.OPEN)
        first = verb_group(parsed, index)
        if opens and is_bare_participle(parsed, first):
            return first if _ending(parsed, index) == ending else None
    return None


def _ending(parsed: Parse, index: int) -> str:
    """What tells the gender and number of a participle."""
    word = parsed.tokens[index].lower
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")
