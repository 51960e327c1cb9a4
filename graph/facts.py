"""Facts in the store: written from the claims that carry them, and rebuilt from them.

What a fact displays is decided by `derive`, a pure function; its rule is in `graph.fact_rule`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from graph.batches import run_ids, run_rows, run_rows_back, slices
from graph.fact_rule import RULE_VERSION, ClaimRecord, FactProperties, derive
from graph.identity import fact_ends
from graph.model import RelationType
from graph.store import Store, Transaction

__all__ = [
    "RULE_VERSION",
    "ClaimRecord",
    "FactKey",
    "FactProperties",
    "derive",
    "rebuild_facts",
    "stored_claims",
    "write_facts",
]

_PAGE: Final = 50_000
"""Ids fetched at once when all are walked: finding the next page costs a walk over the rest."""


@dataclass(frozen=True, slots=True)
class FactKey:
    """Which fact: its id, and the relationship's type and the ids of its two entities."""

    id: str
    type: str
    start: str
    end: str

    @classmethod
    def of(cls, fact_id: str, claim: Mapping[str, Any]) -> Self:
        """The fact that a claim with this `type`, `subject_id` and `object_id` carries."""
        relation = RelationType(claim["type"])
        return cls(
            fact_id, relation.value, *fact_ends(relation, claim["subject_id"], claim["object_id"])
        )


def stored_claims(
    transaction: Transaction, fact_ids: Sequence[str]
) -> dict[FactKey, list[ClaimRecord]]:
    """The stored claims on these facts."""
    found: defaultdict[FactKey, list[ClaimRecord]] = defaultdict(list)
    for row in run_ids(transaction, "ingest/claims_of_facts", fact_ids):
        # Both directions of a symmetric relation are one fact.
        found[FactKey.of(row["fact_id"], row)] += map(ClaimRecord.of_values, row["claims"])
    return found


def write_facts(
    transaction: Transaction,
    claims: Mapping[FactKey, Sequence[ClaimRecord]],
    new: Collection[FactKey] = (),
) -> int:
    """Write what these facts display, given every claim on each; one without claims goes.

    A claim that joins an entity to itself, since the article has two names for it, is evidence
    that carries no fact.

    Parameters
    ----------
    new
        Those among them that are not in the graph yet, as far as that is known: they need not be
        looked for. The others may be missing too, as after a change by hand.

    Returns
    -------
    int
        How many facts there are among them now.
    """
    founded = {key: on for key, on in claims.items() if on and key.start != key.end}
    created: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    for key, on in founded.items():
        row = {
            "type": key.type,
            "start": key.start,
            "end": key.end,
            "properties": {"id": key.id, **derive(on).stored()},
        }
        (created if key in new else written).append(row)
    gone = [
        {"id": key.id, "start": key.start, "end": key.end} for key in claims if key not in founded
    ]
    run_rows(transaction, "ingest/create_facts", created)
    found = {row["id"] for row in run_rows_back(transaction, "ingest/update_facts", written)}
    missing = [row for row in written if row["properties"]["id"] not in found]
    run_rows(transaction, "ingest/write_facts", missing)
    run_rows(transaction, "ingest/delete_facts", gone)
    return len(founded)


def rebuild_facts(store: Store) -> int:
    """Derive every fact anew from the stored claims, and delete those that no claim carries.

    Readers may go on: at each moment every fact is the old one or the new one, and they are equal
    unless the rule has changed or somebody has altered facts by hand.

    Returns
    -------
    int
        How many facts there are.
    """

    def rewrite(ids: Sequence[str]) -> int:
        return store.write(lambda tx: write_facts(tx, stored_claims(tx, ids)))

    def sweep(ids: Sequence[str]) -> None:
        store.write(lambda tx: run_ids(tx, "ingest/delete_unfounded_facts", ids))

    count = sum(rewrite(ids) for ids in _pages(store, "ingest/fact_ids"))
    for ids in _pages(store, "ingest/entity_ids"):
        sweep(ids)
    return count


def _pages(store: Store, name: str) -> Iterator[Sequence[str]]:
    """Ids that a statement gives in order, a transaction's worth at a time."""
    after = ""
    while rows := store.read(name, after=after, limit=_PAGE):
        yield from slices([row["id"] for row in rows])
        after = rows[-1]["id"]
