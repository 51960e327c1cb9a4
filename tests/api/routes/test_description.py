"""The description of the API: the committed one is the real one, and what it promises is kept.

Schemathesis asks every operation what its description allows and what it does not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from backends import Backend
from fastapi import FastAPI

from api.app import create_app
from api.description import description
from api.examples import NEW_ARTICLE
from api.scopes import Scope
from api.settings import Settings
from graph.store import Store

ROOT = Path(__file__).resolve().parents[3]
SCHEMATHESIS = ROOT / "tests" / "data" / "schemathesis.toml"
LONGEST_S = 45
"""Seconds that Schemathesis may take; a busy machine gets through fewer cases in them."""


def test_the_committed_description_is_the_real_one() -> None:
    committed = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert committed == description(), "write it with `make openapi`"


@pytest.fixture
def keyed(
    app: FastAPI, backend: Backend, store: Store, serving: Any, tmp_path: Path
) -> tuple[httpx.Client, str]:
    """An application that asks for keys, with an article in it, and a key to all of it."""
    settings = Settings(data_dir=tmp_path, require_key=True, log_level="error")
    other = create_app(settings, store=store, reader=app.state.services.reader)
    _, key = other.state.keys.add("schemathesis", set(Scope), "90000/minute")
    with serving(other) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        assert client.post("/v1/articles", json=NEW_ARTICLE).status_code == 201
        yield client, key


def test_every_operation_keeps_what_its_description_promises(
    keyed: tuple[httpx.Client, str], tmp_path: Path
) -> None:
    client, key = keyed
    program = Path(sys.executable).with_name("schemathesis")
    bound = ("--max-time", str(LONGEST_S))
    address, header = f"{client.base_url}/openapi.json", f"Authorization: Bearer {key}"
    done = subprocess.run(
        [program, "--config-file", SCHEMATHESIS, "run", address, "--header", header, *bound],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: " in done.stdout
