"""Who is told to be in charge without a post: "X, en charge de la recherche chez Y"."""

from __future__ import annotations

from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.role_data import RoleData
from loaders.reading.role_employers import kind_of
from loaders.reading.role_holders import apposed_to
from loaders.reading.role_spans import EMPLOYERS, Role
from loaders.reading.tokens import Category

_STEPS: Final = 4
"""Complements between what somebody is in charge of and where they are."""


def in_charge(parsed: Parse, index: int, before: list[Role], data: RoleData) -> list[Role]:
    """The role of who is in charge of something, at the preposition `index`.

    Where they are stands behind what they are in charge of.
    """
    if parsed.tokens[index].preposition not in data.charges:
        return []
    comma, former = index - 1, False
    while parsed.category(comma) is Category.ADVERB or parsed.tokens[comma].lower in data.former:
        former = former or parsed.tokens[comma].lower in data.former
        comma -= 1
    if parsed.category(comma) not in (Category.COMMA, Category.OPEN):
        return []
    place = _where(parsed, index, data)
    if place is None:
        return []
    role = Role(comma + 1, place.end, index, "", frozenset({RelationType.WORKED_AT}))
    role.holders = apposed_to(parsed, comma, before, plural=False, family=data.family)
    role.employers, role.former = _bodies(parsed, place), former
    role.cue = parsed.text(comma + 1, place.end)
    people = bool(role.holders) and all(h.kind is Kind.PERSON for h in role.holders)
    return [role] if people else []


def _bodies(parsed: Parse, place: Phrase) -> list[NamedEntity]:
    mention = parsed.mention(place)
    return [mention.entity] if mention is not None else []


def _where(parsed: Parse, index: int, data: RoleData) -> Phrase | None:
    """The body that stands behind "chez" or "de" after what is told of the charge."""
    for _ in range(_STEPS):
        phrase = parsed.at.get(index + 1)
        if phrase is None:
            return None
        if kind_of(parsed, phrase) in EMPLOYERS:
            return phrase if phrase.preposition in data.employer else None
        index = phrase.end
        while parsed.category(index) is Category.ADJECTIVE:
            index += 1
        if parsed.category(index) is not Category.PREPOSITION:
            return None
    return None
