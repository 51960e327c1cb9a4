"""Finding the names in an article and deciding which of them are one entity, and of what kind.

The tagger's entities, the gazetteer and the article's own repetitions are pooled; a name that an
article introduces itself needs no gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import MAX_NAME_LENGTH, Kind
from loaders.languages import language_data
from loaders.reading.coreference import Anaphors
from loaders.reading.gazetteer import Gazetteer, GazetteerMatch
from loaders.reading.gazetteer_file import Entry
from loaders.reading.kinds import KindData, NameContext, vote
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.surfaces import fold

_NAME: Final = re.compile(r"[^\W_][\w'’.&+-]*(?:[ \u00a0](?:&[ \u00a0])?[^\W_][\w'’.&+-]*)*")
_EDGE: Final = " \u00a0\t,;:.!?«»\"“”()[]…-–—'’/|*"
_TRUNCATED: Final = re.compile(r"([A-ZÀ-Ý][\w]{2,})['’](?![\w])")
_NAME_AFTER: Final = re.compile(r"(?<![\w])[A-ZÀ-Ý0-9][\w'’.&+-]*")
_BODY_HEAD: Final = re.compile(r"(?<![\w])([A-Za-zÀ-ÿ]+) (?:(?:de la|des|du|de|de l['’]|d['’]) ?)?$")
_CAPITALISED: Final = re.compile(
    r"(?<![\w])[A-ZÀ-Ý][\w-]*[a-zà-ÿ][\w+-]*(?![\w'’])(?: (?:[A-ZÀ-Ý][\w-]+|&(?= [A-ZÀ-Ý])))*"
)
_SENTENCE_BREAK: Final = re.compile(r"[\w]{2}[.!?] ")
_PARTICLE_GAP: Final = re.compile(r" (?:(?:de la|de|du|des|d['’]|von|van der|van|ben|bin|al|el|le|la|di|da|dos) ?)?")
_WORD: Final = re.compile(r"[\w'’&.-]+")


@dataclass(frozen=True, slots=True)
class TaggedName:
    """What the named-entity tagger found: a place in the article and its label."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    surface: str
    label: str | None = None
    match: GazetteerMatch | None = None


def find_names(
    text: str,
    tagged: Iterable[TaggedName],
    gazetteer: Gazetteer,
    language: str,
    is_common: Callable[[str], bool],
) -> list[Mention]:
    """Every place where `text` names or unmistakably describes an entity, in order.

    The mentions of one entity share one `NamedEntity`, whose votes are counted and whose kind is
    settled; it is None where nothing tells. `is_common` tells a word of the language from one that
    is only ever a name.
    """
    data = KindData.of(language)
    matches = gazetteer.find(text)
    found = _pool(text, tagged, [m for m in matches if not m.is_description], data)
    found = _without_common_words(text, found, is_common)
    found = [_extended(text, place, data) for place in _joined(text, found)]
    found = [place for place in found if not _belongs_to_title(text, place.start, data)]
    found += _unseen(text, found, is_common, data)
    found += _repeated(text, found)
    found.sort(key=lambda f: f.start)
    entities = _link(found, data, gazetteer)
    entities |= _truncations(text, found, entities)
    mentions = [Mention(f.start, f.end, f.surface, entities[id(f)]) for f in found]
    mentions += _descriptions(matches, mentions, text)
    for mention in mentions:
        vote(mention, NameContext(text, mention.start, mention.end), data)
    for found_name, mention in zip(found, mentions, strict=False):
        _vote_sources(found_name, mention.entity, data)
    grown = Anaphors.of(language).grown
    for entity in {mention.entity for mention in mentions}:
        entry = entity.entry
        if entry is not None:
            described = " ".join((*entry.descriptions, *entry.shared))
            entity.grown = any(word in described for word in grown)
            entity.gender = entity.gender or entry.gender
        vote_own_words(entity, data)
        entity.settle(data.threshold)
    return sorted(mentions, key=lambda m: m.start)


def vote_own_words(entity: NamedEntity, data: KindData) -> None:
    """Count what the words of a name say of its kind: "Université de …", "… Capital"."""
    words = [fold(word) for word in _WORD.findall(entity.name)]
    if not words:
        return
    for kind, heads in data.name_heads.items():
        if words[0] in heads and len(words) > 1:
            entity.vote(kind, 3)
    for kind, tails in data.name_tails.items():
        if words[-1].strip(".") in tails and len(words) > 1:
            entity.vote(kind, 3)
    if 2 <= len(words) <= 4 and words[0] in data.first_names:
        entity.vote(Kind.PERSON, 2.5)


