"""Whose a role is: the name that it is apposed to, that a verb gives it to, that follows it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from graph.model import Kind
from loaders.reading.anaphors import Anaphor
from loaders.reading.arguments import main_subject, object_candidates, subject_candidates
from loaders.reading.clauses import before_emphasis
from loaders.reading.control import brought_to_do
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import (
    insertion_opening,
    is_bare_participle,
    is_said_of_one,
    verb_group,
)
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_employers import kind_of
from loaders.reading.role_examples import several_holders
from loaders.reading.role_kin import is_kins, is_of_theirs
from loaders.reading.role_spans import EMPLOYERS, PERSON, Role, is_definite, opens_anew
from loaders.reading.tokens import Category

_PERHAPS_PERSON: Final = (Kind.PERSON, None)
_AGE: Final = [Category.PREPOSITION, Category.NUMBER, Category.NOUN]
_STEPS: Final = 3
_BETWEEN: Final = frozenset({Category.ADVERB, Category.DATE})
_DATE_SET_OFF: Final = [Category.COMMA, Category.DATE, Category.COMMA]
_DATED: Final = _BETWEEN | {Category.COMMA}
_INSERTION: Final = _BETWEEN | {Category.PREPOSITION, Category.NOUN, Category.ADJECTIVE}
_INSERTED: Final = 8
"""Tokens from a participle behind a post in which its holder is named, or a comma stands."""


def find_holder(
    parsed: Parse,
    role: Role,
    phrase: Phrase,
    resolver: Resolver,
    data: RoleData,
    before: list[Role],
) -> None:
    """Fill in whose role it is, and what verb gives it; `before` are the roles to its left."""
    if phrase.mention is not None and kind_of(parsed, phrase) is Kind.PERSON:
        role.holders = resolver.fill(parsed, [phrase], PERSON).entities
    previous = _step_back(parsed, role.start - 1, data)
    token = parsed.tokens[previous] if previous >= 0 else None
    if token is not None and not role.holders:
        if token.category is Category.VERB and token.is_verb(data.verbs):
            _given_by_verb(parsed, role, previous, resolver, data)
        elif token.category in (Category.COMMA, Category.OPEN):
            role.holders = apposed_to(
                parsed,
                previous,
                before,
                role.plural,
                anew=opens_anew(parsed, role),
                family=data.family,
            )
        elif token.category is Category.COORDINATOR:
            role.holders = _conjoined(parsed, previous, before, role)
        elif token.category is Category.MENTION:
            _behind_name(parsed, role, previous, resolver, data)
    if not role.holders and role.group is None:
        role.holders = _following(parsed, role, resolver, data) or pointed_at(
            parsed, role, resolver
        )
    if not role.holders and role.plural and role.group is None:
        role.holders = several_holders(parsed, role, phrase, resolver, data)


def _step_back(parsed: Parse, index: int, data: RoleData) -> int:
    """Over a date that may stand before a role: "est depuis 2015", "est, depuis 2015,"."""
    index = before_emphasis(parsed, index)  # "A et B, *tous deux* anciens de Y"
    if parsed.category(index) is Category.DATE:
        return index - 1
    around = [parsed.category(i) for i in range(index - 2, index + 1)]
    if around == _AGE and parsed.tokens[index].lower in ("ans", "an"):
        return index - 3  # "devient à 39 ans le patron de Y"
    if around == [Category.COMMA, Category.DATE, Category.COMMA]:
        return index - 3
    before = _before_insertion(parsed, index)
    return before if parsed.tokens[before].is_verb(data.verbs) else index


def _before_insertion(parsed: Parse, comma: int) -> int:
    """The verb before an insertion that `comma` closes: "était, *avant Y,* directeur de Z"."""
    opening = insertion_opening(parsed, comma, _INSERTED)
    if opening is None or parsed.category(opening + 1) is Category.MENTION:
        return comma
    before = opening - 1
    while before > 0 and parsed.category(before) in _BETWEEN:
        before -= 1
    return before


def apposed_to(
    parsed: Parse,
    comma: int,
    before: list[Role],
    plural: bool,
    *,
    anew: bool = False,
    family: Collection[str] = (),
) -> list[NamedEntity]:
    """Whom an apposition behind `comma` describes: the name before it, or who has a role there.

    With `plural` all who are listed there; with `anew` no name behind a preposition. Nobody is
    meant where it may be one of the `family` of whom it names: "la femme de X, directrice de Y".
    """
    index = comma - 1
    for role in reversed(before):
        if role.end == comma and role.holders:
            return role.holders
    steps = 0
    while index >= 0 and steps < _STEPS:
        if parsed.category(index) in _BETWEEN:
            index -= 1
            continue
        if parsed.category(index) is Category.CLOSE:
            index = _opening(parsed, index) - 1
            continue
        phrase = parsed.at.get(index)
        if phrase is None:
            return []
        if anew and phrase.preposition is not None:
            return []
        if is_kins(parsed, phrase, family):
            return []
        if phrase.mention is not None and kind_of(parsed, phrase) in _PERHAPS_PERSON:
            return _people(parsed, phrase, plural)
        if phrase.preposition is not None:
            index = phrase.start - 2
            continue
        if parsed.category(phrase.start - 1) is Category.COMMA:
            index, steps = phrase.start - 2, steps + 1
            continue
        return []
    return []


def _people(parsed: Parse, phrase: Phrase, plural: bool) -> list[NamedEntity]:
    members = phrase.group if plural else [phrase]
    mentions = [parsed.mention(member) for member in members]
    return [m.entity for m in mentions if m is not None and m.entity.kind in _PERHAPS_PERSON]


def _opening(parsed: Parse, close: int) -> int:
    opened = (i for i in range(close - 1, -1, -1) if parsed.category(i) is Category.OPEN)
    return next(opened, close)


def _conjoined(
    parsed: Parse, coordinator: int, before: list[Role], role: Role
) -> list[NamedEntity]:
    """Whom the other half of a pair describes: "X, prix Nobel de chimie et patron de Y"."""
    end = coordinator
    if parsed.category(end - 1) is Category.COMMA:
        end -= 1
    for other in reversed(before):
        if other.end == end and other.holders:
            if role.plural and len(other.holders) == 1:
                return []  # "X, ancien de Y, et trois anciens de Z : A"
            # "Il a été recteur de Y, puis directeur de Z": one verb gives both.
            role.group, role.appointed = other.group, other.appointed
            role.former = role.former or (other.former and other.group is None)
            return other.holders
    index = end - 1
    while index >= 0:
        phrase = parsed.at.get(index)
        if phrase is None and not _is_passed_over(parsed, index):
            return []
        if phrase and phrase.mention is not None and kind_of(parsed, phrase) is Kind.PERSON:
            return []
        index = (phrase.start if phrase is not None else index) - 1
        if parsed.category(index) is Category.PREPOSITION:
            index -= 1
        elif parsed.category(index) in (Category.COMMA, Category.OPEN):
            found = apposed_to(parsed, index, before, role.plural)
            return [] if role.plural and len(found) == 1 else found
    return []


def _is_passed_over(parsed: Parse, index: int) -> bool:
    """Whether a time or a participle stands there: "X, *passé* par Y *en 2015* et patron de Z"."""
    if parsed.category(index) in _BETWEEN:
        return True
    verb = parsed.category(index) is Category.VERB and bool(parsed.tokens[index].readings)
    return verb and is_bare_participle(parsed, verb_group(parsed, index))


def _given_by_verb(
    parsed: Parse, role: Role, verb: int, resolver: Resolver, data: RoleData
) -> None:
    """ "X est nommée directrice": the subject of a verb that the role follows."""
    group = verb_group(parsed, verb)
    bare = is_bare_participle(parsed, group)
    passive = group.passive_auxiliary and not group.reflexive
    if parsed.tokens[verb].is_verb(data.gaining) and not (passive or bare):
        return  # "Y nomme deux directeurs : A et B", "Y s'est choisi un patron, X": not the subject
    role.group = group
    role.appointed = parsed.tokens[verb].is_verb(data.appointing)
    if group.adjunct in data.growing:
        role.appointed = False  # "jusqu'à devenir PDG": who was there already
    one = is_said_of_one(parsed, group) and not role.plural
    subjects = subject_candidates(parsed, group)
    brought = brought_to_do(parsed, group, PERSON, resolver, ())
    asked = resolver.fill(parsed, subjects, PERSON, alone=one) if brought is None else brought
    role.holders = asked.entities
    if not role.holders and parsed.tokens[verb].is_verb(
        frozenset({parsed.lexicon.passive_auxiliary})
    ):
        # "Le patron de Y est X": handled where the role is read, before the verb.
        role.group = None


def _behind_name(
    parsed: Parse, role: Role, mention: int, resolver: Resolver, data: RoleData
) -> None:
    """ "Y nomme X directrice", or in a headline "X nouveau patron de Y"."""
    phrase = parsed.at[mention]
    verb = phrase.start - 1
    while parsed.category(verb) in _BETWEEN:
        verb -= 1
    if verb >= 0 and parsed.tokens[verb].is_verb(data.verbs):
        group = verb_group(parsed, verb)
        role.group = group
        role.appointed = parsed.tokens[verb].is_verb(data.appointing)
        objects = object_candidates(parsed, group, verb)
        role.holders = resolver.fill(parsed, objects, PERSON).entities
        if not role.employers:
            subjects = subject_candidates(parsed, group)
            role.employers = resolver.fill(parsed, subjects, EMPLOYERS).entities
    elif role.employers and kind_of(parsed, phrase) is Kind.PERSON:
        role.holders = _people(parsed, phrase, role.plural)


def pointed_at(parsed: Parse, role: Role, resolver: Resolver) -> list[NamedEntity]:
    """The person whom a demonstrative points back to: "cette ancienne de Y"."""
    token = parsed.tokens[role.start]
    if token.lower not in parsed.lexicon.demonstratives:
        return []
    gender = parsed.lexicon.demonstratives[token.lower]
    here = (parsed.sentence.index, token.start, parsed.tokens[role.end - 1].end)
    return resolver.discourse.resolve(Anaphor(PERSON, gender=gender), *here)


def _following(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> list[NamedEntity]:
    """Who is named right after the role: "le PDG de Y, X", "deux anciens de Y, X et Z".

    A role that opens the sentence describes its subject: "Professeure à Y, elle …".
    """
    tokens, lexicon = parsed.tokens, parsed.lexicon
    definite = is_definite(parsed, role) or tokens[role.start].lower in lexicon.possessives
    fronted = is_fronted(parsed, role.start)
    index = _past_participle(parsed, role.end) if definite else role.end
    while parsed.category(index) in _BETWEEN:
        index += 1
    if [parsed.category(i) for i in range(index, index + 3)] == _DATE_SET_OFF:
        behind = tokens[index + 3 : index + 4]  # "un président, le 13 mai, en la personne de X"
        index += 3 * any(token.preposition in data.personal for token in behind)
    if index < len(tokens) and tokens[index].preposition in data.personal:
        named = parsed.at.get(index + 1)  # "une nouvelle directrice en la personne de X"
        return resolver.fill(parsed, [named], PERSON, alone=True).entities if named else []
    if definite and _is_town(parsed, index):
        index += 2  # "le directeur de l'usine Y de Douai, X"
    set_off = parsed.category(index) in (Category.COMMA, Category.OPEN)
    if set_off:
        told = _is_presented(parsed, role) or _is_speaker(parsed, role)
        if not (definite or role.plural or fronted or told) or is_of_theirs(parsed, role, data):
            return []
        index += 1
        index += role.plural and tokens[index].lower == lexicon.whose  # "deux associés, dont X"
    elif (
        index < len(tokens)
        and tokens[index].text == ":"
        and (definite or role.plural or _is_presented(parsed, role))
    ):
        index += 1
    elif not definite and not role.plural:
        return _said_to_be(parsed, role, index, resolver, data)
    phrase = parsed.at.get(index)
    if phrase is None or phrase.preposition is not None or phrase.start != index:
        found = _said_to_be(parsed, role, index, resolver, data)
        if found or not (fronted and set_off):
            return found
        return resolver.fill(parsed, main_subject(parsed, role.end), PERSON).entities
    if phrase.pronoun and not fronted:
        return []
    if set_off and not fronted and _is_circumstance(parsed, role, phrase):
        return []
    found = resolver.fill(parsed, [phrase], PERSON, alone=not role.plural).entities
    if found or not (fronted and set_off):
        return found
    return resolver.fill(parsed, main_subject(parsed, role.end), PERSON).entities


def _is_town(parsed: Parse, index: int) -> bool:
    """Whether a preposition and a place of no kind of ours stand there, with a comma behind."""
    mention = parsed.tokens[index + 1].mention if index + 1 < len(parsed.tokens) else None
    place = mention is not None and mention.entity.kind is None
    linked = parsed.category(index) is Category.PREPOSITION
    return place and linked and parsed.category(index + 2) is Category.COMMA


def _past_participle(parsed: Parse, index: int) -> int:
    """Behind what a participle tells of a post before its holder's name.

    "la directrice générale *nommée en septembre dernier* X", "le patron *arrivé au printemps*, X".
    """
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    if (
        token is None
        or not token.readings
        or not is_bare_participle(parsed, verb_group(parsed, index))
    ):
        return index
    for after in range(index + 1, min(index + _INSERTED, len(parsed.tokens))):
        phrase = parsed.at.get(after)
        if parsed.category(after) is Category.COMMA:
            return after
        if phrase is None and parsed.category(after) not in _INSERTION:
            return index
        if phrase is not None and phrase.mention is not None:
            named = phrase.preposition is None and kind_of(parsed, phrase) is Kind.PERSON
            return phrase.start if named else index
    return index


def is_fronted(parsed: Parse, start: int) -> bool:
    """Whether what begins at `start` opens its sentence, perhaps behind another description."""
    for index in range(start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            return True
        free = parsed.at.get(index)
        named = free is not None and free.preposition is None and free.mention is not None
        if token.is_finite or named or token.category in (Category.WHO, Category.RELATIVE):
            return False
    return start == 0 or parsed.category(start - 1) in (
        Category.COMMA,
        Category.COORDINATOR,
        Category.ADVERB,
        Category.QUOTE,
    )


def _is_presented(parsed: Parse, role: Role) -> bool:
    """Whether a verb presents who has the role: "c'est un ancien de Y, X", "Y a un PDG : X"."""
    verb = parsed.at[role.noun].start - 1 if role.noun in parsed.at else role.start - 1
    while parsed.category(verb) is Category.ADVERB:
        verb -= 1
    if verb > 0 and parsed.tokens[verb - 1].is_verb(parsed.lexicon.fitting):
        verb -= 1  # "Y se dote d'un nouveau patron : X"
    presenting = parsed.lexicon.having | {parsed.lexicon.passive_auxiliary}
    return verb >= 0 and parsed.tokens[verb].is_verb(presenting)


def _is_speaker(parsed: Parse, role: Role) -> bool:
    """Whether a verb of saying stands before the role: "« … », résume un porte-parole de Y, X"."""
    verb = parsed.at[role.noun].start - 1 if role.noun in parsed.at else role.start - 1
    return verb >= 0 and parsed.tokens[verb].is_verb(parsed.lexicon.speech)


def _is_circumstance(parsed: Parse, role: Role, following: Phrase) -> bool:
    """Whether the role belongs to what precedes the clause whose subject follows.

    In "Lors d'un dîner avec le PDG de Y, X a parlé", X is not the PDG.
    """
    opening = parsed.category(0) is Category.PREPOSITION
    governed = parsed.category(role.start - 1) is Category.PREPOSITION
    if not (opening and governed):
        return False
    return parsed.verb_follows((following.group or [following])[-1].end)


def _said_to_be(
    parsed: Parse, role: Role, index: int, resolver: Resolver, data: RoleData
) -> list[NamedEntity]:
    """Who is said to be it: "le patron de Y est X", "dont le patron est X"."""
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    if token is None or not token.is_verb(frozenset({parsed.lexicon.passive_auxiliary})):
        return []
    behind = index + 1
    while parsed.category(behind) in _DATED:
        behind += 1  # "le patron de Y est, depuis mars, X"
    phrase = parsed.at.get(behind)
    if phrase is None or phrase.preposition is not None:
        return []
    holders = resolver.fill(parsed, [phrase], PERSON).entities
    if holders and kind_of(parsed, phrase) is Kind.PERSON:
        role.group = verb_group(parsed, index)
        return holders
    return []
