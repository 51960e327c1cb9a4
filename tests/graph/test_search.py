from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, company, organization, person, product

from graph.errors import CursorError, ModelError
from graph.identity import entity_id
from graph.ingest import ingest
from graph.lookup import list_articles, list_entities
from graph.model import Kind
from graph.search import lucene_query, search_entities, similarity
from graph.store import Store

META, APPLE = company("Meta"), company("Apple")
PEOPLE = [
    person(name)
    for name in (
        "Tom Gunter",
        "Mark Zuckerberg",
        "Mark Lee",
        "Ruoming Pang",
        "François Chollet",
        "Arthur Mensch",
        "Jean-Noël Barrot",
    )
]
THINGS = [
    META,
    APPLE,
    company("Scale AI"),
    company("L'Oréal"),
    company("Mistral AI"),
    company("Société Générale"),
    product("Mistral"),
    product("Llama 4"),
    product("Llama 3.1"),
    product("Apple Intelligence"),
    organization("Meta Superintelligence Labs"),
]


@pytest.fixture
def names(store: Store) -> Store:
    story = Story("names")
    for ref in (*PEOPLE, *THINGS):
        story.mentions(ref)
    ingest(store, [story.item()])
    return store


def found(store: Store, text: str, **more: object) -> list[str]:
    return [hit.name for hit in search_entities(store, text, **more).items]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Tom Gunter", "Tom Gunter"),
        ("tom gunter", "Tom Gunter"),
        ("GUNTER", "Tom Gunter"),
        ("günther", "Tom Gunter"),
        ("Gunter, Tom", "Tom Gunter"),
        ("tom gun", "Tom Gunter"),
        ("zukerberg", "Mark Zuckerberg"),
        ("zuckerburg", "Mark Zuckerberg"),
        ("marc zuckerberg", "Mark Zuckerberg"),
        ("mark zukerberg", "Mark Zuckerberg"),
        ("francois chollet", "François Chollet"),
        ("Francois", "François Chollet"),
        ("jean noel barrot", "Jean-Noël Barrot"),
        ("loreal", "L'Oréal"),
        ("l’oréal", "L'Oréal"),
        ("societe general", "Société Générale"),
        ("scaleai", "Scale AI"),
        ("scale", "Scale AI"),
        ("llama 4", "Llama 4"),
        ("LLaMA-3.1", "Llama 3.1"),
        ("pang", "Ruoming Pang"),
        ("ruomin", "Ruoming Pang"),
        ("superinteligence", "Meta Superintelligence Labs"),
        ("meta", "Meta"),
        ("apple", "Apple"),
        ("aple", "Apple"),
    ],
)
def test_accents_case_typos_and_unfinished_words_are_forgiven(
    names: Store, asked: str, name: str
) -> None:
    assert found(names, asked)[0] == name


def test_a_word_that_some_name_holds_is_not_taken_for_a_misspelt_one(store: Store) -> None:
    story = Story("alike").mentions(company("Metta")).mentions(company("Meta"))
    ingest(store, [story.item()])
    assert found(store, "metta") == ["Metta"]
    assert found(store, "metto") == ["Metta"]


def test_what_looks_like_no_name_finds_nothing(names: Store) -> None:
    assert found(names, "xylophone") == []


def test_the_score_and_the_name_that_fits_are_told(names: Store) -> None:
    exact, *others = search_entities(names, "mark lee").items
    assert (exact.name, exact.score, exact.matched) == ("Mark Lee", 100.0, "Mark Lee")
    assert all(hit.score < 100 for hit in others)


def test_only_the_kind_that_is_asked_for_is_found(names: Store) -> None:
    assert found(names, "mistral") == ["Mistral", "Mistral AI"]
    assert found(names, "mistral", kind=Kind.COMPANY) == ["Mistral AI"]
    assert found(names, "mistral", kind=Kind.PERSON) == []


def test_an_entity_is_found_by_the_names_that_articles_give_it_but_not_by_descriptions(
    store: Store,
) -> None:
    meta_story = Story("a").mentions(META, "Facebook", "le géant des réseaux sociaux")
    ingest(store, [meta_story.item()])
    (hit,) = search_entities(store, "facebook").items
    assert (hit.name, hit.matched) == ("Meta", "Facebook")
    assert hit.score < 100
    assert found(store, "géant") == []


