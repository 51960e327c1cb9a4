"""Fixtures of the HTTP tests.

app      the real application, on the database of the run, with the real reader
client   speaks HTTP to it over a real server on a free loopback port; nothing is stored yet
serving  runs another application in the same way
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import httpx
import pytest
import serving as server
from backends import Backend
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings
from graph.store import Store
from loaders.reader import default_reader

MAX_CHARS = 20_000


@contextlib.contextmanager
def _serving(app: FastAPI) -> Iterator[httpx.Client]:
    with (
        server.serving(app) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def serving() -> server.Serving:
    return _serving


@pytest.fixture(scope="session")
def app(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("unused"), max_article_chars=MAX_CHARS, host="127.0.0.1"
    )
    return create_app(settings, store=backend.store, reader=default_reader())


@pytest.fixture(scope="session")
def _client(app: FastAPI) -> Iterator[httpx.Client]:
    with _serving(app) as client:
        yield client


@pytest.fixture
def client(_client: httpx.Client, store: Store) -> httpx.Client:
    return _client
