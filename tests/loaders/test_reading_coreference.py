"""What stands for an entity named elsewhere in the article, and doubts that are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import Example, article, assert_enough, assert_says, examples, params

from graph.model import Kind, Reading
from loaders.reader import LanguageReader
from loaders.reading.anaphors import Anaphor, Anaphors
from loaders.reading.coreference import Discourse
from loaders.reading.mentions import Mention, NamedEntity

EXAMPLES = examples("coreference")
PEOPLE = frozenset({Kind.PERSON})


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if e.positive))
def test_an_expression_finds_whom_it_stands_for(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    assert_says(example, readings("coreference", example))


@pytest.mark.parametrize("example", params(e for e in EXAMPLES if not e.positive))
def test_an_expression_that_fits_nobody_or_several_stays_open(
    example: Example, readings: Callable[[str, Example], Reading]
) -> None:
    assert_says(example, readings("coreference", example))


def test_every_expression_is_shown_on_three_passages_and_on_one_that_is_not_meant() -> None:
    assert_enough(EXAMPLES)


def test_every_people_that_is_known_can_be_named(reader: LanguageReader) -> None:
    peoples = sorted(Anaphors.of("fr").countries)
    said = " ".join(f"Le {people.title()} a recruté Paul Merlin." for people in peoples)
    reading = reader.read(article(f"Anne Kessler dirige Valcourt. {said}"))
    assert any(entity.name == "Paul Merlin" for entity in reading.entities)


def someone(name: str, kind: Kind = Kind.PERSON, gender: str | None = None) -> NamedEntity:
    return NamedEntity(name, kind=kind, gender=gender)


def named(entity: NamedEntity, start: int) -> Mention:
    return Mention(start, start + len(entity.name), entity.name, entity)


def test_the_subject_of_the_sentence_before_is_meant() -> None:
    discourse, one, other = Discourse(), someone("Ève Marin"), someone("Luc Obadia")
    discourse.note(0, named(one, 0), subject=True)
    discourse.note(0, named(other, 20))
    assert discourse.resolve(Anaphor(PEOPLE), 1, 40) == [one]
    assert discourse.doubts == 0


def test_two_that_fit_alike_are_a_doubt_and_none_is_taken() -> None:
    discourse = Discourse()
    discourse.note(0, named(someone("Ève Marin"), 0))
    discourse.note(0, named(someone("Luc Obadia"), 20))
    assert discourse.resolve(Anaphor(PEOPLE), 1, 40) == []
    assert discourse.doubts == 1


def test_a_reading_tells_how_many_references_it_left_open(reader: LanguageReader) -> None:
    clear = "Irène Vogt a quitté Kering. Elle dirige Puma."
    open_ = "Carole Simon et Léa Rubio se parlent. Elle a rejoint Dior."
    assert [reader.read(article(text)).doubts for text in (clear, open_)] == [0, 1]


def test_a_doubt_that_nobody_asks_about_is_none() -> None:
    discourse = Discourse()
    discourse.note(0, named(someone("Ève Marin"), 0))
    discourse.note(0, named(someone("Luc Obadia"), 20))
    assert discourse.resolve(Anaphor(PEOPLE), 1, 40, asked=False) == []
    assert discourse.doubts == 0


def test_who_is_called_so_is_meant_rather_than_the_subject() -> None:
    discourse, one, other = (
        Discourse(),
        someone("Arbolys", Kind.COMPANY),
        someone("Kéro", Kind.COMPANY),
    )
    other.called.add("brasseur")
    discourse.note(0, named(one, 0), subject=True)
    discourse.note(0, named(other, 20))
    wanted = Anaphor(frozenset({Kind.COMPANY}), nouns=frozenset({"brasseur"}))
    assert discourse.resolve(wanted, 1, 40) == [other]


def test_the_only_person_of_a_stretch_is_followed_farther() -> None:
    discourse, woman = Discourse(), someone("Ève Marin", gender="f")
    discourse.note(0, named(woman, 0), subject=True)
    she = Anaphor(PEOPLE, gender="f", pronoun=True)
    assert discourse.resolve(she, 6, 300) == [woman]
    discourse.note(2, named(someone("Ada Roy", gender="f"), 100))
    assert discourse.resolve(she, 6, 300) == []


def test_gender_and_kind_rule_out() -> None:
    discourse, woman = Discourse(), someone("Ève Marin", gender="f")
    discourse.note(0, named(woman, 0))
    discourse.note(0, named(someone("Luc Obadia", gender="m"), 20))
    discourse.note(0, named(someone("Obadia SA", Kind.COMPANY), 40))
    assert discourse.resolve(Anaphor(PEOPLE, gender="f"), 1, 60) == [woman]


def test_nobody_is_meant_who_was_named_too_long_ago_or_later() -> None:
    discourse, someone_ = Discourse(), someone("Ève Marin")
    discourse.note(4, named(someone_, 100))
    assert discourse.resolve(Anaphor(PEOPLE), 8, 200) == []
    assert discourse.resolve(Anaphor(PEOPLE), 4, 50) == []
    assert discourse.resolve(Anaphor(PEOPLE), 5, 150) == [someone_]


@pytest.mark.parametrize(("number", "found"), [(2, True), (3, False), (0, True)])
def test_a_group_must_be_as_many_as_the_expression_counts(number: int, found: bool) -> None:
    discourse = Discourse()
    two = [someone("Ève Marin"), someone("Luc Obadia")]
    for position, entity in enumerate(two):
        discourse.note(0, named(entity, position * 20), listed=True)
    discourse.note_group(0, two)
    expected = two if found else []
    assert discourse.resolve(Anaphor(PEOPLE, number=number), 1, 60) == expected
