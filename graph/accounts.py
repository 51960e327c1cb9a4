"""What the press says of one relationship: every claim side by side, and what became of it.

`account` tells which claims the rule of `graph.fact_rule` goes by; `life` how the picture changed
from day to day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, Literal

from pydantic import Field

from graph.errors import ModelError, NotFoundError
from graph.fact_rule import RULE_VERSION, ClaimRecord, Verdict, derive, explain
from graph.facts import FactKey
from graph.known import refs
from graph.model import Status
from graph.store import Store
from graph.times import ALWAYS, When
from graph.views import EntityRefView, EvidenceView, RelationshipView, View

RULE: Final = (
    "One voice per source: its own latest words. A denial that is as late as the latest "
    "affirmation, or later, is displayed; then the surest status. Role, amount, start and end each "
    "come from the surest, then latest claim that has one."
)
"""The rule in short; `graph.fact_rule` has all of it."""


class JudgedClaim(EvidenceView):
    """A claim, and what the rule makes of it."""

    verdict: Verdict = Field(
        description="`displayed`: it counts, on the side that is displayed. `opposed`: it counts, "
        "on the other side. `relayed`: its source has said so itself, and that counts. "
        "`superseded`: its source has said something later."
    )


class AccountView(View):
    """One relationship with all its claims, and how they were weighed."""

    relationship: RelationshipView
    claims: list[JudgedClaim] = Field(description="The oldest first; undated ones last.")
    rule: str = Field(description="How the displayed values are chosen.")
    rule_version: int
    chosen: dict[Literal["status", "role", "amount", "start", "end"], str] = Field(
        description="The id of the claim that each displayed value comes from."
    )


class BetweenView(View):
    """All that is said of two entities together."""

    one: EntityRefView
    other: EntityRefView
    accounts: list[AccountView] = Field(
        description="Each relationship that joins the two; empty where nothing does."
    )


class Outcome(StrEnum):
    """What has become of a relationship that was reported."""

    CONFIRMED = "confirmed"
    """A source asserts it."""
    DENIED = "denied"
    """The denial is displayed."""
    OPEN = "open"
    """Nobody has asserted it yet."""


class StageView(View):
    """How the relationship stood after one day's articles."""

    day: dt.date | None = Field(description="Null for claims that nobody dated, which come first.")
    status: Status
    contested: bool
    sources: int
    claims: list[EvidenceView] = Field(description="What was said on that day.")


class LifeView(View):
    """The life of a relationship in the press."""

    relationship: RelationshipView
    outcome: Outcome
    began_as: Status = Field(description="The status that it was displayed with at first.")
    first_said: dict[Status, dt.date] = Field(
        description="The first day on which some article said it with each status."
    )
    confirmed_on: dt.date | None = Field(
        description="The first day after which it was displayed as asserted."
    )
    denied_on: dt.date | None = Field(
        description="The first day after which it was displayed as denied."
    )
    stages: list[StageView] = Field(description="Each day with news of it, in order.")


def account(store: Store, fact_id: str, *, when: When = ALWAYS) -> AccountView:
    """One relationship with every claim on it.

    Raises
    ------
    NotFoundError
        If no relationship has this id, or nobody had told of it by the day that is asked about.
    """
    accounts = _accounts(store, [fact_id], when)
    if not accounts:
        raise NotFoundError(f"no relationship has the id {fact_id[:80]!r}")
    return accounts[0]


def between(store: Store, one_id: str, other_id: str, *, when: When = ALWAYS) -> BetweenView:
    """Every relationship between two entities, whichever is the subject, with its claims.

    Raises
    ------
    NotFoundError
        If one of the two does not exist.
    ModelError
        If both are the same entity.
    """
    if one_id == other_id:
        raise ModelError("this needs two different entities")
    one, other = refs(store, one_id, other_id)
    found = store.read("lookup/facts_between", one=one.id, other=other.id)
    accounts = _accounts(store, [row["fact_id"] for row in found], when)
    return BetweenView(
        one=one,
        other=other,
        accounts=[
            each
            for each in accounts
            if each.relationship.held is None or each.relationship.held in when.held
        ],
    )


