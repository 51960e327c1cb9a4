"""Complements before their verb: "Chez Y, X travaille", "Y, où X travaille", "Y, dont X est le"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from loaders.reading.arguments import antecedent
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup
from loaders.reading.tokens import Category

_RELATIVE_REACH: Final = 8
_CLAUSE_REACH: Final = 16


def place_antecedent(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """The place that a relative pronoun stands for: "Y, où travaille X"."""
    for index in range(group.start - 1, max(-1, group.start - _RELATIVE_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.RELATIVE:
            where = token.lower in parsed.lexicon.place_relatives
            return antecedent(parsed, index) if where else []
        if token.category in (Category.STOP, Category.COMMA) or token.is_finite:
            return []
    return []


def relative_complement(parsed: Parse, group: VerbGroup, preposition: str) -> list[Phrase]:
    """What a relative pronoun with this preposition stands for: "Y, dans laquelle X a investi"."""
    if group.start not in parsed.relatives:
        parsed.relatives[group.start] = _relative_before(parsed, group.start)
    index = parsed.relatives[group.start]
    if index is None:
        return []
    token = parsed.tokens[index]
    if token.category is Category.WHO:
        stated = parsed.tokens[index - 1].preposition if index else None
    else:
        whose = token.lower == parsed.lexicon.whose  # "Y, dont X a pris 10 %"
        stated = parsed.lexicon.genitive if whose else parsed.lexicon.contractions.get(token.lower)
    return antecedent(parsed, index) if stated == preposition else []


def _relative_before(parsed: Parse, start: int) -> int | None:
    """The relative pronoun that opens the clause of a verb group."""
    for index in range(start - 1, max(-1, start - _CLAUSE_REACH), -1):
        token = parsed.tokens[index]
        if token.category in (Category.WHO, Category.RELATIVE):
            return index
        if token.category is Category.STOP or token.is_finite:
            return None
    return None


def relative_owner(parsed: Parse, phrase: Phrase) -> list[Phrase]:
    """Whose a noun behind "dont" is: "Y, dont le modèle X …", "Y, dont X est la filiale"."""
    for index in range(phrase.start - 1, max(-1, phrase.start - _RELATIVE_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.RELATIVE:
            return antecedent(parsed, index) if token.lower == parsed.lexicon.whose else []
        if token.category in (Category.STOP, Category.COMMA):
            return []
        if token.is_finite and not token.is_verb(frozenset({parsed.lexicon.passive_auxiliary})):
            return []
    return []


def fronted_complements(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """Phrases with a preposition that open the clause: "Chez Y, X travaille depuis …"."""
    found = parsed.fronted.get(group.start)
    if found is None:
        found = parsed.fronted[group.start] = list(_fronted(parsed, group))
    return found


def _says(parsed: Parse, que: int) -> bool:
    """Whether what somebody says begins there: "assure que", "on dit que"."""
    return parsed.tokens[que - 1].is_verb(parsed.lexicon.speech)


def _behind_cleft(parsed: Parse, start: int) -> int:
    """Behind the words that set a complement off: "*C'est* à X que revient …"."""
    index = start + 1
    if start >= len(parsed.tokens) or parsed.tokens[start].lower not in parsed.lexicon.cleft:
        return start
    if not parsed.tokens[index].is_verb(parsed.lexicon.copulas):
        return start
    index += 1
    while parsed.category(index) is Category.ADVERB:
        index += 1
    return index


def _fronted(parsed: Parse, group: VerbGroup) -> Iterator[Phrase]:
    start = group.start
    while start > 0 and parsed.category(start - 1) is not Category.STOP:
        start -= 1
    start = _behind_cleft(parsed, start)
    if parsed.category(start) is not Category.PREPOSITION:
        return
    between = range(start + 1, group.start)
    if any(parsed.tokens[i].lower in ("que", "qu'") and _says(parsed, i) for i in between):
        return  # "Chez Y, on assure que X partira"
    index = start + 1
    closing = (Category.COMMA, Category.RELATIVE, Category.SUBORDINATOR)
    while index < group.start and parsed.category(index) not in closing:
        phrase = parsed.at.get(index)
        if phrase is not None:
            if phrase.preposition is not None:
                yield phrase
            index = phrase.end
        else:
            index += 1
