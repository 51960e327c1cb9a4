"""The whole graph from one store into another: evidence, decisions, and the facts derived anew.

Articles go in batches, each in one transaction. What the target has already is passed over, so that
a copy that was interrupted goes on. At the end both are read and compared, by counts and checksums.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.batches import run_ids, run_rows, slices
from graph.decisions import finish
from graph.errors import CopyError
from graph.ingest import store_rows
from graph.restore import resolved
from graph.store import Store, Transaction

_IDS: Final = 50_000
_BATCH: Final = 200
_WHOLE: Final = 2**256


@dataclass(frozen=True)
class Holdings:
    """What a store holds: how many of each, and a checksum over everything but the schema."""

    counts: Mapping[str, int]
    checksum: str


def copy_graph(
    source: Store,
    target: Store,
    *,
    on_batch: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Holdings | None:
    """Copy everything from one store to another, and compare them.

    Parameters
    ----------
    on_batch
        Told how many articles are done, of how many, after each batch.
    stop
        Asked before each batch.

    Returns
    -------
    Holdings or None
        What both hold at the end; None when it was stopped before.

    Raises
    ------
    CopyError
        If the target holds something else than the source at the end. What was copied stays.
    StoreError
        If either store fails; the batches before it are stored.
    """
    finish(source)
    decisions = [row["decision"] for row in source.read("decisions/decisions")]
    if decisions:
        target.write(lambda transaction: transaction.run("copy/decisions", rows=decisions))
    total = int(source.read("lookup/totals")[0]["articles"])
    done = 0
    for ids in _article_ids(source):
        if stop():
            return None
        _copy_batch(source, target, list(ids))
        done += len(ids)
        on_batch(done, total)
    ours, theirs = holdings(source), holdings(target)
    if ours != theirs:
        raise CopyError(_difference(ours, theirs))
    return theirs


def holdings(store: Store) -> Holdings:
    """Count and sum up what a store holds; the order in which it gives them does not count."""
    counts: Counter[str] = Counter()
    checksum = 0
    for kind, item in _everything(store):
        counts[kind] += 1
        text = json.dumps([kind, item], sort_keys=True, default=str, ensure_ascii=False)
        checksum += int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return Holdings(dict(sorted(counts.items())), f"{checksum % _WHOLE:064x}")


def _everything(store: Store) -> Iterator[tuple[str, Any]]:
    for row in store.read("decisions/decisions"):
        yield "decisions", row["decision"]
    for ids in _article_ids(store):
        for row in store.read("copy/versions", ids=list(ids)):
            yield "versions", row["version"]
        for row in store.read("decisions/stored_readings", ids=list(ids)):
            yield "articles", row["article"]
            yield from (("mentions", [row["id"], mention]) for mention in row["mentions"])
            yield from (("claims", claim) for claim in row["claims"])
    after = ""
    while found := store.read("ingest/entity_ids", after=after, limit=_BATCH * 10):
        entity_ids = [row["id"] for row in found]
        for row in store.read("ingest/stored_entities", ids=entity_ids):
            yield "entities", row
        for row in store.read("interop/held", ids=entity_ids, valid_from=None, valid_to=None):
            yield "facts", [row["type"], row["fact"], row["subject"]["id"], row["object"]["id"]]
        after = entity_ids[-1]


def _article_ids(store: Store) -> Iterator[Sequence[str]]:
    after = ""
    while found := store.read("lookup/export_ids", after=after, limit=_IDS):
        ids = [row["id"] for row in found]
        yield from slices(ids, _BATCH)
        after = ids[-1]


def _copy_batch(source: Store, target: Store, ids: list[str]) -> None:
    """Store these articles in the target, unless they are there as they are here."""
    ours = {row["id"]: row["content_sha256"] for row in _stored(source, ids)}
    theirs = {row["id"]: row["content_sha256"] for row in _stored(target, ids)}
    missing = [id_ for id_ in ids if ours.get(id_) != theirs.get(id_)]
    if not missing:
        return
    rows = source.read("decisions/stored_readings", ids=missing)
    versions = [row["version"] for row in source.read("copy/versions", ids=missing)]

    def work(transaction: Transaction) -> None:
        there = [row["id"] for row in run_ids(transaction, "ingest/stored_articles", missing)]
        run_ids(transaction, "ingest/delete_versions", there)
        store_rows(transaction, resolved(transaction, rows), there)
        run_rows(transaction, "copy/keep_versions", versions)

    target.write(work)


def _stored(store: Store, ids: list[str]) -> list[dict[str, Any]]:
    return store.read("ingest/stored_articles", ids=ids)


def _difference(ours: Holdings, theirs: Holdings) -> str:
    told = [
        f"{theirs.counts.get(kind, 0):,} {kind} instead of {ours.counts.get(kind, 0):,}"
        for kind in sorted({*ours.counts, *theirs.counts})
        if ours.counts.get(kind) != theirs.counts.get(kind)
    ]
    what = ", ".join(told) or "as many of everything, and not the same"
    return (
        f"the copy differs from the original: it has {what}; copy into a database that holds "
        "nothing else while nobody writes to either, or run the copy again"
    )
