"""One entity in full: its names, since when it is spoken of, and what it stands in."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any, Final

from pydantic import Field

from graph.identity import attributed_key
from graph.known import entity_relationships_known
from graph.lookup import get_entity
from graph.model import EntityRef, Kind, RelationType, Status
from graph.store import Store
from graph.times import When
from graph.views import Direction, EntityRefView, EntityView, View

_ALL: Final = 1_000_000


class RelationCountView(View):
    """How many relationships of one type an entity stands in, at one end."""

    type: RelationType
    direction: Direction = Field(
        description="`out`: the entity is the subject; `in`: the object; `both`: the type has no "
        "direction."
    )
    relationships: int
    statuses: dict[Status, int] = Field(description="The same by status.")


class PortraitView(EntityView):
    """An entity, and how much is known of it."""

    first_mention: dt.date | None = Field(description="Day of the first dated article on it.")
    last_mention: dt.date | None = Field(description="Day of the last one.")
    relations: list[RelationCountView]
    namesakes: list[EntityRefView] = Field(
        description="Other entities of the same name: the company, where this is the product."
    )
    source: str = Field(
        description="The key under which it counts as a source when articles cite it."
    )


def portrait(store: Store, entity_id: str, *, known_at: dt.date | None = None) -> PortraitView:
    """One entity; of an id that was merged into another, that other one.

    Parameters
    ----------
    known_at
        Count only what was published by this day. Names and aliases are those of today.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    """
    view = get_entity(store, entity_id)
    (mentions,) = store.read("lookup/entity_mentions", id=view.id, known_at=known_at)
    counts = _counts(store, view.id, known_at)
    same_name = store.read("lookup/namesakes", name=view.name)
    return PortraitView(
        **view.model_dump(exclude={"articles", "sources", "relationships"}),
        articles=mentions["articles"],
        sources=mentions["sources"],
        relationships=sum(each.relationships for each in counts),
        first_mention=mentions["first_mention"],
        last_mention=mentions["last_mention"],
        relations=counts,
        namesakes=[EntityRefView(**row) for row in same_name if row["id"] != view.id],
        source=attributed_key(EntityRef(name=view.name, kind=view.kind)),
    )


def _counts(store: Store, id_: str, known_at: dt.date | None) -> list[RelationCountView]:
    found: defaultdict[tuple[RelationType, Direction], Counter[Status]] = defaultdict(Counter)
    for row in _facts(store, id_, known_at):
        type_ = RelationType(row["type"])
        direction = Direction.OUT if row["subject"] else Direction.IN
        key = (type_, Direction.BOTH if type_.symmetric else direction)
        found[key][Status(row["status"])] += row["facts"]
    return [
        RelationCountView(
            type=type_,
            direction=direction,
            relationships=counts.total(),
            statuses={status: counts[status] for status in Status if counts[status]},
        )
        for (type_, direction), counts in sorted(found.items())
    ]


def _facts(store: Store, id_: str, known_at: dt.date | None) -> list[dict[str, Any]]:
    if known_at is None:
        return store.read("lookup/relation_counts", id=id_)
    asked = {
        "id": id_,
        "types": sorted(RelationType),
        "other_kinds": sorted(Kind),
        "direction": Direction.BOTH.value,
        "symmetric": [],
        "after_type": "",
        "after_id": "",
    }
    known = entity_relationships_known(
        store, When(known_at=known_at), asked=asked, statuses=sorted(Status), limit=_ALL
    )
    return [
        {
            "type": each.type,
            "status": each.status,
            "subject": each.subject.id == id_,
            "facts": 1,
        }
        for each in known
    ]
