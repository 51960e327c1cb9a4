"""Relationships, and the evidence that carries them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import examples
from api.dependencies import PageAsked, RelationshipId, StoreDep
from api.problems import documented
from graph import lookup
from graph.views import EvidenceView, Page, RelationshipView

router = APIRouter(prefix="/relationships", tags=["relationships"])


@router.get(
    "/{relationship_id}",
    summary="Show a relationship",
    responses={
        **examples.answer(examples.RELATIONSHIP, "The relationship"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_relationship(store: StoreDep, relationship_id: RelationshipId) -> RelationshipView:
    """Show one relationship: what all claims about it say together."""
    return lookup.get_relationship(store, relationship_id)


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
    store: StoreDep, relationship_id: RelationshipId, asked: Annotated[PageAsked, Query()]
) -> Page[EvidenceView]:
    """List the claims that carry a relationship: who says so, where, when, in which words."""
    return lookup.evidence(store, relationship_id, cursor=asked.cursor, limit=asked.limit)
