"""Relationships as the press had told them by a day, by the filters of a picture.

They are derived from all claims that were known then (`graph.known`), since what a fact shows today
says nothing of what it showed on another day.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from graph.errors import PathSearchError
from graph.known import facts_of_claims, told_by
from graph.model import Kind, RelationType, Status
from graph.store import Store
from graph.times import ALWAYS, When

MAX_DERIVED: Final = 200_000
"""Relationships that are derived for one question before it gives up."""

_ANY: Final = 1_000_000_000

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which relationships a picture shows.

    `reported_from` and `reported_to` are days on which one was reported, or later, or earlier.
    """

    types: Collection[RelationType] = tuple(RelationType)
    statuses: Collection[Status] = tuple(Status)
    kinds: Collection[Kind] = tuple(Kind)
    min_sources: int = 1
    reported_from: dt.date | None = None
    reported_to: dt.date | None = None
    when: When = field(default=ALWAYS)

    def passes(self, row: Row) -> bool:
        """Whether a relationship passes, in the columns that `LinkView.of` takes."""
        fact = row["fact"]
        first, last = fact.get("first_reported"), fact.get("last_reported")
        return (
            row["type"] in self.types
            and fact["status"] in self.statuses
            and {row["subject"]["kind"], row["object"]["kind"]} <= {*self.kinds}
            and fact["sources"] >= self.min_sources
            and (self.reported_from is None or (last is not None and last >= self.reported_from))
            and (self.reported_to is None or (first is not None and first <= self.reported_to))
            and self.when.admits(row["type"], fact)
        )

    def parameters(self) -> dict[str, Any]:
        """For statements that filter so, but for `known_at`."""
        return {
            "types": sorted(self.types),
            "statuses": sorted(self.statuses),
            "kinds": sorted(self.kinds),
            "min_sources": self.min_sources,
            **self.when.parameters(),
        }


def best_told(store: Store, known_at: dt.date, wanted: Wanted, limit: int) -> list[Row]:
    """Those that most sources had said by that day, the best supported first.

    Raises
    ------
    PathSearchError
        If there are more than `MAX_DERIVED` of these types.
    """
    return heapq.nsmallest(limit, filter(wanted.passes, _told(store, known_at, wanted)), rank)


def told_of(store: Store, entity_id: str, known_at: dt.date, wanted: Wanted) -> list[Row]:
    """Those of one entity, the best supported first."""
    claims = store.read(
        "lookup/neighbours_known",
        ids=[entity_id],
        types=sorted(wanted.types),
        known_at=known_at,
        limit=_ANY,
    )
    return sorted(filter(wanted.passes, facts_of_claims(store, claims).values()), key=rank)


def rank(row: Row) -> tuple[int, int, int, str]:
    """The most sources first, then the most claims, then the latest; ids make it one order."""
    fact = row["fact"]
    day: dt.date = fact.get("last_reported") or dt.date.min
    return -fact["sources"], -fact["claims"], -day.toordinal(), fact["id"]


def _told(store: Store, known_at: dt.date, wanted: Wanted) -> Iterator[Row]:
    seen = 0
    for rows in told_by(store, known_at, wanted.types):
        seen += len(rows)
        if seen > MAX_DERIVED:
            raise PathSearchError(
                f"more than {MAX_DERIVED:,} relationships had been told by then; ask for fewer "
                "types"
            )
        yield from rows
