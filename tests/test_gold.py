"""The annotated texts: that both halves keep the form that scores rely on.

`tests/data/gold/README.md` says what the halves are and how a text is annotated.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.model import (
    Amount,
    Bound,
    Claim,
    EntityRef,
    Kind,
    Purpose,
    RelationType,
    Span,
    Status,
    VagueDate,
)
from loaders.demo import articles
from loaders.sources.files import read_paths

GOLD = Path(__file__).parent / "data" / "gold"
HALVES = ("dev", "test")
TEXT_FIELDS = {"id", "lang", "title", "published", "entities", "claims"}
OTHER_FIELDS = {"text", "topic", "outlet", "note"}
ENTITY_FIELDS = {"name", "kind", "aliases"}
AMOUNT_FIELDS = {"value", "currency", "bound", "for"}
CLAIM_FIELDS = {
    "subject",
    "relation",
    "object",
    "role",
    "amount",
    "status",
    "attributed_to",
    "quote",
    "optional",
}
DATE_FIELDS = {"start", "end"}
"""In a claim both or neither: one without them says nothing of dates."""


def _read(half: str) -> list[dict[str, Any]]:
    """Every annotated text of a half; the shipped articles get their text from the package."""
    shipped = {one.id: getattr(one, "text", "") for one in read_paths([articles()])}
    found: list[dict[str, Any]] = []
    for path in sorted((GOLD / half).rglob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        found.extend(content if isinstance(content, list) else [content])
    return [{"text": shipped.get(case["id"]), "half": half, **case} for case in found]


CASES = [case for half in HALVES for case in _read(half)]
HELD_OUT = [case for case in CASES if case["half"] == "test"]
REQUIRED = [claim for case in HELD_OUT for claim in case["claims"] if not claim["optional"]]
each_case = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


@each_case
def test_an_annotated_text_has_the_fields_of_the_form(case: dict[str, Any]) -> None:
    assert set(case) - {"half"} - OTHER_FIELDS == TEXT_FIELDS
    assert case["text"], "no text of its own, and no shipped article of that id"
    assert case["lang"] == "fr"
    dt.date.fromisoformat(case["published"])
    assert all(set(entity) == ENTITY_FIELDS for entity in case["entities"])
    forms = (CLAIM_FIELDS, CLAIM_FIELDS | DATE_FIELDS)
    assert [claim for claim in case["claims"] if set(claim) not in forms] == []
    assert all(set(c["amount"]) == AMOUNT_FIELDS for c in case["claims"] if c["amount"])


@each_case
def test_every_name_alias_role_and_quote_is_in_the_text_word_for_word(case: dict[str, Any]) -> None:
    words = [w for entity in case["entities"] for w in (entity["name"], *entity["aliases"])]
    words += [claim["quote"] for claim in case["claims"]]
    words += [claim["role"] for claim in case["claims"] if claim["role"] is not None]
    assert [w for w in words if w not in case["text"] or w != w.strip() or not w] == []


@each_case
def test_an_entity_is_listed_once(case: dict[str, Any]) -> None:
    names = Counter(entity["name"] for entity in case["entities"])
    assert [name for name, n in names.items() if n > 1] == []
    assert all(len(set(e["aliases"])) == len(e["aliases"]) for e in case["entities"])


@each_case
def test_a_claim_is_one_that_the_model_lets_be_made(case: dict[str, Any]) -> None:
    refs = {e["name"]: EntityRef(name=e["name"], kind=Kind(e["kind"])) for e in case["entities"]}
    for claim in case["claims"]:
        source, amount = claim["attributed_to"], claim["amount"]
        start = case["text"].index(claim["quote"])
        Claim(
            subject=refs[claim["subject"]],
            relation=RelationType(claim["relation"]),
            object=refs[claim["object"]],
            role=claim["role"],
            amount=amount
            and Amount(
                value=amount["value"],
                currency=amount["currency"],
                bound=Bound(amount["bound"]),
                purpose=Purpose(amount["for"]),
            ),
            status=Status(claim["status"]),
            attributed_to=None if source is None else refs[source],
            quote=Span(start=start, end=start + len(claim["quote"]), text=claim["quote"]),
            start=VagueDate(**claim["start"]) if claim.get("start") else None,
            end=VagueDate(**claim["end"]) if claim.get("end") else None,
            extractor="by hand",
        )
        assert claim["optional"] in (True, False)


@each_case
def test_a_claim_is_listed_once_as_required_or_as_optional(case: dict[str, Any]) -> None:
    fields = sorted(CLAIM_FIELDS - {"optional"})
    listed = Counter(json.dumps([claim[field] for field in fields]) for claim in case["claims"])
    assert [claim for claim, n in listed.items() if n > 1] == []


def test_no_two_annotated_texts_share_an_id() -> None:
    assert [id_ for id_, n in Counter(case["id"] for case in CASES).items() if n > 1] == []


def test_no_text_is_in_both_halves() -> None:
    sentences = {half: set[str]() for half in HALVES}
    for case in CASES:
        sentences[case["half"]].update(s for s in case["text"].split(". ") if len(s) > 40)
    assert sentences["dev"] & sentences["test"] == set()


def test_the_held_out_half_requires_every_relation_and_every_status() -> None:
    assert {claim["relation"] for claim in REQUIRED} == {
        relation.value for relation in RelationType
    }
    assert {claim["status"] for claim in REQUIRED} == {status.value for status in Status}


def test_the_held_out_half_has_texts_that_claim_nothing() -> None:
    assert any(all(claim["optional"] for claim in case["claims"]) for case in HELD_OUT)
