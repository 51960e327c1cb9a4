"""Where a role is held, and what stands before that: "directeur de l'usine Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.model import Kind, RelationType
from loaders.reading.fillers import Filler
from loaders.reading.mentions import NamedEntity
from loaders.reading.metonyms import is_goods
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.places import PLACES
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

if TYPE_CHECKING:
    from loaders.reading.role_spans import Role

_LED: Final = PLACES | {Kind.PRODUCT}
_PERSON: Final = frozenset({Kind.PERSON})
_REACH: Final = 18
_QUOTED: Final = 5
_MANY: Final = 4
"""As many as have a post that nobody heads the whole by."""
_STEPS: Final = 3
"""Tokens between two quotation marks within a post, and complements between a union and a firm."""


def closes_soon(parsed: Parse, quote: int) -> bool:
    """Whether a quotation mark is one of two around a few words."""
    others = (*range(quote - _QUOTED, quote), *range(quote + 1, quote + _QUOTED))
    return any(parsed.category(i) is Category.QUOTE for i in others)


def also_inside(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> None:
    """Where who speaks for a union works: "délégué CGT *chez Y*", "secrétaire FO du CSE *de Y*"."""
    if not role.employers or role.employers[0].kind is not Kind.ORGANIZATION:
        return
    index = role.end
    for _ in range(_STEPS):
        token = parsed.tokens[index] if index < len(parsed.tokens) else None
        phrase = parsed.at.get(index + 1)
        if token is None or phrase is None or token.preposition not in data.employer:
            return
        found = resolver.fill(parsed, [phrase], PLACES).entities
        if found:
            role.employers = [*role.employers, *(e for e in found if e not in role.employers)]
            role.end = phrase.end
            return
        index = phrase.end


def is_zone(parsed: Parse, index: int) -> bool:
    """Whether the name there is of no kind of ours, as that of a country is not."""
    mention = parsed.tokens[index].mention
    zone = mention is not None and bool(mention.entity.against)
    return zone and kind_of(parsed, parsed.at[index]) is None


def take_named(parsed: Parse, role: Role, index: int, data: RoleData) -> None:
    """Take the body named at token `index` for the employer.

    Not in "la créatrice Y, X et Z": there no "de" makes an employer of Y.
    """
    phrase, mention = parsed.at[index], parsed.tokens[index].mention
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    if definite and index == role.end and not role.former:
        union = kind_of(parsed, phrase) is Kind.ORGANIZATION  # "le délégué CGT d'Airbus"
        if not union or parsed.category(index + 1) is not Category.PREPOSITION:
            return
    if mention is not None and kind_of(parsed, phrase) in PLACES:
        role.untitled = phrase.preposition in data.provenances
        role.former = role.former or role.untitled
        role.employers = [mention.entity]
        role.end = index + 1


def goes_on_behind(parsed: Parse, date: int, places: frozenset[str]) -> bool:
    """Whether the employer's name comes behind a time: "patron depuis 2010 *de Y*"."""
    token = parsed.tokens[date + 1] if date + 1 < len(parsed.tokens) else None
    phrase = parsed.at.get(date + 2)
    linked = token is not None and token.preposition in places
    return linked and phrase is not None and kind_of(parsed, phrase) in PLACES


def make(parsed: Parse, role: Role, phrase: Phrase, *, direct: bool, data: RoleData) -> None:
    """Note the product that a role is about: "créateur de Siri", "chargé du matériel de Siri".

    One right behind any other noun ("directeur technique de Siri") is more likely a company.
    """
    maker = RelationType.WORKED_ON in role.relations
    if maker or (not direct and RelationType.FOUNDED not in role.relations):
        role.products = parsed.listed(phrase)
        role.relations |= {RelationType.WORKED_ON}
    if maker and RelationType.FOUNDED in role.relations:
        role.relations = (role.relations - {RelationType.FOUNDED}) | {RelationType.WORKED_AT}


def is_function(parsed: Parse, index: int, data: RoleData) -> bool:
    """Whether a name there is a field in capitals: "directrice *Finances* de Y"."""
    token = parsed.tokens[index]
    return token.text[:1].isupper() and token.lower.rstrip("s") in data.function_stems


def is_department(parsed: Parse, phrase: Phrase, noun: str, data: RoleData) -> bool:
    """Whether a noun is what somebody heads and no deed: "la directrice de la *création* de Y"."""
    if phrase.preposition is None or phrase.mention is not None or noun not in data.functions:
        return False
    if phrase.preposition in data.headships:
        return True
    before = parsed.at.get(phrase.start - 2)
    if phrase.preposition != parsed.lexicon.genitive or before is None:
        return False
    head = parsed.tokens[before.head].lower
    return data.begins_role(head) or any(head in words.split() for words in data.headships)


