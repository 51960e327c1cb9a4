"""The wide view: as much of the graph as can be drawn, in columns, quickly.

Tens of thousands of relationships as objects cost the service, the wire and the browser several
times as much as the same in columns, where each name of a field stands once and both ends of a
relationship are places in the list of entities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from pydantic import Field

from graph.batches import slices
from graph.model import Amount, Kind, RelationType, Status, VagueDate
from graph.picture import best_rows
from graph.store import Store
from graph.times import ALWAYS, When
from graph.told import Wanted
from graph.views import View

MAX_RELATIONSHIPS: Final = 50_000
"""Relationships of the widest view."""

_ANY: Final = 1_000_000_000
_AMOUNT: Final = ("value", "currency", "bound", "purpose")
_REST: Final = (
    "role",
    *(f"amount_{name}" for name in _AMOUNT),
    "start_earliest",
    "start_latest",
    "end_earliest",
    "end_latest",
)

Columns = dict[str, list[Any]]


class EntityColumns(View):
    """Entities; each list has one value for each of them."""

    id: list[str]
    name: list[str]
    kind: list[Kind]


class LinkDetails(View):
    """What most relationships do not have."""

    at: int = Field(description="Which relationship, by its place in the lists.")
    role: str | None = None
    amount: Amount | None = None
    start: VagueDate | None = None
    end: VagueDate | None = None


class LinkColumns(View):
    """Relationships; each list but `details` has one value for each of them."""

    id: list[str]
    type: list[RelationType]
    subject: list[int] = Field(description="Places in the list of entities.")
    object: list[int] = Field(description="Places in the list of entities.")
    status: list[Status]
    contested: list[bool]
    sources: list[int]
    claims: list[int]
    first_reported: list[dt.date | None]
    last_reported: list[dt.date | None]
    details: list[LinkDetails]


class WideView(View):
    """The best supported part of the graph, in columns, the best supported first."""

    entities: EntityColumns
    relationships: LinkColumns


def wide(
    store: Store, *, limit: int = MAX_RELATIONSHIPS, when: When = ALWAYS
) -> dict[str, Columns]:
    """The relationships that most sources say, and the entities at their ends.

    What is denied is among them. Of those with as many sources as the last ones that there is room
    for, some are left out. With a time, those that held then, or as the press had told them by
    then, which takes longer.

    Returns
    -------
    dict
        The fields of `WideView`, ready for JSON: tens of thousands of values are not checked again.

    Raises
    ------
    PathSearchError
        If a day is given by which more relationships were told than can be derived for it.
    """
    if when != ALWAYS:
        found = best_rows(store, Wanted(when=when), limit)
        ends = [row[end] for row in found for end in ("subject", "object")]
        refs = {end["id"]: (end["name"], end["kind"]) for end in ends}
        return _columns([(row["type"], _values(row)) for row in found], lambda _: refs)
    rows, whole = _rows(store, limit)
    # The most sources, then the most claims, then the latest; ids make the order one and the same.
    rows.sort(key=lambda row: row[1][0])
    rows.sort(key=lambda row: row[1][8] or "", reverse=True)
    rows.sort(key=lambda row: (row[1][5], row[1][6]), reverse=True)

    def names(ids: list[str]) -> dict[str, tuple[str, str]]:
        return {id_: (name, kind) for id_, name, kind in _names(store, ids, whole=whole)}

    return _columns(rows, names)


def _columns(
    rows: list[tuple[str, list[Any]]], names_of: Callable[[list[str]], dict[str, tuple[str, str]]]
) -> dict[str, Columns]:
    place: dict[str, int] = {}
    links: Columns = {name: [] for name in LinkColumns.model_fields}
    for type_, row in rows:
        id_, subject, object_, status, contested, sources, claims, first, last, rest = row
        links["id"].append(id_)
        links["type"].append(type_)
        links["subject"].append(place.setdefault(subject, len(place)))
        links["object"].append(place.setdefault(object_, len(place)))
        links["status"].append(status)
        links["contested"].append(bool(contested))
        links["sources"].append(sources)
        links["claims"].append(claims)
        links["first_reported"].append(first)
        links["last_reported"].append(last)
        if rest is not None:
            links["details"].append(_details(len(links["id"]) - 1, rest))
    names = names_of(list(place))
    entities: Columns = {
        "id": list(place),
        "name": [names.get(id_, (id_, ""))[0] for id_ in place],
        "kind": [names.get(id_, ("", Kind.ORGANIZATION.value))[1] for id_ in place],
    }
    return {"entities": entities, "relationships": links}


def _values(row: dict[str, Any]) -> list[Any]:
    """A relationship in the values of ``explorer/wide``."""
    fact = row["fact"]
    rest = [
        day.isoformat() if isinstance(day := fact.get(name), dt.date) else day for name in _REST
    ]
    return [
        fact["id"],
        row["subject"]["id"],
        row["object"]["id"],
        fact["status"],
        fact.get("contested"),
        fact["sources"],
        fact["claims"],
        *(day and day.isoformat() for day in map(fact.get, ("first_reported", "last_reported"))),
        None if all(value is None for value in rest) else rest,
    ]


def _rows(store: Store, limit: int) -> tuple[list[tuple[str, list[Any]]], bool]:
    """Type and values of the best supported relationships, and whether these are all there are."""
    room, least, rest = limit, 0, None
    for each in store.read("explorer/by_sources"):
        if each["relationships"] > room:
            least, rest = each["sources"] + 1, each["sources"]
            break
        room -= each["relationships"]
    found = store.read("explorer/wide", least=least, most=_ANY, limit=limit)
    if rest is not None and room:
        found += store.read("explorer/wide", least=rest, most=rest, limit=room)
    return [(each["type"], row) for each in found for row in each["rows"]], rest is None


def _names(store: Store, ids: list[str], *, whole: bool) -> Iterator[tuple[str, str, str]]:
    if whole:
        for each in store.read("explorer/all_names"):
            yield from ((id_, name, each["kind"]) for id_, name in each["rows"])
    else:
        for part in slices(ids):
            for row in store.read("explorer/names", ids=list(part)):
                yield row["id"], row["name"], row["kind"]


def _details(at: int, values: list[Any]) -> dict[str, Any]:
    role, *rest = values
    amount, dates = rest[:4], rest[4:]
    found: dict[str, Any] = {"at": at}
    if role is not None:
        found["role"] = role
    if amount[0] is not None:
        found["amount"] = dict(zip(_AMOUNT, amount, strict=True))
    for name, (earliest, latest) in (("start", dates[:2]), ("end", dates[2:])):
        if earliest is not None or latest is not None:
            found[name] = {"earliest": earliest, "latest": latest}
    return found
