"""What the article has told so far of who holds which post, and what frames take from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.model import RelationType, Status
from loaders.reading.claims import Draft
from loaders.reading.fillers import Filler, Known
from loaders.reading.mentions import NamedEntity
from loaders.reading.role_data import RoleData
from loaders.reading.role_spans import Role
from loaders.reading.slots import Match

_POSTS: Final = frozenset({RelationType.LEADS, RelationType.WORKED_AT, RelationType.HIRED_BY})
_HELD: Final = frozenset({RelationType.LEADS, RelationType.WORKED_AT})
_OWN: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED})
_YEAR: Final = dt.timedelta(days=366)
_NEAR: Final = 2
"""Sentences back that a post given, or given up, is still news."""
APPOINTED: Final = "appointed"
PROMOTED: Final = "promoted"
LEFT: Final = "post-left"
"""Rules of the drafts of a post that a verb gives, or says to be given up."""


@dataclass(frozen=True, slots=True)
class Announced:
    """That a body has a new holder of a post whom the next sentence names."""

    sentence: int
    body: NamedEntity
    leads: bool


@dataclass(slots=True)
class Ledger:
    """Who holds which post; `drafts` are the article's, `topics` what frames have named.

    `announced` is the post that was told last to have a new holder: "Y a une nouvelle patronne".
    """

    drafts: list[Draft]
    roles: RoleData
    before_links: frozenset[str] = frozenset()
    published: dt.date | None = None
    topics: dict[str, NamedEntity] = field(default_factory=dict)
    announced: Announced | None = None

    def announce(self, roles: Iterable[Role], sentence: int) -> None:
        """Take note of a post that a sentence tells to be somebody's, but not whose."""
        for role in roles:
            if role.announced and not role.holders and len(role.employers) == 1:
                leads = RelationType.LEADS in role.relations
                self.announced = Announced(sentence, role.employers[0], leads)

    def announced_at(self, sentence: int) -> Announced | None:
        """The post that the sentence right before this one announces."""
        told = self.announced
        return told if told is not None and sentence - told.sentence == 1 else None

    def remember(
        self, draft: Draft, relations: dict[tuple[NamedEntity, NamedEntity], Known]
    ) -> None:
        """Take note in `relations` of what a draft with both ends tells of them."""
        if draft.subject is None or draft.object is None:
            return
        known = relations.setdefault((draft.subject, draft.object), Known())
        known.relations.add(draft.relation)
        known.over = draft.ended or draft.status is Status.DENIED
        known.new = known.new or draft.rule == APPOINTED or draft.rule in self.roles.hiring

    def holds_now(self, people: Sequence[NamedEntity], body: NamedEntity, sentence: int) -> bool:
        """Whether a sentence says in passing that people have a post at a body."""
        return any(
            d.subject in people and d.object is body and d.rule == "role" and not d.ended
            for d in self.drafts
            if d.sentence == sentence
        )

    def past_of(self, people: Sequence[NamedEntity], sentence: int) -> set[NamedEntity]:
        """The bodies where a sentence tells that people were, or that they come to from there."""
        return {
            draft.object
            for draft in reversed(self.drafts)
            if draft.sentence == sentence and draft.subject in people and draft.object is not None
            if draft.ended
        }

    def post(
        self, person: NamedEntity, sentence: int, *, before: bool = False, leaving: bool = False
    ) -> Draft | None:
        """Where `person` holds a post, or has given one up just now.

        With `before`, a post that the sentence itself says to be new is left out: in "X remplace
        Y, nommé chez Z", the post that X takes over is not the one at Z.
        """
        for draft in reversed(self.drafts):
            if draft.subject is not person or draft.object is None:
                continue
            if draft.relation not in _POSTS:
                continue
            if not self.before_links.isdisjoint(draft.cues):
                continue  # "avant de rejoindre Y": a step of a career
            gone = before and draft.relation is RelationType.LEADS
            if draft.status is Status.DENIED and not (gone and sentence - draft.sentence <= _NEAR):
                continue  # "X n'est plus PDG de Y. Z le remplace": that is the post
            if before and draft.sentence == sentence and self._arrives(draft):
                continue
            if (before or leaving) and self._is_destination(draft):
                continue
            new = draft.relation is RelationType.HIRED_BY or draft.status is Status.PLANNED
            if before and new and self._leads_elsewhere(draft):
                continue
            left = self._departs(draft) and sentence - draft.sentence <= _NEAR
            if left or not draft.ended:
                return draft
        return None

    def _is_destination(self, hire: Draft) -> bool:
        """Whether a hire is where somebody goes from elsewhere: what they leave is not there."""
        if hire.relation is not RelationType.HIRED_BY and hire.status is not Status.PLANNED:
            return False
        if self._departs(hire):
            return hire.relation is RelationType.HIRED_BY
        left = (
            draft
            for draft in self.drafts
            if draft.subject is hire.subject and draft.relation is RelationType.WORKED_AT
        )
        return any(
            draft.ended
            if draft.sentence == hire.sentence
            else self._departs(draft) and 0 < hire.sentence - draft.sentence <= _NEAR
            for draft in left
            if draft.object is not hire.object
        )

    def _leads_elsewhere(self, hire: Draft) -> bool:
        """Whether somebody is hired away from what they lead: that is what another takes over."""
        return any(
            draft.relation in _OWN and draft.object is not hire.object
            for draft in self.drafts
            if draft.subject is hire.subject and draft.object is not None and not draft.ended
        )

    def new_post(self, person: NamedEntity, sentence: int) -> Draft | None:
        """The post that `person` was given just now."""
        found = self.post(person, sentence)
        if found is not None and self.is_old(found):
            hires = (d for d in reversed(self.drafts) if d.relation is RelationType.HIRED_BY)
            found = next((d for d in hires if d.subject is person and not self.is_old(d)), None)
        if found is None or found.ended or sentence - found.sentence > _NEAR:
            return None
        return found if self._arrives(found) else None

    def is_old(self, draft: Draft) -> bool:
        """Whether it began long before the article: "arrivée à la tête de Y en 2020"."""
        began = draft.date.latest if draft.date is not None else None
        return bool(self.published and began and self.published - began > _YEAR)

    def _arrives(self, draft: Draft) -> bool:
        given = draft.rule.startswith((APPOINTED, PROMOTED))
        given = given or draft.relation is RelationType.HIRED_BY
        return given or draft.rule in self.roles.arrivals

    def _departs(self, draft: Draft) -> bool:
        return draft.rule == LEFT or draft.rule in self.roles.departures

    def has_left(
        self, people: Sequence[NamedEntity], bodies: Sequence[NamedEntity], sentence: int
    ) -> bool:
        """Whether the article has just told, and how surely, that they leave there."""
        return any(
            self._departs(draft) and draft.subject in people and draft.object in bodies
            for draft in self.drafts
            if 0 < sentence - draft.sentence <= _NEAR and draft.relation is RelationType.WORKED_AT
        )

    def leads(self, post: Draft) -> bool:
        """Whether a post is that of a head."""
        if post.relation is RelationType.LEADS or post.rule in self.roles.heading:
            return True
        words = (post.role or "").lower().split()
        return RelationType.LEADS in self.roles.classes(words)[1] or any(
            draft.relation is RelationType.LEADS
            and draft.subject is post.subject
            and draft.object is post.object
            for draft in self.drafts
        )

    def inherit(self, match: Match, sentence: int) -> bool:
        """Fill the slot that a frame takes from what the article already said.

        Returns whether the frame would only claim again what is taken from there: "toucher une
        prime", of somebody who was hired.
        """
        inherit = match.frame.inherit
        if inherit is None or match.entities(inherit.slot):
            return False
        if inherit.topic is not None:
            topic = self.topics.get(inherit.topic)
            if topic is not None:
                match.fillers[inherit.slot] = Filler([topic])
            return False
        told = [claim for claim in match.frame.claims if claim.object == inherit.slot]
        hires = any(claim.relation is RelationType.HIRED_BY for claim in told)
        people = match.entities(inherit.of or "")
        if inherit.post and len({p.object for e in people if (p := self.post(e, sentence))}) > 1:
            return False  # "X, PDG de A, et Y, PDG de B, tous deux remerciés"
        for entity in people:
            if inherit.post and hires:
                found = self._house(entity, sentence)
            elif inherit.post:
                found = self.post(entity, sentence, leaving=True)
            else:
                found = self._last(entity, inherit.relation, sentence)
            if found is not None and found.object is not None:
                match.fillers[inherit.slot] = Filler([found.object])
                return all(
                    claim.relation is inherit.relation and claim.subject == inherit.of
                    for claim in match.frame.claims
                )
        return False

    def _house(self, person: NamedEntity, sentence: int) -> Draft | None:
        """Where somebody is who recruits: what they hold, or have founded, a single body."""
        found = self.post(person, sentence)
        held = {d.object for d in self.drafts if d.subject is person and d.relation in _HELD}
        if found is not None and found.relation is not RelationType.HIRED_BY:
            over = {d.object for d in self.drafts if d.subject is person and d.ended}
            return None if found.ended or len(held - over) > 1 else found
        own = [d for d in self.drafts if d.subject is person and d.relation in _OWN]
        return own[0] if len({draft.object for draft in own}) == 1 else None

    def _last(
        self, person: NamedEntity, relation: RelationType | None, sentence: int
    ) -> Draft | None:
        """The last that was told of a relation of theirs; of work, only of what they leave now."""
        told = (d for d in reversed(self.drafts) if d.relation is relation and d.subject is person)
        worked = relation is RelationType.WORKED_AT
        return next(
            (
                draft
                for draft in told
                if draft.object is not None
                and (not worked or (draft.ended and sentence - draft.sentence <= _NEAR))
            ),
            None,
        )


def link_of(match: Match) -> tuple[str, ...]:
    """The words by which the verb hangs on another clause: "avant de"."""
    adjunct = match.group.adjunct if match.group is not None else None
    return (adjunct,) if adjunct is not None else ()
