"""Roles behind "comme" or a noun for a post: who is given them, takes them up, gives them up."""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.arguments import nearby_subject, object_candidates, subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.mentions import NamedEntity
from loaders.reading.office_holders import who_fills
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import (
    VerbGroup,
    is_bare_participle,
    is_past,
    is_said_of_one,
    verb_group,
)
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_employers import kind_of
from loaders.reading.role_spans import EMPLOYERS, PERSON, Role
from loaders.reading.tokens import Category

_DURATION: Final = "duration"
_REACH: Final = 18
_PAIR: Final = 2
_ELLIPSIS: Final = 8
"""Tokens between the noun for several posts and the pronoun for one of them."""


def find_assignment(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> bool:
    """Whether the role is given, taken up or given up; if so its holder is filled in.

    A role behind "comme" that no such predicate governs is an attribute: of whom the frame of
    its verb tells.
    """
    anchor, post = _anchor(parsed, role, data)
    if anchor is None:
        return False
    role.attribute = True
    role.governor = governor = _governor(parsed, anchor, data)
    if governor is None:
        if _is_persons(parsed, role):
            role.attribute = False  # "le mandat de l'actuelle directrice, X, s'achève"
            return False
        _after_years(parsed, role, anchor, resolver)
        if post:
            _filled(parsed, role, resolver, data)
        return True
    token = parsed.tokens[governor]
    if token.category is Category.NOUN:
        _by_noun(parsed, role, governor, anchor, resolver, data)
    elif not post or not _of_post(parsed, role, governor, resolver, data):
        _by_verb(parsed, role, governor, resolver, data)
    return True


def _is_persons(parsed: Parse, role: Role) -> bool:
    """Whether an article makes somebody of the role: "le mandat *du* directeur", no post's name."""
    contracted = parsed.tokens[role.start - 1].lower in parsed.lexicon.definite
    return contracted or parsed.tokens[role.start].lower in parsed.lexicon.definite


def _filled(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> None:
    """Give a post that is a subject to whom the verb gives it: "le poste de … revient *à X*"."""
    told = who_fills(parsed, role.end, data)
    if told is None:
        return
    role.holders = resolver.fill(parsed, [told.phrase], PERSON).entities
    role.group, role.appointed = told.group, told.new
    role.attribute = not role.holders


def _anchor(parsed: Parse, role: Role, data: RoleData) -> tuple[int | None, bool]:
    """Token that links the role to what gives it, and whether it names a post: "au poste de"."""
    previous = role.start - 1
    token = parsed.tokens[previous] if previous >= 0 else None
    if token is None or token.category is not Category.PREPOSITION:
        return None, False
    if token.preposition in data.prepositions:
        return previous, not data.posts.isdisjoint(token.lower.split())
    post = _said_before(parsed, previous - 1, data) or parsed.at.get(previous - 1)
    if token.preposition != parsed.lexicon.genitive or post is None:
        return None, False
    if parsed.tokens[post.head].lower not in data.posts:
        return None, False
    return post.start - (post.preposition is not None), True


def _said_before(parsed: Parse, index: int, data: RoleData) -> Phrase | None:
    """The noun for posts that a pronoun takes up: "plusieurs *postes*, dont celui de chef"."""
    if index < 0 or parsed.tokens[index].lower not in data.ellipses:
        return None
    for before in range(index - 1, max(-1, index - _ELLIPSIS), -1):
        if parsed.tokens[before].lower in data.posts:
            return parsed.at.get(before)
    return None


def _governor(parsed: Parse, anchor: int, data: RoleData) -> int | None:
    """The verb, or the noun for an appointment, that `anchor` depends on."""
    for index in range(anchor - 1, max(-1, anchor - _REACH), -1):
        token = parsed.tokens[index]
        if token.category in (Category.STOP, Category.WHO, Category.RELATIVE):
            if _picks_some(parsed, index):
                continue  # "plusieurs nominations, *dont* celle de X au poste de"
            return None
        if token.category is Category.NOUN and token.lower in data.naming | data.plural_naming:
            return index
        if token.category is Category.VERB and not token.is_verb(parsed.lexicon.auxiliaries):
            return index if token.readings else None
    return None


def _picks_some(parsed: Parse, index: int) -> bool:
    """Whether a relative pronoun picks some of those before, without a verb of its own."""
    among = parsed.tokens[index - 1].preposition == parsed.lexicon.among if index else False
    return among or parsed.tokens[index].lower == parsed.lexicon.whose


def _of_post(parsed: Parse, role: Role, verb: int, resolver: Resolver, data: RoleData) -> bool:
    """A verb whose object is the post: "occupe le poste de", "quitte ses fonctions de"."""
    token, group = parsed.tokens[verb], verb_group(parsed, verb)
    if token.is_verb(data.giving):
        role.holders = _receiver(parsed, verb, resolver)
    elif token.is_verb(data.taking | data.holding | data.leaving):
        one = is_said_of_one(parsed, group) and not role.plural
        subjects = subject_candidates(parsed, group)
        role.holders = resolver.fill(parsed, subjects, PERSON, alone=one).entities
        role.left = token.is_verb(data.leaving)
        role.former = role.former or role.left
    else:
        return False
    role.group = group
    role.appointed = not token.is_verb(data.holding | data.leaving)
    role.attribute = not role.holders
    return True


def _receiver(parsed: Parse, verb: int, resolver: Resolver) -> list[NamedEntity]:
    for index in range(verb + 1, len(parsed.tokens)):
        phrase = parsed.at.get(index)
        if parsed.category(index) in (Category.STOP, Category.VERB):
            break
        if (
            phrase is not None
            and phrase.preposition in parsed.lexicon.told
            and kind_of(parsed, phrase) is (Kind.PERSON)
        ):
            return resolver.fill(parsed, [phrase], PERSON).entities
    return []


def _by_verb(parsed: Parse, role: Role, verb: int, resolver: Resolver, data: RoleData) -> None:
    """ "Y a choisi X comme directeur général", "X est nommé au poste de", "X, connu comme"."""
    group = verb_group(parsed, verb)
    subjects = subject_candidates(parsed, group)
    if not parsed.tokens[verb].is_verb(data.verbs):
        if role.employers and parsed.tokens[verb].is_verb(data.serving) and is_past(parsed, group):
            # "X a passé sept ans comme directrice de Y": it is over.
            role.holders = resolver.fill(parsed, subjects, PERSON, alone=True).entities
            role.former = True
            role.attribute = not role.holders
        return
    if group.passive_auxiliary or is_bare_participle(parsed, group):
        role.holders = resolver.fill(parsed, subjects, PERSON).entities
    else:
        objects = object_candidates(parsed, group, verb)
        role.holders = resolver.fill(parsed, objects, PERSON).entities
        for clitic in group.objects if not role.holders else ():
            role.holders = resolver.clitic(parsed, clitic, PERSON, exclude=()).entities
        if not role.holders and not group.objects:
            role.holders = resolver.fill(parsed, subjects, PERSON).entities
        elif not role.employers:
            role.employers = resolver.fill(parsed, subjects, EMPLOYERS).entities
    role.group = group
    role.appointed = parsed.tokens[verb].is_verb(data.appointing)
    role.attribute = not role.holders


def _after_years(parsed: Parse, role: Role, anchor: int, resolver: Resolver) -> None:
    """Who held it for a length of time: "après sept ans comme directrice de Y, X …"."""
    date = parsed.tokens[anchor - 1].date if anchor else None
    if date is None or date.relation != _DURATION or not role.employers:
        return
    subject = nearby_subject(parsed, anchor - 1)
    role.holders = resolver.fill(parsed, subject, PERSON, alone=True).entities
    role.former = True
    role.attribute = not role.holders


def _by_noun(
    parsed: Parse, role: Role, noun: int, anchor: int, resolver: Resolver, data: RoleData
) -> None:
    """ "La nomination de X au poste de", "sa promotion comme"."""
    phrase = parsed.at.get(noun)
    if phrase is None:
        return
    role.holders = resolver.possessive(parsed, phrase, PERSON).entities
    named = parsed.at.get(anchor - 1)
    if named is not None and named.preposition is None and named.mention is not None:
        role.holders = resolver.fill(parsed, [named], PERSON, alone=True).entities
    begin = phrase.end
    for index in range(begin, anchor):
        if parsed.tokens[index].lower in data.ellipses:
            begin = index  # "la nomination de X et celle de Z au poste de": the last one's
    named_before = _complements(parsed, begin, anchor)
    several = parsed.tokens[noun].lower in data.plural_naming
    if several or _names_others(parsed, named_before, data):
        named_before.reverse()  # "les nominations de X comme … et de Z comme …"
    for named in [*named_before, *_behind(parsed, role)]:
        if role.holders:
            break
        if named.preposition == parsed.lexicon.genitive:
            role.holders = resolver.fill(parsed, [named], PERSON).entities
    role.naming = phrase
    role.appointed = True
    role.attribute = not role.holders
    if role.holders and not role.employers:
        role.employers = _announcer(parsed, phrase, resolver)


def _names_others(parsed: Parse, named: list[Phrase], data: RoleData) -> bool:
    """Whether a post stands between two people: "la nomination de X comme …, de Z comme …"."""
    genitive = parsed.lexicon.genitive
    people = [p for p in named if p.preposition == genitive and kind_of(parsed, p) is Kind.PERSON]
    if len(people) < _PAIR:
        return False
    between = parsed.tokens[people[0].end : people[-1].start]
    return any(token.preposition in data.prepositions for token in between)


def _complements(parsed: Parse, start: int, end: int) -> list[Phrase]:
    found = (parsed.at.get(index) for index in range(start, end))
    return list({id(p): p for p in found if p is not None and p.preposition}.values())


def _behind(parsed: Parse, role: Role) -> list[Phrase]:
    """The person behind the role: "la nomination comme directeur de Y de X"."""
    phrase = parsed.at.get(role.end + 1)
    return [phrase] if phrase is not None and phrase.start == role.end + 1 else []


def _announcer(parsed: Parse, phrase: Phrase, resolver: Resolver) -> list[NamedEntity]:
    """Whose appointment it is: "Y annonce la nomination de X", "la nomination chez Y de X"."""
    group: VerbGroup | None = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start:
        return []
    found = resolver.fill(parsed, subject_candidates(parsed, group), EMPLOYERS).entities
    return [e for e in found if e.entry is None or not e.entry.news]
