"""Whose the part is that somebody heads: "dirige la filiale belge de Y", "prend la tête de son pôle
cloud".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graph.model import Kind
from loaders.reading.arguments import object_candidates, subject_candidates
from loaders.reading.complements import complements
from loaders.reading.fillers import Filler
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.places import PLACES
from loaders.reading.resolving import Resolver
from loaders.reading.tokens import Category

if TYPE_CHECKING:
    from loaders.reading.slots import Match

_STEPS: Final = 2
"""Complements between the part and whose it is: "la direction des achats du groupe Y"."""


def owner_of_part(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver, passive: bool
) -> Filler:
    """The body whose part is the object of the predicate, or its complement."""
    for phrase in _parts(parsed, match, resolver, passive):
        filler = _owner(parsed, phrase, kinds & PLACES, resolver)
        if filler:
            return filler
    return Filler()


def _parts(parsed: Parse, match: Match, resolver: Resolver, passive: bool) -> Iterator[Phrase]:
    group = match.group
    if group is None:
        return
    if passive:
        yield from subject_candidates(parsed, group)
    elif match.end == match.trigger:
        yield from object_candidates(parsed, group, match.end)
    behind = parsed.at.get(match.end + 2)
    if behind is not None and behind.preposition == parsed.lexicon.genitive:
        yield behind
    for phrase in complements(parsed, match.end):
        if phrase.preposition in resolver.roles.headships:
            yield phrase


def _owner(parsed: Parse, phrase: Phrase, kinds: frozenset[Kind], resolver: Resolver) -> Filler:
    noun = parsed.tokens[phrase.head].lower
    parts = resolver.roles.functions
    if phrase.mention is not None or not {noun, noun.removesuffix("s")} & parts:
        return Filler()
    if parsed.tokens[phrase.start].lower in parsed.lexicon.possessives:
        return resolver.possessive(parsed, phrase, kinds)
    index = phrase.end
    for _ in range(_STEPS):
        if parsed.category(index) is not Category.PREPOSITION or index + 1 not in parsed.at:
            break
        complement = parsed.at[index + 1]
        if complement.preposition == parsed.lexicon.genitive:
            filler = resolver.fill(parsed, [complement], kinds)
            if filler.entities:
                return filler
        index = complement.end
    return Filler()
