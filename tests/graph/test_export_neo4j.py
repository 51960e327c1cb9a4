"""The files for `neo4j-admin database import`, proved by the real server."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shlex
from pathlib import Path
from typing import Any

import pytest
from backends import Backend, on_server
from dumps import dump_of
from stories import Story, company, organization, person, product

from api.cli import main
from deploy.neo4j.server import DATABASE, Neo4jServer
from graph.copying import holdings
from graph.decisions import merge_entities
from graph.errors import ExportError
from graph.export_neo4j import export_for_import
from graph.ingest import ingest
from graph.model import Amount, VagueDate
from graph.store import Store

HOSTILE = 'Il dit : "a, b; c",\nd\\e\\" \\\r\nœ 😀 \'f\' \\'
"""All that may be mistaken for a part of the form of a CSV file."""
GUNTER, META, SCALE = person("Tom Gunter"), company("Meta"), company("Scale AI")


def contents(folder: Path) -> dict[str, list[list[str]]]:
    """The rows of each file, in an order of their own."""
    return {
        path.name: sorted(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
        for path in folder.iterdir()
    }


@pytest.fixture
def filled(embedded: Backend) -> Store:
    store = embedded.store
    store.write(lambda transaction: transaction.run("store/clear"))
    day = dt.date(2025, 7, 8)
    stories = [
        Story("first", outlet="Les Échos", title=HOSTILE, author="")
        .mentions(GUNTER, "l'ingénieur", "Gunter ; le vrai, l'autre")
        .says(
            GUNTER,
            "HIRED_BY",
            company("Facebook"),
            quote=HOSTILE,
            role='x, "y"',
            amount=Amount(value=100e6, currency="USD", purpose="package"),
            start=VagueDate(earliest=day, latest=day),
            cues=("a recruté", "embauche"),
        )
        .says(META, "ACQUIRED", SCALE, attributed_to=company("Bloomberg")),
        Story("second", published=None)
        .says(META, "ACQUIRED", SCALE)
        .says(META, "DEVELOPS", product("Llama 4")),
        Story("third").mentions(organization("FAIR")),
        Story("fourth"),
    ]
    ingest(store, [Story("first", title=HOSTILE).mentions(company("Apple")).item()])
    ingest(store, [story.item() for story in stories])
    merge_entities(store, "company-facebook", "company-meta", reason="nouveau nom")
    return store


def test_a_server_that_imported_the_files_holds_the_same_graph(
    filled: Store,
    embedded: Backend,
    neo4j_server: Neo4jServer,  # so that this one is skipped where there is no Neo4j
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in embedded.environment().items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "for neo4j"
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", "neo4j-admin", "--output", str(folder)])
    assert ended.value.code == 0
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    program, *arguments = shlex.split(capsys.readouterr().out)
    assert (program, arguments[-1]) == ("neo4j-admin", DATABASE)
    server = Neo4jServer(tmp_path / "home", bolt_port=0, http_port=0, heap="512m")
    done = server.admin(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    with server, on_server(server).store as store:
        store.apply_schema()
        held = holdings(store).counts
        assert held == holdings(filled).counts
        assert held["versions"] == held["decisions"] == 1
        assert dump_of(store) == dump_of(filled)
        again = tmp_path / "again"
        again.mkdir()
        export_for_import(store, again)
        assert contents(again) == contents(folder)
        joined = "MATCH (v:Version)-[:VERSION_OF]->(a) RETURN v.id, a.id"
        assert store.query(joined).rows == filled.query(joined).rows != []


def test_a_folder_that_holds_something_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").write_text("mine", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", "neo4j-admin", "--output", str(tmp_path)])
    assert ended.value.code == 2
    assert "empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"note": 1}, r"entities.*person-tom-gunter.*note"),
        ({"aliases": ["a\x1fb"]}, r"entities.*'a\\x1fb'.*mercato copy"),
    ],
)
def test_what_the_files_cannot_hold_is_named(
    filled: Store,
    embedded: Backend,
    tmp_path: Path,
    properties: dict[str, Any],
    message: str,
) -> None:
    with embedded.driver() as driver:
        driver.execute_query(
            "MATCH (e:Entity {id: 'person-tom-gunter'}) SET e += $properties",
            {"properties": properties},
            database_=embedded.database,
        )
    with pytest.raises(ExportError, match=message):
        export_for_import(filled, tmp_path)
