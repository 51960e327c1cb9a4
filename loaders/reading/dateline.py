"""When an article was published and whom it credits, as its own text says."""

from __future__ import annotations

import datetime as dt


def find_publication_date(text: str, language: str = "fr") -> dt.date | None:
    """The day in the dateline at the head or the foot of an article, None without one."""
    return None


def find_credited_source(text: str, language: str = "fr") -> str | None:
    """The outlet that an article names as its source ("Source : Bloomberg"), None without one."""
    return None
