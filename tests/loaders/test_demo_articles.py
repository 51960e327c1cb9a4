"""The shipped articles, and the annotations that readers are developed against."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.model import (
    Amount,
    Article,
    Bound,
    Claim,
    EntityRef,
    Kind,
    Purpose,
    RelationType,
    Span,
    Status,
)
from loaders.demo import articles
from loaders.sources.files import read_paths

GOLD = Path(__file__).parents[1] / "data" / "gold" / "dev"
ENTITY_FIELDS = {"name", "kind", "aliases"}
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
DATE_FIELDS = {"start", "end"}  # both or neither: a claim without them says nothing of dates


def _demo() -> dict[str, Article]:
    found = list(read_paths([articles()]))
    assert all(isinstance(one, Article) for one in found), found
    return {one.id: one for one in found if isinstance(one, Article)}


DEMO = _demo()


def _gold() -> list[dict[str, Any]]:
    """Every annotated text, with its `text`."""
    cases = []
    for path in sorted(GOLD.glob("*.gold.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        cases.append({**case, "text": DEMO[case["id"]].text})
    for path in sorted(GOLD.glob("passages-*.json")):
        cases.extend(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(GOLD.glob("articles/*.json")):
        cases.append(json.loads(path.read_text(encoding="utf-8")))
    return cases


CASES = _gold()
each_case = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


def test_the_demo_is_at_least_fourteen_dated_french_articles_of_several_outlets() -> None:
    assert len(DEMO) >= 14
    assert {article.language for article in DEMO.values()} == {"fr"}
    assert all(article.published and article.title for article in DEMO.values())
    assert len({article.outlet for article in DEMO.values()}) >= 5


def test_demo_articles_are_as_long_as_articles_of_the_trade_press() -> None:
    lengths = {article.id: len(article.text.split()) for article in DEMO.values()}
    assert {id: n for id, n in lengths.items() if not 150 <= n <= 450} == {}


def test_demo_articles_say_where_they_come_from_only_with_made_up_addresses() -> None:
    urls = [article.url for article in DEMO.values() if article.url]
    assert urls
    assert all(url.startswith("https://example.org/") for url in urls)


def test_demo_articles_are_found_from_another_working_folder(tmp_path: Path) -> None:
    code = "from loaders.demo import articles; print(len(list(articles().glob('*.md'))))"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == len(DEMO)


def test_every_demo_article_is_annotated() -> None:
    annotated = {path.name.removesuffix(".gold.json") for path in GOLD.glob("*.gold.json")}
    assert annotated == set(DEMO)


def test_annotations_give_the_title_and_the_day_of_their_article() -> None:
    for case in CASES:
        if article := DEMO.get(case["id"]):
            assert (case["title"], case["published"]) == (article.title, str(article.published))


def test_annotated_texts_have_names_of_their_own() -> None:
    assert [id for id, n in Counter(case["id"] for case in CASES).items() if n > 1] == []


def test_there_are_thirty_passages_from_outside_the_market_for_ai_talent() -> None:
    passages = [case for case in CASES if case["id"].startswith("passage-")]
    assert len(passages) >= 30
    assert all(2 <= case["text"].count(". ") + 1 <= 5 for case in passages)


def test_required_claims_of_the_passages_take_all_twelve_relations() -> None:
    passages = [case for case in CASES if case["id"].startswith("passage-")]
    seen = {c["relation"] for p in passages for c in p["claims"] if not c["optional"]}
    assert seen == {relation.value for relation in RelationType}


def test_required_claims_take_every_status_and_bound() -> None:
    required = [c for case in CASES for c in case["claims"] if not c["optional"]]
    assert {c["status"] for c in required} == {status.value for status in Status}
    assert {c["amount"]["bound"] for c in required if c["amount"]} == {b.value for b in Bound}


@each_case
def test_an_annotation_has_the_fields_of_the_form_and_a_day(case: dict[str, Any]) -> None:
    assert {"id", "lang", "title", "published", "entities", "claims", "text"} <= set(case)
    assert case["lang"] == "fr"
    dt.date.fromisoformat(case["published"])
    assert all(set(entity) == ENTITY_FIELDS for entity in case["entities"])
    forms = (CLAIM_FIELDS, CLAIM_FIELDS | DATE_FIELDS)
    assert all(set(claim) in forms for claim in case["claims"])


@each_case
def test_entities_are_named_once_and_by_words_of_the_text(case: dict[str, Any]) -> None:
    names = [entity["name"] for entity in case["entities"]]
    assert sorted(names) == sorted(set(names))
    for entity in case["entities"]:
        Kind(entity["kind"])
        for words in (entity["name"], *entity["aliases"]):
            assert words in case["text"], words


@each_case
def test_quotes_are_verbatim(case: dict[str, Any]) -> None:
    for claim in case["claims"]:
        assert claim["quote"] in case["text"]
        assert claim["quote"] == claim["quote"].strip()
        assert claim["role"] is None or claim["role"] in case["text"]


@each_case
def test_claims_are_such_as_the_ontology_allows(case: dict[str, Any]) -> None:
    refs = {e["name"]: EntityRef(name=e["name"], kind=Kind(e["kind"])) for e in case["entities"]}
    for claim in case["claims"]:
        amount = claim["amount"]
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
            attributed_to=claim["attributed_to"] and refs[claim["attributed_to"]],
            start=claim.get("start"),
            end=claim.get("end"),
            quote=Span(start=start, end=start + len(claim["quote"]), text=claim["quote"]),
            extractor="by hand",
        )
        assert isinstance(claim["optional"], bool)


@each_case
def test_no_claim_is_listed_twice(case: dict[str, Any]) -> None:
    seen = Counter(
        json.dumps([c[field] for field in sorted(CLAIM_FIELDS - {"optional"})])
        for c in case["claims"]
    )
    assert [claim for claim, n in seen.items() if n > 1] == []


def test_two_demo_articles_contradict_each_other() -> None:
    said: dict[tuple[str, str, str], set[bool]] = {}
    for case in CASES:
        for claim in case["claims"]:
            if case["id"] in DEMO and not claim["optional"]:
                triple = (claim["subject"], claim["relation"], claim["object"])
                said.setdefault(triple, set()).add(claim["status"] == "denied")
    both = [triple for triple, denied in said.items() if denied == {True, False}]
    assert ("Yann LeCun", "LEADS", "AMI Labs") in both


def test_three_demo_articles_of_different_outlets_repeat_one_source() -> None:
    repeating = [a for a in DEMO.values() if a.id.startswith("demo-apple-mistral-")]
    assert len(repeating) == 3
    assert len({article.outlet for article in repeating}) == 3
    assert all("The Information" in article.text for article in repeating)
    assert [article.credited_source for article in repeating].count("The Information") == 2
