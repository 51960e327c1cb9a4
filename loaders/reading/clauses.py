"""Clauses: their bounds, what is quoted, and the verb that a noun phrase depends on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from loaders.reading.adjuncts import before_insertion
from loaders.reading.phrases import Parse, Phrase, opening_bracket
from loaders.reading.predicates import VerbGroup, insertion_opening, verb_group
from loaders.reading.tokens import Category

_PAIR: Final = 2
_APPOSED: Final = frozenset({Category.DETERMINER, Category.ADJECTIVE, Category.NOUN})
_INSERTED: Final = 12


def governing_verb(parsed: Parse, phrase: Phrase) -> VerbGroup | None:
    """The verb whose object or complement `phrase` is, or else whose subject."""
    for index in range(_behind_verb(parsed, phrase.start) - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category in (Category.STOP, Category.COMMA):
            break
        if token.category is Category.VERB and token.readings:
            helps = token.is_verb(parsed.lexicon.auxiliaries) and _leads_to_unknown(parsed, index)
            return None if helps else verb_group(parsed, index)
    for index in range(phrase.end, len(parsed.tokens)):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            break
        if token.category is Category.VERB and (token.readings or token.is_finite):
            last = index
            while (
                last + 1 < len(parsed.tokens)
                and parsed.tokens[last].is_verb(parsed.lexicon.auxiliaries)
                and parsed.category(last + 1) in (Category.VERB, Category.ADVERB, Category.NEGATION)
            ):
                last += 1
            return verb_group(parsed, last if parsed.category(last) is Category.VERB else index)
    return None


def _behind_verb(parsed: Parse, start: int) -> int:
    """Where what starts there would without an insertion: "a annoncé, *par la voix de X*, le …"."""
    before = start - 1
    opening = before_insertion(parsed, before)
    if opening == before:
        return start
    index = opening
    while parsed.category(index) in (Category.ADVERB, Category.DATE):
        index -= 1
    return opening + 1 if parsed.category(index) is Category.VERB else start


def _leads_to_unknown(parsed: Parse, index: int) -> bool:
    """Whether an auxiliary stands before a participle of a verb that nothing is known of."""
    index += 1
    while parsed.category(index) in (Category.ADVERB, Category.NEGATION, Category.DATE):
        index += 1
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    return token is not None and token.category is Category.VERB and not token.readings


def is_asked(parsed: Parse, index: int, *, apposed: bool) -> bool:
    """Whether the sentence asks for the post that a noun tells.

    What is `apposed` to a name tells a fact beside a verb: "Qui est X, *le patron de Y* ?".
    """
    if not apposed or not parsed.asks(index):
        return parsed.asks(index)
    while parsed.category(index - 1) in _APPOSED:
        index -= 1
    set_off = parsed.category(index - 1) is Category.COMMA
    named = set_off and parsed.category(index - 2) is Category.MENTION
    return not (named and any(token.is_finite for token in parsed.tokens))


def clause_bounds(parsed: Parse, index: int) -> tuple[int, int]:
    """Tokens between the strong stops around `index`."""
    stops = parsed.stops
    following = bisect_left(stops, index)
    start = stops[following - 1] + 1 if following else 0
    return start, stops[following] if following < len(stops) else max(index, len(parsed.tokens))


def insertion_start(parsed: Parse, comma: int) -> int | None:
    """The comma that opens the insertion which `comma` closes, with a noun phrase before it."""
    index = comma - 1
    while index > 0:
        category = parsed.category(index)
        if category is Category.STOP:
            return None
        if category is Category.CLOSE:
            index = opening_bracket(parsed, index)
        elif category is Category.COMMA and (
            (index - 1) in parsed.at or parsed.category(index - 1) is Category.CLOSE
        ):
            return index
        index -= 1
    return None


def insertions(parsed: Parse, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is told in passing within a clause: "X, *qui dirige Y*, a …", "X, *fondé par Y*, a …".

    Each by the comma before it, and that behind it or the clause's end.
    """
    commas = [i for i in range(start, end) if parsed.category(i) is Category.COMMA]
    for opened, closed in pairwise([*commas, end]):
        first = parsed.tokens[opened + 1] if opened + 1 < end else None
        if first is None or (opened - 1) not in parsed.at:
            continue
        participle = first.category is Category.VERB and not first.is_finite
        # the tagger takes "pressenti pour" for an adverb
        leads_on = parsed.category(opened + 2) is Category.PREPOSITION
        participle = participle or (first.category is Category.ADVERB and leads_on)
        if participle or first.category in (Category.WHO, Category.RELATIVE):
            yield opened, closed


def tells_of_leaving(parsed: Parse, opened: int, closed: int) -> bool:
    """Whether a clause between commas tells what somebody has left: "X, qui a quitté Y, pour Z"."""
    inside = parsed.tokens[opened + 1 : closed]
    if parsed.category(opened + 1) is not Category.WHO:
        return False
    return any(token.is_verb(parsed.lexicon.coming) for token in inside)


def who_before(parsed: Parse, comma: int) -> int | None:
    """The relative pronoun before an insertion that `comma` closes: "X, qui*, lui,* rejoint Y"."""
    opened = insertion_opening(parsed, comma, _INSERTED)
    return opened - 1 if opened and parsed.category(opened - 1) is Category.WHO else None


