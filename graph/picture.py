"""Look-ups for a picture: some entities, and the relationships between them, in one answer.

What is denied is left out of all of them unless the statuses ask for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, Self

from pydantic import Field

from graph.errors import NotFoundError
from graph.known import facts_known
from graph.model import Amount, Kind, RelationType, Status, VagueDate
from graph.store import Store
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

    @classmethod
    def of(cls, row: Row) -> Self:
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


class FlowView(View):
    """People who went from one employer to another."""

    origin: EntityRefView
    target: EntityRefView
    people: list[EntityRefView]
    sources: int = Field(description="Independent sources of the hires, added up.")


class FlowsView(View):
    """Who takes people from whom, the broadest flow first."""

    flows: list[FlowView]


def supported(
    store: Store,
    *,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    kinds: Collection[Kind] = (),
    min_sources: int = 1,
    reported_from: dt.date | None = None,
    reported_to: dt.date | None = None,
    limit: int = 300,
) -> PictureView:
    """The best supported relationships that pass the filters; an empty one does not filter."""
    rows = store.read(
        "explorer/supported",
        types=_values(types or RelationType),
        statuses=_values(statuses or _LIKELY),
        kinds=_values(kinds or Kind),
        min_sources=min_sources,
        reported_from=reported_from,
        reported_to=reported_to,
        limit=limit,
    )
    return PictureView(**_picture(rows))


def recent(store: Store, *, limit: int = 40) -> RecentView:
    """The most reported moves and investments of the last weeks before the newest of them.

    The period begins six weeks before, and is widened until a dozen were reported in it.
    """
    (newest,) = store.read("explorer/newest", types=_values(NEWS), statuses=_values(_LIKELY))
    until = newest["day"]
    for weeks in _WEEKS if until else ():
        since = until - dt.timedelta(weeks=weeks)
        found = supported(store, types=NEWS, reported_from=since, limit=limit)
        if len(found.relationships) >= min(_ENOUGH_NEWS, limit):
            return RecentView(**dict(found), since=since, until=until)
    found = supported(store, types=NEWS, limit=limit)
    return RecentView(**dict(found), since=None, until=until)


def among(
    store: Store,
    ids: Sequence[str],
    *,
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    known_at: dt.date | None = None,
) -> PictureView:
    """These entities and every relationship between two of them; unknown ids are passed over.

    With a day, the relationships are as the press had told them by then (`graph.known`).
    """
    names = store.read("explorer/names", ids=_distinct(ids))
    known = [row["id"] for row in names]
    if known_at is None:
        links = _links_among(store, known, types, statuses)
    else:
        now = _links_among(store, known, types, tuple(Status))
        rows = facts_known(store, [link.id for link in now], known_at).values()
        then = [LinkView.of(row) for row in rows]
        links = [link for link in then if link.status in (statuses or _LIKELY)]
        links.sort(key=lambda link: (-link.sources, link.id))
    return PictureView(entities=[EntityRefView(**row) for row in names], relationships=links)


def neighbours(
    store: Store,
    entity_id: str,
    *,
    shown: Sequence[str] = (),
    types: Collection[RelationType] = (),
    statuses: Collection[Status] = (),
    kinds: Collection[Kind] = (),
    min_sources: int = 1,
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
    found = store.read(
        "explorer/neighbours",
        id=entity_id,
        shown=_distinct(shown),
        types=_values(types or RelationType),
        statuses=_values(statuses or _LIKELY),
        kinds=_values(kinds or Kind),
        min_sources=min_sources,
        limit=_MOST_NEIGHBOURS,
    )
    known = store.read("explorer/names", ids=[id_ for id_ in _distinct(shown) if id_ != entity_id])
    entities = [
        EntityRefView(**{field: row[field] for field in _REF_FIELDS})
        for row in [*own, *known, *found[:limit]]
    ]
    return NeighboursView(
        entities=entities,
        relationships=_links_among(store, [each.id for each in entities], types, statuses),
        more=max(0, len(found) - limit),
    )


def talent(store: Store, *, statuses: Collection[Status] = (), limit: int = 60) -> FlowsView:
    """Who went from which employer to which, as the press reports it."""
    rows = store.read("explorer/talent", statuses=_values(statuses or _LIKELY), limit=limit)
    return FlowsView(flows=[FlowView(**row) for row in rows])


def _links_among(
    store: Store, ids: list[str], types: Collection[RelationType], statuses: Collection[Status]
) -> list[LinkView]:
    rows = store.read(
        "explorer/among",
        ids=ids,
        types=_values(types or RelationType),
        statuses=_values(statuses or _LIKELY),
        limit=MAX_RELATIONSHIPS,
    )
    return [LinkView.of(row) for row in rows]


def _picture(rows: Iterable[Row]) -> dict[str, Any]:
    """The relationships of the rows, and each entity at their ends once."""
    entities: dict[str, EntityRefView] = {}
    links = []
    for row in rows:
        for end in ("subject", "object"):
            if row[end]["id"] not in entities:
                entities[row[end]["id"]] = EntityRefView(**row[end])
        links.append(LinkView.of(row))
    return {"entities": list(entities.values()), "relationships": links}


def _distinct(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _values(members: Iterable[Any]) -> list[str]:
    return sorted(member.value for member in members)
