"""Parts of the graph as networkx and py2neo graphs, and claims that a notebook states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import networkx as nx
import pytest
from backends import Backend
from py2neo import Graph, Node, Relationship, Subgraph
from stories import Story, company, person, product

from graph.errors import ModelError, NotFoundError
from graph.ingest import Outcome, ingest
from graph.interop import Selection, around, by_query, held, to_networkx, to_py2neo
from graph.lookup import get_article, relationships
from graph.model import Amount, RelationType, Status, VagueDate
from graph.notebooks import claims_of
from graph.store import Store

META_ID = "company-meta"
GUNTER, META = person("Tom Gunter"), company("Meta")
HIRES = "MATCH (p:Person)-[r:HIRED_BY]->(c) RETURN p.name AS name, {fact: r} AS found"


@pytest.fixture
def filled(store: Store) -> Store:
    worked = VagueDate(earliest=dt.date(2017, 1, 1), latest=dt.date(2017, 12, 31))
    left = VagueDate(latest=dt.date(2024, 12, 31))
    story = (
        Story("first", outlet="Les Échos")
        .says(GUNTER, "WORKED_AT", company("Apple"), start=worked, end=left)
        .says(GUNTER, "HIRED_BY", META, amount=Amount(value=2e8, currency="USD"), role="chercheur")
        .says(META, "DEVELOPS", product("Llama 4"))
        .says(company("Google"), "USES", product("Llama 4"), status=Status.DENIED)
    )
    ingest(store, [story.item()])
    return store


def names(graph: nx.MultiDiGraph) -> set[str]:
    return {attributes["name"] for _, attributes in graph.nodes(data=True)}


def test_a_query_gives_the_entities_and_facts_that_it_returns(filled: Store) -> None:
    graph = to_networkx(by_query(filled, HIRES))
    assert names(graph) == {"Tom Gunter", "Meta"}
    [(subject, object_, attributes)] = graph.edges(data=True)
    assert (subject, object_) == ("person-tom-gunter", "company-meta")
    assert attributes["type"] == "HIRED_BY"
    assert attributes["first_reported"] == dt.date(2025, 7, 8)
    assert (attributes["amount_value"], attributes["role"]) == (2e8, "chercheur")
    assert "start_earliest" not in attributes


def test_a_query_may_return_paths_and_lone_entities(filled: Store) -> None:
    path = "MATCH path = (:Person)-[:HIRED_BY]->()-[:DEVELOPS]->(:Product) RETURN path"
    assert names(to_networkx(by_query(filled, path))) == {"Tom Gunter", "Meta", "Llama 4"}
    lone = by_query(filled, "MATCH (n) WHERE n.name = $name RETURN n", {"name": "Apple"})
    assert list(lone.entities) == ["company-apple"]
    assert lone.relationships == {}


def test_around_an_entity_lies_what_is_within_some_steps(filled: Store) -> None:
    assert names(to_networkx(around(filled, "person-tom-gunter"))) == {
        "Tom Gunter",
        "Apple",
        "Meta",
    }
    assert len(around(filled, "person-tom-gunter", depth=3).entities) == 5
    hired = around(filled, "person-tom-gunter", depth=3, types=[RelationType.HIRED_BY])
    assert set(hired.entities) == {"person-tom-gunter", "company-meta"}
    with pytest.raises(NotFoundError):
        around(filled, "person-nobody")


def test_by_time_comes_what_may_have_held_then(filled: Store) -> None:
    def types(**period: dt.date) -> set[str]:
        return {each["type"] for each in held(filled, **period).relationships.values()}

    assert types() == {"WORKED_AT", "HIRED_BY", "DEVELOPS", "USES"}
    assert "WORKED_AT" in types(valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2020, 1, 1))
    assert "WORKED_AT" not in types(valid_from=dt.date(2025, 1, 1))
    assert "WORKED_AT" not in types(valid_to=dt.date(2016, 12, 31))


def test_a_selection_goes_through_py2neo_and_back_into_claims(filled: Store) -> None:
    whole = held(filled)
    subgraph = to_py2neo(whole)
    assert (len(subgraph.nodes), len(subgraph.relationships)) == (5, 4)
    article, reading = claims_of(subgraph, "analyse.ipynb", published=dt.date(2025, 9, 1))
    assert ingest(filled, [(article, reading)])[0].outcome is Outcome.LOADED
    again = claims_of(to_py2neo(whole), "analyse.ipynb", published=dt.date(2025, 9, 1))
    assert ingest(filled, [again])[0].outcome is Outcome.UNCHANGED
    assert get_article(filled, article.id).outlet == "analyse.ipynb"
    [hired] = relationships(filled, META_ID, types=[RelationType.HIRED_BY]).items
    assert (hired.sources, hired.claims) == (2, 2)
    assert hired.amount == Amount(value=2e8, currency="USD")
    [used] = relationships(filled, "company-google").items
    assert used.status is Status.DENIED


def test_a_notebook_of_its_own_becomes_evidence_with_its_words(store: Store) -> None:
    lee, meta = Node("Person", name="Mark Lee"), Node("Company", name="Meta")
    rumour = Relationship(lee, "HIRED_BY", meta, status="hedged", quote="Mark Lee irait chez Meta.")
    article, reading = claims_of(Subgraph([lee, meta], [rumour]), "carnet")
    ingest(store, [(article, reading)])
    assert article.text == "Mark Lee irait chez Meta."
    [fact] = relationships(store, META_ID).items
    assert (fact.status, fact.subject.name) == (Status.HEDGED, "Mark Lee")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Node("Dog", name="Rex"), "one label of Person"),
        (lambda: Node("Person"), "needs a name"),
        (lambda: _joined("OWNS"), "is no relation"),
        (lambda: _joined("DEVELOPS"), "does not go from"),
        (lambda: _joined("HIRED_BY", status="maybe"), "maybe"),
        (lambda: _joined("HIRED_BY", amount_value=-1, amount_currency="USD"), "value: "),
        (lambda: _joined("HIRED_BY", start_earliest="soon"), "earliest: "),
    ],
)
def test_what_is_no_claim_is_named(make: Callable[[], Subgraph], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        claims_of(make(), "carnet")


def _joined(relation: str, **properties: object) -> Relationship:
    return Relationship(
        Node("Person", name="Mark Lee"), relation, Node("Company", name="Meta"), **properties
    )


def test_a_selection_may_be_empty() -> None:
    empty = Selection({}, {}, {})
    assert len(to_networkx(empty)) == 0
    article, reading = claims_of(to_py2neo(empty), "carnet")
    assert (article.text, reading.claims) == ("carnet", ())


def test_py2neo_itself_reads_from_the_store_what_claims_can_be_made_of(
    filled: Store, backend: Backend
) -> None:
    graph = Graph(backend.uri, auth=backend.admin, name=backend.database)
    try:
        found = graph.run("MATCH (p)-[r:HIRED_BY]->(c) RETURN p, r, c").to_subgraph()
    finally:
        graph.service.connector.close()
    _, reading = claims_of(found, "carnet")
    [claim] = reading.claims
    assert (claim.subject, claim.object, claim.role) == (GUNTER, META, "chercheur")
