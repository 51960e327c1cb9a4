"""Accounts, lives, claims, sources, colleagues, portraits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from stories import Story, company, person, product

from graph.accounts import Outcome, account, between, life
from graph.claims import ClaimFilter, get_claim, list_claims, timeline
from graph.colleagues import colleagues
from graph.errors import ModelError, NotFoundError
from graph.fact_rule import Verdict
from graph.identity import entity_id, fact_id
from graph.ingest import ingest
from graph.model import Amount, EntityRef, Kind, RelationType, Status, VagueDate
from graph.portraits import portrait
from graph.sources import Confirmation, cited_for, get_source, list_sources
from graph.store import Store
from graph.times import Held, When

GUNTER, PANG, LEE = person("Tom Gunter"), person("Ruoming Pang"), person("Mark Lee")
META, APPLE, BLOOMBERG = company("Meta"), company("Apple"), company("Bloomberg")
MISTRAL = company("Mistral")
HIRE = fact_id(RelationType.HIRED_BY, entity_id(GUNTER), entity_id(META))


def day(number: int, month: int = 7) -> dt.date:
    return dt.date(2025, month, number)


def dollars(value: float) -> Amount:
    return Amount(value=value, currency="USD", purpose="package")


@pytest.fixture
def press(store: Store) -> Store:
    hire = (GUNTER, "HIRED_BY", META)
    rumour: dict[str, Any] = {"status": Status.HEDGED, "attributed_to": BLOOMBERG}
    stories = [
        Story("one", outlet="Les Échos", published=day(1))
        .says(*hire, amount=dollars(100e6), confidence=0.5, **rumour)
        .says(LEE, "HIRED_BY", META, **rumour),
        Story("two", outlet="Bloomberg", published=day(4)).says(
            *hire, role="ingénieur", status=Status.REPORTED, amount=dollars(200e6)
        ),
        Story("three", outlet="Le Monde", published=day(10))
        .says(*hire)
        .says(GUNTER, "WORKED_AT", META),
        Story("four", outlet="Le Figaro", published=day(20))
        .says(*hire, status=Status.DENIED)
        .says(META, "INVESTED_IN", MISTRAL, status=Status.DENIED),
        Story("five", published=None).says(MISTRAL, "DEVELOPS", product("Mistral")),
    ]
    ingest(store, [story.item() for story in stories])
    return store


def test_an_account_tells_what_the_rule_makes_of_each_claim(press: Store) -> None:
    told = account(press, HIRE)
    assert told.relationship.status is Status.DENIED
    assert told.relationship.contested
    assert [(each.article.id, each.verdict) for each in told.claims] == [
        ("one", Verdict.RELAYED),
        ("two", Verdict.OPPOSED),
        ("three", Verdict.OPPOSED),
        ("four", Verdict.DISPLAYED),
    ]
    assert told.chosen == {"status": told.claims[3].id}


def test_an_account_is_that_of_the_day_and_names_the_claim_of_each_value(press: Store) -> None:
    told = account(press, HIRE, when=When(known_at=day(10)))
    by_id = {each.id: each for each in told.claims}
    assert {what: by_id[id_].article.id for what, id_ in told.chosen.items()} == {
        "status": "three",
        "role": "two",
        "amount": "two",
    }
    assert told.relationship.amount == dollars(200e6)
    with pytest.raises(NotFoundError):
        account(press, HIRE, when=When(known_at=day(30, 6)))


def test_all_that_joins_two_entities_is_told_whichever_is_named_first(press: Store) -> None:
    told = between(press, entity_id(META), entity_id(GUNTER))
    assert [each.relationship.type for each in told.accounts] == ["HIRED_BY", "WORKED_AT"]
    swapped = between(press, entity_id(GUNTER), entity_id(META))
    assert swapped.accounts == told.accounts
    assert between(press, entity_id(LEE), entity_id(GUNTER)).accounts == []
    with pytest.raises(NotFoundError):
        between(press, entity_id(LEE), "company-nobody")
    with pytest.raises(ModelError):
        between(press, entity_id(LEE), entity_id(LEE))


def test_the_life_of_a_rumour_goes_from_hedged_to_confirmed_to_denied(press: Store) -> None:
    told = life(press, HIRE)
    assert told.outcome is Outcome.DENIED
    assert told.began_as is Status.HEDGED
    assert [(stage.day, stage.status, stage.sources) for stage in told.stages] == [
        (day(1), "hedged", 1),
        (day(4), "reported", 1),
        (day(10), "asserted", 2),
        (day(20), "denied", 1),
    ]
    assert told.first_said == {
        Status.HEDGED: day(1),
        Status.REPORTED: day(4),
        Status.ASSERTED: day(10),
        Status.DENIED: day(20),
    }
    assert (told.confirmed_on, told.denied_on) == (day(10), day(20))
    assert life(press, HIRE, known_at=day(4)).outcome is Outcome.OPEN
    assert life(press, HIRE, known_at=day(12)).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ({}, ["four", "four", "three", "three", "two", "one", "one", "five"]),
        ({"types": [RelationType.DEVELOPS]}, ["five"]),
        ({"statuses": [Status.HEDGED, Status.REPORTED]}, ["two", "one", "one"]),
        ({"source": "outlet:bloomberg"}, ["two", "one", "one"]),
        ({"currency": "USD"}, ["two", "one"]),
        ({"currency": "USD", "min_amount": 150e6}, ["two"]),
        ({"currency": "USD", "max_amount": 100e6}, ["one"]),
        ({"currency": "EUR", "min_amount": 1}, []),
        ({"min_confidence": 0.6, "source": "outlet:bloomberg"}, ["two", "one"]),
        ({"published_from": day(10), "published_to": day(15)}, ["three", "three"]),
    ],
)
def test_claims_are_found_by_what_they_say(
    press: Store, which: dict[str, Any], expected: list[str]
) -> None:
    found: list[str] = []
    cursor = None
    while True:
        page = list_claims(press, which=ClaimFilter(**which), cursor=cursor, limit=3)
        found += [each.article.id for each in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert found == expected


def test_amounts_are_not_compared_without_a_currency() -> None:
    with pytest.raises(ModelError, match="currency"):
        ClaimFilter(min_amount=1)


def test_claims_of_an_entity_and_a_single_claim(press: Store) -> None:
    of_lee = list_claims(press, entity_id=entity_id(LEE)).items
    assert [each.article.id for each in of_lee] == ["one"]
    assert get_claim(press, of_lee[0].id) == of_lee[0]
    for ask in (lambda: get_claim(press, "x"), lambda: list_claims(press, entity_id="company-x")):
        with pytest.raises(NotFoundError):
            ask()


def test_a_timeline_goes_from_the_oldest_to_the_newest(press: Store) -> None:
    told, cursor = [], None
    while True:
        page = timeline(press, entity_id(META), cursor=cursor, limit=2)
        told += [each.article.id for each in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert told == ["one", "one", "two", "three", "three", "four", "four"]
    assert [each.article.id for each in timeline(press, entity_id(MISTRAL)).items] == [
        "four",
        "five",
    ]
    until = timeline(press, entity_id(META), when=When(known_at=day(4))).items
    assert [each.article.id for each in until] == ["one", "one", "two"]


def test_a_source_is_judged_by_what_others_said_since(press: Store) -> None:
    its = get_source(press, "outlet:bloomberg", known_at=day(12))
    assert (its.claims, its.relayed, its.relationships) == (3, 2, 2)
    assert (its.confirmed, its.refuted, its.open) == (1, 0, 1)
    assert its.names == ["Bloomberg"]
    now = get_source(press, "outlet:bloomberg")
    assert (now.confirmed, now.refuted, now.open) == (0, 1, 1)
    cited = {
        each.relationship.subject.name: each
        for each in cited_for(press, "outlet:bloomberg", known_at=day(12)).items
    }
    gunter = cited["Tom Gunter"]
    assert gunter.confirmation is Confirmation.CONFIRMED
    assert (gunter.status, gunter.said_on) == (Status.REPORTED, day(1))
    assert (gunter.confirmed_on, gunter.confirmed_by) == (day(10), ["outlet:le monde"])
    assert cited["Mark Lee"].confirmation is Confirmation.OPEN
    with pytest.raises(NotFoundError):
        get_source(press, "outlet:nobody")


def test_sources_are_listed_in_pages(press: Store) -> None:
    found, cursor = [], None
    while True:
        page = list_sources(press, cursor=cursor, limit=2)
        found += [each.source for each in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert found == ["article:five", "outlet:bloomberg", "outlet:le figaro", "outlet:le monde"]


def test_a_portrait_counts_by_relation_and_names_the_namesakes(press: Store) -> None:
    meta = portrait(press, entity_id(META))
    assert (meta.first_mention, meta.last_mention, meta.source) == (day(1), day(20), "outlet:meta")
    counts = {(each.type, each.direction): each.statuses for each in meta.relations}
    assert counts == {
        ("HIRED_BY", "in"): {Status.HEDGED: 1, Status.DENIED: 1},
        ("WORKED_AT", "in"): {Status.ASSERTED: 1},
        ("INVESTED_IN", "out"): {Status.DENIED: 1},
    }
    assert meta.relationships == 4
    then = portrait(press, entity_id(META), known_at=day(4))
    assert (then.articles, then.relationships, then.last_mention) == (2, 2, day(4))
    assert [each.kind for each in portrait(press, entity_id(MISTRAL)).namesakes] == [Kind.PRODUCT]


def test_colleagues_are_those_whose_time_at_a_place_overlaps(store: Store) -> None:
    def year(first: int, last: int | None = None) -> dict[str, VagueDate]:
        dates = {"start": VagueDate(earliest=dt.date(first, 1, 1), latest=dt.date(first, 12, 31))}
        if last:
            dates["end"] = VagueDate(earliest=dt.date(last, 1, 1), latest=dt.date(last, 12, 31))
        return dates

    others: dict[str, EntityRef] = {
        name: person(name) for name in ("Anne Long", "Berthe Tard", "Cora Rien", "Denis Ailleurs")
    }
    story = (
        Story("jobs")
        .says(GUNTER, "WORKED_AT", APPLE, **year(2015, 2020))
        .says(others["Anne Long"], "WORKED_AT", APPLE, **year(2012, 2018))
        .says(others["Berthe Tard"], "HIRED_BY", APPLE, **year(2022))
        .says(others["Cora Rien"], "LEADS", APPLE)
        .says(others["Denis Ailleurs"], "WORKED_AT", META, **year(2015, 2020))
        .says(LEE, "WORKED_AT", APPLE, status=Status.DENIED)
    )
    ingest(store, [story.item()])
    page = colleagues(store, entity_id(GUNTER), limit=1)
    assert [(each.colleague.name, each.together) for each in page.items] == [
        ("Anne Long", Held.CERTAINLY)
    ]
    assert page.items[0].start == VagueDate(
        earliest=dt.date(2015, 1, 1), latest=dt.date(2015, 12, 31)
    )
    assert page.items[0].end == VagueDate(
        earliest=dt.date(2018, 1, 1), latest=dt.date(2018, 12, 31)
    )
    (rest,) = colleagues(store, entity_id(GUNTER), cursor=page.next_cursor).items
    assert (rest.colleague.name, rest.together, rest.place.name) == (
        "Cora Rien",
        Held.POSSIBLY,
        "Apple",
    )
    assert colleagues(store, entity_id(GUNTER), place=entity_id(META)).items == []
    then = When(valid_from=dt.date(2019, 6, 1), valid_to=dt.date(2019, 6, 1))
    assert [
        each.colleague.name for each in colleagues(store, entity_id(GUNTER), when=then).items
    ] == ["Cora Rien"]
    assert colleagues(store, entity_id(GUNTER), when=When(known_at=day(1))).items == []
    with pytest.raises(NotFoundError):
        colleagues(store, "person-nobody")
