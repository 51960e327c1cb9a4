"""Words with a capital that name nobody: opening participles, "l'Institut", "CLOUD Act"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import any_word, is_club
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName

_HEADED: Final = 30
_ONE_WORD: Final = re.compile(r"[^\W\d_]+")


def opens_as_participle(text: str, place: FoundName, language: str) -> bool:
    """Whether a lone word is a participle with its complement: "Abondé à hauteur de 3 millions".

    Verbs are more than the vocabulary holds. `place` opens its sentence.
    """
    return (
        _ONE_WORD.fullmatch(place.surface) is not None
        and _participle(language).match(text, place.start) is not None
    )


def without_lone_heads(found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found` but for a noun for a body alone that no name of the article opens with.

    "L'Université a signé" names nobody; where the article tells of "l'Office des rivières",
    "l'Office" is that one.
    """
    openings = {fold(one.surface.partition(" ")[0]) for one in found if " " in one.surface}
    return [
        one
        for one in found
        if one.match is not None
        or " " in one.surface
        or (folded := fold(one.surface)) not in data.organization_heads
        or folded in openings
        or one.surface.isupper()
    ]


def may_be_one(text: str, place: FoundName, data: KindData) -> bool:
    """Whether a name that nothing knows may be that of somebody or something we look for."""
    surface = place.surface
    first, of, _ = surface.partition(" de")
    if " " in surface and fold(surface) in data.not_names_folded:
        return False  # "CLOUD Act"
    if of and first in data.not_names:
        return False
    if f"{surface} " in data.other_heads:
        return False  # "le Festival"
    if " ".join(surface.split()[:2]) in data.not_names:
        return False  # "le cabinet du Premier ministre belge"
    noun, _, told = surface.partition(" ")
    if told.islower() and data.heads.get(lowered(noun)) and _endings(data.language).search(told):
        return False  # "filiale du Groupe spécialisée dans"
    club = not of and surface.rpartition(" ")[2].islower()
    if club or is_club(surface, data.language) or not surface.startswith(data.other_heads):
        return True
    before = lowered(text[max(0, place.start - _HEADED) : place.start]).split()[-2:]
    return any(data.heads.get(word) is Kind.COMPANY for word in before)  # "la société Quai Nord"


@cache
def _endings(language: str) -> re.Pattern[str]:
    endings = any_word(language_data(language, "names")["participle_endings"])
    return re.compile(rf"^[a-zà-ÿ-]+(?:{endings})$")


@cache
def _participle(language: str) -> re.Pattern[str]:
    names: dict[str, Any] = language_data(language, "names")
    endings = any_word(names["participle_endings"])
    behind = any_word(names["behind_participles"])
    return re.compile(rf"[A-ZÀ-Ý][a-zà-ÿ]+(?:{endings}) (?:{behind})(?!\w)")
