"""Numbers in words and in digits."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelling import spell

from loaders.languages import known_languages, language_data
from loaders.reading.folding import flatten, fold
from loaders.reading.numbers import MAX_DIGITS, match_digits, number_grammar, parse_number_words

SPELLINGS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/french-numbers.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]
ANY_TEXT = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize("variety", [1, 2, 3], ids=["France", "Belgium", "Switzerland"])
def test_numbers_are_read_as_another_project_spells_them(variety: int) -> None:
    assert {row[variety]: parse_number_words(row[variety]) for row in SPELLINGS} == {
        row[variety]: int(row[0]) for row in SPELLINGS
    }


def test_the_speller_of_these_tests_spells_as_another_project_does() -> None:
    known = {int(row[0]): row[1] for row in SPELLINGS if int(row[0]) < 10**12}
    assert {number: spell(number) for number in known} == known


@given(st.integers(0, 10**12 - 1))
def test_any_number_is_read_as_it_is_spelled(number: int) -> None:
    assert parse_number_words(spell(number)) == number


@given(st.integers(0, 10**12 - 1), st.sampled_from(["-", " ", "\u00a0", "‑", "\n", "–"]))
def test_any_number_is_read_with_other_hyphens_and_spaces(number: int, gap: str) -> None:
    spelled = spell(number).replace("-", gap).replace(" ", gap)
    assert parse_number_words(spelled) == number
    assert parse_number_words(spelled.upper()) == number


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "trois chats", "deux trois", "vingt dix", "dix deux", "vingt et deux", "dix et un",
        "quatre-vingt vingt", "cent cent", "mille mille", "million", "milliards", "et un",
        "deux millions milliards", "zéro un", "un zéro", "quatre-vingt-dix-dix", "12",
    ],
)  # fmt: skip
def test_words_that_are_no_number_are_none(words: str) -> None:
    assert parse_number_words(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("quinze cents", 1500),
        ("deux mille milliards", 2 * 10**12),
        ("vingt-et-un", 21),
        ("Deux Cents", 200),
        ("une", 1),
        ("nonante-neuf", 99),
        ("septante et un", 71),
        ("  mille  ", 1000),
    ],
)
def test_usual_variants_are_read(words: str, number: int) -> None:
    assert parse_number_words(words) == number


@pytest.mark.parametrize(
    ("digits", "value", "rest"),
    [
        ("1 200 000 €", Fraction(1_200_000), " €"),
        ("100.000 euros", Fraction(100_000), " euros"),
        ("1'200'000", Fraction(1_200_000), ""),
        ("1,200,000", Fraction(1_200_000), ""),
        ("14,3 Md€", Fraction(143, 10), " Md€"),
        ("14.3", Fraction(143, 10), ""),
        ("1.200,50", Fraction(120_050, 100), ""),
        ("1 000 0001", Fraction(1000), " 0001"),
        ("12 3456", Fraction(12), " 3456"),
        ("007", Fraction(7), ""),
        ("5.", Fraction(5), "."),
    ],
)
def test_digits_are_read_with_their_thousands_and_decimals(
    digits: str, value: Fraction, rest: str
) -> None:
    found = match_digits(digits)
    assert found is not None
    assert (found.value, digits[found.end :]) == (value, rest)


def test_a_row_of_digits_too_long_for_a_quantity_is_none() -> None:
    assert match_digits("9" * MAX_DIGITS) is not None
    assert match_digits("9" * (MAX_DIGITS + 1)) is None
    assert match_digits("1 000" + " 000" * 10_000) is None


def test_the_longest_number_is_taken_and_the_rest_left() -> None:
    grammar = number_grammar("fr")
    found = grammar.match("deux cents millions d'euros")
    assert found is not None
    assert (found.value, found.end) == (200_000_000, len("deux cents millions"))
    assert grammar.match("une dizaine") is not None
    assert grammar.match("centaine") is None
    assert grammar.match("deuxième") is None


@given(ANY_TEXT)
def test_no_text_makes_the_reading_of_numbers_fail(text: str) -> None:
    number = parse_number_words(text)
    assert number is None or number >= 0
    match_digits(text)


@given(ANY_TEXT)
def test_folding_never_moves_a_character(text: str) -> None:
    assert len(flatten(text)) == len(fold(text)) == len(text)


@pytest.mark.parametrize("text", ["İstanbul", "STRASSE ẞ", "Σίσυφος ΣΑΣ", "\u00a0’–"])
def test_folding_keeps_the_length_of_letters_that_would_grow(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_french_is_among_the_known_languages() -> None:
    assert "fr" in known_languages()


@pytest.mark.parametrize("language", ["xx", "", "..", "fr/..", "FR"])
def test_an_unknown_language_is_told_by_name(language: str) -> None:
    with pytest.raises(LookupError, match=r"language"):
        language_data(language, "numbers")


def test_an_unknown_file_of_a_language_is_told_by_name() -> None:
    with pytest.raises(LookupError, match=r"nothing_here\.yaml"):
        language_data("fr", "nothing_here")


def test_the_data_of_a_language_is_read_once() -> None:
    assert language_data("fr", "numbers") is language_data("fr", "numbers")