def life(store: Store, fact_id: str, *, known_at: dt.date | None = None) -> LifeView:
    """How a relationship came to be what it is displayed as.

    Raises
    ------
    NotFoundError
        If no relationship has this id, or nobody had told of it by that day.
    """
    whole = account(store, fact_id, when=When(known_at=known_at))
    rows = _claims(store, [fact_id], known_at)
    records = [ClaimRecord.of(row["claim"]) for row in rows]
    records.sort(key=lambda record: record.day)
    views = {claim.id: claim for claim in whole.claims}
    stages: list[StageView] = []
    so_far: list[ClaimRecord] = []
    for day, said in groupby(records, key=lambda record: record.published):
        today = list(said)
        so_far += today
        shown = derive(so_far)
        stages.append(
            StageView(
                day=day,
                status=Status(shown.status),
                contested=shown.contested,
                sources=shown.sources,
                claims=[_plain(views[record.id]) for record in today],
            )
        )
    first_said: dict[Status, dt.date] = {}
    for record in records:
        if record.published is not None:
            first_said.setdefault(Status(record.status), record.published)
    return LifeView(
        relationship=whole.relationship,
        outcome=_outcome(whole.relationship),
        began_as=stages[0].status,
        first_said=first_said,
        confirmed_on=_first_day(stages, Status.ASSERTED),
        denied_on=_first_day(stages, Status.DENIED),
        stages=stages,
    )


def _outcome(relationship: RelationshipView) -> Outcome:
    if relationship.status is Status.DENIED:
        return Outcome.DENIED
    return Outcome.CONFIRMED if relationship.status is Status.ASSERTED else Outcome.OPEN


def _first_day(stages: Sequence[StageView], status: Status) -> dt.date | None:
    return next((stage.day for stage in stages if stage.day and stage.status is status), None)


def _plain(claim: JudgedClaim) -> EvidenceView:
    return EvidenceView(**{name: getattr(claim, name) for name in EvidenceView.model_fields})


def _claims(
    store: Store, fact_ids: Sequence[str], known_at: dt.date | None
) -> list[dict[str, Any]]:
    return store.read("lookup/claims_of_facts", ids=list(fact_ids), known_at=known_at)


def _accounts(store: Store, fact_ids: Sequence[str], when: When) -> list[AccountView]:
    on: dict[str, list[dict[str, Any]]] = {}
    for row in _claims(store, fact_ids, when.known_at):
        on.setdefault(row["claim"]["fact_id"], []).append(row)
    keys = {id_: FactKey.of(id_, rows[0]["claim"]) for id_, rows in on.items()}
    ends = {id_ for key in keys.values() for id_ in (key.start, key.end)}
    named = {row["id"]: row for row in store.read("lookup/entity_refs", ids=sorted(ends))}
    accounts = []
    for id_, rows in sorted(on.items(), key=lambda item: (keys[item[0]].type, item[0])):
        key = keys[id_]
        if key.start == key.end or not {key.start, key.end} <= named.keys():
            continue
        why = explain([ClaimRecord.of(row["claim"]) for row in rows])
        fact = {"id": id_, **why.properties.stored()}
        accounts.append(
            AccountView(
                relationship=RelationshipView.of(
                    {
                        "type": key.type,
                        "fact": fact,
                        "subject": named[key.start],
                        "object": named[key.end],
                    },
                    held=when.of(key.type, fact),
                ),
                claims=[
                    JudgedClaim.of(
                        row["claim"],
                        article=row["article"],
                        verdict=why.verdicts[row["claim"]["id"]],
                    )
                    for row in rows
                ],
                rule=RULE,
                rule_version=RULE_VERSION,
                chosen=dict(why.chosen),
            )
        )
    return accounts
