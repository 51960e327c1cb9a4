"""How surely something is said, and in whose mouth it is put."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import Example, assert_enough, assert_says, examples, params, stated

from graph.model import Claim, Reading, Status

EXAMPLES = examples("status")


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if e.positive))
def test_a_cue_decides_status_and_source(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    reading = readings("status", example)
    assert_says(example, reading)
    for claim in stated(example, reading):
        source = claim.attributed_to.name if claim.attributed_to else None
        assert claim.status is Status(example.more["status"]), claim.cues
        assert source == example.more.get("source"), claim.cues


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if not e.positive))
def test_the_same_words_without_a_claim(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    assert_says(example, readings("status", example))


def test_every_cue_is_shown_on_three_sentences_and_on_one_that_is_not_meant() -> None:
    assert_enough(EXAMPLES)


def test_every_status_is_shown() -> None:
    assert {e.more["status"] for e in EXAMPLES if e.positive} == set(map(str, Status))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Danone rachète Bjorg.", Status.ASSERTED),
        ("Selon Les Échos, Danone rachète Bjorg.", Status.REPORTED),
        ("Selon Les Échos, Danone aurait racheté Bjorg.", Status.HEDGED),
        ("Selon Les Échos, Danone pourrait envisager de racheter Bjorg.", Status.PLANNED),
        ("Selon Les Échos, Danone ne va pas racheter Bjorg.", Status.DENIED),
    ],
)
def test_each_further_cue_weakens_the_same_claim(
    text: str, status: Status, reader_says: Callable[[str], list[Claim]]
) -> None:
    assert [claim.status for claim in reader_says(text)] == [status]
