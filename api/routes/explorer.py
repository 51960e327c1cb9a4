"""The explorer: the page that shows the graph, as `make explorer` has built it.

A clone where it is not built yet, which no wheel is, leads to the documentation of the API instead.
"""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse, Response

from api.headers import EXPLORER_POLICY
from api.problems import ProblemError

router = APIRouter(include_in_schema=False)

BUILT: Final = Path(str(files("api"))) / "explorer" / "dist"

_ASSETS: Final = "assets/"
# What has the hash of its content in its name never changes; the page itself may at any time.
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN: Final = {"Cache-Control": "no-cache"}


@router.get("/")
async def page() -> Response:
    """The page."""
    index = BUILT / "index.html"
    if not index.is_file():
        return RedirectResponse("/docs")
    headers = {"Content-Security-Policy": EXPLORER_POLICY, **_ASK_AGAIN}
    return FileResponse(index, media_type="text/html", headers=headers)


@router.get("/explorer/{name:path}")
async def file(name: str) -> FileResponse:
    """What the page loads."""
    found = _files().get(name)
    if found is None:
        raise ProblemError("not-found", "the explorer has no such file")
    # A worker goes by the policy that its own script comes with.
    headers = {"Content-Security-Policy": EXPLORER_POLICY}
    headers |= _FOREVER if name.startswith(_ASSETS) else _ASK_AGAIN
    return FileResponse(found, media_type=mimetypes.guess_type(name)[0], headers=headers)


def _files() -> dict[str, Path]:
    """The files that were built, by their names: no other path can be asked for."""
    return {path.relative_to(BUILT).as_posix(): path for path in BUILT.rglob("*") if path.is_file()}
