"""What is exported, a page at a time: entities, facts, claims, articles, as flat rows.

Memory does not grow with the graph. What is loaded meanwhile is in an export or not; a fact whose
other end has come meanwhile may name an entity that is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from graph.model import Kind
from graph.store import Store

PAGE: Final = 1_000

Row = dict[str, Any]


class Table(StrEnum):
    """What an export in tables may hold."""

    ENTITIES = "entities"
    FACTS = "facts"
    CLAIMS = "claims"


COLUMNS: Final[Mapping[Table, Mapping[str, type]]] = {
    Table.ENTITIES: {
        "id": str,
        "name": str,
        "kind": str,
        "aliases": list,
        "articles": int,
        "sources": int,
        "relationships": int,
    },
    Table.FACTS: {
        "id": str,
        "type": str,
        "subject": str,
        "object": str,
        "status": str,
        "contested": bool,
        "role": str,
        "amount_value": float,
        "amount_currency": str,
        "amount_bound": str,
        "amount_purpose": str,
        "start_earliest": dt.date,
        "start_latest": dt.date,
        "end_earliest": dt.date,
        "end_latest": dt.date,
        "sources": int,
        "claims": int,
        "first_reported": dt.date,
        "last_reported": dt.date,
    },
    Table.CLAIMS: {
        "id": str,
        "fact_id": str,
        "type": str,
        "subject_id": str,
        "subject_name": str,
        "object_id": str,
        "object_name": str,
        "status": str,
        "role": str,
        "amount_value": float,
        "amount_currency": str,
        "amount_bound": str,
        "amount_purpose": str,
        "start_earliest": dt.date,
        "start_latest": dt.date,
        "end_earliest": dt.date,
        "end_latest": dt.date,
        "attributed_id": str,
        "attributed_name": str,
        "source_key": str,
        "confidence": float,
        "extractor": str,
        "quote": str,
        "quote_start": int,
        "quote_end": int,
        "article_id": str,
        "article_url": str,
        "article_title": str,
        "outlet": str,
        "published": dt.date,
    },
}
"""Columns of each table and the type of their values; any may be None."""


def pages(store: Store, table: Table) -> Iterator[list[Row]]:
    """The rows of a table, a page at a time, each with all of its columns."""
    read = {Table.ENTITIES: _entities, Table.FACTS: _facts, Table.CLAIMS: _claims}[table]
    columns = COLUMNS[table]
    for rows in read(store):
        yield [{name: row.get(name) for name in columns} for row in rows]


def article_pages(store: Store) -> Iterator[list[Row]]:
    """The articles without their text, a page at a time."""
    for ids in _ids(store, "lookup/export_ids"):
        yield [row["article"] for row in store.read("export/articles_of", ids=ids)]


def _entities(store: Store) -> Iterator[list[Row]]:
    for ids in _ids(store, "lookup/entity_ids", kinds=sorted(Kind)):
        yield store.read("lookup/entities", ids=ids)


def _facts(store: Store) -> Iterator[list[Row]]:
    for ids in _ids(store, "lookup/entity_ids", kinds=sorted(Kind)):
        yield [
            {**row["fact"], "type": row["type"], "subject": row["subject"], "object": row["object"]}
            for row in store.read("export/facts_of", ids=ids)
        ]


def _claims(store: Store) -> Iterator[list[Row]]:
    for ids in _ids(store, "lookup/export_ids"):
        yield [
            {
                **row["claim"],
                "article_url": row["article"]["url"],
                "article_title": row["article"]["title"],
                "outlet": row["article"]["outlet"],
            }
            for row in store.read("export/claims_of", ids=ids)
        ]


def _ids(store: Store, name: str, **asked: Any) -> Iterator[list[str]]:
    after = ""
    while rows := store.read(name, **asked, after=after, limit=PAGE):
        yield [row["id"] for row in rows]
        after = rows[-1]["id"]
