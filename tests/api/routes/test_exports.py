"""Exports over HTTP."""

from __future__ import annotations

import io

import httpx
import networkx as nx
import pyarrow.parquet as pq
import pytest
from stories import Story, company, person

from api.routes import export
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
