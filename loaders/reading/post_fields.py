"""Fields of posts that the press gives a capital, which are no names and no part of one.

"Le directeur des *Achats* François Provost", "directrice des *Ressources humaines* de Y",
"Directeur des *Services aux Entreprises et Opérateurs* à Y". So are those of a unit:
"le service *Livres*".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName
from loaders.reading.vocabulary import Vocabulary

_REACH: Final = 60
_FAR: Final = 90
_PERSON: Final = "PER"
_PLURAL: Final = ("s", "x")
_TOKEN: Final = re.compile(r"[\w-]+['’]?|[,&]|\S")
_LISTING: Final = frozenset({",", "&"})


@dataclass(frozen=True, slots=True)
class _Fields:
    """Nouns for what a post is in charge of, what leads to them, and those that have fields."""

    nouns: frozenset[str]
    before: re.Pattern[str]
    officers: frozenset[str]
    units: frozenset[str]
    between: frozenset[str]
    links: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> _Fields:
        names: dict[str, Any] = language_data(language, "names")
        roles: dict[str, Any] = language_data(language, "roles")
        spans = names["spans"]
        posts = any_word([*roles["officers"], *roles["bosses"]])
        to = leading_word(names["bodies"]["genitives"])
        links = {word for link in names["bodies"]["genitives"] for word in link.split()}
        links |= {*spans["field_links"], *spans["conjunctions"]}
        return _Fields(
            nouns=frozenset(spans["post_fields"]),
            before=re.compile(rf"(?<![\w-])(?:{posts})s?(?: [a-zà-ÿ-]+)* (?:{to})$", re.I),
            officers=frozenset(spans["field_posts"]),
            units=frozenset(spans["units"]),
            between=frozenset({*spans["post_adjectives"], *links}),
            links=frozenset(links),
        )


def without_post_fields(
    text: str, found: Sequence[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """The names of `found` without the fields of posts; a person's behind one is what is left."""
    fields = _Fields.of(data.language)
    kept = (
        _without_field(text, place, fields, data)
        for place in found
        if not _is_plain_field(text, place, fields, vocabulary, data)
    )
    return [place for place in kept if place is not None]


def _is_plain_field(
    text: str, place: FoundName, fields: _Fields, vocabulary: Vocabulary, data: KindData
) -> bool:
    """Whether nothing but common words stands behind a post, or right behind a unit's noun."""
    if place.match is not None or not _is_plain(place.surface, vocabulary, data):
        return False
    before = _TOKEN.findall(text[max(0, place.start - _FAR) : place.start])
    if not before:
        return False
    if before[-1] in fields.units:
        return " " not in place.surface
    own = place.surface.split()
    several = before[-1] == "des" or any(word.endswith(_PLURAL) for word in own)
    return (several or before[-1] not in fields.links) and _leads(before, fields, vocabulary)


def _is_plain(name: str, vocabulary: Vocabulary, data: KindData) -> bool:
    """Whether all words of a name are common ones, and the first opens no name of a body."""
    words = name.split()
    return (
        fold(words[0]) not in data.body_heads
        and all(vocabulary.is_common(word.lower()) for word in words if word[0].isupper())
        and not any(fold(word) in data.first_names for word in words)
    )


def _leads(before: list[str], fields: _Fields, vocabulary: Vocabulary) -> bool:
    """Whether a post stands before a field, with its adjectives and further fields between."""
    for word in reversed(before):
        small = word.lower()
        if small in fields.officers:
            return True
        if word in _LISTING or small in fields.between or small.rstrip("s") in fields.between:
            continue
        if not (word[0].isupper() and vocabulary.is_common(small)):
            return False
    return False


def _without_field(
    text: str, place: FoundName, fields: _Fields, data: KindData
) -> FoundName | None:
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
    if fold(first) not in data.first_names or " " not in rest:
        return place
    return replace(place, start=start, surface=rest, label=_PERSON)
