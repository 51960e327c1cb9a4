"""Two readers on each article: their claims side by side, told apart by their extractor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee

from graph.model import Article, Claim, Entity, Reading
from loaders.reader import Reader


@dataclass
class Agreement:
    """Claims by relation: found by both readers, by the first alone, by the second alone.

    A claim is the same for both when subject, relation and object are.
    """

    both: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    second: Counter[str] = field(default_factory=Counter)

    def compare(self, first: Iterable[Claim], second: Iterable[Claim]) -> None:
        """Count one article."""
        one, other = ({_triple(claim) for claim in claims} for claims in (first, second))
        for counter, triples in (
            (self.both, one & other),
            (self.first, one - other),
            (self.second, other - one),
        ):
            counter.update(relation for _, relation, _ in triples)


class BothReaders:
    """Reads each article with two readers, and keeps the claims of both.

    An article that one of them skips has the claims of the other; one that either fails on fails.
    """

    def __init__(self, first: Reader, second: Reader) -> None:
        # A plus sign would say that either of them alone gives the same reading.
        self.name = f"{first.name}&{second.name}".replace("+", ",")
        self.agreement = Agreement()
        self._first = first
        self._second = second

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        return next(iter(self.read_many([article])))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of the articles."""
        for_first, for_second = tee(articles)
        firsts, seconds = self._first.read_many(for_first), self._second.read_many(for_second)
        for first, second in zip(firsts, seconds, strict=True):
            self.agreement.compare(first.claims, second.claims)
            yield Reading(
                article_id=first.article_id,
                extractor=self.name,
                language=first.language,
                entities=_entities(first.entities, second.entities),
                claims=(*first.claims, *second.claims),
                skipped=first.skipped if second.skipped else None,
                doubts=first.doubts,
                resolutions=first.resolutions,
            )


def _entities(first: Iterable[Entity], second: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each entity once; where both name it, as the first has it."""
    found = {entity.ref: entity for entity in second} | {entity.ref: entity for entity in first}
    return tuple(found.values())


def _triple(claim: Claim) -> tuple[str, str, str]:
    return claim.subject.name, claim.relation.value, claim.object.name
