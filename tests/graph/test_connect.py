"""One way to a store, whoever runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from child_processes import Child

from graph.connect import open_store, running_store
from graph.datadir import DataDir
from graph.engine import Engine
from graph.errors import EngineError, SchemaVersionError, StoreAuthError, StoreError

OPENS_AND_WRITES = """
from pathlib import Path
from graph.connect import open_store

with open_store(Path(sys.argv[1])) as store:
    store.write(lambda transaction: None)
    print(store.uri, flush=True)
    sys.stdin.readline()
"""


def test_a_folder_that_nobody_owns_is_opened_by_this_process_and_free_at_the_end(
    tmp_path: Path,
) -> None:
    folder = DataDir(tmp_path / "data")
    with open_store(tmp_path / "data") as store:
        assert store.is_ready()
        owner = folder.owner()
        assert owner is not None
        assert (owner.pid, owner.uri) == (os.getpid(), store.uri)
    assert folder.owner() is None
    assert not (tmp_path / "data" / "engine.json").exists()


def test_what_is_written_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store:
        store.write(lambda transaction: None)
    with open_store(tmp_path / "data") as store:
        assert store.read("store/state")[0]["revision"] == 1


def test_a_folder_that_this_process_owns_is_reached_through_its_engine(engine: Engine) -> None:
    with open_store(engine.data_dir) as store:
        assert store.uri == engine.uri
        assert store.is_ready()
    with open_store(engine.data_dir) as store:
        assert store.is_ready(), "the engine went on when the store was closed"


def test_a_folder_that_another_process_owns_is_reached_through_its_engine(tmp_path: Path) -> None:
    with Child(OPENS_AND_WRITES, tmp_path / "data", cwd=tmp_path) as child:
        uri = child.line()
        with open_store(tmp_path / "data") as store:
            assert store.uri == uri
            assert store.read("store/state")[0]["revision"] == 1
            store.write(lambda transaction: None)
            assert store.query("MATCH (s:GraphState) RETURN s.revision").rows == [[2]]
            owner = DataDir(tmp_path / "data").owner()
            assert owner is not None
            assert owner.pid == child.pid
        child.tell()
        assert child.end() == (0, "", "")


def test_of_two_processes_that_open_a_folder_at_once_one_goes_through_the_other(
    tmp_path: Path,
) -> None:
    with (
        Child(OPENS_AND_WRITES, tmp_path / "data", cwd=tmp_path) as one,
        Child(OPENS_AND_WRITES, tmp_path / "data", cwd=tmp_path) as two,
    ):
        assert one.line() == two.line()
        store = running_store(tmp_path / "data")
        assert store is not None
        with store:
            assert store.read("store/state")[0]["revision"] == 2
        one.tell()
        two.tell()
        assert (one.end(), two.end()) == ((0, "", ""), (0, "", ""))


def test_a_folder_that_is_not_there_has_no_running_store(tmp_path: Path) -> None:
    assert running_store(tmp_path / "nothing") is None
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_reached_by_its_address(engine: Engine, tmp_path: Path) -> None:
    user, password = engine.admin
    with open_store(tmp_path / "unused", uri=engine.uri, user=user, password=password) as store:
        assert store.is_ready()
    assert not (tmp_path / "unused").exists()


def test_a_server_is_not_reached_with_a_wrong_password(engine: Engine) -> None:
    with (
        pytest.raises(StoreAuthError),
        open_store(uri=engine.uri, user=engine.admin[0], password="wrong"),
    ):
        pass


def test_an_address_without_a_user_is_said_so(engine: Engine) -> None:
    with pytest.raises(StoreError, match="needs a user and a password"), open_store(uri=engine.uri):
        pass


def test_neither_an_address_nor_a_folder_is_said_so() -> None:
    with pytest.raises(StoreError, match="neither an address nor a data folder"), open_store():
        pass


def test_the_engine_stops_when_the_store_is_newer_than_this_version(tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store:
        store.write(lambda transaction: transaction.run("store/set_version", version=999))
    with pytest.raises(SchemaVersionError), open_store(tmp_path / "data"):
        pass
    assert DataDir(tmp_path / "data").owner() is None


def test_the_engine_stops_when_its_user_fails(tmp_path: Path) -> None:
    with pytest.raises(LookupError), open_store(tmp_path / "data"):
        raise LookupError
    assert DataDir(tmp_path / "data").owner() is None


def test_an_owner_that_cannot_be_made_out_is_an_error_that_names_the_file(engine: Engine) -> None:
    file = engine.data_dir / "engine.json"
    whole = file.read_text()
    file.write_text("{")
    try:
        with pytest.raises(EngineError, match=r"engine\.json"):
            running_store(engine.data_dir)
    finally:
        file.write_text(whole)
