"""Gazetteer files of the user's own on the command line: what they change, and bad ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.cli import ExitCode
from loaders.reader import default_reader_name

TEXT = "Trombine vend Alizé. Le brasseur de Longwy a racheté Houblon Sauvage."
OWN = """
source: the imprint of each title
defaults: {kind: Company}
entries:
  - {name: Brasserie Vauban, aliases: [Vauban], descriptions: [le brasseur de Longwy]}
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with a description that only the user's own file explains."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def brewers(tmp_path: Path) -> Path:
    """The user's own file."""
    path = tmp_path / "brewers.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_file_of_ones_own_is_used(cli, article: Path, brewers: Path) -> None:
    assert "Brasserie Vauban" not in cli("read", str(article), "--jsonl").out
    done = cli("read", str(article), "--jsonl", "--gazetteer", str(brewers))
    assert done.code == 0
    (claim,) = [c for c in done.data["claims"] if c["relation"] == "ACQUIRED"]
    assert (claim["subject"], claim["object"]) == ("Brasserie Vauban", "Houblon Sauvage")


def test_several_files_are_used_the_setting_among_them(
    cli, article: Path, brewers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ships = tmp_path / "ships.csv"
    ships.write_text("name,kind\nTrombine,Company\nAlizé,Product\n", encoding="utf-8")
    monkeypatch.setenv("MERCATO_GAZETTEERS", os.pathsep.join((str(ships), str(brewers))))
    done = cli("read", str(article), "--jsonl")
    found = {entity["name"]: entity["kind"] for entity in done.data["entities"]}
    assert found["Alizé"] == "Product"
    assert found["Brasserie Vauban"] == "Company"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("kind: Company", "kind: Firm"),
        ("descriptions: [", "describes: ["),
        ("{name: Brasserie Vauban,", "{named: Brasserie Vauban,"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_field_before_anything_is_read(
    cli, article: Path, brewers: Path, fault: str, told: str
) -> None:
    brewers.write_text(OWN.replace(fault, told), encoding="utf-8")
    for command in ("read", "load"):
        done = cli(command, str(article), "--gazetteer", str(brewers))
        assert done.code == ExitCode.FAILED
        assert done.out == ""
        assert "brewers.yaml, line " in done.err
        assert told.split(":")[0].strip("{ ") in done.err
        assert "Traceback" not in done.err


def test_a_file_that_is_not_there_is_named(cli, article: Path, tmp_path: Path) -> None:
    done = cli("read", str(article), "--gazetteer", str(tmp_path / "none.yaml"))
    assert done.code == ExitCode.FAILED
    assert "none.yaml" in done.err


def test_articles_are_read_anew_when_the_file_has_changed(
    cli, article: Path, brewers: Path
) -> None:
    def load() -> dict[str, int]:
        done = cli("load", str(article), "--json", "--gazetteer", str(brewers))
        return {name: count for name, count in done.data["articles"].items() if count}

    assert load() == {"loaded": 1}
    assert load() == {"unchanged": 1}
    brewers.write_text(OWN.replace("[Vauban]", "[Vauban, La Vauban]"), encoding="utf-8")
    assert load() == {"replaced": 1}


def test_readers_with_other_files_have_other_names(brewers: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(OWN.replace("Vauban", "Vouban"), encoding="utf-8")
    names = {
        default_reader_name(),
        default_reader_name([brewers]),
        default_reader_name([other]),
        default_reader_name([brewers, other]),
    }
    assert len(names) == 4
    assert default_reader_name([brewers]) == default_reader_name([Path(str(brewers))])
