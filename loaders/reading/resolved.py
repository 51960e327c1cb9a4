"""Why a pronoun or description stands for somebody: what `mercato read --explain` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.model import Claim, Entity, Ground, Resolution, Span
from loaders.reading.mentions import NamedEntity
from loaders.reading.salience import Place


@dataclass(frozen=True, slots=True)
class Resolved:
    """The words from `start` to `end` in a sentence stand for an entity, named at `place`."""

    start: int
    end: int
    entity: NamedEntity
    ground: Ground
    sentence: int
    place: Place | None


def resolutions(
    text: str,
    claims: Iterable[Claim],
    resolved: Iterable[Resolved],
    entities: Mapping[NamedEntity, Entity],
) -> Iterator[Resolution]:
    """What stands for the ends and sources of `claims` in their quotes, in order."""
    quotes = [(claim.quote, {claim.subject, claim.object, claim.attributed_to}) for claim in claims]
    for each in sorted(resolved, key=lambda one: (one.start, one.entity.name)):
        entity = entities.get(each.entity)
        if entity is None or not any(
            quote.start <= each.start and each.end <= quote.end and entity.ref in ends
            for quote, ends in quotes
        ):
            continue
        place = each.place if each.place is not None and each.place.start >= 0 else None
        yield Resolution(
            entity=entity.ref,
            words=_span(text, each.start, each.end),
            ground=each.ground,
            antecedent=_span(text, place.start, place.end) if place is not None else None,
            back=max(each.sentence - place.sentence, 0) if place is not None else 0,
        )


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])
