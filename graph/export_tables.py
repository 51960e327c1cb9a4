"""Entities, facts and claims as Parquet, written as they are read.

pyarrow is an extra, and is imported when a table is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from graph.errors import MissingLibraryError
from graph.export_rows import COLUMNS, Table, pages
from graph.store import Store

_TYPES: Final[dict[type, str]] = {
    str: "string",
    int: "int64",
    float: "float64",
    bool: "bool_",
    dt.date: "date32",
}


class _Sink:
    """A file that hands on what is written to it."""

    def __init__(self) -> None:
        self.closed = False
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def parquet(store: Store, table: Table) -> Iterator[bytes]:
    """One table as a Parquet file, in pieces; each page of rows is a row group.

    Raises
    ------
    MissingLibraryError
        At once, where pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingLibraryError("Parquet", "pyarrow", extra="parquet") from error

    def type_of(kind: type) -> Any:
        return pa.list_(pa.string()) if kind is list else getattr(pa, _TYPES[kind])()

    schema = pa.schema([(name, type_of(kind)) for name, kind in COLUMNS[table].items()])

    def written() -> Iterator[bytes]:
        sink = _Sink()
        with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
            for rows in pages(store, table):
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                if piece := sink.taken():
                    yield piece
        yield sink.taken()

    return written()
