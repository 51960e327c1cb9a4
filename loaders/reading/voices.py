"""The voice in which a verb calls a frame."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.model import Purpose
from loaders.reading.complements import complements
from loaders.reading.frames import BARE, OBJECT, PASSIVE, Frame
from loaders.reading.inflection import Form
from loaders.reading.phrases import Parse
from loaders.reading.predicates import is_bare_participle, is_undergone

if TYPE_CHECKING:
    from loaders.reading.slots import Match


def is_passive(parsed: Parse, match: Match) -> bool:
    """Whether the verb of a match is passive, of those that may be."""
    group = match.group
    if group is None:
        return False
    transitive = _has_object(match.frame) or match.frame.voice == PASSIVE
    if not transitive and not _is_money_moved(parsed, match):
        return False
    head = parsed.tokens[group.head]
    if is_undergone(parsed, group):
        return True
    if not head.has_form(Form.PARTICIPLE):
        return False
    if group.reflexive:
        return False
    return group.passive_auxiliary or is_bare_participle(parsed, group)


@cache
def _has_object(frame: Frame) -> bool:
    return any(OBJECT in positions for positions in frame.slots.values())


def _is_money_moved(parsed: Parse, match: Match) -> bool:
    """Whether a sum is the subject of the passive: "dix millions ont été investis par X dans Y"."""
    if match.frame.amount is not Purpose.INVESTMENT or match.frame.intransitive:
        return False
    agent = parsed.lexicon.agent
    return any(phrase.preposition == agent for phrase in complements(parsed, match.end))


def is_in_voice(parsed: Parse, match: Match, passive: bool) -> bool:
    """Whether the verb is in the voice that its frame asks for."""
    bare = match.group is not None and is_bare_participle(parsed, match.group)
    if match.frame.voice == BARE:
        return bare
    return passive if match.frame.voice == PASSIVE else not passive and not bare