def _vote_sources(found: _Found, entity: NamedEntity, data: KindData) -> None:
    label = found.label or ""
    labels = data.labels
    if " " not in entity.name and label in data.lone_labels:
        labels = data.lone_labels
    for kind, weight in labels.get(label, {}).items():
        entity.vote(kind, weight)
    if found.match is not None:
        entity.known = True
        certain = 1.5 if found.match.ambiguous else 4.0
        candidates = found.match.candidates or (found.match.entry,)
        for kind in dict.fromkeys(entry.kind for entry in candidates):
            entity.vote(kind, certain if kind is candidates[0].kind else certain / 2)


def _pool(
    text: str, tagged: Iterable[TaggedName], matches: Sequence[GazetteerMatch], data: KindData
) -> list[_Found]:
    """One list of places from tagger and gazetteer, none overlapping.

    Where both cover a place the gazetteer's match stands, unless the tagger's name holds it with
    more capitalised words around: "Apple" in "Apple Valley Bank".
    """
    names = [name for name in (_clean(text, t, data) for t in tagged) if name is not None]
    result: list[_Found] = []
    for name in names:
        inside = [m for m in matches if m.start < name.end and name.start < m.end]
        if not inside:
            result.append(name)
            continue
        covering = [m for m in inside if m.start <= name.start and name.end <= m.end]
        if covering:
            continue
        if len(inside) == 1 and _is_longer_name(text, name, inside[0], data):
            result.append(name)
    taken = [(f.start, f.end) for f in result]
    labels = {(n.start, n.end): n.label for n in names}
    for match in matches:
        if any(start < match.end and match.start < end for start, end in taken):
            continue
        label = labels.get((match.start, match.end)) or next(
            (n.label for n in names if n.start < match.end and match.start < n.end), None
        )
        if match.ambiguous and label is None and not _stands_as_name(text, match):
            continue
        result.append(_Found(match.start, match.end, match.surface, label, match))
    return sorted(result, key=lambda f: f.start)


def _without_common_words(
    text: str, found: list[_Found], is_common: Callable[[str], bool]
) -> list[_Found]:
    """Drop words that have their capital only from opening a sentence or a list item."""
    inside = {f.surface for f in found if not _opens_sentence(text, f.start)}
    result: list[_Found] = []
    for place in found:
        if place.match is None and _opens_sentence(text, place.start):
            first, _, rest = place.surface.partition(" ")
            common = is_common(first.lower()) and place.surface not in inside
            if common and not rest and place.label != "PER":
                continue
            if common and (rest[:1].islower() or not is_common(first)):
                names = _NAME_AFTER.search(rest)
                if names is None:
                    continue
                start = place.start + len(first) + 1 + names.start()
                place = _Found(start, place.end, text[start : place.end], None)
        result.append(place)
    return result


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \u00a0«\"“(-–—•*")
    return not before or before[-1] in ".!?…\n:"


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Join the halves of a person's name that a particle parts: "Hervé de La Martinière"."""
    result: list[_Found] = []
    for place in found:
        last = result[-1] if result else None
        gap = text[last.end : place.start] if last is not None else ""
        if (
            last is not None
            and last.match is None
            and place.match is None
            and "PER" in (last.label, place.label)
            and len(gap) > 1
            and " " not in last.surface
            and _PARTICLE_GAP.fullmatch(gap)
        ):
            whole = text[last.start : place.end]
            result[-1] = _Found(last.start, place.end, whole, "PER")
        else:
            result.append(place)
    return result


def _belongs_to_title(text: str, start: int, data: KindData) -> bool:
    """Whether the name is part of another thing's: "le prix Turing", "la rue Lafayette"."""
    before = text[max(0, start - 20) : start].rstrip().rpartition(" ")[2]
    return before.lower() in data.not_after


def _extended(text: str, place: _Found, data: KindData) -> _Found:
    """A body's name from its first noun on: "ministère de la Culture", "université McGill"."""
    head = _BODY_HEAD.search(text, max(0, place.start - 30), place.start)
    if head is None or place.match is not None or head[1].lower() not in data.extended_heads:
        return place
    return _Found(head.start(1), place.end, text[head.start(1) : place.end], "ORG")


