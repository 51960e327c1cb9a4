"""Which names of an article are one entity, and of what kind.

A name that an article introduces itself needs no gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.coreference import Anaphors
from loaders.reading.first_names import FirstNames
from loaders.reading.gazetteer import Gazetteer, GazetteerMatch
from loaders.reading.gazetteer_file import Entry
from loaders.reading.kinds import KindData, NameContext, vote
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.name_model import OTHER, PLACE
from loaders.reading.name_candidates import FoundName, TaggedName, candidates
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.vocabulary import Vocabulary

_TRUNCATED: Final = re.compile(r"([A-ZÀ-Ý][\w]{2,})['’](?![\w])")
_SAID_REACH: Final = 10
_WORD: Final = re.compile(r"[\w'’&.-]+")


def find_names(
    text: str,
    tagged: Iterable[TaggedName],
    gazetteer: Gazetteer,
    language: str,
    vocabulary: Vocabulary,
) -> list[Mention]:
    """Every place where `text` names or unmistakably describes an entity, in order.

    The mentions of one entity share one `NamedEntity`, whose votes are counted and whose kind is
    settled; it is None where nothing tells.
    """
    data = KindData.of(language)
    matches = gazetteer.find(text)
    found = candidates(text, tagged, matches, vocabulary, data)
    entities = _link(found, data)
    entities |= _truncations(text, found, entities)
    mentions = [Mention(f.start, f.end, f.surface, entities[id(f)]) for f in found]
    mentions += _descriptions(matches, mentions, text)
    for mention in mentions:
        vote(mention, NameContext(text, mention.start, mention.end), data)
    for found_name, mention in zip(found, mentions, strict=False):
        _vote_sources(found_name, mention.entity, data, vocabulary)
    grown, first_names = Anaphors.of(language).grown, FirstNames.of(language)
    for entity in {mention.entity for mention in mentions}:
        entry = entity.entry
        if entry is not None:
            described = " ".join((*entry.descriptions, *entry.shared))
            entity.grown = any(word in described for word in grown)
            entity.gender = entry.gender
        entity.gender = entity.gender or first_names.gender(entity.name.split()[0])
        vote_own_words(entity, data, vocabulary)
        vote_look(entity, data, vocabulary)
        entity.settle(data.threshold)
    return sorted(mentions, key=lambda m: m.start)


def vote_own_words(entity: NamedEntity, data: KindData, vocabulary: Vocabulary) -> None:
    """Count what the words of a name say of its kind: "Université de …", "… Capital"."""
    words = [fold(word) for word in _WORD.findall(entity.name)]
    if not words:
        return
    for kind, heads in data.name_heads.items():
        if words[0] in heads and len(words) > 1:
            entity.vote(kind, 5)
    for kind, tails in data.name_tails.items():
        if words[-1].strip(".") in tails and len(words) > 1:
            entity.vote(kind, 3)
    if 2 <= len(words) <= 4 and words[0] in data.first_names:
        entity.vote(Kind.PERSON, 2.5)
    elif len(words) > 1 and vocabulary.is_common(entity.name.split()[0]):
        entity.vote(Kind.COMPANY, 1.2)


def vote_look(entity: NamedEntity, data: KindData, vocabulary: Vocabulary) -> None:
    """Count what the model of names makes of the name, and what tells a place."""
    likely = vocabulary.likely(entity.name)
    for kind in Kind:
        entity.vote(kind, data.look * likely.get(str(kind), 0.0))
    if entity.known:
        return
    for label in (PLACE, OTHER):
        entity.against += data.against[label] * likely.get(label, 0.0)
    if fold(entity.name) in data.places:
        entity.against += data.against["place"]


def _vote_sources(
    found: FoundName, entity: NamedEntity, data: KindData, vocabulary: Vocabulary
) -> None:
    label = found.label or ""
    labels = data.labels
    if " " not in entity.name and label in data.lone_labels:
        labels = data.lone_labels
    for kind, weight in labels.get(label, {}).items():
        entity.vote(kind, weight)
    if label == "LOC" and found.match is None:
        entity.against += data.against["label"]
    if found.match is not None:
        entity.known = True
        certain = 1.5 if found.match.ambiguous else 4.0
        candidates = found.match.candidates or (found.match.entry,)
        for kind in dict.fromkeys(entry.kind for entry in candidates):
            entity.vote(kind, certain if kind is candidates[0].kind else certain / 2)
        also = candidates[0].also
        if also is not None:
            entity.vote(also, 1)


def _link(found: Sequence[FoundName], data: KindData) -> dict[int, NamedEntity]:
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


def _truncations(
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


def _descriptions(
    matches: Sequence[GazetteerMatch], mentions: Sequence[Mention], text: str
) -> list[Mention]:
    """Descriptions that stand for one known entity; one shared by several goes to the one named."""
    named: dict[tuple[str, Kind], NamedEntity] = {}
    for mention in mentions:
        entry = mention.entity.entry
        if entry is not None:
            named[(entry.name, entry.kind)] = mention.entity
    result: list[Mention] = []
    taken = Taken(mentions)
    for match in matches:
        if not match.is_description:
            continue
        # A name inside a description ("la maison mère de Facebook") stays a mention of its own.
        if any(
            not (match.start < m.start and m.end <= match.end)
            for m in taken.meeting(match.start, match.end)
        ) or _is_said_of(text, match, taken):
            continue
        candidates = match.candidates or (match.entry,)
        present = [e for e in candidates if (e.name, e.kind) in named]
        if len(present) == 1:
            entity = named[(present[0].name, present[0].kind)]
        elif len(candidates) == 1 and not match.ambiguous:
            entity = _from_entry(match.entry)
            named[(match.entry.name, match.entry.kind)] = entity
        else:
            continue
        result.append(Mention(match.start, match.end, match.surface, entity, described=True))
    return result


def _is_said_of(text: str, match: GazetteerMatch, named: Taken[Mention]) -> bool:
    """Whether a description is apposed to its own entity: "Alphabet, maison mère de Google"."""
    before = next(iter(named.meeting(match.start - _SAID_REACH, match.start)[::-1]), None)
    if (
        before is None
        or before.entity.entry is None
        or before.entity.entry.name != match.entry.name
    ):
        return False
    gap = text[before.end : match.start].strip()
    return gap in {",", "(", "est", "était"}


def _from_entry(entry: Entry) -> NamedEntity:
    entity = NamedEntity(entry.name, entry)
    entity.vote(entry.kind, 4)
    return entity
