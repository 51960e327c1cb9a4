"""Look-ups for a picture: some entities, and the relationships between them, in one answer.

What is denied is left out of all of them unless the statuses ask for it. With a day in `when`, the
relationships are as the press had told them by then (`graph.told`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any, Final, Self

from pydantic import Field

from graph.errors import NotFoundError
from graph.known import facts_known
from graph.model import Amount, Kind, RelationType, Status, VagueDate
from graph.store import Store
from graph.times import ALWAYS, Held, When
from graph.told import MAX_DERIVED, Wanted, best_told, told_of
from graph.views import EntityRefView, RelationshipView, Row, View, qualifiers

MAX_SHOWN: Final = 600
"""Entities that a picture can be asked for by their ids."""

MAX_RELATIONSHIPS: Final = 50_000
"""Relationships of the largest picture."""

NEWS: Final = (RelationType.HIRED_BY, RelationType.INVESTED_IN, RelationType.ACQUIRED)
"""Moves and investments."""

_LIKELY: Final = tuple(status for status in Status if status is not Status.DENIED)
_WEEKS: Final = (6, 13, 26, 52, 104)
_ENOUGH_NEWS: Final = 12
_MOST_NEIGHBOURS: Final = 5_000
_AMONG: Final = frozenset({"types", "statuses", "valid_from", "valid_to", "held", "lasting"})
_REF_FIELDS: Final = ("id", "name", "kind")


class LinkView(View):
    """A relationship whose two ends are told by their ids."""

    id: str
    type: RelationType
    subject: str
    object: str
    status: Status
    contested: bool
    role: str | None = None
    amount: Amount | None = None
    start: VagueDate | None = None
    end: VagueDate | None = None
    sources: int
    claims: int
    first_reported: dt.date | None = None
    last_reported: dt.date | None = None
    held: Held | None = Field(
        default=None,
        description="Whether it held at the time that was asked about; null where none was.",
    )

    @classmethod
    def of(cls, row: Row, when: When = ALWAYS) -> Self:
        """From a row with the columns `type`, `fact`, `subject` and `object`."""
        fact = row["fact"]
        return cls(
            id=fact["id"],
            type=row["type"],
            subject=row["subject"]["id"],
            object=row["object"]["id"],
            contested=fact.get("contested") or False,
            first_reported=fact.get("first_reported"),
            last_reported=fact.get("last_reported"),
            sources=fact["sources"],
            claims=fact["claims"],
            held=when.of(row["type"], fact),
            **qualifiers(fact),
        )

    @classmethod
    def short(cls, view: RelationshipView) -> Self:
        """The same relationship, with the ids of its ends."""
        own = {name: value for name, value in view if name in cls.model_fields}
        return cls(**{**own, "subject": view.subject.id, "object": view.object.id})


class PictureView(View):
    """Entities, and relationships between them; both ends of each are among the entities."""

    entities: list[EntityRefView]
    relationships: list[LinkView]


class RecentView(PictureView):
    """What was reported most in the last weeks."""

    since: dt.date | None = Field(description="The first day looked at; null: since ever.")
    until: dt.date | None = Field(description="The last day on which anything was reported.")


class NeighboursView(PictureView):
    """Some neighbours of an entity, with all relationships among them and what is shown."""

    more: int = Field(description="Further neighbours that pass the filters.")


def supported(
    store: Store,
    *,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    kinds: Collection[Kind] = (),
    min_sources: int = 1,
    reported_from: dt.date | None = None,
    reported_to: dt.date | None = None,
    when: When = ALWAYS,
    limit: int = 300,
) -> PictureView:
    """The best supported relationships that pass the filters; an empty one does not filter.

    Raises
    ------
    PathSearchError
        If a day is given by which more than `MAX_DERIVED` relationships of these types were told.
    """
    wanted = Wanted(
        types=tuple(types or RelationType),
        statuses=tuple(statuses or _LIKELY),
        kinds=tuple(kinds or Kind),
        min_sources=min_sources,
        reported_from=reported_from,
        reported_to=reported_to,
        when=when,
    )
    return PictureView(**_picture(best_rows(store, wanted, limit), when))


def best_rows(store: Store, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    """The best supported relationships that are wanted, as rows that `LinkView.of` takes."""
    if wanted.when.known_at is not None:
        return best_told(store, wanted.when.known_at, wanted, limit)
    return store.read(
        "explorer/supported",
        **wanted.parameters(),
        reported_from=wanted.reported_from,
        reported_to=wanted.reported_to,
        limit=limit,
    )


def recent(store: Store, *, known_at: dt.date | None = None, limit: int = 40) -> RecentView:
    """The most reported moves and investments of the last weeks before the newest of them.

    The period begins six weeks before, and is widened until a dozen were reported in it. With a
    day, the newest is that of all that was told by then.
    """
    told: list[dict[str, Any]] = []
    if known_at is None:
        (newest,) = store.read("explorer/newest", types=_values(NEWS), statuses=_values(_LIKELY))
        until = newest["day"]
    else:
        wanted = Wanted(types=NEWS, statuses=_LIKELY, when=When(known_at=known_at))
        told = best_told(store, known_at, wanted, MAX_DERIVED)
        days = [day for row in told if (day := row["fact"].get("last_reported"))]
        until = max(days, default=None)

    def since_day(since: dt.date | None) -> PictureView:
        if known_at is None:
            return supported(store, types=NEWS, reported_from=since, limit=limit)
        rows = (row for row in told if Wanted(reported_from=since).passes(row))
        return PictureView(**_picture(islice(rows, limit)))

    for weeks in _WEEKS if until else ():
        since = until - dt.timedelta(weeks=weeks)
        found = since_day(since)
        if len(found.relationships) >= min(_ENOUGH_NEWS, limit):
            return RecentView(**dict(found), since=since, until=until)
    return RecentView(**dict(since_day(None)), since=None, until=until)


def among(
    store: Store,
    ids: Sequence[str],
    *,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    when: When = ALWAYS,
) -> PictureView:
    """These entities and every relationship between two of them; unknown ids are passed over."""
    names = store.read("explorer/names", ids=_distinct(ids))
    return PictureView(
        entities=[EntityRefView(**row) for row in names],
        relationships=_links_among(store, [row["id"] for row in names], types, statuses, when),
    )


def neighbours(
    store: Store,
    entity_id: str,
    *,
    shown: Sequence[str] = (),
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    kinds: Collection[Kind] = (),
    min_sources: int = 1,
    when: When = ALWAYS,
    limit: int = 12,
) -> NeighboursView:
    """The best supported neighbours of an entity that are not `shown` yet.

    The relationships are all those among the entity, what is shown and the neighbours found, so
    that they can be added to a picture as they are.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    """
    own = store.read("explorer/names", ids=[entity_id])
    if not own:
        raise NotFoundError("no entity has this id; search for it by name")
    wanted = Wanted(
        types=tuple(types or RelationType),
        statuses=tuple(statuses or _LIKELY),
        min_sources=min_sources,
        when=when,
    )
    near = {*(kinds or Kind)}
    if when.known_at is None:
        asked = wanted.parameters() | {"kinds": _values(near)}
        found = store.read(
            "explorer/neighbours",
            **asked,
            id=entity_id,
            shown=_distinct(shown),
            limit=_MOST_NEIGHBOURS,
        )
    else:
        rows = told_of(store, entity_id, when.known_at, wanted)
        ends = [row["object" if row["subject"]["id"] == entity_id else "subject"] for row in rows]
        by_id = {end["id"]: end for end in ends if end["kind"] in near}
        found = [end for id_, end in by_id.items() if id_ not in {entity_id, *shown}]
    known = store.read("explorer/names", ids=[id_ for id_ in _distinct(shown) if id_ != entity_id])
    entities = [
        EntityRefView(**{field: row[field] for field in _REF_FIELDS})
        for row in [*own, *known, *found[:limit]]
    ]
    return NeighboursView(
        entities=entities,
        relationships=_links_among(store, [each.id for each in entities], types, statuses, when),
        more=max(0, len(found) - limit),
    )


def _links_among(
    store: Store,
    ids: list[str],
    types: Collection[RelationType],
    statuses: Collection[Status],
    when: When,
) -> list[LinkView]:
    wanted = Wanted(
        types=tuple(types or RelationType), statuses=tuple(statuses or _LIKELY), when=when
    )
    known_at = when.known_at
    now = wanted if known_at is None else Wanted(types=wanted.types)
    asked = {name: value for name, value in now.parameters().items() if name in _AMONG}
    rows = store.read("explorer/among", ids=ids, **asked, limit=MAX_RELATIONSHIPS)
    if known_at is not None:
        then = facts_known(store, [row["fact"]["id"] for row in rows], known_at).values()
        rows = sorted(
            filter(wanted.passes, then),
            key=lambda row: (-row["fact"]["sources"], row["fact"]["id"]),
        )
    return [LinkView.of(row, when) for row in rows]


def _picture(rows: Iterable[Row], when: When = ALWAYS) -> dict[str, Any]:
    """The relationships of the rows, and each entity at their ends once."""
    entities: dict[str, EntityRefView] = {}
    links = []
    for row in rows:
        for end in ("subject", "object"):
            if row[end]["id"] not in entities:
                entities[row[end]["id"]] = EntityRefView(**row[end])
        links.append(LinkView.of(row, when))
    return {"entities": list(entities.values()), "relationships": links}


def _distinct(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _values(members: Iterable[Any]) -> list[str]:
    return sorted(member.value for member in members)
