"""Deciding on the command line who is who: merge, decisions, unmerge."""

from __future__ import annotations

import re

import pytest

from api.cli import ExitCode

pytestmark = pytest.mark.usefixtures("press")


def test_two_entities_are_merged_and_parted_again(cli) -> None:
    done = cli("merge", "bloomberg", "apple", "--reason", "pour voir")
    assert done.code == 0
    decision = re.search(r"decision-\w+", done.err)[0]
    assert cli("show", "bloomberg", "--json").data["name"] == "Apple"
    (logged,) = cli("decisions", "--json").data
    assert (logged["merged_name"], logged["into_name"]) == ("Bloomberg", "Apple")
    assert (logged["reason"], logged["undone_at"]) == ("pour voir", None)
    assert cli("unmerge", decision).code == 0
    assert cli("show", "bloomberg", "--json").data["name"] == "Bloomberg"
    table = cli("decisions").out
    assert decision in table
    assert "pour voir" in table


def test_no_decision_is_no_table(cli) -> None:
    done = cli("decisions")
    assert (done.code, done.out) == (0, "")
    assert "mercato merge" in done.err
    assert cli("decisions", "--json").data == []


def test_a_person_is_not_merged_into_a_company(cli) -> None:
    done = cli("merge", "mark lee", "apple")
    assert done.code == ExitCode.FAILED
    assert "of one kind" in done.err


def test_a_decision_that_is_not_there_is_not_undone(cli) -> None:
    done = cli("unmerge", "decision-nothing")
    assert done.code == ExitCode.NOT_FOUND
    assert "mercato decisions" in done.err
