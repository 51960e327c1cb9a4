"""What a fact shows, derived from the claims that carry it.

A fact is one relationship of the graph. The claims on it stay side by side, contradicting ones
included; `derive` picks what the relationship displays. It is a pure function of the claims: facts
can be thrown away and derived anew at any moment.

The rule, version 1
-------------------
1. **One voice per source.** Claims with the same source key are one source's. Its own words
   outrank what others say that it said: when it has claims of its own on the fact, relayed ones
   do not count. Of what is left, those of its latest day count: a source corrects itself.
2. **Side.** Counting claims affirm or deny. The fact is shown as denied when a counting denial is
   as late as the latest counting affirmation, or later; the same day goes to the denial.
3. **Status.** Of the displayed side, the surest.
4. **Contested** says that both sides count, whichever is displayed.
5. **Role, amount, start, end** each come from the best claim that has one, among claims of the
   displayed side by the sources that stand on it: the surest status first, then the latest, then
   the first in the text. Of each source, only the latest that has one is looked at; what a later
   article merely leaves out stays. The four parts of an amount come from one claim, and so do the
   two days of a start or an end. A valuation is an amount only where there is no better one. An
   equally sure claim that dates a start or an end within the chosen days makes it more exact. An
   end that lies before the start is not shown: who left came back.
6. **Sources** are the source keys that stand on the displayed side.

An undated claim counts as older than every dated one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Self

from graph.model import Purpose, Status

RULE_VERSION: Final = 1
"""Raised whenever the rule would give another result for the same claims."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """What the rule needs to know of a stored claim; `position` is its place in its reading."""

    id: str
    article_id: str
    source_key: str
    status: str
    position: int = 0
    relayed: bool = False
    """Whether an article says that the source says so, rather than the source itself."""
    published: dt.date | None = None
    role: str | None = None
    amount_value: float | None = None
    amount_currency: str | None = None
    amount_bound: str | None = None
    amount_purpose: str | None = None
    start_earliest: dt.date | None = None
    start_latest: dt.date | None = None
    end_earliest: dt.date | None = None
    end_latest: dt.date | None = None

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Self:
        """The record of a claim with these properties; those it does not know are left out."""
        return cls(**{name: properties.get(name, default) for name, default in _DEFAULTS.items()})

    @classmethod
    def of_values(cls, values: Sequence[Any]) -> Self:
        """The record of a claim whose values come in the order of the fields, days as ISO text.

        The parts of an amount, and the two days of a start and of an end, are a list each, or
        None where there are none.
        """
        *plain, amount, start, end = values
        parts = (*(amount or _NO_AMOUNT), *(start or _NO_DAYS), *(end or _NO_DAYS))
        fields = dict(zip(_DEFAULTS, (*plain, *parts), strict=True))
        for name in _DAYS:
            if (day := fields[name]) is not None:
                fields[name] = dt.date.fromisoformat(day)
        return cls(**fields)

    @property
    def denies(self) -> bool:
        """Whether it says that the relationship does not hold."""
        return self.status == Status.DENIED

    @property
    def day(self) -> dt.date:
        """When it was published, for comparing; the first of all days when nobody knows."""
        return self.published or dt.date.min


_DEFAULTS: Final[dict[str, Any]] = {
    field.name: None if field.default is dataclasses.MISSING else field.default
    for field in dataclasses.fields(ClaimRecord)
}
_DAYS: Final = ("published", "start_earliest", "start_latest", "end_earliest", "end_latest")
_AMOUNT: Final = tuple(name for name in _DEFAULTS if name.startswith("amount_"))
_NO_AMOUNT: Final = (None,) * len(_AMOUNT)
_NO_DAYS: Final = (None, None)
_WEAKNESS: Final = {status.value: status.weakness for status in Status}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FactProperties:
    """What the relationship of a fact displays.

    `claims` and `claim_ids` cover every claim on the fact, in order of publication; so do
    `first_reported` and `last_reported`. The rest follows the rule of this module.
    """

    status: str
    contested: bool
    sources: int
    claims: int
    claim_ids: tuple[str, ...]
    first_reported: dt.date | None = None
    last_reported: dt.date | None = None
    role: str | None = None
    amount_value: float | None = None
    amount_currency: str | None = None
    amount_bound: str | None = None
    amount_purpose: str | None = None
    start_earliest: dt.date | None = None
    start_latest: dt.date | None = None
    end_earliest: dt.date | None = None
    end_latest: dt.date | None = None
    rule_version: int = RULE_VERSION

    def stored(self) -> dict[str, Any]:
        """As properties of a relationship; what is not known is absent."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["claim_ids"] = list(self.claim_ids)
        return {name: value for name, value in values.items() if value is not None}


class Verdict(StrEnum):
    """What the rule makes of one claim."""

    DISPLAYED = "displayed"
    """It counts, and is on the side that is displayed."""
    OPPOSED = "opposed"
    """It counts, and is on the other side."""
    RELAYED = "relayed"
    """It is what others say that its source said, and the source has claims of its own."""
    SUPERSEDED = "superseded"
    """Its source has said something on a later day."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a fact displays, and why.

    `verdicts` has every claim by its id. `chosen` has the id of the claim that a displayed value
    comes from, for each of status, role, amount, start and end that there is.
    """

    properties: FactProperties
    verdicts: Mapping[str, Verdict]
    chosen: Mapping[str, str]


def derive(claims: Sequence[ClaimRecord]) -> FactProperties:
    """What a fact displays, by the rule of this module.

    Parameters
    ----------
    claims
        Every claim on one fact, in any order.

    Raises
    ------
    ValueError
        If there are none: a fact without claims does not exist.
    """
    return _weighed(claims, *_sides(claims))[0]


