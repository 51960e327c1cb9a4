"""Which of the sum and the day that a clause tells a draft of a claim is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.model import Purpose, RelationType, Status
from loaders.reading.amounts import FoundAmount
from loaders.reading.calendar import shift
from loaders.reading.claims import Draft
from loaders.reading.dates import FoundDate
from loaders.reading.frames import SUBJECT, ClaimTemplate
from loaders.reading.gapped_dates import own_days
from loaders.reading.handovers import is_givers
from loaders.reading.inflection import Form
from loaders.reading.phrases import Parse
from loaders.reading.qualifiers import spanning
from loaders.reading.slots import Match

_TO_COME: Final = (Form.PRESENT, Form.FUTURE, Form.CONDITIONAL)
_UNDONE: Final = frozenset({Status.PLANNED, Status.DENIED})


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause tells beside a claim; `each` are its sums where they go one by one."""

    amount: tuple[FoundAmount, Purpose] | None
    each: Sequence[FoundAmount]
    date: FoundDate | None
    published: dt.date | None

    def give(
        self, drafts: Sequence[Draft], match: Match, template: ClaimTemplate, parsed: Parse
    ) -> None:
        """Give the drafts of one claim their sum and day, but for those of something else.

        What a seller gets and when is nothing of what they had: "X cède 14 % de Y à Z pour 3
        millions".
        """
        if _is_sellers(match, template, parsed):
            return
        days = own_days(parsed, match, drafts)
        for place, draft in enumerate(drafts):
            draft.amount, draft.purpose = self.amount or (None, None)
            if match.respective:
                draft.amount = self.each[place] if len(self.each) == len(drafts) else None
            date, day = self.date, days[place]
            if day is not None and (found := parsed.tokens[day].date) is not None:
                date = spanning(parsed, day, found)
            if date is not None and _is_of_the_will(draft, date, self.published):
                date = _ahead(parsed, match, date)
            if date is None:
                continue
            leaves = is_givers(match, template) and not draft.ended and date.relation == "moment"
            draft.date = replace(date, relation="end") if leaves else date


def _is_sellers(match: Match, template: ClaimTemplate, parsed: Parse) -> bool:
    if template.relation is not RelationType.INVESTED_IN or match.group is None:
        return False
    sold = parsed.tokens[match.trigger].is_verb(parsed.lexicon.selling)
    return sold and SUBJECT in match.frame.slots.get(template.subject, ())


def _ahead(parsed: Parse, match: Match, date: FoundDate) -> FoundDate | None:
    """A day without its year behind what is to come, a year later: "veut racheter Y en janvier"."""
    group, earliest, latest = match.group, date.earliest, date.latest
    if not date.yearly or group is None or earliest is None or latest is None:
        return None
    place = next((i for i, token in enumerate(parsed.tokens) if token.date is date), 0)
    tensed = parsed.tokens[group.verbs[-1]]
    past = tensed.has_form(Form.PAST, Form.PARTICIPLE) or group.auxiliaries
    if place < match.trigger or (past and not tensed.has_form(*_TO_COME)):
        return None
    return replace(date, earliest=shift(earliest, "year", 1), latest=shift(latest, "year", 1))


def _is_of_the_will(draft: Draft, date: FoundDate, published: dt.date | None) -> bool:
    """Whether a day is that of wanting or offering only: what is planned still lies ahead."""
    if draft.status not in _UNDONE or published is None or date.latest is None:
        return False
    lasts = date.relation == "start"
    return date.latest < published and (lasts or draft.status is Status.PLANNED)
