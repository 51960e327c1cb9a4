"""The expressions of a language that stand for entities named elsewhere: ``anaphors.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from graph.model import Kind, RelationType
from loaders.languages import language_data
from loaders.reading.lexicon import lowered
from loaders.reading.origins import Origins


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What an expression lets its antecedent be: kinds, how many, and grammatical gender.

    `last` is one that points to the last named; `preferred` is the kind to look for first, `young`
    rules out those called giants, by `grown` nouns, `modest` speaks for one that is not
    known, `nouns` are those that say the same as its own,
    `object` tells a pronoun that is the object of its verb, `called` a noun that only whoever was
    called so is meant by, `demonym` an adjective for a people that stands for a company from there,
    `rank` which one of those just named it counts to, `alike` nouns that are said of the same sort,
    `relational` a noun that says what one is to another, so that only whom the article has called
    so, or alike, is meant; `fields` are sectors that its complement speaks for: "le géant du luxe";
    `of_a_group` tells a noun for what groups own, rather than for them: "la marque";
    `fresh` tells a post that somebody has just been given: "le nouveau patron";
    `told` one that stands for a person only with a relative clause: "celui qui dirigeait Y";
    `where` tells a pronoun for a place, which rather points to where somebody was just put,
    `whose` one for whose something is: "il en est le PDG";
    `near` tells a demonstrative, which points to whom was just named, `founded` that the clause
    opens with who founded it;
    `unlike` are nouns that the name of none begins with that is called so: no "Cour" is "le musée";
    `wide` are the kinds that a pronoun may stand for, whatever is asked of it;
    `origin` is a town or region that its adjective tells ("le groupe lyonnais"), `elsewhere` are
    those that it is not from;
    `apart` are nouns for companies of other trades, `kin` those for companies of its own: a fund is
    not "le studio". `longer` are nouns that begin with it and say something else: "la maison mère".
    """

    kinds: frozenset[Kind]
    number: int = 1
    gender: str | None = None
    sectors: frozenset[str] = frozenset()
    country: str | None = None
    young: bool = False
    modest: bool = False
    preferred: Kind | None = None
    last: bool = False
    nouns: frozenset[str] = frozenset()
    pronoun: bool = False
    object: bool = False
    called: bool = False
    demonym: bool = False
    rank: int = 0
    alike: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    relational: bool = False
    origin: str | None = None
    elsewhere: frozenset[str] = frozenset()
    grown: frozenset[str] = frozenset()
    of_a_group: bool = False
    near: bool = False
    founded: bool = False
    where: bool = False
    whose: bool = False
    wide: frozenset[Kind] = frozenset()
    fresh: bool = False
    apart: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    longer: frozenset[str] = frozenset()
    told: bool = False
    unlike: frozenset[str] = frozenset()

    @property
    def is_someone(self) -> bool:
        """Whether it is a pronoun that may be a person's as well as a body's: "il", "elle"."""
        one = self.pronoun and self.number == 1 and self.gender is not None
        return one and not (self.object or self.where)


@lru_cache(maxsize=256)
def said_of_one(fixed: Anaphor, founded: bool) -> Anaphor:
    """What a pronoun for one lets its antecedent be: of any kind, until something is asked of it.

    `founded` tells that its clause says who founded it.
    """
    kinds = fixed.kinds if fixed.told else frozenset(Kind)
    return replace(fixed, kinds=kinds, pronoun=not fixed.last, founded=founded)


@dataclass(frozen=True, slots=True)
class Anaphors:
    """The expressions of a language that stand for entities named elsewhere."""

    nouns: dict[str, Anaphor]
    fixed: dict[str, Anaphor]
    persons: frozenset[str]
    metonyms: frozenset[str]
    goods: frozenset[str]
    countries: dict[str, str]
    demonym_genders: dict[str, str]
    vague: frozenset[str]
    qualities: frozenset[str]
    epicene: frozenset[str]
    opening: frozenset[str]
    pointers: tuple[str, ...]
    trades: frozenset[str]
    not_bodies: tuple[str, ...]
    plural_articles: frozenset[str]
    numbers: dict[str, int]
    young: frozenset[str]
    modest: frozenset[str]
    of_a_group: frozenset[str]
    grown: tuple[str, ...]
    roles: dict[str, Anaphor]
    articles: dict[str, str]
    elided_genders: dict[str, str]
    field_words: dict[str, frozenset[str]]
    gender_endings: tuple[tuple[str, str], ...]
    subjects: dict[str, str]
    pronoun: re.Pattern[str]
    impersonal: tuple[str, ...]
    about: frozenset[str]
    places: frozenset[str]
    by_tie: dict[RelationType, tuple[tuple[str, ...], tuple[str, ...]]]
    fresh: frozenset[str]
    mutual: frozenset[str]
    own_firms: frozenset[str]
    origins: Origins

    def points_elsewhere(self, text: str) -> bool:
        """Whether a line only points to another article: "Lire aussi : X rachète Y"."""
        return lowered(text[:20]).lstrip("»>→•- ").startswith(self.pointers)

    @staticmethod
    @cache
    def of(language: str) -> Anaphors:
        """From ``anaphors.yaml`` of the language."""
        data: dict[str, Any] = language_data(language, "anaphors")
        return Anaphors(
            nouns=_with_trades(
                _table(data["nouns"], data["alike"], data["institutions"]), data["no_investors"]
            ),
            fixed=_table(data["fixed"], (), ()),
            persons=frozenset(lowered(word) for word in data["person_groups"]),
            metonyms=frozenset(lowered(word) for word in data["metonyms"]),
            goods=frozenset(lowered(word) for word in data["goods"]),
            countries=countries(data),
            demonym_genders={
                word: gender
                for forms in data["demonyms"].values()
                for gender in ("m", "f")
                for word in forms.get(gender, ())
            },
            vague=frozenset(data["vague"]),
            qualities=frozenset(data["qualities"]),
            epicene=frozenset(data["epicene"]),
            opening=frozenset(data["opening"]),
            pointers=tuple(map(lowered, data["pointers"])),
            trades=frozenset(data["trades"]),
            not_bodies=tuple(data["not_bodies"]),
            plural_articles=frozenset(data["plural_articles"]),
            numbers=dict(data["numbers"]),
            young=frozenset(data["young"]),
            modest=frozenset(data["modest"]),
            of_a_group=frozenset(data["of_a_group"]),
            grown=tuple(data["grown"]),
            roles=_roles(data["roles"]),
            articles=dict(data["articles"]),
            elided_genders={
                noun: gender for gender, nouns in data["elided"].items() for noun in nouns
            },
            field_words=_field_words(language),
            gender_endings=tuple(
                (ending, gender)
                for gender, endings in data["gender_endings"].items()
                for ending in endings
            ),
            subjects=dict(data["subjects"]),
            pronoun=_pronoun(data["subjects"], data["impersonal"]),
            impersonal=tuple(data["impersonal"]),
            about=frozenset(data["about"]),
            places=frozenset(data["places"]),
            by_tie={
                RelationType(relation): (
                    tuple(map(lowered, ends.get("subject", ()))),
                    tuple(map(lowered, ends.get("object", ()))),
                )
                for relation, ends in data["by_tie"].items()
            },
            fresh=frozenset(data["fresh"]),
            mutual=frozenset(data["mutual"]),
            own_firms=frozenset(data["own_firms"]),
            origins=Origins.of(language),
        )

    def sectors_of(self, words: Iterable[str]) -> frozenset[str]:
        """The sectors that words speak of: "luxe", "semi-conducteurs"."""
        empty: frozenset[str] = frozenset()
        return empty.union(*(self.field_words.get(word, empty) for word in words))

    def gender_of(self, word: str) -> str | None:
        """The gender that the ending of a noun for a person tells, if any."""
        return next((gender for end, gender in self.gender_endings if word.endswith(end)), None)