def _stands_as_name(text: str, match: GazetteerMatch) -> bool:
    """An ambiguous name unseen by the tagger counts only inside a sentence, with a capital."""
    before = text[max(0, match.start - 2) : match.start]
    return bool(before.strip()) and before.strip()[-1:].isalpha() and match.surface[:1].isupper()


def _is_longer_name(text: str, name: _Found, match: GazetteerMatch, data: KindData) -> bool:
    rest = (text[name.start : match.start] + " " + text[match.end : name.end]).split()
    own = [word for word in rest if word.strip(_EDGE)]
    if _SENTENCE_BREAK.search(text, name.start, name.end):
        return False
    return bool(own) and all(
        (word[0].isupper() or word[0].isdigit() or word in data.particles)
        and fold(word) not in data.person_heads
        for word in own
    )


def _clean(text: str, tagged: TaggedName, data: KindData) -> _Found | None:
    """The tagger's span without articles, titles and punctuation at its ends, or None."""
    start, end = tagged.start, tagged.end
    line = text.find("\n", start, end)
    if line >= 0:
        end = line
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not _is_abbreviated(text, start, end):
        end -= 1
    while start < end:
        word = _WORD.match(text, start, end)
        if word is None:
            break
        bare = word.group().strip(_EDGE)
        lead = re.match(r"[a-zàâçéèêëîïôûù]{1,2}['’]", word.group())
        if lead and word.end() - word.start() > lead.end():
            start += lead.end()
            continue
        dropped = fold(bare) in data.dropped_leads or (
            bare[:1].islower() and bare not in data.particles
        )
        if not dropped:
            break
        start = word.end()
        while start < end and text[start] in _EDGE:
            start += 1
    surface = text[start:end]
    if not surface or not _is_name(surface, data) or end - start > MAX_NAME_LENGTH:
        return None
    return _Found(start, end, surface, tagged.label)


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and bool(
        re.search(r"\b(?:Inc|Corp|Co|Ltd|Jr|Sr|[A-Z])\.$", text[start:end])
    )


def _is_name(surface: str, data: KindData) -> bool:
    if surface in data.not_names or fold(surface) in data.not_names_folded:
        return False
    letters = [c for c in surface if c.isalpha()]
    return len(letters) >= 2 and any(c.isupper() for c in surface)


def _unseen(
    text: str, found: Sequence[_Found], is_common: Callable[[str], bool], data: KindData
) -> list[_Found]:
    """Capitalised words that neither tagger nor gazetteer knows; what is said of them decides."""
    taken = sorted((f.start, f.end) for f in found)
    result: list[_Found] = []
    position = 0
    for match in _CAPITALISED.finditer(text):
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        if position < len(taken) and taken[position][0] < match.end():
            continue
        surface = match.group().rstrip(".'’-")
        opening = _opens_sentence(text, match.start())
        if opening and is_common(surface.split()[0].lower()):
            continue
        if len(surface) > 2 and _is_name(surface, data):
            result.append(_Found(match.start(), match.start() + len(surface), surface))
    return result


def _repeated(text: str, found: Sequence[_Found]) -> list[_Found]:
    """Further places of names already found, that tagger and gazetteer passed over."""
    surfaces = sorted({f.surface for f in found if len(f.surface) >= 3}, key=len, reverse=True)
    if not surfaces:
        return []
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, surfaces)) + r")(?![\w])")
    starts = sorted((f.start, f.end) for f in found)
    result: list[_Found] = []
    position = 0
    for match in pattern.finditer(text):
        while position < len(starts) and starts[position][1] <= match.start():
            position += 1
        if position < len(starts) and starts[position][0] < match.end():
            continue
        result.append(_Found(match.start(), match.end(), match.group()))
    return result


def _link(found: Sequence[_Found], data: KindData, gazetteer: Gazetteer) -> dict[int, NamedEntity]:
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
    found: Sequence[_Found],
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
    text: str, found: list[_Found], entities: dict[int, NamedEntity]
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
        place = _Found(match.start(), match.end(), match.group(), "PER")
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
    for match in matches:
        if not match.is_description:
            continue
        if any(m.start < match.end and match.start < m.end for m in mentions):
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


def _from_entry(entry: Entry) -> NamedEntity:
    entity = NamedEntity(entry.name, entry)
    entity.vote(entry.kind, 4)
    return entity


@cache
def name_data(language: str) -> dict[str, Any]:
    """What the language says of names: particles, first names, versions."""
    return language_data(language, "names")
