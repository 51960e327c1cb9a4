"""Every Cypher file, run on both databases: that it takes and returns what its header says.

Each one runs in a transaction of its own that is undone, on a small graph where every statement
that returns something finds something: of an empty result, the embedded engine names no columns.
The saved queries for Neo4j Browser run on the demo's articles (tests/browser).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import Backend
from neo4j import Driver
from stories import Story, company, organization, person, product

import cypher
from graph.decisions import merge_entities
from graph.identity import fact_id
from graph.ingest import ingest
from graph.model import Kind, RelationType, Status
from graph.statements import Statement, load

FOLDER = Path(cypher.__file__).parent
NAMES = sorted(
    name
    for file in FOLDER.rglob("*.cypher")
    if not (name := file.relative_to(FOLDER).with_suffix("").as_posix()).startswith("browser/")
)
ARTICLE, PERSON, COMPANY, MERGED = "first", "person-tom-gunter", "company-meta", "company-facebook"
FACT = fact_id(RelationType.HIRED_BY, PERSON, COMPANY)
NOW = dt.datetime(2025, 7, 8, tzinfo=dt.UTC)
DAY = dt.date(2025, 7, 8)
CLAIM = {
    "id": "new",
    "article_id": ARTICLE,
    "subject_id": PERSON,
    "object_id": COMPANY,
    "attributed_id": COMPANY,
    "fact_id": FACT,
}
END = {"id": FACT, "start": PERSON, "end": COMPANY, "type": "HIRED_BY", "properties": {"id": FACT}}
SHOWN = {"name": "X", "aliases": ["x"], "search_text": "x"}

USUAL: dict[str, Any] = {
    "after": "",
    "after_day": None,
    "after_id": "",
    "after_type": "",
    "direction": "both",
    "entity_id": PERSON,
    "facts": [{"id": FACT, "status": "asserted"}],
    "id": ARTICLE,
    "ids": [ARTICLE],
    "kinds": [kind.value for kind in Kind],
    "limit": 10,
    "loaded_at": NOW,
    "names": ["Les Échos"],
    "other_kinds": [kind.value for kind in Kind],
    "outlet": None,
    "published_from": None,
    "published_to": DAY,
    "query": "gunter~1",
    "statuses": [status.value for status in Status],
    "steps": [{"one": PERSON, "two": COMPANY, "fact_id": FACT}],
    "symmetric": ["PARTNERED_WITH"],
    "types": [type_.value for type_ in RelationType],
    "valid_from": None,
    "valid_to": DAY,
}
"""What parameters of these names are, unless `OWN` says otherwise."""

OF_ENTITY: dict[str, Any] = {"id": PERSON, "ids": [PERSON]}
OWN: dict[str, dict[str, Any]] = {
    "decisions/in_force": {"ids": [MERGED]},
    "decisions/mentions": OF_ENTITY,
    "decisions/record": {"decision": {"id": "new", "merged_id": COMPANY}},
    "decisions/undo": {"undone_at": NOW, "undone_by": "me"},
    "ingest/attribute_claims": {"rows": [CLAIM]},
    "ingest/claims_of_facts": {"ids": [FACT]},
    "ingest/create_articles": {"rows": [{"id": "new", "text": "Rien."}]},
    "ingest/create_claims": {"rows": [CLAIM]},
    "ingest/create_entities": {"rows": [{"id": "new", "kind": "Person", **SHOWN}]},
    "ingest/create_mentions": {"rows": [{"article_id": ARTICLE, "entity_id": PERSON}]},
    "ingest/delete_entities": OF_ENTITY,
    "ingest/delete_facts": {"rows": [END]},
    "ingest/delete_unfounded_facts": OF_ENTITY,
    "ingest/display_entities": {"rows": [{"id": PERSON, **SHOWN}]},
    "ingest/entity_aliases": OF_ENTITY,
    "ingest/entity_names": OF_ENTITY,
    "ingest/stored_entities": OF_ENTITY,
    "ingest/write_facts": {"rows": [END]},
    "lookup/entities": OF_ENTITY,
    "lookup/evidence": {"id": FACT},
    "lookup/neighbours": OF_ENTITY,
    "lookup/relationship": {"id": FACT},
    "lookup/relationships": OF_ENTITY,
    "store/set_version": {"version": 1},
}


@pytest.fixture(scope="module")
def filled(backend: Backend) -> Backend:
    store = backend.store
    store.write(lambda transaction: transaction.run("store/clear"))
    gunter, meta, facebook = person("Tom Gunter"), company("Meta"), company("Facebook")
    first = (
        Story(ARTICLE, outlet="Les Échos")
        .mentions(gunter, "l'ingénieur")
        .says(gunter, "HIRED_BY", meta, attributed_to=company("Bloomberg"))
        .says(facebook, "DEVELOPS", product("Llama 4"))
        .says(person("Yann LeCun"), "LEADS", organization("FAIR"))
    )
    ingest(store, [first.item()])
    merge_entities(store, MERGED, COMPANY)
    return backend


@pytest.fixture(scope="module")
def driver(filled: Backend) -> Iterator[Driver]:
    with filled.driver() as driver:
        yield driver


def run(
    driver: Driver, database: str, text: str, parameters: dict[str, Any]
) -> tuple[tuple[str, ...], int]:
    """The columns of a statement and how many rows it gives; what it writes is undone."""
    with driver.session(database=database) as session, session.begin_transaction() as transaction:
        result = transaction.run(text, parameters)
        found = tuple(result.keys()), len(list(result))
        transaction.rollback()
        return found


def values_for(statement: Statement) -> dict[str, Any]:
    values = USUAL | OWN.get(statement.name, {})
    return {name: values[name] for name in statement.parameters}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("-neo4j")])
def test_a_statement_takes_and_returns_what_its_header_says(
    filled: Backend, driver: Driver, name: str
) -> None:
    statement = load(name)
    columns, rows = run(driver, filled.database, statement.text, values_for(statement))
    assert columns == statement.columns
    assert rows > 0 or not columns


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-neo4j")])
def test_a_statement_for_neo4j_alone_runs_there(neo4j: Backend, name: str) -> None:
    statement = load(name)
    with neo4j.driver() as driver:
        columns, _ = run(driver, neo4j.database, statement.text, values_for(statement))
    assert columns == statement.columns
