"""Running one statement over many rows: in slices that keep messages and statements short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from graph.store import Transaction

T = TypeVar("T")

ROWS: Final = 2000
"""Rows in one statement. More gain no speed, and cost memory at both ends of the wire."""

_TEXT: Final = 8_000_000
"""Characters of article text in one statement; a message to the store may not be boundless."""


def slices(items: Sequence[T], size: int = ROWS) -> Iterator[Sequence[T]]:
    """The items in order, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def text_slices(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows with a `text`, as many at a time as fit a message; at least one."""
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        length = len(row["text"])
        if batch and (size + length > _TEXT or len(batch) >= ROWS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def run_rows(
    transaction: Transaction, name: str, rows: Sequence[dict[str, Any]], **same: Any
) -> None:
    """Run a statement that takes `rows` over all of them, with what is the same for each."""
    for part in slices(rows):
        transaction.run(name, rows=list(part), **same)


def run_ids(transaction: Transaction, name: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Run a statement that takes `ids` over all of them, and give its rows together."""
    return [row for part in slices(ids) for row in transaction.run(name, ids=list(part))]


def run_rows_back(
    transaction: Transaction, name: str, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Run a statement that takes `rows` over all of them, and give its rows together."""
    return [row for part in slices(rows) for row in transaction.run(name, rows=list(part))]
