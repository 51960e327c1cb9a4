"""Two times: when a relationship held, and when the press had said so.

The press is vague: each end of a relationship is known to lie between two days, or not at all. So
whether it held on some day from one to another has three answers:

==========  ====================================================================================
no          it began after the last of them at the earliest, or ended before the first at the
            latest
certainly   it began by the last of them at the latest, and ended on the first at the earliest. An
            end that nobody dated is not before the start, and a start not after the end; what
            once happened (`LASTING`) stays so
possibly    whatever lies between
==========  ====================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graph.model import RelationType


class Held(StrEnum):
    """Whether a relationship held at the time that was asked about."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NO = "no"


LASTING: Final = frozenset(
    {
        RelationType.FOUNDED,
        RelationType.INVESTED_IN,
        RelationType.ACQUIRED,
        RelationType.RECRUITED_BY,
    }
)
"""Relations that stay so once they have happened, unless an end is told."""


@dataclass(frozen=True, slots=True)
class When:
    """What time a look-up asks about.

    `valid_from` and `valid_to` are days, both included, between which a relationship shall have
    held on some day; None leaves that side open. `held` names the answers that pass. `known_at`
    is the day whose state of the press is asked for: an article counts from the day of its
    publication on, and an undated one from the day it was loaded. None asks for all that is known.
    """

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    held: frozenset[Held] = frozenset({Held.CERTAINLY, Held.POSSIBLY})
    known_at: dt.date | None = None

    @property
    def asks_for_time(self) -> bool:
        """Whether any day of validity is asked about."""
        return self.valid_from is not None or self.valid_to is not None

    def of(self, type_: str, fact: Mapping[str, Any]) -> Held | None:
        """Whether a fact or claim with these properties held; None where no time is asked about."""
        if not self.asks_for_time:
            return None
        first, last = self.valid_from or dt.date.min, self.valid_to or dt.date.max
        started, start_latest = fact.get("start_earliest"), fact.get("start_latest")
        end_earliest, ended = fact.get("end_earliest"), fact.get("end_latest")
        if (started and started > last) or (ended and ended < first):
            return Held.NO
        begun = self.valid_to is None or any(day and day <= last for day in (start_latest, ended))
        lasts = type_ in LASTING and end_earliest is None and ended is None
        going = (
            self.valid_from is None
            or lasts
            or any(day and day >= first for day in (end_earliest, started))
        )
        return Held.CERTAINLY if begun and going else Held.POSSIBLY

    def admits(self, type_: str, fact: Mapping[str, Any]) -> bool:
        """Whether a fact or claim with these properties passes."""
        found = self.of(type_, fact)
        return found is None or found in self.held

    def parameters(self) -> dict[str, Any]:
        """For statements that filter by the time of validity."""
        return {
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "held": sorted(self.held),
            "lasting": sorted(LASTING),
        }


ALWAYS: Final = When()
"""All that is known, of any time."""
