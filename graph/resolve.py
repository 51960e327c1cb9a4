"""Which entity a name denotes, given the decisions in force; see `graph.decisions`.

A decision leads from the entity that a name denotes by itself to another of the same kind, which a
further decision may lead on from. No decision ever makes a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.batches import run_ids
from graph.identity import Resolve, as_named, entity_id, outlet_ref
from graph.model import Article, EntityRef, Kind, Reading
from graph.store import Transaction


def names_resolved(transaction: Transaction, refs: Iterable[EntityRef]) -> Resolve:
    """What these names denote, as decided when the transaction reads it.

    Returns
    -------
    Resolve
        Good for `refs` only; `as_named` itself when nothing was decided on any of them.
    """
    onwards: dict[str, EntityRef] = {}
    asked: set[str] = set()
    wanted = {entity_id(ref) for ref in refs}
    while wanted:
        asked |= wanted
        found = run_ids(transaction, "decisions/in_force", sorted(wanted))
        for row in found:
            onwards[row["merged_id"]] = EntityRef(
                name=row["into_name"], kind=Kind(row["into_kind"])
            )
        wanted = {row["into_id"] for row in found} - asked
    if not onwards:
        return as_named

    def resolve(ref: EntityRef) -> EntityRef:
        while (onward := onwards.get(entity_id(ref))) is not None:
            ref = onward
        return ref

    return resolve


def batch_refs(items: Sequence[tuple[Article, Reading]]) -> Iterator[EntityRef]:
    """Every name on which a decision may bear in these articles, their outlets' included."""
    for article, reading in items:
        yield from (entity.ref for entity in reading.entities)
        yield from outlet_refs((article.outlet, article.credited_source))
        for claim in reading.claims:
            if claim.attributed_to is not None:
                yield from outlet_refs((claim.attributed_to.name,))


def outlet_refs(names: Iterable[str | None]) -> Iterator[EntityRef]:
    """The companies that outlets of these names are."""
    return (outlet_ref(name) for name in names if name)
