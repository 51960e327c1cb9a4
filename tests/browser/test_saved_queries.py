"""The saved queries for Neo4j Browser, run as users run them, on the articles that are shipped."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.browser_files import SavedQuery, saved_queries
from graph.statements import load
from graph.store import Store

QUERIES = {query.name: query for query in saved_queries()}
NODES_SHOWN = 300
"""What Browser draws by default."""
ROWS_SHOWN = 1000


class Row(dict[str, Any]):
    """A row whose nodes are their names and whose relationships are what they say."""

    def fact(self, column: str) -> Any:
        return self[column]["properties"]

    def name(self, column: str) -> Any:
        return self.fact(column)["name"]


def asked(store: Store, name: str, /, **changes: str) -> list[Row]:
    """The rows of a query in which a user has changed some of its values, given by their names."""
    text = QUERIES[name].text
    for variable, value in changes.items():
        literal = rf"(WITH |, )[^,\n]+( AS {variable}\b)"
        text, changed = re.subn(literal, rf"\g<1>{value}\g<2>", text, count=1)
        assert changed, variable
    result = store.query(text, limit=ROWS_SHOWN)
    return [Row(zip(result.columns, row, strict=True)) for row in result.rows]


def nodes_in(value: Any) -> set[str]:
    """The ids of all nodes in a value of a result."""
    if isinstance(value, dict):
        found = {value["id"]} if "labels" in value else set()
        return found.union(*(nodes_in(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(nodes_in(each) for each in value))
    return set()


@pytest.fixture(params=sorted(QUERIES))
def query(request: pytest.FixtureRequest) -> SavedQuery:
    return QUERIES[request.param]


def test_there_are_enough_questions_for_a_journalist() -> None:
    assert len(QUERIES) >= 16


def test_a_saved_query_answers_and_fits_what_browser_shows(
    demo_store: Store, query: SavedQuery
) -> None:
    result = demo_store.query(query.text, limit=ROWS_SHOWN + 1)
    assert result.columns == load(f"browser/{query.name}").columns
    assert 0 < len(result.rows) <= ROWS_SHOWN
    assert len(nodes_in(result.rows)) <= NODES_SHOWN


def test_a_saved_query_cannot_draw_more_than_browser_shows(query: SavedQuery) -> None:
    """A path of two steps brings at most three nodes, the longest paths seven."""
    nodes = {"neighbourhood": 3, "path_between": 7}
    columns = re.split(r",\s*(?![^(]*\))", query.text.rpartition("RETURN")[2].split("ORDER BY")[0])
    elements = len([column for column in columns if re.fullmatch(r"\s*\w+\s*", column)])
    limit = int(re.search(r"LIMIT (\d+)$", query.text)[1])  # type: ignore[index]
    most = limit * nodes.get(query.name, (elements + 1) // 2)
    assert most <= (ROWS_SHOWN if elements == 0 else NODES_SHOWN), (limit, elements)


def test_a_saved_query_has_a_name_in_two_languages_that_no_other_has(query: SavedQuery) -> None:
    others = [other for other in QUERIES.values() if other.name != query.name]
    for language, title in query.title.items():
        assert title not in {other.title[language] for other in others}
    assert query.file.startswith(f"// {query.title['fr']} (")


def test_only_who_went_from_one_to_the_other_moved(demo_store: Store) -> None:
    rows = asked(demo_store, "moves")
    assert {row.name("person") for row in rows} == {
        "Lucas Beyer",
        "Alexander Kolesnikov",
        "Xiaohua Zhai",
        "Trapit Bansal",
        "Huiwen Chang",
        "Shengjia Zhao",
    }
    assert {row["joined"]["type"] for row in rows} == {"HIRED_BY"}
    back = asked(demo_store, "moves", origin_name="'Meta'", destination_name="'OpenAI'")
    assert back == []
    assert asked(demo_store, "moves", since="date('2025-12-01')") == []


def test_the_team_of_a_leader_is_left_for_elsewhere(demo_store: Store) -> None:
    rows = asked(demo_store, "left_team")
    went = {(row.name("person"), row.name("team"), row.name("elsewhere")) for row in rows}
    assert {("Lucas Beyer", "OpenAI", "Meta"), ("Xiaohua Zhai", "OpenAI", "Meta")} <= went
    of_meta = asked(demo_store, "left_team", leader_name="'Mark Zuckerberg'")
    assert "OpenAI" not in {row.name("elsewhere") for row in of_meta}


def test_amounts_are_above_the_one_that_is_asked_for(demo_store: Store) -> None:
    rows = asked(demo_store, "investments_above")
    deals = {
        (row.name("investor"), row.name("target"), row["millions"], row["currency"]): row["status"]
        for row in rows
    }
    assert deals[("Meta", "Scale AI", 14300, "USD")] == "asserted"
    assert deals[("ASML", "Mistral AI", 1700, "EUR")] == "denied"
    assert all(row["millions"] >= 1000 for row in rows)
    more = asked(demo_store, "investments_above", at_least="10000000000")
    assert {row.name("target") for row in more} == {"Scale AI"}


def test_the_evidence_of_a_relationship_is_every_claim_with_its_source(demo_store: Store) -> None:
    rows = asked(demo_store, "evidence")
    assert {row["outlet"] for row in rows} == {"Le Fil IA", "Le Quotidien des Start-up"}
    assert {row["status"] for row in rows} >= {"reported", "asserted"}
    assert all("Lucas Beyer" in row["quote"] for row in rows)
    sources = {
        row["attributed"]["nodes"][-1]["properties"]["name"] for row in rows if row["attributed"]
    }
    assert sources == {"Wall Street Journal"}


def test_a_contradiction_shows_both_sides(demo_store: Store) -> None:
    sides: dict[tuple[str, str, str], set[str]] = {}
    for row in asked(demo_store, "contradictions"):
        fact = (row.name("subject"), row["fact"]["type"], row.name("object"))
        sides.setdefault(fact, set()).add(row["side"])
    assert ("ASML", "INVESTED_IN", "Mistral AI") in sides
    assert all("denied" in said and len(said) > 1 for said in sides.values())


def test_a_rumour_has_one_source_and_nobody_asserts_it(demo_store: Store) -> None:
    rows = asked(demo_store, "unconfirmed_rumours")
    assert ("Ke Yang", "Meta") in {(row.name("subject"), row.name("object")) for row in rows}
    assert all(row.fact("fact")["sources"] == 1 for row in rows)
    assert {row["status"] for row in rows} <= {"hedged", "reported"}
    assert asked(demo_store, "unconfirmed_rumours", said_before="date('2025-01-01')") == []


def test_the_neighbourhood_is_two_steps_of_facts_wide(demo_store: Store) -> None:
    paths = [row["path"] for row in asked(demo_store, "neighbourhood")]
    assert {path["nodes"][0]["properties"]["name"] for path in paths} == {"Yann LeCun"}
    assert {len(path["relationships"]) for path in paths} == {1, 2}
    assert all("Entity" in node["labels"] for path in paths for node in path["nodes"])
    met = {path["nodes"][-1]["properties"]["name"] for path in paths}
    assert {"Meta", "FAIR", "Mark Zuckerberg"} <= met


def test_a_product_comes_with_who_makes_it_and_their_people(demo_store: Store) -> None:
    rows = asked(demo_store, "makers_of_product")
    assert {(row.name("maker"), row.name("product")) for row in rows} == {("Mistral AI", "Le Chat")}
    assert "Arthur Mensch" in {row.name("colleague") for row in rows if row["colleague"]}


def test_who_hires_the_most_comes_first(demo_store: Store) -> None:
    rows = asked(demo_store, "top_hirers")
    assert rows[0]["company"] == "Meta"
    assert "Lucas Beyer" in rows[0]["people"]
    assert [row["hires"] for row in rows] == sorted((row["hires"] for row in rows), reverse=True)
    assert all(row["hires"] == len(set(row["people"])) for row in rows)
    # The demo denies that he is hired, and nobody else is hired by Mistral AI.
    assert "Roger Dassen" not in {name for row in rows for name in row["people"]}


def test_a_timeline_is_in_order_and_in_the_words_of_the_press(demo_store: Store) -> None:
    rows = asked(demo_store, "timeline")
    days = [row["published"] for row in rows]
    assert days == sorted(days)
    assert {row["outlet"] for row in rows} >= {"La Lettre des Talents", "L'Écho du Numérique"}
    assert ("FOUNDED", "FAIR") in {(row["relation"], row["other"]) for row in rows}
    assert all(row["quote"] for row in rows)
    alex = asked(demo_store, "timeline", name="'Alex LeBrun'")
    assert {row["published"] for row in alex} == {"2025-12-19"}


def test_what_others_have_from_an_outlet_is_told_apart_from_their_own(demo_store: Store) -> None:
    rows = asked(demo_store, "cited_source")
    assert {row.fact("article")["outlet"] for row in rows} >= {
        "Le Fil IA",
        "Le Quotidien des Start-up",
        "L'Écho du Numérique",
    }
    told = {(row.name("subject"), row.fact("claim")["type"], row.name("object")) for row in rows}
    assert ("Apple", "ACQUIRED", "Mistral AI") in told
    assert all(row.fact("claim")["relayed"] for row in rows)


def test_what_is_new_was_first_reported_since_then(demo_store: Store) -> None:
    rows = asked(demo_store, "new_since")
    assert ("Alex LeBrun", "AMI Labs") in {
        (row.name("subject"), row.name("object")) for row in rows
    }
    assert min(row["first_reported"] for row in rows) >= "2025-12-01"
    assert asked(demo_store, "new_since", since="date('2026-01-01')") == []


def test_what_is_planned_is_not_done(demo_store: Store) -> None:
    rows = asked(demo_store, "planned")
    assert ("Apple", "ACQUIRED", "Mistral AI") in {
        (row.name("subject"), row["fact"]["type"], row.name("object")) for row in rows
    }
    assert {row.fact("fact")["status"] for row in rows} == {"planned"}


def test_coworkers_were_there_before_the_other_left(demo_store: Store) -> None:
    met = {(row.name("other"), row.name("place")) for row in asked(demo_store, "coworkers")}
    assert ("Alexander Kolesnikov", "Google DeepMind") in met
    # Hired there half a year after Lucas Beyer had left.
    assert ("Varun Mohan", "Google DeepMind") not in met
    assert "Lucas Beyer" not in {other for other, _ in met}


def test_the_path_is_one_of_the_shortest_and_never_denied(demo_store: Store) -> None:
    paths = [row["path"] for row in asked(demo_store, "path_between")]
    for path in paths:
        names = [node["properties"]["name"] for node in path["nodes"]]
        assert names == ["Ruoming Pang", "Meta", "Yann LeCun"]
        assert "denied" not in {step["properties"]["status"] for step in path["relationships"]}
    assert len({str(path) for path in paths}) == len(paths)


def test_alumni_lead_another_company_than_the_one_they_come_from(demo_store: Store) -> None:
    rows = asked(demo_store, "alumni_founders")
    assert ("Guillaume Lample", "Mistral AI") in {
        (row.name("person"), row.name("company")) for row in rows
    }
    assert {row.name("school") for row in rows} == {"Meta"}
    assert "Meta" not in {row.name("company") for row in rows}


def test_two_sources_are_independent(demo_store: Store) -> None:
    rows = asked(demo_store, "two_sources")
    assert all(2 <= row["sources"] <= row["claims"] for row in rows)
    sources = {(row.name("subject"), row.name("object")): row["sources"] for row in rows}
    assert sources[("Lucas Beyer", "Meta")] == 3
    # Three papers say so, and all have it from The Information.
    assert ("Apple", "Mistral AI") not in sources


def test_behind_a_company_are_founders_leaders_and_investors(demo_store: Store) -> None:
    rows = asked(demo_store, "behind_company")
    behind = {(row["fact"]["type"], row.name("who")): row["status"] for row in rows}
    assert behind[("FOUNDED", "Arthur Mensch")] == "asserted"
    assert behind[("INVESTED_IN", "ASML")] == "denied"
    assert {row.name("company") for row in rows} == {"Mistral AI"}


def test_the_overview_begins_with_what_most_sources_say(demo_store: Store) -> None:
    facts = [row.fact("fact") for row in asked(demo_store, "overview")]
    sources = [fact["sources"] for fact in facts]
    assert sources == sorted(sources, reverse=True)
    assert "denied" not in {fact["status"] for fact in facts}
