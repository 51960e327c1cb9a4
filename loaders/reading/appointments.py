"""Appointments that are hires: somebody is given a post, and comes from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from typing import Final

from graph.model import RelationType, Status
from loaders.reading.claims import Draft
from loaders.reading.ledger import APPOINTED
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.role_data import RoleData

_POSTS: Final = frozenset(
    {RelationType.WORKED_AT, RelationType.LEADS, RelationType.FOUNDED, RelationType.HIRED_BY}
)
_HELD: Final = frozenset({RelationType.WORKED_AT, RelationType.LEADS})
_YEAR: Final = dt.timedelta(days=366)
_CLOSE: Final = 1
_NEAR: Final = 6
"""Sentences between an appointment and what tells where the appointed comes from."""


def hires(drafts: Iterable[Draft], roles: RoleData) -> list[Draft]:
    """A hire for each appointment of somebody from outside.

    Whoever was there before is promoted; a post at a body of the same name, or at a part of the
    body or its parent, is no other place; early days in a career say nothing of it.
    """
    known = list(drafts)
    akin = {
        frozenset((draft.subject, draft.object))
        for draft in known
        if draft.relation is RelationType.PART_OF
    }
    found: list[Draft] = []
    for draft in known:
        if draft.subject is None or draft.object is None or draft.ended:
            continue
        if not _is_appointment(draft, roles) and not draft.taken_over:
            continue
        if _is_of_the_house(draft.subject, draft.object):
            continue
        own = [other for other in known if other.subject is draft.subject]
        elsewhere = [
            other
            for other in _elsewhere(draft, own, roles)
            if frozenset((draft.object, other.object)) not in akin
        ]
        if elsewhere and not any(_is_inside(draft, other, roles) for other in own):
            hire = replace(draft, relation=RelationType.HIRED_BY, rule="appointed-from-outside")
            found.append(hire)
    return found


def without_founders(drafts: Iterable[Draft], roles: RoleData) -> list[Draft]:
    """The drafts but for hires, told by where somebody comes from, at what they have founded."""
    known = list(drafts)
    own = {(d.subject, d.object) for d in known if d.relation is RelationType.FOUNDED}
    return [d for d in known if d.rule not in roles.assumed or (d.subject, d.object) not in own]


def hired_away(drafts: Iterable[Draft]) -> list[Draft]:
    """Whoever is hired away in a sentence that gives their post no longer holds it."""
    known = list(drafts)
    hired = {
        (draft.sentence, draft.subject): draft.object
        for draft in known
        if draft.relation is RelationType.HIRED_BY and draft.status is not Status.DENIED
    }
    found: list[Draft] = []
    for draft in known:
        employer = hired.get((draft.sentence, draft.subject))
        left = draft.relation is RelationType.LEADS and draft.rule == "role"
        if left and employer is not None and employer is not draft.object:
            worked = RelationType.WORKED_AT
            found.append(replace(draft, relation=worked, ended=True, rule="hired-away"))
    return found


def add_posts(drafts: Iterable[Draft], posts: Mapping[NamedEntity, tuple[str, int]]) -> None:
    """A post stated without its employer is the role of the work stated beside it.

    So is the one that the same sentence says them to hold there: "PDG de Y, X quitte Y". `posts`
    holds the words of a post, and the sentence, for each person.
    """
    known = list(drafts)
    held = {
        (draft.sentence, draft.subject, draft.object): draft.role
        for draft in known
        if draft.rule == "role" and draft.role and draft.relation in _HELD
    }
    for draft in known:
        if draft.relation is not RelationType.WORKED_AT or draft.role or not draft.subject:
            continue
        draft.role = held.get((draft.sentence, draft.subject, draft.object))
        post = posts.get(draft.subject) if not draft.role else None
        if post is not None and abs(post[1] - draft.sentence) <= 1:
            draft.role = post[0]


def worked_since(
    drafts: Iterable[Draft], published: dt.date | None, beginnings: Set[str]
) -> list[Draft]:
    """Work where somebody was hired, or given the lead, more than a year before `published`.

    What is as old is no news of a hire any more, but a step of a career; so is what comes before
    another step, which `beginnings` lead to: "avant de rejoindre Y".
    """
    known = list(drafts)
    told = {(d.subject, d.object) for d in known if d.relation is RelationType.WORKED_AT}
    found: dict[tuple[object, object], Draft] = {}
    for draft in known:
        new = draft.relation not in (RelationType.HIRED_BY, RelationType.LEADS)
        if new or draft.status is not Status.ASSERTED or (draft.subject, draft.object) in told:
            continue
        date = draft.date
        moment = date is not None and date.relation == "moment" and date.latest is not None
        old = moment and published and date and date.latest and (published - date.latest) > _YEAR
        step = draft.relation is RelationType.HIRED_BY and not beginnings.isdisjoint(draft.cues)
        if old or step:
            work = replace(draft, relation=RelationType.WORKED_AT, rule="worked-since")
            found.setdefault((draft.subject, draft.object), work)
    return list(found.values())


def _is_appointment(draft: Draft, roles: RoleData) -> bool:
    """Whether it gives a post, as "quitter Y *pour* diriger Z" does too."""
    if draft.rule == APPOINTED or draft.rule in roles.hiring:
        return True
    return draft.rule in roles.heading and not roles.aims.isdisjoint(draft.cues)


def _is_no_past(draft: Draft, other: Draft, roles: RoleData) -> bool:
    """Whether the other post is no earlier one: given along with this one, or held later."""
    if other.ended and other.date is None:
        return False
    mine, its = draft.date, other.date
    if mine and its and mine.latest and its.earliest and its.earliest > mine.latest:
        return True
    given = not other.ended and _is_appointment(other, roles)
    return given and (other.sentence == draft.sentence or its is None)


def _elsewhere(draft: Draft, own: Iterable[Draft], roles: RoleData) -> Iterator[Draft]:
    """What tells of the appointed at another place shortly before or after."""
    own = list(own)
    early = {other.object for other in own if other.rule in roles.beginnings}
    for other in own:
        if other.object in early or other.object is draft.object:
            continue
        if other.relation not in _POSTS or other.object is None:
            continue
        if other.status is Status.DENIED or _is_no_past(draft, other, roles):
            continue
        apart = abs(other.sentence - draft.sentence)
        # A frame that tells of no appointment by itself wants the place that was left close by.
        near = _NEAR if draft.rule == APPOINTED else _CLOSE
        if apart > near or (draft.rule != APPOINTED and not other.ended):
            continue
        if draft.object is not None and not _same_house(draft.object, other.object, roles.generic):
            yield other


def _is_of_the_house(person: NamedEntity, body: NamedEntity) -> bool:
    """Whether a body bears somebody's own surname: its family does not come from outside."""
    *first, surname = lowered(person.name).split()
    return bool(first) and surname in lowered(body.name).split()


def _is_inside(draft: Draft, other: Draft, roles: RoleData) -> bool:
    """Whether another statement has the appointed at the body already."""
    if other is draft or other.rule in roles.hiring or not draft.object or not other.object:
        return False
    akin = other.sentence <= draft.sentence and not other.ended
    akin = akin and _same_house(draft.object, other.object, roles.generic)
    if other.object is not draft.object and not akin:
        return False
    if other.taken_over:
        return False
    return other.relation in (RelationType.WORKED_AT, RelationType.HIRED_BY)


def _same_house(one: NamedEntity, other: NamedEntity, generic: Set[str]) -> bool:
    """Whether two bodies share their first word: "Orange" and "Orange France".

    One of the `generic` words is nothing to share: "Crédit agricole" and "Crédit mutuel".
    """
    first, second = lowered(one.name).split(), lowered(other.name).split()
    shared = 2 if first and first[0] in generic else 1
    return first[:shared] == second[:shared]
