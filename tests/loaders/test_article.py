"""Preparing an article: its text, its fields, its id."""

from __future__ import annotations

import datetime as dt
import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Article
from loaders import errors
from loaders.article import (
    MAX_ID_LENGTH,
    article_id_from_path,
    language_from_path,
    normalise_text,
    prepare,
)

FRENCH = "L'entreprise a recruté une ancienne dirigeante de la banque pour mener ce projet."
TODAY = dt.date(2025, 6, 10)


def test_line_ends_become_newlines_and_letters_are_composed() -> None:
    text = unicodedata.normalize("NFD", "Élodie\r\nNaïm\rfin\n")
    assert normalise_text(text) == "Élodie\nNaïm\nfin\n"


def test_nothing_else_in_a_text_is_changed() -> None:
    text = "  « L’IA »\u00a0: 10\u202f000 €…\t\n\n\u200b**gras** <b>&amp;</b> \ufb01n  "
    assert normalise_text(text) == text


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    try:
        once = normalise_text(text)
    except errors.EmptyArticleError:
        return
    assert normalise_text(once) == once


def test_preparing_twice_is_preparing_once() -> None:
    article = Article(id="a", text=FRENCH + "\r\n", title=" Un\ntitre ", published=TODAY)
    once = prepare(article, today=TODAY)
    assert prepare(once, today=TODAY) == once


def test_the_language_is_found_in_the_text_when_it_is_not_given() -> None:
    assert prepare(Article(id="a", text=FRENCH)).language == "fr"


def test_the_title_helps_to_find_the_language_of_a_brief() -> None:
    brief = Article(id="a", text="Elle quitte Radio Centre.")
    assert prepare(brief).language is None
    titled = brief.model_copy(update={"title": "La journaliste rejoint une chaîne concurrente"})
    assert prepare(titled).language == "fr"


def test_a_given_language_is_kept_and_reduced_to_its_code() -> None:
    assert prepare(Article(id="a", text=FRENCH, language="en")).language == "en"
    assert prepare(Article(id="a", text=FRENCH, language="FR-ca")).language == "fr"
    assert prepare(Article(id="a", text=FRENCH, language=" ")).language == "fr"


def test_a_language_that_is_no_code_is_refused() -> None:
    with pytest.raises(errors.FieldError, match="lang: 'français' is not a language code"):
        prepare(Article(id="a", text=FRENCH, language="français"))


def test_a_given_date_and_source_are_kept() -> None:
    article = Article(id="a", text=FRENCH, published=TODAY, credited_source="Reuters")
    prepared = prepare(article, today=TODAY)
    assert (prepared.published, prepared.credited_source) == (TODAY, "Reuters")


def test_the_date_and_the_source_are_found_at_the_foot_of_the_text() -> None:
    article = Article(id="a", text=f"{FRENCH}\n04 février 2025 à 14h11\nSource : Bloomberg")
    prepared = prepare(article, today=TODAY)
    assert prepared.published == dt.date(2025, 2, 4)
    assert prepared.credited_source == "Bloomberg"


def test_a_day_to_come_at_the_foot_of_the_text_is_not_taken_for_its_date() -> None:
    article = Article(id="a", text=f"{FRENCH}\n04 février 2025 à 14h11\n")
    assert prepare(article, today=dt.date(2025, 1, 15)).published is None


def test_a_publication_date_may_be_a_day_ahead_but_no_more() -> None:
    tomorrow, later = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=2)
    assert prepare(Article(id="a", text=FRENCH, published=tomorrow), today=TODAY)
    with pytest.raises(errors.FutureDateError, match="published: 2025-06-12 is in the future"):
        prepare(Article(id="a", text=FRENCH, published=later), today=TODAY)


def test_a_title_is_one_line_and_a_blank_one_is_none() -> None:
    prepared = prepare(Article(id="a", text=FRENCH, title=" Un \n titre\t", outlet="  "))
    assert (prepared.title, prepared.outlet) == ("Un titre", None)


