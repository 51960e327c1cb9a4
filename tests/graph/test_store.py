"""The store on the real engine: statements, transactions, schema, and what goes wrong."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from backends import Backend, on_engine
from child_processes import Child
from neo4j import Driver
from neo4j.exceptions import ConstraintError

from graph.connect import engine_store
from graph.engine import Engine
from graph.errors import (
    QueryError,
    SchemaVersionError,
    StoreAuthError,
    StoreError,
    StoreUnavailableError,
    WriteForbiddenError,
)
from graph.statements import UnknownStatementError, statements
from graph.store import Store, Transaction

WRITES_FIFTY_TIMES = """
from graph.store import Store

uri, user, password = sys.argv[1:]
attempts = 0

def work(transaction):
    global attempts
    attempts += 1
    transaction.run("store/bump")

with Store.connect(uri, user, password) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(50):
        store.write(work)
    print(attempts, flush=True)
"""


def _revision(store: Store) -> int:
    return int(store.read("store/state")[0]["revision"])


def test_the_server_says_what_it_is(backend: Backend) -> None:
    expected = {"embedded": "ArcadeDB 26.", "neo4j": "Neo4j 5.26."}
    assert backend.store.server_name.startswith(expected[backend.name])


def test_a_store_with_its_schema_is_ready(store: Store) -> None:
    assert store.is_ready()


def test_a_store_without_a_schema_is_not_ready(bare: Store) -> None:
    assert not bare.is_ready()


def test_a_store_whose_engine_has_stopped_is_not_ready(tmp_path: Path) -> None:
    with Engine.start(tmp_path / "data", bolt_port=0) as engine:
        store = engine_store(engine)
        store.apply_schema()
        assert store.is_ready()
    assert not store.is_ready()
    store.close()


def test_a_write_raises_the_revision_by_one(store: Store) -> None:
    before = _revision(store)
    assert store.write(lambda transaction: "done") == "done"
    assert _revision(store) == before + 1


def test_a_write_that_fails_leaves_no_trace(store: Store) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("store/bump")
        raise LookupError("midway")

    before = _revision(store)
    with pytest.raises(LookupError, match="midway"):
        store.write(work)
    assert _revision(store) == before


def test_a_statement_that_does_not_exist_is_a_mistake_of_the_program(store: Store) -> None:
    with pytest.raises(UnknownStatementError):
        store.read("lookup/nothing")


def test_a_read_statement_cannot_write(store: Store) -> None:
    before = _revision(store)
    with pytest.raises(WriteForbiddenError):
        store.read("store/bump")
    assert _revision(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Article {id: 'x'})",
        "MERGE (n:Article {id: 'x'}) RETURN n",
        "MATCH (s:GraphState) SET s.revision = 0",
        "MATCH (s:GraphState) DETACH DELETE s",
        "MATCH (s:GraphState) CALL (s) { CREATE (s)-[:KNOWS]->(s) } RETURN s",
    ],
)
def test_a_users_statement_cannot_write(store: Store, text: str) -> None:
    before = store.query("MATCH (n) RETURN properties(n)").rows
    with pytest.raises(WriteForbiddenError):
        store.query(text)
    assert store.query("MATCH (n) RETURN properties(n)").rows == before


@pytest.mark.parametrize(
    "text",
    [
        "CREATE INDEX sneaked_in FOR (a:Article) ON (a.text)",
        "DROP CONSTRAINT entity_id",
        "CREATE USER sneaked_in SET PASSWORD 'sneaked-in'",
        "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'sneaked-in'",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
    ],
)
def test_a_users_statement_changes_neither_schema_nor_users_and_reads_no_files(
    store: Store, text: str
) -> None:
    with pytest.raises(StoreError):
        store.query(text)
    found = {row[0] for row in store.query("SHOW INDEXES YIELD name RETURN name").rows}
    assert "sneaked_in" not in found


def test_a_writer_that_another_one_overtakes_starts_again(embedded: Backend) -> None:
    store = embedded.store
    before = _revision(store)
    attempts = 0
    # This one knows the address only, and does not wait for its turn.
    with embedded.connect() as other:

        def work(transaction: Transaction) -> None:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                other.write(lambda inner: inner.run("store/bump"))

        store.write(work)
    assert attempts == 2
    assert _revision(store) == before + 3


def test_of_two_processes_that_write_at_once_none_loses_a_write(
    backend: Backend, store: Store, tmp_path: Path
) -> None:
    before = _revision(store)
    with (
        Child(WRITES_FIFTY_TIMES, backend.uri, *backend.admin, cwd=tmp_path) as one,
        Child(WRITES_FIFTY_TIMES, backend.uri, *backend.admin, cwd=tmp_path) as two,
    ):
        assert (one.line(), two.line()) == ("ready", "ready")
        one.tell()
        two.tell()
        attempts = int(one.line()) + int(two.line())
        assert (one.end()[0], two.end()[0]) == (0, 0)
    assert _revision(store) == before + 200
    if backend.name == "embedded":  # on Neo4j the second one waits
        assert attempts > 100, "the two never met, so that this shows nothing"


def test_threads_of_one_process_take_turns(backend: Backend, store: Store) -> None:
    attempts = []

    def work(transaction: Transaction) -> None:
        attempts.append(1)
        transaction.run("store/bump")

    before = _revision(store)
    with backend.connect() as shared:
        threads = [threading.Thread(target=shared.write, args=(work,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert _revision(store) == before + 16
    assert len(attempts) == 8


def test_what_was_written_is_seen_by_the_reader_at_once(store: Store) -> None:
    for _ in range(50):
        written = store.write(lambda transaction: transaction.run("store/bump"))
        assert _revision(store) == written[0]["revision"]


# A user's own statements.


def test_values_are_such_as_json_can_hold(store: Store) -> None:
    result = store.query(
        "RETURN date('2025-01-02') AS day, datetime('2025-01-02T03:04:05Z') AS moment, "
        "duration({days: 1}) AS span, 0.0 / 0.0 AS none, {a: [date('2025-01-02')]} AS within, "
        "$names AS names",
        {"names": ["é", None, 1, 1.5, True]},
    )
    assert result.columns == ("day", "moment", "span", "none", "within", "names")
    assert result.rows == [
        [
            "2025-01-02",
            "2025-01-02T03:04:05+00:00",
            "P1D",
            "NaN",
            {"a": ["2025-01-02"]},
            ["é", None, 1, 1.5, True],
        ]
    ]


def test_nodes_relationships_and_paths_become_dicts(store: Store, admin: Driver) -> None:
    admin.execute_query(
        "CREATE (:Article {id: 'a', published: date('2025-01-02')})"
        "-[:MENTIONS {starts: [1]}]->(:Entity:Person {id: 'p'})",
        database_="mercato",
    )
    [[node, step, path]] = store.query(
        "MATCH p = (a:Article)-[m:MENTIONS]->(:Entity) RETURN a, m, p"
    ).rows
    assert node["labels"] == ["Article"]
    assert node["properties"] == {"id": "a", "published": "2025-01-02"}
    assert (step["type"], step["properties"]) == ("MENTIONS", {"starts": [1]})
    assert [part["properties"]["id"] for part in path["nodes"]] == ["a", "p"]
    assert path["nodes"][1]["labels"] == ["Entity", "Person"]
    assert [step["start"], step["end"]] == [part["id"] for part in path["nodes"]]
    assert path["relationships"] == [step]


@pytest.mark.parametrize(("rows", "truncated"), [(2, False), (3, False), (4, True), (5000, True)])
def test_no_more_rows_come_than_asked_for(store: Store, rows: int, truncated: bool) -> None:
    result = store.query("UNWIND range(1, $n) AS i RETURN i", {"n": rows}, limit=3)
    assert result.rows == [[i] for i in range(1, min(rows, 3) + 1)]
    assert result.truncated is truncated


def test_a_limit_below_one_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="limit is 0"):
        store.query("RETURN 1 AS one", limit=0)


def test_a_mistake_in_a_statement_is_shown_in_its_place(store: Store) -> None:
    with pytest.raises(QueryError) as raised:
        store.query("MATCH (n)\nRETUR n")
    assert "'RETUR'" in str(raised.value)
    assert "line 2" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no statement"),
        ("MATCH (n) RETURN m", "m"),
        ("RETURN 1 / 0 AS x", "zero"),
        ("RETURN $missing AS x", "missing"),
        ("RETURN noSuchFunction(1) AS x", "noSuchFunction"),
        ("RETURN 1 AS one; RETURN 2 AS two", ";"),
    ],
)
def test_a_wrong_statement_says_what_is_wrong(store: Store, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        store.query(text)


@pytest.mark.parametrize("value", [object(), 2**63, "\ud800", {1: "x"}])
def test_a_parameter_that_cannot_be_sent_is_an_error(store: Store, value: Any) -> None:
    with pytest.raises(QueryError, match="parameter"):
        store.query("RETURN $value AS value", {"value": value})


# Schema.


def test_the_schema_is_applied_once(bare: Store) -> None:
    bare.apply_schema()
    before = bare.query("SHOW INDEXES").rows
    bare.apply_schema()
    assert bare.query("SHOW INDEXES").rows == before
    assert bare.read("store/state") == [
        {"schema_version": len(statements("schema")), "revision": 0}
    ]


def test_a_schema_that_was_interrupted_is_taken_up_where_it_stopped(
    bare: Store, bare_admin: Driver
) -> None:
    bare.apply_schema()
    whole = bare.query("SHOW INDEXES YIELD labelsOrTypes, properties").rows
    bare_admin.execute_query("DROP INDEX claim_article_id", database_="mercato")
    bare_admin.execute_query("MATCH (s:GraphState) SET s.schema_version = 5", database_="mercato")
    assert not bare.is_ready()
    bare.apply_schema()
    assert bare.is_ready()
    assert bare.query("SHOW INDEXES YIELD labelsOrTypes, properties").rows == whole


def test_a_store_of_a_newer_version_is_refused(bare: Store, bare_admin: Driver) -> None:
    bare.apply_schema()
    bare_admin.execute_query("MATCH (s:GraphState) SET s.schema_version = 999", database_="mercato")
    with pytest.raises(SchemaVersionError, match=r"schema 999.*newer mercato"):
        bare.apply_schema()
    assert not bare.is_ready()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Article", "Article"),
        ("Claim", "Claim"),
        ("Entity:Person", "Entity:Person"),
        ("Entity:Person", "Entity:Company"),
    ],
)
def test_no_two_nodes_of_a_label_have_one_id(
    store: Store, admin: Driver, first: str, second: str
) -> None:
    admin.execute_query(f"CREATE (:{first} {{id: 'same'}})", database_="mercato")
    with pytest.raises(ConstraintError):
        admin.execute_query(f"CREATE (:{second} {{id: 'same'}})", database_="mercato")
    assert store.query("MATCH (n) WHERE n.id = 'same' RETURN count(n)").rows == [[1]]


def test_names_are_found_in_spite_of_a_typo(store: Store, admin: Driver) -> None:
    admin.execute_query(
        "CREATE (:Entity:Person {id: 'p', search_text: 'tom gunter'})", database_="mercato"
    )
    found = store.query(
        "CALL db.index.fulltext.queryNodes('entity_names', 'guntar~') YIELD node RETURN node.id"
    )
    assert found.rows == [["p"]]


# Connecting.


def test_nothing_at_the_address_is_said_so(free_port: int) -> None:
    with pytest.raises(StoreUnavailableError, match=rf"127\.0\.0\.1:{free_port} does not answer"):
        Store.connect(f"bolt://127.0.0.1:{free_port}", "user", "password")


def test_something_else_at_the_address_is_said_so(listening_port: int) -> None:
    with pytest.raises(StoreUnavailableError, match="does not answer, or hung up"):
        Store.connect(f"bolt://127.0.0.1:{listening_port}", "user", "password")


def test_a_wrong_password_of_either_user_is_said_so(backend: Backend) -> None:
    uri, user = backend.uri, backend.admin[0]
    with pytest.raises(StoreAuthError):
        Store.connect(uri, user, "wrong")
    with pytest.raises(StoreAuthError):
        Store.connect(uri, *backend.admin, reader_user=user, reader_password="wrong")


def test_a_database_that_is_not_there_is_said_so(backend: Backend) -> None:
    with pytest.raises(StoreError, match="elsewhere"):
        Store.connect(backend.uri, *backend.admin, database="elsewhere")


@pytest.mark.parametrize(
    "address", ["", "nonsense", "http://127.0.0.1:1", "bolt:127.0.0.1", "bolt://127.0.0.1:port"]
)
def test_what_is_not_an_address_is_said_so(address: str) -> None:
    with pytest.raises(StoreError, match="not the address of a store"):
        Store.connect(address, "user", "password")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="apart") as raised:
        Store.connect("bolt://user:hidden@127.0.0.1:1", "user", "password")
    assert "hidden" not in str(raised.value)


def test_a_closed_store_says_so(backend: Backend) -> None:
    store = backend.connect()
    store.close()
    store.close()
    with pytest.raises(StoreError, match=r"(?i)closed"):
        store.read("store/state")


def test_without_a_reader_the_writing_user_reads(backend: Backend) -> None:
    with Store.connect(backend.uri, *backend.admin) as alone:
        assert alone.is_ready()
        assert alone.query("RETURN date('2025-01-02') = $day AS same", {"day": DAY}).rows == [
            [True]
        ]


DAY = dt.date(2025, 1, 2)


def test_dates_come_back_from_a_statement_as_dates(store: Store, admin: Driver) -> None:
    admin.execute_query("MATCH (s:GraphState) SET s.revision = $day", day=DAY, database_="mercato")
    try:
        assert store.read("store/state")[0]["revision"] == DAY
    finally:
        admin.execute_query("MATCH (s:GraphState) SET s.revision = 0", database_="mercato")


@pytest.fixture
def admin(backend: Backend) -> Iterator[Driver]:
    """A plain driver that may write."""
    with backend.driver() as driver:
        yield driver


@pytest.fixture
def bare_backend(backend: Backend, tmp_path: Path) -> Iterator[Backend]:
    """A database without a schema."""
    if backend.name == "embedded":
        with Engine.start(tmp_path / "bare", bolt_port=0) as engine:
            bare = on_engine(engine)
            with bare.store:
                yield bare
        return
    # Neo4j Community has one database: it is made bare, and has its schema again afterwards.
    _drop_schema(backend)
    yield backend
    _drop_schema(backend)
    backend.store.apply_schema()


def _drop_schema(backend: Backend) -> None:
    with backend.driver() as driver:
        run = partial(driver.execute_query, database_=backend.database)
        for row in run("SHOW CONSTRAINTS YIELD name").records:
            run(f"DROP CONSTRAINT {row['name']}")
        for row in run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").records:
            run(f"DROP INDEX {row['name']}")
        run("MATCH (s:GraphState) DELETE s")


@pytest.fixture
def bare(bare_backend: Backend) -> Store:
    return bare_backend.store


@pytest.fixture
def bare_admin(bare_backend: Backend) -> Iterator[Driver]:
    with bare_backend.driver() as driver:
        yield driver


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def listening_port() -> Iterator[int]:
    """A port on which something listens that hangs up on everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
