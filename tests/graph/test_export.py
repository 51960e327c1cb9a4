"""The JSON form of articles: the same from a reading and from the store, and in a stable order."""

from __future__ import annotations

import itertools
import json

import pytest
from stories import Story, company, person, product

from graph import export
from graph.export import iter_export, reading_to_json
from graph.ingest import ingest
from graph.model import Amount, Article, Reading, Status
from graph.store import Store

PANG, META, APPLE, BLOOMBERG = (
    person("Ruoming Pang"),
    company("Meta"),
    company("Apple Inc."),
    company("Bloomberg"),
)


def everything() -> Story:
    return (
        Story("tout")
        .says(
            PANG,
            "HIRED_BY",
            META,
            role="responsable",
            amount=Amount(value=2e8, currency="USD", bound="about", purpose="package"),
            status=Status.REPORTED,
            attributed_to=BLOOMBERG,
        )
        .says(APPLE, "USES", product("Llama 4"), amount=Amount(value=2.5, currency="EUR"))
        .mentions(company("apple"), "la marque à la pomme")
        .says(META, "PARTNERED_WITH", APPLE, quote='Meta et Apple Inc. : « un "accord" »')
    )


def test_the_form_is_the_documented_one() -> None:
    assert reading_to_json(*everything().item()) == {
        "id": "tout",
        "entities": [
            {"name": "Ruoming Pang", "kind": "Person"},
            {"name": "Meta", "kind": "Company"},
            {"name": "Bloomberg", "kind": "Company"},
            {"name": "Apple Inc.", "kind": "Company"},
            {"name": "Llama 4", "kind": "Product"},
            {"name": "apple", "kind": "Company"},
        ],
        "claims": [
            {
                "subject": "Ruoming Pang",
                "relation": "HIRED_BY",
                "object": "Meta",
                "role": "responsable",
                "amount": {
                    "value": 200000000,
                    "currency": "USD",
                    "bound": "about",
                    "for": "package",
                },
                "status": "reported",
                "attributed_to": "Bloomberg",
                "quote": "Ruoming Pang HIRED_BY Meta.",
            },
            {
                "subject": "Apple Inc.",
                "relation": "USES",
                "object": "Llama 4",
                "role": None,
                "amount": {"value": 2.5, "currency": "EUR", "bound": "exact", "for": None},
                "status": "asserted",
                "attributed_to": None,
                "quote": "Apple Inc. USES Llama 4.",
            },
            {
                "subject": "Meta",
                "relation": "PARTNERED_WITH",
                "object": "Apple Inc.",
                "role": None,
                "amount": None,
                "status": "asserted",
                "attributed_to": None,
                "quote": 'Meta et Apple Inc. : « un "accord" »',
            },
        ],
    }


def test_a_whole_amount_is_written_without_a_fraction(store: Store) -> None:
    ingest(store, [everything().item()])
    [stored] = iter_export(store)
    for form in (stored, reading_to_json(*everything().item())):
        assert '"value": 200000000,' in json.dumps(form)
        assert '"value": 2.5,' in json.dumps(form)


def test_a_loaded_article_and_its_reading_have_one_form(store: Store) -> None:
    item = everything().item()
    ingest(store, [item])
    [stored] = iter_export(store)
    # As text, in which the order of keys and of lists shows.
    assert json.dumps(stored) == json.dumps(reading_to_json(*item))


def test_an_article_without_claims_is_exported_too(store: Store) -> None:
    article = Article(id="vide", text="Rien.")
    reading = Reading(article_id="vide", extractor="none", skipped="a language that nobody reads")
    ingest(store, [(article, reading)])
    assert list(iter_export(store)) == [{"id": "vide", "entities": [], "claims": []}]


def test_an_empty_store_exports_nothing(store: Store) -> None:
    assert list(iter_export(store)) == []


@pytest.mark.parametrize(("ids", "articles"), [(1, 1), (2, 3), (7, 2), (8, 8), (100, 3)])
def test_articles_come_once_each_in_the_order_of_their_ids(
    store: Store, monkeypatch: pytest.MonkeyPatch, ids: int, articles: int
) -> None:
    monkeypatch.setattr(export, "_IDS", ids)
    monkeypatch.setattr(export, "_ARTICLES", articles)
    names = ["b", "a", "é", "a/1", "Z", "a-1", "🤗", "10"]
    ingest(store, [Story(name).says(PANG, "HIRED_BY", META).item() for name in names])
    exported = list(iter_export(store))
    assert [article["id"] for article in exported] == sorted(names)
    assert all(len(article["claims"]) == 1 for article in exported)


def test_an_article_deleted_meanwhile_is_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_ARTICLES", 2)
    ingest(store, [Story(name).says(PANG, "HIRED_BY", META).item() for name in "abcdef"])
    exporting = iter_export(store)
    first = [article["id"] for article in itertools.islice(exporting, 2)]
    store.write(lambda transaction: transaction.run("store/clear"))
    assert (first, list(exporting)) == (["a", "b"], [])