def test_of_equal_names_the_one_with_more_independent_sources_comes_first(store: Store) -> None:
    model, firm = product("Mistral"), company("Mistral")
    ingest(
        store,
        [
            Story("a", outlet="Les Échos").mentions(firm).item(),
            Story("b", outlet="Les Échos").mentions(firm).item(),
            Story("c", outlet="Le Monde").mentions(model).item(),
            Story("d", outlet="L'AGEFI").mentions(model).item(),
        ],
    )
    first, second = search_entities(store, "mistral").items
    assert (first.kind, first.sources, first.articles) == (Kind.PRODUCT, 2, 2)
    assert (second.kind, second.sources, second.articles) == (Kind.COMPANY, 1, 2)


def test_as_of_a_day_only_what_an_article_mentions_by_then_is_found(store: Store) -> None:
    tom = person("Tom Gunter")
    ingest(
        store,
        [
            Story("a", published=dt.date(2025, 7, 1), outlet="Les Échos").mentions(META).item(),
            Story("b", published=dt.date(2025, 7, 9), outlet="Le Monde")
            .says(tom, "HIRED_BY", META)
            .item(),
        ],
    )
    early, late = dt.date(2025, 7, 8), dt.date(2025, 7, 9)
    assert search_entities(store, "gunter", known_at=early).items == []
    (found_then,) = search_entities(store, "meta", known_at=early).items
    assert (found_then.articles, found_then.sources, found_then.relationships) == (1, 1, 0)
    assert search_entities(store, "meta", known_at=late) == search_entities(store, "meta")
    assert [each.name for each in list_entities(store, known_at=early).items] == ["Meta"]
    assert list_entities(store, known_at=late) == list_entities(store)
    assert [each.id for each in list_articles(store, known_at=early).items] == ["a"]
    of_meta = {"mentioning": entity_id(META), "known_at": early}
    assert [each.id for each in list_articles(store, **of_meta).items] == ["a"]
    assert list_articles(store, known_at=late) == list_articles(store)


def test_pages_hold_each_hit_once(store: Store) -> None:
    story = Story("many")
    for number in range(30):
        story.mentions(person(f"Paul Martin {number}"))
    ingest(store, [story.item()])
    seen: list[str] = []
    cursor = None
    while True:
        page = search_entities(store, "paul martin", limit=7, cursor=cursor)
        seen += [hit.id for hit in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert len(seen) == len(set(seen)) == 30
    assert seen == [hit.id for hit in search_entities(store, "paul martin", limit=50).items]


def test_a_cursor_of_another_search_is_refused(names: Store) -> None:
    cursor = search_entities(names, "mark", limit=1).next_cursor
    assert cursor is not None
    with pytest.raises(CursorError):
        search_entities(names, "tom", cursor=cursor)


@pytest.mark.parametrize("text", ["", " ", "***", "!?", "\u200b", "~"])
def test_a_query_without_letter_or_digit_is_refused(store: Store, text: str) -> None:
    with pytest.raises(ModelError, match="letter or digit"):
        search_entities(store, text)


def test_a_query_longer_than_any_name_is_refused(store: Store) -> None:
    with pytest.raises(ModelError, match="at most"):
        search_entities(store, "a" * 5000)


@pytest.mark.parametrize(
    "text",
    [
        "') RETURN 1 //",
        "name:* OR id:*",
        "a AND NOT b OR (c",
        "[a TO z]",
        '"unfinished',
        "tom^99999",
        "tom~",
        "/apple.*/",
        "apple\\",
        "-apple +meta",
        "a && b || !c",
        "{a TO b}",
        "<script>alert(1)</script>",
        "ЯндексとGoogle 中文 हिन्दी",
        "½ ² ﬁ ı ß",
    ],
)
def test_operators_of_query_languages_are_words_like_others(names: Store, text: str) -> None:
    search_entities(names, text)


@given(st.text(max_size=80))
def test_only_letters_digits_and_dots_reach_the_full_text_query(text: str) -> None:
    for clause in filter(None, lucene_query(text, text.split()).split(" OR ")):
        word = clause.removesuffix("^4").removesuffix("*").removesuffix("~1").removesuffix("~2")
        assert word
        assert not set(word) & set('+-&|!(){}[]^"~*?:\\/<>= \x00')
        assert word == word.lower() or not word.isascii()


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_lies_between_0_and_100_and_is_100_for_the_same(one: str, two: str) -> None:
    assert 0 <= similarity(one, two) <= 100
    if one.split():
        assert similarity(one, one) == 100
