"""What pronouns and generic descriptions stand for: "il", "le suivre", "l'entreprise", "tous deux".

Never across a doubt: where two entities fit equally, none is taken, and the doubt is counted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention, NamedEntity

_REACH: Final = 3
"""Sentences back that an antecedent may stand."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What an expression lets its antecedent be: kinds, how many, and grammatical gender.

    `last` is one that points to the last named; `preferred` is the kind to look for first,
    `young` rules out those called giants.
    """

    kinds: frozenset[Kind]
    number: int = 1
    gender: str | None = None
    sectors: frozenset[str] = frozenset()
    country: str | None = None
    young: bool = False
    preferred: Kind | None = None
    last: bool = False


@dataclass(slots=True)
class _Place:
    sentence: int
    start: int
    entity: NamedEntity
    subject: bool
    complement: bool
    listed: bool


@dataclass(slots=True)
class Discourse:
    """Who was named so far, and where; grows sentence by sentence.

    `doubts` counts the expressions that fitted more than one entity.
    """

    places: list[_Place] = field(default_factory=list)
    groups: list[tuple[int, list[NamedEntity]]] = field(default_factory=list)
    doubts: int = 0

    def note(
        self,
        sentence: int,
        mention: Mention,
        *,
        subject: bool = False,
        complement: bool = False,
        listed: bool = False,
    ) -> None:
        """Remember a mention.

        `complement` tells that it depends on another noun, `listed` that it is one of several.
        """
        self.places.append(
            _Place(sentence, mention.start, mention.entity, subject, complement, listed)
        )

    def note_group(self, sentence: int, entities: list[NamedEntity]) -> None:
        """Remember entities that a sentence names in one list."""
        if len(entities) > 1:
            self.groups.append((sentence, entities))

    def note_resolved(self, sentence: int, start: int, entities: list[NamedEntity]) -> None:
        """Remember what a pronoun or description turned out to stand for, as a subject."""
        if len(entities) > 1:
            self.note_group(sentence, entities)
        for entity in entities:
            self.places.append(_Place(sentence, start, entity, True, False, len(entities) > 1))

    def resolve(
        self,
        anaphor: Anaphor,
        sentence: int,
        position: int,
        *,
        exclude: Collection[NamedEntity] = (),
    ) -> list[NamedEntity]:
        """The entities that an expression at `position` stands for; empty if none or in doubt."""
        if anaphor.number == 1:
            entity = self._one(anaphor, sentence, position, exclude)
            return [entity] if entity is not None else []
        return self._several(anaphor, sentence, position, exclude)

    def _fitting(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> list[_Place]:
        return [
            place
            for place in self.places
            if place.start < position
            and sentence - place.sentence <= _REACH
            and place.entity.kind in anaphor.kinds
            and place.entity not in exclude
            and _agrees(place.entity, anaphor)
        ]

    def _one(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> NamedEntity | None:
        fitting = self._fitting(anaphor, sentence, position, exclude)
        if not fitting:
            return None
        nearest = max(place.sentence for place in fitting)
        here = [
            place
            for place in fitting
            if place.sentence == nearest and (anaphor.country or not place.listed)
        ]
        if anaphor.last and here:
            return max(here, key=lambda place: place.start).entity
        preferred = [place for place in here if place.entity.kind is anaphor.preferred]
        here = preferred or here
        for narrowed in (
            [place for place in here if place.subject],
            [place for place in here if not place.complement],
            here,
        ):
            entities = {place.entity for place in narrowed}
            if len(entities) == 1:
                return entities.pop()
            if len(entities) > 1:
                if narrowed[0].subject:
                    pick = max if nearest == sentence else min
                    return pick(narrowed, key=lambda place: place.start).entity
                break
        self.doubts += 1
        return None

    def _several(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> list[NamedEntity]:
        """The entities named together in the nearest sentence that names as many as are meant."""
        for near, listed in reversed(self.groups):
            people = [e for e in listed if e.kind in anaphor.kinds and e not in exclude]
            fits = len(people) == anaphor.number or (anaphor.number == 0 and len(people) > 1)
            if near < sentence and sentence - near <= _REACH and fits:
                return people
        fitting = self._fitting(anaphor, sentence, position, exclude)
        for near in sorted({place.sentence for place in fitting}, reverse=True):
            here = [place for place in fitting if place.sentence == near]
            for narrowed in (
                [place for place in here if place.subject],
                [place for place in here if not place.complement],
                here,
            ):
                entities = list(dict.fromkeys(place.entity for place in narrowed))
                if len(entities) == anaphor.number or (anaphor.number == 0 and len(entities) > 1):
                    return entities
        self.doubts += bool(fitting)
        return []


def _agrees(entity: NamedEntity, anaphor: Anaphor) -> bool:
    if anaphor.gender and entity.gender and entity.kind is Kind.PERSON:
        return anaphor.gender == entity.gender
    entry = entity.entry
    if entry is None:
        return True
    if anaphor.country and entry.country and anaphor.country != entry.country:
        return False
    if anaphor.young and entity.grown:
        return False
    return not (anaphor.sectors and entry.sectors) or bool(anaphor.sectors & set(entry.sectors))


@dataclass(frozen=True, slots=True)
class Anaphors:
    """The expressions of a language that stand for entities named elsewhere."""

    nouns: dict[str, Anaphor]
    fixed: dict[str, Anaphor]
    persons: frozenset[str]
    metonyms: frozenset[str]
    countries: dict[str, str]
    young: frozenset[str]
    grown: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> Anaphors:
        """From ``anaphors.yaml`` of the language."""
        data: dict[str, Any] = language_data(language, "anaphors")
        return Anaphors(
            nouns=_table(data["nouns"]),
            fixed=_table(data["fixed"]),
            persons=frozenset(lowered(word) for word in data["person_groups"]),
            metonyms=frozenset(lowered(word) for word in data["metonyms"]),
            countries=dict(data["countries"]),
            young=frozenset(data["young"]),
            grown=tuple(data["grown"]),
        )


def _table(rules: list[dict[str, Any]]) -> dict[str, Anaphor]:
    table: dict[str, Anaphor] = {}
    for rule in rules:
        anaphor = Anaphor(
            kinds=frozenset(Kind(kind) for kind in rule["kinds"]),
            number=rule.get("number", 1),
            gender=rule.get("gender"),
            sectors=frozenset(rule.get("sectors", ())),
            last=bool(rule.get("last", False)),
        )
        for words in rule["words"]:
            table[lowered(words)] = anaphor
    return table
