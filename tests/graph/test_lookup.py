from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from stories import Story, company, organization, person, product

from graph import lookup
from graph.errors import CursorError, NotFoundError
from graph.identity import entity_id, fact_id
from graph.ingest import delete_article, ingest
from graph.model import Amount, EntityRef, Kind, RelationType, Status, VagueDate
from graph.statements import load, statements
from graph.store import Store
from graph.times import When
from graph.views import Direction, Page

GUNTER, PANG, LEE = person("Tom Gunter"), person("Ruoming Pang"), person("Mark Lee")
META, APPLE, BLOOMBERG = company("Meta"), company("Apple"), company("Bloomberg")
SCALE = company("Scale AI")
SIRI = product("Siri")


def fact(subject: EntityRef, relation: str, object_: EntityRef) -> str:
    return fact_id(RelationType(relation), entity_id(subject), entity_id(object_))


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


@pytest.fixture
def press(store: Store) -> Store:
    """Three articles on Meta, of which two repeat Bloomberg."""
    hedged: dict[str, Any] = {"status": Status.HEDGED, "attributed_to": BLOOMBERG}
    package = Amount(value=100e6, currency="USD", bound="at_least", purpose="package")
    ingest(
        store,
        [
            Story("one", outlet="Les Échos", published=day(7, 8), title="Un", url="https://e.fr/1")
            .says(GUNTER, "HIRED_BY", META, amount=package, cues=("aurait",), **hedged)
            .says(GUNTER, "WORKED_AT", APPLE, role="ingénieur")
            .item(),
            Story("two", outlet="Le Monde", published=day(7, 10))
            .says(GUNTER, "HIRED_BY", META, **hedged)
            .says(META, "INVESTED_IN", SCALE)
            .says(META, "PARTNERED_WITH", APPLE, status=Status.DENIED)
            .item(),
            Story("three", outlet="L'AGEFI", published=None)
            .says(PANG, "HIRED_BY", META)
            .says(APPLE, "DEVELOPS", SIRI)
            .item(),
        ],
    )
    return store


def all_of(ask: Callable[..., Page[Any]], **filters: Any) -> list[Any]:
    """Every item of a listing, two at a time."""
    items: list[Any] = []
    cursor = None
    while True:
        page = ask(**filters, cursor=cursor, limit=2)
        items += page.items
        if (cursor := page.next_cursor) is None:
            return items


