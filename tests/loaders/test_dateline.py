"""The lines of an article that tell when it was published and whom it credits."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.dateline import find_credited_source, find_publication_date

BODY = (
    "La start-up parisienne a été fondée le 3 mars 2020 par deux anciens de Google.\n\n"
    "Elle emploie trente personnes. « Nous recrutons », dit sa directrice.\n"
    "Le 12 avril 2021, elle avait levé 3 millions d'euros.\n"
    "Elle compte s'installer à Lyon.\n"
    "Ses concurrents n'ont pas répondu.\n"
    "Le siège reste à Paris.\n"
    "La suite au prochain numéro."
)


@pytest.mark.parametrize(
    "line",
    [
        "04 juin 2025 à 14h11",
        "Publié le 4 juin 2025 à 9h",
        "Publié le mercredi 4 juin 2025",
        "Paris, le 4 juin 2025",
        "San Francisco (4 juin 2025)",
        "Par Jeanne Martin, le 04/06/2025 à 14:11",
        "Rédigé par Jeanne Martin le 4 juin 2025",
        "Jeanne Martin | 4 juin 2025",
        "Le 4 juin 2025",
        "mercredi 4 juin 2025",
        "4 juin 2025 - 2 min de lecture",
        "2025-06-04T14:11:00+02:00",
        "Publié le 4 juin 2025, mis à jour le 5 juin 2025 à 10h",
        "Mis à jour le 5 juin 2025, publié le 4 juin 2025",
        "Date de publication : 4 juin 2025",
        "Mis en ligne le 4 juin 2025 par la rédaction",
    ],
)
def test_a_dateline_is_read_at_the_head_and_at_the_foot(line: str) -> None:
    expected = dt.date(2025, 6, 4)
    assert find_publication_date(f"Un titre\n{line}\n\n{BODY}") == expected
    assert find_publication_date(f"Un titre\n\n{BODY}\n{line}") == expected
    assert find_publication_date(f"Un titre\n\n{BODY}\n{line}\nSource : Bloomberg\n") == expected


@pytest.mark.parametrize(
    "opening",
    [
        "4 juin 2025. – La start-up a levé des fonds.",
        "4 juin 2025. - La start-up a levé des fonds.",
        "4 juin 2025 — La start-up a levé des fonds.",
        "PARIS, 4 juin 2025 (AFP) - La start-up a levé des fonds.",
        "Paris, le 4 juin 2025 – La start-up a levé des fonds.",
    ],
)
def test_the_date_that_opens_the_text_is_its_dateline(opening: str) -> None:
    assert find_publication_date(f"{opening} {BODY}") == dt.date(2025, 6, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Le rapport publié le 4 juin 2025 montre le contraire.",
        "Sortie le 4 juin 2025",
        "Il est né le 4 juin 1950.",
        "En juin 2025",
        "4 juin",
        "Elle y a travaillé du 3 mars 2024 au 4 juin 2025",
        "Le 4 juin 2025, elle est partie.",
        "le groupe - 4 juin 2025 - a dit non",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(line: str) -> None:
    assert find_publication_date(f"Un titre\n{line}\n\n{BODY}") is None
    assert find_publication_date(f"Un titre\n\n{BODY}\n{line}") is None


def test_the_day_of_publication_goes_before_that_of_a_change() -> None:
    head, foot = "Mis à jour le 9 juin 2025", "Publié le 4 juin 2025"
    assert find_publication_date(f"Titre\n{head}\n{BODY}\n{foot}") == dt.date(2025, 6, 4)
    assert find_publication_date(f"Titre\n{head}\n{BODY}\n8 juin 2025") == dt.date(2025, 6, 8)
    assert find_publication_date(f"Titre\n{head}\n{BODY}") == dt.date(2025, 6, 9)


def test_a_dateline_in_the_middle_of_a_long_article_is_not_looked_at() -> None:
    text = f"{BODY}\n" * 30 + "4 juin 2025\n" + f"{BODY}\n" * 30
    assert find_publication_date(text) is None
    assert find_publication_date(f"{text}\n4 juin 2025\n") == dt.date(2025, 6, 4)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Source : Bloomberg", "Bloomberg"),
        ("Source\u00a0: Bloomberg.", "Bloomberg"),
        ("SOURCE: Bloomberg", "Bloomberg"),
        ("(Source : Le Figaro)", "Le Figaro"),
        ("Sources : Bloomberg, The Information", "Bloomberg"),
        ("Sources : AFP et Reuters", "AFP"),
        ("Sources: Financial Times / Reuters", "Financial Times"),
        ("Source : Sciences et Avenir", "Sciences et Avenir"),
        ("Source : Bloomberg (accès payant)", "Bloomberg"),
        ("Source : « Les Échos »", "Les Échos"),
        ("Source : [The Verge](https://www.example.org/x)", "The Verge"),
        ("Source : https://www.example.org/news/1", "example.org"),
        ("Via : 9to5Mac", "9to5Mac"),
        ("Via The Verge", "The Verge"),
        ("(Avec AFP)", "AFP"),
        ("(avec l'AFP)", "AFP"),
        ("Avec Reuters", "Reuters"),
        ("Le Monde avec AFP", "AFP"),
        ("Elle n'a pas répondu. (Avec Reuters)", "Reuters"),
        ("Elle n'a pas répondu (source : Reuters).", "Reuters"),
    ],
)
def test_the_source_that_a_line_names_is_credited(line: str, source: str) -> None:
    assert find_credited_source(f"Un titre\n\n{BODY}\n{line}") == source
    assert find_credited_source(f"Un titre\n\n{BODY}\n{line}\n4 juin 2025 à 9h\n") == source


@pytest.mark.parametrize(
    "line",
    [
        "Source : notre rédaction",
        "Source : communiqué de presse",
        "Avec agences",
        "(avec agences)",
        "Elle est la source de tous nos maux.",
        "Il a travaillé avec Sam Altman",
        "Travailler avec Meta",
        "Source : ",
        "Source image : Bloomberg",
        "Source : " + "Très long nom " * 10,
        "Source : http://[",
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    assert find_credited_source(f"{line}\n\n{BODY}") is None
    assert find_credited_source(f"Un titre\n\n{BODY}\n{line}") is None


def test_a_title_with_a_company_in_it_credits_nobody() -> None:
    assert find_credited_source("Avec Nvidia\n\nUn entretien.\nUne réponse.\nUne autre.\n") is None


def test_the_last_credit_counts() -> None:
    text = f"Titre\nSource : Reuters\n{BODY}\nSource : Bloomberg"
    assert find_credited_source(text) == "Bloomberg"


LINES = st.sampled_from(
    ["Publié le ", "4 juin 2025", "Source : ", "Avec ", "AFP", "\n", "(", ")", " - ", "Paris, ",
     "[a](b)", "https://x", "mis à jour le ", "31 février 2020", "et", ",", "Par Jeanne", "\x85"]
)  # fmt: skip


@given(st.one_of(st.text(st.characters(), max_size=200), st.lists(LINES, max_size=30).map("".join)))
def test_no_text_makes_the_reading_of_datelines_fail(text: str) -> None:
    published, source = find_publication_date(text), find_credited_source(text)
    assert published is None or 1500 <= published.year < 2100
    assert source is None or source.strip() == source != ""


@pytest.mark.parametrize("hostile", ["Source : ", "4 juin 2025 ", "(", "Avec ", "\n", "[", "a "])
def test_long_hostile_texts_are_read_to_their_end(hostile: str) -> None:
    text = hostile * (200_000 // len(hostile)) + "\nUne ligne.\n4 juin 2025\nSource : AFP"
    assert find_publication_date(text) == dt.date(2025, 6, 4)
    assert find_credited_source(text) == "AFP"


def test_a_language_without_datelines_is_told() -> None:
    with pytest.raises(LookupError, match="xx"):
        find_publication_date("4 juin 2025", "xx")
    with pytest.raises(LookupError, match="xx"):
        find_credited_source("Source : AFP", "xx")
