"""Cypher files, their headers, and what is in them."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

import cypher
from graph.model import (
    Amount,
    Article,
    Claim,
    Entity,
    EntityRef,
    Kind,
    Purpose,
    Reading,
    RelationType,
    Span,
    Status,
    VagueDate,
)
from graph.rows import Copy, article_rows
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


def test_all_that_an_article_brings_is_named_where_it_is_stored() -> None:
    day, fifth = dt.date(2025, 7, 8), VagueDate(earliest=dt.date(2025, 7, 5))
    text = "Meta aurait recruté Tom Gunter. " + " ".join(
        map(str, range(30))
    )  # so that it has bands
    names = ("title", "url", "outlet", "author", "language", "origin", "credited_source")
    article = Article(id="a", text=text, published=day, **dict.fromkeys(names, "x"))
    gunter = EntityRef(name="Tom Gunter", kind=Kind.PERSON)
    meta = EntityRef(name="Meta", kind=Kind.COMPANY)
    claim = Claim(
        subject=gunter,
        relation=RelationType.HIRED_BY,
        object=meta,
        quote=Span(start=0, end=4, text="Meta"),
        status=Status.DENIED,
        attributed_to=meta,
        role="chercheur",
        amount=Amount(value=1.0, currency="EUR", purpose=Purpose.VALUATION),
        start=VagueDate(earliest=day, latest=day),
        end=VagueDate(earliest=fifth.earliest, latest=day),
        confidence=0.5,
        extractor="x",
        rule="x",
        cues=("x",),
    )
    entities = tuple(Entity(name=ref.name, kind=ref.kind) for ref in (gunter, meta))
    reading = Reading(
        article_id="a", extractor="x", skipped="x", entities=entities, claims=(claim,)
    )
    rows = article_rows(article, reading, copy=Copy("b", "x"))
    assert rows.article.keys() == _named("ingest/create_articles")
    assert rows.claims[0].keys() == _named("ingest/create_claims")


def _named(name: str) -> set[str]:
    """The properties that a statement creates a node with, of those that its rows bring."""
    named = re.findall(r"(\w+): row\.(\w+)[,\n]", statement(name))
    assert all(one == other for one, other in named)
    return {one for one, _ in named}
