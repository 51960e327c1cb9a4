"""Fixtures of the tests of what a user has before the eyes: Neo4j Browser's files, the explorer.

demo_store   the `store`, holding the articles that are shipped, as the real reader reads them
browser      a Chromium, one for the package
service      address of the real service on that store
shots        folder that pictures of pages are kept in
browser_page Neo4j Browser's page as mercato serves it, on `demo_store`: its address and its login
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import serving
from backends import Backend
from chromium import chromium
from demo_graph import load_demo
from neo4j_page import Neo4jPage
from playwright.sync_api import Browser

from api.app import create_app
from api.browser_page import find_jar
from api.settings import Settings
from graph.store import Store
from loaders.reader import default_reader

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo_store(backend: Backend) -> Store:
    load_demo(backend.store)
    return backend.store


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def _service(embedded: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("unused"), host="127.0.0.1")
    with serving.serving(
        create_app(settings, store=embedded.store, reader=default_reader())
    ) as address:
        yield address


@pytest.fixture
def service(_service: str, demo_store: Store) -> str:
    return _service


@pytest.fixture(scope="session")
def shots() -> Path:
    folder = ROOT / "artefacts" / "explorer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def browser_page(backend: Backend, demo_store: Store, tmp_path: Path) -> Iterator[Neo4jPage]:
    user, password = backend.reader or backend.admin
    server = {"uri": backend.uri, "user": user, "password": password}
    settings = Settings(data_dir=tmp_path, **({} if backend.reader else server))
    if find_jar(settings) is None:
        why = "no Neo4j Browser on this machine; `python -m deploy.neo4j --assemble` gets it"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    app = create_app(settings, store=demo_store, reader=default_reader())
    with serving.serving(app) as address:
        port = address.rpartition(":")[2]
        yield Neo4jPage(f"http://localhost:{port}/browser", user, password)
