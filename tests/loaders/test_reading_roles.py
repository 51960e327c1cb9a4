"""Posts: the ways of French to say what somebody is at a company, was, or will be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import Example, assert_enough, assert_says, examples, params, stated

from graph.model import Reading, RelationType, Status
from loaders.reading.roles import RoleData

EXAMPLES = examples("roles")


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if e.positive))
def test_a_post_is_read(example: Example, readings: Callable[[str, Example], Reading]) -> None:
    reading = readings("roles", example)
    assert_says(example, reading)
    for claim in stated(example, reading):
        if "role" in example.more:
            assert (claim.role or "").lower() == example.more["role"].lower()
        assert claim.status is Status(example.more.get("status", "asserted"))


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if not e.positive))
def test_words_for_a_post_are_no_post_of_just_anybody(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    assert_says(example, readings("roles", example))


def test_every_pattern_is_shown_on_three_sentences_and_on_one_that_is_not_meant() -> None:
    assert_enough(EXAMPLES)


@pytest.mark.parametrize(
    ("words", "length", "relations"),
    [
        ("directeur général adjoint", 2, {"LEADS"}),
        ("directrice des achats", 1, {"LEADS", "WORKED_AT"}),
        ("présidente du directoire", 3, {"LEADS"}),
        ("cofondateur et", 1, {"FOUNDED"}),
        ("ingénieure en chef", 1, {"WORKED_AT"}),
        ("fondateur-dirigeant de", 1, {"LEADS", "FOUNDED"}),
        ("cliente de longue", 0, set()),
    ],
)
def test_the_longest_role_noun_decides_what_it_claims(
    words: str, length: int, relations: set[str]
) -> None:
    found = RoleData.of("fr").classes(words.split())
    assert found == (length, frozenset(map(RelationType, relations)))
