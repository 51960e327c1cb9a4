"""Articles that the project ships, to try it on without any of one's own.

They are written for the project, on public facts of the market for AI talent, and appear under
the names of outlets that do not exist.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def articles() -> Path:
    """The folder of the demo articles, the same from a clone and from an installed wheel."""
    return Path(str(files(__name__).joinpath("articles")))
