"""A graph of a given size, made up: the same in every run, and kept between runs.

All entities and facts are there, and evidence for one fact in ten: articles with texts, mentions,
and claims with quotes, stored as a load stores them. An article tells ten facts of one company or
organization, and repeats one or two that other articles tell. What no article tells has no date,
amount or role. Every company has some facts, and few of them very many; people and products have
about equally many. A graph of 100,000 entities and 1,000,000 facts has 10,000 articles and some
115,000 claims.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, cycle

from benchmarks import names
from benchmarks.press import written
from graph.fact_rule import RULE_VERSION
from graph.identity import entity_id, fact_id, search_text
from graph.model import Article, EntityRef, Kind, Reading, RelationType, Status
from graph.rows import ArticleRows, Row, article_rows

ENTITIES = 100_000
FACTS = 1_000_000

_GROUP = 10
"""Facts of one company that come together; those of an article, in one group of `_TOLD`."""
_TOLD = 10
_REPEATED = 0.15
_RECENT = 1_000
_LENGTH = 900
_FLATTENED = 10
"""How many ranks share the top: the best known company stands in some hundredths of all facts."""
_PARTS = {Kind.PERSON: 60, Kind.COMPANY: 27, Kind.ORGANIZATION: 3, Kind.PRODUCT: 10}
"""Of a hundred entities."""
_STATUSES = [status.value for status in Status]

_JOBS = (RelationType.HIRED_BY, RelationType.WORKED_AT, RelationType.LEADS)
_THINGS = (RelationType.DEVELOPS, RelationType.USES)
_DEALS = (RelationType.INVESTED_IN, RelationType.ACQUIRED)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by the numbers of its entities."""

    subject: int
    relation: RelationType
    object: int


class World:
    """Entities of all kinds, what is said of them, and articles that say some of it.

    Parameters
    ----------
    entities, facts
        How many there shall be: hundreds at least, and about ten facts an entity.
    """

    def __init__(self, entities: int = ENTITIES, facts: int = FACTS) -> None:
        self._luck = random.Random(0)
        self._groups = facts // _GROUP
        self.refs: list[EntityRef] = []
        of_kind: dict[Kind, range] = {}
        for kind, part in _PARTS.items():
            first = len(self.refs)
            self.refs += names.refs(kind, entities * part // 100)
            of_kind[kind] = range(first, len(self.refs))
        self.ids = [entity_id(ref) for ref in self.refs]
        self._companies = self._luck.sample(of_kind[Kind.COMPANY], len(of_kind[Kind.COMPANY]))
        self._organizations = of_kind[Kind.ORGANIZATION]
        ranks = range(len(self._companies))
        self._shares = list(accumulate(1 / (rank + _FLATTENED) for rank in ranks))
        topics = [*self._companies, *self._organizations]
        self._topics = iter(self._luck.sample(topics, len(topics)))
        self._people = cycle(of_kind[Kind.PERSON])
        self._products = cycle(of_kind[Kind.PRODUCT])
        self._known: set[Fact] = set()
        self._told: list[tuple[int, list[Fact]]] = []

    def entities(self) -> Iterator[Row]:
        """The entities, as they are stored."""
        for ref, id_ in zip(self.refs, self.ids, strict=True):
            yield {
                "id": id_,
                "name": ref.name,
                "kind": ref.kind.value,
                "aliases": [],
                "search_text": search_text(ref.name),
            }

    def untold(self) -> Iterator[tuple[Fact, Row]]:
        """The facts that no article tells, with what is stored of them. Can be taken once."""
        for number in range(self._groups):
            topic = next(self._topics, None)
            topic = self._known_company() if topic is None else topic
            facts = [self._new_fact(topic) for _ in range(_GROUP)]
            if number % _TOLD:
                yield from ((fact, self._properties(fact)) for fact in facts)
            else:
                self._told.append((topic, facts))

    def told(self) -> Iterator[ArticleRows]:
        """The articles and what was read in them; after `untold` was taken to its end."""
        recent: deque[Fact] = deque(maxlen=_RECENT)
        for number, (topic, facts) in enumerate(self._told):
            again = [fact for fact in recent if self._luck.random() < _REPEATED * _GROUP / _RECENT]
            recent.extend(facts)
            yield article_rows(*self._article(number, topic, [*facts, *again]))

    def _properties(self, fact: Fact) -> Row:
        return {
            "id": fact_id(fact.relation, self.ids[fact.subject], self.ids[fact.object]),
            "status": self._luck.choice(_STATUSES),
            "contested": False,
            "sources": 1,
            "claims": 1,
            "rule_version": RULE_VERSION,
        }

    def _article(self, number: int, topic: int, facts: list[Fact]) -> tuple[Article, Reading]:
        told = (
            (
                fact.relation,
                self.refs[fact.subject],
                self.refs[fact.object],
                self.refs[self._known_company()] if self._luck.random() < 0.1 else None,
            )
            for fact in facts
        )
        title = f"{self.refs[topic].name}, suite {number}"
        return written(self._luck, told, "monde", number, title, _LENGTH, outlets=200)

    def _known_company(self) -> int:
        return self._luck.choices(self._companies, cum_weights=self._shares)[0]

    def _new_fact(self, topic: int) -> Fact:
        """One that is not there yet."""
        while True:
            fact = self._fact(topic)
            if fact.subject != fact.object and fact not in self._known:
                self._known.add(fact)
                return fact

    def _fact(self, topic: int) -> Fact:
        chance = self._luck.random()
        organization = topic in self._organizations
        if chance < (0.9 if organization else 0.7):
            return Fact(next(self._people), self._luck.choice(_JOBS), topic)
        if organization:
            return Fact(topic, RelationType.PART_OF, self._known_company())
        if chance < 0.9:
            return Fact(topic, self._luck.choice(_THINGS), next(self._products))
        return Fact(topic, self._luck.choice(_DEALS), self._known_company())
