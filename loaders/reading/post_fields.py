"""Fields of posts that the press gives a capital, which are no names and no part of one.

"Le directeur des *Achats* François Provost", "directrice des *Ressources humaines* de Y".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.first_names import FirstNames
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName

_REACH: Final = 60
_PERSON: Final = "PER"


@dataclass(frozen=True, slots=True)
class _Fields:
    """Nouns for what a post is in charge of, what leads to them, and first names."""

    nouns: frozenset[str]
    before: re.Pattern[str]
    first_names: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> _Fields:
        names: dict[str, Any] = language_data(language, "names")
        roles: dict[str, Any] = language_data(language, "roles")
        posts = any_word([*roles["officers"], *roles["bosses"]])
        to = leading_word(names["bodies"]["genitives"])
        return _Fields(
            nouns=frozenset(names["spans"]["post_fields"]),
            before=re.compile(rf"(?<![\w-])(?:{posts})s?(?: [a-zà-ÿ-]+)* (?:{to})$", re.I),
            first_names=FirstNames.of(language).known,
        )


def without_post_fields(text: str, found: Sequence[FoundName], language: str) -> list[FoundName]:
    """The names of `found` without the fields of posts; a person's behind one is what is left."""
    fields = _Fields.of(language)
    kept = (_without_field(text, place, fields) for place in found)
    return [place for place in kept if place is not None]


def _without_field(text: str, place: FoundName, fields: _Fields) -> FoundName | None:
    words = place.surface.split()
    if place.match is not None or words[0].lower() not in fields.nouns:
        return place
    if fields.before.search(text[max(0, place.start - _REACH) : place.start]) is None:
        return place
    own = (word for word in words if not word.islower() and word.lower() not in fields.nouns)
    first = next(own, None)
    if first is None:
        return None
    start = place.start + place.surface.index(first)
    rest = text[start : place.end]
    if fold(first) not in fields.first_names or " " not in rest:
        return place
    return replace(place, start=start, surface=rest, label=_PERSON)
