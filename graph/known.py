"""Facts as the press had told them by a day: derived from the claims that were known then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from graph.decisions import current_id
from graph.errors import NotFoundError
from graph.fact_rule import ClaimRecord, derive
from graph.facts import FactKey
from graph.model import RelationType
from graph.store import Store
from graph.times import When
from graph.views import EntityRefView, RelationshipView

Row = dict[str, Any]
_PAGE: Final = 5_000


def facts_known(store: Store, fact_ids: Collection[str], known_at: dt.date) -> dict[str, Row]:
    """These facts as of that day, by id, in the columns that `RelationshipView.of` takes.

    What nobody had said by then is left out.
    """
    claims = store.read("lookup/claims_known", ids=sorted(fact_ids), known_at=known_at)
    return facts_of_claims(store, claims)


def told_by(
    store: Store,
    known_at: dt.date,
    types: Collection[str],
    *,
    subject: str | None = None,
    object_: str | None = None,
) -> Iterator[list[Row]]:
    """All facts of these types as of that day, a page at a time, in the order of their ids."""
    asked = {"types": sorted(types), "subject": subject, "object": object_, "known_at": known_at}
    after = ""
    while rows := store.read("analysis/fact_ids_known", **asked, after=after, limit=_PAGE):
        found = facts_known(store, [row["id"] for row in rows], known_at)
        yield [found[id_] for id_ in sorted(found)]
        after = rows[-1]["id"]


def facts_of_claims(store: Store, claims: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """The facts that these claims carry, and no others; a claim is a row of `claims_known`."""
    return _named(store, derived(claims))


def ref(store: Store, entity_id: str) -> EntityRefView:
    """One entity in short; of an id that was merged into another, that other one.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    """
    return refs(store, entity_id)[0]


def refs(store: Store, *entity_ids: str) -> list[EntityRefView]:
    """Entities in short, in the order of these ids; see `ref`."""
    found = {row["id"]: row for row in store.read("lookup/entity_refs", ids=list(entity_ids))}
    for id_ in entity_ids:
        if id_ not in found:
            current = current_id(store, id_)
            rows = store.read("lookup/entity_refs", ids=[current]) if current else []
            if not rows:
                raise NotFoundError(f"no entity has the id {id_[:80]!r}; search for it by name")
            found[id_] = rows[0]
    return [EntityRefView(**found[id_]) for id_ in entity_ids]


def derived(claims: Iterable[Mapping[str, Any]]) -> dict[FactKey, dict[str, Any]]:
    """The properties of the facts that these claims carry; a claim is a row of `claims_known`."""
    on: defaultdict[FactKey, list[ClaimRecord]] = defaultdict(list)
    for row in claims:
        on[FactKey.of(row["fact_id"], row)].append(ClaimRecord.of(row["claim"]))
    return {
        key: {"id": key.id, **derive(records).stored()}
        for key, records in on.items()
        if key.start != key.end
    }


def entity_relationships_known(
    store: Store,
    when: When,
    *,
    asked: Mapping[str, Any],
    statuses: Collection[str],
    limit: int,
) -> list[RelationshipView]:
    """The first `limit` relationships of an entity as of a day, in the order of type and id.

    Parameters
    ----------
    asked
        The parameters of ``lookup/fact_ids_known`` but for `limit` and `known_at`.
    """
    known_at = when.known_at
    if known_at is None:
        raise ValueError("a day is needed")
    found: list[RelationshipView] = []
    place = {"after_type": asked["after_type"], "after_id": asked["after_id"]}
    while len(found) < limit:
        ids = store.read(
            "lookup/fact_ids_known", **{**asked, **place}, known_at=known_at, limit=limit
        )
        rows = facts_known(store, [row["fact_id"] for row in ids], known_at)
        for each in ids:
            row = rows.get(each["fact_id"])
            if row is None or row["fact"]["status"] not in statuses:
                continue
            if when.admits(row["type"], row["fact"]):
                found.append(RelationshipView.of(row, held=when.of(row["type"], row["fact"])))
        if len(ids) < limit:
            break
        place = {"after_type": ids[-1]["type"], "after_id": ids[-1]["fact_id"]}
    return found[:limit]


def _named(store: Store, facts: Mapping[FactKey, dict[str, Any]]) -> dict[str, Row]:
    ends = {id_ for key in facts for id_ in (key.start, key.end)}
    names = {row["id"]: row for row in store.read("lookup/entity_refs", ids=sorted(ends))}
    return {
        key.id: {
            "type": RelationType(key.type),
            "fact": properties,
            "subject": names[key.start],
            "object": names[key.end],
        }
        for key, properties in facts.items()
        if key.start in names and key.end in names
    }
