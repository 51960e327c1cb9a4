"""What the driver raises, told as an error of ours."""

from __future__ import annotations

from typing import Any, cast

import pytest
from neo4j.exceptions import Neo4jError, ResultFailedError

from graph.driver_errors import translated
from graph.errors import QueryError, QueryTimeoutError, StoreError


def failed(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="what the server said")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Neo.ClientError.Transaction.TransactionTimedOut", QueryTimeoutError),
        ("Neo.ClientError.Statement.SyntaxError", QueryError),
        ("Neo.DatabaseError.General.UnknownError", QueryError),
    ],
)
def test_a_failure_means_the_same_whether_it_comes_with_a_row_or_before(
    code: str, expected: type[StoreError]
) -> None:
    late = ResultFailedError(cast(Any, None), "The result has failed.")
    late.__cause__ = failed(code)
    for error in (failed(code), late):
        told = translated(error, "bolt://127.0.0.1:1", of_user=True)
        assert type(told) is expected
        assert "The result has failed" not in str(told)
