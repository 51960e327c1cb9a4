"""What the embedded engine promises, each promise tried on the engine itself."""

from __future__ import annotations

import gc
import http.server
import json
import os
import signal
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import Backend
from child_processes import PATIENCE_S, Child, run
from neo4j import GraphDatabase
from neo4j.exceptions import Forbidden

from graph.connect import engine_store
from graph.engine import DATABASE, Engine
from graph.errors import (
    EngineError,
    EngineInUseError,
    QueryTimeoutError,
    StoreAuthError,
    StoreError,
    StoreUnavailableError,
    WriteForbiddenError,
)
from graph.jvm import java
from graph.store import Store


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    return embedded


RUNAWAY = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS n"

STARTS_AND_REPORTS = """
import json, os
from pathlib import Path
from graph.engine import Engine
from graph.jvm import java

def listening():
    sockets = {os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
               if os.path.exists(f"/proc/self/fd/{fd}")}
    for table in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        for row in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *_, = columns = row.split()
            if state == "0A" and f"socket:[{columns[9]}]" in sockets:
                address, port = local.split(":")
                yield address, int(port, 16)

with Engine.start(Path(sys.argv[1]), bolt_port=0, heap="256m") as engine:
    print(json.dumps({
        "port": engine.port,
        "listening": list(listening()),
        "heap": int(java("java.lang.Runtime").getRuntime().maxMemory()),
    }))
"""

RUNS_UNTIL_STOPPED = """
from pathlib import Path
from graph.engine import Engine

try:
    with Engine.start(Path(sys.argv[1]), bolt_port=0, command_timeout_s=600) as engine:
        print(engine.uri, flush=True)
        sys.stdin.readline()
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process that starts an engine and stops it leaves behind, and says meanwhile."""
    folder = tmp_path_factory.mktemp("report")
    work = folder / "work"
    work.mkdir()
    found = dict(json.loads(run(STARTS_AND_REPORTS, folder / "data", cwd=work)))
    return {**found, "work": work, "data": folder / "data"}


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="reads Linux's /proc")
def test_only_bolt_listens_and_only_to_this_machine(report: dict[str, Any]) -> None:
    assert report["listening"] == [["0100007F", report["port"]]]


def test_nothing_is_written_to_the_current_directory(report: dict[str, Any]) -> None:
    assert list(report["work"].iterdir()) == []


def test_the_heap_is_what_the_setting_says(report: dict[str, Any]) -> None:
    assert report["heap"] == 256 * 1024 * 1024


def test_neither_python_nor_java_makes_the_other_collect_garbage(engine: Engine) -> None:
    assert [each for each in gc.callbacks if getattr(each, "__module__", None) == "_jpype"] == []
    queue = java("org.jpype.ref.JPypeReferenceQueue").getInstance()
    sentinel = queue.getClass().getDeclaredField("sentinel")
    sentinel.setAccessible(True)
    assert sentinel.get(queue).refersTo(queue)  # which lives as long as Java does


def test_the_log_goes_to_the_data_folder(report: dict[str, Any]) -> None:
    assert list((report["data"] / "log").glob("engine-*.log"))


def test_the_data_folder_is_for_its_owner_alone(report: dict[str, Any]) -> None:
    assert stat.S_IMODE(report["data"].stat().st_mode) == 0o700


def test_the_secrets_are_for_their_owner_alone(report: dict[str, Any]) -> None:
    assert stat.S_IMODE((report["data"] / "secrets.json").stat().st_mode) == 0o600


def test_a_running_engine_says_to_its_user_alone_where_it_listens(engine: Engine) -> None:
    file = engine.data_dir / "engine.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == {"pid": os.getpid(), "port": engine.port}


def test_passwords_are_long_and_differ_from_folder_to_folder(
    engine: Engine, started: Engine
) -> None:
    passwords = {password for e in (engine, started) for _, password in (e.admin, e.reader)}
    assert len(passwords) == 4
    assert min(map(len, passwords)) >= 32


def test_passwords_and_data_stay_over_a_restart(tmp_path: Path) -> None:
    with Engine.start(tmp_path / "data", bolt_port=0) as first, engine_store(first) as store:
        store.apply_schema()
        revision = store.write(lambda transaction: transaction.run("store/bump"))
    with Engine.start(tmp_path / "data", bolt_port=0) as second, engine_store(second) as store:
        assert (second.admin, second.reader) == (first.admin, first.reader)
        assert store.read("store/state")[0]["revision"] == revision[0]["revision"]


