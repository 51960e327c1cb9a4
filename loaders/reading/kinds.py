"""What kind of entity a name is: votes from its neighbours and its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.first_names import FirstNames
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention
from loaders.reading.surfaces import fold

_REACH: Final = 60
_APPOSED: Final = re.compile(
    r"\s*[,(–—]\s*(?:(?:l['’]|le|la|les|une?|des|cette?|son|sa|ex-|ancien(?:ne)?|"
    r"alors|actuel(?:le)?|jeune)\s*)*([\w-]+(?:[ '][\w-]+)?)"
)
_BEFORE: Final = re.compile(r"([\w'’-]+)\s+([\w'’.-]+)?\s*[«\"“]?\s*$")
_AGE: Final = re.compile(r"\s*[,(]\s*(?:âgée?\s+de\s+)?\d{2}\s+ans\b")


@dataclass(frozen=True, slots=True)
class NameContext:
    """A name's place, from which its neighbours are read."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """Up to 60 characters of the same line before the name."""
        return self.text[max(0, self.start - _REACH) : self.start].rpartition("\n")[2]

    @property
    def after(self) -> str:
        """Up to 60 characters of the same line after the name."""
        return self.text[self.end : self.end + _REACH].partition("\n")[0]


@dataclass(frozen=True, slots=True)
class KindData:
    """``kinds.yaml`` and ``names.yaml`` of a language, ready for look-up."""

    heads: dict[str, Kind]
    head_links: frozenset[str]
    before: dict[str, tuple[tuple[Kind, ...], float]]
    civil_titles: frozenset[str]
    name_heads: dict[Kind, frozenset[str]]
    name_tails: dict[Kind, frozenset[str]]
    not_names: frozenset[str]
    not_names_folded: frozenset[str]
    places: frozenset[str]
    dropped_leads: frozenset[str]
    person_heads: frozenset[str]
    first_names: frozenset[str]
    particles: frozenset[str]
    labels: dict[str, dict[Kind, float]]
    lone_labels: dict[str, dict[Kind, float]]
    against: dict[str, float]
    look: float
    threshold: float
    certain: float
    slot_vote: float
    extended_heads: frozenset[str]
    body_heads: frozenset[str]
    organization_heads: frozenset[str]
    not_after: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> KindData:
        """The data of `language`, read once."""
        kinds: dict[str, Any] = language_data(language, "kinds")
        names: dict[str, Any] = language_data(language, "names")
        others = dict(language_data(language, "not_entities"))
        places = others.pop("places")
        not_names = [name for listed in others.values() for name in listed]
        heads = {
            lowered(word): Kind(kind) for kind, words in kinds["heads"].items() for word in words
        }
        titles = frozenset(fold(title.strip(".")) for title in kinds["civil_titles"])
        persons = frozenset(fold(word) for word in kinds["heads"]["Person"])
        return KindData(
            heads=heads,
            head_links=frozenset(kinds["head_links"]),
            before={
                word: (tuple(Kind(k) for k in rule["kinds"]), float(rule["weight"]))
                for rule in kinds["before"]
                for word in rule["words"]
            },
            civil_titles=titles,
            name_heads={
                Kind(k): frozenset(map(fold, words)) for k, words in kinds["name_heads"].items()
            },
            name_tails={
                Kind(k): frozenset(map(fold, words)) for k, words in kinds["name_tails"].items()
            },
            not_names=frozenset(not_names),
            not_names_folded=frozenset(fold(word) for word in not_names if not word.isupper()),
            places=frozenset(fold(name) for listed in places.values() for name in listed),
            dropped_leads=titles | persons | frozenset(map(fold, kinds["head_links"])),
            person_heads=persons | titles,
            first_names=FirstNames.of(language).known,
            particles=frozenset(names.get("particles", ())),
            labels=_weights(kinds["labels"]),
            against={label: float(weight) for label, weight in kinds["against"].items()},
            look=float(kinds["look"]),
            lone_labels=_weights(kinds["lone_labels"]),
            threshold=float(kinds["threshold"]),
            certain=float(kinds["certain"]),
            slot_vote=float(kinds["slot_vote"]),
            extended_heads=frozenset(kinds["extended_heads"]),
            organization_heads=frozenset(map(fold, kinds["name_heads"]["Organization"])),
            body_heads=frozenset(
                fold(word) for words in kinds["name_heads"].values() for word in words
            ),
            not_after=frozenset(kinds["not_after"]),
        )


def _weights(labels: dict[str, dict[str, float]]) -> dict[str, dict[Kind, float]]:
    return {
        label: {Kind(kind): float(weight) for kind, weight in votes.items()}
        for label, votes in labels.items()
    }


def vote(mention: Mention, context: NameContext, data: KindData) -> None:
    """Count what the words around `mention` say of its entity's kind."""
    entity = mention.entity
    words = lowered(context.before).replace("'", "' ").split()
    if mention.described:
        return
    before = words[-1] if words else ""
    if fold(before.strip(".")) in data.civil_titles:
        entity.vote(Kind.PERSON, 4)
    while words and (words[-1] in data.head_links or words[-1] in '«"“'):
        words.pop()
    head = _head_before(words, data)
    if head is not None:
        entity.vote(head, 3 if head is not Kind.PERSON else 1.5)
    for length in (3, 2, 1):
        rule = data.before.get(" ".join(words[-length:])) if len(words) >= length else None
        if rule is not None:
            for kind in rule[0]:
                entity.vote(kind, rule[1] if kind is rule[0][0] else rule[1] / 2)
            break
    if _AGE.match(context.after):
        entity.vote(Kind.PERSON, 4)
    apposed = _APPOSED.match(context.after)
    if apposed and not _complements_head(words, data):
        phrase = lowered(apposed[1])
        first, _, second = phrase.partition(" ")
        head = data.heads.get(phrase) or data.heads.get(first) or data.heads.get(second)
        if head is not None:
            entity.vote(
                head, 2.5 if head is not Kind.PERSON or len(mention.surface.split()) > 1 else 1
            )


def _head_before(words: list[str], data: KindData) -> Kind | None:
    """The noun that a name stands in apposition to: "la start-up X", "le fabricant de jouets X".

    A noun farther back counts when only small words that make its complement stand between.
    """
    for length in (3, 2, 1):
        head = data.heads.get(" ".join(words[-length:])) if len(words) >= length else None
        if head is not None:
            return head
    if not words or words[-1] in _LINKS or not words[-1].isalpha():
        return None
    for back in range(2, min(6, len(words)) + 1):
        word = words[-back]
        if not word.strip("'").isalpha() and "-" not in word:
            return None
        head = data.heads.get(word)
        if head is not None:
            linked = words[-back + 1] in _LINKS or back == 2
            return head if linked and head is not Kind.PERSON else None
    return None


def _complements_head(words: list[str], data: KindData) -> bool:
    """Whether the apposition describes a noun before the name: "la start-up de X, pionnière …"."""
    if len(words) < 2 or words[-1] not in _LINKS:
        return False
    near = words[-3:-1]
    return any(word in data.heads for word in (*near, " ".join(near)))


_LINKS: Final = frozenset(
    {
        "de",
        "d'",
        "du",
        "des",
        "en",
        "à",
        "pour",
        "sur",
        "et",
        "dans",
        "la",
        "le",
        "les",
        "l'",
        "un",
        "une",
    }
)
