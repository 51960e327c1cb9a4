"""Whether a sentence can have what a frame needs: asked before more is resolved for it in vain."""

from __future__ import annotations

from functools import cache

from loaders.reading.frames import NO_PREPOSITIONS, Frame
from loaders.reading.phrases import Parse
from loaders.reading.predicates import VerbGroup


def may_claim(parsed: Parse, frame: Frame, group: VerbGroup) -> bool:
    """Whether the prepositions of a sentence leave a claim of the frame possible.

    A relative or a pronoun before the verb may stand for a complement: then all is.
    """
    if group.places or group.datives or parsed.has_relatives:
        return True
    needed, ends = _asked(frame)
    there = parsed.prepositions
    for positions in needed:
        if positions.isdisjoint(there):
            return False
    return not ends or any(
        not any(positions.isdisjoint(there) for positions in pair) for pair in ends
    )


@cache
def _asked(
    frame: Frame,
) -> tuple[tuple[frozenset[str], ...], tuple[tuple[frozenset[str], ...], ...]]:
    """The prepositions of each slot that must be filled, and of the ends of each claim.

    Slots that something else may fill are left out; no ends where a claim may come otherwise.
    """
    needed = [_prepositions(frame, slot) for slot in frame.needs]
    ends = [
        tuple(p for slot in (claim.subject, claim.object) if (p := _prepositions(frame, slot)))
        for claim in frame.claims
    ]
    otherwise = frame.topic is not None or any(c.relation.symmetric for c in frame.claims)
    otherwise = otherwise or not all(ends)  # a claim that no preposition is needed for
    return tuple(p for p in needed if p), () if otherwise else tuple(ends)


@cache
def vital(frame: Frame) -> frozenset[str]:
    """The slots of a frame without any of which no claim can come of it."""
    others = {frame.inherit.slot} if frame.inherit is not None else set()
    if frame.handover is not None:
        others.add(frame.handover.body)
    found = {slot for slot in frame.needs if slot in frame.slots}
    otherwise = frame.topic is not None or any(c.relation.symmetric for c in frame.claims)
    if not otherwise and frame.claims:
        ends = [{claim.subject, claim.object} for claim in frame.claims]
        found |= set.intersection(*ends)
    return frozenset(found - others)


def _prepositions(frame: Frame, slot: str) -> frozenset[str]:
    """The prepositions of a slot that only a complement fills; else none."""
    positions = frozenset(frame.slots.get(slot, ()))
    inherited = frame.inherit is not None and frame.inherit.slot == slot
    passed_on = frame.handover is not None and frame.handover.body == slot
    if inherited or passed_on or not positions.isdisjoint(NO_PREPOSITIONS):
        return frozenset()
    return positions
