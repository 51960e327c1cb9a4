"""What each kind of problem means: where the `type` of a problem document leads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from api.examples import answer
from api.problems import TYPES, ProblemError, ProblemType, documented, problem_type

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
        **documented("not-found"),
    },
)
async def get_problem_type(
    slug: Annotated[str, Path(description="The end of its `type`.", examples=["not-found"])],
) -> ProblemType:
    """Explain one kind of problem."""
    if slug not in TYPES:
        raise ProblemError("not-found", "there is no such kind of problem")
    return problem_type(slug)
