"""The command line as a whole: help, exit codes, errors, documentation."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from api import cli as command_line
from api.cli import ExitCode, app
from api.commands import ask
from graph.errors import EngineError, NotFoundError, QueryError, StoreAuthError
from loaders.errors import EmptyArticleError

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def flat(commands: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The commands by their names, those of a group behind its name."""
    found: dict[str, Any] = {}
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        found |= flat(inner, f"{prefix}{name} ") if inner else {prefix + name: command}
    return found


COMMANDS = flat(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def section(name: str) -> str:
    """What the documentation says of a command."""
    found = re.search(
        rf"^## `mercato {name}`\n(.*?)(?=^## |\Z)", DOCUMENT, flags=re.MULTILINE | re.DOTALL
    )
    assert found is not None, f"docs/cli.md has no section on mercato {name}"
    return found[1]


def test_the_documentation_has_a_section_for_every_command_and_no_other() -> None:
    assert re.findall(r"^## `mercato ([\w ]+)`$", DOCUMENT, flags=re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_documentation_describes_every_argument_and_option(name: str) -> None:
    documented = dict(re.findall(r"^\| `([^`]+)` \| (.+?) \|", section(name), flags=re.MULTILINE))
    actual = {}
    for parameter in COMMANDS[name].params:
        options = [*parameter.opts, *parameter.secondary_opts]
        is_argument = not options[0].startswith("-")
        if "--help" not in options:
            actual[parameter.metavar if is_argument else ", ".join(options)] = parameter.help
    assert documented == actual


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_examples_that_the_documentation_repeats(name: str) -> None:
    _, examples = COMMANDS[name].help.split("Examples:")
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    assert lines
    for line in lines:
        assert line.startswith(f"mercato {name}")
        assert f"$ {line}\n" in section(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_names_only_options_that_exist(name: str) -> None:
    _, examples = COMMANDS[name].help.split("Examples:")
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", examples)) <= known


def test_every_exit_code_is_documented() -> None:
    codes = re.findall(r"^\| (\d+) \|", DOCUMENT, flags=re.MULTILINE)
    assert [int(code) for code in codes] == list(ExitCode)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed_for_every_command(offline_cli, name: str) -> None:
    done = offline_cli(*name.split(), "--help")
    assert done.code == 0
    assert f"Usage: mercato {name}" in done.out


def test_help_starts_neither_spacy_nor_java_nor_the_driver() -> None:
    code = """
import sys
from api.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
heavy = {"spacy", "numpy", "jpype", "neo4j", "fastapi", "uvicorn"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_command_runs_as_a_module_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "mercato" in done.stdout


def test_no_command_at_all_shows_the_help(offline_cli) -> None:
    done = offline_cli()
    assert done.code == ExitCode.USAGE
    assert "Usage: mercato" in done.out + done.err


def test_an_unknown_option_is_a_usage_error(offline_cli) -> None:
    assert offline_cli("search", "meta", "--colour").code == ExitCode.USAGE


def test_a_wrong_setting_is_a_usage_error_that_names_it(
    offline_cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCATO_PORT", "http")
    done = offline_cli("search", "meta")
    assert done.code == ExitCode.USAGE
    assert done.err.startswith("Error: MERCATO_PORT: ")
    assert done.out == ""


def test_a_misspelt_setting_is_warned_of(offline_cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_PROT", "1")
    done = offline_cli("search", "meta")
    assert "MERCATO_PROT is no setting; do you mean MERCATO_PORT?" in done.err


def test_a_graph_that_does_not_exist_is_told_and_not_made(offline_cli, tmp_path: Path) -> None:
    done = offline_cli("search", "meta")
    assert done.code == ExitCode.NO_STORE
    assert "mercato load" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_told(
    offline_cli, monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    monkeypatch.setenv("MERCATO_URI", f"bolt://127.0.0.1:{unused_port}")
    monkeypatch.setenv("MERCATO_USER", "ada")
    monkeypatch.setenv("MERCATO_PASSWORD", "secret-word")
    done = offline_cli("search", "meta")
    assert done.code == ExitCode.NO_STORE
    assert f"bolt://127.0.0.1:{unused_port} does not answer" in done.err
    assert "secret-word" not in done.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (QueryError("no such function"), ExitCode.FAILED),
        (EmptyArticleError("it is empty"), ExitCode.FAILED),
        (PermissionError("denied"), ExitCode.FAILED),
        (NotFoundError("nobody"), ExitCode.NOT_FOUND),
        (EngineError("no engine"), ExitCode.NO_STORE),
        (StoreAuthError("refused"), ExitCode.NO_STORE),
    ],
)
def test_an_error_becomes_a_message_and_its_exit_code(
    offline_cli, monkeypatch: pytest.MonkeyPatch, error: Exception, code: ExitCode
) -> None:
    def raise_it(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ask, "opened_graph", raise_it)
    done = offline_cli("search", "meta")
    assert (done.code, done.err) == (code, f"Error: {error}\n")


def test_a_defect_is_admitted_without_a_traceback(
    offline_cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "opened_graph", lambda *_: 1 / 0)
    done = offline_cli("search", "meta")
    assert done.code == ExitCode.DEFECT
    assert "ZeroDivisionError: division by zero" in done.err
    assert "Traceback" not in done.err


def test_a_defect_is_traced_when_debugging(offline_cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_LOG_LEVEL", "debug")
    monkeypatch.setattr(ask, "opened_graph", lambda *_: 1 / 0)
    assert "Traceback" in offline_cli("search", "meta").err


def test_the_log_level_of_the_settings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}
    monkeypatch.setattr(logging, "basicConfig", asked.update)
    monkeypatch.setenv("MERCATO_LOG_LEVEL", "info")
    command_line.mercato()
    assert asked["level"] == "INFO"


def test_a_pipe_that_closes_early_is_no_error(alone: dict[str, str]) -> None:
    done = subprocess.run(
        f"{sys.executable} -m api --help | head -n 1",
        shell=True,
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in done.stderr
