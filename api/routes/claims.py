"""Claims: what single articles say."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field, model_validator

from api import examples
from api.dependencies import (
    ClaimId,
    Day,
    PageAsked,
    QueryId,
    QuerySource,
    StoreDep,
    WhenAsked,
)
from api.problems import documented
from graph.claims import ClaimFilter, get_claim, list_claims
from graph.model import RelationType, Status
from graph.views import EvidenceView, Page

router = APIRouter(prefix="/claims", tags=["claims"])


class ClaimsAsked(PageAsked, WhenAsked):
    """Which claims."""

    entity: QueryId | None = Field(
        default=None,
        description="Only claims whose subject or object is the entity with this id.",
        examples=[examples.META.id],
    )
    type: list[RelationType] = Field(
        default=[],
        description="Only these types; repeat the parameter for several.",
        examples=[["HIRED_BY", "INVESTED_IN"]],
    )
    status: list[Status] = Field(
        default=[],
        description="Only these statuses; repeat the parameter for several.",
        examples=[["hedged", "reported"]],
    )
    source: QuerySource | None = Field(
        default=None,
        description="Only claims that count for the source with this key.",
        examples=[examples.SOURCE],
    )
    currency: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{3}$",
        description="Only amounts in this currency, a code of ISO 4217.",
        examples=["USD"],
    )
    min_amount: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="Only amounts of at least so many units of `currency`.",
        examples=[1_000_000],
    )
    max_amount: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="Only amounts of at most so many units of `currency`.",
        examples=[1_000_000_000],
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Only claims that were read with at least this confidence.",
        examples=[0.5],
    )
    published_from: Day | None = Field(
        default=None,
        description="Only claims of articles that appeared on this day or later.",
        examples=["2025-01-01"],
    )
    published_to: Day | None = Field(
        default=None,
        description="Only claims of articles that appeared on this day or earlier.",
        examples=["2025-12-31"],
    )

    @model_validator(mode="after")
    def _amounts_in_a_currency(self) -> Self:
        if self.currency is None and not (self.min_amount is None and self.max_amount is None):
            raise ValueError("min_amount and max_amount need a currency, such as EUR")
        return self

    def which(self) -> ClaimFilter:
        """The same, as look-ups take it."""
        return ClaimFilter(
            types=self.type,
            statuses=self.status,
            source=self.source,
            currency=self.currency,
            min_amount=self.min_amount,
            max_amount=self.max_amount,
            min_confidence=self.min_confidence,
            published_from=self.published_from,
            published_to=self.published_to,
        )


@router.get(
    "",
    summary="List claims",
    responses={
        **examples.answer(examples.EVIDENCE, "The claims, the newest first"),
        **documented(
            "invalid-cursor", "not-found", "invalid-request", "not-ready", "store-unavailable"
        ),
    },
)
def find_claims(store: StoreDep, asked: Annotated[ClaimsAsked, Query()]) -> Page[EvidenceView]:
    """List what articles say, the newest first; those without a date of publication come last.

    `valid_at` and its like look at what the claim itself says of the time.
    """
    return list_claims(
        store,
        entity_id=asked.entity,
        which=asked.which(),
        when=asked.when(),
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{claim_id}",
    summary="Show a claim",
    responses={
        **examples.answer(examples.EVIDENCE_ITEM, "The claim with its article"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def show_claim(store: StoreDep, claim_id: ClaimId) -> EvidenceView:
    """Show one claim: who says what of whom, in which words of which article."""
    return get_claim(store, claim_id)
