"""Sums with what they are for, and when something began or ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from examples import Example, assert_enough, assert_says, examples, params, stated

from graph.model import Amount, Bound, Claim, Purpose, Reading, VagueDate

EXAMPLES = examples("qualifiers")


def amount(text: str | None) -> Amount | None:
    if text is None:
        return None
    value, currency, bound, purpose = text.split()
    return Amount(
        value=float(value), currency=currency, bound=Bound(bound), purpose=Purpose(purpose)
    )


def vague(days: list[str] | None) -> VagueDate | None:
    if days is None:
        return None
    earliest, latest = map(dt.date.fromisoformat, days)
    return VagueDate(earliest=earliest, latest=latest)


@pytest.mark.parametrize("example", params(EXAMPLES))
def test_a_claim_has_the_sum_and_the_dates_that_belong_to_it(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    reading = readings("qualifiers", example)
    assert_says(example, reading)
    expected = example.more
    for claim in stated(example, reading):
        if "amount" in expected:
            assert claim.amount == amount(expected["amount"])
        if "amounts" in expected:
            assert claim.amount == amount(expected["amounts"][claim.subject.name])
        if "start" in expected:
            assert claim.start == vague(expected["start"])
        if "end" in expected:
            assert claim.end == vague(expected["end"])


def test_every_qualifier_is_shown_on_three_sentences_and_on_one_without_it() -> None:
    assert_enough(EXAMPLES)


def test_every_bound_and_every_stated_purpose_is_shown() -> None:
    shown = [amount(e.more.get("amount")) for e in EXAMPLES]
    assert {a.bound for a in shown if a} == set(Bound)
    assert {a.purpose for a in shown if a} == set(Purpose)


def test_a_date_of_one_claim_is_not_the_date_of_the_next(
    reader_says: Callable[[str], list[Claim]],
) -> None:
    claims = reader_says("Danone a racheté Alpro en 2016. Danone a racheté Blédina.")
    assert [claim.start for claim in claims] == [vague(["2016-01-01", "2016-12-31"]), None]
