"""The complements of a verb or noun: phrases with a preposition, up to the end of the clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.model import Kind
from loaders.reading.adjuncts import is_owned
from loaders.reading.inflection import Form
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category

_SEVERAL: Final = 2
_RELATIVE: Final = 14
"""Tokens within which a relative clause between commas closes."""


def complements(parsed: Parse, after: int, *, done: bool = False) -> list[Phrase]:
    """Phrases with a preposition to the right of token `after`, up to the end of the clause.

    The clause ends at the next finite verb, relative pronoun, conjunction or strong punctuation.
    With `done`, those of a participle that tells who did what a noun names count too.
    """
    found = parsed.complements.get((after, done))
    if found is None:
        found = parsed.complements[after, done] = list(_complements(parsed, after, done))
    return found


def nearest_first(
    parsed: Parse, after: int, positions: tuple[str, ...], alike: frozenset[str]
) -> tuple[str, ...]:
    """`positions`, the prepositions among them that say the same by how near they stand.

    "X à la présidence de Y et Z à la tête de …": those `alike` in the order of the text.
    """
    if len(alike.intersection(positions)) < _SEVERAL or parsed.prepositions.isdisjoint(alike):
        return positions
    told = {p.preposition: p.start for p in reversed(complements(parsed, after))}
    heads = [position for position in positions if position in alike]
    heads.sort(key=lambda position: told.get(position, len(parsed.tokens)))
    return tuple(heads.pop(0) if position in alike else position for position in positions)


def repeated(parsed: Parse, first: Phrase, after: int) -> list[Phrase]:
    """Those with the preposition of `first` again, coordinated with it or what it is told by.

    "par X, passé par Y, *et par deux anciens de Z*"
    """
    return [
        phrase
        for phrase in complements(parsed, after)
        if _is_again(parsed, phrase, first)
        and phrase.start > first.end
        and phrase not in first.group
        and parsed.category(phrase.start - 2) is Category.COORDINATOR
    ]


def _is_again(parsed: Parse, phrase: Phrase, first: Phrase) -> bool:
    """Whether a preposition is said again, or its last word: "auprès de A et *de* B"."""
    last = (first.preposition or "").rpartition(" ")[2]
    again = parsed.lexicon.contractions.get(last, last)
    return phrase.preposition in (first.preposition, again)


def of_sum(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """Whose the sum in a phrase is: "la levée de fonds de 30 millions d'euros *de Y*"."""
    if parsed.category(phrase.head) is not Category.AMOUNT:
        return None
    behind = parsed.at.get(phrase.end + 1)
    owned = behind is not None and behind.preposition == parsed.lexicon.genitive
    return behind if owned and behind is not None and behind.start == phrase.end + 1 else None


def _complements(parsed: Parse, after: int, done: bool) -> Iterator[Phrase]:
    index = after + 1
    while index < len(parsed.tokens):
        token = parsed.tokens[index]
        if token.category is Category.RELATIVE and parsed.category(index + 1) is Category.AMOUNT:
            index += 1  # "a levé 150 millions, dont 50 millions auprès de X"
            continue
        if token.category is Category.WHO and (closed := _past_relative(parsed, index)):
            index = closed
            continue
        if token.category in (
            Category.STOP,
            Category.WHO,
            Category.RELATIVE,
            Category.SUBORDINATOR,
        ):
            return
        if token.is_finite and not token.has_form(Form.PARTICIPLE):
            return
        if token.preposition in parsed.lexicon.before_links and index + 1 not in parsed.at:
            return  # "a commencé chez Y avant d'entrer chez Z": Z is the infinitive's
        phrase = parsed.at.get(index)
        if phrase is not None:
            if phrase.preposition is not None and not is_owned(parsed, phrase, after, done):
                yield phrase
            index = phrase.end
        else:
            index += 1


def _past_relative(parsed: Parse, who: int) -> int | None:
    """Behind a relative clause between commas: "a cédé Y, *qui emploie 60 personnes*, à Z".

    Another preposition must follow than those in it: "Y, qui vend à A, à B et à C".
    """
    if parsed.category(who - 1) is not Category.COMMA:
        return None
    inside: set[str | None] = set()
    for index in range(who + 1, min(who + _RELATIVE, len(parsed.tokens) - 1)):
        token = parsed.tokens[index]
        if token.category in (Category.STOP, Category.WHO, Category.RELATIVE, Category.COORDINATOR):
            return None
        if token.category is Category.COMMA:
            after = parsed.tokens[index + 1].preposition
            closed = after is not None and after not in inside
            return index + 1 if closed and after != parsed.lexicon.genitive else None
        inside.add(token.preposition)
    return None


def is_anothers(parsed: Parse, verb: int, phrase: Phrase) -> bool:
    """Whether a complement goes with somebody who is named behind a comma in between.

    "Il a reconduit A à la tête de Y, B à la présidence de Z": the latter is B's.
    """
    for other in parsed.phrases:
        if not verb < other.start < phrase.start:
            continue
        if other.preposition not in (None, parsed.lexicon.genitive):
            continue
        inserted = parsed.category(other.end) is Category.COMMA and phrase.start == other.end + 2
        if other.group and other.group[0] is not other and not inserted:
            continue  # "A et B à la tête de Y": both
        mention = parsed.mention(other)
        before_it = other.start - 1 - (other.preposition is not None)
        parted = parsed.category(before_it) in (Category.COMMA, Category.COORDINATOR)
        own = inserted or parsed.category(other.end) is Category.PREPOSITION  # "et B, chez Z,"
        if parted and own and mention is not None and mention.entity.kind is Kind.PERSON:
            before = (p for p in parsed.phrases if verb < p.start < other.start)
            return any(p.preposition == other.preposition and parsed.mention(p) for p in before)
    return False
