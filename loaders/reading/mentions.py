"""Entities of one article and the places where it names them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from graph.model import MAX_NAME_LENGTH, Entity, Kind, Span
from loaders.reading.gazetteer_file import Entry

BODIES: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
_AGAIN: Final = 0.25
_MOST_AGAIN: Final = 4


@dataclass(eq=False, slots=True)
class NamedEntity:
    """One entity of the article while it is read: its names, and what speaks for each kind.

    `said` holds what each source (the tagger, the gazetteer, the name's own words, its neighbours)
    says for a kind. `entry` is what the gazetteer knows, if anything; `grown` tells that it calls
    the entity by a word that no young company is called by, `known` that the gazetteer has the
    name, perhaps for something else too, `against` what speaks for a place or another thing that is
    no entity. Of `allowed` kinds one is taken; None allows all. `located` counts its places where a
    preposition makes one think of a town. `among` are the kinds that a plural noun before it and
    the rest of its list gives: "les processeurs X et Y". `called` are the nouns that the article
    calls it by, `called_at` where it first does, if beside its name, `tied` those that only follow
    from what it tells of it, `articles` their genders, `country` where their adjectives say that it
    is from, `origin` the town or region.
    """

    name: str
    entry: Entry | None = None
    said: dict[tuple[Kind, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    kind: Kind | None = None
    names: set[str] = field(default_factory=set)
    gender: str | None = None
    grown: bool = False
    known: bool = False
    against: float = 0.0
    allowed: frozenset[Kind] | None = None
    located: int = 0
    among: tuple[Kind, ...] = ()
    called: set[str] = field(default_factory=set)
    called_at: dict[str, int] = field(default_factory=dict)
    tied: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    country: str | None = None
    origin: str | None = None

    def vote(self, kind: Kind, weight: float, source: str) -> None:
        """Count `weight` for `kind`; what one source says again counts a quarter."""
        self.said[kind, source].append(weight)

    @property
    def votes(self) -> dict[Kind, float]:
        """What speaks for each kind, over all sources."""
        votes: dict[Kind, float] = defaultdict(float)
        for (kind, _), weights in self.said.items():
            again = min(len(weights) - 1, _MOST_AGAIN)
            if self.allowed is None or kind in self.allowed:
                votes[kind] += max(weights) * (1 + _AGAIN * again)
        return votes

    def settle(self, threshold: float) -> None:
        """Fix the kind with the most votes, or None under the threshold and what is against it."""
        votes = self.votes
        kind = max(votes, key=lambda k: votes[k], default=None)
        enough = threshold + self.against
        self.kind = kind if kind is not None and votes[kind] >= enough else None

    @property
    def lead(self) -> float:
        """By how many votes the likeliest kind leads; 0 where there are none."""
        ranked = sorted(self.votes.values(), reverse=True)
        return ranked[0] - (ranked[1] if len(ranked) > 1 else 0) if ranked else 0.0

    def is_weak(self, certain: float) -> bool:
        """Whether its kind rests on a lead smaller than `certain`."""
        return self.lead < certain


@dataclass(frozen=True, eq=False, slots=True)
class Mention:
    """Words of the article that stand for an entity: ``text[start:end] == surface``.

    `described` tells a description ("la marque à la pomme") from a name.
    """

    start: int
    end: int
    surface: str
    entity: NamedEntity
    described: bool = False


def to_model(mentions: list[Mention]) -> dict[NamedEntity, Entity]:
    """The entities that have a kind, in order of first mention, as the model's."""
    by_entity: dict[NamedEntity, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.entity.kind is not None and mention.end - mention.start <= MAX_NAME_LENGTH:
            by_entity.setdefault(mention.entity, []).append(mention)
    result: dict[NamedEntity, Entity] = {}
    for entity, places in by_entity.items():
        kind = entity.kind
        if kind is None or len(entity.name) > MAX_NAME_LENGTH:
            continue
        surfaces = dict.fromkeys(m.surface for m in places if m.surface != entity.name)
        result[entity] = Entity(
            name=entity.name,
            kind=kind,
            aliases=tuple(surfaces),
            mentions=tuple(Span(start=m.start, end=m.end, text=m.surface) for m in places),
        )
    return result
