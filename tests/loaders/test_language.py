"""The language of a text."""

from __future__ import annotations

import unicodedata

import pytest

from loaders.language import LANGUAGES, MIN_LETTERS, detect_language

SENTENCES = {
    "fr": "L'entreprise a recruté une ancienne dirigeante de la banque pour mener ce projet.",
    "en": "The company has hired a former executive of the bank to run this project.",
    "de": "Das Unternehmen hat eine frühere Managerin der Bank für dieses Projekt eingestellt.",
    "es": "La empresa ha contratado a una antigua directiva del banco para este proyecto.",
    "it": "L'azienda ha assunto una ex dirigente della banca per guidare questo progetto.",
    "pt": "A empresa contratou uma antiga diretora do banco para conduzir este projeto.",
    "nl": "Het bedrijf heeft een voormalige bestuurder van de bank voor dit project aangetrokken.",
    "pl": "Firma zatrudniła byłą dyrektorkę banku do prowadzenia tego projektu w Warszawie.",
    "ru": "Компания наняла бывшую руководительницу банка для ведения этого проекта.",
    "ja": "同社はこの計画を率いるため、銀行の元幹部を採用したと発表した。",
    "ca": "L'empresa ha contractat una antiga directiva del banc per dirigir aquest projecte.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_enough_to_tell_the_language(code: str) -> None:
    assert detect_language(SENTENCES[code]) == code


@pytest.mark.parametrize("text", ["", "   ", "Meta recrute", "Nommé chez LVMH.", "Tim Cook"])
def test_a_few_words_are_too_few_to_tell(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize("text", ["12 345 678 " * 30, "— … — !? " * 40, "a" * 500])
def test_what_is_no_language_gets_none(text: str) -> None:
    assert detect_language(text) is None


def test_a_list_of_names_gets_none() -> None:
    assert detect_language("Ruoming Pang, Tom Gunter, Mark Lee, Bowen Zhang, Alexandr Wang") is None


def test_the_shortest_text_that_is_judged_is_judged_right() -> None:
    text = "Elle dirige maintenant la filiale française du groupe"
    assert sum(char.isalpha() for char in text) < MIN_LETTERS + 10
    assert detect_language(text) == "fr"


def test_typography_and_composition_of_letters_change_nothing() -> None:
    text = SENTENCES["fr"]
    assert detect_language(text.replace("'", "’").replace(" ", "\u00a0")) == "fr"
    assert detect_language(unicodedata.normalize("NFD", text)) == "fr"
    assert detect_language(text.upper()) == "fr"


def test_french_with_english_names_stays_french() -> None:
    text = (
        "Thinking Machines Lab a levé deux milliards de dollars auprès d'Andreessen Horowitz, "
        "Jane Street et Index Ventures."
    )
    assert detect_language(text) == "fr"


def test_the_beginning_decides_and_a_long_text_is_not_read_to_its_end() -> None:
    assert detect_language(SENTENCES["fr"] * 60 + SENTENCES["en"] * 5_000) == "fr"


def test_the_languages_are_two_letter_codes_without_doubles() -> None:
    assert len(set(LANGUAGES)) == len(LANGUAGES)
    assert all(len(code) == 2 and code.islower() for code in LANGUAGES)
