"""Values of the driver as plain Python ones."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

_ALREADY: Final = frozenset({str, int, bool, type(None)})
"""Plain, and what JSON can hold; looked for first, since most values are one of these."""


def plain(value: Any, zone: dt.tzinfo | None = None) -> Any:
    """The value with dates as those of `datetime`, and graph parts as dicts.

    A time that comes without a zone is given `zone`, if there is one.

    A node is ``{"id", "labels", "properties"}``, a relationship ``{"id", "type", "start", "end",
    "properties"}`` with the ids of its two nodes, a path ``{"nodes", "relationships"}``; these ids
    are the store's own, good for one answer only. A duration is its ISO 8601 text.
    """
    if type(value) in _ALREADY:
        return value
    if type(value) is list:  # before the others: there may be tens of thousands of them
        return [each if type(each) in _ALREADY else plain(each, zone) for each in value]
    match value:
        case DateTime():
            native = value.to_native()
            return native if native.tzinfo else native.replace(tzinfo=zone)
        case Date() | Time():
            return value.to_native()
        case Duration():
            return value.iso_format()
        case Node():
            return {
                "id": value.element_id,
                "labels": sorted(value.labels),
                "properties": _properties(value, zone),
            }
        case Relationship():
            start, end = value.nodes
            return {
                "id": value.element_id,
                "type": value.type,
                "start": None if start is None else start.element_id,
                "end": None if end is None else end.element_id,
                "properties": _properties(value, zone),
            }
        case Path():
            return {
                "nodes": [plain(node, zone) for node in value.nodes],
                "relationships": [plain(step, zone) for step in value.relationships],
            }
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case Mapping():
            return {str(key): plain(inner, zone) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner, zone) for inner in value]
        case _:
            return value


def jsonable(value: Any, zone: dt.tzinfo | None = None) -> Any:
    """The value as `plain` gives it, in what JSON can hold.

    Dates are in ISO 8601, bytes in hexadecimal, and the numbers that JSON lacks are ``"NaN"``,
    ``"Infinity"`` and ``"-Infinity"``.
    """
    if type(value) in _ALREADY:
        return value
    match value := plain(value, zone):
        case dict():
            return {key: jsonable(inner) for key, inner in value.items()}
        case list():
            return [jsonable(inner) for inner in value]
        case dt.date() | dt.time():
            return value.isoformat()
        case bytes() | bytearray():
            return value.hex()
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
        case _:
            return value


def _properties(entity: Node | Relationship, zone: dt.tzinfo | None) -> dict[str, Any]:
    return {key: plain(entity[key], zone) for key in sorted(entity.keys())}
