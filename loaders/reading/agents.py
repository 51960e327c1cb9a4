"""What stands behind a verb in ways of its own: "une série signée X", "équiper ses agents de X"."""

from __future__ import annotations

from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup
from loaders.reading.tokens import Category


def signers(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """Whom a participle such as "signé" names right behind it; empty for other verbs."""
    if not parsed.tokens[group.head].is_verb(parsed.lexicon.signing):
        return []
    index = group.head + 1
    while parsed.category(index) in (Category.ADVERB, Category.QUOTE):
        index += 1
    named = parsed.at.get(index)
    alone = named is not None and named.preposition is None and named.mention is not None
    return [named] if alone and named is not None else []


def is_fitted_with(parsed: Parse, group: VerbGroup | None, phrase: Phrase) -> bool:
    """Whether a genitive tells with what an object is fitted: "équiper ses facteurs *du X*"."""
    if group is None or not parsed.tokens[group.head].is_verb(parsed.lexicon.fitting):
        return False
    fitted = parsed.at.get(group.head + 1)
    if fitted is None or fitted.preposition is not None or fitted.mention is not None:
        return False
    return fitted.end == phrase.start - 1
