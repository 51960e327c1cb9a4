"""Places of what is over in a sentence: "ex-directeur de Y", "venu de Y", "passé par Y"."""

from __future__ import annotations

from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase


def left_behind(parsed: Parse) -> list[NamedEntity]:
    """The entities that a sentence says somebody to come from, or to have been at."""
    found: list[NamedEntity] = []
    for phrase in parsed.phrases:
        mention = parsed.mention(phrase)
        if mention is None:
            continue
        first = (phrase.group or [phrase])[0]
        if _comes_from(parsed, first):
            found.append(mention.entity)
        holder = parsed.at.get(first.start - 2)
        if holder is None or phrase.preposition is None:
            continue
        words = [token.lower for token in parsed.tokens[holder.start : holder.end]]
        if any(w in parsed.lexicon.former or w.partition("-")[0] == "ex" for w in words):
            found.append(mention.entity)
    return found


def _comes_from(parsed: Parse, first: Phrase) -> bool:
    """Whether a list that begins with `first` stands behind a verb of coming or leaving."""
    verb = first.start - 1 - (first.preposition is not None)
    return verb >= 0 and parsed.tokens[verb].is_verb(parsed.lexicon.coming)
