"""Which places of an article name one entity: by spelling, surname, short form or acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from graph.model import Kind
from loaders.reading.evidence import is_said_of_a_company
from loaders.reading.evidence_data import Evidence
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.name_candidates import FoundName
from loaders.reading.neighbours import Neighbours
from loaders.reading.surfaces import fold, plain

_INITIAL_WORD: Final = re.compile(r"[A-Za-z]+")
_LEGAL_FORMS: Final = frozenset(
    {
        *("plc", "sa", "sas", "se", "ag", "nv", "inc", "corp", "ltd", "llc", "gmbh", "spa", "co"),
        *("sca", "sasu", "sarl", "eurl", "scop", "llp", "bv", "oyj", "kg", "kgaa"),
    }
)
_KIN: Final = re.compile(r"([\w-]+) (?:de |d['’])$")
_OFTEN: Final = 3
_SMALL_WORD: Final = 3
_BRACKET: Final = re.compile(r" \((?:(?:the|la|le|les|La|Le|Les) |[lL]['’])?")
_ARTICLE: Final = re.compile(r"(?:(?:la|le|les) |l['’])", re.I)
_TRUNCATED: Final = re.compile(r"([A-ZÀ-Ý][\w]{2,})['’](?![\w])")


_LONG: Final = 4
"""Letters that the first word of a known firm's name has at least, and more, if it is its name."""


def link(
    text: str,
    found: Sequence[FoundName],
    around: Neighbours,
    evidence: Evidence,
    data: KindData,
) -> dict[int, NamedEntity]:
    """Which places name one entity: by entry, spelling, surname, short form or acronym."""
    by_key: dict[str, NamedEntity] = {}
    entities: dict[int, NamedEntity] = {}
    surnames = {
        fold(place.surface.rpartition(" ")[2])
        for place in found
        if " " in place.surface and fold(place.surface.partition(" ")[0]) in data.first_names
    }
    for place in found:
        entry = place.match.entry if place.match and not place.match.ambiguous else None
        key = f"entry:{entry.name}:{entry.kind}" if entry else f"name:{_bare(place.surface)}"
        if fold(place.surface) in surnames and is_said_of_a_company(
            around.before(place.start), evidence
        ):
            key = f"thing:{fold(place.surface)}"  # "le groupe Bolloré", not Vincent Bolloré
        entity = by_key.get(key)
        if entity is None:
            entity = by_key[key] = NamedEntity(place.surface, entry)
        entity.names.add(place.surface)
        if entry is None and (
            len(place.surface) > len(entity.name)
            or (entity.name.isupper() and not place.surface.isupper())
        ):
            entity.name = place.surface
        entities[id(place)] = entity
    for entity in by_key.values():
        if entity.entry is not None:
            entity.name = _fullest(entity)
    things = {entity for key, entity in by_key.items() if key.startswith("thing:")}
    others = [entity for entity in by_key.values() if entity not in things]
    alias = _respelt(others) | _without_articles(others)
    alias |= _acronyms(text, found, entities, data)
    for short, full in _short_forms(text, others, found, entities, data).items():
        alias.setdefault(short, full)
    return {key: _followed(alias, entity) for key, entity in entities.items()}


def _bare(surface: str) -> str:
    """A name as it is compared: folded, without its legal form ("Varnet Inc.")."""
    words = fold(surface).replace(",", "").split()
    while len(words) > 1 and words[-1].strip(".") in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _followed(alias: dict[NamedEntity, NamedEntity], entity: NamedEntity) -> NamedEntity:
    """What an entity is an alias of, over a few steps at most."""
    for _ in range(3):
        entity = alias.get(entity, entity)
    return entity


def _respelt(entities: Sequence[NamedEntity]) -> dict[NamedEntity, NamedEntity]:
    """Names to the entry that is written alike here: "CARREFOUR", "Carrefour SA"."""
    known: dict[str, NamedEntity] = {}
    for entity in entities:
        for name in entity.names if entity.entry is not None else ():
            known.setdefault(fold(name), entity)
    alias: dict[NamedEntity, NamedEntity] = {}
    for entity in entities:
        other = known.get(_bare(entity.name))
        if entity.entry is None and other is not None:
            alias[entity] = other
            other.names |= entity.names
            other.name = _fullest(other)
    return alias


