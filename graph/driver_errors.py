"""What the driver raises, as the errors of this package."""

from __future__ import annotations

from typing import Final

from neo4j.exceptions import (
    AuthError,
    DriverError,
    Forbidden,
    Neo4jError,
    ResultFailedError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
    UnsupportedServerProduct,
)

from graph.errors import (
    QueryError,
    QueryTimeoutError,
    StoreAuthError,
    StoreError,
    StoreUnavailableError,
    WriteForbiddenError,
)
from graph.server_version import too_old

_ACCESS_MODE: Final = "Neo.ClientError.Statement.AccessMode"
_TIMED_OUT: Final = "TransactionTimedOut"
_NO_DATABASE: Final = "DatabaseNotFound"
_DOWN: Final = "Neo.TransientError.General.DatabaseUnavailable"
_BROKEN: Final = "Neo.DatabaseError.Transaction."
_TERMINATED: Final = "Neo.ClientError.Transaction.Terminated"


def translated(error: Neo4jError | DriverError, uri: str, *, of_user: bool) -> StoreError:
    """The error of this package that says what the driver's error means.

    `of_user` tells whether the statement was a user's own, and its mistakes theirs.
    """
    if isinstance(error, ResultFailedError) and isinstance(error.__cause__, Neo4jError):
        error = error.__cause__  # what failed came with the head of the answer, not with a row
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    said = (error.message if isinstance(error, Neo4jError) else None) or str(error)
    result: StoreError
    if isinstance(error, AuthError):
        result = StoreAuthError(f"the store at {uri} refused the user or the password; check both")
    elif isinstance(error, Forbidden) or code == _ACCESS_MODE:
        result = WriteForbiddenError(f"one may only read here, and this would do more: {said}")
    elif _TIMED_OUT in code:
        result = QueryTimeoutError(
            "the statement ran longer than the store allows and was stopped; "
            "narrow it down, for instance with labels, an id or a LIMIT"
        )
    elif _NO_DATABASE in code:
        result = StoreError(f"the server at {uri} has no such database: {said}")
    elif isinstance(error, UnsupportedServerProduct):
        result = too_old(uri, "too old for the Neo4j driver, or no graph database")
    elif code == _DOWN:
        result = StoreUnavailableError(
            f"the database at {uri} is starting or stopping: {said}; try again in a moment"
        )
    elif code.startswith(_BROKEN):
        # Neo4j stops a database that could not write its log, and a full disk is why as a rule.
        result = StoreUnavailableError(
            f"the database at {uri} has failed and must be started again. Its disk may be full: "
            "make room there, or look into its log for another reason; then restart the server"
        )
    elif isinstance(error, ServiceUnavailable | SessionExpired):
        result = StoreUnavailableError(
            f"the store at {uri} does not answer, or hung up; "
            "see that it runs and that the address is right"
        )
    elif isinstance(error, TransientError) and code != _TERMINATED:
        result = StoreError(f"the store at {uri} is busy: {said}; try again in a moment")
    elif of_user and isinstance(error, Neo4jError) and code != _TERMINATED:
        result = QueryError(said)
    else:
        result = StoreError(f"the store at {uri} failed: {said}")
    return result
