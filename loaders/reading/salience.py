"""How much speaks for a place as the antecedent of an expression; docs/reading.md tells why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import country_of, gender_of, is_called, is_said_so
from loaders.reading.anaphors import Anaphor
from loaders.reading.mentions import NamedEntity

REACH: Final = 3
"""Sentences back that an antecedent may stand."""

# What speaks for an antecedent and against it.
_FAR: Final = 0.7
_NEAR: Final = 0.4
_AGAIN: Final = 0.4
_SUBJECT: Final = 0.8
_AS_OBJECT: Final = 0.2
_HERE: Final = 0.5
_PERSON: Final = 0.8
_COMPLEMENT: Final = 0.5
_LISTED: Final = 0.9
_WHERE: Final = 0.8
_FREQUENT: Final = 0.08
_TIMES: Final = 6
_PREFERRED: Final = 0.5
_CALLED: Final = 2.0
_ALIKE: Final = 1.4
_FIELD: Final = 0.8
_AS_SOURCE: Final = 0.8
_NEWS: Final = 0.8
_OTHER_GENDER: Final = 0.6
_GENDER: Final = 0.2
_CALLED_OTHERWISE: Final = 1.2
_CALLED_LIKEWISE: Final = 0.5
_COUNTRY: Final = 1.2
_ORIGIN: Final = 0.6
_SECTOR: Final = 0.4
_UNKNOWN: Final = 0.4
_GROWN: Final = 1.6
_JUST_TOLD: Final = 0.8
_PEOPLE: Final = frozenset({Kind.PERSON})
_OTHERS: Final = 2
"""Bodies named since one was last spoken of, after which it is left behind."""


@dataclass(slots=True)
class Place:
    """Where an entity was named, described or meant, and what its sentence makes of it."""

    sentence: int
    start: int
    entity: NamedEntity
    subject: bool
    complement: bool
    listed: bool
    heading: bool = False
    source: bool = False
    where: bool = False
    agent: bool = False
    end: int = 0


def salience(
    place: Place,
    anaphor: Anaphor,
    sentence: int,
    fitting: Sequence[Place],
    times: int,
    last: str | None = None,
    before: int | None = None,
) -> float:
    """What speaks for one place of those `fitting`; the article has named it so many `times`.

    `last` is the gender of the noun or pronoun that it was last called by; what the article calls
    it counts if it does so `before` the expression.
    """
    entity = place.entity
    far = _FAR + (_NEAR if anaphor.near else 0.0)
    called = is_said_so(entity, anaphor, before)
    if called and anaphor.sectors:
        far *= _AGAIN
    score = -far * min(sentence - place.sentence, REACH)
    if put_there := anaphor.where and place.where and not anaphor.whose:
        score += _WHERE
    elif place.subject and not anaphor.founded and sentence - place.sentence <= REACH:
        beside = [p for p in fitting if p.subject and p.sentence == place.sentence]
        pick = max if place.sentence == sentence else min
        first = pick(beside, key=lambda p: p.start)
        bonus = _SUBJECT if place is first or (first.listed and place.listed) else _SUBJECT / 2
        here = place.sentence == sentence and not (anaphor.pronoun or anaphor.kinds == _PEOPLE)
        score += bonus * (_AS_OBJECT if anaphor.object else _HERE if here or anaphor.where else 1)
    did = place.agent and anaphor.nouns and place.sentence < sentence
    just = _is_just_told(place, anaphor, sentence, fitting)
    score += _JUST_TOLD * just
    apart = called or anaphor.founded or put_there or did or just
    score -= (_COMPLEMENT * place.complement if not apart else 0.0) + _LISTED * place.listed
    score += _FREQUENT * min(times - 1, _TIMES)
    if anaphor.preferred is not None and entity.kind is anaphor.preferred:
        score += _PREFERRED
    if anaphor.pronoun and entity.kind is Kind.PERSON:
        score += _PERSON
    if called:
        worth = _CALLED if is_called(entity, anaphor, before) else _ALIKE
        # "Cette société" is who was just named, whomever the article has called a company before.
        score += worth / 2 if anaphor.near and not anaphor.sectors else worth
    gender = gender_of(entity)
    if anaphor.pronoun and anaphor.gender and last is not None and entity.kind is not Kind.PERSON:
        score += _CALLED_LIKEWISE if last == anaphor.gender else -_CALLED_OTHERWISE
    elif anaphor.gender and gender is not None:
        score += _GENDER if gender == anaphor.gender else -_OTHER_GENDER
    entry = entity.entry
    if entry is not None and anaphor.fields and entry.sectors:
        score += -_FIELD if anaphor.fields.isdisjoint(entry.sectors) else _FIELD
    score -= _AS_SOURCE * place.source
    plain = not (anaphor.sectors or anaphor.pronoun or anaphor.where)
    if entry is not None and entry.news and plain:
        score -= _NEWS
    score += _by_size(place, anaphor)
    if anaphor.country and country_of(entity) == anaphor.country:
        score += _COUNTRY
    if anaphor.origin and entity.origin == anaphor.origin:
        score += _ORIGIN
    if anaphor.sectors and entity.entry and anaphor.sectors & set(entity.entry.sectors):
        score += _SECTOR
    return score


def _is_just_told(place: Place, anaphor: Anaphor, sentence: int, fitting: Sequence[Place]) -> bool:
    """Whether it is the only person of the sentence before, and a noun tells more of whom."""
    if anaphor.pronoun or anaphor.kinds != _PEOPLE or place.sentence != sentence - 1:
        return False
    return all(p.entity is place.entity for p in fitting if p.sentence == place.sentence)


def _by_size(place: Place, anaphor: Anaphor) -> float:
    """What speaks for a place by how large or young what it names is known to be."""
    entity, score = place.entity, 0.0
    entry = entity.entry
    grown = not anaphor.grown.isdisjoint(entity.called)
    if anaphor.modest and entry is None and place.subject and not place.listed and not grown:
        score += _UNKNOWN
    if anaphor.young and entry is not None and not entity.called:
        score -= _UNKNOWN / 2
    if anaphor.of_a_group and (entity.grown or grown):
        score -= _GROWN
    if anaphor.founded and entity.grown:
        score -= _GROWN
    return score


def named_last(anaphor: Anaphor, two: list[Place]) -> Place | None:
    """Of two people that a sentence names beside its subject, the last one is described next.

    "X retrouvera Y et rendra compte à Z. L'Espagnol …": Z. None where this does not tell.
    """
    told = bool(anaphor.nouns or anaphor.country)
    if not told or not anaphor.kinds <= _PEOPLE or two[0].sentence != two[1].sentence:
        return None
    if any(place.subject or place.listed for place in two):
        return None
    return max(two, key=lambda place: place.start)


def is_passed(
    entity: NamedEntity, places: Sequence[Place], sentence: int, main: NamedEntity | None
) -> bool:
    """Whether the article has gone on from a body to others, as a roundup does.

    Not from what it is mostly about, nor from what one of the last sentences names.
    """
    if entity is main or entity.kind in _PEOPLE:
        return False
    last = max(place.sentence for place in places if place.entity is entity)
    if sentence - last < REACH:
        return False
    since = {p.entity for p in places if p.sentence > last and not p.source}
    return sum(other.kind not in _PEOPLE for other in since) >= _OTHERS


def from_there(fitting: list[Place], anaphor: Anaphor) -> list[Place]:
    """Those told to be from the town or region that a description tells, if any are.

    What everybody knows need not be told to be from there.
    """
    if anaphor.origin is None or all(place.entity.origin is None for place in fitting):
        return fitting
    return [p for p in fitting if p.entity.origin is not None or p.entity.entry is not None]
