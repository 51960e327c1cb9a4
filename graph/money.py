"""Money: who invested in what, in sums by currency, with what is only rumoured kept apart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from pydantic import Field

from graph.jobs import EVER, Period
from graph.known import told_by
from graph.model import Purpose, RelationType, Status
from graph.sectors import SectorWords, Told, sectors_of
from graph.store import Store
from graph.views import EntityRefView, View

_PAGE: Final = 5_000
_FIRM: Final = frozenset({Status.ASSERTED, Status.REPORTED})
_FIELDS: Final = (
    "id",
    "status",
    "amount_value",
    "amount_currency",
    "amount_purpose",
    "start_latest",
    "first_reported",
)
TYPES: Final = (RelationType.INVESTED_IN, RelationType.ACQUIRED)
BELIEVED: Final = (Status.ASSERTED, Status.REPORTED, Status.HEDGED, Status.PLANNED)


class MoneyBy(StrEnum):
    """What sums are made over."""

    INVESTOR = "investor"
    TARGET = "target"
    SECTOR = "sector"
    """Of the target; who is in several counts in each of them."""
    YEAR = "year"
    MONTH = "month"


class SumView(View):
    """Money in one currency."""

    currency: str
    firm: float = Field(description="Of what is asserted or reported.")
    hedged: float = Field(description="Of what is only rumoured.")
    planned: float = Field(description="Of what is announced for the future.")


class SectoredView(View):
    """An entity that is counted in a sector, and why."""

    entity: EntityRefView
    claims: list[str] = Field(
        description="Ids of the claims whose sentences tell its sectors; none where the gazetteer "
        "knows them, or where the sector is unknown."
    )


class MoneyGroupView(View):
    """What was invested by or in one, in one sector or in one period."""

    key: str = Field(
        description="Id of the entity, name of the sector (`unknown` where nobody tells one), or "
        "the year or month (`undated` for none)."
    )
    entity: EntityRefView | None
    deals: int
    with_amount: int = Field(description="Deals whose amount is told.")
    sums: list[SumView]
    relationships: list[str] = Field(description="Ids of the deals.")
    targets: list[SectoredView] = Field(
        default=[], description="Who is in the sector, where the sums are made over sectors."
    )


class MoneyView(View):
    """Investments, those with the most deals first."""

    groups: list[MoneyGroupView]
    truncated: bool


def investments(
    store: Store,
    *,
    by: MoneyBy = MoneyBy.INVESTOR,
    types: Collection[RelationType] = TYPES,
    statuses: Collection[Status] = BELIEVED,
    investor: str | None = None,
    target: str | None = None,
    sector: str | None = None,
    words: Callable[[], SectorWords] | None = None,
    period: Period = EVER,
    known_at: dt.date | None = None,
    limit: int = 50,
) -> MoneyView:
    """Investments and acquisitions, summed over investors, targets, sectors, years or months.

    A valuation is no investment and is left out of the sums. An amount that is told of several
    investors in one target is that of their round, and counts once. A deal with a target in several
    sectors counts in each of them, so that the sums of sectors do not add up to the whole.

    Parameters
    ----------
    sector
        Count only deals with targets in it (`graph.sectors`); `unknown` is one of them.
    words
        Gives who knows sectors; needed, and called, only where sectors are asked for.
    """
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    asked = {
        "types": sorted(types),
        "statuses": sorted(statuses),
        "investor": investor,
        "target": target,
        "from_day": period.first,
        "to_day": period.last,
    }
    found = _deals(store, asked) if known_at is None else _deals_known(store, asked, known_at)
    told: dict[str, Told] = {}
    if sector is not None or by is MoneyBy.SECTOR:
        if words is None:
            raise ValueError("nobody is there who knows sectors")
        found = iter(rows := list(found))
        told = sectors_of(store, (row["target"] for row in rows), words(), known_at)
    for row in found:
        sectors = told[row["target"]["id"]].sectors if told else ()
        if sector is None or sector in sectors:
            for key in sectors if by is MoneyBy.SECTOR else (_key(row, by),):
                groups[key].append(row)
    views = [_group(key, deals, by, told) for key, deals in groups.items()]
    if by in {MoneyBy.YEAR, MoneyBy.MONTH}:
        views.sort(key=lambda view: view.key)
    else:
        views.sort(key=lambda view: (-view.deals, view.key))
    return MoneyView(groups=views[:limit], truncated=len(views) > limit)


def _deals(store: Store, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    after = ""
    while rows := store.read("analysis/investments", **asked, after=after, limit=_PAGE):
        yield from rows
        after = max(row["fact"]["id"] for row in rows)


def _deals_known(
    store: Store, asked: dict[str, Any], known_at: dt.date
) -> Iterator[dict[str, Any]]:
    """The same as `_deals`, as the press had told them by a day."""
    period = Period(asked["from_day"], asked["to_day"])
    for rows in told_by(
        store, known_at, asked["types"], subject=asked["investor"], object_=asked["target"]
    ):
        for row in rows:
            fact = {name: row["fact"].get(name) for name in _FIELDS}
            day = fact["start_latest"] or fact["first_reported"]
            if fact["status"] in asked["statuses"] and period.holds(day):
                ends = {"investor": row["subject"], "target": row["object"]}
                yield {**row, **ends, "fact": fact, "day": day}


def _key(row: dict[str, Any], by: MoneyBy) -> str:
    if by in {MoneyBy.INVESTOR, MoneyBy.TARGET}:
        return str(row[by.value]["id"])
    day: dt.date | None = row["day"]
    if day is None:
        return "undated"
    return f"{day:%Y}" if by is MoneyBy.YEAR else f"{day:%Y-%m}"


def _group(
    key: str, deals: list[dict[str, Any]], by: MoneyBy, told: Mapping[str, Told]
) -> MoneyGroupView:
    named = by in {MoneyBy.INVESTOR, MoneyBy.TARGET}
    rounds: dict[tuple[str, float, str], Status] = {}
    for row in deals:
        fact = row["fact"]
        if fact["amount_value"] is None or fact["amount_purpose"] == Purpose.VALUATION:
            continue
        of = (row["target"]["id"], fact["amount_value"], fact["amount_currency"])
        status = Status(fact["status"])
        if of not in rounds or status.weakness < rounds[of].weakness:
            rounds[of] = status
    sums: defaultdict[str, dict[str, float]] = defaultdict(
        lambda: {"firm": 0.0, "hedged": 0.0, "planned": 0.0}
    )
    for (_, value, currency), status in rounds.items():
        if status in _FIRM:
            sums[currency]["firm"] += value
        elif status in {Status.HEDGED, Status.PLANNED}:
            sums[currency][status.value] += value
    return MoneyGroupView(
        key=key,
        entity=EntityRefView(**deals[0][by.value]) if named else None,
        deals=len(deals),
        with_amount=sum(row["fact"]["amount_value"] is not None for row in deals),
        sums=[SumView(currency=currency, **each) for currency, each in sorted(sums.items())],
        relationships=sorted(row["fact"]["id"] for row in deals),
        targets=_targets(deals, told) if by is MoneyBy.SECTOR else [],
    )


def _targets(deals: list[dict[str, Any]], told: Mapping[str, Told]) -> list[SectoredView]:
    targets = {row["target"]["id"]: row["target"] for row in deals}
    return [
        SectoredView(entity=EntityRefView(**target), claims=list(told[id_].claims))
        for id_, target in sorted(targets.items())
    ]
