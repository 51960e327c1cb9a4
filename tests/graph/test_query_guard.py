"""What the guard before users' statements refuses. No connection is made here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError, WriteForbiddenError
from graph.query_guard import MAX_LENGTH, Place, check, place_of

ADDRESSES = [
    "file:///etc/passwd",
    "http://10.0.0.1/x",
    "http://172.16.0.1/x",
    "http://192.168.1.1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/x",
    "http://[fd00::1]/x",
    "http://[fe80::1]/x",
    "http://[::ffff:10.0.0.1]/x",
    "http://0x7f000001/x",
    "http://2130706433/x",
    "http://localhost/x",
    "ftp://192.168.1.1/x",
    "s3://bucket/x",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_fetched_whatever_the_address(address: str) -> None:
    for text in (
        f"LOAD CSV FROM '{address}' AS x RETURN x",
        f"MATCH (n) LOAD CSV WITH HEADERS FROM '{address}' AS x RETURN x",
        f"CALL {{ LOAD CSV FROM '{address}' AS x RETURN x }} RETURN x",
    ):
        with pytest.raises(WriteForbiddenError, match="LOAD"):
            check(text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD\u180eCSV FROM $x AS x RETURN x",
        "load\u200bcsv FROM $x AS x RETURN x",
        "LoAd\t\r\nCsV FROM $x AS x RETURN x",
        "/* ' */ LOAD CSV FROM $x AS x RETURN x",
        "RETURN '\\'' AS x UNION LOAD CSV FROM $x AS x RETURN x",
        "CYPHER 5 planner=cost EXPLAIN LOAD CSV FROM $x AS x RETURN x",
        "CALL dbms . killConnections ([])",
        "CALL `dbms`.`killConnections`([])",
        "MATCH (n) OPTIONAL CALL dbms.listConfig() YIELD name RETURN name",
        "call /**/ dbms.listConfig yield name return name",
        "UNWIND [1] AS x CALL (x) { CREATE (n) } IN 4 CONCURRENT TRANSACTIONS RETURN x",
        "EXPLAIN TERMINATE TRANSACTIONS 'x'",
        "CYPHER 5 TERMINATE TRANSACTIONS 'x'",
        "CREATE OR REPLACE USER x SET PASSWORD 'y'",
        "CREATE USER x",
        "SHOW USERS YIELD user WHERE user = 'INDEXES'",
        "USE system MATCH (n) RETURN n",
    ],
)
def test_what_is_not_for_readers_is_refused(text: str) -> None:
    with pytest.raises(WriteForbiddenError):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "match (n) return n;",
        "// comment\nMATCH (n) RETURN n",
        "EXPLAIN MATCH (n) RETURN n",
        "CYPHER runtime=slotted MATCH (n) RETURN n",
        "CALL db.labels() YIELD label RETURN label",
        "CALL db.labels YIELD label",
        "CALL `db`.`labels`()",
        "CALL db.index.fulltext.queryNodes('entity_names', 'meta') YIELD node RETURN node",
        "CALL { MATCH (n) RETURN n } RETURN n",
        "MATCH (n) CALL (n) { RETURN 1 AS x } RETURN x",
        "MATCH (n) WHERE n.call = 'x' RETURN n.call AS y",
        "RETURN 'LOAD CSV FROM x' AS x",
        'RETURN "CALL dbms.listConfig()" AS x // LOAD CSV',
        "MATCH (n {name: 'caf\\u00e9'}) RETURN n",
        "SHOW INDEXES",
        "SHOW FULLTEXT INDEXES YIELD name",
        "UNWIND ['TRANSACTIONS'] AS x RETURN x IN ['a']",
    ],
)
def test_what_reads_passes(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text", ["", "   ", ";", "// only", "x" * (MAX_LENGTH + 1), "(n)", "\\u004dATCH (n) RETURN n"]
)
def test_what_is_no_statement_is_said_so(text: str) -> None:
    with pytest.raises(QueryError):
        check(text)


@given(st.text(max_size=80))
def test_any_text_passes_or_is_refused_with_a_reason(text: str) -> None:
    try:
        check(text)
    except (QueryError, WriteForbiddenError) as error:
        assert str(error)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("Invalid input 'x' (line 2, column 3 (offset: 13))", Place(2, 3)),
        ("Syntax error at line 1:9 - no viable alternative", Place(1, 10)),
        ("Unexpected input ';' at line 1, column 8", Place(1, 9)),
        ("UndefinedVariable: Variable 'foo' not defined", Place(2, 8)),
        ("something is wrong", None),
        ("Variable 'bar' not defined", None),
    ],
)
def test_the_place_of_an_error_is_found(message: str, place: Place | None) -> None:
    assert place_of(message, "MATCH (food)\nRETURN foo") == place
