"""Flows of people and of money, and who stands in the middle."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import Field, model_validator

from api import examples_flows as examples
from api.dependencies import (
    Day,
    KnownAsked,
    QueryId,
    QuerySector,
    ServicesDep,
    SettingsDep,
    StoreDep,
)
from api.examples import META, answer
from api.problems import documented
from graph.centrality import CentralityView, centrality
from graph.jobs import BELIEVED as TOLD
from graph.jobs import Period
from graph.model import Kind, RelationType, Status
from graph.money import BELIEVED, TYPES, MoneyBy, MoneyView, investments
from graph.moves import BalancesView, MovesView, balances, moves
from graph.tenures import ReturnsView, TenuresView, returns, tenures

router = APIRouter(prefix="/flows", tags=["flows"])

_PROBLEMS = documented(
    "invalid-request", "path-search-too-wide", "not-ready", "store-unavailable", "query-timeout"
)
_SAID = "Count only relationships of these statuses; `asserted` and `reported` when left out."


class FlowsAsked(KnownAsked):
    """What all questions on flows have in common."""

    status: list[Status] = Field(
        default=list(TOLD), description=_SAID, examples=[["asserted", "hedged"]]
    )
    limit: int = Field(default=50, ge=1, le=500, description="Items at most.", examples=[20])


class PeriodAsked(FlowsAsked):
    """In which period."""

    from_day: Day | None = Field(
        default=None,
        description="Only what happened on this day or later.",
        examples=["2025-01-01"],
    )
    to_day: Day | None = Field(
        default=None,
        description="Only what happened on this day or earlier.",
        examples=["2025-12-31"],
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_day and self.to_day and self.from_day > self.to_day:
            raise ValueError("from_day is after to_day")
        return self

    def period(self) -> Period:
        """The same, as look-ups take it."""
        return Period(self.from_day, self.to_day)


class MovesAsked(PeriodAsked):
    """Which moves."""

    origin: QueryId | None = Field(
        default=None, description="Only from the place with this id.", examples=[META.id]
    )
    destination: QueryId | None = Field(
        default=None, description="Only to the place with this id.", examples=[META.id]
    )
    worked_on: QueryId | None = Field(
        default=None,
        description="Only of people who worked on the product with this id: of its team.",
        examples=["product-siri"],
    )


class PlaceAsked(FlowsAsked):
    """At which place."""

    place: QueryId | None = Field(
        default=None, description="Only the place with this id.", examples=[META.id]
    )


class BalanceAsked(PeriodAsked, PlaceAsked):
    """Whose balance."""


class InvestmentsAsked(PeriodAsked):
    """Which investments."""

    by: MoneyBy = Field(
        default=MoneyBy.INVESTOR, description="What the sums are made over.", examples=["target"]
    )
    type: list[Literal[RelationType.INVESTED_IN, RelationType.ACQUIRED]] = Field(
        default=list(TYPES), description="Only these.", examples=[["INVESTED_IN"]]
    )
    investor: QueryId | None = Field(
        default=None, description="Only by the entity with this id.", examples=[META.id]
    )
    target: QueryId | None = Field(
        default=None, description="Only in the entity with this id.", examples=[META.id]
    )
    sector: QuerySector | None = Field(
        default=None,
        description="Only in entities of this sector, as `by=sector` names it.",
        examples=["ai"],
    )
    status: list[Status] = Field(
        default=list(BELIEVED),
        description="Count only deals of these statuses; all but `denied` when left out. The "
        "sums keep what is rumoured and what is planned apart.",
        examples=[["asserted", "hedged"]],
    )


class CentralAsked(FlowsAsked):
    """Of which part of the graph."""

    kind: list[Kind] = Field(
        default=[],
        description="Only entities of these kinds; all when left out.",
        examples=[["Person", "Company"]],
    )
    type: list[RelationType] = Field(
        default=[],
        description="Only relationships of these types; all when left out.",
        examples=[["HIRED_BY", "WORKED_AT"]],
    )


@router.get(
    "/moves",
    summary="Count who moved from where to where",
    responses={**answer(examples.MOVES, "The flows, the largest first"), **_PROBLEMS},
)
def list_moves(store: StoreDep, asked: Annotated[MovesAsked, Query()]) -> MovesView:
    """Count moves from place to place in a period; each names the relationships that carry it.

    A move is from the job that ended last before it; one whose end nobody told counts as held
    until then. Its day is that of the joining, at the latest, else of the first report.
    """
    return moves(
        store,
        period=asked.period(),
        origin=asked.origin,
        destination=asked.destination,
        worked_on=asked.worked_on,
        statuses=asked.status,
        known_at=asked.known_at,
        limit=asked.limit,
    )


@router.get(
    "/balance",
    summary="Count who came and who left",
    responses={
        **answer(examples.BALANCES, "The places, those that gained most first"),
        **_PROBLEMS,
    },
)
def list_balances(store: StoreDep, asked: Annotated[BalanceAsked, Query()]) -> BalancesView:
    """Count how many people came to each place in a period, and how many left it for another."""
    return balances(
        store,
        period=asked.period(),
        place=asked.place,
        statuses=asked.status,
        known_at=asked.known_at,
        limit=asked.limit,
    )


@router.get(
    "/returns",
    summary="List who came back",
    responses={**answer(examples.RETURNS, "Who came back, the latest first"), **_PROBLEMS},
)
def list_returns(store: StoreDep, asked: Annotated[PlaceAsked, Query()]) -> ReturnsView:
    """List who had surely left a place before they joined it again."""
    return returns(
        store, place=asked.place, statuses=asked.status, known_at=asked.known_at, limit=asked.limit
    )


@router.get(
    "/tenure",
    summary="Tell how long people stay",
    responses={**answer(examples.TENURES, "The places, the best known first"), **_PROBLEMS},
)
def list_tenures(store: StoreDep, asked: Annotated[PlaceAsked, Query()]) -> TenuresView:
    """Tell the median time that people stay at a place, of those whose two ends are told."""
    return tenures(
        store, place=asked.place, statuses=asked.status, known_at=asked.known_at, limit=asked.limit
    )


@router.get(
    "/investments",
    summary="Sum up investments",
    responses={
        **answer(examples.MONEY, "The groups, those with the most deals first"),
        **_PROBLEMS,
    },
)
def list_investments(
    services: ServicesDep, store: StoreDep, asked: Annotated[InvestmentsAsked, Query()]
) -> MoneyView:
    """Sum up investments and acquisitions by currency, over investors, targets, sectors or time.

    The sectors of a target are those of the gazetteer, else those that the words beside its name
    say ("la start-up de cybersécurité X"); `targets` names the claims. Where nobody tells one it is
    `unknown`. A target in several sectors counts in each. What is rumoured and what is planned are
    sums of their own. Valuations are left out; an amount told of several investors in one target
    counts once.
    """
    return investments(
        store,
        by=asked.by,
        types=asked.type,
        statuses=asked.status,
        investor=asked.investor,
        target=asked.target,
        sector=asked.sector,
        words=lambda: services.sectors,
        period=asked.period(),
        known_at=asked.known_at,
        limit=asked.limit,
    )


@router.get(
    "/central",
    summary="Find who stands in the middle",
    responses={
        **answer(examples.CENTRAL, "The most central entities, and communities"),
        **_PROBLEMS,
    },
)
def find_central(
    store: StoreDep, settings: SettingsDep, asked: Annotated[CentralAsked, Query()]
) -> CentralityView:
    """Find the most central entities by PageRank, with their betweenness and communities.

    Relationships count in either direction, with the weight of their independent sources.
    """
    return centrality(
        store,
        kinds=asked.kind,
        types=asked.type,
        statuses=asked.status,
        known_at=asked.known_at,
        backend=settings.networkx_backend,
        limit=asked.limit,
    )
