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
from graph.identity import article_source_key, claim_id, fact_id
from graph.ingest import ingest
from graph.likeness import BANDS
from graph.model import Article, Kind, RelationType, Status
from graph.statements import Statement, load

FOLDER = Path(cypher.__file__).parent
NAMES = sorted(
    name
    for file in FOLDER.rglob("*.cypher")
    if not (name := file.relative_to(FOLDER).with_suffix("").as_posix()).startswith("browser/")
)
ARTICLE, PERSON, COMPANY, MERGED = "first", "person-tom-gunter", "company-meta", "company-facebook"
FACT = fact_id(RelationType.HIRED_BY, PERSON, COMPANY)
URL = "https://example.org/1"
SOURCE = article_source_key(Article(id=ARTICLE, text="Rien.", outlet="Les Échos"))
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
    "currency": None,
    "destination": None,
    "extractors": [],
    "from_day": None,
    "investor": None,
    "object": None,
    "subject": None,
    "joined_from": None,
    "joined_to": None,
    "since": None,
    "target": None,
    "to_day": None,
    "worked_on": None,
    "held": ["certainly", "possibly"],
    "known_at": dt.date(2025, 12, 31),
    "lasting": ["WORKED_AT"],
    "least": 0,
    "max_amount": None,
    "min_amount": None,
    "min_confidence": None,
    "min_sources": 1,
    "most": 100,
    "name": "Meta",
    "one": PERSON,
    "other": COMPANY,
    "place": None,
    "reported_from": None,
    "reported_to": None,
    "shown": [],
    "source": SOURCE,
    "sources": [SOURCE],
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

FINDS_NOTHING = {"lookup/unread_articles"}
"""Statements that look for what is not in the graph of these tests."""

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
    "ingest/create_facts": {"rows": [END]},
    "ingest/create_entities": {"rows": [{"id": "new", "kind": "Person", **SHOWN}]},
    "ingest/create_mentions": {"rows": [{"article_id": ARTICLE, "entity_id": PERSON}]},
    "ingest/delete_entities": OF_ENTITY,
    "ingest/delete_facts": {"rows": [END]},
    "ingest/delete_unfounded_facts": OF_ENTITY,
    "ingest/display_entities": {"rows": [{"id": PERSON, **SHOWN}]},
    "ingest/entity_aliases": OF_ENTITY,
    "ingest/entity_names": OF_ENTITY,
    "ingest/stored_entities": OF_ENTITY,
    "ingest/update_facts": {"rows": [END]},
    "ingest/write_facts": {"rows": [END]},
    "lookup/entities": OF_ENTITY,
    "lookup/entities_known": OF_ENTITY,
    "lookup/evidence": {"id": FACT},
    "lookup/neighbours": OF_ENTITY,
    "lookup/relationship": {"id": FACT},
    "lookup/relationships": OF_ENTITY,
    "export/entities": OF_ENTITY,
    "export/facts_of": OF_ENTITY,
    "explorer/among": {"ids": [PERSON, COMPANY]},
    "explorer/names": OF_ENTITY,
    "explorer/neighbours": OF_ENTITY,
    "explorer/on_screen": {"ids": [PERSON, COMPANY]},
    "interop/facts": {"ids": [FACT]},
    "interop/held": OF_ENTITY,
    "lookup/claim": {"id": claim_id(ARTICLE, FACT, 0)},
    "lookup/entity_refs": OF_ENTITY,
    "lookup/relation_counts": OF_ENTITY,
    "analysis/jobs": OF_ENTITY,
    "analysis/words_on": OF_ENTITY,
    "copy/keep_versions": {"rows": [{"id": "new", "article_id": ARTICLE}]},
    "ingest/keep_versions": {"rows": [{"id": ARTICLE, "text_sha256": "x"}], "replaced_at": NOW},
    "ingest/like_articles": {"rows": [{"id": ARTICLE, "url": URL} | dict.fromkeys(BANDS)]},
    "copy/decisions": {"rows": [{"id": "new"}]},
    "lookup/claims_known": {"ids": [FACT]},
    "lookup/claims_of_entity": OF_ENTITY,
    "lookup/claims_of_facts": {"ids": [FACT]},
    "lookup/colleagues": OF_ENTITY,
    "lookup/confidences": {"ids": [FACT]},
    "lookup/entity_mentions": OF_ENTITY,
    "lookup/fact_ids_known": OF_ENTITY,
    "lookup/neighbours_known": OF_ENTITY,
    "lookup/timeline": OF_ENTITY,
    "store/set_version": {"version": 1},
}


@pytest.fixture(scope="module")
def filled(backend: Backend) -> Backend:
    store = backend.store
    store.write(lambda transaction: transaction.run("store/clear"))
    gunter, meta, facebook = person("Tom Gunter"), company("Meta"), company("Facebook")
    earlier = Story(ARTICLE, outlet="Les Échos").mentions(gunter)
    copy = Story("second", url=URL).mentions(meta)
    first = (
        Story(ARTICLE, outlet="Les Échos", url=URL)
        .mentions(gunter, "l'ingénieur")
        .says(gunter, "WORKED_AT", company("Apple"))
        .says(gunter, "HIRED_BY", meta, attributed_to=company("Bloomberg"))
        .says(person("Mark Lee"), "HIRED_BY", meta)
        .says(meta, "INVESTED_IN", company("Scale AI"))
        .says(facebook, "DEVELOPS", product("Llama 4"))
        .says(person("Yann LeCun"), "LEADS", organization("FAIR"))
    )
    for story in (earlier, first, copy):
        ingest(store, [story.item()])
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
    unknown = statement.parameters - values.keys()
    assert not unknown, f"say in USUAL or OWN what {unknown} may be in {statement.name}"
    return {name: values[name] for name in statement.parameters}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("-neo4j")])
def test_a_statement_takes_and_returns_what_its_header_says(
    filled: Backend, driver: Driver, name: str
) -> None:
    statement = load(name)
    columns, rows = run(driver, filled.database, statement.text, values_for(statement))
    if name in FINDS_NOTHING:
        assert (columns, rows) in {(statement.columns, 0), ((), 0)}
    else:
        assert columns == statement.columns
        assert rows > 0 or not columns


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-neo4j")])
def test_a_statement_for_neo4j_alone_runs_there(neo4j: Backend, name: str) -> None:
    statement = load(name)
    with neo4j.driver() as driver:
        columns, _ = run(driver, neo4j.database, statement.text, values_for(statement))
    assert columns == statement.columns
