"""Who came back to a place, and how long people stay there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from statistics import median

from pydantic import Field

from graph.jobs import BELIEVED, JOINING, Job, by_person, people_of
from graph.model import Status
from graph.store import Store
from graph.views import EntityRefView, View


class ReturnView(View):
    """A person who left a place and came back."""

    person: EntityRefView
    place: EntityRefView
    left_by: dt.date = Field(description="The day by which they had left.")
    returned: dt.date = Field(description="The day on which they had come back, at the latest.")
    before: str = Field(description="Id of the relationship that says that they were there.")
    after: str = Field(description="Id of the one that says that they came back.")


class ReturnsView(View):
    """People who came back."""

    returns: list[ReturnView]
    truncated: bool


class TenureView(View):
    """How long people stayed at a place, of those whose two ends are told."""

    place: EntityRefView
    people: int
    median_days: float = Field(
        description="The median, each end taken in the middle of its earliest and latest day."
    )
    relationships: list[str] = Field(description="Those that the days are from.")


class TenuresView(View):
    """How long people stay, the best known places first."""

    places: list[TenureView]
    truncated: bool


def returns(
    store: Store,
    *,
    place: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    known_at: dt.date | None = None,
    limit: int = 50,
) -> ReturnsView:
    """Who had surely left a place before they joined it again.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` have a job there.
    """
    found = []
    for jobs in by_person(store, people_of(store, place, statuses, known_at), statuses, known_at):
        for before in jobs:
            for after in jobs:
                if (
                    before.place.id == after.place.id
                    and before.id != after.id
                    and (place is None or before.place.id == place)
                    and after.type in JOINING
                    and before.end_latest
                    and after.start_earliest
                    and after.joined
                    and after.start_earliest > before.end_latest
                ):
                    found.append(
                        ReturnView(
                            person=before.person,
                            place=before.place,
                            left_by=before.end_latest,
                            returned=after.joined,
                            before=before.id,
                            after=after.id,
                        )
                    )
    found.sort(key=lambda view: (view.returned, view.person.id, view.after), reverse=True)
    return ReturnsView(returns=found[:limit], truncated=len(found) > limit)


def tenures(
    store: Store,
    *,
    place: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    known_at: dt.date | None = None,
    limit: int = 50,
) -> TenuresView:
    """How long people stay: of each person and place, from the first start to the last end told.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` have a job there.
    """
    days: defaultdict[str, list[float]] = defaultdict(list)
    behind: defaultdict[str, list[str]] = defaultdict(list)
    places: dict[str, EntityRefView] = {}
    for jobs in by_person(store, people_of(store, place, statuses, known_at), statuses, known_at):
        there: defaultdict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            if place is None or job.place.id == place:
                there[job.place.id].append(job)
        for id_, each in there.items():
            starts = [(_middle(j.start_earliest, j.start_latest), j.id) for j in each]
            ends = [(_middle(j.end_earliest, j.end_latest), j.id) for j in each]
            start = min(((day, j) for day, j in starts if day is not None), default=None)
            end = max(((day, j) for day, j in ends if day is not None), default=None)
            if start and end and end[0] >= start[0]:
                days[id_].append(end[0] - start[0])
                behind[id_] += sorted({start[1], end[1]})
                places[id_] = each[0].place
    views = [
        TenureView(
            place=ref,
            people=len(days[id_]),
            median_days=median(days[id_]),
            relationships=behind[id_],
        )
        for id_, ref in places.items()
    ]
    views.sort(key=lambda view: (-view.people, view.place.id))
    return TenuresView(places=views[:limit], truncated=len(views) > limit)


def _middle(earliest: dt.date | None, latest: dt.date | None) -> float | None:
    if earliest is None or latest is None:
        return None
    return (earliest.toordinal() + latest.toordinal()) / 2
