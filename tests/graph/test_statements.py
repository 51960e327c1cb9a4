"""Cypher files, their headers, and what is in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cypher
from graph.statements import Statement, UnknownStatementError, load, statement, statements

FOLDER = Path(cypher.__file__).parent
NAMES = sorted(
    file.relative_to(FOLDER).with_suffix("").as_posix() for file in FOLDER.rglob("*.cypher")
)
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*")
_COLUMN = re.compile(r"(?:.*\bAS\s+)?([A-Za-z_][\w.]*)", re.DOTALL)


def _code(text: str) -> str:
    """The statement without its strings and comments."""
    return _QUOTED.sub("''", text)


def _outside_brackets(code: str) -> str:
    """The code with everything between brackets blanked out."""
    depth, kept = 0, []
    for character in code:
        depth -= character in ")]}"
        kept.append(character if depth == 0 else " ")
        depth += character in "([{"
    return "".join(kept)


def _returned(text: str) -> tuple[str, ...]:
    """Names of the columns that a statement returns."""
    _, found, tail = _outside_brackets(_code(text)).rpartition("RETURN")
    if not found:
        return ()
    tail = re.split(r"\b(?:ORDER BY|SKIP|LIMIT)\b", tail)[0]
    tail = re.sub(r"^\s*DISTINCT\b", "", tail)
    matches = [_COLUMN.fullmatch(part.strip()) for part in tail.split(",")]
    assert all(matches), f"every column needs a name: {tail}"
    return tuple(match[1] for match in matches if match)


@pytest.fixture(params=NAMES)
def file(request: pytest.FixtureRequest) -> Statement:
    return load(request.param)


def test_the_header_names_exactly_the_parameters_of_the_statement(file: Statement) -> None:
    assert file.parameters == set(re.findall(r"\$(\w+)", _code(file.text)))


def test_the_header_names_exactly_the_columns_of_the_statement(file: Statement) -> None:
    assert file.columns == _returned(file.text)


def test_the_header_says_in_a_sentence_what_the_statement_is_for(file: Statement) -> None:
    assert re.fullmatch(r"[A-Z].*[.?]", file.summary)


def test_a_file_holds_one_statement(file: Statement) -> None:
    assert ";" not in _code(file.text)


def test_schema_files_are_numbered_from_one_without_a_gap() -> None:
    numbers = [int(name.removeprefix("schema/")[:3]) for name in statements("schema")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_schema_files_can_be_applied_twice() -> None:
    unless_there = (" IF NOT EXISTS ", " IS NULL")
    assert [
        name
        for name in statements("schema")
        if not any(words in statement(name) for words in unless_there)
    ] == []


@pytest.mark.parametrize(
    "name", ["lookup/nothing", "../pyproject", "lookup/../lookup/entities", "/etc/passwd", ""]
)
def test_a_name_that_is_no_statement_is_refused(name: str) -> None:
    with pytest.raises(UnknownStatementError):
        load(name)


@pytest.mark.parametrize("folder", ["nothing", "..", ""])
def test_a_folder_that_holds_no_statements_is_refused(folder: str) -> None:
    with pytest.raises(UnknownStatementError):
        statements(folder)


def _strings(file: Path) -> list[str]:
    """Strings in the code of a file that are not documentation."""
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
    ]


@pytest.mark.parametrize("package", ["graph", "loaders", "api"])
def test_no_python_code_holds_cypher(package: str) -> None:
    clause = re.compile(r"\b(?:MATCH|MERGE|UNWIND|CREATE|DETACH DELETE)\s*[($]|\bRETURN [a-z$]")
    files = list((FOLDER.parent / package).rglob("*.py"))
    assert files
    assert [file.name for file in files if any(map(clause.search, _strings(file)))] == []
