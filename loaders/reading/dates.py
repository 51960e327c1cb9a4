"""Dates, periods and durations in running text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Relation = Literal["moment", "start", "end", "duration"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A time that the text names: ``article[start:end] == text``.

    `earliest` and `latest` bound it, both included. `relation` says what the words make of it:
    when something happened ("moment"), since when ("start"), until when ("end"), or for how
    long ("duration", with `days` and no bounds).
    """

    start: int
    end: int
    text: str
    earliest: dt.date | None
    latest: dt.date | None
    relation: Relation
    days: int | None = None


def find_dates(
    text: str, published: dt.date | None = None, language: str = "fr"
) -> list[FoundDate]:
    """The times that `text` names, in order of appearance.

    What is relative to the article's publication is left out where `published` is None.
    """
    return []
