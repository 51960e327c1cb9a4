"""Reading with a real model behind a real server, on loopback: the path, not how well it reads.

`make model` gets both. Without them the tests are skipped and say so; under CI they fail instead.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from backends import Backend

from api.cli import ExitCode
from deploy.model.server import SILENT, template
from loaders.llm.answer import DraftClaim

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / ".venv" / "model"
SERVER = ROOT / "deploy" / "model" / "server.py"
ARTICLES = {
    "one": "Julie Petit a rejoint Danone.",
    "two": "Marc Lenoir a rejoint Airbus.",
}
USED = re.compile(
    r"Model: (\d+) requests?, (\d+) answers from the cache, ([\d,]+) tokens in, ([\d,]+) out"
)


pytestmark = pytest.mark.timeout(900)
"""An answer takes 5 s of one processor, and many times that on a computer that is busy."""


@pytest.fixture(scope="module")
def backend(embedded: Backend) -> Backend:
    return embedded


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Of a running server."""
    if not (PACKAGES / ".ready").exists():
        if os.environ.get("CI"):
            raise AssertionError("the model is not there: make model")
        pytest.skip("no model on this machine; `make model` gets one")
    with subprocess.Popen(
        [sys.executable, SERVER, PACKAGES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def press(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, no_settings: None) -> Path:
    """Two short articles, and settings that name the server."""
    for name, text in ARTICLES.items():
        (tmp_path / "press").mkdir(exist_ok=True)
        (tmp_path / "press" / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("MERCATO_LLM_URL", f"{url}/v1")
    monkeypatch.setenv("MERCATO_LLM_MODEL", "smollm2")
    monkeypatch.setenv("MERCATO_LLM_CONCURRENCY", "1")
    monkeypatch.setenv("MERCATO_LLM_TIMEOUT_S", "280")
    return tmp_path / "press"


def test_the_example_that_the_model_is_shown_has_the_form_that_is_asked_for() -> None:
    fields = {"subject", "relation", "object", "status", "quote"}
    assert fields | set(SILENT) == set(DraftClaim.model_fields)
    assert "messages[-1]" in template()


def test_a_real_model_reads_and_what_it_claims_is_held_to_the_text(cli, press: Path) -> None:
    done = cli("read", str(press), "--jsonl", "--extractor", "llm")
    readings = {line["id"]: line for line in map(json.loads, done.out.splitlines())}
    told = USED.search(done.err)
    assert told, done.err
    requests, cached, tokens_in, tokens_out = (int(t.replace(",", "")) for t in told.groups())
    # One that fails is asked for once more, and with it what is answered already.
    assert requests >= len(ARTICLES) > cached
    assert tokens_in > 2 * 100
    assert tokens_out > 0
    # Whatever a model of this size says: some are read, and one that fails is named.
    assert readings
    for name, text in ARTICLES.items():
        if name not in readings:
            assert f"{name}.txt: the model's answer" in done.err
            continue
        names = {entity["name"] for entity in readings[name]["entities"]}
        assert all(each in text for each in names)
        for claim in readings[name]["claims"]:
            assert claim["quote"] in text
            assert {claim["subject"], claim["object"]} <= names
    assert done.code == (ExitCode.DONE if len(readings) == len(ARTICLES) else ExitCode.FAILED)

    loaded = cli("load", str(press), "--json", "--extractor", "llm")
    assert loaded.data["articles"]["loaded"] == len(readings)
    assert len(cli("export").out.splitlines()) == len(readings)
    told = USED.search(loaded.err)
    assert told
    assert int(told[2]) >= len(readings)  # what was answered is not asked again
