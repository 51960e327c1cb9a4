"""Fixtures that more than one part uses.

engine        the embedded engine, one for the run, on a fresh data folder and a free port
neo4j_server  a Neo4j server, one for the run, likewise (deploy/neo4j/server.py says what it can);
              a test that stops it or starts it again leaves it running
backend       one of the two (`backends.Backend`): a test that asks for it, or for `store`, runs on
              both; `-k embedded` and `-k neo4j` choose. A module for one only redefines it
              by `embedded` or `neo4j`, which give that one
store         a connection to it, with the schema applied and nothing stored

Without Java or Maven the tests on Neo4j are skipped and say why; under CI (the variable `CI`) they
fail instead.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import backends
import pytest
from backends import Backend
from hypothesis import settings
from web_server import only_loopback

from deploy.neo4j.assembly import AssemblyError
from deploy.neo4j.server import Neo4jServer
from graph.engine import Engine
from graph.store import Store

# A deadline for each example would be a test of how busy the machine is.
settings.register_profile("mercato", deadline=None)
settings.load_profile("mercato")

only_loopback()

# A shell has what it starts with "&" ignore SIGINT, and so would every program that a test starts
# and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A Neo4j server of the tests lives too short for Java's slow and thorough compiler to pay: with the
# quick one alone it takes half the time of the processor to start.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests of the whole come first, so that no process waits for them at the end."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine.start(tmp_path_factory.mktemp("engine") / "data", bolt_port=0) as running:
        yield running


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    home = tmp_path_factory.mktemp("neo4j")
    server = Neo4jServer(home, bolt_port=0, http_port=0, heap="512m")
    try:
        server.start()
    except AssemblyError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Neo4j on this machine: {error}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def embedded(engine: Engine) -> Iterator[Backend]:
    backend = backends.on_engine(engine)
    with backend.store:
        backend.store.apply_schema()
        yield backend


@pytest.fixture(scope="session")
def neo4j(neo4j_server: Neo4jServer) -> Iterator[Backend]:
    backend = backends.on_server(neo4j_server)
    with backend.store:
        backend.store.apply_schema()
        yield backend


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(backend: Backend) -> Store:
    backend.store.write(lambda transaction: transaction.run("store/clear"))
    return backend.store
