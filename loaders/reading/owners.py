"""Of whom a frame claims something: of funds only, of who owns something alone or with others."""

from __future__ import annotations

from loaders.reading.frames import ClaimTemplate
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import NamedEntity
from loaders.reading.slots import Match


def subjects_of(match: Match, template: ClaimTemplate, lexicon: Lexicon) -> list[NamedEntity]:
    """The fillers of the subject's slot of whom a template is claimed."""
    subjects = match.entities(template.subject)
    if template.alone and _is_one_of_several(match, template.object):
        return []
    if template.shared and not _is_one_of_several(match, template.subject):
        return []
    if template.fund:
        # "Les fonds A, B et C": what one of a list is called by, they all are.
        funds = any(lexicon.is_fund(s.name, s.called - s.tied) for s in subjects)
        return subjects if funds else []
    return subjects


def _is_one_of_several(match: Match, slot: str) -> bool:
    """Whether what fills a slot stands in a list, of whatever kinds: "détenu par X et Y"."""
    filler = match.fillers.get(slot)
    if filler is None:
        return False
    return len(filler.entities) > 1 or (filler.phrase is not None and len(filler.phrase.group) > 1)