def _without_articles(entities: Sequence[NamedEntity]) -> dict[NamedEntity, NamedEntity]:
    """Names without an article to those with one: "Grand Réfectoire", "Le Grand Réfectoire"."""
    whole = {fold(e.name): e for e in entities}
    alias: dict[NamedEntity, NamedEntity] = {}
    for name, entity in whole.items():
        other = whole.get(_ARTICLE.sub("", name, count=1))
        if other is None or other is entity or {entity.entry, other.entry} != {None}:
            continue
        alias[other] = entity
        entity.names |= other.names
    return alias


def _acronyms(
    text: str,
    found: Sequence[FoundName],
    linked: dict[int, NamedEntity],
    data: KindData,
) -> dict[NamedEntity, NamedEntity]:
    """Acronyms to what they stand for: in brackets beside it, or by its initials later on."""
    alias: dict[NamedEntity, NamedEntity] = {}
    for left, right in pairwise(found):
        gap = _BRACKET.fullmatch(text, left.end, right.start)
        if gap is None or text[right.end : right.end + 1] != ")":
            continue
        for short, full in ((right, left), (left, right)):
            letters = _ARTICLE.sub("", short.surface, count=1)
            if " " in letters or " " not in full.surface or linked[id(full)] in alias:
                continue
            if full.label == "PER" or not _abbreviates(letters, full.surface):
                continue
            one, other = linked[id(short)], linked[id(full)]
            if (
                _is_person(one, {}, data)
                and not _is_person(other, {}, data)
                and one.entry is not None
            ):
                one = _unknown(one, found, linked)  # "Montpellier Business School (MBS)"
            if one is other or (one.entry is not None and other.entry is not None):
                continue
            if one.entry is not None:
                one, other = other, one
                other.name = one.name
            alias[one] = other
            other.names |= one.names
            break
    entities = list(dict.fromkeys(linked.values()))
    for entity in entities:
        if entity.entry is not None or entity in alias or not _is_acronym(entity.name):
            continue
        fits = [e for e in entities if " " in e.name and entity.name in _initials(e.name)]
        fits = [e for e in fits if fold(e.name.split()[0]) not in data.first_names]
        if len(fits) == 1:
            alias[entity] = fits[0]
            fits[0].names |= entity.names
    return alias


def _unknown(
    entity: NamedEntity, found: Sequence[FoundName], linked: dict[int, NamedEntity]
) -> NamedEntity:
    """An entity anew, of whose letters the article tells something else than the gazetteer."""
    anew = NamedEntity(entity.name)
    anew.names |= entity.names
    for place in found:
        if linked[id(place)] is entity:
            place.match = None
            linked[id(place)] = anew
    return anew


