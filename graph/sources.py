"""Sources: what each has been cited for, and what became of it.

A source is known by its key (`graph.identity.source_key`), which `ClaimView.source` shows:
``outlet:bloomberg``, ``person:mark gurman``, ``article:<id>``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from pydantic import Field

from graph.errors import NotFoundError
from graph.fact_rule import ClaimRecord, derive
from graph.known import facts_of_claims
from graph.model import RelationType, Status
from graph.paging import Listing
from graph.store import Store
from graph.views import Page, RelationshipView, View

_FACTS: Final = 1_000


class Confirmation(StrEnum):
    """What others say of what a source said."""

    CONFIRMED = "confirmed"
    """Another source asserts it on the same day or later."""
    REFUTED = "refuted"
    """The other side is displayed: it was denied, or what it denied is affirmed."""
    OPEN = "open"
    """Neither."""


class SourceView(View):
    """A source, and how much counts for it."""

    source: str = Field(description="Its key.")
    names: list[str] = Field(description="How articles call it.")
    claims: int = Field(description="Claims that count for it.")
    relayed: int = Field(description="Those among them that others have from it.")
    statuses: dict[Status, int] = Field(description="Its claims by how surely they are made.")
    articles: int
    relationships: int
    first_reported: dt.date | None
    last_reported: dt.date | None


class SourceRecordView(SourceView):
    """A source, and how much of what it said was later confirmed."""

    confirmed: int = Field(
        description="Relationships that another source asserts on the same day or later."
    )
    refuted: int = Field(description="Relationships of which the other side is displayed.")
    open: int = Field(description="Relationships that are neither.")


class CitedView(View):
    """A relationship that a source has been cited for."""

    relationship: RelationshipView
    status: Status = Field(description="The surest that the source has said of it.")
    said_on: dt.date | None = Field(description="The first day on which it was cited for it.")
    confirmation: Confirmation
    confirmed_on: dt.date | None = None
    confirmed_by: list[str] = Field(description="Keys of the sources that assert it since.")


def list_sources(
    store: Store,
    *,
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[SourceView]:
    """All sources, in the order of their keys.

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    listing = Listing("sources", {"known_at": known_at})
    (after,) = listing.key_after(cursor, length=1) or ("",)
    rows = store.read("lookup/sources", after=after, known_at=known_at, limit=limit + 1)
    totals = _totals(store, [row["source"] for row in rows], known_at)
    return listing.page([SourceView(**each) for each in totals], limit, lambda view: (view.source,))


def get_source(store: Store, source: str, *, known_at: dt.date | None = None) -> SourceRecordView:
    """One source, with what became of what it said.

    Raises
    ------
    NotFoundError
        If nothing counts for a source with this key.
    """
    totals = _totals(store, [source], known_at)
    if not totals:
        raise NotFoundError(
            f"nothing counts for the source {source[:80]!r}; /v1/sources lists them"
        )
    found: Counter[Confirmation] = Counter()
    after = ""
    while rows := store.read(
        "lookup/source_facts",
        source=source,
        types=sorted(RelationType),
        known_at=known_at,
        after=after,
        limit=_FACTS,
    ):
        ids = [row["fact_id"] for row in rows]
        found.update(
            _judged(source, records)[0] for records in _records(store, ids, known_at).values()
        )
        after = ids[-1]
    return SourceRecordView(
        **totals[0],
        confirmed=found[Confirmation.CONFIRMED],
        refuted=found[Confirmation.REFUTED],
        open=found[Confirmation.OPEN],
    )


def cited_for(
    store: Store,
    source: str,
    *,
    types: Collection[RelationType] = (),
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[CitedView]:
    """The relationships that a source has been cited for, in the order of their ids.

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    wanted = sorted(types or RelationType)
    listing = Listing("cited", {"source": source, "types": wanted, "known_at": known_at})
    (after,) = listing.key_after(cursor, length=1) or ("",)
    rows = store.read(
        "lookup/source_facts",
        source=source,
        types=wanted,
        known_at=known_at,
        after=after,
        limit=limit + 1,
    )
    ids = [row["fact_id"] for row in rows]
    claims = store.read("lookup/claims_known", ids=ids, known_at=known_at)
    facts = facts_of_claims(store, claims)
    views = [
        _cited(source, RelationshipView.of(facts[id_]), records)
        for id_, records in sorted(_by_fact(claims).items())
        if id_ in facts
    ]
    return listing.page(views, limit, lambda view: (view.relationship.id,))


def _totals(store: Store, sources: Sequence[str], known_at: dt.date | None) -> list[dict[str, Any]]:
    rows = store.read("lookup/source_totals", sources=list(sources), known_at=known_at)
    return [
        {
            "source": row["source"],
            "names": sorted(row["names"]),
            "claims": row["claims"],
            "relayed": row["relayed"],
            "statuses": {status: row[status] for status in Status if row[status]},
            "articles": row["articles"],
            "relationships": row["facts"],
            "first_reported": row["first_reported"],
            "last_reported": row["last_reported"],
        }
        for row in rows
    ]


def _records(
    store: Store, ids: Sequence[str], known_at: dt.date | None
) -> dict[str, list[ClaimRecord]]:
    return _by_fact(store.read("lookup/claims_known", ids=list(ids), known_at=known_at))


def _by_fact(claims: Iterable[Mapping[str, Any]]) -> dict[str, list[ClaimRecord]]:
    found: defaultdict[str, list[ClaimRecord]] = defaultdict(list)
    for row in claims:
        found[row["fact_id"]].append(ClaimRecord.of(row["claim"]))
    return found


def _judged(source: str, records: Sequence[ClaimRecord]) -> tuple[Confirmation, list[ClaimRecord]]:
    """What became of what the source said, and the claims of others that confirm it."""
    its = [record for record in records if record.source_key == source]
    last = max(its, key=lambda record: (record.day, not record.relayed, record.id))
    if (derive(records).status == Status.DENIED) != last.denies:
        return Confirmation.REFUTED, []
    since = min(record.day for record in its if record.denies == last.denies)
    wanted = Status.DENIED if last.denies else Status.ASSERTED
    by = [
        record
        for record in records
        if record.source_key != source and record.status == wanted and record.day >= since
    ]
    return (Confirmation.CONFIRMED, by) if by else (Confirmation.OPEN, [])


def _cited(
    source: str, relationship: RelationshipView, records: Sequence[ClaimRecord]
) -> CitedView:
    its = [record for record in records if record.source_key == source]
    confirmation, by = _judged(source, records)
    days = [record.published for record in its if record.published]
    confirmed = [record.published for record in by if record.published]
    return CitedView(
        relationship=relationship,
        status=min((Status(record.status) for record in its), key=lambda status: status.weakness),
        said_on=min(days, default=None),
        confirmation=confirmation,
        confirmed_on=min(confirmed, default=None),
        confirmed_by=sorted({record.source_key for record in by}),
    )
