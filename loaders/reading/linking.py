"""Which places of an article name one entity: by spelling, surname, short form or acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.kinds import KindData
from loaders.reading.mentions import NamedEntity
from loaders.reading.name_candidates import FoundName
from loaders.reading.surfaces import fold

_TRUNCATED: Final = re.compile(r"([A-ZÀ-Ý][\w]{2,})['’](?![\w])")


def link(found: Sequence[FoundName], data: KindData) -> dict[int, NamedEntity]:
    """Which places name one entity: by gazetteer entry, by spelling, by surname, by short form."""
    by_key: dict[str, NamedEntity] = {}
    entities: dict[int, NamedEntity] = {}
    for place in found:
        entry = place.match.entry if place.match and not place.match.ambiguous else None
        key = f"entry:{entry.name}:{entry.kind}" if entry else f"name:{fold(place.surface)}"
        entity = by_key.get(key)
        if entity is None:
            entity = by_key[key] = NamedEntity(place.surface, entry)
        entity.names.add(place.surface)
        if entry is None and len(place.surface) > len(entity.name):
            entity.name = place.surface
        entities[id(place)] = entity
    for entity in by_key.values():
        if entity.entry is not None:
            entity.name = _fullest(entity)
    alias = _short_forms(list(by_key.values()), found, entities, data)
    return {key: alias.get(entity, entity) for key, entity in entities.items()}


def _fullest(entity: NamedEntity) -> str:
    """The fullest name that the article itself uses; an acronym gives way to words."""
    return max(entity.names, key=lambda name: (len(name.split()), len(name), name))


def _short_forms(
    entities: list[NamedEntity],
    found: Sequence[FoundName],
    linked: dict[int, NamedEntity],
    data: KindData,
) -> dict[NamedEntity, NamedEntity]:
    """Surnames to full names, and the first words of a company's name to the whole.

    A short form that fits two full names, or that the gazetteer knows as something else, stays
    by itself.
    """
    labels: dict[NamedEntity, set[str]] = {}
    for place in found:
        if place.label:
            labels.setdefault(linked[id(place)], set()).add(place.label)
    full = [e for e in entities if len(e.name.split()) > 1]
    alias: dict[NamedEntity, NamedEntity] = {}
    for short in entities:
        if short.entry is not None and not _is_person(short, labels, data):
            continue
        words = fold(short.name).split()
        fits = [e for e in full if e is not short and _is_short_form(words, e, labels, data)]
        if len(fits) > 1:
            fits = [e for e in fits if _is_person(e, labels, data)]
        if len(fits) == 1:
            alias[short] = fits[0]
            fits[0].names |= short.names
    return alias


def _is_person(entity: NamedEntity, labels: dict[NamedEntity, set[str]], data: KindData) -> bool:
    if entity.entry is not None:
        return entity.entry.kind is Kind.PERSON
    first = fold(entity.name).split()[0]
    return "PER" in labels.get(entity, ()) or first in data.first_names


def _is_short_form(
    words: list[str], full: NamedEntity, labels: dict[NamedEntity, set[str]], data: KindData
) -> bool:
    whole = fold(full.name).split()
    if len(words) >= len(whole):
        return False
    if _is_person(full, labels, data):
        return whole[-len(words) :] == words or (len(words) == 1 and words[0] == whole[0])
    return whole[: len(words)] == words and full.entry is None and len(words[0]) > 3


def truncations(
    text: str, found: list[FoundName], entities: dict[int, NamedEntity]
) -> dict[int, NamedEntity]:
    """Familiar shortenings with an apostrophe for the cut: "Zuck'", "Sarko'"."""
    result: dict[int, NamedEntity] = {}
    people = {e for e in entities.values() if len(e.name.split()) > 1}
    for match in _TRUNCATED.finditer(text):
        fits = {
            e for e in people if any(fold(w).startswith(fold(match[1])) for w in e.name.split())
        }
        if len(fits) != 1:
            continue
        found[:] = [f for f in found if f.end <= match.start() or f.start >= match.end()]
        place = FoundName(match.start(), match.end(), match.group(), "PER")
        found.append(place)
        result[id(place)] = fits.pop()
    found.sort(key=lambda f: f.start)
    return result
