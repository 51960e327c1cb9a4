"""The graph as GraphML and GEXF: entities as nodes, facts as edges, written as they are read.

Neither format has lists, dates or nothing: dates are in ISO 8601, aliases are joined with ``|``,
and what is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from graph.export_rows import COLUMNS, Table, pages
from graph.store import Store

_NODE: Final = {name: kind for name, kind in COLUMNS[Table.ENTITIES].items() if name != "id"}
_EDGE: Final = {
    name: kind
    for name, kind in COLUMNS[Table.FACTS].items()
    if name not in {"id", "subject", "object"}
}
_GRAPHML_TYPES: Final = {int: "long", float: "double", bool: "boolean"}
_GEXF_TYPES: Final = {int: "long", float: "double", bool: "boolean"}
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def graphml(store: Store) -> Iterator[str]:
    """The graph as GraphML, in pieces."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    for of, columns in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in columns.items():
            type_ = _GRAPHML_TYPES.get(kind, "string")
            yield (f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n')
    yield '<graph id="mercato" edgedefault="directed">\n'
    for rows in pages(store, Table.ENTITIES):
        yield "".join(
            f"<node id={_quoted(row['id'])}>{_data('node', row, _NODE)}</node>\n" for row in rows
        )
    for rows in pages(store, Table.FACTS):
        yield "".join(
            f"<edge id={_quoted(row['id'])} source={_quoted(row['subject'])} "
            f"target={_quoted(row['object'])}>{_data('edge', row, _EDGE)}</edge>\n"
            for row in rows
        )
    yield "</graph>\n</graphml>\n"


def gexf(store: Store) -> Iterator[str]:
    """The graph as GEXF 1.2, in pieces; Gephi shows `name` as the label and `type` on edges."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        '<graph mode="static" defaultedgetype="directed">\n'
    )
    for of, columns in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{of}" mode="static">\n'
        for name, kind in columns.items():
            type_ = _GEXF_TYPES.get(kind, "string")
            yield f'<attribute id="{of}-{name}" title="{name}" type="{type_}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for rows in pages(store, Table.ENTITIES):
        yield "".join(
            f"<node id={_quoted(row['id'])} label={_quoted(row['name'])}>"
            f"{_attvalues('node', row, _NODE)}</node>\n"
            for row in rows
        )
    yield "</nodes>\n<edges>\n"
    for rows in pages(store, Table.FACTS):
        yield "".join(
            f"<edge id={_quoted(row['id'])} source={_quoted(row['subject'])} "
            f"target={_quoted(row['object'])} label={_quoted(row['type'])}>"
            f"{_attvalues('edge', row, _EDGE)}</edge>\n"
            for row in rows
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _data(of: str, row: dict[str, Any], columns: dict[str, type]) -> str:
    return "".join(
        f'<data key="{of}-{name}">{escape(value)}</data>'
        for name in columns
        if (value := _text(row[name])) is not None
    )


def _attvalues(of: str, row: dict[str, Any], columns: dict[str, type]) -> str:
    values = "".join(
        f'<attvalue for="{of}-{name}" value={quoteattr(value)}/>'
        for name in columns
        if (value := _text(row[name])) is not None
    )
    return f"<attvalues>{values}</attvalues>"


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list():
            return _legal("|".join(value)) if value else None
        case _:
            return _legal(str(value))


def _quoted(value: str) -> str:
    return quoteattr(_legal(value))


def _legal(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
