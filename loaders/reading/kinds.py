"""What a language knows of kinds, ready for look-up: ``kinds.yaml`` and ``not_entities.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.anaphors import countries
from loaders.reading.first_names import FirstNames
from loaders.reading.lexicon import lowered
from loaders.reading.surfaces import fold

_FIRST_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KindData:
    """``kinds.yaml`` and ``names.yaml`` of a language, ready for look-up."""

    language: str
    heads: dict[str, Kind]
    trades: tuple[str, ...]
    no_trades: frozenset[str]
    with_trades: frozenset[str]
    civil_titles: frozenset[str]
    name_heads: dict[Kind, frozenset[str]]
    name_tails: dict[Kind, frozenset[str]]
    not_names: frozenset[str]
    not_names_folded: frozenset[str]
    not_name_phrases: dict[str, list[str]]
    listed: frozenset[str]
    examples: frozenset[tuple[str, ...]]
    open_heads: frozenset[str]
    parties: frozenset[str]
    example_things: frozenset[str]
    other_heads: tuple[str, ...]
    other_tails: tuple[str, ...]
    dropped_heads: frozenset[str]
    peoples: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    lands: frozenset[str]
    dropped_leads: frozenset[str]
    person_heads: frozenset[str]
    first_names: frozenset[str]
    particles: frozenset[str]
    labels: dict[str, dict[Kind, float]]
    lone_labels: dict[str, dict[Kind, float]]
    against: dict[str, float]
    look: float
    lone_person: float
    unseen: dict[str, dict[str, float]]
    known: dict[str, float]
    shared: dict[str, float]
    threshold: float
    certain: float
    slot_vote: float
    extended_heads: frozenset[str]
    body_heads: frozenset[str]
    body_words: frozenset[str]
    word_endings: tuple[str, ...]
    opener_endings: tuple[str, ...]
    organization_heads: frozenset[str]
    named_by_field: frozenset[str]
    not_after: frozenset[str]
    demonyms: frozenset[str]
    articles: frozenset[str]
    kin: frozenset[str]
    parts: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> KindData:
        """The data of `language`, read once."""
        kinds: dict[str, Any] = language_data(language, "kinds")
        names: dict[str, Any] = language_data(language, "names")
        anaphors: dict[str, Any] = language_data(language, "anaphors")
        others = dict(language_data(language, "not_entities"))
        places = others.pop("places")
        far = [*places["continents"], *places["parts of the world"]]
        not_names = [name for listed in others.values() for name in listed]
        heads: dict[str, Kind] = {}
        for kind, words in kinds["heads"].items():
            for word in words:
                heads.setdefault(lowered(word), Kind(kind))
        titles = frozenset(fold(title.strip(".")) for title in kinds["civil_titles"])
        persons = frozenset(lowered(word) for word in kinds["heads"]["Person"])
        return KindData(
            language=language,
            heads=heads,
            trades=tuple(kinds["trades"]),
            no_trades=frozenset(kinds["no_trades"]),
            with_trades=frozenset(map(lowered, kinds["with_trades"])),
            civil_titles=titles,
            name_heads={
                Kind(k): frozenset(map(fold, words)) for k, words in kinds["name_heads"].items()
            },
            name_tails={
                Kind(k): frozenset(map(fold, words)) for k, words in kinds["name_tails"].items()
            },
            not_names=frozenset(not_names),
            not_names_folded=frozenset(fold(word) for word in not_names if not word.isupper()),
            not_name_phrases=_by_first_word([*not_names, *(name for name in far if " " in name)]),
            listed=frozenset(kinds["listed"]),
            examples=frozenset(
                tuple(lowered(words).split())
                for words in kinds["examples"]
                if words.isalpha() or " " in words
            ),
            open_heads=frozenset(kinds["open_heads"]),
            parties=frozenset(map(lowered, kinds["parties"])),
            example_things=frozenset(kinds["example_things"]),
            other_heads=tuple(f"{head} " for head in kinds["other_heads"]),
            other_tails=tuple(f" {tail}" for tail in kinds["other_tails"]),
            dropped_heads=frozenset(map(fold, kinds["dropped_heads"])),
            peoples=frozenset(others["peoples"]),
            places=frozenset(fold(name) for listed in places.values() for name in listed),
            countries=frozenset(map(fold, places["countries"])),
            lands=frozenset(map(fold, [*places["countries"], *places["continents"]])),
            dropped_leads=persons.union(
                map(lowered, kinds["head_links"]), names["spans"]["opening"]
            ),
            person_heads=persons | titles,
            first_names=FirstNames.of(language).known,
            particles=frozenset(names.get("particles", ())),
            labels=_weights(kinds["labels"]),
            against={label: float(weight) for label, weight in kinds["against"].items()},
            look=float(kinds["look"]),
            lone_person=float(kinds["lone_person"]),
            unseen=dict(kinds["unseen"]),
            known=dict(kinds["known"]),
            shared=dict(kinds["shared"]),
            lone_labels=_weights(kinds["lone_labels"]),
            threshold=float(kinds["threshold"]),
            certain=float(kinds["certain"]),
            slot_vote=float(kinds["slot_vote"]),
            extended_heads=frozenset(kinds["extended_heads"]),
            organization_heads=frozenset(map(fold, kinds["name_heads"]["Organization"])),
            body_heads=frozenset(
                fold(word) for words in kinds["name_heads"].values() for word in words
            ),
            body_words=frozenset(
                fold(word)
                for part in ("name_heads", "name_tails")
                for words in kinds[part].values()
                for word in words
            ),
            word_endings=tuple(names["word_endings"]),
            opener_endings=tuple(names["opener_endings"]),
            named_by_field=frozenset(map(fold, kinds["named_by_field"])),
            not_after=frozenset(kinds["not_after"]),
            parts=frozenset(names["parts"]),
            kin=frozenset(map(fold, names["kin"])),
            demonyms=frozenset(word.capitalize() for word in countries(anaphors)),
            articles=frozenset({*anaphors["articles"], *anaphors["plural_articles"], "l'"}),
        )


def _by_first_word(names: list[str]) -> dict[str, list[str]]:
    """The names of several words, by their first word as a text is searched for them."""
    table: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        first = _FIRST_WORD.match(name)
        if first is not None and first.end() < len(name):
            table.setdefault(first.group(), []).append(name)
    return table


def _weights(labels: dict[str, dict[str, float]]) -> dict[str, dict[Kind, float]]:
    return {
        label: {Kind(kind): float(weight) for kind, weight in votes.items()}
        for label, votes in labels.items()
    }
