"""The benchmarks on a graph run, on a small one: what they measure is not looked at."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from backends import Backend
from by_hand import Waiting
from serving import serving

from api.app import create_app
from api.settings import Settings
from benchmarks import hammer, load, lookups, worlds
from benchmarks.served import Service
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


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_the_service_is_measured_under_load_beside_the_bare_driver(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("CONNECTIONS", (2,)), ("SECONDS", 1), ("WARM_UP_S", 1), ("READERS", 2)):
        monkeypatch.setattr(load, name, value)
    app = create_app(Settings(data_dir=tmp_path), store=database.store, reader=Waiting())
    asked = {each.name: each for each in lookups.lookups(database, 4, 3)}
    with serving(app) as url:
        service = Service(url, os.getpid(), database)
        measures = list(load.beside_driver(asked["Entity"], service, "small"))
    assert [each.name.rsplit(", ", 2)[1:] for each in measures] == [
        ["2 connections", "a second"],
        ["2 connections", "p99"],
    ]
    assert all(measure.ratio > 0 for measure in measures)


def test_without_wrk_one_is_told_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(hammer.MissingToolError, match="apt install wrk"):
        next(load.measure("embedded", ENTITIES, FACTS))
