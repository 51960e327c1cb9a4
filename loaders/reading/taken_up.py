"""The noun that a demonstrative says again: "le rachat de A par B et *celui* de C par D"."""

from __future__ import annotations

from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category


def noun_taken_up(parsed: Parse, index: int) -> Phrase | None:
    """The phrase whose noun the word at `index` stands for, if it stands before a complement.

    It is the nearest noun before it whose article is of the same gender and number: behind "la
    reprise de la filiale de A par B et celle de C" it is the "filiale", and nothing is claimed.
    """
    articles = parsed.lexicon.taken_up.get(parsed.tokens[index].lower)
    if articles is None or parsed.category(index + 1) is not Category.PREPOSITION:
        return None
    for phrase in reversed(parsed.phrases):
        if phrase.end > index or phrase.mention is not None or phrase.pronoun:
            continue
        places = (phrase.start, phrase.start - 1) if phrase.start else (phrase.start,)
        if any(parsed.tokens[place].lower in articles for place in places):
            return phrase
    return None
