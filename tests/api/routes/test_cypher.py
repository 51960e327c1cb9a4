"""Cypher over HTTP: what it gives, and that nobody can do harm with it.

`ATTACKS` go through the service; those that write go to the database too without the guard before
it (`WRITES`), as the user that the service reads with. Whatever is to be fetched lies on this
machine, on a port of the test's own or in its folder: a guard that fails sends nothing elsewhere.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from backends import Backend
from fastapi import FastAPI
from neo4j import READ_ACCESS, GraphDatabase
from neo4j.exceptions import Neo4jError
from stories import Story, company, person

from api.app import create_app
from api.routes import cypher
from api.settings import Settings
from graph.connect import engine_store
from graph.engine import Engine
from graph.ingest import ingest
from graph.store import Store

GUNTER, META = person("Tom Gunter"), company("Meta")
ALL_NODES = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m"

WRITES = [
    "CREATE (n:Entity {id: 'evil'})",
    "CREATE (n:Evil) RETURN n",
    "MERGE (n:Entity {id: 'evil'}) RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) SET n.name = 'evil'",
    "MATCH (n) SET n:Evil",
    "MATCH (n) REMOVE n.name",
    "MATCH (a:Person), (b:Company) CREATE (a)-[:HIRED_BY {id: 'evil'}]->(b)",
    "MATCH ()-[r]->() DELETE r",
    "FOREACH (x IN [1, 2] | CREATE (:Evil {x: x}))",
    "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "MATCH (n) CALL (n) { SET n.name = 'evil' } IN TRANSACTIONS OF 1 ROWS",
    "UNWIND range(1, 3) AS x CALL (x) { CREATE (:Evil {x: x}) } RETURN x",
    "RETURN 1 AS x UNION CREATE (n:Evil) RETURN 2 AS x",
    "MATCH (n) WITH n LIMIT 1 SET n = {} RETURN n",
    "PROFILE CREATE (n:Evil) RETURN n",
    "CREATE INDEX evil FOR (n:Entity) ON (n.kind)",
    "CREATE CONSTRAINT evil FOR (n:Entity) REQUIRE n.name IS UNIQUE",
    "DROP INDEX entity_name",
    "DROP CONSTRAINT entity_id IF EXISTS",
    "CREATE FULLTEXT INDEX evil FOR (n:Entity) ON EACH [n.name]",
    "CALL db.createLabel('Evil')",
    "CALL db.createProperty('evil')",
    "CALL db.createRelationshipType('EVIL')",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh() CREATE (:Evil)",
    "CALL apoc.cypher.runWrite('CREATE (:Evil)', {})",
    "CALL apoc.create.node(['Evil'], {}) YIELD node RETURN node",
    "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {})",
    "CREATE USER evil SET PASSWORD 'evilevil'",
    "DROP DATABASE mercato",
]
"""Refused by the database itself, or wrong there."""

FETCHES = [
    "LOAD CSV FROM '{file}' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM '{file}' AS line RETURN line",
    "load /* hidden */ csv from '{url}' AS line RETURN line",
    "LOAD\n// hidden\nCSV FROM '{url}' AS line RETURN line",
    "MATCH (n) LOAD CSV FROM '{url}' + n.id AS line RETURN line",
    "CALL {{ LOAD CSV FROM '{url}' AS line RETURN line }} RETURN line",
    "EXPLAIN LOAD CSV FROM '{url}' AS line RETURN line",
    "PROFILE LOAD CSV FROM '{url}' AS line RETURN line",
    "CYPHER runtime=slotted LOAD CSV FROM '{url}' AS line RETURN line",
    "\\u004cOAD CSV FROM '{url}' AS line RETURN line",
    "LOAD CSV FROM 'https://user:secret@127.0.0.1:{port}/x' AS line RETURN line",
    "LOAD CSV FROM 'http://[::1]:{port}/x' AS line RETURN line",
    "CALL apoc.load.json('{url}') YIELD value RETURN value",
]
OTHERS = [
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "SHOW TRANSACTIONS",
    "SHOW SETTINGS",
    "SHOW USERS",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER USER neo4j SET PASSWORD 'evilevil'",
    "GRANT ROLE admin TO reader",
    "STOP DATABASE neo4j",
    "USE system SHOW USERS",
    "CALL dbms.killConnections(['bolt-1', 'bolt-2'])",
    "CALL `dbms`.`killConnections`(['bolt-1'])",
    "CALL dbms.listConfig()",
    "CALL dbms.setConfigValue('server.bolt.enabled', 'false')",
    "CALL db.clearQueryCaches()",
    "RETURN 1; MATCH (n) DETACH DELETE n",
    "*/ MATCH (n) DETACH DELETE n",
]
ATTACKS = [*WRITES, *FETCHES, *OTHERS]

RUNAWAYS = [
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)",
    "UNWIND range(1, 3000) AS a MATCH (x), (y), (z), (u), (v), (w) RETURN count(*)",
    "MATCH p = (a)-[*1..30]-(b) UNWIND range(1, 1000000) AS x UNWIND range(1, 1000) AS y "
    "RETURN count(p)",
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b < 0 "
    "RETURN a",
]


@pytest.fixture
def press(store: Store) -> Store:
    ingest(store, [Story("one").says(GUNTER, "HIRED_BY", META).item()])
    return store


@pytest.fixture
def listening() -> Iterator[tuple[int, list[Any]]]:
    """A port of this machine, and whoever has knocked on it."""
    knocked: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                connection, address = server.accept()
                connection.close()
                if address[1] == stopping.getsockname()[1]:
                    return
                knocked.append(address)

        with socket.socket() as stopping:
            stopping.bind(("127.0.0.1", 0))
            thread = threading.Thread(target=listen)
            thread.start()
            yield server.getsockname()[1], knocked
            stopping.connect(server.getsockname())
            thread.join()


def run(client: httpx.Client, query: str, **more: Any) -> httpx.Response:
    return client.post("/v1/cypher", json={"query": query, **more})


def everything(store: Store) -> list[str]:
    """All that is stored, in values, and all indexes."""
    rows = store.query(ALL_NODES, limit=10_000).rows
    for row in rows:
        for part in row:
            if part is not None:  # ids of the moment
                part.update({"id": None, "start": None, "end": None})
    indexes = store.query("SHOW INDEXES", limit=1_000)
    names = [row[indexes.columns.index("name")] for row in indexes.rows]
    return sorted(json.dumps(row, sort_keys=True) for row in rows) + sorted(names)


def test_rows_come_with_their_columns(client: httpx.Client, press: Store) -> None:
    query = "MATCH (p:Person)-[h:HIRED_BY]->(c) RETURN p.name AS person, c.name = $name AS there, h"
    answer = run(client, query, parameters={"name": "Meta"}).json()
    ((name, there, hired),) = answer["rows"]
    assert (answer["columns"], name, there) == (["person", "there", "h"], "Tom Gunter", True)
    assert (hired["type"], hired["properties"]["status"]) == ("HIRED_BY", "asserted")
    assert answer["truncated"] is False


def test_no_more_rows_come_than_were_asked_for(client: httpx.Client) -> None:
    answer = run(client, "UNWIND range(1, 10) AS x RETURN x", limit=3).json()
    assert (answer["rows"], answer["truncated"]) == ([[1], [2], [3]], True)


@pytest.mark.parametrize(("limit", "truncated"), [(5_000, True), (50_000, False)])
def test_many_rows_are_streamed_one_line_each(
    client: httpx.Client, limit: int, truncated: bool
) -> None:
    body = {"query": "UNWIND range(1, 20000) AS x RETURN x, 'é' AS e", "limit": limit}
    headers = {"Accept": "application/x-ndjson"}
    with client.stream("POST", "/v1/cypher", json=body, headers=headers) as response:
        assert response.headers["content-type"].startswith("application/x-ndjson")
        first, *rows, last = (json.loads(line) for line in response.iter_lines())
    count = min(limit, 20_000)
    assert first == {"columns": ["x", "e"]}
    assert [row["row"] for row in rows] == [[x, "é"] for x in range(1, count + 1)]
    assert last == {"end": {"rows": count, "truncated": truncated}}


def test_a_statement_that_fails_half_way_says_so_in_the_last_line(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "UNWIND range(1, 20000) AS x RETURN CASE x WHEN 20000 THEN date('x') ELSE x END AS x"
    headers = {"Accept": "application/x-ndjson"}
    lines = client.post("/v1/cypher", json={"query": query, "limit": 50_000}, headers=headers)
    if lines.status_code == 200:
        last = json.loads(lines.text.splitlines()[-1])
        assert last["problem"]["type"] == "/v1/problems/invalid-query"
    else:  # a store that finds all rows before it gives the first
        assert lines.json()["type"] == "/v1/problems/invalid-query"


def test_one_who_hangs_up_gives_the_place_back(client: httpx.Client) -> None:
    body = {"query": "UNWIND range(1, 1000000) AS x RETURN x", "limit": 1_000_000}
    headers = {"Accept": "application/x-ndjson"}
    for _ in range(cypher.MAX_AT_ONCE + 1):
        while True:
            with client.stream("POST", "/v1/cypher", json=body, headers=headers) as response:
                if response.status_code == 200:
                    next(response.iter_lines())
                    break
    for _ in range(200):
        if run(client, "RETURN 1 AS x").status_code == 200:
            return
    pytest.fail("the places were not given back")


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("MATCH (n RETURN n", 1, 10),
        ("MATCH (n)\nRETRUN n", 2, 1),
        ("RETURN foo", 1, 8),
        ("MATCH (n)\nRETURN n, nofunc(1) AS x", 2, 11),
        ("MTACH (n) RETURN n", 1, 1),
        ("MATCH (n)\n  CALL dbms.listConfig() YIELD name RETURN name", 2, 8),
    ],
)
def test_a_mistake_is_shown_in_its_place(
    client: httpx.Client, query: str, line: int, column: int
) -> None:
    response = run(client, query)
    assert response.status_code in {403, 422}
    (error,) = response.json()["errors"]
    assert (error["where"], error["field"]) == ("body", "query")
    assert error["message"].startswith(f"line {line}, column {column}: "), error


@pytest.mark.parametrize("body", [{}, {"query": ""}, {"query": "RETURN 1", "limit": 0}, {"q": 1}])
def test_a_body_that_is_no_question_is_refused(client: httpx.Client, body: Any) -> None:
    assert client.post("/v1/cypher", json=body).status_code == 422


def test_a_parameter_that_no_store_holds_is_refused(client: httpx.Client) -> None:
    response = run(client, "RETURN $x AS x", parameters={"x": 2**70})
    assert response.json()["type"] == "/v1/problems/invalid-query"


def test_there_are_attacks_enough() -> None:
    assert len(set(ATTACKS) | set(RUNAWAYS)) >= 40


def test_no_attack_changes_anything_or_fetches_anything(
    client: httpx.Client,
    press: Store,
    listening: tuple[int, list[Any]],
    tmp_path: Path,
) -> None:
    port, knocked = listening
    secret = tmp_path / "secret.csv"
    secret.write_text("name\nhush-hush\n")
    places = {"url": f"http://127.0.0.1:{port}/x", "port": port, "file": secret.as_uri()}
    before = everything(press)
    let_through = []
    for attack in ATTACKS:
        query = attack.format(**places) if attack in FETCHES else attack
        response = run(client, query)
        if response.status_code not in {403, 422}:
            let_through.append((query, response.status_code, response.text[:200]))
        assert "hush-hush" not in response.text
    assert let_through == []
    assert everything(press) == before
    assert knocked == []
    assert client.get("/v1/entities/company-meta").status_code == 200


def test_the_database_by_itself_lets_the_reader_write_nothing(
    backend: Backend, press: Store
) -> None:
    before = everything(press)
    auth = backend.reader or backend.admin
    written = []
    with (
        GraphDatabase.driver(backend.uri, auth=auth) as driver,
        driver.session(database=backend.database, default_access_mode=READ_ACCESS) as session,
    ):
        for attack in WRITES:
            try:
                summary = session.run(attack).consume()
            except Neo4jError:
                continue
            if summary.counters.contains_updates or summary.counters.contains_system_updates:
                written.append(attack)
    assert written == []
    assert everything(press) == before


@pytest.fixture(scope="module")
def impatient(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on which statements are stopped after a second."""
    if backend.name == "neo4j":
        with backend.connect(query_timeout_s=1) as store:
            yield store
        return
    folder = tmp_path_factory.mktemp("impatient") / "data"
    with (
        Engine.start(folder, bolt_port=0, command_timeout_s=1) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        ingest(store, [Story("one").says(GUNTER, "HIRED_BY", META).item()])
        yield store


def test_runaways_are_stopped_while_others_are_answered(
    app: FastAPI, backend: Backend, press: Store, impatient: Store, serving: Any, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path)
    other = create_app(settings, store=impatient, reader=app.state.services.reader)
    with (
        serving(other) as client,
        ThreadPoolExecutor(2 * cypher.MAX_AT_ONCE) as pool,
    ):
        wild = [pool.submit(run, client, RUNAWAYS[n % len(RUNAWAYS)]) for n in range(8)]
        answered = 0
        while not all(each.done() for each in wild):
            assert client.get("/v1/entities/company-meta").status_code == 200
            answered += 1
        ended = [each.result() for each in wild]
        assert answered > 0
        assert {each.status_code for each in ended} <= {503, 504}
        assert 504 in {each.status_code for each in ended}
        for each in ended:
            assert each.status_code == 504 or each.headers["retry-after"]
        assert run(client, "RETURN 1 AS x").json()["rows"] == [[1]]


def test_a_row_too_large_to_hold_is_given_up(client: httpx.Client) -> None:
    columns = ", ".join(f"range(1, 1000000) AS x{n}" for n in range(5))
    response = run(client, f"RETURN {columns}")
    assert response.json()["type"] == "/v1/problems/invalid-query"
    assert "16 MB" in response.json()["detail"]
    assert run(client, "RETURN 1 AS x").json()["rows"] == [[1]]


def test_an_answer_too_large_to_hold_is_cut_off(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cypher, "_MAX_ANSWER", 10_000)
    answer = run(client, "UNWIND range(1, 1000) AS x RETURN range(1, 100) AS y").json()
    assert answer["truncated"] is True
    assert 0 < len(answer["rows"]) < 1000