def test_new_secrets_are_made_when_the_old_ones_are_lost(tmp_path: Path) -> None:
    with Engine.start(tmp_path / "data", bolt_port=0) as first:
        pass
    (tmp_path / "data" / "secrets.json").unlink()
    with Engine.start(tmp_path / "data", bolt_port=0) as second:
        assert second.admin != first.admin
        with engine_store(second) as store:
            assert store.query("RETURN 1 AS one").rows == [[1]]


def test_secrets_that_are_no_longer_whole_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    Engine.start(tmp_path / "data", bolt_port=0).stop()
    (tmp_path / "data" / "secrets.json").write_text("{")
    with pytest.raises(EngineError, match=r"secrets\.json"):
        Engine.start(tmp_path / "data", bolt_port=0)


def test_a_wrong_password_is_refused(engine: Engine) -> None:
    with pytest.raises(StoreAuthError, match="password"):
        Store.connect(engine.uri, "root", "not the password")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Article {id: 'made'})",
        "CREATE (:NeverSeen)",
        "MERGE (a:Article {id: 'made'})",
        "MATCH (a:Article) SET a.title = 'changed'",
        "MATCH (a:Article) REMOVE a.title",
        "MATCH (a:Article) DETACH DELETE a",
        "MATCH (a:Article) CALL { WITH a DETACH DELETE a } IN TRANSACTIONS RETURN 1",
        "MATCH (a:Article), (b:Article) CREATE (a)-[:MENTIONS]->(b)",
        "MATCH (a:Article) FOREACH (x IN [1] | CREATE (:Article {id: 'made'}))",
        "CREATE INDEX made FOR (a:Article) ON (a.author)",
        "CREATE CONSTRAINT made FOR (a:Article) REQUIRE a.author IS UNIQUE",
        "DROP CONSTRAINT article_id",
        "CREATE USER made SET PASSWORD 'a-long-password'",
        "ALTER USER root SET PASSWORD 'a-long-password'",
        "SHOW USERS",
    ],
)
def test_the_reader_cannot_change_anything(
    store: Store, one_article: dict[str, Any], text: str
) -> None:
    before = store.query("SHOW INDEXES").rows
    with pytest.raises(WriteForbiddenError):
        store.query(text)
    assert store.query("MATCH (a:Article) RETURN properties(a)").rows == [[one_article]]
    assert store.query("SHOW INDEXES").rows == before


def test_a_runaway_statement_is_stopped_while_others_are_answered(
    impatient: tuple[Engine, Store],
) -> None:
    _, store = impatient
    stopped: list[StoreError] = []

    def run_away() -> None:
        try:
            store.query(RUNAWAY)
        except StoreError as error:
            stopped.append(error)

    thread = threading.Thread(target=run_away)
    thread.start()
    answered = 0
    while thread.is_alive():
        assert store.query("RETURN 1 AS one").rows == [[1]]
        answered += not stopped
    thread.join()
    assert [type(error) for error in stopped] == [QueryTimeoutError]
    assert answered > 3


def test_the_timeout_holds_for_the_writing_user_too(impatient: tuple[Engine, Store]) -> None:
    engine, _ = impatient
    with (
        Store.connect(engine.uri, *engine.admin) as admin,
        pytest.raises(QueryTimeoutError, match="longer than the store allows"),
    ):
        admin.query(RUNAWAY)


def test_each_engine_of_a_process_has_its_own_timeout(
    engine: Engine, impatient: tuple[Engine, Store]
) -> None:
    key = "arcadedb.command.timeout"
    assert (engine.setting(key), impatient[0].setting(key)) == ("30000", "1000")


HARD_SETTINGS = {
    "arcadedb.txWalFlush": ("2", 0),
    "arcadedb.command.timeout": ("30000", 0),
    "arcadedb.opencypher.loadCsv.allowFileUrls": ("false", True),
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": ("false", True),
}


def test_the_open_database_goes_by_the_hard_settings(engine: Engine) -> None:
    found = {key: engine.setting(key) for key in HARD_SETTINGS}
    assert found == {key: hard for key, (hard, _) in HARD_SETTINGS.items()}


def test_softer_settings_saved_with_the_database_do_not_count(tmp_path: Path) -> None:
    Engine.start(tmp_path / "data", bolt_port=0).stop()
    saved = tmp_path / "data" / "databases" / "mercato" / "configuration.json"
    soft = {key.removeprefix("arcadedb."): value for key, (_, value) in HARD_SETTINGS.items()}
    assert json.loads(saved.read_text()) == {"configuration": {}}
    saved.write_text(json.dumps({"configuration": soft}))
    with Engine.start(tmp_path / "data", bolt_port=0) as engine:
        found = {key: engine.setting(key) for key in HARD_SETTINGS}
    assert found == {key: hard for key, (hard, _) in HARD_SETTINGS.items()}


