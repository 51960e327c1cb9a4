"""The figures of a set of articles, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model import Kind, RelationType
from loaders.evaluation.annotations import StatedClaim
from loaders.evaluation.counts import Accuracy, Tally
from loaders.evaluation.mistakes import Mistake
from loaders.evaluation.reliability import Reliability, reliability


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim of a reading, and whether it is right.

    `right` is whether the article says so with this status; a claim that gold marks as optional
    is right too.
    """

    article_id: str
    claim: StatedClaim
    right: bool


@dataclass(slots=True)
class Scores:
    """Counts over articles; those of several articles are added up before anything is divided."""

    articles: int = 0
    relations: dict[RelationType, Tally] = field(
        default_factory=lambda: {relation: Tally() for relation in RelationType}
    )
    """Triples of subject, relation and object."""
    entities: Tally = field(default_factory=Tally)
    """Entities by fullest name and kind."""
    entities_any_name: Tally = field(default_factory=Tally)
    """By kind and any of their names."""
    names: Tally = field(default_factory=Tally)
    """By any of their names, whatever the kind."""
    kinds: dict[Kind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in Kind})
    """`entities` of each kind."""
    status: Accuracy = field(default_factory=Accuracy)
    """Of claims whose triple is right."""
    amounts: Accuracy = field(default_factory=Accuracy)
    """Value and currency, of claims whose triple is right and where one side has an amount."""
    amounts_of_all: Accuracy = field(default_factory=Accuracy)
    """Value and currency, of all claims whose triple is right: most have none on either side."""
    bounds: Accuracy = field(default_factory=Accuracy)
    """Of amounts that are right."""
    purposes: Accuracy = field(default_factory=Accuracy)
    """Of amounts that are right and whose purpose gold gives."""
    sources: Accuracy = field(default_factory=Accuracy)
    """Whom the claim is attributed to, where one side names somebody."""
    roles: Accuracy = field(default_factory=Accuracy)
    """Where one side gives a role."""
    dates: Accuracy = field(default_factory=Accuracy)
    """Start and end, both as an earliest and a latest day, where gold gives them."""
    by_reference: Tally = field(default_factory=Tally)
    """Triples with an end that the quote does not name: a pronoun or description stands for it."""
    mistakes: list[Mistake] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    @property
    def claims(self) -> Tally:
        """Triples of all relations."""
        total = Tally()
        for tally in self.relations.values():
            total += tally
        return total

    @property
    def reliability(self) -> Reliability | None:
        """How far the confidences of the claims are what they say; None where there are none."""
        return reliability(
            (judged.claim.confidence, judged.right)
            for judged in self.judged
            if judged.claim.confidence is not None
        )

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 of the relations that gold or the reading has, each counted alike."""
        values = [value for t in self.relations.values() if (value := t.f1) is not None]
        return sum(values) / len(values) if values else None

    def tallies(self) -> Iterator[tuple[str, Tally]]:
        """What has a precision and a recall, with its name, in the order of the table."""
        yield "Claims", self.claims
        for relation, tally in self.relations.items():
            if tally.right or tally.wrong or tally.missed:
                yield relation.value, tally
        yield "Claims by pronoun or description", self.by_reference
        yield "Entities, fullest name and kind", self.entities
        for kind, tally in self.kinds.items():
            if tally.right or tally.wrong or tally.missed:
                yield kind.value, tally
        yield "Entities, any name and kind", self.entities_any_name
        yield "Entities, any name", self.names

    def accuracies(self) -> Iterator[tuple[str, Accuracy]]:
        """What is right or wrong of the claims that are right, with its name."""
        yield "Status", self.status
        yield "Amount, where there is one", self.amounts
        yield "Amount, all claims", self.amounts_of_all
        yield "Bound of the amount", self.bounds
        yield "Purpose of the amount", self.purposes
        yield "Source", self.sources
        yield "Role", self.roles
        if self.dates.total:
            yield "Dates", self.dates

    def __iadd__(self, other: Scores) -> Scores:
        self.articles += other.articles
        for relation, tally in other.relations.items():
            self.relations[relation] += tally
        for kind, tally in other.kinds.items():
            self.kinds[kind] += tally
        for name in (
            "entities",
            "entities_any_name",
            "names",
            "by_reference",
            "status",
            "amounts",
            "amounts_of_all",
            "bounds",
            "purposes",
            "sources",
            "roles",
            "dates",
            "mistakes",
            "judged",
        ):
            mine = getattr(self, name)
            mine += getattr(other, name)
        return self
