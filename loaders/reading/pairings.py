"""Lists of which each member has what is told behind it: "de A *à Y* et de B *à Z*"."""

from __future__ import annotations

from itertools import pairwise

from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.slots import Match


def part_pairs(parsed: Parse, match: Match) -> None:
    """Leave to the rest of a list what is told behind its first: "de A *à Y* et de B *à Z*".

    The list goes on behind what another slot has taken, and what follows is of the others.
    """
    taken = {f.phrase.start for f in match.fillers.values() if f.phrase is not None}
    for filler in match.fillers.values():
        group = filler.phrase.group if filler.phrase is not None else []
        for one, other in pairwise(group):
            told = any(one.end <= start < other.start for start in taken)
            if told and parsed.at.get(other.end + 1) is not None:
                rest = group[group.index(other) :]
                others = {e for phrase in rest for e in _names(parsed, phrase)}
                filler.entities = [e for e in filler.entities if e not in others]
                break


def _names(parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
    mention = parsed.mention(phrase)
    return [mention.entity] if mention is not None else []
