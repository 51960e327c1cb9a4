"""Exports over HTTP."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import httpx
import networkx as nx
import pyarrow.parquet as pq
import pytest
from followthemoney import model as ftm
from stories import Story, company, person

from api.routes import export
from graph.export_neo4j import export_for_import
from graph.ingest import ingest
from graph.store import Store


@pytest.fixture(autouse=True)
def press(store: Store) -> None:
    story = Story("one").says(person("Tom Gunter"), "HIRED_BY", company("Meta"))
    ingest(store, [story.item()])


def test_files_are_sent_with_their_names(client: httpx.Client) -> None:
    sent = client.get("/v1/export/graphml")
    assert sent.headers["content-disposition"] == 'attachment; filename="mercato.graphml"'
    assert len(nx.parse_graphml(sent.text).edges) == 1
    assert len(nx.read_gexf(io.BytesIO(client.get("/v1/export/gexf").content)).edges) == 1
    table = client.get("/v1/export/parquet", params={"table": "claims"}).content
    assert pq.read_table(io.BytesIO(table)).num_rows == 1
    assert len(client.get("/v1/export/jsonld").json()["@graph"]) == 4
    sent = client.get("/v1/export/ftm")
    assert sent.headers["content-type"].startswith("application/json+ftm")
    assert sent.headers["content-disposition"] == 'attachment; filename="mercato.ftm.json"'
    schemata = [ftm.get_proxy(json.loads(line)).schema.name for line in sent.text.splitlines()]
    assert sorted(schemata) == ["Article", "Company", "Employment", "Person"]


def test_a_form_that_the_service_has_no_library_for_is_refused_before_it_begins(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    refused = client.get("/v1/export/ftm")
    assert refused.status_code == 501
    assert refused.json()["type"] == "/v1/problems/not-installed"
    assert "mercato[ftm]" in refused.json()["detail"]


def test_the_files_for_neo4j_admin_come_in_an_archive(
    client: httpx.Client, store: Store, tmp_path: Path
) -> None:
    export_for_import(store, tmp_path)
    sent = client.get("/v1/export/neo4j-admin")
    assert sent.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        assert archive.testzip() is None
        command = archive.read("neo4j-admin.txt").decode()
        held = {name: archive.read(name) for name in archive.namelist() if name.endswith(".csv")}
    assert held == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert command.startswith("neo4j-admin database import full ")
    assert all(f"={name} " in command for name in held)


def test_one_who_hangs_up_gives_the_place_back(client: httpx.Client) -> None:
    for _ in range(2 * export.MAX_AT_ONCE):
        with client.stream("GET", "/v1/export/graphml") as response:
            assert response.status_code == 200
            response.read()


def test_too_many_exports_at_once_are_refused(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(export.MAX_AT_ONCE):
        assert export._running.acquire(blocking=False)
    try:
        response = client.get("/v1/export/gexf")
        assert response.status_code == 503
        assert response.json()["type"] == "/v1/problems/busy"
        assert int(response.headers["retry-after"]) > 0
    finally:
        for _ in range(export.MAX_AT_ONCE):
            export._running.release()
    assert client.get("/v1/export/gexf").status_code == 200
