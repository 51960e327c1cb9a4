"""The service as a user starts it, in a process of its own, for benchmarks that ask over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from benchmarks.stores import Database, database
from graph.arcadedb import ADMIN
from graph.connect import running_store
from graph.datadir import DataDir
from graph.engine import DATABASE

_START_S = 120


@dataclass(frozen=True)
class Service:
    """A running service, and the database below it."""

    address: str
    process: int
    """Its number."""
    database: Database


@contextmanager
def service_on(name: str, folder: Path) -> Iterator[Service]:
    """The service on the database of this name that is kept in `folder`.

    Raises
    ------
    EngineError, Neo4jError
        If the database does not start.
    """
    if name == "embedded":
        data = folder / name
        with served({"MERCATO_DATA_DIR": str(data)}) as (address, process):
            store, owner = running_store(data), DataDir(data).owner()
            assert store is not None
            assert owner is not None
            login = ADMIN, DataDir(data).secrets().admin
            with store:
                yield Service(address, process, Database(name, owner.uri, login, DATABASE, store))
        return
    with database(name, folder) as opened:
        settings = {
            "MERCATO_DATA_DIR": str(folder / "service"),
            "MERCATO_URI": opened.uri,
            "MERCATO_USER": opened.login[0],
            "MERCATO_PASSWORD": opened.login[1],
            "MERCATO_DATABASE": opened.database,
        }
        with served(settings) as (address, process):
            yield Service(address, process, opened)


@contextmanager
def served(settings: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Address and process of ``mercato serve`` with these settings, once it is ready.

    Parameters
    ----------
    settings
        Environment variables ``MERCATO_…``; those that are set outside do not count.

    Raises
    ------
    RuntimeError
        If it stops before it is ready.
    TimeoutError
        If it is not ready after two minutes.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MERCATO_")}
    service = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", "--port", str(port), "--bolt-port", "0"],
        env=kept | dict(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(f"{address}/health/ready", service)
        yield address, service.pid
    finally:
        service.terminate()
        service.wait()


def _await(address: str, service: subprocess.Popen[bytes]) -> None:
    for _ in range(_START_S * 4):
        with suppress(URLError), urllib.request.urlopen(address):
            return
        with suppress(subprocess.TimeoutExpired):
            service.wait(0.25)
            raise RuntimeError("the service has stopped")
    raise TimeoutError(f"{address} does not answer")
