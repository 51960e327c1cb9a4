"""Kinds that neither tagger nor gazetteer settles, settled by what the article says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Kind, RelationType
from loaders.reading.article_pass import Rules
from loaders.reading.coreference import Discourse
from loaders.reading.kinds import KindData
from loaders.reading.matching import find_matches
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.resolving import Resolver
from loaders.reading.roles import find_roles


def settle_weak(mentions: Sequence[Mention], parses: Iterable[Parse], rules: Rules) -> None:
    """Decide doubtful kinds by what the article says: who buys, who is hired, who is led."""
    data = KindData.of(rules.language)
    named = {mention.entity for mention in mentions}
    weak = {entity for entity in named if not entity.known and entity.is_weak(data.certain)}
    if not weak:
        return
    for entity in weak:
        entity.kind = None
    resolver = Resolver(rules.language, Discourse())
    for parsed in parses:
        here = {t.mention.entity for t in parsed.tokens if t.mention is not None}
        if not here & weak:
            continue
        parsed.described = {}
        for match in find_matches(parsed, rules.frames, resolver):
            for slot in match.fillers:
                kind = match.frame.preferred_kind(slot)
                for entity in match.entities(slot):
                    if entity in weak and kind is not None:
                        entity.vote(kind, data.slot_vote, "slot")
        for role in find_roles(parsed, resolver, rules.roles):
            made = RelationType.WORKED_ON in role.relations  # "le père de X"
            for entity in role.employers:
                employer = _likelier(entity, (Kind.COMPANY, Kind.ORGANIZATION))
                entity.vote(Kind.PRODUCT if made else employer, data.slot_vote, "role")
            for entity in role.holders:
                # "Damiette, spécialiste du linge": a lone name is seldom a person's.
                share = 1.0 if " " in entity.name else 0.4
                entity.vote(Kind.PERSON, data.slot_vote * share, "role")
        parsed.described = None
        parsed.subjects.clear()
    for entity in weak:
        entity.settle(data.threshold)


def _likelier(entity: NamedEntity, kinds: tuple[Kind, ...]) -> Kind:
    """Which of some kinds has more votes; the first of them if none has."""
    votes = entity.votes
    return max(kinds, key=lambda kind: votes.get(kind, 0.0))
