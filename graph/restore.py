"""Stored articles as the rows that they would be now: under other decisions, as other copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.batches import run_ids
from graph.identity import as_named
from graph.model import EntityRef, Kind
from graph.resolve import names_resolved, outlet_refs
from graph.rows import ArticleRows, Copy, stored_rows
from graph.store import Transaction


def restored(
    transaction: Transaction, ids: Iterable[str], copies: Mapping[str, Copy | None] | None = None
) -> list[ArticleRows]:
    """The rows of these articles under the decisions in force.

    Parameters
    ----------
    copies
        What some of them are copies of from now on; the others stay what they are.
    """
    rows = run_ids(transaction, "decisions/stored_readings", list(ids))
    for row in rows:
        if copies is not None and row["id"] in copies:
            row["article"] = _as_copy(row["article"], copies[row["id"]])
    return resolved(transaction, rows)


def resolved(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> list[ArticleRows]:
    """Articles as ``decisions/stored_readings`` gives them, under the decisions in force."""
    refs: set[EntityRef] = set()
    for row in rows:
        refs |= {EntityRef(name=m["name"], kind=Kind(m["kind"])) for m in row["mentions"]}
        article = row["article"]
        names = (article.get(name) for name in ("outlet", "credited_source", "copied_source"))
        refs |= set(outlet_refs(names))
        refs |= set(outlet_refs(claim.get("attributed_name") for claim in row["claims"]))
    resolve = names_resolved(transaction, refs) if refs else as_named
    return [stored_rows(row["article"], row["mentions"], row["claims"], resolve) for row in rows]


def _as_copy(article: dict[str, Any], copy: Copy | None) -> dict[str, Any]:
    kept = {k: v for k, v in article.items() if k not in {"copy_of", "copied_source"}}
    return kept if copy is None else {**kept, **copy.stored()}