def test_local_files_cannot_be_loaded_even_by_the_writing_user(
    engine: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("secret\n")
    with GraphDatabase.driver(engine.uri, auth=engine.admin) as driver:
        for address in (file.as_uri(), str(file)):
            with pytest.raises(Forbidden):
                driver.execute_query(
                    "LOAD CSV FROM $a AS row RETURN row", a=address, database_="mercato"
                )


def test_addresses_cannot_be_loaded_even_by_the_writing_user(
    engine: Engine, web_server: tuple[str, list[str]]
) -> None:
    address, asked = web_server
    with (
        GraphDatabase.driver(engine.uri, auth=engine.admin) as driver,
        # Addresses of this machine are barred besides; what counts is that all of them are.
        pytest.raises(Forbidden, match="disabled"),
    ):
        driver.execute_query("LOAD CSV FROM $a AS row RETURN row", a=address, database_="mercato")
    assert asked == []


def test_a_folder_that_this_process_owns_is_not_opened_twice(engine: Engine) -> None:
    with pytest.raises(EngineInUseError, match="in use by this process") as raised:
        Engine.start(engine.data_dir, bolt_port=0)
    assert engine.uri in str(raised.value)
    assert str(engine.data_dir) in str(raised.value)


def test_a_second_process_is_told_who_owns_the_folder(tmp_path: Path) -> None:
    with Child(RUNS_UNTIL_STOPPED, tmp_path / "data", cwd=tmp_path) as child:
        uri = child.line()
        with pytest.raises(EngineInUseError, match=rf"process {child.pid}\b") as raised:
            Engine.start(tmp_path / "data", bolt_port=0)
        assert uri in str(raised.value)
        assert "another data folder" in str(raised.value)
        child.tell()
        assert child.end() == (0, "", "")
    Engine.start(tmp_path / "data", bolt_port=0).stop()


def test_a_folder_whose_owner_was_killed_is_free(tmp_path: Path) -> None:
    with Child(RUNS_UNTIL_STOPPED, tmp_path / "data", cwd=tmp_path) as child:
        child.line()
        child.signal(signal.SIGKILL)
        child.end()
    assert (tmp_path / "data" / "engine.json").exists()
    with Engine.start(tmp_path / "data", bolt_port=0) as engine, engine_store(engine) as store:
        assert store.query("RETURN 1 AS one").rows == [[1]]


def test_a_forked_child_neither_stops_the_engine_nor_keeps_the_folder(tmp_path: Path) -> None:
    program = """
        import os
        from pathlib import Path
        from graph.engine import Engine

        engine = Engine.start(Path(sys.argv[1]), bolt_port=0)
        if os.fork() == 0:
            engine.stop()
            print(engine.uri, flush=True)
        sys.stdin.readline()
        os._exit(0)
    """
    with Child(program, tmp_path / "data", cwd=tmp_path) as child:
        uri = child.line()
        secrets = json.loads((tmp_path / "data" / "secrets.json").read_text())
        with Store.connect(uri, "root", secrets["admin"]) as store:
            assert store.query("RETURN 1 AS one").rows == [[1]]
        child.signal(signal.SIGKILL)
        assert child.status() == -signal.SIGKILL
        Engine.start(tmp_path / "data", bolt_port=0).stop()


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 0, "interrupted\n"), (signal.SIGTERM, 143, "")],
)
def test_a_stop_signal_stops_the_engine_in_order_whoever_is_connected_and_busy(
    tmp_path: Path, number: int, status: int, said: str
) -> None:
    with Child(RUNS_UNTIL_STOPPED, tmp_path / "data", cwd=tmp_path) as child:
        uri = child.line()
        secrets = json.loads((tmp_path / "data" / "secrets.json").read_text())
        login = ("root", secrets["admin"])
        with Store.connect(uri, *login) as store, GraphDatabase.driver(uri, auth=login) as driver:
            thread = threading.Thread(target=_ignoring_errors, args=(store.query, RUNAWAY))
            thread.start()
            # Not by the store: it refuses users' SHOW.
            while not any(
                "UNWIND" in row[6]
                for row in driver.execute_query("SHOW TRANSACTIONS", database_=DATABASE).records
            ):
                assert thread.is_alive()
            child.signal(number)
            assert child.end() == (status, said, "")
            thread.join(PATIENCE_S)
            with pytest.raises(StoreUnavailableError):
                store.query("RETURN 1 AS one")
    assert not (tmp_path / "data" / "engine.json").exists()


