from __future__ import annotations

from typing import Any

import httpx
from backends import Backend
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings


def test_the_service_lives_and_is_ready(
    client: httpx.Client, app: FastAPI, backend: Backend
) -> None:
    assert client.get("/health/live").json() == {"status": "alive"}
    ready = client.get("/health/ready").json()
    assert ready["status"] == "ready"
    assert ready["store"] == backend.store.server_name
    assert ready["reader"] == app.state.services.reader.name


def test_the_service_lives_before_its_store_is_open(
    serving: Any, tmp_path: Any, app: FastAPI
) -> None:
    nowhere = Settings(data_dir=tmp_path, uri="bolt://127.0.0.1:1", user="u", password="p")
    with serving(create_app(nowhere, reader=app.state.services.reader)) as client:
        assert client.get("/health/live").status_code == 200
        assert client.get("/health/ready").status_code == 503


def test_the_application_opens_its_own_store_and_closes_it(
    serving: Any, tmp_path: Any, app: FastAPI
) -> None:
    settings = Settings(data_dir=tmp_path / "data", bolt_port=0)
    for _ in range(2):  # a folder that was not closed could not be opened again
        with serving(create_app(settings, reader=app.state.services.reader)) as client:
            while client.get("/health/ready").status_code == 503:
                assert client.get("/health/live").status_code == 200
            assert client.get("/v1/entities").json() == {"items": [], "next_cursor": None}


def test_readiness_tells_that_the_store_cannot_be_opened(
    serving: Any, tmp_path: Any, app: FastAPI
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings = Settings(data_dir=blocked, bolt_port=0)
    with serving(create_app(settings, reader=app.state.services.reader)) as client:
        while "could not" not in (detail := client.get("/health/ready").json()["detail"]):
            assert "still being opened" in detail
        assert str(tmp_path) not in detail
