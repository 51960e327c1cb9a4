"""One error of a reading, as it is shown to people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from graph.model import RelationType


class MistakeKind(StrEnum):
    """What is wrong."""

    MISSED = "missed"
    WRONG = "wrong"
    STATUS = "wrong status"
    AMOUNT = "wrong amount"
    BOUND = "wrong bound of the amount"
    PURPOSE = "wrong purpose of the amount"
    SOURCE = "wrong source"
    ROLE = "wrong role"
    DATE = "wrong date"
    ENTITY_MISSED = "entity missed"
    ENTITY_WRONG = "no such entity"
    ENTITY_KIND = "wrong kind"
    ENTITY_NAME = "not its fullest name"
    REFERENCE_MISSED = "pronoun or description tied to no name"
    REFERENCE_WRONG = "pronoun or description tied to another name"


ENTITIES: Final = "Entities"
"""What errors about entities are grouped under, where those about claims have their relation."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error.

    `what` is the claim or the entity, `expected` and `found` what gold and the reading say of it
    where they differ, `rule` what the reader says read it.
    """

    article_id: str
    kind: MistakeKind
    what: str
    relation: RelationType | None = None
    expected: str = ""
    found: str = ""
    quote: str = ""
    rule: str = ""
    confidence: float | None = None

    @property
    def group(self) -> str:
        """The relation's name, or `ENTITIES`."""
        return self.relation.value if self.relation is not None else ENTITIES

    def as_json(self) -> dict[str, Any]:
        """The error as an object of JSON, its fields by their names."""
        return asdict(self)


def grouped(mistakes: Iterable[Mistake]) -> Iterator[tuple[tuple[str, MistakeKind], list[Mistake]]]:
    """Errors by relation and kind, in the order of the ontology, those of entities last."""
    groups: dict[tuple[str, MistakeKind], list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        groups[mistake.group, mistake.kind].append(mistake)
    order = [*(relation.value for relation in RelationType), ENTITIES]
    kinds = list(MistakeKind)
    yield from sorted(groups.items(), key=lambda g: (order.index(g[0][0]), kinds.index(g[0][1])))
