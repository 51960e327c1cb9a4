"""The files of the explorer, as the service gives them."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from backends import Backend
from fastapi import FastAPI

from api.problems import MEDIA_TYPE
from api.routes import explorer


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    return embedded


def test_the_page_is_at_the_root_and_is_asked_for_again_each_time(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"


def test_everything_that_the_page_names_is_served_from_here(client: httpx.Client) -> None:
    named = re.findall(r'(?:src|href)="([^"]+)"', client.get("/").text)
    assert len(named) >= 3
    for address in named:
        answer = client.get(address)
        assert answer.is_success or answer.is_redirect, address
        if "/assets/" in address:
            assert "immutable" in answer.headers["cache-control"]
            assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["package.json", "../app.py", "..%2f..%2fapp.py", "assets/", "", "%00", "index.html/"]
)
def test_no_other_file_can_be_asked_for(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/explorer/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_without_a_built_page_the_root_leads_to_the_documentation(
    client: httpx.Client, app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(explorer, "BUILT", tmp_path)
    answer = client.get("/")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/docs"