def explain(claims: Sequence[ClaimRecord]) -> Explanation:
    """What a fact displays, and which claim decided what; see `derive`."""
    side, opposed = _sides(claims)
    properties, chosen = _weighed(claims, side, opposed)
    verdicts = {claim.id: Verdict.DISPLAYED for claim in side}
    verdicts |= {claim.id: Verdict.OPPOSED for claim in opposed}
    speakers = {claim.source_key for claim in claims if not claim.relayed}
    for claim in claims:
        relayed = claim.relayed and claim.source_key in speakers
        verdicts.setdefault(claim.id, Verdict.RELAYED if relayed else Verdict.SUPERSEDED)
    return Explanation(
        properties=properties,
        verdicts=verdicts,
        chosen={what: claim.id for what, claim in chosen.items() if claim},
    )


def _weighed(
    claims: Sequence[ClaimRecord], side: Sequence[ClaimRecord], opposed: Sequence[ClaimRecord]
) -> tuple[FactProperties, dict[str, ClaimRecord | None]]:
    """What is displayed, and the claim that each value comes from."""
    sources = {claim.source_key for claim in side}
    denied = side[0].denies
    speaking = [c for c in claims if c.denies == denied and c.source_key in sources]
    surest = min(side, key=_rank)
    starting, ending = _dated(speaking, _start), _dated(speaking, _end)
    start = _start(starting) if starting else (None, None)
    end = _end(ending) if ending else (None, None)
    if start[0] and end[1] and end[1] < start[0]:
        end, ending = (None, None), None
    with_role = _ranked(speaking, lambda claim: claim.role is not None)
    priced = _priced(speaking)
    chronological = sorted(claims, key=lambda c: (c.day, c.article_id, c.position, c.id))
    dated = [claim.published for claim in claims if claim.published is not None]
    properties = FactProperties(
        status=surest.status,
        contested=bool(opposed),
        sources=len(sources),
        claims=len(claims),
        claim_ids=tuple(claim.id for claim in chronological),
        first_reported=min(dated, default=None),
        last_reported=max(dated, default=None),
        role=with_role[0].role if with_role else None,
        **{name: getattr(priced, name) for name in _AMOUNT if priced},
        start_earliest=start[0],
        start_latest=start[1],
        end_earliest=end[0],
        end_latest=end[1],
    )
    chosen: dict[str, ClaimRecord | None] = {
        "status": surest,
        "role": with_role[0] if with_role else None,
        "amount": priced,
        "start": starting,
        "end": ending,
    }
    return properties, chosen


def _by_source(claims: Iterable[ClaimRecord]) -> Iterable[list[ClaimRecord]]:
    voices: defaultdict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        voices[claim.source_key].append(claim)
    return voices.values()


def _latest(voice: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """Of one source's claims, those that count: its own if any, of the latest day."""
    own = [claim for claim in voice if not claim.relayed] or voice
    latest = max(claim.day for claim in own)
    return [claim for claim in own if claim.day == latest]


def _sides(claims: Sequence[ClaimRecord]) -> tuple[list[ClaimRecord], list[ClaimRecord]]:
    """The claims that count: those of the side that is displayed, and those of the other."""
    if not claims:
        raise ValueError("a fact needs at least one claim")
    counting = [claim for voice in _by_source(claims) for claim in _latest(voice)]
    denied = [claim for claim in counting if claim.denies]
    affirmed = [claim for claim in counting if not claim.denies]
    if not denied or not affirmed:
        return denied or affirmed, []
    denial_is_last = max(c.day for c in denied) >= max(c.day for c in affirmed)
    return (denied, affirmed) if denial_is_last else (affirmed, denied)


def _rank(claim: ClaimRecord) -> tuple[int, int, str, int, str]:
    return (
        _WEAKNESS[claim.status],
        -claim.day.toordinal(),
        claim.article_id,
        claim.position,
        claim.id,
    )


def _ranked(
    claims: Iterable[ClaimRecord], has_it: Callable[[ClaimRecord], bool]
) -> list[ClaimRecord]:
    """The claims that have a qualifier, the latest of each source only, the best first."""
    having = [claim for claim in claims if has_it(claim)]
    return sorted((c for voice in _by_source(having) for c in _latest(voice)), key=_rank)


def _priced(claims: Iterable[ClaimRecord]) -> ClaimRecord | None:
    """The claim with the best amount."""
    return min(
        _ranked(claims, lambda claim: claim.amount_value is not None),
        key=lambda c: (_WEAKNESS[c.status], c.amount_purpose == Purpose.VALUATION, _rank(c)),
        default=None,
    )


_Days = tuple[dt.date | None, dt.date | None]


def _start(claim: ClaimRecord) -> _Days:
    return claim.start_earliest, claim.start_latest


def _end(claim: ClaimRecord) -> _Days:
    return claim.end_earliest, claim.end_latest


def _dated(
    claims: Iterable[ClaimRecord], days: Callable[[ClaimRecord], _Days]
) -> ClaimRecord | None:
    """The claim with the best start or end."""
    ranked = _ranked(claims, lambda claim: days(claim) != (None, None))
    if not ranked:
        return None
    chosen = ranked[0]
    for claim in ranked[1:]:
        if claim.status == ranked[0].status and _within(days(claim), days(chosen)):
            chosen = claim
    return chosen


def _within(inner: _Days, outer: _Days) -> bool:
    return (inner[0] or dt.date.min) >= (outer[0] or dt.date.min) and (inner[1] or dt.date.max) <= (
        outer[1] or dt.date.max
    )
