"""`mercato evaluate` on the command line: tables, errors, JSON, readings of another extractor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import ExitCode

GOLD = {
    "id": "breve",
    "lang": "fr",
    "published": "2025-02-04",
    "text": "Meta a recruté Mark Lee. Tom Gunter reste chez Apple.",
    "entities": [
        {"name": "Meta", "kind": "Company"},
        {"name": "Mark Lee", "kind": "Person"},
        {"name": "Tom Gunter", "kind": "Person"},
        {"name": "Apple", "kind": "Company"},
    ],
    "claims": [
        {
            "subject": "Mark Lee",
            "relation": "HIRED_BY",
            "object": "Meta",
            "status": "asserted",
            "quote": "Meta a recruté Mark Lee.",
        },
        {
            "subject": "Mark Lee",
            "relation": "RECRUITED_BY",
            "object": "Tom Gunter",
            "status": "asserted",
            "quote": "Tom Gunter reste chez Apple.",
        },
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """An annotated article, in which one claim is not what the text says."""
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def test_figures_are_printed_for_each_relation_and_overall(offline_cli, gold: Path) -> None:
    done = offline_cli("evaluate", str(gold))
    assert done.code == 0
    rows = {line.split("  ")[0]: line.split() for line in done.out.splitlines() if line}
    assert rows["HIRED_BY"][1:] == ["1.000", "1.000", "1.000", "1", "0", "0"]
    assert rows["RECRUITED_BY"][-1] == "1"
    assert "Entities, fullest name and kind" in rows
    assert "Status" in rows
    assert "Tom Gunter →" not in done.out


def test_errors_are_printed_with_their_quotes_when_asked_for(offline_cli, gold: Path) -> None:
    done = offline_cli("evaluate", str(gold), "--errors")
    assert "RECRUITED_BY: missed (1)" in done.out
    assert "Mark Lee → RECRUITED_BY → Tom Gunter" in done.out
    assert "« Tom Gunter reste chez Apple. »  (breve)" in done.out


def test_figures_and_errors_are_printed_as_json(offline_cli, gold: Path) -> None:
    [report] = offline_cli("evaluate", str(gold), "--json", "--errors").data
    assert report["set"] == "gold"
    assert report["found"]["HIRED_BY"]["f1"] == 1.0
    assert report["confidence"]["bins"]
    assert "missed" in {error["kind"] for error in report["errors"]}
    assert "errors" not in offline_cli("evaluate", str(gold), "--json").data[0]


def test_readings_of_another_extractor_are_scored(offline_cli, gold: Path, tmp_path: Path) -> None:
    other = {**GOLD, "claims": GOLD["claims"][1:]}
    path = tmp_path / "readings.jsonl"
    path.write_text(json.dumps(other) + "\n", encoding="utf-8")
    [report] = offline_cli("evaluate", str(gold), "--readings", str(path), "--json").data
    assert report["found"]["RECRUITED_BY"]["f1"] == 1.0
    assert report["found"]["HIRED_BY"]["recall"] == 0.0
    assert report["confidence"] is None


def test_what_is_printed_by_reading_is_scored_as_the_reading_itself(
    offline_cli, gold: Path, tmp_path: Path
) -> None:
    article = tmp_path / "breve.json"
    article.write_text(json.dumps({k: GOLD[k] for k in ("id", "text", "published")}), "utf-8")
    path = tmp_path / "readings.jsonl"
    path.write_text(offline_cli("read", str(article), "--jsonl").out, encoding="utf-8")
    [own] = offline_cli("evaluate", str(gold), "--json").data
    [printed] = offline_cli("evaluate", str(gold), "--readings", str(path), "--json").data
    assert printed["found"] == own["found"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.json"], "there is no such file or folder"),
        (["GOLD", "--readings", "nowhere.jsonl"], "there is no such file"),
        (["GOLD", "--set", "relx"], "of the form relx"),
    ],
)
def test_what_cannot_be_scored_is_told(
    offline_cli, gold: Path, arguments: list[str], message: str
) -> None:
    done = offline_cli("evaluate", *(str(gold) if a == "GOLD" else a for a in arguments))
    assert done.code == ExitCode.FAILED
    assert message in done.err
    assert done.out == ""
