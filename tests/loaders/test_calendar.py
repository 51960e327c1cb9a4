"""Reckoning with vague days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading import calendar as cal
from loaders.reading.calendar import Period

UNITS = st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"])


@pytest.mark.parametrize(
    ("start", "unit", "count", "expected"),
    [
        ("2024-01-31", "month", 1, "2024-02-29"),
        ("2023-01-31", "month", 1, "2023-02-28"),
        ("2024-02-29", "year", -1, "2023-02-28"),
        ("2025-02-04", "week", -2, "2025-01-21"),
        ("2025-02-04", "quarter", -1, "2024-11-04"),
        ("2025-02-04", "century", -30, "0001-01-01"),
        ("2025-02-04", "day", 10**7, "9999-12-31"),
    ],
)
def test_steps_keep_to_the_calendar(start: str, unit: str, count: int, expected: str) -> None:
    assert cal.shift(dt.date.fromisoformat(start), unit, count).isoformat() == expected


@given(st.dates(), UNITS)
def test_a_day_lies_in_its_current_unit(day: dt.date, unit: str) -> None:
    period = cal.current(day, unit)
    assert period.earliest is not None and period.latest is not None
    assert period.earliest <= day <= period.latest


@given(st.dates(), UNITS, st.integers(-500, 500))
def test_steps_go_the_way_they_say(day: dt.date, unit: str, count: int) -> None:
    moved = cal.shift(day, unit, count)
    assert (moved >= day) if count > 0 else (moved <= day)


@given(st.integers(1, 9998), st.integers(1, 12), st.sampled_from([1, 3, 6, 12]))
def test_the_parts_of_a_period_lie_in_it_and_in_order(year: int, month: int, months: int) -> None:
    whole = cal.month_period(year, month, months)
    assert whole is not None and whole.earliest is not None and whole.latest is not None
    begun, ended = cal.part_of(whole, (0, 0.34)), cal.part_of(whole, (0.66, 1))
    assert begun.earliest == whole.earliest and ended.latest == whole.latest
    assert begun.latest is not None and ended.earliest is not None
    assert begun.latest < ended.earliest


def test_the_nearest_period_prefers_the_side_that_is_told() -> None:
    today = dt.date(2025, 2, 4)
    behind, ahead = Period.of(dt.date(2025, 1, 15)), Period.of(dt.date(2025, 2, 14))
    candidates = [behind, ahead]
    assert cal.nearest(candidates, today, future=False, preference=3) == behind
    assert cal.nearest(candidates, today, future=True, preference=3) == ahead
    assert cal.nearest(candidates, today, future=False, preference=1) == ahead
    assert cal.nearest([], today, future=False, preference=1) is None


def test_days_and_months_that_do_not_exist_are_none() -> None:
    assert cal.make_day(2025, 2, 29) is None
    assert cal.month_period(2025, 13) is None
    assert cal.year_period(0) is None


def test_lengths_are_reckoned_with_mean_months() -> None:
    assert cal.length_in_days("year", 4) == 1461
    assert cal.length_in_days("week", 2) == 14
    assert cal.length_in_days("month", 12) == 365
