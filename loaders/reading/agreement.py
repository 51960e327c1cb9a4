"""Whether an entity can be what an expression stands for: number, gender, country, sector, noun."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import Kind
from loaders.reading.anaphors import Anaphor
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity


def agrees(entity: NamedEntity, anaphor: Anaphor) -> bool:
    """Whether nothing that is known of the entity speaks against it."""
    gender = gender_of(entity)
    if anaphor.gender and gender and entity.kind is Kind.PERSON and anaphor.gender != gender:
        return False
    country = country_of(entity)
    if anaphor.country and country and anaphor.country != country:
        return False
    if entity.origin in anaphor.elsewhere:
        return False
    if anaphor.unlike and lowered(entity.name).split()[0] in anaphor.unlike:
        return is_called(entity, anaphor)
    if anaphor.demonym and (not country or (anaphor.origin and not entity.origin)):
        return False  # "le Toulousain" is who was said to be from there
    if anaphor.young and (entity.grown or not anaphor.grown.isdisjoint(entity.called)):
        return False
    if not anaphor.apart.isdisjoint(entity.called) and anaphor.kin.isdisjoint(entity.called):
        return is_called(entity, anaphor)
    sectors = entity.entry.sectors if entity.entry is not None else ()
    return (
        not (anaphor.sectors and sectors)
        or bool(anaphor.sectors & set(sectors))
        or is_called(entity, anaphor)
    )


def is_called(entity: NamedEntity, anaphor: Anaphor, before: int | None = None) -> bool:
    """Whether the article calls it by such a noun, perhaps with more: "directeur" of finance.

    With `before`, only if it does so before that place.
    """
    return bool(anaphor.nouns) and is_called_by(entity, anaphor.nouns, before)


def is_called_by(entity: NamedEntity, nouns: Collection[str], before: int | None = None) -> bool:
    """Whether the article calls it by one of these nouns, perhaps with more behind the noun."""
    for called in entity.called:
        end = len(called)
        while end > 0:
            if called[:end] in nouns and _is_known(entity, called, before):
                return True
            end = called.rfind(" ", 0, end)
    return False


def is_said_so(entity: NamedEntity, anaphor: Anaphor, before: int | None = None) -> bool:
    """Whether the article calls it by such a noun, or by one that is said of the same sort."""
    if is_called(entity, anaphor, before):
        return True
    return any(
        noun in entity.called and _is_known(entity, noun, before)
        for noun in (anaphor.alike if entity.called else ())
    )


def _is_known(entity: NamedEntity, noun: str, before: int | None) -> bool:
    return before is None or entity.called_at.get(noun, -1) < before


def gender_of(entity: NamedEntity) -> str | None:
    """Of a person, or of the nouns that a company is called by if they are all of one."""
    if entity.kind is Kind.PERSON and entity.gender:
        return entity.gender
    return next(iter(entity.articles)) if len(entity.articles) == 1 else None


def country_of(entity: NamedEntity) -> str | None:
    """Where it is from, by what is known of it or by what the article calls it."""
    entry = entity.entry
    return entry.country if entry is not None and entry.country else entity.country


def is_outlet(entity: NamedEntity) -> bool:
    """Whether the gazetteer knows it as a newspaper, a channel or an agency."""
    return entity.entry is not None and entity.entry.news
