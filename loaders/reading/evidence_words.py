"""Looking up the words around a name: the noun of a phrase, and what expressions are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.evidence_data import LINKS, Evidence, Votes

GENITIVES: Final = frozenset({"de", "d'", "du", "des"})
DEFINITE: Final = frozenset(
    {
        "le",
        "la",
        "l'",
        "les",
        "un",
        "une",
        "ce",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
    }
)


def length_of(words: Sequence[str], table: Mapping[str, Votes]) -> int:
    """How many of the last words are an expression of the table."""
    for length in (3, 2, 1):
        if len(words) >= length and joined(words[-length:]) in table:
            return length
    return 0


def longest_of(words: Sequence[str], table: Mapping[str, Votes]) -> Votes:
    """What the last one to four of `words` are worth, the longest first."""
    for length in (4, 3, 2, 1):
        found = table.get(joined(words[-length:])) if len(words) >= length else None
        if found is not None:
            return found
    return {}


def joined(words: Sequence[str]) -> str:
    """The words as one expression: an elided one has no space behind it."""
    return " ".join(words).replace("' ", "'")


def worth(words: Sequence[str], table: Mapping[str, Votes]) -> Votes:
    """What the words are worth as one expression."""
    return table.get(joined(words), {}) if words else {}


def first_span(words: Sequence[str], table: Mapping[str, Votes], data: Evidence) -> tuple[int, int]:
    """Where the noun of the phrase stands that `words` begin with, small words skipped."""
    start = 0
    while start < len(words) and (
        words[start] in data.small_words
        or (words[start] in data.adjectives and joined(words[start : start + 2]) not in table)
        or words[start] in ("alors", "aujourd'", "hui", "désormais", "également", "lui-même", "-")
    ):
        start += 1
    for length in (3, 2, 1):
        if len(words) >= start + length and joined(words[start : start + length]) in table:
            return start, start + length
    return 0, 0


def head_before(words: list[str], data: Evidence) -> tuple[int, int]:
    """Where the noun stands that a name is apposed to: "la start-up X", "le fabricant de jouets X".

    A noun farther back counts when only adjectives and its own complement stand between.
    """
    if words[-1] in data.small_words or not is_word(words[-1]):
        return 0, 0
    outer = (0, 0)
    back = 1
    while back <= min(8, len(words)):
        word = words[-back]
        if not is_word(word) or word in DEFINITE:
            break
        if word in data.barriers and word not in data.heads:
            break
        if outer[1] and word in ("du", "des"):
            break
        end = len(words) - back + 1
        length = length_of(words[:end], data.heads)
        adjectives = all(w in data.following or w in data.countries for w in words[end:])
        linked = back < 3 or adjectives or _link_behind(words[end:], data)
        if length and linked:
            found = worth(words[end - length : end], data.heads)
            field = not outer[1] and words[end : end + 1] == ["en"]  # "l'ingénieur en robotique X"
            if back == 1 or field or set(found) != {Kind.PERSON}:
                outer = (end - length, end)
        back += max(length, 1)
    return outer


def _link_behind(words: Sequence[str], data: Evidence) -> bool:
    """Whether a complement follows a noun, perhaps behind where it is from.

    "Le constructeur *russe de* véhicules électriques X".
    """
    for word in words:
        if word in LINKS:
            return True
        if word not in data.following and word not in data.countries:
            return False
    return False


def is_word(token: str) -> bool:
    """Whether a token is a word, perhaps hyphenated or elided, and no punctuation."""
    return token.replace("-", "").strip("'").isalpha()


def complements_head(before: list[str], words: list[str], data: Evidence) -> bool:
    """Whether the apposition describes a noun before a name: "la start-up de X, pionnière …".

    What is no person is nothing to describe one by: "les chauffeurs de X, l'application".
    """
    if len(before) < 2 or before[-1] not in GENITIVES:
        return False
    head = longest_of(before[:-1], data.heads)
    start, end = first_span(words, data.heads, data)
    return bool(head) and not head.keys().isdisjoint(worth(words[start:end], data.heads) or head)
