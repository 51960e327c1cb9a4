"""The entities of a reading against those of gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model import Kind
from loaders.evaluation.annotations import Annotation, StatedEntity, folded
from loaders.evaluation.counts import Tally
from loaders.evaluation.mistakes import Mistake, MistakeKind
from loaders.evaluation.naming import Names
from loaders.evaluation.scores import Scores


@dataclass(slots=True)
class Matched:
    """Entities of the reading joined to those of gold, each at most once."""

    pairs: list[tuple[StatedEntity, StatedEntity]] = field(default_factory=list)
    """Those of gold with what was read."""
    missed: list[StatedEntity] = field(default_factory=list)
    surplus: list[StatedEntity] = field(default_factory=list)

    def tally(self) -> Tally:
        """Counts; an optional entity is neither missed nor wrong."""
        return Tally(
            right=sum(not gold.optional for gold, _ in self.pairs),
            wrong=len(self.surplus),
            missed=sum(not gold.optional for gold in self.missed),
        )


def score_entities(gold: Annotation, read: Annotation, names: Names, scores: Scores) -> None:
    """Count the entities of one article, and note what is wrong with them.

    An entity that is read twice, under two of its names, is right once and wrong once.
    """
    _score_exact(gold, read, scores)
    with_kind = _match(gold, read, names, by_kind=True)
    scores.entities_any_name += with_kind.tally()
    scores.names += _match(gold, read, names, by_kind=False).tally()
    scores.mistakes += _mistakes(gold.article_id, with_kind, names)


def _score_exact(gold: Annotation, read: Annotation, scores: Scores) -> None:
    """By fullest name and kind."""
    expected = {(folded(e.name), e.kind): e for e in gold.entities}
    found = {(folded(e.name), e.kind) for e in read.entities}
    for kind in Kind:
        tally = Tally(
            right=sum(k in found and not e.optional for k, e in expected.items() if k[1] is kind),
            wrong=sum(key[1] is kind for key in found - expected.keys()),
            missed=sum(
                k not in found and not e.optional for k, e in expected.items() if k[1] is kind
            ),
        )
        scores.kinds[kind] += tally
        scores.entities += tally


def _match(gold: Annotation, read: Annotation, names: Names, *, by_kind: bool) -> Matched:
    """By any name, and by kind too or not; a fullest name goes before another name."""
    free: dict[tuple[str, Kind | None], list[StatedEntity]] = defaultdict(list)
    for entity in gold.entities:
        free[folded(entity.name), entity.kind if by_kind else None].append(entity)
    matched = Matched()
    for entity in sorted(read.entities, key=lambda e: names.meant(e.name) != folded(e.name)):
        candidates = free.get((names.meant(entity.name), entity.kind if by_kind else None))
        if candidates:
            matched.pairs.append((candidates.pop(0), entity))
        else:
            matched.surplus.append(entity)
    matched.missed = [entity for entities in free.values() for entity in entities]
    return matched


def _mistakes(article_id: str, matched: Matched, names: Names) -> Iterator[Mistake]:
    """The errors; an entity with a wrong kind is one error, not one missed and one wrong."""
    for gold, read in matched.pairs:
        if folded(gold.name) != folded(read.name):
            yield Mistake(
                article_id,
                MistakeKind.ENTITY_NAME,
                f"{read.name} ({read.kind})",
                expected=gold.name,
                found=read.name,
            )
    missed = {folded(entity.name): entity for entity in matched.missed}
    for read in matched.surplus:
        other = missed.pop(names.meant(read.name), None)
        if other is not None:
            yield Mistake(
                article_id,
                MistakeKind.ENTITY_KIND,
                read.name,
                expected=other.kind,
                found=read.kind,
            )
        else:
            yield Mistake(article_id, MistakeKind.ENTITY_WRONG, f"{read.name} ({read.kind})")
    for entity in missed.values():
        if not entity.optional:
            yield Mistake(article_id, MistakeKind.ENTITY_MISSED, f"{entity.name} ({entity.kind})")
