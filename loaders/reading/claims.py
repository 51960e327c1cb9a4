"""From matches and roles to claims: status, source, sums, dates, quote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from graph.model import (
    Amount,
    Bound,
    Claim,
    Entity,
    Kind,
    Purpose,
    RelationType,
    Span,
    Status,
    VagueDate,
)
from loaders.reading.amounts import FoundAmount
from loaders.reading.confidence import Judge, features
from loaders.reading.dates import FoundDate
from loaders.reading.fillers import Group
from loaders.reading.mentions import NamedEntity

_AT_ONCE: Final = frozenset({RelationType.HIRED_BY, RelationType.FOUNDED, RelationType.ACQUIRED})
"""What does not last: no day is its last one."""
_EVENTS: Final = frozenset(
    {
        RelationType.HIRED_BY,
        RelationType.FOUNDED,
        RelationType.INVESTED_IN,
        RelationType.ACQUIRED,
        RelationType.PARTNERED_WITH,
        RelationType.RECRUITED_BY,
    }
)
"""Relations that happen at a moment, so that a date in the clause is their start."""
_YEAR: Final = re.compile(r"\b\d{4}\b")
_SURE: Final = 0.85
"""Confidence of a rule from which on nothing else is asked."""


@dataclass(slots=True)
class Draft:
    """A claim while it is read: its ends may still be a group that a later list names.

    `confidence` is what the rule is given at first, before anything else is known; `support` how
    many drafts said the same. `news` is what a source may have said, and nothing told in passing;
    `taken_over` what is told of who has another's post next; `state` what went on for a time.
    """

    relation: RelationType
    subject: NamedEntity | None
    object: NamedEntity | None
    start: int
    end: int
    sentence: int
    rule: str
    confidence: float
    status: Status = Status.ASSERTED
    cues: tuple[str, ...] = ()
    role: str | None = None
    amount: FoundAmount | None = None
    purpose: Purpose | None = None
    date: FoundDate | None = None
    ended: bool = False
    source: NamedEntity | None = None
    group: Group | None = None
    support: int = 1
    news: bool = False
    taken_over: bool = False
    state: bool = False

    def is_allowed(self) -> bool:
        """Whether both ends are known, differ, and have kinds that the relation allows."""
        if self.subject is None or self.object is None or self.subject is self.object:
            return False
        one, other = self.subject.kind, self.object.kind
        if one is None or other is None or not self.relation.allows(one, other):
            return False
        doubtful = self.relation is RelationType.DEVELOPS and self.confidence < _SURE
        return not doubtful or not _is_anothers(self.subject, self.object)

    @property
    def key(self) -> tuple[RelationType, int, int]:
        """What two drafts share that state the same thing."""
        ends = (id(self.subject), id(self.object))
        if self.relation.symmetric:
            ends = (min(ends), max(ends))
        return (self.relation, *ends)


def _is_anothers(maker: NamedEntity, product: NamedEntity) -> bool:
    """Whether a thing is known to be made by another known company: "les A320 d'easyJet"."""
    if maker.entry is None or product.entry is None or not product.entry.owner:
        return False
    # A part of the owner often bears its name: "Google DeepMind".
    return maker.entry.name.split()[0] != product.entry.owner.split()[0]


@dataclass(slots=True)
class ClaimBuilder:
    """Makes the model's claims of one article's drafts.

    Drafts of one triple that say the same are merged: the surer one stays and takes over role,
    sum and date that only the other has. One that differs in status, source or sum is a claim of
    its own.
    """

    text: str
    extractor: str
    entities: dict[NamedEntity, Entity]
    judge: Judge
    published: dt.date | None = None
    drafts: list[Draft] = field(default_factory=list)

    def build(self) -> list[Claim]:
        """The claims, in order of appearance of their quotes."""
        kept: dict[tuple[RelationType, int, int], list[Draft]] = {}
        for draft in sorted(self.drafts, key=lambda d: (-d.confidence, d.start)):
            if not draft.is_allowed():
                continue
            self._plan_what_is_to_come(draft)
            same = kept.setdefault(draft.key, [])
            twin = next((other for other in same if _says_the_same(other, draft)), None)
            if twin is None:
                same.append(draft)
            else:
                _take_over(twin, draft)
        chosen = [
            draft
            for same in kept.values()
            for draft in same
            if not _takes_part(draft, kept) and not _uses_own(draft, kept)
        ]
        chosen.sort(key=lambda d: (d.start, d.rule, d.relation))
        return [claim for draft in chosen if (claim := self._claim(draft)) is not None]

    def _plan_what_is_to_come(self, draft: Draft) -> None:
        """What begins after the article appeared is planned: "est nommé à compter du 5 janvier"."""
        start, _ = _times(draft)
        if draft.date is None or start is None or start.earliest is None or self.published is None:
            return
        if draft.relation not in _EVENTS and draft.relation is not RelationType.LEADS:
            return  # the date is often of something else: "sa filiale Y ouvrira en 2028"
        if draft.date.relation != "start" and not _YEAR.search(draft.date.text):
            return  # "désignée en juin" may be of last June
        if start.earliest > self.published and draft.status not in (Status.DENIED, Status.PLANNED):
            draft.cues = (*draft.cues, draft.date.text)
            draft.status = Status.PLANNED

    def _claim(self, draft: Draft) -> Claim | None:
        subject, object_ = self._entity(draft.subject), self._entity(draft.object)
        if subject is None or object_ is None:
            return None
        source = self._entity(draft.source)
        start, end = _times(draft)
        return Claim(
            subject=subject.ref,
            relation=draft.relation,
            object=object_.ref,
            quote=Span(start=draft.start, end=draft.end, text=self.text[draft.start : draft.end]),
            status=draft.status,
            attributed_to=source.ref if source is not None else None,
            role=draft.role,
            amount=_amount(draft),
            start=start,
            end=end,
            extractor=self.extractor,
            rule=draft.rule,
            cues=tuple(dict.fromkeys(draft.cues)),
            confidence=round(self.judge.confidence(features(draft, self.entities)), 2),
        )

    def _entity(self, entity: NamedEntity | None) -> Entity | None:
        return self.entities.get(entity) if entity is not None else None


def _takes_part(draft: Draft, kept: dict[tuple[RelationType, int, int], list[Draft]]) -> bool:
    """Whether the same words say that a person took part in making it: "le père de X".

    That is what a person's making is; it is their own product where they launch it.
    """
    if draft.relation is not RelationType.DEVELOPS:
        return False
    if draft.subject is None or draft.subject.kind is not Kind.PERSON:
        return False
    part = kept.get((RelationType.WORKED_ON, id(draft.subject), id(draft.object)), ())
    return any(other.start == draft.start for other in part)


def _uses_own(draft: Draft, kept: dict[tuple[RelationType, int, int], list[Draft]]) -> bool:
    """Whether a body has but its own product in hand: "X teste sa voiture" tells of no customer."""
    user, thing = draft.subject, draft.object
    if draft.relation is not RelationType.USES or user is None or thing is None:
        return False
    if user.kind is Kind.PRODUCT or thing.kind is not Kind.PRODUCT:
        return False
    if (RelationType.DEVELOPS, id(user), id(thing)) in kept:
        return True
    if user.entry is None or thing.entry is None:
        return False
    return user.entry.name == thing.entry.owner


def _says_the_same(one: Draft, other: Draft) -> bool:
    """Same status and source, and no two differing sums."""
    if one.status is not other.status or one.source is not other.source:
        return False
    if one.amount is not None and other.amount is not None:
        return one.amount.value == other.amount.value
    return True


def _take_over(kept: Draft, other: Draft) -> None:
    kept.role = kept.role or other.role
    if kept.amount is None and other.amount is not None:
        kept.amount, kept.purpose = other.amount, other.purpose
    date, over = kept.date or other.date, kept if kept.ended else other
    began = kept.ended is not other.ended and date is not over.date
    if began and date is not None and date.relation == "moment":
        # one says when it began, the other that it is over: "nommé en juin, il part"
        date, kept.state = replace(date, relation="start"), True
    kept.date = date
    kept.ended = kept.ended or other.ended
    kept.support += other.support


def _amount(draft: Draft) -> Amount | None:
    found = draft.amount
    if found is None or found.value <= 0:
        return None
    return Amount(
        value=found.value,
        currency=found.currency,
        bound=Bound(found.bound),
        purpose=draft.purpose,
    )


def _times(draft: Draft) -> tuple[VagueDate | None, VagueDate | None]:
    """Valid time: an event's moment is its start; a date with "quitter" is an end."""
    date = draft.date
    vague = _vague(date)
    if date is not None and draft.relation in _AT_ONCE and date.relation == "end":
        return None, None  # nobody is hired until 2018: it is how long something else went on
    if date is not None and date.until is not None:
        return vague, _vague(date.until)
    if date is not None and date.relation == "start" and draft.ended:
        # "dirigeait depuis 2019" tells when it began; "quitte Y dès mars" when it ends
        return (vague, None) if draft.state else (None, vague)
    if draft.ended:
        return None, vague if date is not None and date.relation in ("moment", "end") else None
    if date is not None and date.relation == "end":
        return None, vague
    if draft.relation in _EVENTS or (date is not None and date.relation == "start"):
        return vague, None
    return vague, None


def _vague(date: FoundDate | None) -> VagueDate | None:
    if date is None or not (date.earliest or date.latest):
        return None
    return VagueDate(earliest=date.earliest, latest=date.latest)


def over_each(drafts: Iterable[Draft], people: list[NamedEntity], end: int) -> list[Draft]:
    """Drafts whose subject was a group, once for each of the people who turn out to be it."""
    return [
        replace(draft, subject=person, end=max(draft.end, end))
        for draft in drafts
        for person in people
    ]
