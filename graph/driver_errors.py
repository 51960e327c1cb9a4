"""What the driver raises, as the errors of this package."""

from __future__ import annotations

from typing import Final

from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import (
    QueryError,
    QueryTimeoutError,
    StoreAuthError,
    StoreError,
    StoreUnavailableError,
    WriteForbiddenError,
)

_ACCESS_MODE: Final = "Neo.ClientError.Statement.AccessMode"
_TIMED_OUT: Final = "TransactionTimedOut"


def translated(error: Neo4jError | DriverError, uri: str) -> StoreError:
    """The error of this package that says what the driver's error means."""
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    said = (error.message if isinstance(error, Neo4jError) else None) or str(error)
    if isinstance(error, AuthError):
        result: StoreError = StoreAuthError(
            f"the store at {uri} refused the user or the password; check both"
        )
    elif isinstance(error, Forbidden) or code == _ACCESS_MODE:
        result = WriteForbiddenError(f"one may only read here, and this would do more: {said}")
    elif _TIMED_OUT in code:
        result = QueryTimeoutError(
            "the statement ran longer than the store allows and was stopped; "
            "narrow it down, for instance with labels, an id or a LIMIT"
        )
    elif isinstance(error, ClientError):
        result = QueryError(said)
    elif isinstance(error, ServiceUnavailable | SessionExpired):
        result = StoreUnavailableError(
            f"nothing answers at {uri}; start the service or the server, or check the address"
        )
    else:
        result = StoreError(f"the store at {uri} failed: {said}")
    return result
