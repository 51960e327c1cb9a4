"""What an article, or a stretch of it, is about: the bodies that it names most and first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.model import Kind
from loaders.reading.anaphors import Anaphor
from loaders.reading.mentions import BODIES, Mention, NamedEntity
from loaders.reading.salience import Place

_OPENING: Final = 2
"""Mentions that being named in the first sentence to name a body is worth."""
_TITLE: Final = 4
_BEHIND: Final = 1
"""Mentions that being the first body of the title is worth, or one behind it."""
_TWICE: Final = 2
_HERO: Final = 4
_SHARE: Final = 0.3
"""Of all mentions of bodies, what the one that an article is about has at least."""
_MOST: Final = 0.5
"""Of all mentions of bodies, what the one has that nobody else is taken for."""
_HEADED: Final = 1.0
_OF_HERO: Final = 0.5
_OF_TOPIC: Final = 0.6
"""What it is worth for a pronoun or description to open the item, or to be what is spoken of."""


@dataclass(slots=True)
class Topics:
    """How much each body is spoken of, and the `main` one, if there is a single one.

    `hero` is the only person whom the title names, or of whom most mentions of people are.

    `items` are the paragraphs that are items of a list, each about something else; `paragraphs`
    tells where each sentence stands.
    """

    weights: Counter[NamedEntity] = field(default_factory=Counter)
    paragraphs: dict[int, int] = field(default_factory=dict)
    items: frozenset[int] = frozenset()
    main: NamedEntity | None = None
    hero: NamedEntity | None = None

    @staticmethod
    def of(
        mentions: Sequence[Mention],
        opening: int,
        paragraphs: Mapping[int, int],
        items: Collection[int],
        title: str | None = None,
    ) -> Topics:
        """Weigh the bodies of an article: those it names most, and before `opening`.

        Those that its `title` names count as named in the opening, and the first of them more.

        Outlets are left out: they are who says it.
        """
        bodies = [
            mention
            for mention in mentions
            if mention.entity.kind in BODIES
            and (mention.entity.entry is None or not mention.entity.entry.news)
        ]
        weights = Counter(mention.entity for mention in bodies)
        for entity in {mention.entity for mention in bodies if mention.end <= opening}:
            weights[entity] += _OPENING
        places = {entity: _place_in(title, entity) for entity in weights} if title else {}
        named = sorted((e for e, place in places.items() if place >= 0), key=places.__getitem__)
        for rank, entity in enumerate(named):
            weights[entity] += _BEHIND if rank else _TITLE
        nobody: tuple[NamedEntity | None, int] = (None, 0)
        (main, weight), (_, second) = [*weights.most_common(2), nobody, nobody][:2]
        clear = main in named and weight >= _TWICE * second
        share = clear or weight >= _SHARE * weights.total()
        enough = weight > second and share
        told = main if enough else None
        return Topics(weights, dict(paragraphs), frozenset(items), told, _hero(mentions, title))

    def is_alone(self, body: NamedEntity) -> bool:
        """Whether the article hardly speaks of any other body."""
        return body is self.main and self.weights[body] >= _MOST * self.weights.total()

    def at(self, places: Sequence[Place], sentence: int, position: int) -> NamedEntity | None:
        """The body that the article, or else this stretch of it, is about; None in doubt.

        One of many in a roundup is not what it is about; there the paragraph counts. `places` are
        those of everybody named so far.
        """
        told = (p for p in places if p.start < position and not p.source)
        before = [p for p in told if self.weights[p.entity]]
        if not before:
            return None
        nearest = max(place.sentence for place in before)
        here = [place for place in before if place.sentence == nearest]
        heading = next((place for place in here if place.heading), None)
        if heading is not None and sentence - nearest <= 1:
            return heading.entity
        paragraph = self.paragraphs.get(sentence)
        near = {p.entity for p in before if self.paragraphs.get(p.sentence) == paragraph}
        if paragraph in self.items and near:
            return near.pop() if len(near) == 1 else None
        main, weight = self.main, self.weights[self.main] if self.main is not None else 0
        if main is None:
            return near.pop() if len(near) == 1 else None
        if main in {place.entity for place in here}:
            return main
        if any(place.subject for place in here) or main not in {p.entity for p in before}:
            return near.pop() if len(near) == 1 else None
        # One that the sentence before speaks of may be meant as well, if it is about two or more.
        beside = sentence - nearest <= 1 and weight < _MOST * self.weights.total()
        return main if weight > 1 and not beside else None

    def worth(self, place: Place, anaphor: Anaphor, sentence: int) -> float:
        """What speaks for a body that the article, or the item of its list, is about."""
        score = 0.0
        paragraph = self.paragraphs.get(sentence)
        here = self.paragraphs.get(place.sentence) == paragraph
        if paragraph in self.items:
            score += (_HEADED * place.heading) if here else -_HEADED
        if place.entity is self.hero:
            score += _OF_HERO
        plain = not (anaphor.pronoun or anaphor.where or anaphor.founded)
        if plain and place.entity is self.main:
            score += _OF_TOPIC
        return score


def _hero(mentions: Sequence[Mention], title: str | None) -> NamedEntity | None:
    people = Counter(m.entity for m in mentions if m.entity.kind is Kind.PERSON)
    named = [person for person in people if title and _place_in(title, person) >= 0]
    if named:
        return named[0] if len(named) == 1 else None
    person, times = max(people.items(), key=lambda item: item[1], default=(None, 0))
    return person if times >= _HERO and times > _MOST * people.total() else None


def _place_in(title: str, entity: NamedEntity) -> int:
    """Where the title names a body, by any of its names; -1 if it does not."""
    found = (
        re.search(rf"(?<!\w){re.escape(n)}(?!\w)", title) for n in {entity.name, *entity.names}
    )
    return min((match.start() for match in found if match is not None), default=-1)
