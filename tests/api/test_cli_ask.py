"""Asking the graph on the command line: search, show, path, cypher, delete, export."""

from __future__ import annotations

import io
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from followthemoney import model as ftm

from api.cli import ExitCode

pytestmark = pytest.mark.usefixtures("press")


def test_a_search_forgives_accents_case_and_typos(cli) -> None:
    done = cli("search", "márk LEEE")
    assert done.code == 0
    assert "Mark Lee" in done.out
    assert "Person" in done.out


def test_a_search_gives_json(cli) -> None:
    (hit,) = cli("search", "ruoming", "--json").data
    assert (hit["name"], hit["kind"], hit["relationships"]) == ("Ruoming Pang", "Person", 1)


def test_a_search_can_be_held_to_a_kind(cli) -> None:
    hits = cli("search", "mistral", "--kind", "product", "--json").data
    assert [hit["kind"] for hit in hits] == ["Product"]


def test_a_search_without_result_says_so_and_prints_no_data(cli) -> None:
    done = cli("search", "zzzzzz")
    assert (done.code, done.out) == (0, "")
    assert "'zzzzzz'" in done.err


def test_an_entity_is_shown_with_its_relationships_and_the_words_that_carry_them(cli) -> None:
    done = cli("show", "meta")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("Meta Company")
    hired = next(line for line in lines if "← Ruoming Pang" in line)
    assert hired.startswith("HIRED_BY")
    assert "asserted · about 200,000,000 USD (package) · 1 source" in hired
    assert "  « Ruoming Pang rejoint Meta pour environ" in done.out
    assert "(lee, undated, according to Bloomberg)" in done.out


def test_an_entity_is_shown_by_its_id_too(cli) -> None:
    (hit,) = cli("search", "mark lee", "--json").data
    assert "WORKED_AT → Apple" in cli("show", hit["id"]).out


def test_an_entity_is_shown_as_json_with_evidence(cli) -> None:
    shown = cli("show", "mark lee", "--json").data
    assert shown["name"] == "Mark Lee"
    worked, hired = sorted(shown["relationships"], key=lambda each: each["type"], reverse=True)
    assert (worked["type"], worked["role"]) == ("WORKED_AT", "ingénieur")
    assert hired["status"] == "hedged"
    assert hired["evidence"][0]["attributed_to"]["name"] == "Bloomberg"


def test_relationships_can_be_filtered(cli) -> None:
    done = cli("show", "mark lee", "--type", "worked_at", "--quotes", "0")
    assert "WORKED_AT" in done.out
    assert "HIRED_BY" not in done.out
    assert "«" not in done.out
    assert "HIRED_BY" in cli("show", "mark lee", "--status", "hedged").out


def test_more_relationships_than_the_limit_are_announced(cli) -> None:
    done = cli("show", "meta", "--limit", "1")
    assert "more than 1 relationships" in done.err


def test_an_ambiguous_name_lists_the_candidates_with_their_ids(cli) -> None:
    done = cli("show", "mistral")
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    ids = [line.split()[0] for line in done.err.splitlines() if line.startswith("  ")]
    assert len(ids) == 2
    assert all(cli("show", id_).code == 0 for id_ in ids)


def test_a_kind_settles_an_ambiguous_name(cli) -> None:
    assert cli("show", "mistral", "--kind", "product").out.startswith("Mistral Product")


def test_a_name_that_nothing_has_is_not_found(cli) -> None:
    done = cli("show", "zzzzzz")
    assert done.code == ExitCode.NOT_FOUND
    assert "mercato search" in done.err


def test_a_path_names_every_step_with_its_words(cli) -> None:
    done = cli("path", "mark lee", "ruoming pang")
    assert done.code == 0
    steps = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert steps == [
        "Mark Lee ─HIRED_BY→ Meta  hedged",
        "Meta ←HIRED_BY─ Ruoming Pang  asserted",
    ]
    assert "« Ruoming Pang rejoint Meta" in done.out
    assert "(pang)" in done.out


def test_a_path_is_given_as_json(cli) -> None:
    found = cli("path", "apple", "meta", "--json").data
    assert [path["length"] for path in found["paths"]] == [2]


def test_a_path_over_what_is_denied_is_taken_only_when_asked_for(cli) -> None:
    company = next(
        hit["id"] for hit in cli("search", "mistral", "--kind", "company", "--json").data
    )
    assert cli("path", "meta", company).out == ""
    assert "INVESTED_IN" in cli("path", "meta", company, "--status", "denied").out


def test_no_path_says_so(cli) -> None:
    done = cli("path", "apple", "ruoming pang", "--max-length", "1")
    assert (done.code, done.out) == (0, "")
    assert "--max-length" in done.err


def test_an_ambiguous_end_of_a_path_lists_the_candidates(cli) -> None:
    done = cli("path", "mistral", "meta")
    assert done.code == ExitCode.NOT_FOUND
    assert "'mistral' may be one of these" in done.err


QUERY = "MATCH (p:Person)-[:HIRED_BY]->(c {name: $company}) RETURN p.name AS person ORDER BY person"


def test_a_statement_is_run_with_its_parameters(cli) -> None:
    done = cli("cypher", QUERY, "--param", "company=Meta")
    assert done.code == 0
    assert [line.strip("─ ") for line in done.out.splitlines()] == [
        "person",
        "",
        "Mark Lee",
        "Ruoming Pang",
    ]


