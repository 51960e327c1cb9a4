"""The command `mercato browser`, beside a service that runs and without one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from backends import Backend
from serving import serving

from api.app import create_app
from api.browser_files import GUIDES, QUERIES, STYLE
from api.cli import main
from api.settings import PREFIX, Settings
from graph.engine import Engine
from graph.store import Store
from loaders.reader import default_reader


@pytest.fixture
def nobody() -> str:
    """An address of this machine where nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What the command prints, to standard output and to standard error."""
    with pytest.raises(SystemExit) as ended:
        main(["browser", *arguments])
    assert ended.value.code == 0
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_it_says_where_to_connect_and_what_to_play(
    backend: Backend,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in backend.environment().items():
        monkeypatch.setenv(name, value)
    app = create_app(Settings(data_dir=tmp_path), store=store, reader=default_reader())
    with serving(app) as service:
        out, err = said(capsys, "--service", service, "--output", str(tmp_path / "files"))
    assert err == ""
    user, password = backend.reader or backend.admin
    for line in (f"Connect URL   {backend.uri}", f"Database      {backend.database}"):
        assert line in out
    assert f"Username      {user}" in out
    assert password not in out, "it is in the settings, whose secrets are not shown"
    assert f":play {service.replace('127.0.0.1', 'localhost')}/browser/guide.html" in out
    assert {path.name for path in (tmp_path / "files").iterdir()} == {STYLE, QUERIES, *GUIDES}


def test_the_reader_of_an_embedded_graph_is_told_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nobody: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(engine.data_dir))
    out, err = said(capsys, "--service", nobody)
    user, password = engine.reader
    assert engine.uri in out
    assert f"Username      {user}" in out
    assert f"Password      {password}" in out
    assert "start it with `mercato serve`" in err


def test_without_a_graph_that_is_served_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nobody: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "nothing"))
    out, _ = said(capsys, "--service", nobody)
    assert "Start it with `mercato serve`" in out
    assert not (tmp_path / "nothing").exists()
