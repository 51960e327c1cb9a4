"""What the words of a time mean on the calendar, given the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from loaders.reading import calendar as cal
from loaders.reading.calendar import Period
from loaders.reading.date_rules import Count, DateRule, DateRules

_REACH: Final = 4
"""Years each side of publication among which a day without its year is looked for.

Enough to hold a 29 February.
"""


class Tense(Enum):
    """What the verbs beside a time say of where it lies."""

    FUTURE = "words of the future stand beside it"
    UNKNOWN = "nothing is said"
    PAST = "a verb of the past stands beside it"
    DONE = "it follows a verb of the past at once"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one time: the rule that they fit, its groups, and the verbs beside it."""

    rule: DateRule
    groups: Mapping[str, str]
    tense: Tense = Tense.UNKNOWN

    @property
    def direction(self) -> int:
        """-1 for words such as "dernier", 1 for "prochain", 0 for neither."""
        return -1 if "last" in self.groups else 1 if "next" in self.groups else 0

    @property
    def implies_year(self) -> bool:
        """Whether the year is left to the reader: "le 4 février", "en mars"."""
        yearly = self.rule.kind in {"day", "month", "division", "season"}
        return yearly and not self.groups.keys() & {
            "year",
            "last",
            "next",
            "year_last",
            "year_next",
        }