def before_place(parsed: Parse, index: int) -> int:
    """The token before a place set off behind a name: "la Banque Y*, à Toulouse*, que …"."""
    phrase = parsed.at.get(index)
    if phrase is None or phrase.preposition not in parsed.lexicon.located:
        return index
    mention = parsed.mention(phrase)
    ours = mention is not None and mention.entity.kind is not None
    opened = phrase.start - 2
    return index if ours or parsed.category(opened) is not Category.COMMA else opened - 1


def quotations(parsed: Parse) -> list[tuple[int, int]]:
    """The stretches between quotation marks; one that is not closed goes to the end."""
    marks = [i for i, token in enumerate(parsed.tokens) if token.category is Category.QUOTE]
    marks += [len(parsed.tokens)] * (len(marks) % 2)
    return list(zip(marks[::2], marks[1::2], strict=True))


def named_by_number(parsed: Parse, opened: int, closed: int) -> Phrase | None:
    """Who is named behind a number of them: "Deux de ses fondateurs, *A et B*, ont …".

    `opened` and `closed` are the commas around them.
    """
    named, before = parsed.at.get(opened + 1), parsed.at.get(opened - 1)
    if named is None or named.mention is None or named.preposition is not None:
        return None
    several = len(named.group) > 1 and named.group[-1].end == closed
    number = parsed.at.get(before.start - 2) if before is not None else None
    if not several or before is None or number is None:
        return None
    told = parsed.category(number.head) is Category.NUMBER
    return named if told and before.preposition == parsed.lexicon.genitive else None


def ahead(parsed: Parse, position: int) -> Iterator[int]:
    """Tokens behind `position`, without a relative clause: "Venue de Y, où elle …, X …"."""
    index = position + 1
    while index < len(parsed.tokens):
        if parsed.category(index) in (Category.RELATIVE, Category.WHO):
            index = _relative_end(parsed, index)
        yield index
        index += 1


def backwards(parsed: Parse, position: int) -> Iterator[int]:
    """Tokens before `position`, without a closed relative clause: "X vend Y, qui …, et achète"."""
    index = position - 1
    while index >= 0:
        yield index
        if parsed.category(index) is Category.COMMA:
            index = _relative_start(parsed, index)
        index -= 1


def _relative_start(parsed: Parse, closing: int) -> int:
    """The comma that opens the relative clause which `closing` closes; else `closing`."""
    verb = False
    for before in range(closing - 1, 0, -1):
        category = parsed.category(before)
        if category in (Category.STOP, Category.COMMA):
            break
        if category in (Category.RELATIVE, Category.WHO):
            opened = verb and parsed.category(before - 1) is Category.COMMA
            return before - 1 if opened else closing
        verb = verb or parsed.tokens[before].is_finite
    return closing


def _relative_end(parsed: Parse, index: int) -> int:
    """The comma that closes the relative clause which opens behind another; else `index`."""
    if parsed.category(index - 1) is not Category.COMMA:
        return index
    verb = False
    for later in range(index + 1, len(parsed.tokens)):
        if parsed.category(later) is Category.STOP:
            break
        if verb and parsed.category(later) is Category.COMMA:
            return later
        verb = verb or parsed.tokens[later].is_finite
    return index


def before_emphasis(parsed: Parse, index: int) -> int:
    """The comma before a pronoun that only takes up who stands before it: "A et B, *tous deux*"."""
    phrase = parsed.at.get(index)
    if phrase is None or not phrase.pronoun or phrase.preposition is not None:
        return index
    before = phrase.start - 1
    return before if parsed.category(before) is Category.COMMA else index


def both(parsed: Parse, index: int, found: list[Phrase]) -> list[Phrase]:
    """`found` with the last two of its list only, if a word for two at `index` takes them up."""
    phrase = parsed.at.get(index)
    if phrase is None or not found or not phrase.pronoun or len(found[0].group) <= _PAIR:
        return found
    two = parsed.text(phrase.start, phrase.end).split()[-1].lower() in parsed.lexicon.two
    return [replace(found[0], group=found[0].group[-_PAIR:]), *found[1:]] if two else found


def listed_behind(parsed: Parse, verb: int) -> list[Phrase]:
    """A subject behind a colon: "Sont nommés directeurs : X et Y"."""
    for index in range(verb + 1, len(parsed.tokens)):
        if parsed.category(index) is Category.STOP:
            phrase = parsed.at.get(index + 1)
            named = phrase is not None and phrase.mention is not None
            return [phrase] if named and phrase and parsed.tokens[index].text == ":" else []
    return []


def head_phrase(parsed: Parse, phrase: Phrase) -> Phrase:
    """What a complement belongs to: "à *un tour* de 8 millions d'euros"."""
    while phrase.preposition == parsed.lexicon.genitive:
        before = next((p for p in parsed.phrases if p.end == phrase.start - 1), None)
        if before is None:
            break
        phrase = before
    return phrase


def is_subject_pronoun(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is a pronoun that no object is: "il", but "celui-ci" may be one."""
    return parsed.tokens[phrase.start].lower in parsed.lexicon.subject_pronouns


def relative_of(parsed: Parse, verb: int) -> int | None:
    """The relative pronoun whose clause holds the verb, without a comma between."""
    for index in range(verb - 1, -1, -1):
        category = parsed.category(index)
        if category in (Category.WHO, Category.RELATIVE):
            return index
        if category in (Category.COMMA, Category.STOP, Category.SUBORDINATOR):
            return None
    return None
