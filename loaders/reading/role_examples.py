"""Holders of a role in the plural that are named as examples: "des anciens de Y comme A et B"."""

from __future__ import annotations

from graph.model import Kind
from loaders.reading.fillers import named_behind, people_in
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_employers import kind_of
from loaders.reading.role_spans import EMPLOYERS, PERSON, Role
from loaders.reading.tokens import Category


def several_holders(
    parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver, data: RoleData
) -> list[NamedEntity]:
    """Who has a role in the plural that nothing beside it names.

    Whom the words behind it give as examples ("d'anciens ingénieurs de Y, comme A et B"), or a
    count of them announces.
    """
    named = resolver.names.example_behind(parsed, role.end)
    if named is not None:
        placed = _is_elsewhere(parsed, named, data)
        return [] if placed else resolver.fill(parsed, [named], PERSON).entities
    counted = people_in(parsed, phrase, (parsed.tokens[role.noun].lower,))
    return named_behind(parsed, phrase, counted) if counted and counted.size else []


def _is_elsewhere(parsed: Parse, named: Phrase, data: RoleData) -> bool:
    """Whether an example is told to be of another body: "des patrons de Y, comme A *chez Z*"."""
    end = (named.group or [named])[-1].end
    if parsed.category(end) not in (Category.PREPOSITION, Category.OPEN):
        return False
    token, behind = parsed.tokens[end], parsed.at.get(end + 1)
    if behind is None or kind_of(parsed, behind) not in EMPLOYERS | {Kind.PERSON}:
        return False
    return token.category is Category.OPEN or token.preposition in data.employer
