"""Decisions that two names denote one entity: recorded, carried out, and undone.

Claims keep the names that their articles use. A decision changes which entity those names denote,
and with it ids and facts; undone, it leaves no trace but its record. Loading articles goes by the
decisions in force (`graph.resolve`), so that the graph is a function of its articles and of these.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.batches import run_ids, slices
from graph.errors import DecisionError, NotFoundError
from graph.identity import entity_id, normalise
from graph.ingest import store_rows
from graph.model import EntityRef, Kind
from graph.resolve import names_resolved, outlet_refs
from graph.restore import restored
from graph.store import Store, Transaction

_ARTICLES: Final = 200
"""Articles that are stored anew in one transaction."""

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")


class Decision(BaseModel):
    """A decision that the names of one entity denote another one; see the module."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    merged_id: str
    merged_name: str
    merged_kind: Kind
    into_id: str
    into_name: str
    into_kind: Kind
    reason: str | None = None
    decided_at: dt.datetime
    decided_by: str | None = None
    undone_at: dt.datetime | None = None
    undone_by: str | None = None
    pending: bool = False
    """Whether articles may still be stored as before; `finish` sees to them."""

    @property
    def in_force(self) -> bool:
        """Whether it has not been undone."""
        return self.undone_at is None


def list_decisions(store: Store) -> list[Decision]:
    """All decisions, the newest first, those that were undone included."""
    return [Decision(**row["decision"]) for row in store.read("decisions/decisions")]


def merge_entities(
    store: Store,
    merged_id: str,
    into_id: str,
    *,
    reason: str | None = None,
    decided_by: str | None = None,
) -> Decision:
    """Decide that the entity `merged_id` is the entity `into_id`, and store its articles anew.

    Parameters
    ----------
    reason, decided_by
        Why, and who says so, for those who read the log.

    Raises
    ------
    NotFoundError
        If there is no such entity.
    DecisionError
        If they are one already, are of different kinds, or differ by a number in their names:
        Llama 3 is not Llama 4.
    """

    def record(transaction: Transaction) -> str:
        merged, into = (_stored_ref(transaction, id_) for id_ in (merged_id, into_id))
        _check_mergeable(merged, into)
        decision_id = f"decision-{secrets.token_hex(8)}"
        row = {
            "id": decision_id,
            "merged_id": merged_id,
            "merged_name": merged.name,
            "merged_kind": merged.kind.value,
            "into_id": into_id,
            "into_name": into.name,
            "into_kind": into.kind.value,
            "decided_at": dt.datetime.now(dt.UTC),
            "reason": reason,
            "decided_by": decided_by,
        }
        known = {name: value for name, value in row.items() if value is not None}
        transaction.run("decisions/record", decision=known)
        return decision_id

    finish(store)
    decision_id = store.write(record)
    finish(store)
    return _decision(store, decision_id)


def undo_decision(store: Store, decision_id: str, *, undone_by: str | None = None) -> Decision:
    """Undo a decision, and store the articles on which it bore as if it had never been.

    Raises
    ------
    NotFoundError
        If no decision has this id.
    DecisionError
        If it has been undone already.
    """

    def record(transaction: Transaction) -> None:
        decision = _find(_decisions(transaction), decision_id)
        if not decision.in_force:
            raise DecisionError(f"{decision_id} has been undone already")
        transaction.run(
            "decisions/undo",
            id=decision_id,
            undone_at=dt.datetime.now(dt.UTC),
            undone_by=undone_by,
        )

    finish(store)
    store.write(record)
    finish(store)
    return _decision(store, decision_id)


def finish(store: Store) -> int:
    """Carry out what is decided and not carried out, as after an interruption.

    Returns
    -------
    int
        How many articles were stored anew.
    """
    count = 0
    for decision in reversed(list_decisions(store)):
        if decision.pending:
            count += _carry_out(store, decision)
    return count


def _carry_out(store: Store, decision: Decision) -> int:
    stale = store.write(lambda transaction: _stale_articles(transaction, decision))
    for ids in slices(stale, _ARTICLES):
        store.write(partial(_store_anew, ids=ids))
    store.write(lambda transaction: transaction.run("decisions/carried_out", id=decision.id))
    return len(stale)


