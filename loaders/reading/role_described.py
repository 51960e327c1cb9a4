"""Roles that stand for whom the article speaks of: "l'ex-patron de Y a vendu ses parts"."""

from __future__ import annotations

from graph.model import Kind, RelationType
from loaders.reading.anaphors import Anaphor
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.resolving import Resolver
from loaders.reading.role_spans import PERSON, Role, is_definite, opens_anew
from loaders.reading.tokens import Category


def described_holder(parsed: Parse, role: Role, resolver: Resolver) -> list[NamedEntity]:
    """Whom a definite role that names nobody stands for; empty if it may be anybody.

    A past post tells something new of whom the article speaks of; a present one points to
    somebody of whom the article has said that they work there, or explains who the only one is
    that the sentence before has named.
    """
    phrase = parsed.at.get(role.noun)
    if phrase is None or role.plural or role.attribute or role.group is not None:
        return []
    if not (role.employers or role.former):
        return []
    if not is_definite(parsed, role) or _is_apposed(parsed, role):
        return []
    people = [e for e in resolver.discourse.times if e.kind in PERSON]
    wanted = {p for p in people if _may_be(p, role, resolver)}
    if role.former and not wanted:
        wanted = set(people)
    if not role.former and not wanted:
        wanted = _just_named(parsed, role, people, resolver)
    anaphor = Anaphor(PERSON, gender=_gender(parsed, role, resolver))
    found = resolver.discourse.resolve(
        anaphor,
        parsed.sentence.index,
        parsed.tokens[role.start].start,
        parsed.tokens[role.end - 1].end,
        exclude=[person for person in people if person not in wanted],
    )
    resolver.describe(parsed, phrase, found)
    return found


def _may_be(person: NamedEntity, role: Role, resolver: Resolver) -> bool:
    """Whether the article has said that the person works there, or leads it for one who leads."""
    for employer in role.employers:
        known = resolver.relations.get((person, employer))
        if known is None or (known.over and not role.former):
            continue
        if role.former or RelationType.LEADS not in role.relations:
            return True
        if RelationType.LEADS in known.relations:
            return True
    return False


def _just_named(
    parsed: Parse, role: Role, people: list[NamedEntity], resolver: Resolver
) -> set[NamedEntity]:
    """The only person of the sentence before, if the role may tell who that is.

    "X a été arrêté. Le président de Y est soupçonné …": not where the article spoke of Y before, or
    puts X elsewhere; then it may be somebody else who answers.
    """
    phrase = parsed.at.get(role.noun)
    sentence = parsed.sentence.index
    if phrase is None or phrase.preposition is not None:
        return set()
    if parsed.category(role.start - 1) is Category.STOP:
        named = _named_before(parsed, role)  # "X y croit : le fondateur de Y y a investi"
    elif _named_before(parsed, role):
        return set()
    else:
        near = [p for p in resolver.discourse.places if p.sentence == sentence - 1]
        named = {place.entity for place in near if place.entity.kind is Kind.PERSON}
    if len(named) != 1:
        return set()
    (person,) = named
    posts = {body: known for (who, body), known in resolver.relations.items() if who is person}
    elsewhere = any(not known.over and body not in role.employers for body, known in posts.items())
    if elsewhere and RelationType.FOUNDED not in role.relations:
        return set()  # one stays the founder of Y wherever one goes
    start = parsed.tokens[role.start].start
    told = {p.entity for p in resolver.discourse.places if p.start < start}
    return named if all(body in posts or body not in told for body in role.employers) else set()


def _named_before(parsed: Parse, role: Role) -> set[NamedEntity]:
    """The people who are named before the role in its own sentence."""
    before = (token.mention for token in parsed.tokens[: role.start])
    return {m.entity for m in before if m is not None and m.entity.kind is Kind.PERSON}


def _is_apposed(parsed: Parse, role: Role) -> bool:
    """Whether the role describes what stands before it, or is listed with it."""
    before = parsed.category(role.start - 1)
    if opens_anew(parsed, role):
        return False
    set_off = before in (Category.COMMA, Category.OPEN, Category.MENTION)
    return set_off and parsed.at.get(role.start - 2) is not None


def _gender(parsed: Parse, role: Role, resolver: Resolver) -> str | None:
    """What the article, the adjectives and the noun of the role tell."""
    anaphors = resolver.anaphors
    for token in parsed.tokens[role.start : role.noun + 2]:
        gender = anaphors.articles.get(token.lower) or anaphors.gender_of(token.lower)
        if gender is not None:
            return gender
    return None
