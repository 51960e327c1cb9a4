"""Whose firm "sa société" is: that of the person whom the possessive stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.model import Kind, RelationType
from loaders.reading.agreement import agrees
from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.speaking import is_ours

if TYPE_CHECKING:
    from loaders.reading.resolving import Resolver

_PERSON: Final = frozenset({Kind.PERSON})
_OWN: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED})


def own_firm(resolver: Resolver, parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
    """The only firm that a person heads or has founded, said to be theirs: "il vend sa société".

    "Leur société" is that of all of them. A post that the sentence itself gives them counts, but
    not for a young firm: whoever works somewhere may have a start-up beside.
    """
    first, noun = parsed.tokens[phrase.start].lower, parsed.tokens[phrase.head].lower
    if first not in parsed.lexicon.possessives or noun not in resolver.anaphors.own_firms:
        return []
    if phrase.mention is not None or is_ours(parsed, phrase.start):
        return []
    firms = [_firm(resolver, person, noun) for person in _owners(resolver, parsed, phrase)]
    return [firms[0]] if firms and firms[0] is not None and len(set(firms)) == 1 else []


def _owners(resolver: Resolver, parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
    """The people who do what the verb before the phrase tells, else whom the possessive means."""
    group = governing_verb(parsed, phrase)
    if group is not None and group.head < phrase.start:
        subjects = subject_candidates(parsed, group)
        return resolver.fill(parsed, subjects[:1], _PERSON).entities
    return resolver.possessive(parsed, phrase, _PERSON).entities


def _firm(resolver: Resolver, person: NamedEntity, noun: str) -> NamedEntity | None:
    asked = resolver.anaphors.nouns[noun]
    told = {
        body
        for (who, body), known in resolver.relations.items()
        if who is person and known.relations & _OWN
    }
    if noun not in resolver.anaphors.young:
        told |= {body for who, body in resolver.posts if who is person}
    fitting = [body for body in told if body.kind is Kind.COMPANY and agrees(body, asked)]
    return fitting[0] if len(fitting) == 1 else None
