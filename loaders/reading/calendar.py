"""Reckoning with vague days: periods, their parts, and steps from one to another."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal[
    "hour", "day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"
]

_MONTHS: Final[dict[str, int]] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
_DAYS: Final[dict[str, int]] = {"hour": 0, "day": 1, "week": 7, "weekend": 7}
_MEAN_MONTH: Final = 365.2425 / 12


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `earliest` to `latest`, both included; None leaves that side open."""

    earliest: dt.date | None
    latest: dt.date | None

    @staticmethod
    def of(first: dt.date, last: dt.date | None = None) -> Period:
        """The days from `first` to `last`, which is `first` if left out."""
        return Period(first, first if last is None else last)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None if the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shift_days(day: dt.date, days: int) -> dt.date:
    """`day` moved by `days`, at most to the ends of the calendar."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


def shift(day: dt.date, unit: str, count: int) -> dt.date:
    """`day` moved by `count` units, at most to the ends of the calendar.

    The 31st moved to a shorter month is that month's last day.
    """
    if (days := _DAYS.get(unit)) is not None:
        return shift_days(day, days * count)
    year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS[unit] * count, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def length_in_days(unit: str, count: float) -> int:
    """About how many days `count` units are."""
    if unit in _DAYS:
        return round(_DAYS[unit] * count)
    return round(_MONTHS[unit] * _MEAN_MONTH * count)


def month_period(year: int, month: int, months: int = 1) -> Period | None:
    """The `months` from this month on; None outside the calendar."""
    first = make_day(year, month, 1)
    if first is None:
        return None
    return Period.of(first, shift_days(shift(first, "month", months), -1))


def year_period(year: int, years: int = 1) -> Period | None:
    """The `years` from this year on; None outside the calendar."""
    return month_period(year, 1, 12 * years)


def current(day: dt.date, unit: str) -> Period:
    """The unit in which `day` lies: its ISO week, its month, its quarter..."""
    if unit in {"hour", "day"}:
        return Period.of(day)
    if unit in {"week", "weekend"}:
        monday = shift_days(day, -day.weekday())
        return Period.of(shift_days(monday, 5 if unit == "weekend" else 0), shift_days(monday, 6))
    months = _MONTHS[unit]
    if months < 12:
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    else:
        years = months // 12
        first = dt.date(max(day.year // years * years, dt.MINYEAR), 1, 1)
    return Period.of(first, shift_days(shift(first, unit, 1), -1))


def part_of(period: Period, fractions: tuple[float, float]) -> Period:
    """The days of `period` between two fractions of it, in whole months where it has several."""
    if period.earliest is None or period.latest is None:
        return period
    low, high = fractions
    months = (period.latest.year - period.earliest.year) * 12
    months += period.latest.month - period.earliest.month + 1
    if months >= 3:
        first = shift(period.earliest, "month", round(low * months))
        last = shift_days(shift(period.earliest, "month", round(high * months)), -1)
    else:
        days = (period.latest - period.earliest).days + 1
        first = shift_days(period.earliest, int(low * days))
        last = shift_days(period.earliest, max(int(high * days), int(low * days) + 1) - 1)
    return Period.of(first, min(max(first, last), period.latest))


def nearest(
    candidates: list[Period], published: dt.date, *, future: bool, preference: float
) -> Period | None:
    """The candidate closest to `published`, where one side counts `preference` times as far.

    That side is what lies ahead, or with `future` what lies behind; a period that holds the day
    itself is closest.
    """

    def distance(period: Period) -> float:
        if period.latest is not None and period.latest < published:
            return (published - period.latest).days * (preference if future else 1)
        if period.earliest is not None and period.earliest > published:
            return (period.earliest - published).days * (1 if future else preference)
        return 0

    return min(candidates, key=distance, default=None)