def test_a_program_keeps_its_own_way_with_stop_signals(
    tmp_path: Path,
) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        Engine.start(tmp_path / "data", bolt_port=0).stop()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_statements_that_run_out_of_memory_do_not_block_those_that_follow(tmp_path: Path) -> None:
    program = """
        from pathlib import Path
        from graph.connect import engine_store
        from graph.engine import Engine
        from graph.errors import StoreError

        with (
            Engine.start(Path(sys.argv[1]), bolt_port=0, heap="128m") as engine,
            engine_store(engine) as store,
        ):
            store.apply_schema()
            for _ in range(int(sys.argv[2])):
                try:
                    store.query("RETURN reduce(s = 'xxxxxxxx', i IN range(1, 40) | s + s) AS long")
                except StoreError as error:
                    print(type(error).__name__)
            print(store.query("RETURN 1 AS one").rows, store.write(lambda transaction: "written"))
    """
    # The engine's own limit to statements at a time is twice the cores, and four at least.
    times = max(4, 2 * (os.cpu_count() or 1)) + 1
    with Child(program, tmp_path / "data", times, cwd=tmp_path) as child:
        status, said, errors = child.end()
    assert said.splitlines() == ["StoreUnavailableError"] * times + ["[[1]] written"]
    assert status == 0, errors


def test_a_range_that_would_fill_the_memory_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="range"):
        store.query("RETURN range(1, 2000000) AS numbers")


def test_a_port_that_is_taken_is_an_error_that_names_it(tmp_path: Path, taken: int) -> None:
    with pytest.raises(EngineError, match=rf"port {taken}\b.*another port"):
        Engine.start(tmp_path / "data", bolt_port=taken)


def test_the_folder_is_free_again_after_a_start_that_failed(tmp_path: Path, taken: int) -> None:
    with pytest.raises(EngineError):
        Engine.start(tmp_path / "data", bolt_port=taken)
    Engine.start(tmp_path / "data", bolt_port=0).stop()


def test_the_next_free_port_is_taken_when_asked_for(tmp_path: Path, taken: int) -> None:
    with Engine.start(tmp_path / "data", bolt_port=taken, next_free_port=True) as engine:
        assert taken < engine.port <= taken + 100
        assert engine.uri == f"bolt://127.0.0.1:{engine.port}"


@pytest.mark.parametrize("heap", ["", "much", "1t", "-1g", "0m", "1g -XX:+Foo"])
def test_a_heap_that_is_no_size_is_refused(tmp_path: Path, heap: str) -> None:
    with pytest.raises(EngineError, match="not a heap size"):
        Engine.start(tmp_path / "data", bolt_port=0, heap=heap)


def test_another_heap_in_the_same_process_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"heap of 1g.*starts anew"):
        Engine.start(tmp_path / "data", bolt_port=0, heap="2g")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be made"):
        Engine.start(tmp_path / "file" / "data", bolt_port=0)


def test_stopping_twice_does_nothing(started: Engine) -> None:
    started.stop()
    started.stop()
    with pytest.raises(EngineError, match="stopped"):
        started.setting("arcadedb.txWalFlush")


def _ignoring_errors(ask: Any, text: str) -> None:
    try:
        ask(text)
    except StoreError:
        return


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Engine]:
    """An engine of its own."""
    with Engine.start(tmp_path / "started", bolt_port=0) as engine:
        yield engine


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Store]]:
    """An engine that gives a statement one second, and its store."""
    folder = tmp_path_factory.mktemp("impatient")
    with (
        Engine.start(folder, bolt_port=0, command_timeout_s=1) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        yield engine, store


@pytest.fixture
def one_article(engine: Engine, store: Store) -> dict[str, Any]:
    """The properties of the only article that is stored."""
    properties = {"id": "one", "title": "One"}
    with GraphDatabase.driver(engine.uri, auth=engine.admin) as driver:
        driver.execute_query(
            "CREATE (a:Article) SET a += $properties", properties=properties, database_="mercato"
        )
    return properties


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def web_server() -> Iterator[tuple[str, list[str]]]:
    """The address of a table on a local web server, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/table.csv", asked
        finally:
            server.shutdown()
            thread.join()
