"""Whose the thing is that a verb is about: "la présidence *de Y* revient à X".

Where a frame names what it is `about`, it is only called by a verb whose subject is one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Kind
from loaders.reading.arguments import subject_candidates
from loaders.reading.fillers import Filler
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.relatives import relative_owner
from loaders.reading.resolving import Resolver
from loaders.reading.tokens import Category

if TYPE_CHECKING:
    from loaders.reading.slots import Match


def owner_of_theme(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """Whose the subject of the verb is, if it is one of the things that the frame is about."""
    if match.group is None:
        return Filler()
    for phrase in subject_candidates(parsed, match.group):
        if phrase.mention is not None or _said(parsed, phrase) not in match.frame.about:
            continue
        whose = resolver.fill(parsed, relative_owner(parsed, phrase)[:1], kinds)
        if whose:
            return whose  # "Y, dont la présidence revient à X"
        owner = parsed.at.get(phrase.end + 1)
        if owner is not None and owner.preposition == parsed.lexicon.genitive:
            return resolver.fill(parsed, [owner], kinds, alone=True)
    return Filler()


def _said(parsed: Parse, phrase: Phrase) -> str:
    """The words of a noun phrase without its determiner."""
    start = phrase.start + (parsed.category(phrase.start) is Category.DETERMINER)
    return " ".join(token.lower for token in parsed.tokens[start : phrase.end])
