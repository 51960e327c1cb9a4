"""Who does what another brings about: "Y l'a convaincu de rejoindre Z", "lui propose de"."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import Kind
from loaders.reading.arguments import subject_candidates
from loaders.reading.fillers import Filler
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.predicates import VerbGroup, bringing
from loaders.reading.resolving import Resolver


def brought_to_do(
    parsed: Parse,
    group: VerbGroup,
    kinds: frozenset[Kind],
    resolver: Resolver,
    taken: Collection[NamedEntity],
) -> Filler | None:
    """Whom a pronoun names as brought to do what `group` tells, never who brings it about.

    None where the verb that governs it brings nobody to anything, or no pronoun is its object.
    """
    governing = bringing(parsed, group)
    pronouns = [] if governing is None else governing.objects or governing.datives
    if governing is None or not pronouns:
        return None
    movers = resolver.fill(parsed, subject_candidates(parsed, governing), frozenset(Kind))
    exclude = [*taken, *movers.entities]
    return resolver.clitic(parsed, pronouns[0], kinds, exclude=exclude)
