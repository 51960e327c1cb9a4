"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.dependencies import ReaderDep, StoreDep
from api.examples import answer
from api.problems import ProblemError, documented

router = APIRouter(prefix="/health", tags=["health"])


class Alive(BaseModel):
    """The process runs."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """The service can answer."""

    status: Literal["ready"] = "ready"
    store: str
    reader: str


@router.get("/live", summary="Liveness", responses=answer(Alive(), "The process runs"))
async def live() -> Alive:
    """Answer as soon as the process listens, whatever the store does."""
    return Alive()


@router.get(
    "/ready",
    summary="Readiness",
    responses={
        **answer(Ready(store="ArcadeDB 26.10.2", reader="rules-fr-1"), "Both answer"),
        **documented("not-ready"),
    },
)
def ready(store: StoreDep, reader: ReaderDep) -> Ready:
    """Answer 200 once the store answers and the reader is loaded, 503 before and otherwise."""
    if not store.is_ready():
        raise ProblemError("store-unavailable", "the store does not answer")
    return Ready(store=store.server_name, reader=reader.name)
