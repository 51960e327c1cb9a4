"""What pronouns and generic descriptions stand for: "il", "le suivre", "l'entreprise", "tous deux".

Never across a doubt: where two entities fit equally, none is taken, and the doubt is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from graph.model import Ground, Kind, RelationType, Status
from loaders.reading.agreement import agrees, is_called, is_outlet, is_said_so
from loaders.reading.anaphors import Anaphor, Anaphors
from loaders.reading.counted import NEXT, named_before, ranked, several
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.resolved import Resolved
from loaders.reading.salience import (
    REACH,
    Place,
    from_there,
    is_passed,
    named_last,
    salience,
)
from loaders.reading.topics import Topics

_FAR_REACH: Final = 8
"""Sentences back that the only person of an article's stretch may stand."""

_LEAD: Final = 0.32
"""By how much one must be likelier than the next; less is a doubt."""
_RIVAL: Final = 0.6
"""By how much somebody of a kind that is not asked for must be likelier to be meant instead."""
_TOO_FAR: Final = -1.9
_TARGET: Final = 0.9
_BUYER: Final = 1.8
_FOUNDED_TARGET: Final = 1.2
_PEOPLE: Final = frozenset({Kind.PERSON})
_TIES: Final = frozenset({RelationType.PARTNERED_WITH, RelationType.PART_OF, RelationType.ACQUIRED})
_THINGS: Final = frozenset({Kind.PRODUCT})
_DEALS: Final = frozenset({RelationType.ACQUIRED, RelationType.INVESTED_IN})