def at(
    valid_at: dt.date | None = None,
    *,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> When:
    return When(valid_from=valid_at or valid_from, valid_to=valid_at or valid_to)


def related(store: Store, ref: EntityRef, **filters: Any) -> list[tuple[str, str, str]]:
    found = all_of(lambda **more: lookup.relationships(store, entity_id(ref), **more), **filters)
    return [(each.subject.name, each.type.value, each.object.name) for each in found]


def test_every_statement_of_the_look_ups_names_all_the_types_of_the_ontology_or_none() -> None:
    every = "|".join(RelationType)
    naming = [name for name in statements("lookup") if "WORKED_AT" in load(name).text]
    assert "lookup/relationships" in naming
    for name in naming:
        assert f":{every}]" in load(name).text, name


def test_an_entity_tells_how_much_is_known_of_it(press: Store) -> None:
    view = lookup.get_entity(press, entity_id(META))
    assert (view.name, view.kind) == ("Meta", Kind.COMPANY)
    assert (view.articles, view.sources, view.relationships) == (3, 3, 4)


def test_an_entity_that_nobody_mentions_is_not_found(press: Store) -> None:
    with pytest.raises(NotFoundError, match="search for it by name"):
        lookup.get_entity(press, "company-nobody")


def test_entities_are_listed_in_the_order_of_their_ids(press: Store) -> None:
    everything = all_of(lambda **more: lookup.list_entities(press, **more))
    ids = [view.id for view in everything]
    assert ids == sorted(ids)
    assert set(ids) == {
        entity_id(ref) for ref in (GUNTER, PANG, META, APPLE, BLOOMBERG, SCALE, SIRI)
    }
    people = all_of(lambda **more: lookup.list_entities(press, **more), kinds=[Kind.PERSON])
    assert {view.name for view in people} == {"Tom Gunter", "Ruoming Pang"}


def test_relationships_come_by_type_and_id_whatever_the_size_of_the_page(press: Store) -> None:
    found = all_of(lambda **more: lookup.relationships(press, entity_id(META), **more))
    assert [(each.type, each.id) for each in found] == sorted(
        (RelationType(type_), fact(subject, type_, object_))
        for subject, type_, object_ in (
            (GUNTER, "HIRED_BY", META),
            (PANG, "HIRED_BY", META),
            (META, "INVESTED_IN", SCALE),
            (META, "PARTNERED_WITH", APPLE),
        )
    )


def test_a_relationship_shows_what_its_claims_say_together(press: Store) -> None:
    view = lookup.get_relationship(press, fact(GUNTER, "HIRED_BY", META))
    assert (view.subject.name, view.type, view.object.name) == ("Tom Gunter", "HIRED_BY", "Meta")
    assert view.status is Status.HEDGED
    assert (view.sources, view.claims, view.contested) == (1, 2, False)
    assert view.amount == Amount(value=100e6, currency="USD", bound="at_least", purpose="package")
    assert (view.first_reported, view.last_reported) == (day(7, 8), day(7, 10))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"types": [RelationType.INVESTED_IN]}, {"Scale AI"}),
        (
            {"types": [RelationType.INVESTED_IN, RelationType.HIRED_BY]},
            {"Scale AI", "Tom Gunter", "Ruoming Pang"},
        ),
        ({"direction": Direction.OUT}, {"Scale AI", "Apple"}),
        ({"direction": Direction.IN}, {"Tom Gunter", "Ruoming Pang", "Apple"}),
        ({"statuses": [Status.ASSERTED]}, {"Scale AI", "Ruoming Pang"}),
        ({"statuses": [Status.HEDGED, Status.DENIED]}, {"Tom Gunter", "Apple"}),
        ({"other_kinds": [Kind.PERSON]}, {"Tom Gunter", "Ruoming Pang"}),
        ({"other_kinds": [Kind.PERSON], "statuses": [Status.HEDGED]}, {"Tom Gunter"}),
        ({"types": [RelationType.LEADS]}, set()),
    ],
)
def test_relationships_are_filtered(
    press: Store, filters: dict[str, Any], expected: set[str]
) -> None:
    others = {
        name
        for subject, _, object_ in related(press, META, **filters)
        for name in (subject, object_)
    } - {"Meta"}
    assert others == expected


@pytest.mark.parametrize(
    ("start", "end", "when", "held"),
    [
        (None, None, {"valid_at": day(1, 1)}, True),
        (("2025-03-01", "2025-03-31"), None, {"valid_at": day(2, 28)}, False),
        (("2025-03-01", "2025-03-31"), None, {"valid_at": day(3, 1)}, True),
        (("2025-03-01", "2025-03-31"), None, {"valid_at": day(12, 31)}, True),
        ((None, "2025-03-31"), None, {"valid_at": day(1, 1)}, True),
        (None, ("2025-06-01", "2025-06-30"), {"valid_at": day(6, 30)}, True),
        (None, ("2025-06-01", "2025-06-30"), {"valid_at": day(7, 1)}, False),
        (None, ("2025-06-01", None), {"valid_at": day(7, 1)}, True),
        (("2025-03-01", None), ("2025-06-01", "2025-06-30"), {"valid_from": day(7, 1)}, False),
        (("2025-03-01", None), ("2025-06-01", "2025-06-30"), {"valid_to": day(2, 1)}, False),
        (
            ("2025-03-01", None),
            ("2025-06-01", "2025-06-30"),
            {"valid_from": day(6, 1), "valid_to": day(12, 1)},
            True,
        ),
        (
            ("2025-03-01", None),
            ("2025-06-01", "2025-06-30"),
            {"valid_from": day(1, 1), "valid_to": day(3, 1)},
            True,
        ),
    ],
)
def test_a_relationship_passes_the_filter_of_time_when_it_may_have_held(
    store: Store,
    start: tuple[str | None, str | None] | None,
    end: tuple[str | None, str | None] | None,
    when: dict[str, dt.date],
    held: bool,
) -> None:
    story = Story("job").says(
        GUNTER,
        "WORKED_AT",
        APPLE,
        start=start and VagueDate(earliest=start[0], latest=start[1]),
        end=end and VagueDate(earliest=end[0], latest=end[1]),
    )
    ingest(store, [story.item()])
    assert bool(related(store, GUNTER, when=at(**when))) is held


