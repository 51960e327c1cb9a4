"""People named together by one surname: "*Glenn* et Shannon Dellimore", "*Jean* et Paul X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.mentions import NamedEntity
from loaders.reading.span_rules import any_word
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName

_VOTE: Final = 4.0
_LONGEST: Final = 5
_NAME: Final = r"[A-ZÀ-Ý][\w-]+"


def with_given_names(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found` with first names before another's full one that nothing has seen."""
    new: list[FoundName] = []
    taken = Taken(found)
    for pair in _pair(data.language).finditer(text):
        lone = fold(pair[1]) in data.first_names and fold(pair[2]) in data.first_names
        if lone and taken.is_free(*pair.span(1)) and not taken.is_free(*pair.span(2)):
            new.append(FoundName(*pair.span(1), pair[1], "PER"))
    return sorted([*found, *new], key=lambda place: place.start) if new else found


def share_surnames(
    text: str, found: Sequence[FoundName], entities: dict[int, NamedEntity], data: KindData
) -> None:
    """Give a first name before "et" and a full name that one's surname, where it has none."""
    for one, other in pairwise(found):
        if other.start - one.end > _LONGEST or not _is_and(text[one.end : other.start], data):
            continue
        first, _, surname = other.surface.partition(" ")
        entity = entities[id(one)]
        if not surname or entity is entities[id(other)] or " " in entity.name:
            continue
        if not {fold(one.surface), fold(first)} <= data.first_names or other.match is not None:
            continue
        name = f"{one.surface} {surname}"
        same = next((e for e in entities.values() if fold(e.name) == fold(name)), None)
        if same is not None:
            for key, each in entities.items():
                if each is entity:
                    entities[key] = same
            same.names |= entity.names
            continue
        entity.name = name
        entity.vote(Kind.PERSON, _VOTE, "surname")


def _is_and(gap: str, data: KindData) -> bool:
    return gap.strip() in _conjunctions(data.language)


@cache
def _conjunctions(language: str) -> frozenset[str]:
    return frozenset(language_data(language, "names")["spans"]["conjunctions"])


@cache
def _pair(language: str) -> re.Pattern[str]:
    spans: dict[str, Any] = language_data(language, "names")["spans"]
    both = any_word(spans["conjunctions"])
    return re.compile(rf"(?<![\w'’-])({_NAME}) (?:{both}) ({_NAME})(?= [A-ZÀ-Ý])")
