"""Which database answers, by what it says of itself, and whether it is new enough."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from graph.errors import StoreVersionError

OLDEST: Final = (5, 23)
"""The first Neo4j that knows all that `cypher/` is written in; ``CALL (x) { … }`` came last."""

_AGENT: Final = re.compile(r"Neo4j/v?(\d+)\.(\d+)")


def server_name(agent: str) -> str:
    """Name and version, such as ``ArcadeDB 26.10.2`` or ``Neo4j 5.26.0``.

    ArcadeDB says "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)", Neo4j "Neo4j/5.26.0".
    """
    _, _, within = agent.partition("(")
    return within.rstrip(")") or agent.replace("/", " ")


def zone_of(agent: str) -> dt.tzinfo | None:
    """The zone of times that this server gives without one; None where such times have none.

    ArcadeDB keeps a time in UTC without its zone. What mercato stores is in UTC.
    """
    return dt.UTC if server_name(agent).startswith("ArcadeDB") else None


def check_version(agent: str, uri: str) -> None:
    """Refuse a server that is too old; one that does not say its version is let through.

    Raises
    ------
    StoreVersionError
        If the server, or the one that it claims to be like, is older than `OLDEST`.
    """
    said = _AGENT.match(agent)
    if said is not None and (int(said[1]), int(said[2])) < OLDEST:
        raise too_old(uri, server_name(agent))


def too_old(uri: str, name: str) -> StoreVersionError:
    """The error that says so, and what to do."""
    oldest = ".".join(map(str, OLDEST))
    return StoreVersionError(
        f"the server at {uri} is {name}, and mercato needs Neo4j {oldest} or newer; "
        "upgrade the server, or keep the graph on this machine by leaving MERCATO_URI unset"
    )
