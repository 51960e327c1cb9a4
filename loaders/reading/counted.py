"""Whom expressions mean that count: "tous deux", "ils", "le premier … le second"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.model import Kind
from loaders.reading.agreement import agrees, gender_of
from loaders.reading.anaphors import Anaphor
from loaders.reading.mentions import NamedEntity
from loaders.reading.salience import REACH, Place

if TYPE_CHECKING:
    from loaders.reading.coreference import Discourse

NEXT: Final = 2
"""Sentences in which what was just told is still near."""
_PAIR: Final = 2
_PEOPLE: Final = frozenset({Kind.PERSON})
_ANY: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})


def ranked(
    discourse: Discourse, anaphor: Anaphor, sentence: int, position: int
) -> NamedEntity | None:
    """The first or second of those whom the nearest sentence with several lists or names.

    "Le premier" and "la seconde" are of the same two, however far apart they stand.
    """
    near, two = discourse.pair
    if sentence - near <= NEXT and len(two) == _PAIR:
        one = two[anaphor.rank - 1]
        return one if one.kind in anaphor.kinds and agrees(one, anaphor) else None
    for near, listed in reversed(discourse.groups):
        if sentence - near > NEXT:
            break
        if len(listed) >= anaphor.rank:
            one = listed[anaphor.rank - 1]
            if one.kind not in anaphor.kinds or not agrees(one, anaphor):
                return None
            discourse.pair = sentence, listed
            return one
    alike = replace(anaphor, gender=None)
    fitting = discourse.fitting(alike, sentence, position, (), NEXT)
    for kinds in (_PEOPLE, anaphor.kinds - _PEOPLE):
        near_by = [place for place in fitting if place.entity.kind in kinds]
        two = list(dict.fromkeys(place.entity for place in near_by))
        if len(two) == _PAIR and agrees(two[anaphor.rank - 1], anaphor):
            discourse.pair = sentence, two
            return two[anaphor.rank - 1]
    return None


def named_before(
    discourse: Discourse, fitting: Sequence[Place], anaphor: Anaphor, sentence: int
) -> Place | None:
    """Who was named last before "ce dernier" or "celle-ci": in the nearest sentence that names any.

    The subject of its own sentence is not meant: "Apple rachète cette dernière".
    """
    others = [p for p in fitting if not (p.subject and p.sentence == sentence)] or list(fitting)
    latest = max(place.sentence for place in others)
    between = range(latest + 1, sentence)
    if any(place.sentence in between for place in discourse.places):
        return None
    near = [place for place in others if place.sentence == latest]
    may = (None, anaphor.gender)
    alike = [p for p in near if not anaphor.gender or _gender(discourse, p.entity) in may] or near
    # "Y, dirigée par Anne, utilise Z. Cette dernière …"
    people = [place for place in alike if place.entity.kind is Kind.PERSON]
    surely = [place for place in people if place.entity.gender == anaphor.gender]
    return max(surely or alike, key=lambda place: place.start)


def _gender(discourse: Discourse, entity: NamedEntity) -> str | None:
    """The gender of the noun that a body was last called by, or of all that it is called by."""
    return discourse.genders.get(entity) or gender_of(entity)


def several(
    discourse: Discourse,
    anaphor: Anaphor,
    sentence: int,
    position: int,
    exclude: Collection[NamedEntity],
) -> tuple[list[NamedEntity], bool]:
    """The entities named together in the nearest sentence that names as many as are meant.

    The second tells whether there is a doubt.
    """
    # A pronoun is whoever was named together last, whatever is asked of them.
    kinds = _ANY if anaphor.pronoun else anaphor.kinds
    for near, listed in reversed(discourse.groups):
        if sentence - near > REACH or not _are_named(discourse, listed, near, position):
            continue
        alike = [e for e in listed if e.kind in kinds and e not in exclude]
        alike = [e for e in alike if agrees(e, anaphor)]
        bodies = [e for e in alike if e.kind is not Kind.PERSON]
        if anaphor.pronoun and bodies:
            # "Les salariés de A et de B … Ils …": not the bodies.
            told = [p for p in discourse.places if p.sentence == near and p.entity in alike]
            if len(bodies) < len(alike) or any(place.complement for place in told):
                continue
        if len(alike) == anaphor.number or (anaphor.number == 0 and len(alike) > 1):
            return (alike if all(e.kind in anaphor.kinds for e in alike) else []), False
    if anaphor.pronoun:
        anaphor = replace(anaphor, kinds=anaphor.kinds & _PEOPLE)
    fitting = discourse.fitting(anaphor, sentence, position, exclude)
    for near in sorted({place.sentence for place in fitting}, reverse=True):
        here = [place for place in fitting if place.sentence == near]
        for narrowed in (
            [place for place in here if place.subject],
            [place for place in here if not place.complement],
            here,
        ):
            entities = list(dict.fromkeys(place.entity for place in narrowed))
            if near == sentence and narrowed and all(place.complement for place in narrowed):
                continue  # "la directrice de X à Y est nommée à la tête de ces deux musées"
            if len(entities) == anaphor.number or (anaphor.number == 0 and len(entities) > 1):
                return entities, False
    return [], bool(fitting)


def _are_named(
    discourse: Discourse, listed: Collection[NamedEntity], sentence: int, position: int
) -> bool:
    """Whether all of a list of a sentence stand before `position`."""
    here = {p.entity for p in discourse.places if p.sentence == sentence and p.start < position}
    return here.issuperset(listed)
