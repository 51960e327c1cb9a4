"""Articles and their readings into the graph, and out of it again.

Everything in the graph is a function of the set of articles stored and what was read in each: the
order in which they came, and what was loaded and deleted in between, leaves no trace.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.batches import run_ids, run_rows, text_slices
from graph.copies import settle
from graph.entities import add_mentions, refresh_entities
from graph.errors import ArticleConflictError, IngestError, StoreError, StoreUnavailableError
from graph.facts import ClaimRecord, FactKey, stored_claims, write_facts
from graph.identity import as_named
from graph.model import Article, Reading
from graph.resolve import batch_refs, names_resolved, outlet_refs
from graph.restore import restored
from graph.rows import ArticleRows, Row, article_rows
from graph.store import Store, Transaction

_NAMED_IN_ERRORS: Final = 5


class Outcome(StrEnum):
    """What became of an article that was to be loaded."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article; `claims` is how many it has in the graph now."""

    article_id: str
    outcome: Outcome
    claims: int


def ingest(
    store: Store, items: Sequence[tuple[Article, Reading]], *, replace: bool = True
) -> list[IngestResult]:
    """Store articles and what was read in them, in one transaction for all.

    An article that is stored already with the same text, metadata and reading is left alone; when
    anything differs, everything that it brought before is replaced. The facts that the old and
    the new claims carry are derived anew. When an article comes twice among the items, the last
    one stays.

    Parameters
    ----------
    items
        Some tens to some thousands of articles, each with its reading. All of them are loaded,
        or none.
    replace
        Whether an article may replace a stored one that has the same id but another text and
        comes from another place. If not, that is a conflict; a correction, which comes from the
        same place, still replaces.

    Returns
    -------
    list of IngestResult
        One for each item, in their order.

    Raises
    ------
    IngestError
        If an article cannot be stored; nothing of the batch is. The message names it.
    ArticleConflictError
        With ``replace=False``, as said above.
    StoreUnavailableError
        If the store cannot be reached.
    """
    batch = [article_rows(article, reading) for article, reading in items]
    if not batch:
        return []
    ids = list(dict.fromkeys(rows.id for rows in batch))
    # Looking first saves the transaction, and with it a new revision of the graph, when nothing
    # has changed. Inside the transaction one has to look again.
    stored = {row["id"]: row for row in store.read("ingest/stored_articles", ids=ids)}
    outcomes = _outcomes(batch, stored, replace=replace)
    if any(outcome is not Outcome.UNCHANGED for outcome in outcomes):

        def work(transaction: Transaction) -> list[Outcome]:
            found = run_ids(transaction, "ingest/stored_articles", ids)
            now_stored = {row["id"]: row for row in found}
            decided = _outcomes(batch, now_stored, replace=replace)
            last = _last_versions(batch, now_stored)
            replaced = [rows.id for rows in last if rows.id in now_stored]
            copies, changed = settle(transaction, last, replaced)
            sources = {copy.source for copy in copies.values() if copy is not None}
            refs = [*batch_refs(items), *outlet_refs(sources)]
            resolve = names_resolved(transaction, refs)
            if resolve is not as_named or any(copies.values()):
                again = {
                    article.id: article_rows(article, reading, resolve, copies[article.id])
                    for article, reading in items
                    if article.id in copies
                }
                last = [again[rows.id] for rows in last]
            keep_versions(transaction, [rows for rows in last if rows.id in now_stored])
            others = restored(transaction, changed, changed)
            store_rows(transaction, [*last, *others], [*replaced, *changed])
            return decided

        try:
            outcomes = store.write(work)
        except StoreUnavailableError:
            raise
        except StoreError as error:
            raise IngestError(f"{_names(ids)} could not be stored: {error}") from error
    return [
        IngestResult(rows.id, outcome, len(rows.claims))
        for rows, outcome in zip(batch, outcomes, strict=True)
    ]


def delete_article(store: Store, article_id: str) -> bool:
    """Delete an article with its claims, and whatever nothing else supports then.

    The facts that its claims carried are derived anew from what is left, and entities that no
    article mentions any more go.

    Returns
    -------
    bool
        Whether there was such an article.
    """

    def work(transaction: Transaction) -> bool:
        if not transaction.run("ingest/stored_articles", ids=[article_id]):
            return False
        _, changed = settle(transaction, [], [article_id])
        facts, entities = _remove(transaction, [article_id])
        run_ids(transaction, "ingest/delete_versions", [article_id])
        stored = stored_claims(transaction, [key.id for key in facts])
        write_facts(transaction, {key: stored.get(key, []) for key in facts})
        refresh_entities(transaction, entities)
        others = restored(transaction, changed, changed)
        store_rows(transaction, others, list(changed))
        return True

    if not store.read("ingest/stored_articles", ids=[article_id]):
        return False
    return store.write(work)


