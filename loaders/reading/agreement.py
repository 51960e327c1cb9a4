"""Whether an entity can be what an expression stands for: number, gender, country, sector, noun."""

from __future__ import annotations

from graph.model import Kind
from loaders.reading.anaphors import Anaphor
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
    if anaphor.demonym and not country:
        return False
    if anaphor.young and (entity.grown or not anaphor.grown.isdisjoint(entity.called)):
        return False
    sectors = entity.entry.sectors if entity.entry is not None else ()
    return (
        not (anaphor.sectors and sectors)
        or bool(anaphor.sectors & set(sectors))
        or is_called(entity, anaphor)
    )


def is_called(entity: NamedEntity, anaphor: Anaphor) -> bool:
    """Whether the article calls it by such a noun, perhaps with more: "directeur" of finance."""
    for noun in anaphor.nouns if entity.called else ():
        if noun in entity.called:
            return True
        longer = f"{noun} "
        for called in entity.called:
            if called.startswith(longer):
                return True
    return False


def is_said_so(entity: NamedEntity, anaphor: Anaphor) -> bool:
    """Whether the article calls it by such a noun, or by one that is said of the same sort."""
    return is_called(entity, anaphor) or not anaphor.alike.isdisjoint(entity.called)


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
