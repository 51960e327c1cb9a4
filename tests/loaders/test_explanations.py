"""What a pronoun or a description in a claim's quote stands for is told, with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import article

from graph.model import Ground, Reading
from loaders.reader import LanguageReader

TOLD = [
    (
        "Bruno Petit a fondé Kermeno en 2015. Il a quitté Danone en 2020.",
        "Il",
        ("Bruno Petit", Ground.SUBJECT, "Bruno Petit", 1),
    ),
    (
        "Karim Benali a quitté Thales. Le mois suivant, Airbus l'a recruté.",
        "l'",
        ("Karim Benali", Ground.SUBJECT, "Karim Benali", 1),
    ),
    (
        "Hélène Caron dirige la brasserie Tavelle. Caron est appréciée. Elle a racheté Ostrane.",
        "Elle",
        ("Hélène Caron", Ground.SUBJECT, "Caron", 1),
    ),
    (
        "La verrerie Valcourt a embauché Irène Delmotte. Elle dirigeait auparavant Sérille.",
        "Elle",
        ("Irène Delmotte", Ground.NAMED, "Irène Delmotte", 1),
    ),
    (
        "Gardelis est une start-up nantaise. La jeune pousse a levé 4 millions d'euros "
        "auprès d'Atlanpole Capital.",
        "La jeune pousse",
        ("Gardelis", Ground.CALLED, "Gardelis", 1),
    ),
    (
        "La brasserie Tavelle prospère. La brasserie a racheté Ostrane.",
        "La brasserie",
        ("Tavelle", Ground.CALLED, "Tavelle", 1),
    ),
    (
        "Novatis a été fondée par Lise Moreau. Ce fut long. Cette dernière a rejoint Danone.",
        "Cette dernière",
        ("Lise Moreau", Ground.LAST, "Lise Moreau", 2),
    ),
    (
        "Airbus et Thales ont été choisis. Le premier a racheté Novatis.",
        "Le premier",
        ("Airbus", Ground.RANK, "Airbus", 1),
    ),
    (
        "Paul Ferrand et Lise Moreau dirigent Aurélis. Le premier a fondé Novatis, la seconde a "
        "rejoint Danone.",
        "la seconde",
        ("Lise Moreau", Ground.RANK, "Lise Moreau", 1),
    ),
    (
        "Paul Ferrand et Lise Moreau dirigent Aurélis. Tous deux ont travaillé chez Renault.",
        "Tous deux",
        ("Paul Ferrand", Ground.TOGETHER, "Paul Ferrand", 1),
    ),
    (
        "Claire Vasseur dirige la fonderie Aurélis. La patronne d'Aurélis a rejoint Michelin.",
        "La patronne",
        ("Claire Vasseur", Ground.SPOKEN_OF, "Claire Vasseur", 1),
    ),
    (
        "Le PDG de Kermeno, Bruno Petit, a reçu Lise Moreau. À Nantes, après le dîner, le patron "
        "de Kermeno a rejoint Danone.",
        "le patron",
        ("Bruno Petit", Ground.POST, "Bruno Petit", 1),
    ),
    (
        "Ancien ingénieur de Thales, Hugo Lemaire a fondé Novatis. L'ex-cadre de Bull a rejoint "
        "Danone.",
        "L'ex-cadre",
        ("Hugo Lemaire", Ground.SPOKEN_OF, "Hugo Lemaire", 1),
    ),
    (
        "Ostrane grandit vite, et sa directrice, Nadia Roux, a rejoint Danone.",
        "sa",
        ("Ostrane", Ground.ONLY, "Ostrane", 0),
    ),
]


@pytest.fixture(scope="module")
def explained(reader: LanguageReader) -> Callable[[str], Reading]:
    texts = [text for text, _, _ in TOLD]
    articles = [article(text, number) for number, text in enumerate(texts)]
    return dict(zip(texts, reader.read_many(articles), strict=True)).__getitem__


@pytest.mark.parametrize(("text", "words", "meant"), TOLD)
def test_whom_words_stand_for_is_told_with_the_ground_and_the_antecedent(
    explained: Callable[[str], Reading],
    text: str,
    words: str,
    meant: tuple[str, Ground, str, int],
) -> None:
    told = [
        (each.entity.name, each.ground, each.antecedent and each.antecedent.text, each.back)
        for each in explained(text).resolutions
        if each.words.text == words
    ]
    assert meant in told