@pytest.mark.parametrize("field", ["outlet", "author", "credited_source"])
def test_a_name_of_five_thousand_characters_is_refused(field: str) -> None:
    article = Article(id="a", text=FRENCH).model_copy(update={field: "x" * 5_000})
    with pytest.raises(errors.FieldError, match=f"{field}: 5,000 characters are too many"):
        prepare(article)


def test_markup_and_cypher_in_a_title_are_kept_as_they_are() -> None:
    title = "<script>alert(1)</script> `}) DETACH DELETE n //"
    assert prepare(Article(id="a", text=FRENCH, title=title)).title == title


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "example.org/a", "https://a b", 'http://"']
)
def test_an_address_that_is_none_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(errors.FieldError, match="url"):
        prepare(Article(id="a", text=FRENCH, url=url))


def test_an_address_may_have_letters_with_accents() -> None:
    url = "https://example.org/wiki/Édition_«_du_soir_»?a=b"
    assert prepare(Article(id="a", text=FRENCH, url=url)).url == url


def test_an_error_of_a_field_names_it_and_survives_pickling() -> None:
    error = errors.FutureDateError("published", "2099-01-01 is in the future")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is errors.FutureDateError
    assert (again.field, str(again)) == ("published", str(error))


def test_every_error_of_the_package_is_in_the_tree_of_its_docstring() -> None:
    tree = errors.__doc__ or ""
    classes = [c for c in vars(errors).values() if isinstance(c, type)]
    assert len(classes) > 8
    for error in classes:
        assert f"{error.__name__} " in tree or f"{error.__name__}\n" in tree
        assert issubclass(error, errors.LoaderError)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("news/001-meta-apple.fr.txt", "001-meta-apple"),
        ("news/001-meta-apple.txt", "001-meta-apple"),
        ("news/2025/06/breve.md", "2025/06/breve"),
        ("news/a.FR.JSON", "a"),
        ("news/rapport.ai.txt", "rapport.ai"),
        ("news/v1.2.txt", "v1.2"),
        ("news/deux mots.txt", "deux mots"),
        ("news/sans-fin", "sans-fin"),
        ("news/stock.jsonl", "stock"),
    ],
)
def test_the_id_is_the_name_below_the_folder_without_language_and_ending(
    path: str, expected: str
) -> None:
    assert article_id_from_path(Path("news"), Path(path)) == expected


def test_the_id_of_a_file_given_by_itself_is_its_name() -> None:
    path = Path("/somewhere/else/a.fr.md")
    assert article_id_from_path(path, path) == "a"


def test_the_id_is_the_same_however_the_system_composes_letters() -> None:
    root = Path("n")
    ids = {
        article_id_from_path(root, root / unicodedata.normalize(form, "élysée.txt"))
        for form in ("NFC", "NFD")
    }
    assert ids == {"élysée"}


def test_bytes_and_control_characters_that_an_id_cannot_hold_are_escaped() -> None:
    assert article_id_from_path(Path("n"), Path("n/a\nb\udce9%.txt")) == "a%0Ab%E9%25"


def test_ids_that_would_be_too_long_stay_apart() -> None:
    root, deep = Path("n"), "x" * 200
    one, two = (article_id_from_path(root, root / deep / f"{deep}{end}.txt") for end in "ab")
    assert one != two
    assert len(one) <= MAX_ID_LENGTH


@given(st.text(min_size=1, max_size=400).filter(lambda name: "/" not in name and "\0" not in name))
def test_every_file_name_gives_an_id_that_an_article_may_have(name: str) -> None:
    identity = article_id_from_path(Path("n"), Path("n") / (name + ".txt"))
    assert Article(id=identity, text="x").id == identity


def test_the_language_can_stand_in_the_name_of_the_file() -> None:
    assert language_from_path(Path("a.en.txt")) == "en"
    assert language_from_path(Path("a.FR.md")) == "fr"
    assert language_from_path(Path("a.txt")) is None
    assert language_from_path(Path("a.ai.txt")) is None
