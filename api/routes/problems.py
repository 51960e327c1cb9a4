"""What each kind of problem means: where the `type` of a problem document leads."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel

from api.examples import answer
from api.problems import TYPES, ProblemError, ProblemType, documented, problem_type

MAX_SLUG_LENGTH: Final = 100

router = APIRouter(prefix="/problems", tags=["problems"])


class ProblemTypes(BaseModel):
    """Every kind of problem."""

    items: list[ProblemType]


@router.get(
    "",
    summary="List the kinds of problem",
    responses=answer(ProblemTypes(items=[problem_type("not-found")]), "Every kind of problem"),
)
async def list_problem_types() -> ProblemTypes:
    """List every kind of problem that the service answers with."""
    return ProblemTypes(items=[problem_type(slug) for slug in TYPES])


@router.get(
    "/{slug}",
    summary="Explain a kind of problem",
    responses={
        **answer(problem_type("not-found"), "What it means, and what to do"),
        **documented("not-found", "invalid-request"),
    },
)
async def get_problem_type(
    slug: Annotated[
        str,
        Path(
            max_length=MAX_SLUG_LENGTH,
            description="The end of its `type`.",
            examples=["not-found"],
        ),
    ],
) -> ProblemType:
    """Explain one kind of problem."""
    if slug not in TYPES:
        raise ProblemError("not-found", "there is no such kind of problem")
    return problem_type(slug)