def is_thing_of(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is a product behind "de": not "metteur en scène à l'Opéra"."""
    of = phrase.preposition == parsed.lexicon.genitive
    return of and kind_of(parsed, phrase) is Kind.PRODUCT


def _leave_to_part(parsed: Parse, role: Role, end: int, data: RoleData) -> None:
    """Who founded a part of a body has not founded it: "le fondateur du bureau suisse de Y"."""
    passed = (token.lower for token in parsed.tokens[role.noun + 1 : end])
    if RelationType.FOUNDED in role.relations and not data.functions.isdisjoint(passed):
        worked = frozenset({RelationType.WORKED_AT})
        role.relations = role.relations - {RelationType.FOUNDED} | worked


def is_post_again(parsed: Parse, opening: int, data: RoleData) -> bool:
    """Whether brackets hold the post once more, in short: "directeur général (DG)"."""
    if parsed.category(opening) is not Category.OPEN or opening + 2 >= len(parsed.tokens):
        return False
    closed = parsed.category(opening + 2) is Category.CLOSE
    return closed and bool(data.classes([parsed.tokens[opening + 1].lower])[0])


def found_employer(
    parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver, data: RoleData
) -> bool:
    """Whether the phrase tells where the role is held; if so that is filled in."""
    leads = RelationType.LEADS in role.relations and phrase.mention is not None
    filler = resolver.fill(parsed, [phrase], _LED if leads else PLACES)
    if not filler.entities:
        filler = Filler(of_the_site(parsed, phrase, resolver))
    if not filler.entities:
        return False
    role.employers = filler.entities
    _leave_to_part(parsed, role, phrase.start - 1, data)
    last = (phrase.group or [phrase])[-1]
    role.end = max(phrase.end, last.end)
    if phrase.mention is None:  # "du géant des télécoms Y": up to the name
        named = range(phrase.end, min(phrase.end + _REACH // 2, len(parsed.tokens)))
        mentions = ((index, parsed.tokens[index].mention) for index in named)
        ends = (i + 1 for i, m in mentions if m is not None and m.entity in filler.entities)
        role.end = next(ends, role.end)
    return True


def of_the_site(parsed: Parse, phrase: Phrase, resolver: Resolver) -> list[NamedEntity]:
    """Whose site, field or goods a noun before its name tells: "le patron de l'usine *Y*".

    So too "la directrice des achats Y", "le responsable des camions Y", but not what a post has to
    do with another body: "le directeur des relations Y".
    """
    mention, data = parsed.mention(phrase), resolver.roles
    if mention is None or phrase.head == phrase.mention or mention.entity.kind is not Kind.COMPANY:
        return []
    noun = parsed.tokens[phrase.head].lower
    field = noun.rstrip("s") in data.function_stems and noun not in data.dealings
    own = noun in data.sites or field or is_goods(noun, resolver.anaphors, resolver.kinds)
    return [mention.entity] if own else []


def said_before_name(parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver) -> bool:
    """A noun for the employer right before the holder's name: "le patron du groupe X"."""
    if phrase.mention is None or phrase.mention == phrase.head:
        return False
    noun = Phrase(phrase.index, phrase.start, phrase.mention, phrase.head, phrase.preposition, None)
    role.employers = resolver.fill(parsed, [noun], PLACES).entities
    if role.employers:
        role.holders = resolver.fill(parsed, [phrase], _PERSON, alone=True).entities
        role.end = phrase.end
    return bool(role.employers)


def works_inside(parsed: Parse, person: Phrase, data: RoleData) -> bool:
    """Whether where both work stands behind the person: "le bras droit de Z *chez Y*"."""
    token = parsed.tokens[person.end] if person.end < len(parsed.tokens) else None
    place = parsed.at.get(person.end + 1)
    linked = token is not None and token.preposition in data.inside
    return linked and place is not None and kind_of(parsed, place) in PLACES


def goes_on(parsed: Parse, index: int, limit: int, data: RoleData) -> bool:
    """Whether the complement goes on behind a coordinator: "de la recherche et du calcul chez X".

    An employer must be to come, by name or behind an article ("… et de gestion de la banque"),
    and no other person.
    """
    for position in range(index + 1, limit):
        token = parsed.tokens[position]
        if token.category in (Category.COMMA, Category.STOP, Category.VERB, Category.WHO):
            return False
        word = token.lower
        if word in data.others or data.classes([word])[0]:
            return False
        before = parsed.tokens[position - 1]
        if token.category is Category.MENTION:
            return before.preposition in data.employer
        contracted = before.lower in parsed.lexicon.definite
        if before.preposition in data.employer and position > index + 2:
            return contracted or token.category is Category.DETERMINER
    return False


def kind_of(parsed: Parse, phrase: Phrase) -> Kind | None:
    """The kind of the name in a phrase, if it holds one whose kind is known."""
    mention = parsed.mention(phrase)
    return mention.entity.kind if mention is not None else None


def is_of_many(parsed: Parse, start: int, noun: int, resolver: Resolver) -> bool:
    """Whether more have the post than head a body together: "cinq gérants sont sur les rangs"."""
    numbers, before = resolver.anaphors.numbers, noun - 1
    while before > start and parsed.category(before) is Category.ADJECTIVE:
        before -= 1  # "à 39 ans patronne" counts years
    counted = before >= start and parsed.category(before) is Category.NUMBER
    return counted and numbers.get(parsed.tokens[before].lower, _MANY) >= _MANY