def _outcomes(
    batch: Sequence[ArticleRows], stored: dict[str, Row], *, replace: bool
) -> list[Outcome]:
    """What becomes of each article, as if they were loaded one after the other."""
    present = dict(stored)
    outcomes = []
    for rows in batch:
        before = present.get(rows.id)
        if before is None:
            outcome = Outcome.LOADED
        elif before["content_sha256"] == rows.article["content_sha256"]:
            outcome = Outcome.UNCHANGED
        else:
            if not replace:
                _check_same_article(before, rows.article)
            outcome = Outcome.REPLACED
        outcomes.append(outcome)
        present[rows.id] = rows.article
    return outcomes


def _check_same_article(before: Row, after: Row) -> None:
    if before["text_sha256"] != after["text_sha256"] and before.get("origin") != after.get(
        "origin"
    ):
        raise ArticleConflictError(
            f"article {after['id']!r} is stored already with another text, from "
            f"{before.get('origin') or 'an unknown place'}; this one is from "
            f"{after.get('origin') or 'an unknown place'}: give it another id, or replace it"
        )


def _last_versions(batch: Sequence[ArticleRows], stored: dict[str, Row]) -> list[ArticleRows]:
    """Of each article the last version in the batch, unless it is the stored one."""
    last = {rows.id: rows for rows in batch}
    return [
        rows
        for rows in last.values()
        if (before := stored.get(rows.id)) is None
        or before["content_sha256"] != rows.article["content_sha256"]
    ]


def store_rows(
    transaction: Transaction, articles: Sequence[ArticleRows], replaced: Sequence[str]
) -> None:
    """Store these articles, in place of those among them whose ids are `replaced`."""
    touched, stale = _remove(transaction, replaced)
    mentions = [mention for rows in articles for mention in rows.mentions]
    renamed = add_mentions(transaction, mentions)
    added: defaultdict[FactKey, list[ClaimRecord]] = defaultdict(list)
    for key, record in (fact for rows in articles for fact in rows.facts):
        added[key].append(record)
    # Read before the new claims are stored: those are here already and need not come back.
    stored = stored_claims(transaction, [key.id for key in dict.fromkeys([*touched, *added])])
    claims_on = {key: [*stored.get(key, []), *added.get(key, [])] for key in [*touched, *added]}
    # What a claim carried is a relationship already, even if the claim has just been deleted.
    new = added.keys() - stored.keys() - set(touched)
    now = dt.datetime.now(dt.UTC)
    for part in text_slices(rows.article for rows in articles):
        transaction.run("ingest/create_articles", rows=part, loaded_at=now)
    run_ids(transaction, "ingest/link_versions", replaced)
    run_rows(transaction, "ingest/create_mentions", mentions)
    claims = [claim for rows in articles for claim in rows.claims]
    run_rows(transaction, "ingest/create_claims", claims, loaded_at=now)
    attributed = [
        {"id": claim["id"], "attributed_id": claim["attributed_id"]}
        for claim in claims
        if "attributed_id" in claim
    ]
    run_rows(transaction, "ingest/attribute_claims", attributed)
    write_facts(transaction, claims_on, new)
    refresh_entities(transaction, {*stale, *renamed})


def keep_versions(transaction: Transaction, articles: Sequence[ArticleRows]) -> None:
    """Keep the stored texts of articles that are about to be replaced by others."""
    rows = [{"id": rows.id, "text_sha256": rows.article["text_sha256"]} for rows in articles]
    run_rows(transaction, "ingest/keep_versions", rows, replaced_at=dt.datetime.now(dt.UTC))


def _remove(
    transaction: Transaction, article_ids: Sequence[str]
) -> tuple[list[FactKey], list[str]]:
    """Delete stored articles and their claims; give the facts and entities that this touches."""
    if not article_ids:
        return [], []
    facts = run_ids(transaction, "ingest/facts_of_articles", article_ids)
    entities = run_ids(transaction, "ingest/entities_of_articles", article_ids)
    run_ids(transaction, "ingest/delete_claims", article_ids)
    run_ids(transaction, "ingest/delete_articles", article_ids)
    return [FactKey.of(row["id"], row) for row in facts], [row["id"] for row in entities]


def _names(ids: Sequence[str]) -> str:
    """The article, or the articles one of which is meant, for a message."""
    if len(ids) == 1:
        return f"article {ids[0]!r}"
    shown = ", ".join(repr(article_id) for article_id in ids[:_NAMED_IN_ERRORS])
    more = len(ids) - _NAMED_IN_ERRORS
    return f"a batch of {len(ids)} articles ({shown}{f' and {more} more' if more > 0 else ''})"