def test_relationships_of_an_entity_that_is_not_there_are_not_found(press: Store) -> None:
    with pytest.raises(NotFoundError):
        lookup.relationships(press, "company-nobody")
    assert lookup.relationships(press, entity_id(BLOOMBERG)).items == []


def test_loading_meanwhile_neither_repeats_nor_hides_a_relationship(press: Store) -> None:
    before = related(press, META)
    first = lookup.relationships(press, entity_id(META), limit=2)
    story = Story("four", outlet="Le Figaro")
    for number in range(5):
        story.says(person(f"Paul Martin {number}"), "HIRED_BY", META)
        story.says(META, "INVESTED_IN", company(f"Start-up {number}"))
    story.says(GUNTER, "HIRED_BY", META)
    ingest(press, [story.item()])
    seen = list(first.items)
    cursor = first.next_cursor
    while cursor is not None:
        page = lookup.relationships(press, entity_id(META), limit=2, cursor=cursor)
        seen += page.items
        cursor = page.next_cursor
    names = [(each.subject.name, each.type.value, each.object.name) for each in seen]
    assert len(names) == len(set(names))
    assert set(before) <= set(names)


def test_a_cursor_with_other_filters_is_refused(press: Store) -> None:
    cursor = lookup.relationships(press, entity_id(META), limit=1).next_cursor
    assert cursor is not None
    for more in ({"statuses": [Status.HEDGED]}, {"when": at(day(1, 1))}):
        with pytest.raises(CursorError, match="other filters"):
            lookup.relationships(press, entity_id(META), cursor=cursor, **more)  # type: ignore[arg-type]
    with pytest.raises(CursorError, match="other filters"):
        lookup.relationships(press, entity_id(APPLE), cursor=cursor)


def test_evidence_tells_who_said_it_where_and_in_which_words(press: Store) -> None:
    newer, older = lookup.evidence(press, fact(GUNTER, "HIRED_BY", META)).items
    assert (newer.article.id, older.article.id) == ("two", "one")
    assert older.article.model_dump() == {
        "id": "one",
        "title": "Un",
        "outlet": "Les Échos",
        "url": "https://e.fr/1",
        "published": day(7, 8),
    }
    assert older.quote.text == "Tom Gunter HIRED_BY Meta."
    text = lookup.get_article(press, "one").text
    assert text[older.quote.start : older.quote.end] == older.quote.text
    assert older.attributed_to is not None
    assert (older.attributed_to.name, older.source) == ("Bloomberg", "outlet:bloomberg")
    assert (older.status, older.cues) == (Status.HEDGED, ["aurait"])
    assert older.amount is not None
    assert newer.amount is None


def test_evidence_comes_in_pages_with_undated_articles_last(store: Store) -> None:
    days = [day(7, 3), day(7, 1), None, day(7, 3), None, day(7, 2)]
    ingest(
        store,
        [
            Story(f"a{number}", published=published).says(GUNTER, "LEADS", META).item()
            for number, published in enumerate(days)
        ],
    )
    seen = all_of(lambda **more: lookup.evidence(store, fact(GUNTER, "LEADS", META), **more))
    assert [each.article.published for each in seen] == [
        day(7, 3),
        day(7, 3),
        day(7, 2),
        day(7, 1),
        None,
        None,
    ]
    assert len({each.id for each in seen}) == 6