def _field_words(language: str) -> dict[str, frozenset[str]]:
    cues: dict[str, list[str]] = language_data(language, "descriptions")["sector_cues"]
    more: dict[str, list[str]] = language_data(language, "anaphors")["fields"]
    cues = {
        sector: [*cues.get(sector, ()), *more.get(sector, ())]
        for sector in dict.fromkeys((*cues, *more))
    }
    words = {lowered(word) for listed in cues.values() for word in listed}
    return {
        word: frozenset(sector for sector, listed in cues.items() if word in map(lowered, listed))
        for word in words
    }


def countries(data: dict[str, Any]) -> dict[str, str]:
    """The country that each adjective for a people or a place tells, from ``anaphors.yaml``."""
    return {
        word: country
        for country, forms in data["demonyms"].items()
        for words in forms.values()
        for word in words
    }


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


def _with_trades(
    table: dict[str, Anaphor], no_investors: dict[str, list[str]]
) -> dict[str, Anaphor]:
    """Tell each noun for a company of some sectors which others are of other sectors only.

    `no_investors` are `nouns` of no sector that whoever is of its `sectors` alone is not called by.
    """
    trades = {noun: one.sectors for noun, one in table.items() if one.sectors}
    away = frozenset(no_investors["sectors"])
    plain = frozenset(map(lowered, no_investors["nouns"]))
    ties = [noun for noun, one in table.items() if one.relational and " " in noun]
    for noun, told in table.items():
        longer = frozenset(tie for tie in ties if tie.startswith(f"{noun} "))
        anaphor = table[noun] = replace(told, longer=longer)
        if anaphor.sectors:
            apart = {n for n, sectors in trades.items() if sectors.isdisjoint(anaphor.sectors)}
        elif noun in plain:
            apart = {n for n, sectors in trades.items() if sectors <= away}
        else:
            continue
        kin = frozenset(trades.keys() - apart)
        table[noun] = replace(anaphor, apart=frozenset(apart), kin=kin)
    return table


def _table(
    rules: list[dict[str, Any]], alike: Iterable[list[str]], institutions: Iterable[str]
) -> dict[str, Anaphor]:
    apart = frozenset(map(lowered, institutions))
    table: dict[str, Anaphor] = {}
    sorts: dict[str, frozenset[str]] = {}
    for listed in (frozenset(map(lowered, nouns)) for nouns in alike):
        for noun in listed:
            sorts[noun] = sorts.get(noun, frozenset()) | listed
    for rule in rules:
        anaphor = Anaphor(
            kinds=frozenset(Kind(kind) for kind in rule["kinds"]),
            number=rule.get("number", 1),
            gender=rule.get("gender"),
            sectors=frozenset(rule.get("sectors", ())),
            last=bool(rule.get("last", False)),
            told=bool(rule.get("told", False)),
            rank=rule.get("rank", 0),
            relational=bool(rule.get("relational", False)),
        )
        for words in rule["words"]:
            noun = lowered(words)
            same = sorts.get(noun, frozenset())
            known = table.get(noun)
            kinds = anaphor.kinds | (known.kinds if known is not None else frozenset())
            either = known is not None and known.gender != anaphor.gender
            gender = None if either else anaphor.gender  # "le quadragénaire", "la quadragénaire"
            told = replace(anaphor, kinds=kinds, gender=gender)
            unlike = apart - {noun} if noun in apart else frozenset()
            table[noun] = replace(told, nouns=frozenset({noun}), alike=same, unlike=unlike)
    return table
