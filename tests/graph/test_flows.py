"""Flows of people and of money, and centrality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx
import nx_parallel
import pytest
from stories import Story, company, person, product

from graph.centrality import centrality, pagerank
from graph.claims import get_claim
from graph.errors import PathSearchError
from graph.identity import entity_id
from graph.ingest import ingest
from graph.jobs import Period
from graph.lookup import get_relationship
from graph.model import Amount, Kind, RelationType, Status, VagueDate
from graph.money import MoneyBy, investments
from graph.moves import balances, moves
from graph.store import Store
from graph.tenures import returns, tenures
from loaders.reading.gazetteer import Gazetteer
from loaders.sectors import Sectors

GUNTER, PANG, LEE = person("Tom Gunter"), person("Ruoming Pang"), person("Mark Lee")
APPLE, META, OPENAI, GOOGLE = (company(name) for name in ("Apple", "Meta", "OpenAI", "Google"))
SIRI = product("Siri")


def on(year: int, month: int = 1, day: int = 1) -> VagueDate:
    date = dt.date(year, month, day)
    return VagueDate(earliest=date, latest=date)


@pytest.fixture
def careers(store: Store) -> Store:
    """Gunter: Google, Apple, Meta; Pang: Apple, Meta, Apple; Lee is rumoured to go to Meta."""
    story = (
        Story("careers", published=dt.date(2025, 7, 8))
        .says(GUNTER, "WORKED_AT", GOOGLE, start=on(2010), end=on(2015))
        .says(GUNTER, "WORKED_AT", APPLE, start=on(2015), end=on(2025, 6))
        .says(GUNTER, "HIRED_BY", META, start=on(2025, 7))
        .says(GUNTER, "WORKED_ON", SIRI)
        .says(PANG, "WORKED_AT", APPLE, start=on(2020), end=on(2024))
        .says(PANG, "HIRED_BY", META, start=on(2024, 2))
        .says(PANG, "HIRED_BY", APPLE, start=on(2025, 3))
        .says(LEE, "WORKED_AT", APPLE)
        .says(LEE, "HIRED_BY", META, status=Status.HEDGED)
    )
    ingest(store, [story.item()])
    return store


def cells(store: Store, **asked: Any) -> dict[tuple[str, str], list[str]]:
    return {
        (flow.origin.name, flow.destination.name): [move.person.name for move in flow.moves]
        for flow in moves(store, **asked).flows
    }


def test_a_move_is_from_the_job_that_ended_last(careers: Store) -> None:
    assert cells(careers) == {
        ("Apple", "Meta"): ["Ruoming Pang", "Tom Gunter"],
        ("Meta", "Apple"): ["Ruoming Pang"],
    }
    assert moves(careers).people == 2


VAUCLAIR, GARDELIS = company("Vauclair"), company("Gardelis")


@pytest.fixture
def rounds(store: Store) -> Store:
    """Scale AI is well known; an article says what Vauclair is in; nobody says it of Gardelis."""
    million = {"amount": Amount(value=1e6, currency="EUR", purpose="investment")}
    first = Story("first", published=dt.date(2025, 7, 8))
    first.says(META, "INVESTED_IN", company("Scale AI"), **million)
    first.says(META, "INVESTED_IN", VAUCLAIR, **million)
    first.says(
        META, "ACQUIRED", GARDELIS, quote="Meta lorgne la cybersécurité et rachète Gardelis."
    )
    later = Story("later", published=dt.date(2025, 9, 1)).says(
        GOOGLE, "INVESTED_IN", VAUCLAIR, quote="Google entre dans l'assureur Vauclair.", **million
    )
    ingest(store, [first.item(), later.item()])
    return store


def test_money_is_summed_by_sector_with_the_claims_that_tell_it(rounds: Store) -> None:
    words = Sectors(Gazetteer.load("fr"))
    told = {
        each.key: each
        for each in investments(rounds, by=MoneyBy.SECTOR, words=lambda: words).groups
    }
    assert {key: each.deals for key, each in told.items()} == {
        "ai": 1,
        "tech": 1,
        "insurance": 2,
        "unknown": 1,
    }
    (insurer,) = told["insurance"].targets
    assert insurer.entity.name == "Vauclair"
    assert [get_claim(rounds, id_).quote.text for id_ in insurer.claims] == [
        "Google entre dans l'assureur Vauclair."
    ]
    for sector, name in (("ai", "Scale AI"), ("unknown", "Gardelis")):
        assert [(each.entity.name, each.claims) for each in told[sector].targets] == [(name, [])]
    # Before the article that says it, nobody had.
    by_then = investments(
        rounds, by=MoneyBy.SECTOR, words=lambda: words, known_at=dt.date(2025, 8, 1)
    ).groups
    assert {each.key: each.deals for each in by_then} == {"ai": 1, "tech": 1, "unknown": 2}
    (meta, google) = investments(rounds, sector="insurance", words=lambda: words).groups
    assert (meta.deals, google.deals, meta.targets) == (1, 1, [])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"period": Period(first=dt.date(2025, 7, 1))}, {("Apple", "Meta"): ["Tom Gunter"]}),
        ({"period": Period(last=dt.date(2024, 12, 31))}, {("Apple", "Meta"): ["Ruoming Pang"]}),
        ({"destination": entity_id(APPLE)}, {("Meta", "Apple"): ["Ruoming Pang"]}),
        ({"origin": entity_id(META)}, {("Meta", "Apple"): ["Ruoming Pang"]}),
        ({"worked_on": entity_id(SIRI)}, {("Apple", "Meta"): ["Tom Gunter"]}),
        ({"origin": entity_id(GOOGLE)}, {}),
    ],
)
def test_moves_are_filtered(
    careers: Store, asked: dict[str, Any], expected: dict[tuple[str, str], list[str]]
) -> None:
    assert cells(careers, **asked) == expected


def test_rumours_count_only_when_they_are_asked_for(careers: Store) -> None:
    with_rumours = cells(careers, statuses=list(Status))
    assert set(with_rumours["Apple", "Meta"]) == {"Ruoming Pang", "Tom Gunter", "Mark Lee"}


def test_every_move_opens_to_the_relationships_behind_it(careers: Store) -> None:
    for flow in moves(careers).flows:
        for move in flow.moves:
            left, joined = (get_relationship(careers, id_) for id_ in (move.left, move.joined))
            assert (left.subject, left.object) == (move.person, move.origin)
            assert (joined.subject, joined.object) == (move.person, move.destination)


def test_a_balance_is_who_came_less_who_left(careers: Store) -> None:
    found = {each.place.name: each for each in balances(careers).places}
    assert [(name, each.arrived, each.left, each.net) for name, each in found.items()] == [
        ("Meta", 2, 1, 1),
        ("Apple", 1, 2, -1),
    ]
    (only,) = balances(careers, place=entity_id(APPLE)).places
    assert only == found["Apple"]


def test_who_left_and_joined_again_came_back(careers: Store) -> None:
    (back,) = returns(careers).returns
    assert (back.person.name, back.place.name) == ("Ruoming Pang", "Apple")
    assert (back.left_by, back.returned) == (dt.date(2024, 1, 1), dt.date(2025, 3, 1))
    assert returns(careers, place=entity_id(META)).returns == []


def test_the_time_in_place_is_a_median_over_people(careers: Store) -> None:
    found = {each.place.name: each for each in tenures(careers).places}
    assert set(found) == {"Google", "Apple"}
    apple = found["Apple"]
    gunter = (dt.date(2025, 6, 1) - dt.date(2015, 1, 1)).days
    pang = (dt.date(2024, 1, 1) - dt.date(2020, 1, 1)).days
    assert (apple.people, apple.median_days) == (2, (gunter + pang) / 2)


def test_too_many_people_are_refused(careers: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.jobs.MAX_PEOPLE", 1)
    with pytest.raises(PathSearchError, match="name a place"):
        moves(careers)


@pytest.fixture
def deals(store: Store) -> Store:
    def money(value: float, currency: str = "USD", purpose: str = "investment") -> dict[str, Any]:
        return {"amount": Amount(value=value, currency=currency, purpose=purpose)}

    story = (
        Story("deals", published=dt.date(2025, 7, 8))
        .says(META, "INVESTED_IN", OPENAI, **money(10e9), start=on(2024, 5))
        .says(GOOGLE, "INVESTED_IN", OPENAI, **money(10e9), status=Status.REPORTED)
        .says(META, "INVESTED_IN", APPLE, **money(3e9), status=Status.HEDGED)
        .says(META, "INVESTED_IN", GOOGLE, **money(2e9, "EUR"), status=Status.PLANNED)
        .says(META, "ACQUIRED", company("Scale AI"), **money(29e9, purpose="valuation"))
        .says(GOOGLE, "ACQUIRED", company("Fitbit"))
        .says(APPLE, "INVESTED_IN", company("Rien"), **money(1e9), status=Status.DENIED)
    )
    ingest(store, [story.item()])
    return store


def test_money_is_summed_by_currency_with_rumours_apart(deals: Store) -> None:
    meta, google = investments(deals).groups
    assert meta.entity
    assert (meta.entity.name, meta.deals, meta.with_amount) == ("Meta", 4, 4)
    assert [each.model_dump() for each in meta.sums] == [
        {"currency": "EUR", "firm": 0, "hedged": 0, "planned": 2e9},
        {"currency": "USD", "firm": 10e9, "hedged": 3e9, "planned": 0},
    ]
    assert (google.deals, google.with_amount) == (2, 1)
    assert [get_relationship(deals, id_).type for id_ in google.relationships].count(
        "ACQUIRED"
    ) == 1


def test_an_amount_of_one_round_counts_once(deals: Store) -> None:
    by_target = {each.key: each for each in investments(deals, by=MoneyBy.TARGET).groups}
    openai = by_target[entity_id(OPENAI)]
    assert (openai.deals, openai.sums[0].firm) == (2, 10e9)


def test_money_is_summed_over_time(deals: Store) -> None:
    years = {each.key: each.deals for each in investments(deals, by=MoneyBy.YEAR).groups}
    assert years == {"2024": 1, "2025": 5}
    recent = Period(first=dt.date(2025, 1, 1))
    months = investments(deals, by=MoneyBy.MONTH, period=recent, types=[RelationType.ACQUIRED])
    assert [(each.key, each.deals, each.entity) for each in months.groups] == [("2025-07", 2, None)]


@pytest.mark.parametrize(
    "graph",
    [
        nx.star_graph(5),
        nx.path_graph(7),
        nx.karate_club_graph(),
        nx.disjoint_union_all([nx.Graph()]),
    ],
)
def test_pagerank_is_the_stationary_share_of_a_wanderer(graph: Any) -> None:
    graph = nx.relabel_nodes(graph, str)
    graph.add_node("alone")
    rank = pagerank(graph)
    assert sum(rank.values()) == pytest.approx(1)
    lost = rank["alone"]
    for node in graph:
        flow = sum(
            rank[other] * data.get("weight", 1) / graph.degree(other, weight="weight")
            for other, data in graph[node].items()
        )
        expected = 0.15 / len(graph) + 0.85 * lost / len(graph) + 0.85 * flow
        assert rank[node] == pytest.approx(expected, abs=1e-6)


def test_another_backend_of_networkx_computes_what_it_implements_and_finds_the_same(
    careers: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    implemented = nx_parallel.betweenness_centrality

    def watched(*given: Any, **more: Any) -> Any:
        asked.append(given)
        return implemented(*given, **more)

    monkeypatch.setattr(nx_parallel.interface.BackendInterface, "betweenness_centrality", watched)
    expected = centrality(careers)
    assert asked == []
    found = centrality(careers, backend="parallel")
    assert len(asked) == 1
    assert found.communities == expected.communities
    for one, other in zip(found.central, expected.central, strict=True):
        assert one.entity == other.entity
        assert one.betweenness == pytest.approx(other.betweenness)


def test_a_backend_that_is_not_installed_is_named(careers: Store) -> None:
    with pytest.raises(ImportError, match="'warp'"):
        centrality(careers, backend="warp")


def test_who_stands_between_two_groups_is_central(store: Store) -> None:
    story = Story("two groups")
    for group, firm in (("A", APPLE), ("B", META)):
        for number in range(4):
            story.says(person(f"Paul {group}{number}"), "WORKED_AT", firm)
    story.says(GUNTER, "WORKED_AT", APPLE).says(GUNTER, "HIRED_BY", META)
    story.says(LEE, "HIRED_BY", META, status=Status.DENIED)
    ingest(store, [story.item()])
    found = centrality(store)
    assert (found.entities, found.relationships, found.sampled) == (11, 10, False)
    assert {each.entity.name for each in found.central[:2]} == {"Apple", "Meta"}
    between = {each.entity.name: each for each in found.central}
    assert between["Tom Gunter"].betweenness > 0.5
    assert between["Paul A1"].betweenness == 0
    assert [each.entities for each in found.communities] == [6, 5]
    assert between["Paul A1"].community != between["Paul B1"].community
    assert centrality(store) == found
    assert centrality(store, kinds=[Kind.COMPANY]).central == []


QUESTIONS: dict[str, Callable[..., Any]] = {
    "moves": moves,
    "moves to a place": partial(moves, destination=entity_id(META)),
    "moves of a team": partial(moves, worked_on=entity_id(SIRI)),
    "moves in a period": partial(moves, period=Period(first=dt.date(2025, 1, 1))),
    "balances": balances,
    "returns": returns,
    "tenures": tenures,
    "tenures at a place": partial(tenures, place=entity_id(APPLE)),
    "investments": investments,
    "investments in one": partial(investments, target=entity_id(OPENAI)),
    "investments over time": partial(investments, by=MoneyBy.MONTH),
    "centrality": centrality,
    "centrality of people at companies": partial(
        centrality, kinds=[Kind.PERSON, Kind.COMPANY], types=[RelationType.HIRED_BY]
    ),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_flow_as_of_a_day_is_what_the_articles_of_that_day_alone_give(
    careers: Store, question: Callable[..., Any]
) -> None:
    first = Story("first deals", published=dt.date(2025, 7, 9)).says(
        META, "INVESTED_IN", OPENAI, amount=Amount(value=1e9, currency="EUR", purpose="investment")
    )
    ingest(careers, [first.item()])
    then = question(careers)
    later = (
        Story("later", published=dt.date(2025, 9, 1))
        .says(LEE, "HIRED_BY", META)  # so far a rumour
        .says(LEE, "WORKED_ON", SIRI)
        .says(person("Anne"), "WORKED_AT", GOOGLE, start=on(2019), end=on(2021))
        .says(person("Anne"), "HIRED_BY", APPLE, start=on(2021, 2), end=on(2022))
        .says(person("Anne"), "HIRED_BY", GOOGLE, start=on(2023))
        .says(person("Anne"), "WORKED_AT", META, start=on(2024), end=on(2024, 6))
        .says(person("Anne"), "WORKED_AT", APPLE, start=on(2021, 2), end=on(2022))
        .says(GOOGLE, "INVESTED_IN", OPENAI, start=on(2025, 8))
    )
    ingest(careers, [later.item()])
    assert question(careers) != then
    assert question(careers, known_at=dt.date(2025, 8, 31)) == then
    assert question(careers, known_at=dt.date(2025, 9, 1)) == question(careers)


def test_only_those_who_may_have_moved_in_the_period_count_for_its_limit(
    careers: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pang joined Meta in 2024, of whom an article of July 2025 tells, and Gunter in July 2025."""
    ingest(careers, [Story("news", published=dt.date(2025, 8, 1)).says(LEE, "LEADS", META).item()])
    day = dt.date(2025, 12, 31)
    for first, last in ((2024, 2024), (2026, 2026), (2025, 2025)):
        period = Period(dt.date(first, 1, 1), dt.date(last, 12, 31))
        assert moves(careers, period=period, known_at=day) == moves(careers, period=period)
    monkeypatch.setattr("graph.jobs.MAX_PEOPLE", 1)
    in_2024 = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert moves(careers, period=in_2024, known_at=day).people == 1
    with pytest.raises(PathSearchError):
        moves(careers, known_at=day)
