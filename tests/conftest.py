"""Fixtures that more than one part uses.

engine   the embedded engine, one for the run, on a fresh data folder and a free port
store    a connection to it, with the schema applied and nothing stored
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from graph.connect import engine_store
from graph.engine import Engine
from graph.store import Store

# A deadline for each example would be a test of how busy the machine is.
settings.register_profile("mercato", deadline=None)
settings.load_profile("mercato")


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine.start(tmp_path_factory.mktemp("engine") / "data", bolt_port=0) as running:
        yield running


@pytest.fixture(scope="session")
def _connected(engine: Engine) -> Iterator[Store]:
    with engine_store(engine) as store:
        store.apply_schema()
        yield store


@pytest.fixture
def store(_connected: Store) -> Store:
    _connected.write(lambda transaction: transaction.run("store/clear"))
    return _connected
