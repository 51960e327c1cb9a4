"""Where a role stands in a sentence: its noun, its complement and its employer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from graph.model import Kind, RelationType, Status
from loaders.reading.dates import FoundDate
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData, without_prefix
from loaders.reading.role_employers import (
    also_inside,
    closes_soon,
    found_employer,
    goes_on,
    goes_on_behind,
    is_function,
    is_of_many,
    is_post_again,
    is_thing_of,
    is_zone,
    kind_of,
    make,
    said_before_name,
    take_named,
    works_inside,
)
from loaders.reading.role_periods import bracketed_period, is_for_now
from loaders.reading.tokens import Category

EMPLOYERS: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
LED: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION, Kind.PRODUCT})
PERSON: Final = frozenset({Kind.PERSON})
_REACH: Final = 18
_UNTAGGED: Final = frozenset({Category.ADVERB, Category.ADJECTIVE})
_WORDS: Final = 4
_ATTRIBUTES: Final = frozenset({Category.DETERMINER, Category.ADVERB, Category.ADJECTIVE})
_NAMING: Final = frozenset({Category.NOUN, Category.ADJECTIVE})
_OWN: Final = frozenset(
    {
        Category.NOUN,
        Category.ADJECTIVE,
        Category.ADVERB,
        Category.NUMBER,
        Category.DETERMINER,
        Category.PREPOSITION,
    }
)


@dataclass(slots=True)
class Role:
    """A role that the sentence names: tokens ``start:end`` with its words and whose it is.

    `noun` is the token of its noun. `employers` is empty for a role without one ("ingénieur
    reconnu"); `group` is the verb that gives it ("a été nommé"), `naming` the noun that does
    ("la nomination de"), both None in an apposition. `attribute` marks one that another
    predicate gives, at the token `governor` ("rejoint Y comme directeur"). `left` tells of one
    that is being given up ("quitte ses fonctions de"). `products` are what it is to make ("chargé
    de Siri", "créateur de Siri"), `partners` who have it too ("cofondateur avec X de Y").
    `announced` tells that its employer has somebody new in it: "Y a un nouveau patron".
    """

    start: int
    end: int
    noun: int
    words: str
    relations: frozenset[RelationType]
    holders: list[NamedEntity] = field(default_factory=list)
    employers: list[NamedEntity] = field(default_factory=list)
    products: list[NamedEntity] = field(default_factory=list)
    former: bool = False
    future: bool = False
    plural: bool = False
    group: VerbGroup | None = None
    naming: Phrase | None = None
    appointed: bool = False
    left: bool = False
    attribute: bool = False
    governor: int | None = None
    date: FoundDate | None = None
    cue: str = ""
    untitled: bool = False
    announced: bool = False
    partners: list[NamedEntity] = field(default_factory=list)
    parts: list[tuple[frozenset[RelationType], str]] = field(default_factory=list)

    def words_for(self, relation: RelationType) -> str | None:
        """The words that make `relation` of it: "fondateur" of "fondateur et PDG"."""
        if self.untitled or relation is RelationType.WORKED_ON:
            return None  # "une ancienne de Y" and "le père de X" tell of no post
        own = [words for relations, words in self.parts if relation in relations]
        return (own[0] if len(own) == 1 < len(self.parts) else self.words) or None

    def is_heads(self, parsed: Parse, data: RoleData) -> bool:
        """Whether it is the post of a head of the whole: "directeur général", not "du design"."""
        words = [t.lower for t in parsed.tokens[self.noun : self.noun + _WORDS]]
        length, relations = data.classes(words)
        return RelationType.LEADS in relations and " ".join(words[:length]) not in data.part

    @property
    def status(self) -> Status:
        """Planned for a future holder, else asserted."""
        return Status.PLANNED if self.future else Status.ASSERTED


def role_at(
    parsed: Parse, index: int, phrase: Phrase, data: RoleData, resolver: Resolver
) -> Role | None:
    """The role whose noun is the token at `index`, without its holder; None if it is none."""
    words = [t.lower for t in parsed.tokens[index : index + _WORDS]]
    former = words[0] in data.veterans
    if words[0].startswith("ex-"):
        former, words[0] = True, words[0].removeprefix("ex-")
    if words[0] in data.former and len(words) > 1 and data.classes(words[1:])[0]:
        return None
    if former and words[0] in data.former and parsed.category(index + 1) is Category.NOUN:
        return None  # "ancien élève de Y"
    length, relations = data.classes(words)
    if not length:
        return None
    part = " ".join(words[:length]) in data.part
    if part and not _heads_a_part(parsed, index + length):
        relations -= {RelationType.LEADS}
    if RelationType.LEADS in relations and is_of_many(parsed, phrase.start, index, resolver):
        relations = relations - {RelationType.LEADS} | {RelationType.WORKED_AT}
    role = Role(phrase.start, index + length, index, "", relations, former=former)
    role.plural = data.is_plural(" ".join(words[:length])) or any(
        token.category is Category.NUMBER for token in parsed.tokens[phrase.start : index]
    )
    _look_before(parsed, role, data)
    stop, cuts = _extend(parsed, role, data, resolver)
    text = parsed.text(index, max(stop, index + length)).strip()
    role.words = without_prefix(text)
    ends = [start - 1 for start, _ in cuts[1:]] + [max(stop, cuts[-1][0] + 1)]
    for (start, made), end in zip(cuts, ends, strict=True):
        role.parts.append((made, without_prefix(parsed.text(start, end))))
    role.untitled = role.untitled or words[0] in data.veterans | data.counterparts
    role.cue = parsed.text(role.start, role.end)
    look_behind(parsed, role, data)
    return role


def is_definite(parsed: Parse, role: Role) -> bool:
    """Whether an article tells that the role is a known one: "le patron de Y", "du patron de Y"."""
    if parsed.tokens[role.start].lower in parsed.lexicon.definite:
        return True
    before = parsed.tokens[role.start - 1] if role.start else None
    return before is not None and before.lower.split()[-1] in parsed.lexicon.contracted


def opens_anew(parsed: Parse, role: Role) -> bool:
    """Whether the role may begin the main clause: "D'après X, l'ex-directrice de Y …".

    Not where the clause's own subject follows: "D'après X, l'ex-directrice de Y, le groupe …".
    """
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    commas = [i for i in range(role.start) if parsed.category(i) is Category.COMMA]
    fronted = len(commas) == 1 and parsed.category(0) is Category.PREPOSITION
    return definite and fronted and not _subject_follows(parsed, role)


def _subject_follows(parsed: Parse, role: Role) -> bool:
    """Whether behind the role and a comma a phrase stands that no comma sets off."""
    phrase = parsed.at.get(role.end + 1)
    if parsed.category(role.end) is not Category.COMMA or phrase is None:
        return False
    if phrase.start != role.end + 1 or phrase.preposition or kind_of(parsed, phrase) is Kind.PERSON:
        return False
    for token in parsed.tokens[phrase.end :]:
        if token.is_finite or token.category in (Category.COMMA, Category.STOP):
            return token.is_finite
    return True


def _heads_a_part(parsed: Parse, after: int) -> bool:
    """Whether what follows "directeur" tells with an article, or by name, what is headed."""
    token = parsed.tokens[after] if after < len(parsed.tokens) else None
    if token is None or token.category in (Category.COMMA, Category.STOP, Category.CLOSE):
        return True
    if token.category is Category.PREPOSITION:
        contracted = token.lower in parsed.lexicon.definite
        return contracted or parsed.category(after + 1) in (Category.DETERMINER, Category.MENTION)
    return token.category in (Category.MENTION, Category.COORDINATOR, Category.OTHER)


def _look_before(parsed: Parse, role: Role, data: RoleData) -> None:
    """Take in what precedes the noun: "l'ancienne", "le futur", "l'un des trois"."""
    position = role.noun - 1
    while position >= 0:
        token = parsed.tokens[position]
        if token.lower in data.former:
            role.former = True
        elif token.lower in data.future:
            role.future = True
        elif _is_partitive(parsed, position, data):
            role.plural = False
        elif _is_some(parsed, position):
            pass  # "deux de ses cofondateurs"
        elif (
            token.lower not in data.skipped
            and token.lower not in data.partitives
            and token.category not in _ATTRIBUTES
        ):
            break
        position -= 1
    role.start = position + 1


def _is_partitive(parsed: Parse, position: int, data: RoleData) -> bool:
    """Whether the token is of what picks one of several: "l'un des", "une de"."""
    tokens = parsed.tokens
    before, after = tokens[position - 1] if position else None, tokens[position + 1].lower
    if before is not None and tokens[position].lower in ("des", "de", "ses", "d'"):
        return before.lower in data.partitives
    return tokens[position].category is Category.CLITIC and after in data.partitives


def _is_some(parsed: Parse, position: int) -> bool:
    """Whether the token is of what picks some of several: "deux des", "trois de"."""
    linked = parsed.tokens[position].lower in ("des", "de", "d'")
    return linked and parsed.category(position - 1) is Category.NUMBER


def look_behind(parsed: Parse, role: Role, data: RoleData) -> None:
    """Take in the dates right behind the role: "depuis 2013", "de 2010 à 2015"."""
    index = role.end
    period = bracketed_period(parsed, index)
    if period is not None:  # "l'ancien patron de Y (2009-2016)"
        role.date, role.end = period
        role.former = role.former or role.date.until is not None
        return
    if parsed.category(index) is Category.OPEN and parsed.category(index + 2) is Category.CLOSE:
        role.end = index = index + 3  # "président du géant Y (Z) depuis 2021"
    linked = {Category.PREPOSITION, Category.COORDINATOR}
    while index < len(parsed.tokens):
        token = parsed.tokens[index]
        if token.date is not None:
            spans = lowered(token.date.text).split()[0] in data.during
            begun = role.date is not None and role.date.relation == "start"
            if role.date is not None and begun and token.date.relation == "end":
                role.date = replace(role.date, until=token.date)
            role.date = role.date or token.date
            role.former = role.former or token.date.relation == "end" or spans
            role.end = index + 1
        elif token.category not in linked or parsed.category(index + 1) is not Category.DATE:
            return
        elif token.category is Category.COORDINATOR and parsed.category(index + 2) in _NAMING:
            return  # "fondatrice et jusqu'ici patronne de Y": the next post's
        index += 1


def _extend(
    parsed: Parse, role: Role, data: RoleData, resolver: Resolver
) -> tuple[int, list[tuple[int, frozenset[RelationType]]]]:
    """Walk over the role's own words to its employer.

    Returns where the role's words end, and where each of its coordinated nouns begins.
    """
    known = parsed.tokens[role.noun].lower.removeprefix("ex-")
    places = data.inside if known in data.outside else data.employer
    cuts = [(role.noun, role.relations)]
    walk = _Walk(parsed, role, data, resolver, role.end, role.end, places, cuts)
    limit = min(role.end + _REACH, len(parsed.tokens))
    while walk.index < limit and walk.step(limit):
        pass
    if not walk.arrived:
        role.end = max(role.end, walk.words_end)
    return walk.words_end, cuts


@dataclass(slots=True)
class _Walk:
    """On the way from a role's noun to where it is held.

    `index` is the next token, `words_end` where the role's words end so far, `places` the
    prepositions before where it is held; `arrived` tells that the role's end is known.
    """

    parsed: Parse
    role: Role
    data: RoleData
    resolver: Resolver
    index: int
    words_end: int
    places: frozenset[str]
    cuts: list[tuple[int, frozenset[RelationType]]]
    arrived: bool = False

    def step(self, limit: int) -> bool:
        """Whether the walk goes on behind the next token."""
        token = self.parsed.tokens[self.index]
        if token.category is Category.PREPOSITION and token.preposition in self.places:
            return self._by_preposition()
        if token.category is Category.MENTION:
            return self._by_name()
        if token.category is Category.COORDINATOR:
            return self._by_coordinator(limit)
        if token.category is Category.DATE:  # "directeur général depuis huit ans chez Y"
            self.index += 1
            return goes_on_behind(self.parsed, self.index - 1, self.places)
        if self.index == self.role.end and is_post_again(self.parsed, self.index, self.data):
            self.index += 3  # "président-directeur général (PDG) de Y"
            return True
        if token.category is Category.QUOTE:  # "responsable du pôle « énergie » de Y"
            self.index += 1
            return closes_soon(self.parsed, self.index - 1)
        named = token.lower in self.data.participles or is_for_now(
            self.parsed, self.index, self.data
        )
        if token.category not in _OWN and not named:
            return False
        self.index += 1
        if named or token.category in (Category.NOUN, Category.ADJECTIVE):
            self.words_end = self.index
        return True

    def _go_to(self, index: int) -> bool:
        self.index = self.words_end = index
        return True

    def _by_preposition(self) -> bool:
        parsed, role = self.parsed, self.role
        phrase = parsed.at.get(self.index + 1)
        if phrase is None:
            self.index += 1  # "de recherche-développement": no adverb
            return parsed.category(self.index) in _UNTAGGED
        if found_employer(parsed, role, phrase, self.resolver, self.data):
            self.arrived = True
            return False
        if kind_of(parsed, phrase) is Kind.PERSON:
            if said_before_name(parsed, role, phrase, self.resolver):
                return False
            end = phrase.mention
            function = parsed.tokens[phrase.head].lower in self.data.functions
            if end is not None and end != phrase.head and function:
                # "le directeur des achats X"
                role.holders = self.resolver.fill(parsed, [phrase], PERSON, alone=True).entities
                role.end, self.words_end, self.arrived = phrase.end, end, True
                return False
            if not works_inside(parsed, phrase, self.data):
                return False
        if is_thing_of(parsed, phrase):
            make(parsed, role, phrase, direct=self.index == role.end, data=self.data)
            phrase = phrase.group[-1]
        return self._go_to(phrase.end)

    def _by_name(self) -> bool:
        parsed, index = self.parsed, self.index
        if index == self.words_end and is_zone(parsed, index):
            return self._go_to(index + 1)  # "directrice générale France de Y"
        before = parsed.tokens[index - 1].preposition
        named = kind_of(parsed, parsed.at[index]) is Kind.PERSON
        if named and before == self.data.company and index == self.role.end + 1:
            self.index += 1  # "cofondateur avec Z de Y"
            self.role.partners = parsed.listed(parsed.at[index])
            return True
        if before not in (None, *self.places, *self.data.provenances):
            return False  # "spécialiste d'Apple"
        if index == self.words_end and is_function(parsed, index, self.data):
            return self._go_to(index + 1)  # "directrice Finances de Y"
        take_named(parsed, self.role, index, self.data)
        also_inside(parsed, self.role, self.resolver, self.data)
        self.arrived = True
        return False

    def _by_coordinator(self, limit: int) -> bool:
        parsed, data, index = self.parsed, self.data, self.index
        following = [t.lower for t in parsed.tokens[index + 1 : index + 1 + _WORDS]]
        length, more = data.classes(following)
        opening = (parsed.tokens[i].lower for i in (self.role.start - 1, self.role.start) if i >= 0)
        if length and not data.respectively.isdisjoint(opening):
            return False  # "A et B, respectivement CEO et CTO": two posts
        if length and following[0] not in data.veterans | data.makers:
            self.cuts.append((index + 1, more))
            self.role.relations |= more
            self.places = data.inside if following[0] in data.outside else data.employer
            return self._go_to(index + 1 + length)
        if following and following[0] in data.others:
            self.index += 2  # "le fondateur et propriétaire de Y"
            return True
        self.index += 1
        return goes_on(parsed, index, limit, data)
