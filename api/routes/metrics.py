"""Figures for Prometheus."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.observing import Metrics

router = APIRouter(include_in_schema=False)

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Show how many requests of each route were answered, how, and how fast."""
    found: Metrics = request.app.state.metrics
    return Response(found.text(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
