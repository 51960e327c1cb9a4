"""Jobs of people, read from the store a page of people at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import PathSearchError
from graph.known import facts_of_claims
from graph.model import Kind, RelationType, Status
from graph.store import Store
from graph.views import EntityRefView

BELIEVED: Final = (Status.ASSERTED, Status.REPORTED)
"""Statuses of what counts unless others are asked for."""

MAX_PEOPLE: Final = 50_000
"""People that one question looks at before it gives up."""

_PAGE: Final = 2_000
_ANY: Final = 1_000_000_000
JOINING: Final = frozenset({RelationType.HIRED_BY, RelationType.LEADS, RelationType.FOUNDED})
_JOBS: Final = JOINING | {RelationType.WORKED_AT}
_DATES: Final = ("first_reported", "start_earliest", "start_latest", "end_earliest", "end_latest")


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


@dataclass(frozen=True, slots=True)
class Job:
    """What says that a person was at a place."""

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
        """The day of its beginning, at the latest, else that of the first report."""
        return self.start_latest or self.first_reported


def people_of(
    store: Store, place: str | None, statuses: Collection[Status], known_at: dt.date | None = None
) -> Iterator[list[str]]:
    """Ids of the people who have a job at a place, or anywhere, a page at a time.

    With a day, those of whom anybody had said so by then, in whatever status.
    """
    if known_at is not None:
        return people_known(store, known_at, place=place)
    return people(store, "analysis/people_of_places", statuses=sorted(statuses), place=place)


def people_known(
    store: Store,
    known_at: dt.date,
    *,
    place: str | None = None,
    worked_on: str | None = None,
    joining: Period | None = None,
) -> Iterator[list[str]]:
    """Ids of people who, by what was known by a day, have a job, a page at a time.

    Parameters
    ----------
    joining
        Only those who may have joined in this period; some of them may turn out not to have.
    """
    period = joining or EVER
    return people(
        store,
        "analysis/people_known",
        types=sorted(_JOBS if joining is None else JOINING),
        known_at=known_at,
        place=place,
        worked_on=worked_on,
        joined_from=period.first,
        joined_to=period.last,
    )


def people(store: Store, name: str, **asked: Any) -> Iterator[list[str]]:
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


def by_person(
    store: Store,
    pages: Iterable[list[str]],
    statuses: Collection[Status],
    known_at: dt.date | None = None,
) -> Iterator[list[Job]]:
    """The jobs of each of these people, as they are told now or had been told by a day."""
    for ids in pages:
        jobs: defaultdict[str, list[Job]] = defaultdict(list)
        for row in _rows(store, ids, statuses, known_at):
            fact = {name: row["fact"].get(name) for name in _DATES}
            job = Job(
                person=EntityRefView(**row["person"]),
                place=EntityRefView(**row["place"]),
                type=RelationType(row["type"]),
                id=row["fact"]["id"],
                **fact,
            )
            jobs[job.person.id].append(job)
        # In one order: of two jobs that end on one day, the same is always named.
        yield from (sorted(jobs[id_], key=lambda job: job.id) for id_ in ids if id_ in jobs)


def _rows(
    store: Store, ids: list[str], statuses: Collection[Status], known_at: dt.date | None
) -> list[dict[str, Any]]:
    """Rows with person, place, type and fact."""
    if known_at is None:
        return store.read("analysis/jobs", ids=ids, statuses=sorted(statuses))
    claims = store.read(
        "lookup/neighbours_known", ids=ids, types=sorted(_JOBS), known_at=known_at, limit=_ANY
    )
    return [
        {**row, "person": row["subject"], "place": row["object"]}
        for row in facts_of_claims(store, claims).values()
        if row["fact"]["status"] in statuses
        and row["subject"]["kind"] == Kind.PERSON
        and row["object"]["kind"] != Kind.PRODUCT
    ]