def _is_acronym(name: str) -> bool:
    return 2 < len(name) < 8 and name.isalpha() and name.isupper()


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` stand in `full` in order, the first at its beginning."""
    letters, whole = fold(short), fold(full)
    if not 1 < len(letters) < 9 or not short[0].isupper() or letters[0] != whole[0]:
        return False
    position = 0
    for letter in letters:
        position = whole.find(letter, position) + 1
        if not position:
            return False
    return True


def _initials(name: str) -> set[str]:
    """The initials of a name, with and without those of its small words."""
    words = _INITIAL_WORD.findall(plain(name))
    return {
        "".join(word[0].upper() for word in words),
        "".join(word[0].upper() for word in words if len(word) > _SMALL_WORD),
    }


def _fullest(entity: NamedEntity) -> str:
    """The fullest name that the article itself uses; an acronym gives way to words."""
    return max(
        entity.names, key=lambda name: (len(name.split()), not name.isupper(), len(name), name)
    )


def _short_forms(
    text: str,
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
    first: dict[NamedEntity, int] = {}
    for place in found:
        first.setdefault(linked[id(place)], place.start)

    def used_before(short: NamedEntity, person: NamedEntity) -> bool:
        """Whether it is named so often before the person that it can be no surname."""
        before = sum(linked[id(p)] is short and p.start < first[person] for p in found)
        return before >= _OFTEN

    full = [e for e in entities if len(e.name.split()) > 1]
    alias: dict[NamedEntity, NamedEntity] = {}
    for short in entities:
        if short.entry is not None and not _is_person(short, labels, data):
            continue
        words = fold(short.name).split()
        fits = [e for e in full if e is not short and _is_short_form(words, e, labels, data)]
        if len(fits) > 1:
            fits = [e for e in fits if _is_person(e, labels, data)]
        if len(fits) > 1:
            fits = [e for e in fits if not _is_only_a_relative(e, text, found, linked, data)]
        # What was named before the longer name is its parent: "Polyvance", "Polyvance Médical".
        if len(fits) != 1 or _is_subsidiary(text, fits[0], found, linked, data):
            continue
        named_first = first[fits[0]] < first[short]
        surname = _is_person(fits[0], labels, data) and not used_before(short, fits[0])
        if named_first or surname or _adds_a_form(words, fits[0], data):
            alias[short] = fits[0]
            fits[0].names |= short.names
    return alias


def _adds_a_form(words: list[str], full: NamedEntity, data: KindData) -> bool:
    """Whether the longer name adds only what sort of company it is: "Astanor Ventures"."""
    return set(fold(full.name).split()[len(words) :]) <= data.name_tails[Kind.COMPANY]


def _is_subsidiary(
    text: str,
    full: NamedEntity,
    found: Sequence[FoundName],
    linked: dict[int, NamedEntity],
    data: KindData,
) -> bool:
    """Whether the longer name is said to be a part's: "sa filiale Hestia Immobilier"."""
    places = [place.start for place in found if linked[id(place)] is full]
    nouns = (lowered(text[max(0, start - 20) : start]).split()[-1:] for start in places)
    return any(noun and noun[0] in data.parts for noun in nouns)


def _is_only_a_relative(
    person: NamedEntity,
    text: str,
    found: Sequence[FoundName],
    linked: dict[int, NamedEntity],
    data: KindData,
) -> bool:
    """Whether the article names a person only as another's kin: "le fils de X"."""
    before = [
        _KIN.search(text, max(0, place.start - 40), place.start)
        for place in found
        if linked[id(place)] is person
    ]
    return all(match is not None and fold(match[1]) in data.kin for match in before)


def _is_person(entity: NamedEntity, labels: dict[NamedEntity, set[str]], data: KindData) -> bool:
    if entity.entry is not None:
        return entity.entry.kind is Kind.PERSON
    first = fold(entity.name).split()[0]
    return "PER" in labels.get(entity, ()) or first in data.first_names


def _is_short_form(
    words: list[str], full: NamedEntity, labels: dict[NamedEntity, set[str]], data: KindData
) -> bool:
    whole = fold(full.name).split()
    if len(words) > 1 and len(words[0].strip(".")) == 1 and _is_person(full, labels, data):
        return words[0][0] == whole[0][0] and whole[1 - len(words) :] == words[1:] != whole
    if len(words) >= len(whole):
        return False
    if _is_person(full, labels, data):
        ends = words[0] == whole[0] and (len(words) == 1 or words[-1] in whole[1:])
        return whole[-len(words) :] == words or ends
    if whole[0] in data.dropped_heads and whole[1:] == words:
        return True  # "Groupe Canam", "Canam"
    if whole[0] in data.extended_heads and whole[-len(words) :] == words:
        return True  # "la fondation Wikimedia", "Wikimedia"
    if full.entry is not None:
        # Unless it is a word that many begin with: "Banque", "Groupe".
        if full.entry.kind is Kind.ORGANIZATION and words == whole[:1]:
            return words[0] in data.organization_heads  # "l'Institut Curie", "l'Institut"
        firm = full.entry.kind is Kind.COMPANY and words[0] not in data.body_words
        return firm and whole[: len(words)] == words and len(words[0]) > _LONG
    return whole[: len(words)] == words and len(words[0]) > 3


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
