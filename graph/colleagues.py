"""Who worked with whom at the same place and time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import Field

from graph.known import facts_of_claims, ref
from graph.model import RelationType, Status, VagueDate
from graph.paging import Listing
from graph.store import Store
from graph.times import ALWAYS, Held, When
from graph.views import EntityRefView, Page, RelationshipView, View

BELIEVED: Final = (Status.ASSERTED, Status.REPORTED, Status.HEDGED)
"""Statuses of a job that somebody may have had by now."""

JOBS: Final = (
    RelationType.WORKED_AT,
    RelationType.HIRED_BY,
    RelationType.LEADS,
    RelationType.FOUNDED,
)
"""What says that somebody was at a place."""

Days = tuple[dt.date | None, dt.date | None]
_RANK: Final = {Held.CERTAINLY: 0, Held.POSSIBLY: 1}


class ColleagueView(View):
    """Somebody who worked at the same place, and whether at the same time."""

    colleague: EntityRefView
    place: EntityRefView
    together: Literal[Held.CERTAINLY, Held.POSSIBLY] = Field(
        description="`certainly`: by the days that are known, their times there overlap. "
        "`possibly`: nothing excludes it."
    )
    own: RelationshipView = Field(description="What says that the person was there.")
    others: RelationshipView = Field(description="What says that the colleague was.")
    start: VagueDate | None = Field(description="When the later of the two came, where known.")
    end: VagueDate | None = Field(description="When the earlier of the two left, where known.")


def colleagues(
    store: Store,
    person_id: str,
    *,
    place: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    when: When = ALWAYS,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ColleagueView]:
    """Who may have worked where a person did while they did; those who surely did come first.

    Of the jobs that two people had at a place, the pair that surest overlaps is shown.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    person = ref(store, person_id)
    listing = Listing(
        "colleagues",
        {
            "id": person_id,
            "place": place,
            "statuses": sorted(statuses),
            "known_at": when.known_at,
            **when.parameters(),
        },
    )
    after = listing.key_after(cursor, length=3)
    claims = store.read(
        "lookup/colleagues",
        id=person.id,
        types=sorted(JOBS),
        place=place,
        known_at=when.known_at,
    )
    jobs = [
        RelationshipView.of(row, held=when.of(row["type"], row["fact"]))
        for row in facts_of_claims(store, claims).values()
        if row["fact"]["status"] in statuses and when.admits(row["type"], row["fact"])
    ]
    found = {_key(view): view for view in _pairs(person.id, jobs)}
    keys = sorted(key for key in found if after is None or key > after)
    return listing.page([found[key] for key in keys[: limit + 1]], limit, _key)


def _key(view: ColleagueView) -> tuple[str, str, str]:
    return str(_RANK[view.together]), view.place.id, view.colleague.id


def _pairs(person_id: str, jobs: Iterable[RelationshipView]) -> Iterable[ColleagueView]:
    at: defaultdict[str, list[RelationshipView]] = defaultdict(list)
    for job in jobs:
        at[job.object.id].append(job)
    best: dict[tuple[str, str], ColleagueView] = {}
    for there in at.values():
        mine = [job for job in there if job.subject.id == person_id]
        for theirs in (job for job in there if job.subject.id != person_id):
            for own in mine:
                view = _together(own, theirs)
                key = (theirs.object.id, theirs.subject.id)
                if view and (key not in best or _rank(view) < _rank(best[key])):
                    best[key] = view
    return best.values()


def _rank(view: ColleagueView) -> tuple[int, int, str, str]:
    statuses = view.own.status.weakness + view.others.status.weakness
    return _RANK[view.together], statuses, view.own.id, view.others.id


def _together(own: RelationshipView, theirs: RelationshipView) -> ColleagueView | None:
    meets, follows = _before_end(own, theirs), _before_end(theirs, own)
    if Held.NO in (meets, follows):
        return None
    both = meets is follows is Held.CERTAINLY
    return ColleagueView(
        colleague=theirs.subject,
        place=theirs.object,
        together=Held.CERTAINLY if both else Held.POSSIBLY,
        own=own,
        others=theirs,
        start=_extreme(own.start, theirs.start, max),
        end=_extreme(own.end, theirs.end, min),
    )


def _before_end(one: RelationshipView, other: RelationshipView) -> Held:
    """Whether `one` began before `other` ended."""
    (se, sl), (_, el) = _days(one.start), _days(one.end)
    (other_se, _), (other_ee, other_el) = _days(other.start), _days(other.end)
    if se and other_el and se > other_el:
        return Held.NO
    begun = min((day for day in (sl, el) if day), default=None)
    ended = max((day for day in (other_ee, other_se) if day), default=None)
    return Held.CERTAINLY if begun and ended and begun <= ended else Held.POSSIBLY


def _days(date: VagueDate | None) -> Days:
    return (date.earliest, date.latest) if date else (None, None)


def _extreme(one: VagueDate | None, other: VagueDate | None, pick: Any) -> VagueDate | None:
    """The later start or the earlier end, of two that are both known to lie between two days."""
    if one is None or other is None:
        return None
    sides: Mapping[str, list[dt.date | None]] = {
        "earliest": [one.earliest, other.earliest],
        "latest": [one.latest, other.latest],
    }
    days = {name: pick(both) if None not in both else None for name, both in sides.items()}
    return VagueDate(**days) if any(days.values()) else None