def test_a_statement_gives_json(cli) -> None:
    rows = cli("cypher", QUERY, "-p", "company=Meta", "--json").data
    assert rows == [{"person": "Mark Lee"}, {"person": "Ruoming Pang"}]


def test_a_long_list_is_shortened_in_a_table_and_whole_as_json(cli) -> None:
    query = "RETURN range(1, 500) AS numbers"
    assert cli("cypher", query).out.splitlines()[-1].rstrip().endswith("…")
    assert cli("cypher", query, "--json").data == [{"numbers": list(range(1, 501))}]


def test_the_value_of_a_parameter_may_be_json(cli) -> None:
    rows = cli(
        "cypher", "RETURN $a + 1 AS a, $b[1] AS b", "-p", "a=41", "-p", 'b=["x","y"]', "--json"
    )
    assert rows.data == [{"a": 42, "b": "y"}]


def test_a_parameter_without_a_value_is_a_usage_error(cli) -> None:
    assert cli("cypher", QUERY, "--param", "company").code == ExitCode.USAGE


def test_a_statement_comes_from_a_pipe(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("RETURN 7 AS seven\n"))
    assert cli("cypher", "-", "--json").data == [{"seven": 7}]


def test_rows_beyond_the_limit_are_announced(cli) -> None:
    done = cli("cypher", "UNWIND range(1, 5) AS n RETURN n", "--limit", "2", "--json")
    assert len(done.data) == 2
    assert "more than 2 rows" in done.err


@pytest.mark.parametrize("query", ["CREATE (:Entity {id: 'x'})", "MATCH (n) DETACH DELETE n"])
def test_a_statement_that_writes_is_refused_and_changes_nothing(cli, query: str) -> None:
    before = cli("export").out
    done = cli("cypher", query)
    assert done.code == ExitCode.FAILED
    assert "read" in done.err
    assert cli("export").out == before


def test_a_statement_with_a_mistake_is_told(cli) -> None:
    done = cli("cypher", "MATCH (n RETURN n")
    assert done.code == ExitCode.FAILED
    assert done.err.startswith("Error: ")
    assert "Traceback" not in done.err


def test_an_article_is_deleted_with_its_claims(cli) -> None:
    done = cli("delete", "pang", "--yes")
    assert done.code == 0
    assert "pang (3 claims)" in done.err
    assert [json.loads(line)["id"] for line in cli("export").out.splitlines()] == ["lee"]
    assert cli("search", "ruoming pang", "--json").data == []


def test_an_article_is_deleted_only_after_a_yes(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert cli("delete", "pang").code != 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert cli("delete", "pang").code != 0
    assert len(cli("export").out.splitlines()) == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert cli("delete", "pang").code == 0
    assert len(cli("export").out.splitlines()) == 1


def test_an_article_that_is_not_there_is_not_deleted(cli) -> None:
    assert cli("delete", "nothing", "--yes").code == ExitCode.NOT_FOUND


def test_the_export_has_a_line_for_every_article(cli) -> None:
    done = cli("export")
    lee, pang = (json.loads(line) for line in done.out.splitlines())
    assert (lee["id"], pang["id"]) == ("lee", "pang")
    assert lee["claims"][0] == {
        "subject": "Mark Lee",
        "relation": "HIRED_BY",
        "object": "Meta",
        "role": None,
        "amount": None,
        "status": "hedged",
        "attributed_to": "Bloomberg",
        "quote": "Mark Lee, ingénieur chez Apple, aurait rejoint Meta, selon Bloomberg.",
    }
    assert pang["claims"][0]["amount"] == {
        "value": 200_000_000,
        "currency": "USD",
        "bound": "about",
        "for": "package",
    }
    assert "Exported 2 articles" in done.err


def test_the_export_to_a_file_is_what_is_printed(cli, tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text("old", encoding="utf-8")
    assert cli("export", "--output", str(file)).out == ""
    assert file.read_text(encoding="utf-8") == cli("export").out
    assert [each.name for each in tmp_path.iterdir()] == ["claims.jsonl"]


def test_the_export_as_followthemoney_is_read_by_its_library(cli, tmp_path: Path) -> None:
    file = tmp_path / "press.ftm.json"
    done = cli("export", "--format", "ftm", "--output", str(file))
    found = [ftm.get_proxy(json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    assert f"Exported {len(found)} entities" in done.err
    hires = [each for each in found if each.schema.name == "Employment"]
    assert {each.first("status") for each in hires} >= {"hedged"}
    captions = {each.caption for each in found}
    assert {"Mark Lee", "Meta"} <= captions


def test_an_export_that_fails_leaves_the_old_file_as_it_was(
    cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: object):
        yield {"id": "one"}
        raise OSError("the store went away")

    monkeypatch.setattr("graph.export.iter_export", broken)
    file = tmp_path / "claims.jsonl"
    file.write_text("old", encoding="utf-8")
    assert cli("export", "--output", str(file)).code == ExitCode.FAILED
    assert file.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["claims.jsonl"]


def test_a_pipe_with_a_name_is_written_to_and_not_replaced(cli, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        received = pool.submit(pipe.read_text, encoding="utf-8")
        assert cli("export", "--output", str(pipe)).code == 0
        assert len(received.result().splitlines()) == 2
    assert pipe.is_fifo()


def test_an_export_to_a_folder_that_is_not_there_is_told(cli, tmp_path: Path) -> None:
    done = cli("export", "--output", str(tmp_path / "no" / "claims.jsonl"))
    assert done.code == ExitCode.FAILED
    assert "claims.jsonl" in done.err
