"""A disk that fills up in the middle of a load: said clearly, nothing half stored, and it goes on.

The disk is a small file system in memory, mounted for the test. Mounting takes the rights of root.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from backends import Backend, on_server
from dumps import dump_of
from fastapi.testclient import TestClient
from known_press import ARTICLES, ITEMS, load

from api.app import create_app
from api.loading import Loaded
from api.reading import BATCH_ARTICLES
from api.settings import Settings
from deploy.neo4j.server import Neo4jServer
from graph.connect import engine_store
from graph.engine import Engine
from graph.errors import StoreError, StoreFullError
from graph.ingest import ingest
from graph.store import Store, Transaction

MIB = 2**20
PATIENCE_S = 120.0


class Disk:
    """A small disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room at all, though the engine takes some of it meanwhile."""
        with self._ballast.open("wb") as file:
            size = 0
            while free := shutil.disk_usage(self.folder).free:
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), size, free)
                    size += free

    def make_room(self) -> None:
        self._ballast.unlink()


@pytest.fixture
def disk_of(tmp_path: Path) -> Iterator[Callable[[int], Disk]]:
    """Mounts a disk of so many MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(size: int) -> Disk:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=700", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            assert not os.environ.get("CI"), done.stderr
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        return Disk(folder)

    yield mount
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


@pytest.fixture(scope="module")
def undisturbed(embedded: Backend) -> list[str]:
    """What the graph holds after a load during which nothing happened."""
    embedded.store.write(lambda transaction: transaction.run("store/clear"))
    load(embedded.store)
    return dump_of(embedded.store)


def test_the_embedded_engine_stores_whole_batches_and_goes_on_when_there_is_room(
    disk_of: Callable[[int], Disk], undisturbed: list[str]
) -> None:
    disk = disk_of(64)

    def fill(loaded: Loaded) -> None:
        if loaded.done == BATCH_ARTICLES:
            disk.fill()

    with (
        Engine.start(disk.folder / "data", bolt_port=0) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        with pytest.raises(
            StoreFullError, match=r"disk that holds \S+/data is full, 0\.\d MiB.*room"
        ):
            load(store, on_batch=fill)
        kept = store.read("lookup/totals")[0]["articles"]
        assert kept in {BATCH_ARTICLES, 2 * BATCH_ARTICLES}
        disk.make_room()
        loaded = load(store)
        assert dict(loaded.outcomes) == {"unchanged": kept, "loaded": ARTICLES - kept}
        assert dump_of(store) == undisturbed
    with (
        Engine.start(disk.folder / "data", bolt_port=0) as engine,
        engine_store(engine) as store,
    ):
        assert dump_of(store) == undisturbed


def test_neo4j_is_waited_for_until_there_is_room_and_it_runs_again(
    neo4j_server: Neo4jServer,  # so that this one is skipped where there is no Neo4j
    disk_of: Callable[[int], Disk],
    undisturbed: list[str],
    tmp_path: Path,
) -> None:
    disk = disk_of(160)
    said: list[str] = []
    waits = threading.Event()

    def fill(loaded: Loaded) -> None:
        if loaded.done == BATCH_ARTICLES:
            disk.fill()

    def on_waiting(message: str) -> None:
        said.append(message)
        waits.set()

    small_log = {"db.tx_log.rotation.size": "1m"}
    server = Neo4jServer(
        disk.folder / "neo4j", bolt_port=0, http_port=0, heap="512m", settings=small_log
    )
    with server, on_server(server).store as store, ThreadPoolExecutor() as pool:
        store.apply_schema()
        going = pool.submit(
            load, store, on_batch=fill, on_waiting=on_waiting, patience_s=PATIENCE_S
        )
        assert waits.wait(PATIENCE_S), going.exception(1)
        assert "must be started again. Its disk may be full: make room there" in said[0]
        with TestClient(
            create_app(Settings(data_dir=tmp_path / "service"), store=store),
            base_url="http://localhost",
        ) as client:
            answer = client.get("/v1/entities/company-meta")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["type"] == "/v1/problems/store-unavailable"
        disk.make_room()
        server.stop()
        server.start()
        loaded = going.result(PATIENCE_S)
        assert loaded.failed == 0
        assert dump_of(store) == undisturbed


Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(("free", "error"), [(MIB, StoreFullError), (100 * MIB, StoreError)])
def test_a_write_that_fails_is_blamed_on_the_disk_only_when_that_is_full(
    embedded: Backend, monkeypatch: pytest.MonkeyPatch, free: int, error: type[StoreError]
) -> None:
    store: Store = embedded.store
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(free, 0, free))

    def refused(transaction: Transaction) -> None:
        raise StoreError("the store failed")

    with pytest.raises(StoreError) as raised:
        store.write(refused)
    assert type(raised.value) is error
    ingest(store, ITEMS[:1])
