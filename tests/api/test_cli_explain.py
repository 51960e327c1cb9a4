"""`mercato read --explain`: why each claim was read, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = (
    "La verrerie Valcourt a embauché en 2019 Irène Delmotte. "
    "Elle dirigeait auparavant Sérille, affirme Les Échos."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article whose second sentence does not name whom it is about."""
    path = tmp_path / "breve.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_claim_is_told_with_its_confidence_rule_words_and_quote(
    offline_cli, article: Path
) -> None:
    done = offline_cli("read", str(article), "--explain")
    assert done.code == 0
    blocks = [block.splitlines() for block in done.out.split("Irène Delmotte ─")[1:]]
    hired = next(block for block in blocks if block[0].startswith("HIRED_BY→ Valcourt"))
    assert "2019-01-01 to 2019-12-31" in hired[0]
    assert hired[1].strip().startswith("confidence 0.")
    assert hired[1].endswith(" · rule hire read “embauché”")
    assert hired[2].strip() == "« La verrerie Valcourt a embauché en 2019 Irène Delmotte. »"


def test_what_stands_for_an_end_is_told_with_the_reason(offline_cli, article: Path) -> None:
    done = offline_cli("read", str(article), "--explain")
    told = [line.strip() for line in done.out.splitlines() if "stands for" in line]
    assert set(told) == {
        "“Elle” stands for Irène Delmotte, who fits best of those named, in the sentence before: "
        "“Irène Delmotte”"
    }
    assert "is not named there" not in done.out


def test_lines_of_json_get_dates_confidence_rule_and_words(
    offline_cli, article: Path, tmp_path: Path
) -> None:
    plain = offline_cli("read", str(article), "--jsonl").data
    line = offline_cli("read", str(article), "--jsonl", "--explain").data
    more = ["start", "end", "confidence", "rule", "cues", "resolved"]
    for short, long in zip(plain["claims"], line["claims"], strict=True):
        assert list(long) == [*short, *more]
        assert {field: long[field] for field in short} == short
    hired = next(claim for claim in line["claims"] if claim["relation"] == "HIRED_BY")
    assert hired["start"] == {"earliest": "2019-01-01", "latest": "2019-12-31"}
    assert (hired["rule"], hired["cues"]) == ("hire", ["embauché"])
    assert 0 < hired["confidence"] < 1
    assert hired["resolved"] == []
    led = next(claim for claim in line["claims"] if claim["object"] == "Sérille")
    assert led["resolved"] == [
        {
            "words": "Elle",
            "entity": "Irène Delmotte",
            "ground": "named",
            "antecedent": "Irène Delmotte",
        }
    ]


def test_explained_lines_are_scored_with_their_dates_and_confidences(
    offline_cli, article: Path, tmp_path: Path
) -> None:
    lines = offline_cli("read", str(article), "--jsonl", "--explain").out
    readings, gold = tmp_path / "readings.jsonl", tmp_path / "gold.json"
    readings.write_text(lines, encoding="utf-8")
    gold.write_text(json.dumps({"lang": "fr", "text": TEXT, **json.loads(lines)}), encoding="utf-8")
    done = offline_cli("evaluate", str(gold), "--readings", str(readings), "--json")
    assert done.code == 0, done.err
    [report] = done.data
    assert report["found"]["Claims"]["f1"] == 1.0
    dates = report["claims_found"]["Dates"]
    assert (dates["accuracy"], dates["of"]) == (1.0, len(json.loads(lines)["claims"]))
    assert report["confidence"] is not None
