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

from pydantic import Field

from graph.jobs import BELIEVED, EVER, JOINING, Job, Period, by_person, people, people_known
from graph.model import Status
from graph.store import Store
from graph.views import EntityRefView, View


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


def moves(
    store: Store,
    *,
    period: Period = EVER,
    origin: str | None = None,
    destination: str | None = None,
    worked_on: str | None = None,
    statuses: Collection[Status] = BELIEVED,
    known_at: dt.date | None = None,
    limit: int = 50,
) -> MovesView:
    """The moves in a period, by origin and destination.

    Parameters
    ----------
    origin, destination
        Ids of places.
    worked_on
        Id of a product: only people of its team.
    known_at
        Count what the press had said by this day.

    Raises
    ------
    PathSearchError
        If more than `MAX_PEOPLE` moved.
    """
    found = _moves(store, period, destination, worked_on, statuses, known_at)
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
    known_at: dt.date | None = None,
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
    for move in _moves(store, period, None, None, statuses, known_at):
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


def _moves(
    store: Store,
    period: Period,
    destination: str | None,
    worked_on: str | None,
    statuses: Collection[Status],
    known_at: dt.date | None,
) -> Iterator[MoveView]:
    if known_at is None:
        found = people(
            store,
            "analysis/movers",
            statuses=sorted(statuses),
            joined_from=period.first,
            joined_to=period.last,
            destination=destination,
            worked_on=worked_on,
        )
    else:
        found = people_known(
            store, known_at, place=destination, worked_on=worked_on, joining=period
        )
    for jobs in by_person(store, found, statuses, known_at):
        yield from _moves_of(jobs, period, destination)


def _moves_of(jobs: Collection[Job], period: Period, destination: str | None) -> Iterator[MoveView]:
    first_joined: dict[str, Job] = {}
    for job in sorted(jobs, key=lambda job: (job.joined or dt.date.max, job.id)):
        if job.type in JOINING:
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


def _left_for(joined: Job, jobs: Collection[Job]) -> Iterable[Job]:
    """The jobs that the person held last before; one for each place."""
    day = joined.joined
    if day is None:
        return []
    held: dict[str, tuple[dt.date, Job]] = {}
    for job in jobs:
        began = job.start_earliest or (job.joined if job.type in JOINING else None)
        if job.place.id == joined.place.id or (began is not None and began >= day):
            continue
        until = min(job.end_latest or day, day)
        if job.place.id not in held or held[job.place.id][0] < until:
            held[job.place.id] = (until, job)
    last = max((until for until, _ in held.values()), default=day)
    return [job for until, job in held.values() if until == last]


def _by_day(move: MoveView) -> tuple[dt.date, str]:
    return move.day or dt.date.max, move.person.id
