"""Whom a noun with a possessive stands for: "son concurrent", "sa maison mère", "son fondateur".

It is who the article has told to be that to whom it is; of two that it has named together, the
rival of one is the other.
"""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.counted import NEXT
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.resolving import Resolver

_ENDS: Final = BODIES | {Kind.PERSON}
_PAIR: Final = 2


def describe_counterparts(parsed: Parse, resolver: Resolver) -> None:
    """Remember whom the nouns with a possessive of a sentence stand for, where one is sure."""
    for phrase in parsed.phrases:
        first = parsed.tokens[phrase.start].lower
        if phrase.mention is not None or first not in parsed.lexicon.possessives:
            continue
        words = [token.lower for token in parsed.tokens[phrase.start + 1 : phrase.end]]
        nouns = [" ".join(words[:length]) for length in range(len(words), 0, -1)]
        if not nouns or _is_named(parsed, phrase, resolver):
            continue
        found = _rival(parsed, phrase, nouns, resolver) or _tied(parsed, phrase, nouns, resolver)
        if found is not None:
            resolver.describe(parsed, phrase, [found])


def _is_named(parsed: Parse, phrase: Phrase, resolver: Resolver) -> bool:
    """Whether a name goes with the noun: "son fondateur, X"."""
    names = resolver.names
    named = names.apposed(parsed, phrase, _ENDS) or names.complement_name(parsed, phrase, _ENDS)
    return bool(named or names.described(parsed, phrase, _ENDS))


def _owner(
    parsed: Parse, phrase: Phrase, resolver: Resolver, among: set[NamedEntity]
) -> NamedEntity | None:
    others = [entity for entity in resolver.discourse.times if entity not in among]
    owners = resolver.owner(parsed, phrase.start, BODIES, others).entities
    return owners[0] if len(owners) == 1 and owners[0] in among else None


def _rival(
    parsed: Parse, phrase: Phrase, nouns: list[str], resolver: Resolver
) -> NamedEntity | None:
    """The other of the two bodies that were named together last."""
    if resolver.anaphors.mutual.isdisjoint(nouns):
        return None
    for sentence, listed in reversed(resolver.discourse.groups):
        if parsed.sentence.index - sentence > NEXT + 1:
            break
        two = {entity for entity in listed if entity.kind in BODIES}
        if len(two) == _PAIR == len(listed) and sentence < parsed.sentence.index:
            owner = _owner(parsed, phrase, resolver, two)
            return next(iter(two - {owner})) if owner is not None else None
    return None


def _tied(
    parsed: Parse, phrase: Phrase, nouns: list[str], resolver: Resolver
) -> NamedEntity | None:
    """Who was told to have the tie to one of them that the noun tells."""
    ties: dict[NamedEntity, set[NamedEntity]] = {}
    for (subject, other), known in resolver.relations.items():
        for relation in known.relations:
            subjects, objects = resolver.anaphors.by_tie.get(relation, ((), ()))
            if not set(subjects).isdisjoint(nouns):
                ties.setdefault(other, set()).add(subject)
            if not set(objects).isdisjoint(nouns):
                ties.setdefault(subject, set()).add(other)
    owner = _owner(parsed, phrase, resolver, set(ties)) if ties else None
    tied = ties[owner] if owner is not None else set()
    return next(iter(tied)) if len(tied) == 1 else None
