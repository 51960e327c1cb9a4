"""Whose a sum or a day is where a sentence has several verbs: not that of another's clause."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from loaders.reading.clauses import backwards, clause_bounds
from loaders.reading.phrases import Parse
from loaders.reading.predicates import verb_group
from loaders.reading.tokens import Category

_DATE_REACH: Final = 4
"""Tokens before a date in which a verb is taken for the one that it dates."""


def is_in_relative(parsed: Parse, place: int, trigger: int, of: Collection[str] = ()) -> bool:
    """Whether a sum or date is told by a relative clause behind the verb, with its own verb.

    In "détient 20 % de Y, part que Z paierait 4 milliards" the sum is not what the share cost; it
    is where the clause is `of` what is paid: "pour une prime qui dépasse 4 millions".
    """
    if parsed.category(trigger) is not Category.VERB:
        return False
    for index in range(place - 1, trigger, -1):
        token = parsed.tokens[index]
        if token.category in (Category.COMMA, Category.STOP, Category.CLOSE, Category.QUOTE):
            return False
        if token.category in (Category.WHO, Category.RELATIVE):
            told = parsed.tokens[index - 1].lower in of
            inside = parsed.tokens[index + 1 : place]
            return not told and (not inside or any(token.is_finite for token in inside))
    return False


def _is_inserted_behind(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether a date stands between commas behind another verb: "qui aborde, ce mois-ci, …"."""
    verb = date - 2
    if date < trigger or parsed.category(date - 1) is not Category.COMMA or verb == trigger:
        return False
    return parsed.tokens[verb].is_finite and verb not in verb_group(parsed, trigger).verbs


def _is_fronted(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether a participle that opens the sentence has the date: "*Arrivée* en 2020, elle part".

    Or a bare noun: "*Diplômée* de Lyon en 2020, elle part".
    """
    start, _ = clause_bounds(parsed, trigger)
    opener = parsed.tokens[start]
    bare = opener.category in (Category.NOUN, Category.ADJECTIVE)
    participle = opener.category is Category.VERB and not opener.is_finite
    if not start < date < trigger or not (bare or participle):
        return False
    commas = [i for i in range(start, trigger) if parsed.category(i) is Category.COMMA]
    return bool(commas) and commas[0] > date


def _is_aside_before(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether a closed relative clause before the verb has it: "X, qui a servi Y en 2011, part"."""
    return date < trigger and date not in backwards(parsed, trigger)


def _is_before_relative(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether the verb says only in passing who it is: "En mai, X, qui travaillait chez Y, …"."""
    for index in backwards(parsed, trigger):
        if index <= date:
            break
        if parsed.category(index) in (Category.WHO, Category.RELATIVE):
            return parsed.category(index - 1) is Category.COMMA
    return False


def _is_in_another(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether one of the two stands in a subordinate clause: "X part en mai, alors que Y reste".

    Not where that ends before: "En mai, alors qu'il dirigeait Y, il part".
    """
    first, last = min(date, trigger), max(date, trigger)
    for index in range(first + 1, last):
        if parsed.category(index) is not Category.SUBORDINATOR:
            continue
        if parsed.category(index - 1) is not Category.COMMA:
            continue
        if date > trigger:
            return parsed.category(date - 1) is not Category.COMMA
        return not any(token.is_finite for token in parsed.tokens[index:last])
    return False


def belongs_elsewhere(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether a date follows another verb directly: "qu'il a créée en 2016 … pour rejoindre Y"."""
    if _tells_what_one_is(parsed, date, trigger):
        return True
    if parsed.category(trigger) is not Category.VERB:
        return False
    if is_in_relative(parsed, date, trigger) or _is_inserted_behind(parsed, date, trigger):
        return True
    if _is_fronted(parsed, date, trigger) or _is_aside_before(parsed, date, trigger):
        return True
    if _is_before_relative(parsed, date, trigger) or _is_in_another(parsed, date, trigger):
        return True
    for index in range(date - 1, max(-1, date - _DATE_REACH), -1):
        token = parsed.tokens[index]
        if index == trigger or token.category in (Category.COMMA, Category.STOP):
            return False
        if token.lower in parsed.lexicon.charged:
            continue  # "nommé directeur chargé des achats en mai"
        if token.category is Category.VERB and not token.is_verb(parsed.lexicon.auxiliaries):
            return index not in verb_group(parsed, trigger).verbs
    return _is_parted(parsed, date, trigger)


def _tells_what_one_is(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether a comma stands before a date and a bare noun behind: "par X, aujourd'hui patron"."""
    if date < trigger or parsed.category(date - 1) is not Category.COMMA:
        return False
    return parsed.category(date + 1) is Category.NOUN


def _is_parted(parsed: Parse, date: int, trigger: int) -> bool:
    """Whether another step's verb comes first: "X a servi Y avant de *rejoindre* Z en 2004"."""
    links = parsed.lexicon.before_links
    between = range(trigger + 1, date)
    return any(parsed.tokens[index].preposition in links for index in between)