class Resolver:
    """Reckons times from one day of publication, or without any."""

    def __init__(self, rules: DateRules, published: dt.date | None) -> None:
        self.rules, self.published = rules, published
        self._kinds: dict[str, Callable[[Words, dt.date], Period | None]] = {
            "ago": self._ago,
            "ahead": self._ahead,
            "within": self._within,
            "recent": self._recent,
            "coming": self._coming,
            "unit": self._unit,
            "weekday": self._weekday,
            "word": self._word,
        }

    def periods(self, words: Words, not_after: dt.date | None = None) -> list[Period | None]:
        """The time, or the two ends of a span of time, that `words` name.

        None for one that the calendar does not have, or that needs a day of publication where
        there is none. With `not_after`, a time without its year is the last one up to that day.
        """
        kind = words.rule.kind
        if kind == "years":
            return [cal.year_period(int(words.groups[name])) for name in ("year", "year_to")]
        if kind == "days":
            return self._days(words)
        if kind in self._kinds:
            return [self._kinds[kind](words, self.published) if self.published else None]
        return [self._on_calendar(words, not_after)]

    def duration(self, words: Words) -> int | None:
        """About how many days "pendant huit ans" is; None for a number that cannot be read."""
        unit = self.rules.units[words.groups["units"]]
        count = self._count(words, unit)
        days = cal.length_in_days(unit, (count.low + count.high) / 2) if count else 0
        return days or None

    def apart(self, words: Words, anchor: Period | None) -> Period | None:
        """A time so many units from another: "deux ans plus tard", "l'année suivante".

        It is no more exact than its unit.
        """
        if anchor is None or anchor.earliest is None or anchor.latest is None:
            return None
        unit = self.rules.units.get(words.groups.get("units", ""), "year")
        low = high = 0.0 if words.rule.kind == "same" else 1.0
        if "quantity" in words.groups:
            count = self._count(words, unit)
            if count is None or count.vague:
                return None
            low, high = count.low, count.high
        sign = -1 if words.rule.kind == "earlier" else 1
        first, last = sorted((sign * low, sign * high))
        begin = cal.current(_step(anchor.earliest, unit, first), unit)
        end = cal.current(_step(anchor.latest, unit, last), unit)
        return Period(begin.earliest, end.latest)

    # -- times with a place on the calendar ----------------------------------------------------

    def _on_calendar(self, words: Words, not_after: dt.date | None) -> Period | None:
        groups, kind = words.groups, words.rule.kind
        if kind == "decade":
            decade = int(groups["decade"])
            period = cal.year_period(decade if decade > 100 else 1900 + decade, 10)
            return self._part(period, words)
        make = {
            "day": self._make_day,
            "month": self._make_month,
            "division": self._make_division,
            "season": self._make_season,
            "year": self._make_year,
        }[kind](words)
        if "year" in groups:
            return make(int(groups["year"]))
        if self.published and groups.keys() & {"year_last", "year_next"}:
            return make(self.published.year + (-1 if "year_last" in groups else 1))
        if kind == "division" and self.rules.data["ordinals"][groups["ordinal"]] < 0:
            return self._last_division(words)
        return self._choose(make, words, not_after)

    def _choose(
        self, make: Callable[[int], Period | None], words: Words, not_after: dt.date | None
    ) -> Period | None:
        """The period of the likeliest year."""
        reference = not_after or self.published
        if reference is None:
            return None
        years = range(reference.year - _REACH, reference.year + _REACH + 1)
        found = [period for year in years if (period := make(year))]
        if weekday := words.groups.get("weekday"):
            number = self.rules.data["weekdays"][weekday]
            near = [p for p in found if p.earliest and abs(p.earliest.year - reference.year) <= 1]
            found = [p for p in near if p.earliest and p.earliest.weekday() == number] or found
        if not_after:
            found = [p for p in found if p.latest and p.latest <= not_after]
        elif words.direction < 0:
            found = [p for p in found if p.latest and p.latest < reference]
        elif words.direction > 0:
            found = [p for p in found if p.earliest and p.earliest > reference]
        elif words.tense is Tense.DONE:
            found = [p for p in found if p.earliest and p.earliest <= reference]
        beside = words.tense is Tense.PAST
        rules = self.rules
        return cal.nearest(
            found,
            reference,
            future=words.tense is Tense.FUTURE,
            preference=rules.past_preferred_beside_verb if beside else rules.past_preferred,
        )

    def _make_day(self, words: Words) -> Callable[[int], Period | None]:
        groups = words.groups
        number = _leading_number(groups["day"])
        month = (
            self.rules.month_of(groups["month"])
            if "month" in groups
            else int(groups["month_number"])
        )

        def make(year: int) -> Period | None:
            day = cal.make_day(year, month, number)
            return Period.of(day) if day else None

        return make

    def _make_month(self, words: Words) -> Callable[[int], Period | None]:
        month = self.rules.month_of(words.groups["month"])
        return lambda year: self._part(cal.month_period(year, month), words)

    def _make_division(self, words: Words) -> Callable[[int], Period | None]:
        groups, data = words.groups, self.rules.data
        months = data["divisions"][groups.get("division") or groups["division_letter"]]
        count = 12 // months
        ordinal = data["ordinals"][groups["ordinal"]]
        index = count - 1 if ordinal < 0 else ordinal - 1
        if index >= count:
            return lambda _: None
        return lambda year: cal.month_period(year, index * months + 1, months)

    def _make_season(self, words: Words) -> Callable[[int], Period | None]:
        bounds = self.rules.data["seasons"][words.groups["season"]]
        first, last = bounds["from"], bounds["to"]
        over = last < first
        # Which of its two years a winter is called by is anyone's guess: take both in.
        named_once = over and "year" in words.groups and "year_to" not in words.groups

        def make(year: int) -> Period | None:
            start = cal.make_day(year, 1, 1) if named_once else cal.make_day(year, *first)
            end = cal.make_day(year + over, *last)
            return Period.of(start, end) if start and end else None

        return make

    def _make_year(self, words: Words) -> Callable[[int], Period | None]:
        return lambda year: self._part(cal.year_period(year), words)

    def _last_division(self, words: Words) -> Period | None:
        if self.published is None:
            return None
        unit = self.rules.units.get(words.groups.get("division", ""), "quarter")
        return cal.current(cal.shift(self.published, unit, -1), unit)

    def _part(self, period: Period | None, words: Words) -> Period | None:
        part = words.groups.get("part")
        if period is None or part is None:
            return period
        low, high = self.rules.data["parts"][part]
        return cal.part_of(period, (low, high))

    def _days(self, words: Words) -> list[Period | None]:
        groups = words.groups
        last = {**groups, "month": groups["month_to"], "day": groups["day_to"]}
        end = self._on_calendar(Words(DateRule("day"), last, words.tense), None)
        if end is None or end.latest is None:
            return [None, None]
        first = {"month": groups.get("month", groups["month_to"]), "day": groups["day"]}
        start = self._on_calendar(Words(DateRule("day"), first), end.latest)
        return [start, end]

    # -- times reckoned from the day of publication --------------------------------------------

    def _count(self, words: Words, unit: str) -> Count | None:
        count = self.rules.count_of(words.groups["quantity"], unit)
        if count and "half" in words.groups:
            return Count(count.low + 0.5, count.high + 0.5, count.vague)
        return count

    def _away(self, words: Words, published: dt.date, sign: int) -> Period | None:
        """So many units before (`sign` -1) or after (1) the publication, with some slack."""
        unit = self.rules.units[words.groups["units"]]
        count = self._count(words, unit)
        if count is None:
            return None
        near = _step(published, unit, sign * count.low)
        far = _step(published, unit, sign * count.high)
        if not count.vague:
            slack = self.rules.slack[unit] * sign
            near, far = cal.shift_days(near, -slack), cal.shift_days(far, slack)
        if unit == "hour":
            far = cal.shift_days(far, sign)
        if far in {dt.date.min, dt.date.max}:
            return None
        near = min(near, published) if sign < 0 else max(near, published)
        return Period.of(far, near) if sign < 0 else Period.of(near, far)

    def _ago(self, words: Words, published: dt.date) -> Period | None:
        return self._away(words, published, -1)

    def _ahead(self, words: Words, published: dt.date) -> Period | None:
        return self._away(words, published, 1)

    def _within(self, words: Words, published: dt.date) -> Period | None:
        period = self._away(words, published, 1)
        return Period(published, period.latest) if period else None

    def _lately(self, words: Words, published: dt.date, sign: int) -> dt.date | None:
        unit = self.rules.units[words.groups["units"]]
        around = self.rules.data["around"]
        count = Count(0, around.get(unit, around["else"]))
        if "quantity" in words.groups:
            found = self._count(words, unit)
            if found is None:
                return None
            count = found
        if unit == "hour":
            return cal.shift_days(published, sign * max(1, round(count.high / 24)))
        return _step(published, unit, sign * count.high)

    def _recent(self, words: Words, published: dt.date) -> Period | None:
        earliest = self._lately(words, published, -1)
        return Period.of(earliest, published) if earliest else None

    def _coming(self, words: Words, published: dt.date) -> Period | None:
        latest = self._lately(words, published, 1)
        return Period.of(published, latest) if latest else None

    def _unit(self, words: Words, published: dt.date) -> Period | None:
        unit = self.rules.units[words.groups["unit"]]
        period = cal.current(cal.shift(published, unit, words.direction), unit)
        return self._part(period, words)

    def _weekday(self, words: Words, published: dt.date) -> Period | None:
        ahead = (self.rules.data["weekdays"][words.groups["weekday"]] - published.weekday()) % 7
        if words.direction > 0:
            days = ahead or 7
        elif words.direction == 0 and (words.tense is Tense.FUTURE or ahead == 0):
            days = ahead
        else:
            days = ahead - 7
        return Period.of(cal.shift_days(published, days))

    def _word(self, words: Words, published: dt.date) -> Period | None:
        first, last = self.rules.day_words[words.rule.word]
        return Period.of(cal.shift_days(published, first), cal.shift_days(published, last))


def _step(day: dt.date, unit: str, count: float) -> dt.date:
    """`day` moved by `count` units; what is not whole of them, in days."""
    whole = int(count)
    moved = cal.shift(day, unit, whole)
    return cal.shift_days(moved, cal.length_in_days(unit, count - whole))


def _leading_number(text: str) -> int:
    return int("".join(char for char in text if char.isdigit()))
