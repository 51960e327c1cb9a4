"""Roles: "X, ex-directrice financière de Y", "le PDG de Y, X", "X a été nommée directrice de Y"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.model import Kind, RelationType, Status
from loaders.reading.arguments import object_candidates, subject_candidates
from loaders.reading.coreference import Anaphor
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

_EMPLOYERS: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
_LED: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION, Kind.PRODUCT})
_PERSON: Final = frozenset({Kind.PERSON})
_PERHAPS_PERSON: Final = (Kind.PERSON, None)
_REACH: Final = 16
_EX: Final = frozenset({"ex", "ex-"})


@dataclass(slots=True)
class Role:
    """A role that the sentence names: tokens ``start:end`` with its words and whose it is.

    `employers` is empty for a role without one ("ingénieur reconnu"); `group` is the verb that
    gives it ("a été nommé"), None in an apposition.
    """

    start: int
    end: int
    words: str
    relations: frozenset[RelationType]
    holders: list[NamedEntity] = field(default_factory=list)
    employers: list[NamedEntity] = field(default_factory=list)
    former: bool = False
    future: bool = False
    group: VerbGroup | None = None
    appointed: bool = False
    attribute: bool = False
    cue: str = ""

    @property
    def status(self) -> Status:
        """Planned for a future holder, else asserted."""
        return Status.PLANNED if self.future else Status.ASSERTED


def find_roles(parsed: Parse, resolver: Resolver, data: RoleData) -> list[Role]:
    """Every role in the sentence, with its holder and employer where they can be told."""
    roles: list[Role] = []
    covered = -1
    for index, token in enumerate(parsed.tokens):
        if token.lower in _EX and parsed.category(index + 1) is Category.MENTION:
            roles += _former_of(parsed, index, roles)
        if index <= covered or token.category not in (Category.NOUN, Category.ADJECTIVE):
            continue
        phrase = parsed.at.get(index)
        if phrase is None:
            continue
        role = _role_at(parsed, index, phrase, data, resolver)
        if role is None:
            continue
        covered = role.end - 1
        _find_holder(parsed, role, phrase, resolver, data, roles)
        roles.append(role)
    return roles


def _former_of(parsed: Parse, index: int, before: list[Role]) -> list[Role]:
    """An employer with the prefix for what is past: "X, ex-Google"."""
    phrase = parsed.at[index + 1]
    members = [parsed.tokens[m.mention].mention for m in phrase.group if m.mention is not None]
    employers = [m.entity for m in members if m is not None and m.entity.kind in _EMPLOYERS]
    role = Role(
        index, index + 2, "", frozenset({RelationType.WORKED_AT}), employers=employers, former=True
    )
    role.cue = parsed.text(index, index + 2)
    if parsed.category(index - 1) in (Category.COMMA, Category.OPEN):
        role.holders = _apposed_to(parsed, index - 1, before, anew=False)
    return [role] if employers and role.holders else []


def _role_at(
    parsed: Parse, index: int, phrase: Phrase, data: RoleData, resolver: Resolver
) -> Role | None:
    words = [t.lower for t in parsed.tokens[index : index + 3]]
    former = words[0] in data.veterans
    if words[0].startswith("ex-"):
        former, words[0] = True, words[0].removeprefix("ex-")
    if words[0] in data.former and len(words) > 1 and data.classes(words[1:])[0]:
        return None
    length, relations = data.classes(words)
    if not length:
        return None
    role = Role(index, index + length, "", relations, former=former)
    role.start = phrase.start
    _look_before(parsed, role, index, data)
    stop = _extend(parsed, role, index + length, data, resolver)
    text = parsed.text(index, max(stop, index + length)).strip()
    role.words = text[3:] if lowered(text).startswith("ex-") else text
    role.cue = parsed.text(role.start, role.end)
    return role


def _look_before(parsed: Parse, role: Role, index: int, data: RoleData) -> None:
    position = index - 1
    while position >= 0:
        word = parsed.tokens[position].lower
        if word in data.former:
            role.former = True
        elif word in data.future:
            role.future = True
        elif word not in data.skipped and parsed.category(position) not in (
            Category.DETERMINER,
            Category.ADVERB,
            Category.ADJECTIVE,
        ):
            break
        position -= 1
    role.start = position + 1


def _extend(parsed: Parse, role: Role, index: int, data: RoleData, resolver: Resolver) -> int:
    """Walk over the role's own words to its employer; returns where the role's words end."""
    limit = min(index + _REACH, len(parsed.tokens))
    words_end = index
    while index < limit:
        token = parsed.tokens[index]
        if token.category is Category.PREPOSITION and token.preposition in data.employer:
            phrase = parsed.at.get(index + 1)
            if phrase is None:
                break
            led = _LED if RelationType.LEADS in role.relations else _EMPLOYERS
            filler = resolver.fill(parsed, [phrase], led if not role.employers else _EMPLOYERS)
            if filler.entities:
                role.employers = filler.entities
                last = (phrase.group or [phrase])[-1]
                role.end = max(phrase.end, last.end)
                return words_end
            if phrase.mention is not None and _kind(parsed, phrase) is Kind.PERSON:
                break
            index = words_end = phrase.end
        elif token.category is Category.MENTION:
            phrase = parsed.at[index]
            kind = _kind(parsed, phrase)
            if kind in _EMPLOYERS and token.mention is not None:
                role.employers = [token.mention.entity]
                role.end = index + 1
            return words_end
        elif token.category is Category.COORDINATOR:
            length, more = data.classes([t.lower for t in parsed.tokens[index + 1 : index + 4]])
            if length:
                role.relations |= more
                index = words_end = index + 1 + length
            elif _employer_ahead(parsed, index, limit, data):
                index += 1
            else:
                break
        elif (
            token.category
            in (
                Category.NOUN,
                Category.ADJECTIVE,
                Category.ADVERB,
                Category.NUMBER,
                Category.DETERMINER,
            )
            or (token.lower in data.participles)
            or token.category is Category.PREPOSITION
        ):
            index += 1
            if (
                token.category in (Category.NOUN, Category.ADJECTIVE)
                or token.lower in data.participles
            ):
                words_end = index
        else:
            break
    role.end = max(role.end, words_end)
    return words_end


def _employer_ahead(parsed: Parse, index: int, limit: int, data: RoleData) -> bool:
    """Whether an employer is to come: "responsable de la recherche et du calcul chez X"."""
    for position in range(index + 1, limit):
        token = parsed.tokens[position]
        if token.category in (Category.COMMA, Category.STOP, Category.VERB, Category.WHO):
            return False
        if token.category is Category.MENTION:
            before = parsed.tokens[position - 1]
            return before.preposition in data.employer
    return False


def _kind(parsed: Parse, phrase: Phrase) -> Kind | None:
    mention = parsed.tokens[phrase.mention].mention if phrase.mention is not None else None
    return mention.entity.kind if mention is not None else None


def _find_holder(
    parsed: Parse,
    role: Role,
    phrase: Phrase,
    resolver: Resolver,
    data: RoleData,
    before: list[Role],
) -> None:
    if phrase.mention is not None and _kind(parsed, phrase) is Kind.PERSON:
        role.holders = resolver.fill(parsed, [phrase], _PERSON).entities
    previous = role.start - 1
    category = parsed.category(previous)
    token = parsed.tokens[previous] if previous >= 0 else None
    if token is not None and not role.holders:
        if token.category is Category.PREPOSITION and token.preposition in data.prepositions:
            role.attribute = True
            return
        if category is Category.VERB and token.is_verb(data.verbs):
            _given_by_verb(parsed, role, previous, resolver, data)
        elif category in (Category.COMMA, Category.OPEN):
            role.holders = _apposed_to(parsed, previous, before, _opens_anew(parsed, role))
        elif category is Category.COORDINATOR:
            role.holders = next((r.holders for r in reversed(before) if r.end == previous), [])
        elif category is Category.MENTION:
            _named_to_post(parsed, role, previous, resolver, data)
    if not role.holders and role.group is None:
        role.holders = _following(parsed, role, resolver) or _pointed_at(parsed, role, resolver)
    if not role.employers and role.holders:
        role.employers = _owner(parsed, role, phrase, resolver)
    if not role.employers and role.group is not None:
        role.employers = next(
            (r.employers for r in reversed(before) if r.holders == role.holders and r.employers), []
        )


def _pointed_at(parsed: Parse, role: Role, resolver: Resolver) -> list[NamedEntity]:
    """The person whom a demonstrative points back to: "cette ancienne de Y"."""
    token = parsed.tokens[role.start]
    if token.lower not in parsed.lexicon.demonstratives:
        return []
    gender = parsed.lexicon.demonstratives[token.lower]
    return resolver.discourse.resolve(
        Anaphor(_PERSON, gender=gender), parsed.sentence.index, token.start
    )


def _opens_anew(parsed: Parse, role: Role) -> bool:
    """Whether the role may begin the main clause: "D'après X, l'ex-directrice de Y …"."""
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    commas = [i for i in range(role.start) if parsed.category(i) is Category.COMMA]
    return definite and len(commas) == 1 and parsed.category(0) is Category.PREPOSITION


def _given_by_verb(
    parsed: Parse, role: Role, verb: int, resolver: Resolver, data: RoleData
) -> None:
    group = verb_group(parsed, verb)
    role.group = group
    role.appointed = parsed.tokens[verb].is_verb(data.appointing)
    role.holders = resolver.fill(parsed, subject_candidates(parsed, group), _PERSON).entities


def _named_to_post(
    parsed: Parse, role: Role, mention: int, resolver: Resolver, data: RoleData
) -> None:
    """ "Y nomme X directrice": the role follows the object of the verb."""
    phrase = parsed.at[mention]
    verb = phrase.start - 1
    while parsed.category(verb) in (Category.ADVERB, Category.DATE):
        verb -= 1
    if verb < 0 or not parsed.tokens[verb].is_verb(data.verbs):
        return
    group = verb_group(parsed, verb)
    role.group = group
    role.appointed = parsed.tokens[verb].is_verb(data.appointing)
    role.holders = resolver.fill(parsed, object_candidates(parsed, group, verb), _PERSON).entities
    if not role.employers:
        role.employers = resolver.fill(
            parsed, subject_candidates(parsed, group), _EMPLOYERS
        ).entities


def _apposed_to(parsed: Parse, comma: int, before: list[Role], anew: bool) -> list[NamedEntity]:
    """The person whom an apposition behind `comma` describes."""
    index = comma - 1
    for role in reversed(before):
        if role.end == comma and role.holders:
            return role.holders
    steps = 0
    while index >= 0 and steps < 3:
        phrase = parsed.at.get(index)
        if phrase is None:
            return []
        if anew and phrase.preposition is not None:
            return []
        if phrase.mention is not None and _kind(parsed, phrase) in _PERHAPS_PERSON:
            mention = parsed.tokens[phrase.mention].mention
            return [mention.entity] if mention is not None else []
        if phrase.preposition is not None:
            index = phrase.start - 2
            continue
        if parsed.category(phrase.start - 1) is Category.COMMA:
            index, steps = phrase.start - 2, steps + 1
            continue
        return []
    return []


def _following(parsed: Parse, role: Role, resolver: Resolver) -> list[NamedEntity]:
    """Who is named right after the role: "le PDG de Y, X", "deux anciens de Y, X et Z".

    A role that opens the sentence describes its subject: "Professeure à Y, elle …".
    """
    index = role.end
    tokens = parsed.tokens
    plural = tokens[index - 1].lower.endswith("s") or any(
        tokens[i].category is Category.NUMBER for i in range(role.start, role.end)
    )
    definite = tokens[role.start].lower in parsed.lexicon.definite | parsed.lexicon.possessives
    fronted = role.start == 0 or parsed.category(role.start - 1) is Category.STOP
    while parsed.category(index) is Category.DATE:
        index += 1
    if parsed.category(index) in (Category.COMMA, Category.OPEN):
        if not (definite or plural or fronted):
            return []
        index += 1
    elif not definite and not plural:
        return []
    phrase = parsed.at.get(index)
    if phrase is None or phrase.preposition is not None or phrase.start != index:
        return []
    if phrase.pronoun and not fronted:
        return []
    return resolver.fill(parsed, [phrase], _PERSON, alone=not plural).entities


def _owner(parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver) -> list[NamedEntity]:
    """Whose post it is when the noun does not say: "son PDG, X", "il en est le PDG"."""
    owner = resolver.possessive(parsed, phrase, _EMPLOYERS).entities
    if owner or role.group is None:
        return owner
    if role.group.places:
        position = parsed.tokens[role.group.places[0]].start
        return resolver.discourse.resolve(
            Anaphor(_EMPLOYERS), parsed.sentence.index, position, exclude=role.holders
        )
    for index in range(role.group.start - 1, max(-1, role.group.start - 5), -1):
        token = parsed.tokens[index]
        if token.category is Category.RELATIVE and token.lower in parsed.lexicon.place_relatives:
            before = parsed.at.get(index - 1) or parsed.at.get(index - 2)
            return resolver.fill(parsed, [before], _EMPLOYERS).entities if before else []
    return []
