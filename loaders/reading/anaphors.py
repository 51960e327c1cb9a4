"""The expressions of a language that stand for entities named elsewhere: ``anaphors.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.lexicon import lowered


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What an expression lets its antecedent be: kinds, how many, and grammatical gender.

    `last` is one that points to the last named; `preferred` is the kind to look for first,
    `young` rules out those called giants, `nouns` are those that say the same as its own,
    `object` tells a pronoun that is the object of its verb, `called` a noun for a post: only who
    was called so is meant.
    """

    kinds: frozenset[Kind]
    number: int = 1
    gender: str | None = None
    sectors: frozenset[str] = frozenset()
    country: str | None = None
    young: bool = False
    preferred: Kind | None = None
    last: bool = False
    nouns: frozenset[str] = frozenset()
    pronoun: bool = False
    object: bool = False
    called: bool = False


@dataclass(frozen=True, slots=True)
class Anaphors:
    """The expressions of a language that stand for entities named elsewhere."""

    nouns: dict[str, Anaphor]
    fixed: dict[str, Anaphor]
    persons: frozenset[str]
    metonyms: frozenset[str]
    goods: frozenset[str]
    countries: dict[str, str]
    young: frozenset[str]
    grown: tuple[str, ...]
    roles: dict[str, Anaphor]
    articles: dict[str, str]
    subjects: dict[str, str]
    pronoun: re.Pattern[str]
    impersonal: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> Anaphors:
        """From ``anaphors.yaml`` of the language."""
        data: dict[str, Any] = language_data(language, "anaphors")
        return Anaphors(
            nouns=_table(data["nouns"]),
            fixed=_table(data["fixed"]),
            persons=frozenset(lowered(word) for word in data["person_groups"]),
            metonyms=frozenset(lowered(word) for word in data["metonyms"]),
            goods=frozenset(lowered(word) for word in data["goods"]),
            countries=dict(data["countries"]),
            young=frozenset(data["young"]),
            grown=tuple(data["grown"]),
            roles=_roles(data["roles"]),
            articles=dict(data["articles"]),
            subjects=dict(data["subjects"]),
            pronoun=_pronoun(data["subjects"], data["impersonal"]),
            impersonal=tuple(data["impersonal"]),
        )


def _roles(classes: Iterable[list[str]]) -> dict[str, Anaphor]:
    people = frozenset({Kind.PERSON})
    return {
        noun: Anaphor(people, nouns=frozenset(map(lowered, listed)), called=True)
        for listed in classes
        for noun in map(lowered, listed)
    }


def _pronoun(subjects: Iterable[str], impersonal: Iterable[str]) -> re.Pattern[str]:
    """A subject pronoun at the start of a clause that stands for somebody."""
    pronouns = "|".join(map(re.escape, subjects))
    nobody = "|".join(map(re.escape, impersonal))
    return re.compile(
        rf"(?:^|[,;:«\"] ?|qu['’]|(?:et|mais|où|dont|quand|lorsqu['’]|puisqu['’]) ?)"
        rf"({pronouns})(?= )(?! (?:{nobody})\b)",
        re.IGNORECASE,
    )


def _table(rules: list[dict[str, Any]]) -> dict[str, Anaphor]:
    table: dict[str, Anaphor] = {}
    for rule in rules:
        same = frozenset(lowered(words) for words in rule["words"])
        anaphor = Anaphor(
            kinds=frozenset(Kind(kind) for kind in rule["kinds"]),
            number=rule.get("number", 1),
            gender=rule.get("gender"),
            sectors=frozenset(rule.get("sectors", ())),
            last=bool(rule.get("last", False)),
        )
        for words in rule["words"]:
            noun = lowered(words)
            nouns = same if rule.get("same", False) else frozenset({noun})
            table[noun] = replace(anaphor, nouns=nouns)
    return table
