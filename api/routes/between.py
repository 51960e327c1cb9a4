"""All that is said of two entities together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api import examples
from api.dependencies import QueryId, StoreDep, WhenAsked
from api.problems import documented
from graph.accounts import BetweenView, between

router = APIRouter(prefix="/between", tags=["relationships"])


class BetweenAsked(WhenAsked):
    """Which two."""

    one: QueryId = Field(description="Id of an entity.", examples=[examples.GUNTER.id])
    other: QueryId = Field(description="Id of another.", examples=[examples.META.id])


@router.get(
    "",
    summary="Show what is said of two entities together",
    responses={
        **examples.answer(examples.BETWEEN, "Each relationship between the two, with its claims"),
        **documented("not-found", "invalid-request", "not-ready", "store-unavailable"),
    },
)
def get_between(store: StoreDep, asked: Annotated[BetweenAsked, Query()]) -> BetweenView:
    """Show every relationship between two entities, whichever is the subject.

    Its claims stand side by side, contradicting ones included, with the rule that chose what is
    displayed. Where nothing joins the two, `accounts` is empty.
    """
    return between(store, asked.one, asked.other, when=asked.when())
