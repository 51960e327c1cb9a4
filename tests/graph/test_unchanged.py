"""What need not be read again: an article that is stored just as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from graph import rows
from graph.ingest import ingest
from graph.model import Article, Reading
from graph.store import Store
from graph.unchanged import unchanged

ARTICLE = Article(
    id="one",
    text="Meta a recruté Mark Lee.",
    title="Un départ",
    url="https://example.org/1",
    outlet="L'Écho",
    author="Ada",
    language="fr",
    published=dt.date(2025, 7, 8),
    origin="/press/one.txt",
    credited_source="Bloomberg",
)
READER = "by-hand-1"


def stored(store: Store, article: Article) -> Store:
    reading = Reading(article_id=article.id, extractor=READER, language="fr")
    ingest(store, [(article, reading)])
    return store


def test_an_article_that_is_stored_just_so_need_not_be_read(store: Store) -> None:
    assert unchanged(stored(store, ARTICLE), [ARTICLE], {READER}) == {"one"}


def test_an_article_that_says_nothing_but_its_text_need_not_be_read_again(store: Store) -> None:
    bare = Article(id="bare", text="Meta a recruté Mark Lee.")
    assert unchanged(stored(store, bare), [bare], {READER}) == {"bare"}


def test_an_article_that_was_moved_need_not_be_read(store: Store) -> None:
    moved = ARTICLE.model_copy(update={"origin": "/archive/one.txt"})
    assert unchanged(stored(store, ARTICLE), [moved], {READER}) == {"one"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "Meta a recruté Tom Gunter."),
        ("title", "Deux départs"),
        ("title", None),
        ("url", None),
        ("outlet", "Le Fil"),
        ("author", "Bob"),
        ("language", "en"),
        ("published", dt.date(2025, 7, 9)),
        ("credited_source", None),
    ],
)
def test_an_article_that_differs_is_read(store: Store, field: str, value: Any) -> None:
    changed = ARTICLE.model_copy(update={field: value})
    assert unchanged(stored(store, ARTICLE), [changed], {READER}) == set()


def test_an_article_that_another_reader_has_read_is_read(store: Store) -> None:
    assert unchanged(stored(store, ARTICLE), [ARTICLE], {"by-hand-2"}) == set()


def test_an_article_that_an_older_version_stored_otherwise_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LAYOUT", rows.LAYOUT - 1)
    assert unchanged(stored(store, ARTICLE), [ARTICLE], {READER}) == set()


def test_an_article_that_is_not_stored_is_read(store: Store) -> None:
    other = ARTICLE.model_copy(update={"id": "two"})
    assert unchanged(stored(store, ARTICLE), [other, ARTICLE], {READER}) == {"one"}


def test_every_field_of_an_article_is_compared_or_left_out_on_purpose() -> None:
    from graph.unchanged import _COMPARED

    left_out = {"id", "text", "language", "origin"}  # the key; its hash; the reader's; see above
    assert set(Article.model_fields) == left_out | set(_COMPARED)
