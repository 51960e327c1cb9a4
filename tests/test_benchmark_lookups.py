"""The benchmarks on a graph run, on a small one: what they measure is not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from backends import Backend

from benchmarks import lookups, worlds
from benchmarks.stores import Database
from benchmarks.table import markdown
from benchmarks.world import World
from graph.batches import run_rows
from graph.store import Store, Transaction

ENTITIES, FACTS = 200, 2_000
ARTICLES = 20


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name, number in (("QUESTIONS", 4), ("PATHS", 3), ("WARM_UPS", 1)):
        monkeypatch.setattr(lookups, name, number)


@pytest.fixture
def database(backend: Backend, store: Store) -> Database:
    """A small world in the database of the run."""
    world = World(ENTITIES, FACTS)
    ids = world.ids
    facts = [
        {
            "type": fact.relation.value,
            "start": ids[fact.subject],
            "end": ids[fact.object],
            "properties": row,
        }
        for fact, row in world.untold()
    ]

    def fill(transaction: Transaction) -> None:
        run_rows(transaction, "ingest/create_entities", list(world.entities()))
        run_rows(transaction, "ingest/write_facts", facts)

    store.write(fill)
    worlds.tell(world, store)
    return Database(backend.name, backend.uri, backend.admin, backend.database, store)


def test_a_world_is_the_same_each_time_and_tells_no_fact_twice() -> None:
    one, other = World(ENTITIES, FACTS), World(ENTITIES, FACTS)
    facts = [row["id"] for _, row in one.untold()]
    assert facts == [row["id"] for _, row in other.untold()]
    articles = list(one.told())
    assert articles == list(other.told())
    told = {key.id for article in articles for key, _ in article.facts}
    assert len(articles) == ARTICLES
    assert len({*facts, *told}) == len(facts) + len(told) == FACTS
    assert len({row["id"] for row in one.entities()}) == ENTITIES


def test_a_world_that_is_kept_is_built_once_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    with worlds.kept("embedded", ENTITIES, FACTS) as first:
        totals = first.store.read("lookup/totals")
    assert (
        totals[0].items()
        >= {"articles": ARTICLES, "entities": ENTITIES, "relationships": FACTS}.items()
    )
    assert worlds.cost("embedded", ENTITIES, FACTS).startswith("built in ")
    monkeypatch.setattr(worlds, "World", None)
    with worlds.kept("embedded", ENTITIES, FACTS) as again:
        assert again.store.read("lookup/totals") == totals


def test_every_look_up_is_measured_beside_the_bare_driver(database: Database) -> None:
    measures = list(lookups.measure_on(database, "small"))
    assert len(measures) == 5 * 2
    assert all(measure.ratio > 0 for measure in measures)
    lines = markdown(measures).splitlines()
    assert lines[2].startswith(f"| Search by name, {database.title}, small, p50 | ")
    assert len(lines) == 2 + len(measures)
