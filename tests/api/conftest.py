"""Fixtures of the command line's tests.

cli        runs a command in this process, against the graph of the `store` fixture
alone      the environment of a command that runs as a process of its own, on a fresh data folder
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.settings import PREFIX
from graph.engine import Engine
from graph.store import Store


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


Cli = Callable[..., Done]


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set from outside."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def offline_cli(
    no_settings: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Cli:
    """Runs a command in this process, on a data folder that does not exist."""
    monkeypatch.setenv("MERCATO_DATA_DIR", str(tmp_path / "no-data"))

    def run(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert isinstance(ended.value.code, int)
        captured = capsys.readouterr()
        return Done(ended.value.code, captured.out, captured.err)

    return run


@pytest.fixture
def cli(offline_cli: Cli, engine: Engine, store: Store, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command in this process, against the graph of the `store` fixture."""
    monkeypatch.setenv("MERCATO_URI", engine.uri)
    for prefix, (user, password) in (("", engine.admin), ("READER_", engine.reader)):
        monkeypatch.setenv(f"MERCATO_{prefix}USER", user)
        monkeypatch.setenv(f"MERCATO_{prefix}PASSWORD", password)
    return offline_cli


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """The environment of a process whose graph is in a fresh folder and whose ports are free."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {
        "MERCATO_DATA_DIR": str(tmp_path / "data"),
        "MERCATO_HEAP": "256m",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
