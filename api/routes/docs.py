"""The documentation page, with every script and style served from here."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

import fastapi_offline
from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.headers import PAGE_POLICY
from api.problems import ProblemError

router = APIRouter(include_in_schema=False)

_OWN: Final = Path(str(files("api"))) / "assets"
_SWAGGER: Final = Path(str(files(fastapi_offline))) / "static"
_ASSETS: Final = {
    "docs.js": _OWN / "docs.js",
    "swagger-ui.css": _SWAGGER / "swagger-ui.css",
    "swagger-ui-bundle.js": _SWAGGER / "swagger-ui-bundle.js",
}


@router.get("/docs")
async def docs() -> FileResponse:
    """The page."""
    return FileResponse(_OWN / "docs.html", headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/docs/assets/{name}")
async def asset(name: str) -> FileResponse:
    """What the page loads."""
    if name not in _ASSETS:
        raise ProblemError("not-found", "the documentation page has no such file")
    return FileResponse(_ASSETS[name])
