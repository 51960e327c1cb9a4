"""Claims, looked up by what they say, who says it, how surely and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Final

from graph.decisions import current_id
from graph.errors import ModelError, NotFoundError
from graph.model import RelationType, Status
from graph.paging import Listing, after_day
from graph.store import Store
from graph.times import ALWAYS, When
from graph.views import EvidenceView, Page

_MAX_SHOWN: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims; what is left out does not filter.

    `source` is a key as `ClaimView.source` shows it. Amounts are in units of `currency`, without
    which they cannot be compared.

    Raises
    ------
    ModelError
        If an amount comes without a currency.
    """

    types: Collection[RelationType] = ()
    statuses: Collection[Status] = ()
    source: str | None = None
    currency: str | None = None
    min_amount: float | None = None
    max_amount: float | None = None
    min_confidence: float | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None

    def __post_init__(self) -> None:
        if self.currency is None and not (self.min_amount is None and self.max_amount is None):
            raise ModelError("an amount needs a currency to be compared in, such as EUR")

    def parameters(self) -> dict[str, Any]:
        """For the statements that list claims."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return given | {
            "types": sorted(self.types or RelationType),
            "statuses": sorted(self.statuses or Status),
        }


ALL_CLAIMS: Final = ClaimFilter()


def list_claims(
    store: Store,
    *,
    entity_id: str | None = None,
    which: ClaimFilter = ALL_CLAIMS,
    when: When = ALWAYS,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[EvidenceView]:
    """Claims, each with its article, the newest first; those without a date come last.

    Parameters
    ----------
    entity_id
        Only claims whose subject or object it is.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    if entity_id is None:
        return _page(store, "claims", {}, which, when, cursor, limit)
    return _of_entity(store, "claims_of_entity", entity_id, which, when, cursor, limit)


def timeline(
    store: Store,
    entity_id: str,
    *,
    which: ClaimFilter = ALL_CLAIMS,
    when: When = ALWAYS,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[EvidenceView]:
    """What the press has said of an entity, the oldest first; what is not dated comes last.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    return _of_entity(store, "timeline", entity_id, which, when, cursor, limit)


def get_claim(store: Store, claim_id: str) -> EvidenceView:
    """One claim with its article.

    Raises
    ------
    NotFoundError
        If no claim has this id.
    """
    rows = store.read("lookup/claim", id=claim_id)
    if not rows:
        raise NotFoundError(f"no claim has the id {claim_id[:_MAX_SHOWN]!r}")
    return EvidenceView.of(rows[0]["claim"], article=rows[0]["article"])


def _of_entity(
    store: Store,
    name: str,
    entity_id: str,
    which: ClaimFilter,
    when: When,
    cursor: str | None,
    limit: int,
) -> Page[EvidenceView]:
    page = _page(store, name, {"entity_id": entity_id}, which, when, cursor, limit)
    if not page.items and not store.read("lookup/entity_refs", ids=[entity_id]):
        current = current_id(store, entity_id)
        if current is None:
            raise NotFoundError(
                f"no entity has the id {entity_id[:_MAX_SHOWN]!r}; search for it by name"
            )
        page = _page(store, name, {"entity_id": current}, which, when, cursor, limit)
    return page


def _page(
    store: Store,
    name: str,
    of: dict[str, Any],
    which: ClaimFilter,
    when: When,
    cursor: str | None,
    limit: int,
) -> Page[EvidenceView]:
    filters = {
        **of,
        **which.parameters(),
        **when.parameters(),
        "known_at": when.known_at,
    }
    listing = Listing(name, filters)
    rows = store.read(f"lookup/{name}", **filters, **after_day(listing, cursor), limit=limit + 1)
    days = {row["claim"]["id"]: row["day"] for row in rows}
    return listing.page(
        [EvidenceView.of(row["claim"], article=row["article"]) for row in rows],
        limit,
        lambda view: (days[view.id].isoformat(), view.id),
    )
