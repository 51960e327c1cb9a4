"""Entities, facts and claims as Parquet, written as they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph.export_rows import COLUMNS, Table, pages
from graph.store import Store

_TYPES: Final[dict[type, Any]] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    list: pa.list_(pa.string()),
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
    """One table as a Parquet file, in pieces; each page of rows is a row group."""
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in COLUMNS[table].items()])
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for rows in pages(store, table):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            if piece := sink.taken():
                yield piece
    yield sink.taken()
