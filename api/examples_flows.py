"""The examples that the documentation shows of flows."""

from __future__ import annotations

import datetime as dt
from typing import Final

from api.examples import GUNTER, HIRING, META, entity_example
from graph.centrality import CentralityView, CentralView, CommunityView
from graph.identity import fact_id
from graph.model import Kind, RelationType
from graph.money import MoneyGroupView, MoneyView, SumView
from graph.moves import (
    BalancesView,
    BalanceView,
    MoveFlowView,
    MovesView,
    MoveView,
)
from graph.tenures import ReturnsView, ReturnView, TenuresView, TenureView

_DAY: Final = dt.date(2025, 7, 8)
_APPLE: Final = entity_example("Apple", Kind.COMPANY)
_SCALE: Final = entity_example("Scale AI", Kind.COMPANY)
_JOB: Final = fact_id(RelationType.WORKED_AT, GUNTER.id, _APPLE.id)
_AGAIN: Final = fact_id(RelationType.HIRED_BY, GUNTER.id, _APPLE.id)
_DEAL: Final = fact_id(RelationType.INVESTED_IN, META.id, _SCALE.id)
_MOVE: Final = MoveView(
    person=GUNTER, origin=_APPLE, destination=META, day=_DAY, left=_JOB, joined=HIRING
)

MOVES: Final = MovesView(
    flows=[MoveFlowView(origin=_APPLE, destination=META, people=1, moves=[_MOVE])],
    people=1,
    truncated=False,
)
BALANCES: Final = BalancesView(
    places=[
        BalanceView(place=META, arrived=1, left=0, net=1, arrivals=[_MOVE], departures=[]),
        BalanceView(place=_APPLE, arrived=0, left=1, net=-1, arrivals=[], departures=[_MOVE]),
    ],
    truncated=False,
)
RETURNS: Final = ReturnsView(
    returns=[
        ReturnView(
            person=GUNTER,
            place=_APPLE,
            left_by=dt.date(2023, 12, 31),
            returned=_DAY,
            before=_JOB,
            after=_AGAIN,
        )
    ],
    truncated=False,
)
TENURES: Final = TenuresView(
    places=[TenureView(place=_APPLE, people=1, median_days=1096.0, relationships=[_JOB])],
    truncated=False,
)
MONEY: Final = MoneyView(
    groups=[
        MoneyGroupView(
            key=META.id,
            entity=META,
            deals=1,
            with_amount=1,
            sums=[SumView(currency="USD", firm=14e9, hedged=0, planned=0)],
            relationships=[_DEAL],
            targets=[],
        )
    ],
    truncated=False,
)
CENTRAL: Final = CentralityView(
    entities=3,
    relationships=2,
    sampled=False,
    central=[CentralView(entity=META, pagerank=0.49, betweenness=1.0, community=0, degree=2)],
    communities=[CommunityView(community=0, entities=3, members=[META, GUNTER, _SCALE])],
)
