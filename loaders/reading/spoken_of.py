"""The firm or product that an article is speaking of at a place. Never in doubt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import is_outlet
from loaders.reading.coreference import Discourse
from loaders.reading.fillers import Filler
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.places import counts
from loaders.reading.predicates import VerbGroup
from loaders.reading.salience import Place

_NEAR: Final = 2
"""Sentences back in which what is spoken of must stand."""
_FAR: Final = 4
"""The same, where those between name only who has to do with it: its investors, its partners."""
_LATEST: Final = 60
"""Places looked through, from the latest back: what the last sentences name."""
_TWICE: Final = 2
"""How often something is named that is spoken of, and not in passing."""
_THINGS: Final = frozenset({Kind.PRODUCT})


def firm_spoken_of(
    discourse: Discourse, sentence: int, position: int, taken: Collection[NamedEntity] = ()
) -> NamedEntity | None:
    """The one body that is spoken of at `position`; None in doubt.

    The only one that the sentence has named or meant so far, else that of the nearest sentence
    that names any: the only one there, or the only one that does something there.
    """
    topics = discourse.topics
    named = [
        place
        for place in _before(discourse, sentence, position, taken, BODIES)
        if not (place.source or is_outlet(place.entity))
    ]
    told = [p for p in named if p.entity is topics.main or not _is_passing(discourse, p)]
    here = {place.entity for place in told if place.sentence == sentence}
    if here:
        return here.pop() if len(here) == 1 else None
    there = _nearest(told, named, sentence)
    found = _central(there)
    if found is None or found is topics.main:
        return found
    # What only depends on something else is not what is spoken of, nor is one of whom the
    # article speaks less than of another that it has just named.
    doing = any(p.entity is found and (p.subject or p.heading) for p in there)
    weight = topics.weights[found]
    others = (place for place in told if place.entity is not found)
    rival = any(topics.weights[p.entity] - p.complement >= weight for p in others)
    return found if doing and weight >= _TWICE and not rival else None


def product_spoken_of(
    discourse: Discourse,
    sentence: int,
    position: int,
    taken: Collection[NamedEntity] = (),
    *,
    anew: bool = False,
) -> NamedEntity | None:
    """The one product that is spoken of at `position`; None in doubt.

    With `anew`, not what its own sentence has named.
    """
    named = _before(discourse, sentence, position, taken, _THINGS)
    told = [place for place in named if place.entity not in discourse.passing]
    here = {place.entity for place in told if place.sentence == sentence}
    if here and not anew:
        return here.pop() if len(here) == 1 else None
    told = [place for place in told if place.sentence < sentence]
    there = _nearest(told, named, sentence)
    if not there and sum(e.kind in _THINGS for e in discourse.times if e not in taken) == 1:
        there = told  # the only product that the article has told of
    found = _central(there)
    if found is None:
        # "X sort Y, une série de l'auteur de Z": what is made there, and no complement.
        made = (p for p in there if p.entity in discourse.made and not p.complement)
        found = _central([place for place in made if not place.listed])
    return found if found and _is_spoken_of(discourse, found, there, told) else None


def acting_product(discourse: Discourse, sentence: int, position: int) -> NamedEntity | None:
    """The product that is spoken of, if it does something there, or no body stands beside it."""
    found = product_spoken_of(discourse, sentence, position)
    places = _before(discourse, sentence, position, (), BODIES | _THINGS)
    latest = max((p.sentence for p in places if p.entity is found), default=-1)
    there = [place for place in places if place.sentence == latest]
    acts = any(place.entity is found and (place.subject or place.heading) for place in there)
    return found if acts or not any(p.entity.kind in BODIES for p in there) else None


def product_of_pronoun(
    parsed: Parse, group: VerbGroup, preposition: str, discourse: Discourse
) -> Filler:
    """The product that "en" stands for: "X *en* a dessiné la carrosserie"."""
    for index in group.places:
        token = parsed.tokens[index]
        if preposition != parsed.lexicon.place_pronouns[token.lower]:
            continue
        if counts(parsed, index):
            return Filler()  # "X en a vendu vingt"
        found = product_spoken_of(discourse, parsed.sentence.index, token.start, anew=True)
        found = found or _just_named(discourse, parsed.sentence.index, token.start)
        return Filler([found]) if found is not None else Filler()
    return Filler()


def _is_passing(discourse: Discourse, place: Place) -> bool:
    """Whether a body only has to do with what is spoken of, or does something for it once."""
    once = place.complement and not place.subject
    return place.entity in discourse.passing or (
        once and discourse.topics.weights[place.entity] < _TWICE
    )


def product_of_object(parsed: Parse, group: VerbGroup, discourse: Discourse) -> Filler:
    """The product that an object pronoun stands for: "Y *l'* utilise", if just one was named."""
    for index in group.objects:
        token = parsed.tokens[index]
        if token.lower in parsed.lexicon.ours:
            continue
        found = _just_named(discourse, parsed.sentence.index, token.start)
        return Filler([found]) if found is not None else Filler()
    return Filler()


def _just_named(discourse: Discourse, sentence: int, position: int) -> NamedEntity | None:
    """The only product that this sentence or else the one before has named; None in doubt."""
    near = [
        place
        for place in _before(discourse, sentence, position, (), _THINGS)
        if sentence - place.sentence <= 1
    ]
    latest = max((place.sentence for place in near), default=-1)
    there = {place.entity for place in near if place.sentence == latest}
    return there.pop() if len(there) == 1 else None


def _before(
    discourse: Discourse,
    sentence: int,
    position: int,
    taken: Collection[NamedEntity],
    kinds: frozenset[Kind],
) -> list[Place]:
    """The places near before of these kinds, in an item of a list in this only."""
    told = discourse.topics
    paragraph = told.paragraphs.get(sentence)
    own = paragraph in told.items
    return [
        place
        for place in discourse.places[-_LATEST:]
        if place.start < position
        and place.entity.kind in kinds
        and sentence - place.sentence <= _FAR
        and place.entity not in taken
        and (not own or told.paragraphs.get(place.sentence) == paragraph)
    ]


def _nearest(told: Sequence[Place], named: Sequence[Place], sentence: int) -> list[Place]:
    """The places of the nearest sentence before that tells of anything, if it is near.

    It may stand farther back where those between name only what has to do with it.
    """
    latest = max((place.sentence for place in told if place.sentence < sentence), default=-1)
    between = {place.sentence for place in named if latest < place.sentence < sentence}
    if latest < 0 or sentence - latest - len(between) > _NEAR:
        return []
    return [place for place in told if place.sentence == latest]


def _central(places: Sequence[Place]) -> NamedEntity | None:
    """The only one of a sentence, else the only one that does something in it."""
    entities = {place.entity for place in places}
    if len(entities) == 1:
        return entities.pop()
    doing = {p.entity for p in places if (p.subject and not p.listed) or p.heading}
    return doing.pop() if len(doing) == 1 else None


def _is_spoken_of(
    discourse: Discourse, product: NamedEntity, there: Sequence[Place], told: Sequence[Place]
) -> bool:
    """Whether a product is no passing one: it is made there, or named again, or the only one.

    Nor is there another near it that is named as often, unless it does something itself.
    """
    own = [place for place in there if place.entity is product]
    times = discourse.times
    others = [
        place.entity
        for place in told
        if place.entity is not product and (not place.complement or times[place.entity] >= _TWICE)
    ]
    known = product in discourse.made or times[product] >= _TWICE
    if not known and all(place.complement for place in own):
        latest = max(place.sentence for place in own)
        before = (p.entity for p in discourse.places[-_LATEST:] if p.sentence <= latest)
        return all(e is product or e.kind not in _THINGS for e in before)
    acts = any(place.subject and not place.complement for place in own)
    return acts or all(times[other] < times[product] for other in others)
