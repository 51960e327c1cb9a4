"""The whole graph from the embedded engine into a Neo4j server."""

from __future__ import annotations

import pytest
from backends import Backend
from dumps import dump_of
from outage import PATIENCE_S, Outage
from stories import Story, company, person

from api.cli import main
from api.patience import patient
from deploy.neo4j.server import Neo4jServer
from graph import copying
from graph.copying import copy_graph, holdings
from graph.decisions import merge_entities
from graph.errors import CopyError
from graph.ingest import ingest
from graph.store import Store

ARTICLES = 7


@pytest.fixture
def source(embedded: Backend) -> Store:
    store = embedded.store
    store.write(lambda transaction: transaction.run("store/clear"))
    stories = [
        Story(f"article-{number}", outlet=f"Outlet {number}")
        .says(person(f"Person {number}"), "HIRED_BY", company("Facebook" if number % 2 else "Meta"))
        .says(company("Meta"), "ACQUIRED", company("Scale AI"), attributed_to=company("Bloomberg"))
        for number in range(ARTICLES)
    ]
    ingest(store, [Story("article-0", outlet="Outlet 0").mentions(company("Apple")).item()])
    ingest(store, [story.item() for story in stories])
    merge_entities(store, "company-facebook", "company-meta", reason="nouveau nom")
    return store


@pytest.fixture
def target(neo4j: Backend) -> Store:
    neo4j.store.write(lambda transaction: transaction.run("store/clear"))
    return neo4j.store


def test_a_copy_is_equal_to_the_original_and_made_once(source: Store, target: Store) -> None:
    copied = copy_graph(source, target)
    assert copied is not None
    assert copied.counts["articles"] == ARTICLES
    assert (copied.counts["decisions"], copied.counts["versions"]) == (1, 1)
    assert dump_of(target) == dump_of(source)
    revision = target.read("store/state")[0]["revision"]
    assert copy_graph(source, target) == copied
    # The decisions are written again; no article is.
    assert target.read("store/state")[0]["revision"] == revision + 1


def test_a_copy_that_was_stopped_goes_on(
    source: Store, target: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", 2)
    done: list[tuple[int, int]] = []

    def note(so_far: int, total: int) -> None:
        done.append((so_far, total))

    assert copy_graph(source, target, on_batch=note, stop=lambda: len(done) == 2) is None
    assert done == [(2, ARTICLES), (4, ARTICLES)]
    assert target.read("lookup/totals")[0]["articles"] == 4
    assert copy_graph(source, target, on_batch=note) == holdings(source)
    assert done[-1] == (ARTICLES, ARTICLES)


def test_a_target_that_holds_more_is_not_said_to_be_equal(source: Store, target: Store) -> None:
    ingest(target, [Story("other").item()])
    with pytest.raises(CopyError, match="8 articles instead of 7"):
        copy_graph(source, target)


def test_one_value_that_differs_is_found(source: Store, target: Store, neo4j: Backend) -> None:
    copy_graph(source, target)
    with neo4j.driver() as driver:
        driver.execute_query(
            "MATCH ()-[f:ACQUIRED]->() SET f.sources = f.sources + 1", database_=neo4j.database
        )
    with pytest.raises(CopyError, match="not the same"):
        copy_graph(source, target)


TYPES = """
MATCH (a:Article) RETURN 'article' AS of, valueType(a.loaded_at) AS is
UNION MATCH (c:Claim) RETURN 'claim' AS of, valueType(c.loaded_at) AS is
UNION MATCH (d:Decision) RETURN 'decision' AS of, valueType(d.decided_at) AS is
UNION MATCH (v:Version) RETURN 'version' AS of, valueType(v.replaced_at) AS is
"""


def test_times_are_of_the_type_that_a_load_into_the_target_gives_them(
    source: Store, target: Store, neo4j: Backend
) -> None:
    copy_graph(source, target)
    kinds = {"article", "claim", "decision", "version"}
    assert {tuple(row) for row in target.query(TYPES).rows} == {
        (kind, "ZONED DATETIME NOT NULL") for kind in kinds
    }
    with neo4j.driver() as driver:
        driver.execute_query(
            "MATCH (a:Article {id: 'article-3'}) SET a.loaded_at = localdatetime(a.loaded_at)",
            database_=neo4j.database,
        )
    with pytest.raises(CopyError, match="not the same"):
        copy_graph(source, target)


def test_the_command_copies_and_says_what_both_hold(
    source: Store,
    target: Store,
    embedded: Backend,
    neo4j: Backend,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in embedded.environment().items():
        monkeypatch.setenv(name, value)
    user, password = neo4j.admin
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    where = ["--to", neo4j.uri, "--user", user, "--database", neo4j.database]
    with pytest.raises(SystemExit) as ended:
        main(["copy", *where])
    assert ended.value.code == 0
    captured = capsys.readouterr()
    assert "facts" in captured.out
    assert holdings(target).checksum[:16] in captured.err


def test_a_target_that_is_restarted_meanwhile_is_waited_for(
    source: Store, target: Store, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", 2)
    outage = Outage(neo4j_server)
    patiently = patient(target, PATIENCE_S, outage.on_waiting, lambda: False)
    copied = outage.during(lambda: copy_graph(source, patiently, on_batch=outage.midway))
    assert copied == holdings(source)
    assert "does not answer" in outage.said[0]
    assert outage.said[1] == "The server answers again; going on."
