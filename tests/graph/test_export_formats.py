"""Exports, each opened by the library that its users would open it with."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest
from followthemoney import model as ftm
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF, XSD
from stories import Story, company, organization, person, product

import graph.export_rows
from graph.errors import MissingLibraryError
from graph.export_ftm import follow_the_money
from graph.export_linked import json_ld
from graph.export_rows import Table
from graph.export_tables import parquet
from graph.export_xml import gexf, graphml
from graph.identity import entity_id
from graph.ingest import ingest
from graph.lookup import get_relationship, list_entities, relationships
from graph.model import Amount, Status, VagueDate
from graph.store import Store

GUNTER, META, BLOOMBERG = person("Tom « \x0b<Gunter> & fils"), company("Meta"), company("Bloomberg")
SCHEMA = Namespace("https://schema.org/")
MERCATO = Namespace("urn:mercato:")
RDFLIB_ITSELF = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
"""Its own reader of JSON-LD uses what it has deprecated."""


@pytest.fixture
def press(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(graph.export_rows, "PAGE", 2)  # so that there are several
    day = dt.date(2025, 7, 8)
    ingest(
        store,
        [
            Story("one", outlet="Les Échos", title="Un", url="https://e.fr/é?a=1&b=[2]")
            .says(
                GUNTER,
                "HIRED_BY",
                META,
                status=Status.HEDGED,
                attributed_to=BLOOMBERG,
                role="ingénieur",
                amount=Amount(value=100e6, currency="USD", purpose="package"),
                start=VagueDate(earliest=day, latest=day),
            )
            .says(GUNTER, "WORKED_AT", META)
            .mentions(META, "Facebook", "le groupe")
            .item(),
            Story("two", published=None).says(META, "PARTNERED_WITH", BLOOMBERG).item(),
        ],
    )
    return store


def facts(store: Store) -> dict[str, Any]:
    found = [
        each
        for entity in list_entities(store).items
        for each in relationships(store, entity.id).items
    ]
    return {each.id: each for each in found}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_opens_the_graph_with_all_that_it_shows(
    press: Store, tmp_path: Path, form: str
) -> None:
    write, read = {
        "graphml": (graphml, nx.read_graphml),
        "gexf": (gexf, nx.read_gexf),
    }[form]
    file = tmp_path / f"press.{form}"
    file.write_text("".join(write(press)), encoding="utf-8")
    found = read(file)
    entities = {each.id: each for each in list_entities(press).items}
    assert set(found) == set(entities)
    meta = found.nodes[entity_id(META)]
    assert (meta["name"], meta["kind"], meta["articles"]) == ("Meta", "Company", 2)
    assert set(meta["aliases"].split("|")) == {"Facebook", "le groupe"}
    assert found.nodes[entity_id(GUNTER)]["name"] == "Tom « \ufffd<Gunter> & fils"
    edges = {
        data.get("id", key): (one, other, data)  # of parallel edges, GraphML's id is the key
        for one, other, key, data in found.edges(keys=True, data=True)
    }
    expected = facts(press)
    assert set(edges) == set(expected)
    for id_, (one, other, data) in edges.items():
        view = expected[id_]
        assert (one, other) == (view.subject.id, view.object.id)
        assert (data["type"], data["status"], data["sources"]) == (
            view.type,
            view.status,
            view.sources,
        )
    hire = next(data for _, _, data in edges.values() if data["type"] == "HIRED_BY")
    assert (hire["amount_value"], hire["start_latest"], hire["contested"]) == (
        100e6,
        "2025-07-08",
        False,
    )


def test_pyarrow_opens_every_table_with_its_types(press: Store) -> None:
    tables = {
        table: pq.read_table(io.BytesIO(b"".join(parquet(press, table)))).to_pylist()
        for table in Table
    }
    entities = {row["id"]: row for row in tables[Table.ENTITIES]}
    assert set(entities[entity_id(META)]["aliases"]) == {"Facebook", "le groupe"}
    expected = facts(press)
    assert {row["id"] for row in tables[Table.FACTS]} == set(expected)
    hire = next(row for row in tables[Table.FACTS] if row["type"] == "HIRED_BY")
    assert (hire["start_earliest"], hire["amount_value"]) == (dt.date(2025, 7, 8), 100e6)
    assert get_relationship(press, hire["id"]).role == hire["role"] == "ingénieur"
    claims = {row["type"]: row for row in tables[Table.CLAIMS]}
    assert len(tables[Table.CLAIMS]) == 3
    assert claims["HIRED_BY"]["article_url"] == "https://e.fr/é?a=1&b=[2]"
    assert claims["HIRED_BY"]["attributed_name"] == "Bloomberg"
    assert claims["PARTNERED_WITH"]["published"] is None


@RDFLIB_ITSELF
def test_rdflib_reads_the_claims_with_their_provenance(press: Store) -> None:
    found = Graph().parse(data="".join(json_ld(press)), format="json-ld")
    claims = set(found.subjects(RDF.type, SCHEMA.Claim))
    assert len(claims) == 3
    (hire,) = found.subjects(MERCATO.relation, URIRef("urn:mercato:relation:HIRED_BY"))
    (article,) = found.objects(hire, PROV.wasDerivedFrom)
    assert (article, RDF.type, SCHEMA.NewsArticle) in found
    assert (article, SCHEMA.datePublished, Literal("2025-07-08", datatype=XSD.date)) in found
    assert set(found.objects(article, SCHEMA.url)) == {URIRef("https://e.fr/%C3%A9?a=1&b=[2]")}
    (source,) = found.objects(hire, PROV.wasAttributedTo)
    assert (source, SCHEMA.name, Literal("Bloomberg")) in found
    (who,) = found.objects(hire, MERCATO.subject)
    assert (who, RDF.type, SCHEMA.Person) in found
    assert "HIRED_BY" in str(next(found.objects(hire, SCHEMA.text)))


def opened(store: Store) -> dict[str, Any]:
    """The entities as the library itself reads them, each valid by its schema."""
    lines = "".join(follow_the_money(store)).splitlines()
    found = [ftm.get_proxy(json.loads(line), cleaned=False) for line in lines]
    for each in found:
        each.schema.validate(each.to_dict())
    assert len({each.id for each in found}) == len(found)
    return {each.id: each for each in found}


def test_followthemoney_reads_who_works_where_with_every_source(press: Store) -> None:
    found = opened(press)
    hire = next(each for each in found.values() if each.get("role", quiet=True) == ["ingénieur"])
    assert hire.schema.name == "Employment"
    (who,), (where,) = hire.get("employee"), hire.get("employer")
    assert found[who].schema.name == "Person"
    assert found[who].caption == "Tom « <Gunter> & fils"
    assert (found[where].schema.name, found[where].get("name")) == ("Company", ["Meta"])
    assert set(found[where].get("alias")) == {"Facebook", "le groupe"}
    assert hire.get("status") == ["hedged"]
    assert hire.get("startDate") == ["2025-07-08"]
    assert hire.get("sourceUrl") == ["https://e.fr/é?a=1&b=[2]"]
    assert hire.get("publisher") == ["Les Échos"]
    assert "HIRED_BY" in hire.first("summary")
    assert "package: exact 100000000 USD" in hire.get("description")
    article = next(each for each in found.values() if each.get("title", quiet=True) == ["Un"])
    assert article.get("publishedAt") == ["2025-07-08"]
    assert article.get("language") == ["fra"]


def test_each_relation_is_in_followthemoney_what_its_schemas_have_for_it(store: Store) -> None:
    school, box = organization("École 42"), product("Boîte")
    lea, paul, acme, nova = person("Léa"), person("Paul"), company("Acmé"), company("Nova")
    price = Amount(value=5e6, currency="EUR", purpose="price")
    spring = VagueDate(earliest=dt.date(2024, 4, 1), latest=dt.date(2024, 4, 30))
    vague = VagueDate(earliest=dt.date(2023, 4, 1), latest=dt.date(2024, 4, 30))
    story = (
        Story("all")
        .says(lea, "LEADS", acme)
        .says(lea, "LEADS", box)
        .says(lea, "FOUNDED", school, start=vague)
        .says(acme, "ACQUIRED", nova, amount=price, start=spring)
        .says(lea, "INVESTED_IN", acme)
        .says(nova, "PART_OF", acme)
        .says(school, "PART_OF", acme)
        .says(acme, "DEVELOPS", box)
        .says(paul, "WORKED_AT", acme, status=Status.DENIED)
        .says(paul, "HIRED_BY", nova, status=Status.PLANNED)
    )
    ingest(store, [story.item()])
    found = opened(store)

    def name(link: Any, end: str) -> str:
        return str(found[link.first(link.schema.get(end).name)].caption)

    links = {
        (
            each.schema.name,
            name(each, each.schema.edge_source),
            name(each, each.schema.edge_target),
        ): each
        for each in found.values()
        if each.schema.edge
    }
    assert set(links) == {
        ("Directorship", "Léa", "Acmé"),
        ("UnknownLink", "Léa", "Boîte"),
        ("UnknownLink", "Léa", "École 42"),
        ("Ownership", "Acmé", "Nova"),
        ("Ownership", "Léa", "Acmé"),
        ("Membership", "École 42", "Acmé"),
        ("UnknownLink", "Acmé", "Boîte"),
        ("UnknownLink", "Paul", "Nova"),
    }
    owned = [each for each in found.values() if each.schema.name == "Ownership"]
    assert len(owned) == 3  # bought, part of, invested in
    bought = next(each for each in owned if each.get("sharesValue"))
    assert (bought.get("sharesValue"), bought.get("sharesCurrency")) == (["5000000"], ["EUR"])
    assert bought.get("startDate") == ["2024-04"]
    assert links["UnknownLink", "Léa", "École 42"].get("startDate") == []
    assert links["UnknownLink", "Léa", "École 42"].get("role") == ["founded"]
    assert links["UnknownLink", "Paul", "Nova"].get("role") == ["hired by, planned"]


@pytest.mark.parametrize(("library", "extra"), [("followthemoney", "ftm"), ("pyarrow", "parquet")])
def test_a_form_whose_library_is_not_there_says_how_to_get_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=rf"pip install 'mercato\[{extra}\]'"):
        follow_the_money(store) if extra == "ftm" else parquet(store, Table.FACTS)


@RDFLIB_ITSELF
def test_an_empty_graph_gives_files_that_open(store: Store, tmp_path: Path) -> None:
    for write, read in ((graphml, nx.read_graphml), (gexf, nx.read_gexf)):
        file = tmp_path / "empty"
        file.write_text("".join(write(store)), encoding="utf-8")
        assert len(read(file)) == 0
    for table in Table:
        assert pq.read_table(io.BytesIO(b"".join(parquet(store, table)))).num_rows == 0
    assert len(Graph().parse(data="".join(json_ld(store)), format="json-ld")) == 0
    assert list(follow_the_money(store)) == []
