"""Articles and their claims as JSON that outside tools read; the form is stable.

One object for each article::

    {"id": "001", "entities": [{"name": "Meta", "kind": "Company"}],
     "claims": [{"subject": "Ruoming Pang", "relation": "HIRED_BY", "object": "Meta",
                 "role": null, "status": "asserted", "attributed_to": null, "quote": "…",
                 "amount": {"value": 200000000, "currency": "USD", "bound": "about",
                            "for": "package"}}]}

Names are those that the article uses. Entities and claims come in the order of the reading.
`amount` may be null, and so may what it is for. The objects of a stored article and of its reading
are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from graph.batches import slices
from graph.model import Article, Claim, Reading
from graph.store import Store

_IDS: Final = 50_000
"""Ids fetched at once: finding the next ones costs a walk over all that follow."""

_ARTICLES: Final = 100


def reading_to_json(
    article: Article, reading: Reading, *, explained: bool = False
) -> dict[str, Any]:
    """The object for an article and what was read in it.

    With `explained` each claim has its dates, its confidence, its rule and that rule's words too,
    and whom the pronouns and descriptions of its quote stand for.
    """
    return {
        "id": article.id,
        "entities": [
            {"name": entity.name, "kind": entity.kind.value} for entity in reading.entities
        ],
        "claims": [
            _of_claim(claim) | (_explanation(claim, reading) if explained else {})
            for claim in reading.claims
        ],
    }


def iter_export(store: Store) -> Iterator[dict[str, Any]]:
    """The objects of all stored articles, in the order of their ids.

    Memory does not grow with their number. An article that is loaded or deleted meanwhile is in
    the export or not, but never by halves.
    """
    after = ""
    while found := store.read("lookup/export_ids", after=after, limit=_IDS):
        ids = [row["id"] for row in found]
        for part in slices(ids, _ARTICLES):
            rows = store.read("lookup/export_articles", ids=list(part))
            yield from (_of_row(row) for row in sorted(rows, key=lambda row: part.index(row["id"])))
        after = ids[-1]


def _of_claim(claim: Claim) -> dict[str, Any]:
    amount = claim.amount
    return {
        "subject": claim.subject.name,
        "relation": claim.relation.value,
        "object": claim.object.name,
        "role": claim.role,
        "amount": amount
        and _amount(
            amount.value,
            amount.currency,
            amount.bound.value,
            amount.purpose and amount.purpose.value,
        ),
        "status": claim.status.value,
        "attributed_to": claim.attributed_to and claim.attributed_to.name,
        "quote": claim.quote.text,
    }


def _explanation(claim: Claim, reading: Reading) -> dict[str, Any]:
    return {
        "start": claim.start and claim.start.model_dump(mode="json"),
        "end": claim.end and claim.end.model_dump(mode="json"),
        "confidence": claim.confidence,
        "rule": claim.rule,
        "cues": list(claim.cues),
        "resolved": [
            {
                "words": each.words.text,
                "entity": each.entity.name,
                "ground": each.ground.value,
                "antecedent": each.antecedent and each.antecedent.text,
            }
            for each in reading.resolutions_of(claim)
        ],
    }


def _of_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "entities": [
            {"name": entity["name"], "kind": entity["kind"]}
            for entity in sorted(row["entities"], key=_position)
        ],
        "claims": [
            {
                "subject": claim["subject"],
                "relation": claim["relation"],
                "object": claim["object"],
                "role": claim["role"],
                "amount": None
                if claim["amount_value"] is None
                else _amount(
                    claim["amount_value"],
                    claim["amount_currency"],
                    claim["amount_bound"],
                    claim["amount_purpose"],
                ),
                "status": claim["status"],
                "attributed_to": claim["attributed_to"],
                "quote": claim["quote"],
            }
            for claim in sorted(row["claims"], key=_position)
        ],
    }


def _amount(value: float, currency: str, bound: str, purpose: str | None) -> dict[str, Any]:
    whole = int(value) if value == int(value) else value
    return {"value": whole, "currency": currency, "bound": bound, "for": purpose}


def _position(row: dict[str, Any]) -> int:
    return int(row["position"])
