"""What a company is in, by the gazetteer and by the words beside its name."""

from __future__ import annotations

import pytest

from graph.model import Kind
from loaders.reading.gazetteer import Gazetteer
from loaders.sectors import Sectors


@pytest.fixture(scope="module")
def sectors() -> Sectors:
    return Sectors(Gazetteer.load("fr"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Airbus investit dans la start-up de cybersécurité Vauclair.", "cybersecurity"),
        ("Vauclair, spécialiste des semi-conducteurs, lève 3 millions.", "semiconductors"),
        ("La jeune pousse française d’intelligence artificielle Vauclair lève 10 M€.", "ai"),
        ("L'assureur belge Vauclair se vend.", "insurance"),
        ("« Vauclair » (fintech) lève 2 millions.", "fintech"),
        ("Rachat de Vauclair, le géant du luxe.", "luxury"),
        ("L'éditeur de logiciels Vauclair est repris.", "software"),
    ],
)
def test_words_beside_a_name_say_what_it_is_in(sectors: Sectors, sentence: str, said: str) -> None:
    assert sectors.said("Vauclair", sentence) == (said,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vauclair mise sur la cybersécurité.",
        "L'entreprise de cybersécurité rachète Vauclair.",
        "Vauclair, rival d'un spécialiste des puces, recrute.",
        "Vauclair, que rachète un assureur, recrute.",
        "L'assureur Vauclairmont recrute.",
        "Le constructeur Vauclair recrute.",  # of cars, of aircraft, of trains?
    ],
)
def test_a_sentence_that_merely_speaks_of_a_sector_says_nothing(
    sectors: Sectors, sentence: str
) -> None:
    assert sectors.said("Vauclair", sentence) == ()


def test_the_gazetteer_knows_what_well_known_companies_are_in(sectors: Sectors) -> None:
    assert sectors.known("Wiz", Kind.COMPANY) == ("tech", "cybersecurity", "cloud")
    assert sectors.known("Wiz", Kind.PERSON) == ()
    assert sectors.known("Vauclair", Kind.COMPANY) == ()
