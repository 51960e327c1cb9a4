"""The page on the data model names everything that is stored, and its queries run."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from stories import Story, company, person

from graph.fact_rule import ClaimRecord, derive
from graph.identity import source_key
from graph.ingest import ingest
from graph.model import Amount, Status, VagueDate
from graph.store import Store

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "data-model.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL)
TERMS = set(re.findall(r"`([A-Za-z_0-9]+)`", PAGE))

PANG, META, BLOOMBERG = person("Ruoming Pang"), company("Meta"), company("Bloomberg")


def hire(id_: str, outlet: str, day: int, **more: Any) -> Story:
    published = dt.date(2025, 7, day)
    return Story(id_, outlet=outlet, published=published).says(PANG, "HIRED_BY", META, **more)


@pytest.fixture
def press(store: Store) -> Store:
    everything: dict[str, Any] = {
        "role": "chercheur",
        "amount": Amount(value=2e8, currency="USD", bound="about", purpose="package"),
        "start": VagueDate(earliest=dt.date(2025, 7, 1), latest=dt.date(2025, 7, 8)),
        "end": VagueDate(earliest=dt.date(2026, 1, 1), latest=dt.date(2026, 7, 8)),
        "attributed_to": BLOOMBERG,
    }
    full = Story(
        "c",
        title="Titre",
        url="https://example.org",
        outlet="Les Échos",
        author="A. Dupont",
        origin="c.txt",
        credited_source="Bloomberg",
    ).says(PANG, "HIRED_BY", META, **everything)
    article, reading = full.says(PANG, "WORKED_AT", company("Apple")).item()
    skipped = reading.model_copy(update={"skipped": "for the test"})
    items = [hire("a", "Bloomberg", 1).item(), hire("b", "Reuters", 2).item(), (article, skipped)]
    ingest(store, items)
    return store


def test_everything_that_is_stored_is_named(press: Store) -> None:
    nodes = press.query("MATCH (n) RETURN labels(n), keys(n)").rows
    relationships = press.query("MATCH ()-[r]->() RETURN [type(r)], keys(r)").rows
    stored = {name for row in [*nodes, *relationships] for names in row for name in names}
    facts = {"HIRED_BY", "WORKED_AT"}
    assert len(stored) > 70
    assert stored - facts - TERMS - {"id"} == set()


def test_the_queries_run_and_find_something(press: Store) -> None:
    assert len(QUERIES) == 3
    for query in QUERIES:
        assert press.query(query).rows, query


def test_the_example_of_the_rule_is_true() -> None:
    def claim(id_: str, source: str, day: int, status: Status, **more: Any) -> ClaimRecord:
        return ClaimRecord(
            id=id_,
            article_id=id_,
            source_key=source,
            published=dt.date(2025, 7, day),
            status=status,
            **more,
        )

    claims = [
        claim("a", "outlet:bloomberg", 1, Status.ASSERTED, amount_value=2e8),
        claim("b", "outlet:bloomberg", 2, Status.REPORTED, relayed=True),
        claim("c", "outlet:apple", 3, Status.DENIED, relayed=True),
    ]
    fact = derive(claims)
    assert (fact.status, fact.contested, fact.sources, fact.claims) == ("denied", True, 1, 3)
    again = derive([*claims, claim("d", "outlet:reuters", 4, Status.ASSERTED)])
    assert (again.status, again.contested, again.sources) == ("asserted", True, 2)
    assert again.amount_value == 2e8


def test_the_source_keys_of_the_example_are_true() -> None:
    article, reading = hire("b", "Le Monde", 2, attributed_to=BLOOMBERG).item()
    assert source_key(reading.claims[0], article) == "outlet:bloomberg"
    article, reading = hire("c", "Reuters", 3, attributed_to=company("Apple")).item()
    assert source_key(reading.claims[0], article) == "outlet:apple"


def test_the_picture_is_there_and_well_formed() -> None:
    [picture] = re.findall(r"!\[.+?\]\((.+?)\)", PAGE)
    root = ElementTree.parse(DOCS / picture).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
