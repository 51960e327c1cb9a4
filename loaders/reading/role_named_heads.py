"""Heads that are named right behind their post, without where they have it: "le PDG X a dit"."""

from __future__ import annotations

from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_employers import kind_of
from loaders.reading.role_spans import Role

_TIES: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED})


def is_named_head(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> bool:
    """Whether a post that a firm has one of stands with an article right before its holder's name.

    "Le PDG X" is the head of what the article is about, and "le président X" is perhaps the
    country's; nobody is whom the article has put at the head of something else.
    """
    phrase = parsed.at.get(role.noun)
    if phrase is None or role.former or role.plural or len(role.holders) != 1:
        return False
    if phrase.mention is None or kind_of(parsed, phrase) is not Kind.PERSON:
        return False
    words = {words.lower() for _, words in role.parts}
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    contracted = parsed.tokens[role.start - 1].lower in parsed.lexicon.contracted
    if words.isdisjoint(data.single_heads) or not (definite or (role.start and contracted)):
        return False
    return not _is_elsewhere(role.holders[0], resolver)


def _is_elsewhere(holder: NamedEntity, resolver: Resolver) -> bool:
    """Whether the article has told that somebody heads or began a body."""
    return any(
        person is holder and not known.relations.isdisjoint(_TIES)
        for (person, _), known in resolver.relations.items()
    )
