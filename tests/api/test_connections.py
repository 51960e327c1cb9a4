"""Connections that clients open and drop leave nothing behind, neither theirs nor to the store."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from backends import Backend
from by_hand import Waiting
from serving import serving
from stories import company

from api.app import create_app
from api.settings import Settings
from benchmarks.dropped import Held, drop_connections, held_at_last, held_by, settled
from graph.identity import entity_id
from graph.store import Store

CONNECTIONS = 10_000
WORKERS = 40
"""Threads that answer, each of which may keep one connection to the store."""


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    """One store is enough: the driver is the same."""
    return embedded


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells what is held")
def test_ten_thousand_connections_opened_and_dropped_leave_no_leak(
    press: Store, tmp_path: Path
) -> None:
    app = create_app(Settings(data_dir=tmp_path), store=press, reader=Waiting())
    path = f"/v1/entities/{entity_id(company('Meta'))}/relationships"
    with serving(app) as url:
        assert settled(url)
        before = held_by(os.getpid())
        allowed = Held(before.files + WORKERS, before.threads + WORKERS)
        drop_connections(url, CONNECTIONS, path)
        after = held_at_last(url, os.getpid(), allowed)
    assert after.threads <= allowed.threads
    assert after.files <= allowed.files
