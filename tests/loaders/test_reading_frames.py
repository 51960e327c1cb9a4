"""Every frame of French: sentences that call it, and like sentences that say something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from examples import Example, assert_says, examples, params

from graph.model import Reading, RelationType
from loaders.errors import DataFileError
from loaders.reading.frames import FrameSet, parse_frame

TABLES = (
    "frames-people",
    "frames-careers",
    "frames-makers",
    "frames-ventures",
    "frames-companies",
    "frames-supplies",
    "frames-products",
    "frames-works",
)
SHOWN = 3
EXAMPLES = {table: examples(table) for table in TABLES}


def frame_ids() -> set[str]:
    known = FrameSet.of("fr")
    by_verb = {frame.id for found in known.by_verb.values() for _, frame in found}
    by_noun = {frame.id for found in known.by_noun.values() for frame in found}
    by_name = {frame.id for found in known.by_name.values() for frame in found}
    return by_verb | by_noun | by_name | {frame.id for frame in known.by_duration}


def table_of(example: Example) -> str:
    return next(table for table, found in EXAMPLES.items() if example in found)


ALL = [example for found in EXAMPLES.values() for example in found]


@pytest.mark.parametrize("example", params(e for e in ALL if e.positive))
def test_a_frame_reads_its_sentence(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    reading = readings(table_of(example), example)
    assert_says(example, reading)
    assert example.rule in {claim.rule for claim in reading.claims}


@pytest.mark.parametrize("example", params(e for e in ALL if not e.positive))
def test_the_same_words_say_something_else(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    reading = readings(table_of(example), example)
    assert_says(example, reading)
    assert example.rule not in {claim.rule for claim in reading.claims}


def test_every_frame_is_shown_on_three_sentences_and_on_one_that_is_not_meant() -> None:
    shown = Counter(example.rule for example in ALL if example.positive)
    barred = {example.rule for example in ALL if not example.positive}
    assert {frame: shown[frame] for frame in frame_ids() if shown[frame] < SHOWN} == {}
    assert frame_ids() - barred == set()
    assert set(shown) | barred == frame_ids(), "examples of a frame that there is not"


def test_no_sentence_is_shown_twice() -> None:
    twice = [
        text for text, times in Counter(e.text for e in ALL if e.positive).items() if times > 1
    ]
    assert twice == []


@pytest.mark.parametrize("relation", list(RelationType))
def test_every_relation_is_stated_by_some_frame(relation: RelationType) -> None:
    assert any(f" {relation} " in f"{claim} " for e in ALL if e.positive for claim in e.claims)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slot": {"a": "subject"}}, "slot"),
        ({"claims": ["HIRED_BY person"]}, "claims"),
        ({"claims": ["EMPLOYS person employer"]}, "claims"),
        ({"claims": ["HIRED_BY person factory"]}, "claims"),
    ],
    ids=["unknown field", "claim without object", "unknown relation", "unknown slot"],
)
def test_a_frame_of_another_form_is_refused_by_name(change: dict[str, object], field: str) -> None:
    raw = {
        "id": "hire-anew",
        "verbs": ["recruter"],
        "slots": {"employer": "subject", "person": "object"},
        "claims": ["HIRED_BY person employer"],
    }
    parse_frame(raw, "fr/frames/people.yaml")
    with pytest.raises(DataFileError) as refused:
        parse_frame(raw | change, "fr/frames/people.yaml")
    assert "hire-anew" in str(refused.value)
    assert field in str(refused.value)
