"""Example sentences and what they say, kept as data in `tests/data/reading`.

A claim is written "SUBJECT RELATION OBJECT" with the names as the sentence has them; one that
begins with "? " is optional. What the annotation guide leaves to the reader is optional by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from graph.model import Article, Claim, Reading, RelationType

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "reading"
PUBLISHED: Final = dt.date(2025, 3, 12)
Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Example:
    """A sentence or two, the claims that they make, and whether its rule is at work in them."""

    rule: str
    text: str
    claims: tuple[str, ...] = ()
    positive: bool = True
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def required(self) -> set[Triple]:
        """The claims that a reader must find."""
        return {triple(text) for text in self.claims if not text.startswith("? ")}

    @property
    def allowed(self) -> set[Triple]:
        """Those, the optional ones, and what the guide's conventions let a reader add."""
        stated = {triple(text.removeprefix("? ")) for text in self.claims}
        work = {(s, "WORKED_AT", o) for s, r, o in stated if r in ("HIRED_BY", "LEADS")}
        return stated | work


def triple(text: str) -> Triple:
    """Subject, relation and object of a claim as it is written in the data."""
    for relation in RelationType:
        subject, found, object_ = text.partition(f" {relation} ")
        if found:
            return _ordered(subject, str(relation), object_)
    raise ValueError(f"{text!r} holds no relation")


def triple_of(claim: Claim) -> Triple:
    """Subject, relation and object of a claim that was read."""
    return _ordered(claim.subject.name, str(claim.relation), claim.object.name)


def _ordered(subject: str, relation: str, object_: str) -> Triple:
    if RelationType(relation).symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, relation, object_


def triples(reading: Reading) -> set[Triple]:
    """All claims of a reading, without their qualifiers."""
    return {triple_of(claim) for claim in reading.claims}


def examples(name: str) -> list[Example]:
    """The examples in ``tests/data/reading/<name>.yaml``, in order."""
    table = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        Example(
            rule,
            raw["text"],
            tuple(raw.get("claims", ())),
            part == "says",
            {key: value for key, value in raw.items() if key not in ("text", "claims")},
        )
        for rule, parts in table.items()
        for part in ("says", "never")
        for raw in parts.get(part) or ()
    ]


def params(found: Iterable[Example]) -> list[Any]:
    """One pytest parameter per example, named after its rule and first words."""
    return [
        pytest.param(example, id=f"{example.rule}: {_opening(example.text)}") for example in found
    ]


def _opening(text: str) -> str:
    """Its first words, for the name of a test."""
    return " ".join(text.split()[:5]).strip(".,")


def article(text: str, number: int = 0) -> Article:
    """An article of just this text, published on a fixed day."""
    return Article(id=f"example-{number}", text=text, language="fr", published=PUBLISHED)


def assert_says(example: Example, reading: Reading) -> None:
    """The reading has the example's claims and no other."""
    found = triples(reading)
    told = f"«{example.text}» read as {sorted(map(' '.join, found))}"
    assert example.required <= found, f"missing {sorted(example.required - found)}; {told}"
    assert found <= example.allowed, f"not said: {sorted(found - example.allowed)}; {told}"


def stated(example: Example, reading: Reading) -> list[Claim]:
    """The claims of the reading that the example requires."""
    return [claim for claim in reading.claims if triple_of(claim) in example.required]


def assert_enough(found: Iterable[Example], positive: int = 3, negative: int = 1) -> None:
    """Every rule has so many sentences that it reads, and so many that it must not."""
    counts: dict[str, list[int]] = {}
    for example in found:
        counts.setdefault(example.rule, [0, 0])[not example.positive] += 1
    few = {rule: n for rule, n in counts.items() if n[0] < positive or n[1] < negative}
    assert few == {}, "too few examples (positive, negative)"