def test_the_evidence_of_a_symmetric_relationship_keeps_who_was_named_first(store: Store) -> None:
    ingest(
        store,
        [
            Story("a", published=day(1, 1)).says(META, "PARTNERED_WITH", APPLE).item(),
            Story("b", published=day(1, 2)).says(APPLE, "PARTNERED_WITH", META).item(),
        ],
    )
    id_ = fact(META, "PARTNERED_WITH", APPLE)
    assert lookup.get_relationship(store, id_).claims == 2
    assert [each.subject.name for each in lookup.evidence(store, id_).items] == ["Apple", "Meta"]


def test_a_relationship_without_claims_is_not_found(press: Store) -> None:
    for ask in (lookup.get_relationship, lookup.evidence):
        with pytest.raises(NotFoundError, match="no relationship"):
            ask(press, "fact-nothing")


def test_articles_come_newest_first_and_undated_ones_last(press: Store) -> None:
    seen = all_of(lambda **more: lookup.list_articles(press, **more))
    assert [each.id for each in seen] == ["two", "one", "three"]
    assert seen[0].claim_count == 3


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlet": "Le Monde"}, ["two"]),
        ({"outlet": "le monde"}, []),
        ({"published_from": day(7, 9)}, ["two"]),
        ({"published_to": day(7, 8)}, ["one"]),
        ({"published_from": day(7, 8), "published_to": day(7, 10)}, ["two", "one"]),
        ({"mentioning": entity_id(BLOOMBERG)}, ["two", "one"]),
        ({"mentioning": entity_id(SIRI)}, ["three"]),
        ({"mentioning": entity_id(META), "outlet": "Les Échos"}, ["one"]),
        ({"mentioning": "company-nobody"}, []),
    ],
)
def test_articles_are_filtered(press: Store, filters: dict[str, Any], expected: list[str]) -> None:
    seen = all_of(lambda **more: lookup.list_articles(press, **more), **filters)
    assert [each.id for each in seen] == expected


def test_articles_that_are_loaded_or_deleted_meanwhile_disturb_no_listing(press: Store) -> None:
    first = lookup.list_articles(press, limit=1)
    delete_article(press, "two")
    ingest(press, [Story("five", published=day(7, 9)).says(LEE, "LEADS", META).item()])
    seen = [each.id for each in first.items]
    cursor = first.next_cursor
    while cursor is not None:
        page = lookup.list_articles(press, limit=1, cursor=cursor)
        seen += [each.id for each in page.items]
        cursor = page.next_cursor
    assert seen == ["two", "five", "one", "three"]


def test_an_article_shows_its_claims_and_entities_in_the_order_of_its_text(press: Store) -> None:
    article = lookup.get_article(press, "two")
    assert [claim.type for claim in article.claims] == [
        "HIRED_BY",
        "INVESTED_IN",
        "PARTNERED_WITH",
    ]
    assert [entity.name for entity in article.entities][:2] == ["Tom Gunter", "Meta"]
    for entity in article.entities:
        words = {article.text[place.start : place.end] for place in entity.mentions}
        assert words <= {entity.name_in_article, *entity.surfaces}


def test_an_article_that_is_not_there_is_not_found(press: Store) -> None:
    with pytest.raises(NotFoundError, match="no article"):
        lookup.get_article(press, "nope")


def test_names_that_look_like_cypher_or_html_are_only_names(store: Store) -> None:
    strange = person("Bobby'}) DETACH DELETE (n) //")
    markup = organization("<script>alert(1)</script>")
    ingest(store, [Story("odd").says(strange, "WORKED_AT", markup).item()])
    (found,) = lookup.relationships(store, entity_id(strange)).items
    assert (found.subject.name, found.object.name) == (strange.name, markup.name)
    with pytest.raises(NotFoundError):
        lookup.get_entity(store, "x'}) DETACH DELETE (n) //")
    assert lookup.get_article(store, "odd").text
