"""Talent: who moved from where to where, who came back, and how long people stay.

A **move** is a person who joined a place (was hired, leads it, founded it) and had a job elsewhere
that did not surely begin later. Of several earlier jobs it is from the one that ended last; a job
whose end nobody told counts as held until the move, so that a move may be from several places. Its
day is the latest that the beginning may be on, else the day of the first report. Every figure names
the relationships behind it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from pydantic import Field

from graph.errors import PathSearchError
from graph.model import RelationType, Status
from graph.store import Store
from graph.views import EntityRefView, View

BELIEVED: Final = (Status.ASSERTED, Status.REPORTED)
"""Statuses of what counts unless others are asked for."""

MAX_PEOPLE: Final = 50_000
"""People that one question looks at before it gives up."""

_PAGE: Final = 2_000
_JOINING: Final = frozenset({RelationType.HIRED_BY, RelationType.LEADS, RelationType.FOUNDED})


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; None leaves that side open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in it; one that is not known does in the open period only."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first or dt.date.min) <= day <= (self.last or dt.date.max)


EVER: Final = Period()


class MoveView(View):
    """One person who went from one place to another."""

    person: EntityRefView
    origin: EntityRefView
    destination: EntityRefView
    day: dt.date | None = Field(description="When, as far as it is told.")
    left: str = Field(description="Id of the relationship that says that they were there.")
    joined: str = Field(description="Id of the one that says where they went.")


class MoveFlowView(View):
    """All moves from one place to another: a cell of the matrix."""

    origin: EntityRefView
    destination: EntityRefView
    people: int
    moves: list[MoveView]


class MovesView(View):
    """A matrix of moves, the largest flows first."""

    flows: list[MoveFlowView]
    people: int = Field(description="People who moved, of all flows.")
    truncated: bool = Field(description="Whether there are more flows.")


class BalanceView(View):
    """Who came to a place and who left it."""

    place: EntityRefView
    arrived: int
    left: int
    net: int = Field(description="Those who arrived less those who left.")
    arrivals: list[MoveView]
    departures: list[MoveView]


class BalancesView(View):
    """Balances of places, those that gained most first."""

    places: list[BalanceView]
    truncated: bool


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


@dataclass(frozen=True, slots=True)
class _Job:
    person: EntityRefView
    place: EntityRefView
    type: RelationType
    id: str
    first_reported: dt.date | None
    start_earliest: dt.date | None
    start_latest: dt.date | None
    end_earliest: dt.date | None
    end_latest: dt.date | None

    @property
    def joined(self) -> dt.date | None:
        return self.start_latest or self.first_reported


def moves(
    store: Store,
    *,
    period: Period = EVER,
    origin: str | None = None,
    destination: str | None = None,
    worked_on: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    limit: int = 50,
) -> MovesView:
    """The moves in a period, by origin and destination.

    Parameters
    ----------
    origin, destination
        Ids of places.
    worked_on
        Id of a product: only people of its team.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` moved.
    """
    found = _moves(store, period, destination, worked_on, statuses)
    cells: defaultdict[tuple[str, str], list[MoveView]] = defaultdict(list)
    for move in found:
        if origin is None or move.origin.id == origin:
            cells[move.origin.id, move.destination.id].append(move)
    flows = [
        MoveFlowView(
            origin=each[0].origin,
            destination=each[0].destination,
            people=len({move.person.id for move in each}),
            moves=sorted(each, key=_by_day),
        )
        for each in cells.values()
    ]
    flows.sort(key=lambda flow: (-flow.people, flow.origin.id, flow.destination.id))
    people = {move.person.id for flow in flows for move in flow.moves}
    return MovesView(flows=flows[:limit], people=len(people), truncated=len(flows) > limit)


def balances(
    store: Store,
    *,
    period: Period = EVER,
    place: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    limit: int = 50,
) -> BalancesView:
    """How many people came to each place in a period and how many left it for another.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` moved.
    """
    arrivals: defaultdict[str, list[MoveView]] = defaultdict(list)
    departures: defaultdict[str, list[MoveView]] = defaultdict(list)
    places: dict[str, EntityRefView] = {}
    for move in _moves(store, period, None, None, statuses):
        for end, moved in ((move.destination, arrivals), (move.origin, departures)):
            if place is None or end.id == place:
                places[end.id] = end
                moved[end.id].append(move)
    views = []
    for id_, ref in places.items():
        came = len({move.person.id for move in arrivals[id_]})
        went = len({move.person.id for move in departures[id_]})
        views.append(
            BalanceView(
                place=ref,
                arrived=came,
                left=went,
                net=came - went,
                arrivals=sorted(arrivals[id_], key=_by_day),
                departures=sorted(departures[id_], key=_by_day),
            )
        )
    views.sort(key=lambda view: (-view.net, -view.arrived, view.place.id))
    return BalancesView(places=views[:limit], truncated=len(views) > limit)


def returns(
    store: Store,
    *,
    place: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    limit: int = 50,
) -> ReturnsView:
    """Who had surely left a place before they joined it again.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` have a job there.
    """
    found = []
    for jobs in _by_person(store, _people_of(store, place, statuses), statuses):
        for before in jobs:
            for after in jobs:
                if (
                    before.place.id == after.place.id
                    and before.id != after.id
                    and (place is None or before.place.id == place)
                    and after.type in _JOINING
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
    for jobs in _by_person(store, _people_of(store, place, statuses), statuses):
        there: defaultdict[str, list[_Job]] = defaultdict(list)
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


def _moves(
    store: Store,
    period: Period,
    destination: str | None,
    worked_on: str | None,
    statuses: Collection[Status],
) -> Iterator[MoveView]:
    people = _ids(
        store,
        "analysis/movers",
        statuses=sorted(statuses),
        joined_from=period.first,
        joined_to=period.last,
        destination=destination,
        worked_on=worked_on,
    )
    for jobs in _by_person(store, people, statuses):
        yield from _moves_of(jobs, period, destination)


def _moves_of(
    jobs: Collection[_Job], period: Period, destination: str | None
) -> Iterator[MoveView]:
    first_joined: dict[str, _Job] = {}
    for job in sorted(jobs, key=lambda job: (job.joined or dt.date.max, job.id)):
        if job.type in _JOINING:
            first_joined.setdefault(job.place.id, job)
    for joined in first_joined.values():
        if not period.holds(joined.joined) or destination not in (None, joined.place.id):
            continue
        for left in _left_for(joined, jobs):
            yield MoveView(
                person=joined.person,
                origin=left.place,
                destination=joined.place,
                day=joined.joined,
                left=left.id,
                joined=joined.id,
            )


def _left_for(joined: _Job, jobs: Collection[_Job]) -> Iterable[_Job]:
    """The jobs that the person held last before; one for each place."""
    day = joined.joined
    if day is None:
        return []
    held: dict[str, tuple[dt.date, _Job]] = {}
    for job in jobs:
        began = job.start_earliest or (job.joined if job.type in _JOINING else None)
        if job.place.id == joined.place.id or (began is not None and began >= day):
            continue
        until = min(job.end_latest or day, day)
        if job.place.id not in held or held[job.place.id][0] < until:
            held[job.place.id] = (until, job)
    last = max((until for until, _ in held.values()), default=day)
    return [job for until, job in held.values() if until == last]


def _people_of(
    store: Store, place: str | None, statuses: Collection[Status]
) -> Iterator[list[str]]:
    return _ids(store, "analysis/people_of_places", statuses=sorted(statuses), place=place)


def _ids(store: Store, name: str, **asked: Any) -> Iterator[list[str]]:
    """Ids of people, a page at a time."""
    after, seen = "", 0
    while rows := store.read(name, **asked, after=after, limit=_PAGE):
        seen += len(rows)
        if seen > MAX_PEOPLE:
            raise PathSearchError(
                f"more than {MAX_PEOPLE:,} people are concerned; name a place, or a shorter period"
            )
        yield [row["id"] for row in rows]
        after = rows[-1]["id"]


def _by_person(
    store: Store, pages: Iterable[list[str]], statuses: Collection[Status]
) -> Iterator[list[_Job]]:
    for ids in pages:
        jobs: defaultdict[str, list[_Job]] = defaultdict(list)
        for row in store.read("analysis/jobs", ids=ids, statuses=sorted(statuses)):
            fact = {name: row["fact"].get(name) for name in _DATES}
            job = _Job(
                person=EntityRefView(**row["person"]),
                place=EntityRefView(**row["place"]),
                type=RelationType(row["type"]),
                id=row["fact"]["id"],
                **fact,
            )
            jobs[job.person.id].append(job)
        yield from (jobs[id_] for id_ in ids if id_ in jobs)


_DATES: Final = ("first_reported", "start_earliest", "start_latest", "end_earliest", "end_latest")


def _middle(earliest: dt.date | None, latest: dt.date | None) -> float | None:
    if earliest is None or latest is None:
        return None
    return (earliest.toordinal() + latest.toordinal()) / 2


def _by_day(move: MoveView) -> tuple[dt.date, str]:
    return move.day or dt.date.max, move.person.id
