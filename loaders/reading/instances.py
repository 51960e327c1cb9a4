"""What a thing is one of: "la batterie, *une Samsung Kaptur*, …"."""

from __future__ import annotations

from graph.model import Kind
from loaders.reading.fillers import Filler
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category


def named_instance(parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> Filler:
    """The name of what a known part is one of, behind a comma and an indefinite article."""
    first = parsed.tokens[phrase.start].lower
    known = first in parsed.lexicon.definite or first in parsed.lexicon.possessives
    if phrase.mention is not None or not known:
        return Filler()
    index = phrase.end
    while parsed.category(index) in (Category.ADJECTIVE, Category.PREPOSITION, Category.AMOUNT):
        after = parsed.at.get(index + 1)
        named = after is not None and after.mention is not None
        if parsed.category(index) is Category.PREPOSITION and (after is None or named):
            return Filler()
        index = after.end if after is not None else index + 1
    told = parsed.at.get(index + 1)
    if parsed.category(index) is not Category.COMMA or told is None or told.mention is None:
        return Filler()
    if parsed.tokens[told.start].lower not in parsed.lexicon.some or told.preposition is not None:
        return Filler()
    for each in (told, parsed.at.get(told.end)):  # "une Samsung *Kaptur*"
        mention = parsed.mention(each) if each is not None else None
        if mention is not None and mention.entity.kind in kinds:
            return Filler([mention.entity], None, each)
    return Filler()