def current_id(store: Store, merged_id: str) -> str | None:
    """Where the decisions in force lead from this entity, or None when they lead nowhere."""
    current: str | None = None
    while rows := store.read("decisions/in_force", ids=[current or merged_id]):
        current = str(rows[0]["into_id"])
    return current


def _stored_ref(transaction: Transaction, id_: str) -> EntityRef:
    rows = transaction.run("ingest/stored_entities", ids=[id_])
    if not rows:
        raise NotFoundError(f"no entity has the id {id_!r}; search for it by name")
    kind = Kind(id_.partition("-")[0].capitalize())
    # The name for display may have come with another decision. What this id stands for, when
    # names alone decide, is what loading will look for.
    names = {row["name"] for row in run_ids(transaction, "decisions/mentions", [id_])}
    names |= {d.into_name for d in _decisions(transaction) if d.into_id == id_}
    own = sorted(n for n in names if entity_id(EntityRef(name=n, kind=kind)) == id_)
    return EntityRef(name=own[0], kind=kind)


def _check_mergeable(merged: EntityRef, into: EntityRef) -> None:
    if entity_id(merged) == entity_id(into):
        raise DecisionError(f"{merged.name} and {into.name} are one entity already")
    if merged.kind is not into.kind:
        raise DecisionError(
            f"{merged.name} is a {merged.kind} and {into.name} a {into.kind}: only entities of "
            "one kind can be merged, since relations say which kinds they join"
        )
    numbers = [_NUMBER.findall(normalise(ref.name)) for ref in (merged, into)]
    if sorted(numbers[0]) != sorted(numbers[1]):
        raise DecisionError(
            f"{merged.name} and {into.name} differ by a number, and versions are never merged"
        )


def _stale_articles(transaction: Transaction, decision: Decision) -> list[str]:
    """Articles that are stored otherwise than the decisions in force want it."""
    ends = [
        EntityRef(name=decision.merged_name, kind=decision.merged_kind),
        EntityRef(name=decision.into_name, kind=decision.into_kind),
    ]
    resolve = names_resolved(transaction, ends)
    places = {entity_id(ref) for end in ends for ref in (end, resolve(end))}
    rows = run_ids(transaction, "decisions/mentions", sorted(places))
    refs = {(row["name"], row["kind"]): _ref(row) for row in rows}
    resolve = names_resolved(transaction, refs.values())
    stale = {
        row["article_id"]
        for row in rows
        if entity_id(resolve(refs[row["name"], row["kind"]])) != row["entity_id"]
    }
    return sorted(stale | set(_articles_of_outlet(transaction, decision)))


def _articles_of_outlet(transaction: Transaction, decision: Decision) -> Iterable[str]:
    """Articles whose outlet the decision is about: it changes what counts as one source."""
    rows = transaction.run("decisions/outlets")
    names = {
        row[field] for row in rows for field in ("outlet", "credited_source", "copied_source")
    } - {None}
    concerned = {
        name
        for name in names
        if any(entity_id(ref) == decision.merged_id for ref in outlet_refs([name]))
    }
    if not concerned:
        return []
    found = transaction.run("decisions/articles_of_outlets", names=sorted(concerned))
    return (row["article_id"] for row in found)


def _ref(row: dict[str, Any]) -> EntityRef:
    return EntityRef(name=row["name"], kind=Kind(row["kind"]))


def _store_anew(transaction: Transaction, ids: Iterable[str]) -> None:
    anew = restored(transaction, ids)
    store_rows(transaction, anew, [each.id for each in anew])


def _decisions(transaction: Transaction) -> list[Decision]:
    return [Decision(**row["decision"]) for row in transaction.run("decisions/decisions")]


def _decision(store: Store, decision_id: str) -> Decision:
    return _find(list_decisions(store), decision_id)


def _find(decisions: Iterable[Decision], decision_id: str) -> Decision:
    for decision in decisions:
        if decision.id == decision_id:
            return decision
    raise NotFoundError(f"no decision has the id {decision_id!r}; `mercato decisions` lists them")
