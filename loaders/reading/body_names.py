"""Long names of bodies, to their end: "Institut national de recherche en informatique".

A body's name goes on with what it is for, word after word in small letters. How far is told by a
small grammar (`BodyRules`) and, best of all, by its acronym in brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import MAX_NAME_LENGTH
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.surfaces import fold, plain
from loaders.reading.tagger_spans import FoundName

_ACRONYM: Final = re.compile(r" [(\[]([A-ZÀ-Ý][\w&-]{1,9})[)\]]")
_REACH: Final = 110
"""The most characters from the start of a name to its acronym."""
_SEGMENTS: Final = 5
_SHORTEST: Final = 3
_PLURAL: Final = ("s", "x")
_BEFORE: Final = 8
_CUT: Final = re.compile(r"[.;:!?«»\"“”()\[\]\n]")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class BodyRules:
    """How the name of a body may go on, as regular expressions over the text.

    Attributes
    ----------
    adjectives
        "économiques", behind what the tagger saw.
    genitive
        Whatever the body is: "de la recherche", "des mines".
    field
        What a body is for: "en informatique", "pour le climat".
    coordinated
        What has no article of its own: "et métiers", "et en automatique".
    joined
        "et des libertés": only where nothing before the name may be coordinated with it.
    owned
        The end of the text before a name that is a complement itself: "le rapport de l'".
    small
        Words that count for no letter of an acronym.
    place
        The place that a body is for: "d'Île-de-France".
    """

    adjectives: re.Pattern[str]
    genitive: re.Pattern[str]
    field: re.Pattern[str]
    coordinated: re.Pattern[str]
    joined: re.Pattern[str]
    owned: re.Pattern[str]
    small: frozenset[str]
    place: re.Pattern[str]

    @staticmethod
    @cache
    def of(language: str) -> BodyRules:
        """The rules of `language`, read once."""
        data: dict[str, Any] = language_data(language, "names")["bodies"]
        barred = rf"(?!(?:{any_word(data['barred'])})(?!\w))"
        before = rf"(?:(?:{any_word(data['adjectives_before'])}) )?"
        adjective = adjectives(data)
        phrase = rf"{before}{barred}[a-zà-ÿœ][\w-]{{2,}}(?![\w'’]){adjective}{{0,2}}"
        several = rf"{before}{barred}[a-zà-ÿœ][\w-]+[sx](?![\w'’]){adjective}{{0,2}}"
        of, field = leading_word(data["genitives"]), leading_word(data["fields"])
        article = rf"(?:{leading_word(data['articles'])})?"
        return BodyRules(
            adjectives=re.compile(rf"(?<=[a-zà-ÿ])(?:(?: et)?{adjective}){{1,2}}"),
            genitive=re.compile(rf" (?:{of}){phrase}"),
            field=re.compile(rf" (?:{field}){article}{phrase}"),
            coordinated=re.compile(rf" et (?:{field}){article}{phrase}|(?<=[sx]) et {several}"),
            joined=re.compile(rf" et (?:{of}){phrase}"),
            owned=re.compile(rf"(?:^|[\s(])(?:{of})$"),
            small=frozenset(data["small"]),
            place=re.compile(rf" (?:{of})([A-ZÀ-Ý][\w-]+)(?![\w'’])"),
        )


def adjectives(data: Mapping[str, Any]) -> str:
    """A regular expression for a space and an adjective, told by its ending.

    `data` is ``bodies`` of ``names.yaml``.
    """
    behind = rf"(?!(?:{any_word(data['no_adjectives'])})(?!\w))"
    return rf"(?: {behind}[a-zà-ÿ-]{{2,}}(?:{any_word(data['adjective_endings'])})(?!\w))"


def whole_bodies(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found`, in order, those of bodies to their end."""
    result: list[FoundName] = []
    for place in found:
        if not result or place.start >= result[-1].end:
            result.append(_whole(text, place, data))
    return result


def _whole(text: str, place: FoundName, data: KindData) -> FoundName:
    head = place.surface.partition(" ")[0]
    first = fold(head)
    body = first in data.organization_heads
    if place.label == "PER" or not (body or head[0].isupper()):
        return place
    rules = BodyRules.of(data.language)
    end = _before_acronym(text, place, rules, strict=not body)
    if end is None and body and place.match is None and head[0].isupper():
        end = grown_end(text, place, rules, by_field=first in data.named_by_field)
    if end is None and body and place.match is None and text[place.end - 1] in _PLURAL:
        several = rules.adjectives.match(text, place.end)  # "musée des Arts décoratifs"
        end = several.end() if several and several[0].endswith(_PLURAL) else None
    if body and place.match is None and (end is None or end <= place.end):
        end = _with_place(text, place.end, rules, data)
    if end is None or end <= place.end or end - place.start > MAX_NAME_LENGTH:
        return place
    return FoundName(place.start, end, text[place.start : end], "ORG")


def _with_place(text: str, end: int, rules: BodyRules, data: KindData) -> int | None:
    """Where the name ends with the place that it is for: "Agence régionale de santé *d'X*"."""
    place = rules.place.match(text, end)
    return place.end() if place is not None and fold(place[1]) in data.places else None


def _before_acronym(
    text: str, place: FoundName, rules: BodyRules, *, strict: bool = False
) -> int | None:
    """Where the name ends if its acronym stands in brackets behind it: "Agence … (ANR)".

    With `strict` the acronym must be the initials, and nothing else; so it must behind a comma.
    """
    acronym = _ACRONYM.search(text, place.end, place.start + _REACH)
    if acronym is None or _CUT.search(text, place.end, acronym.start()) is not None:
        return None
    strict = strict or "," in text[place.end : acronym.start()]
    words = _WORD.findall(plain(text[place.start : acronym.start()]).lower())
    initials = "".join(word[0] for word in words if word not in rules.small)
    letters = plain(acronym[1]).lower()
    if strict and (letters != initials or len(letters) < _SHORTEST):
        return None
    return acronym.start() if _spells(letters, initials) else None


def _spells(letters: str, initials: str) -> bool:
    """Whether an acronym takes the first letter of every word, and at most one letter more.

    "Inserm" has two of "santé": "institut national de la santé et de la recherche médicale".
    """
    position = 0
    for letter in letters:
        position += position < len(initials) and letter == initials[position]
    return position == len(initials) and len(letters) - position <= 1 < len(letters)


def grown_end(text: str, place: FoundName, rules: BodyRules, *, by_field: bool = False) -> int:
    """Where the name ends by what follows it word by word."""
    end = place.end
    before = text[max(0, place.start - _BEFORE) : place.start]
    owned = rules.owned.search(before) is not None
    patterns = [
        rules.adjectives,
        rules.genitive,
        *([rules.field] if by_field else []),
        rules.coordinated,
    ]
    if not owned:
        patterns.append(rules.joined)
    for _ in range(_SEGMENTS):
        following = next((f for p in patterns if (f := p.match(text, end)) is not None), None)
        if following is None:
            break
        end = following.end()
    return end
