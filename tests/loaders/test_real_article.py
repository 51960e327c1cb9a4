"""The real article that the project is measured on: every claim of its annotation, and no other.

The article belongs to its publisher and is not part of the project: it lies in the folder that
MERCATO_SHARED names, or else in `shared` beside the clone. Where there is CI it must be there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from graph.export import reading_to_json
from graph.model import Article, Reading
from loaders.reader import LanguageReader
from loaders.sources.files import read_paths

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("MERCATO_SHARED") or ROOT.parent / "shared")
TEXT: Final = SHARED / "articles" / "001-meta-apple.fr.txt"
GOLD: Final = SHARED / "articles" / "001-meta-apple.fr.gold.json"
QUALIFIERS: Final = ("role", "amount", "status", "attributed_to", "quote")
Ends = tuple[str, str, str]


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    missing = [path for path in (TEXT, GOLD) if not path.is_file()]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{missing[0]} is not on this machine; MERCATO_SHARED can name its folder")
    found: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def article(gold: dict[str, Any]) -> Article:
    (found,) = read_paths([TEXT])
    assert isinstance(found, Article), found
    return found


@pytest.fixture(scope="module")
def reading(article: Article, reader: LanguageReader) -> Reading:
    return reader.read(article)


@pytest.fixture(scope="module")
def claims(article: Article, reading: Reading) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reading_to_json(article, reading)["claims"]
    return found


def ends(claim: dict[str, Any]) -> Ends:
    return claim["subject"], claim["relation"], claim["object"]


def stated(claim: dict[str, Any], *qualifiers: str) -> str:
    """A claim with some of its qualifiers, in one form to compare and to print.

    A quote over a line end has a space there in the annotation.
    """
    values = {**claim, "quote": " ".join(claim["quote"].split())}
    return json.dumps([*ends(claim), *(values[name] for name in qualifiers)], ensure_ascii=False)


def required(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [claim for claim in gold["claims"] if not claim["optional"]]


def test_the_article_is_known_by_its_file_its_date_and_its_source(
    gold: dict[str, Any], article: Article
) -> None:
    assert article.id == gold["id"]
    assert str(article.published) == gold["published"]
    assert (article.language, article.credited_source) == ("fr", "Bloomberg")


def test_exactly_the_annotated_entities_are_found_with_their_kinds(
    gold: dict[str, Any], reading: Reading
) -> None:
    found = {entity.name: entity.kind.value for entity in reading.entities}
    assert found == {entity["name"]: entity["kind"] for entity in gold["entities"]}
    assert len(found) == 12


def test_every_annotated_alias_stands_for_its_entity(
    gold: dict[str, Any], reading: Reading
) -> None:
    found = {entity.name: {a.lower() for a in entity.aliases} for entity in reading.entities}
    for entity in gold["entities"]:
        names = {alias.lower() for alias in entity["aliases"]} - {"l'entreprise"}
        assert names <= found[entity["name"]]


def test_every_required_claim_is_found_with_all_its_qualifiers(
    gold: dict[str, Any], claims: list[dict[str, Any]]
) -> None:
    found = Counter(stated(claim, *QUALIFIERS) for claim in claims)
    assert Counter(stated(claim, *QUALIFIERS) for claim in required(gold)) <= found


def test_no_claim_is_found_that_is_not_annotated(
    gold: dict[str, Any], claims: list[dict[str, Any]]
) -> None:
    assert {ends(claim) for claim in claims} <= {ends(claim) for claim in gold["claims"]}


def test_no_claim_differs_from_its_annotation(
    gold: dict[str, Any], claims: list[dict[str, Any]]
) -> None:
    annotated = {stated(claim, *QUALIFIERS) for claim in gold["claims"]}
    assert {stated(claim, *QUALIFIERS) for claim in claims} <= annotated
    assert len({stated(claim, *QUALIFIERS) for claim in claims}) == len(claims)


def test_every_quote_is_verbatim_and_in_its_place(article: Article, reading: Reading) -> None:
    assert reading.claims
    for claim in reading.claims:
        assert article.text[claim.quote.start : claim.quote.end] == claim.quote.text


def test_every_mention_is_verbatim_and_in_its_place(article: Article, reading: Reading) -> None:
    for entity in reading.entities:
        assert entity.mentions
        for mention in entity.mentions:
            assert article.text[mention.start : mention.end] == mention.text


def test_reading_it_again_finds_the_same(
    article: Article, reading: Reading, reader: LanguageReader
) -> None:
    assert reader.read(article) == reading


def test_the_command_prints_it_in_the_stable_form(
    gold: dict[str, Any], article: Article, reading: Reading
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api", "read", str(TEXT), "--jsonl"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    (line,) = done.stdout.splitlines()
    printed = json.loads(line)
    assert list(printed) == ["id", "entities", "claims"]
    assert {tuple(entity) for entity in printed["entities"]} == {("name", "kind")}
    assert {tuple(claim) for claim in printed["claims"]} == {
        ("subject", "relation", "object", "role", "amount", "status", "attributed_to", "quote")
    }
    amounts = [claim["amount"] for claim in printed["claims"] if claim["amount"] is not None]
    assert {tuple(amount) for amount in amounts} == {("value", "currency", "bound", "for")}
    assert all(isinstance(amount["value"], int) for amount in amounts)
    assert printed == reading_to_json(article, reading)
    assert printed["id"] == gold["id"]
