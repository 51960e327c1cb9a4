"""Relationships, and the evidence that carries them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import examples
from api.dependencies import KnownAsked, PageAsked, RelationshipId, StoreDep, WhenAsked
from api.problems import documented
from graph import lookup
from graph.accounts import AccountView, LifeView, account, life
from graph.times import When
from graph.views import EvidenceView, Page, RelationshipView

router = APIRouter(prefix="/relationships", tags=["relationships"])


class EvidenceAsked(PageAsked, KnownAsked):
    """Which evidence."""


@router.get(
    "/{relationship_id}",
    summary="Show a relationship",
    responses={
        **examples.answer(examples.RELATIONSHIP, "The relationship"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_relationship(
    store: StoreDep, relationship_id: RelationshipId, asked: Annotated[WhenAsked, Query()]
) -> RelationshipView:
    """Show one relationship: what all claims about it say together.

    Where a time is asked about, `held` says whether it held then; it is shown in any case.
    """
    return lookup.get_relationship(store, relationship_id, when=asked.when())


@router.get(
    "/{relationship_id}/evidence",
    summary="List the evidence of a relationship",
    responses={
        **examples.answer(examples.EVIDENCE, "The claims that carry it, the newest first"),
        **documented(
            "invalid-cursor", "not-found", "invalid-request", "not-ready", "store-unavailable"
        ),
    },
)
def list_evidence(
    store: StoreDep, relationship_id: RelationshipId, asked: Annotated[EvidenceAsked, Query()]
) -> Page[EvidenceView]:
    """List the claims that carry a relationship: who says so, where, when, in which words."""
    return lookup.evidence(
        store,
        relationship_id,
        known_at=asked.known_at,
        cursor=asked.cursor,
        limit=asked.limit,
    )


@router.get(
    "/{relationship_id}/account",
    summary="Tell why a relationship is displayed as it is",
    responses={
        **examples.answer(examples.ACCOUNT, "Its claims side by side, and how they were weighed"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_account(
    store: StoreDep, relationship_id: RelationshipId, asked: Annotated[KnownAsked, Query()]
) -> AccountView:
    """Show every claim on a relationship side by side, contradicting ones included.

    `verdict` says what the rule makes of each claim, `chosen` which claim each displayed value
    comes from.
    """
    return account(store, relationship_id, when=When(known_at=asked.known_at))


@router.get(
    "/{relationship_id}/life",
    summary="Tell how a rumour came and went",
    responses={
        **examples.answer(examples.LIFE, "Each day with news of it"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_life(
    store: StoreDep, relationship_id: RelationshipId, asked: Annotated[KnownAsked, Query()]
) -> LifeView:
    """Show how a relationship was first told, by whom, and when it was confirmed or denied.

    Each stage is how it would have been displayed after that day's articles.
    """
    return life(store, relationship_id, known_at=asked.known_at)