@dataclass(slots=True)
class Discourse:
    """Who was named so far, and where; grows sentence by sentence.

    `genders` are those of the nouns and pronouns that bodies were last called by, `targets` tells
    in which sentence a deal was last told of which they are bought or funded, `buyers` by whom,
    `owners` in which sentence somebody was last told to buy the whole of another.
    `passing` are those of whom it is told what they are to others (investors, partners, parts),
    `made` the products of which it is told who makes them.
    `doubts` counts the expressions of which more was asked and that fitted more than one entity.
    `resolved` tells what was found, by the place of the words and whom they stand for, `there` what
    a pronoun for a place stood for last, and in which sentence, `pair` whom "le premier" and "le
    second" stood for last.
    """

    places: list[Place] = field(default_factory=list)
    groups: list[tuple[int, list[NamedEntity]]] = field(default_factory=list)
    times: Counter[NamedEntity] = field(default_factory=Counter)
    topics: Topics = field(default_factory=Topics)
    genders: dict[NamedEntity, str] = field(default_factory=dict)
    targets: dict[NamedEntity, int] = field(default_factory=dict)
    buyers: set[NamedEntity] = field(default_factory=set)
    passing: set[NamedEntity] = field(default_factory=set)
    made: set[NamedEntity] = field(default_factory=set)
    owners: dict[NamedEntity, int] = field(default_factory=dict)
    _noted: set[tuple[int, int]] = field(default_factory=set)
    _associates: Mapping[NamedEntity, float] = field(default_factory=dict)
    _doubtful: set[tuple[int, int]] = field(default_factory=set)
    resolved: dict[tuple[int, NamedEntity], Resolved] = field(default_factory=dict)
    there: tuple[int, NamedEntity] | None = None
    pair: tuple[int, list[NamedEntity]] = (-_FAR_REACH, [])
    _ground: Ground = Ground.NAMED
    _best: Place | None = None

    def topic(self, sentence: int, position: int) -> NamedEntity | None:
        """The body that the article, or else this stretch of it, is about; None in doubt."""
        return self.topics.at(self.places, sentence, position)

    def only_target(self, sentence: int) -> NamedEntity | None:
        """What the last sentences tell to be bought or funded, if that is a single body."""
        near = [body for body, told in self.targets.items() if 0 <= sentence - told <= REACH]
        return near[0] if len(near) == 1 else None

    def people_near(self, sentence: int) -> list[NamedEntity]:
        """The people of the nearest sentence before that names or means any, if it is near.

        Rather the only one of them who is no complement.
        """
        told = [
            place
            for place in self.places
            if place.entity.kind is Kind.PERSON and 0 < sentence - place.sentence <= REACH
        ]
        nearest = max((place.sentence for place in told), default=-1)
        here = [place for place in told if place.sentence == nearest]
        free = dict.fromkeys(place.entity for place in here if not place.complement)
        return list(free if len(free) == 1 else dict.fromkeys(place.entity for place in here))

    @property
    def doubts(self) -> int:
        """How many expressions were left open."""
        return len(self._doubtful)

    def note(
        self,
        sentence: int,
        mention: Mention,
        *,
        subject: bool = False,
        complement: bool = False,
        listed: bool = False,
        heading: bool = False,
        source: bool = False,
        where: bool = False,
        agent: bool = False,
    ) -> None:
        """Remember a mention.

        `complement` tells that it depends on another noun, `listed` that it is one of several,
        `heading` that it stands for itself, so that what follows is about it, `source` that it is
        named as who says something, `where` that somebody is said to be there, `agent` that it does
        what a participle tells.
        """
        self.times[mention.entity] += 1
        self.places.append(
            Place(
                sentence,
                mention.start,
                mention.entity,
                subject,
                complement,
                listed,
                heading,
                source,
                where,
                agent,
                mention.end,
            )
        )

    def tell(
        self,
        relation: RelationType,
        subject: NamedEntity,
        other: NamedEntity,
        sentence: int,
        status: Status,
    ) -> None:
        """Remember what a claim makes of its ends for what is spoken of next."""
        if relation is RelationType.ACQUIRED and status is not Status.DENIED:
            self.owners[subject] = sentence
        if relation in _DEALS:
            self.targets[other] = sentence
            self.buyers.add(subject)
        if relation is RelationType.INVESTED_IN:
            self.passing.add(subject)
        elif relation in _TIES and Kind.PRODUCT not in (subject.kind, other.kind):
            weights = self.topics.weights
            lesser = subject if weights[subject] < weights[other] else other
            if relation is RelationType.PARTNERED_WITH or weights[subject] != weights[other]:
                self.passing.add(lesser)
        elif relation is RelationType.USES:
            self.passing.add(other)
        elif relation is RelationType.DEVELOPS:
            self.made.add(other)

    def note_group(self, sentence: int, entities: list[NamedEntity]) -> None:
        """Remember entities that a sentence names in one list."""
        if len(entities) > 1:
            self.groups.append((sentence, entities))

    def note_resolved(
        self,
        sentence: int,
        start: int,
        entities: list[NamedEntity],
        *,
        subject: bool = True,
        complement: bool = False,
    ) -> None:
        """Remember what a pronoun or description turned out to stand for."""
        if len(entities) > 1:
            self.note_group(sentence, entities)
        if (sentence, start) in self._noted:
            return
        if entities:
            self._noted.add((sentence, start))
        for entity in entities:
            self.times[entity] += 1
            listed = len(entities) > 1
            place = Place(sentence, start, entity, subject, complement, listed)
            words = self.resolved.get((start, entity))
            place.end = words.end if words is not None else start
            self.places.append(place)

    def note_pronouns(self, sentence: int, start: int, text: str, anaphors: Anaphors) -> None:
        """Follow whom a sentence without a parse goes on with: "Il vit à Lyon."."""
        for match in anaphors.pronoun.finditer(text):
            gender = anaphors.subjects[lowered(match[1])]
            anaphor = Anaphor(frozenset({Kind.PERSON}), 1, gender, pronoun=True)
            here = (start + match.start(1), start + match.end(1))
            found = self.resolve(anaphor, sentence, *here, asked=False)
            self.note_resolved(sentence, start + match.start(1), found)

    def resolve(
        self,
        anaphor: Anaphor,
        sentence: int,
        position: int,
        end: int | None = None,
        *,
        exclude: Collection[NamedEntity] = (),
        asked: bool = True,
        associates: Mapping[NamedEntity, float] | None = None,
    ) -> list[NamedEntity]:
        """The entities that an expression from `position` to `end` stands for.

        Empty if there are none, or in doubt. Without an `end` nothing is kept to explain it.

        A doubt counts if it was `asked` what is said of them. `associates` have to do with somebody
        whom the sentence names, with how much that speaks for them.
        """
        bodies = anaphor.is_someone and not anaphor.kinds & _PEOPLE
        if bodies and self._is_person(anaphor, sentence, position, exclude):
            return []
        self._associates = associates or {}
        self._ground, self._best = Ground.NAMED, None
        if anaphor.number == 1:
            entity, doubt = self._one(anaphor, sentence, position, exclude)
            found = [entity] if entity is not None else []
        else:
            self._ground = Ground.TOGETHER
            found, doubt = several(self, anaphor, sentence, position, exclude)
        if found:
            self._doubtful.discard((sentence, position))
            if end is not None:
                for entity in found:
                    self.explain(position, end, entity, self._ground, sentence, self._best)
        elif doubt and asked:
            self._doubtful.add((sentence, position))
        return found

    def _is_person(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> bool:
        """Whether a pronoun is rather a person's, though only bodies or things are asked for."""
        anyone = replace(anaphor, kinds=anaphor.kinds | _PEOPLE, preferred=None)
        found = self.resolve(anyone, sentence, position, exclude=exclude, asked=False)
        return not found or any(entity.kind is Kind.PERSON for entity in found)

    def explain(
        self,
        start: int,
        end: int,
        entity: NamedEntity,
        ground: Ground,
        sentence: int,
        place: Place | None = None,
    ) -> None:
        """Remember why the words from `start` to `end` stand for an entity."""
        if place is None:
            before = (p for p in reversed(self.places) if p.entity is entity and p.start < start)
            place = next(before, None)
        self.resolved[start, entity] = Resolved(start, end, entity, ground, sentence, place)

    def fitting(
        self,
        anaphor: Anaphor,
        sentence: int,
        position: int,
        exclude: Collection[NamedEntity],
        reach: int | None = None,
    ) -> list[Place]:
        """The places near enough before `position` of what an expression may stand for."""
        if reach is None:
            # A pronoun goes on with who was just named; a noun may come back to what the article
            # is about.
            reach = REACH if anaphor.pronoun or anaphor.kinds <= _PEOPLE else sentence
        kinds, first = anaphor.kinds, sentence - reach
        may: dict[NamedEntity, bool] = {}
        found: list[Place] = []
        for place in self.places:
            entity = place.entity
            if entity.kind not in kinds or place.sentence < first or place.start >= position:
                continue
            if entity not in may:
                may[entity] = entity not in exclude and agrees(entity, anaphor)
            told = place.source and not anaphor.sectors and is_outlet(entity)
            if may[entity] and not told:
                found.append(place)
        return found

    def _one(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> tuple[NamedEntity | None, bool]:
        """The entity that most speaks for, and whether the next one is too near."""
        if anaphor.rank:
            self._ground = Ground.RANK
            return ranked(self, anaphor, sentence, position), False
        if anaphor.called:
            called, doubt = self._only_one_called(anaphor, sentence, position, exclude)
            if called is not None and is_passed(called, self.places, sentence, self.topics.main):
                return None, True
            if called is not None or anaphor.kinds <= _PEOPLE:
                self._ground = Ground.CALLED
                return called, doubt
        fitting = self.fitting(anaphor, sentence, position, exclude)
        if anaphor.called or anaphor.relational:
            fitting = [place for place in fitting if is_said_so(place.entity, anaphor)]
        if not fitting:
            self._ground = Ground.ONLY
            return self._protagonist(anaphor, sentence, position, exclude), False
        if anaphor.last:
            self._ground, self._best = Ground.LAST, named_before(self, fitting, anaphor, sentence)
            return (self._best.entity if self._best is not None else None), False
        fitting = from_there(fitting, anaphor)
        if anaphor.alike and any(is_called(p.entity, anaphor, position) for p in fitting):
            anaphor = replace(anaphor, alike=frozenset())  # who was called by the very noun
        scores: dict[NamedEntity, float] = {}
        best: dict[NamedEntity, Place] = {}
        for place in fitting:
            score = self._score(place, anaphor, sentence, fitting, position)
            if place.entity not in scores or score > scores[place.entity]:
                scores[place.entity], best[place.entity] = score, place
        likeliest = sorted(
            (entity for entity, score in scores.items() if score > _TOO_FAR),
            key=lambda entity: -scores[entity],
        )
        if not likeliest and anaphor.kinds == _THINGS and len(scores) == 1:
            likeliest = list(scores)  # the only product of the article
        if not likeliest:
            return None, False
        if len(likeliest) > 1 and scores[likeliest[0]] - scores[likeliest[1]] < _LEAD:
            last = named_last(anaphor, [best[entity] for entity in likeliest[:2]])
            if last is None:
                return None, True
            likeliest.insert(0, likeliest.pop(likeliest.index(last.entity)))
        if anaphor.kinds <= _PEOPLE and (elsewhere := anaphor.wide - _PEOPLE):
            # "Il" is one and the same, whatever is told of him: here rather a firm than a person.
            asked = replace(anaphor, kinds=elsewhere)
            rivals = self.fitting(asked, sentence, position, exclude)
            most = max(
                (self._score(p, asked, sentence, rivals, position) for p in rivals),
                default=_TOO_FAR - _RIVAL,
            )
            if most - scores[likeliest[0]] >= _RIVAL:
                return None, True
        self._best = best[likeliest[0]]
        if not anaphor.pronoun and is_said_so(likeliest[0], anaphor):
            self._ground = Ground.CALLED
        elif self._best.subject:
            self._ground = Ground.SUBJECT
        return likeliest[0], False

    def _score(
        self,
        place: Place,
        anaphor: Anaphor,
        sentence: int,
        fitting: list[Place],
        position: int,
    ) -> float:
        """How much speaks for one place as the antecedent of what stands at `position`."""
        gender, times = self.genders.get(place.entity), self.times[place.entity]
        score = salience(place, anaphor, sentence, fitting, times, gender, position)
        score += self._associates.get(place.entity, 0.0)
        grown = not anaphor.nouns.isdisjoint(anaphor.grown)
        if anaphor.young and place.entity in self.buyers:
            score -= _TARGET
        if grown and sentence - self.owners.get(place.entity, -_FAR_REACH) <= NEXT:
            score += _BUYER
        if sentence - self.targets.get(place.entity, -_FAR_REACH) <= NEXT:
            smaller = bool(anaphor.nouns) and not (anaphor.pronoun or grown)
            score += _FOUNDED_TARGET if anaphor.founded else _TARGET * smaller
        return score + self.topics.worth(place, anaphor, sentence)

    def _only_one_called(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> tuple[NamedEntity | None, bool]:
        """Whom the article has called by the noun, if that is a single one."""
        anywhere = self.fitting(anaphor, sentence, position, exclude, sentence)
        called = {place.entity for place in anywhere if is_called(place.entity, anaphor)}
        return (called.pop(), False) if len(called) == 1 else (None, bool(called))

    def _protagonist(
        self, anaphor: Anaphor, sentence: int, position: int, exclude: Collection[NamedEntity]
    ) -> NamedEntity | None:
        """The only one whom a pronoun can mean though nobody was named for a while."""
        if Kind.PERSON not in anaphor.kinds or anaphor.gender is None:
            return None
        far = self.fitting(anaphor, sentence, position, exclude, _FAR_REACH)
        people = {place.entity for place in far if place.entity.kind is Kind.PERSON}
        return people.pop() if len(people) == 1 else None
