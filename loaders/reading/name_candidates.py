"""Where an article may name something: tagger, gazetteer, capitals and repetitions pooled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.model import MAX_NAME_LENGTH
from loaders.reading.gazetteer import GazetteerMatch
from loaders.reading.kinds import KindData
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.vocabulary import Vocabulary

_EDGE: Final = " \u00a0\t,;:.!?«»\"“”()[]…-–—'’/|*"
_NAME_AFTER: Final = re.compile(r"(?<![\w])[A-ZÀ-Ý0-9][\w'’.&+-]*")
_BODY_HEAD: Final = re.compile(
    r"(?<![\w])([A-Za-zÀ-ÿ]+) (?:(?:de la|des|du|de|de l['’]|d['’]) ?)?$"
)
_CAPITALISED: Final = re.compile(
    r"(?<![\w])[A-ZÀ-Ý][\w-]*[a-zà-ÿ][\w+-]*(?![\w'’])(?: (?:[A-ZÀ-Ý][\w-]+|&(?= [A-ZÀ-Ý])))*"
)
_BODY_TAIL: Final = re.compile(r"(?: [a-zà-ÿ]+){0,2} (?:de la |de l['’]|des |du |de |d['’])[\w-]+")
_AMPERSAND: Final = re.compile(
    r"(?<![\w])(?:[A-ZÀ-Ý][\w'’-]+ )+& (?:[A-ZÀ-Ý][\w'’-]+)(?: [A-ZÀ-Ý][\w-]+)*"
)
_SENTENCE_BREAK: Final = re.compile(r"[\w]{2}[.!?] ")
_PARTICLE_GAP: Final = re.compile(
    r" (?:(?:de la|de|du|des|d['’]|von|van der|van|ben|bin|al|el|le|la|di|da|dos) ?)?"
)
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
_WORD: Final = re.compile(r"[\w'’&.-]+")


@dataclass(frozen=True, slots=True)
class TaggedName:
    """What the named-entity tagger found: a place in the article and its label."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class FoundName:
    """A place that may be a name: what the tagger calls it and what the gazetteer knows of it."""

    start: int
    end: int
    surface: str
    label: str | None = None
    match: GazetteerMatch | None = None


def candidates(
    text: str,
    tagged: Iterable[TaggedName],
    matches: Sequence[GazetteerMatch],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """Every place in `text` that may be a name, in order, none overlapping."""
    found = _pool(text, tagged, [m for m in matches if not m.is_description], vocabulary, data)
    found = _without_common_words(text, found, vocabulary)
    found = [_extended(text, place, data) for place in _joined(text, _ampersands(text, found))]
    found = [place for place in found if not _belongs_to_title(text, place.start, data)]
    found += _unseen(text, found, vocabulary, data)
    found += _repeated(text, found)
    return sorted(found, key=lambda place: place.start)


def _pool(
    text: str,
    tagged: Iterable[TaggedName],
    matches: Sequence[GazetteerMatch],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """One list of places from tagger and gazetteer, none overlapping.

    Where both cover a place the gazetteer's match stands, unless the tagger's name holds it with
    more capitalised words around: "Apple" in "Apple Valley Bank".
    """
    names = [name for name in (_clean(text, t, data) for t in tagged) if name is not None]
    result: list[FoundName] = []
    known = Taken(matches)
    for name in names:
        inside = known.meeting(name.start, name.end)
        if not inside:
            result.append(name)
            continue
        covering = [m for m in inside if m.start <= name.start and name.end <= m.end]
        if covering:
            continue
        owner = inside[-1]
        before = text[name.start : owner.start]
        if owner.end == name.end and before.rstrip().endswith(
            (" de", " d'", " d’", " du", " chez")
        ):
            # "Solène Mercier de Thales": a person and where she works.
            person = before.rstrip().rpartition(" ")[0]
            result.append(FoundName(name.start, name.start + len(person), person, name.label))
        elif len(inside) == 1 and _is_longer_name(text, name, owner, data):
            result.append(name)
    taken = Taken(_without_overlaps(result))
    tagged_names = Taken(_without_overlaps(names))
    labels = {(n.start, n.end): n.label for n in names}
    for match in matches:
        if not taken.is_free(match.start, match.end):
            continue
        label = labels.get((match.start, match.end)) or next(
            (name.label for name in tagged_names.meeting(match.start, match.end)), None
        )
        if match.ambiguous and label is None and not _stands_as_name(text, match, vocabulary):
            continue
        result.append(FoundName(match.start, match.end, match.surface, label, match))
    return sorted(result, key=lambda f: f.start)


def _without_overlaps(names: list[FoundName]) -> list[FoundName]:
    result: list[FoundName] = []
    for name in sorted(names, key=lambda n: n.start):
        if not result or result[-1].end <= name.start:
            result.append(name)
    return result


def _without_common_words(
    text: str, found: list[FoundName], vocabulary: Vocabulary
) -> list[FoundName]:
    """Drop words that have their capital only from opening a sentence or a list item."""
    inside = {f.surface for f in found if not _opens_sentence(text, f.start)}
    result: list[FoundName] = []
    for place in found:
        if place.match is None and _opens_sentence(text, place.start):
            first, _, rest = place.surface.partition(" ")
            common = vocabulary.is_common(first.lower()) and place.surface not in inside
            if common and not rest and place.label != "PER":
                continue
            if common and rest[:1].islower():
                names = _NAME_AFTER.search(rest)
                if names is None:
                    continue
                start = place.start + len(first) + 1 + names.start()
                result.append(FoundName(start, place.end, text[start : place.end], None))
                continue
        result.append(place)
    return result


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' \u00a0«"“(-–—•*')
    return not before or before[-1] in ".!?…\n:"


def _ampersands(text: str, found: list[FoundName]) -> list[FoundName]:
    """Two capitalised words around "&" are one name: "Elle & Vire", "Moët & Chandon"."""
    known = [f for f in found if f.match is not None and "&" in f.surface]
    spans = [m for m in _AMPERSAND.finditer(text) if Taken(known).is_free(m.start(), m.end())]
    if not spans:
        return found
    pooled = Taken(found)
    result = list(known)
    for span in spans:
        inside = pooled.meeting(span.start(), span.end())
        label = next((f.label for f in inside if f.label), None)
        result.append(FoundName(span.start(), span.end(), span.group(), label))
    taken = Taken(result)
    result += [f for f in found if taken.is_free(f.start, f.end)]
    return sorted(result, key=lambda f: f.start)


def _joined(text: str, found: list[FoundName]) -> list[FoundName]:
    """Join the halves of a person's name that a particle parts: "Hervé de La Martinière"."""
    result: list[FoundName] = []
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
            result[-1] = FoundName(last.start, place.end, whole, "PER")
        else:
            result.append(place)
    return result


def _belongs_to_title(text: str, start: int, data: KindData) -> bool:
    """Whether the name is part of another thing's: "le prix Turing", "la rue Lafayette"."""
    before = text[max(0, start - 20) : start].rstrip().rpartition(" ")[2]
    return before.lower() in data.not_after


def _extended(text: str, place: FoundName, data: KindData) -> FoundName:
    """A body's name from its first noun on: "ministère de la Culture", "université McGill"."""
    if place.match is not None:
        return place
    start, end = place.start, place.end
    head = _BODY_HEAD.search(text, max(0, start - 30), start)
    if head is not None and head[1].lower() in data.extended_heads:
        start = head.start(1)
    first = fold(text[start:end].partition(" ")[0])
    if first in data.organization_heads:
        tail = _BODY_TAIL.match(text, end)
        if tail is not None and " " not in text[start:end]:
            end = tail.end()
    if (start, end) == (place.start, place.end):
        return place
    return FoundName(start, end, text[start:end], "ORG")


def _stands_as_name(text: str, match: GazetteerMatch, vocabulary: Vocabulary) -> bool:
    """An ambiguous name that the tagger did not see needs a capital that nothing else explains."""
    if not match.surface[:1].isupper():
        return False
    if _opens_sentence(text, match.start):
        return not vocabulary.is_common(match.surface.split()[0])
    return True


def _is_longer_name(text: str, name: FoundName, match: GazetteerMatch, data: KindData) -> bool:
    rest = (text[name.start : match.start] + " " + text[match.end : name.end]).split()
    own = [word for word in rest if word.strip(_EDGE)]
    if _SENTENCE_BREAK.search(text, name.start, name.end):
        return False
    return bool(own) and all(
        (word[0].isupper() or word[0].isdigit() or word in data.particles)
        and fold(word) not in data.person_heads
        for word in own
    )


def _clean(text: str, tagged: TaggedName, data: KindData) -> FoundName | None:
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
    end = _without_lower_tail(text, start, end, data)
    surface = text[start:end]
    if not surface or not _is_name(surface, data) or end - start > MAX_NAME_LENGTH:
        return None
    return FoundName(start, end, surface, tagged.label)


def _without_lower_tail(text: str, start: int, end: int, data: KindData) -> int:
    """Where a name ends once a small word that the tagger took along is cut off."""
    head, _, last = text[start:end].rpartition(" ")
    before = head.rpartition(" ")[2]
    if last.islower() and before[:1].isupper() and fold(before) not in data.body_heads:
        return start + len(head)
    return end


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and bool(
        re.search(r"\b(?:Inc|Corp|Co|Ltd|Jr|Sr|[A-Z])\.$", text[start:end])
    )


def _is_name(surface: str, data: KindData) -> bool:
    folded = fold(surface)
    if surface in data.not_names or folded in data.not_names_folded or folded.startswith("ex-"):
        return False
    letters = [c for c in surface if c.isalpha()]
    return len(letters) >= 2 and any(c.isupper() for c in surface)


def _unseen(
    text: str, found: Sequence[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """Capitalised words that neither tagger nor gazetteer knows; what is said of them decides."""
    taken = Taken(found)
    result: list[FoundName] = []
    for match in _CAPITALISED.finditer(text):
        surface = match.group().rstrip(".'’-")
        if not taken.is_free(match.start(), match.end()):
            continue
        if _opens_sentence(text, match.start()) and vocabulary.is_common(surface.split()[0].lower()):
            continue
        if len(surface) > 2 and _is_name(surface, data):
            result.append(FoundName(match.start(), match.start() + len(surface), surface))
    return result


def _repeated(text: str, found: Sequence[FoundName]) -> list[FoundName]:
    """Further places of names already found, that tagger and gazetteer passed over."""
    by_first_word: dict[str, list[str]] = {}
    for surface in sorted({f.surface for f in found if len(f.surface) >= 3}, key=len, reverse=True):
        first = _FIRST_WORD.match(surface)
        if first is not None:
            by_first_word.setdefault(first.group(), []).append(surface)
    taken = Taken(found)
    result: list[FoundName] = []
    free_from = 0
    for word in _FIRST_WORD.finditer(text):
        if word.start() < free_from:
            continue
        for surface in by_first_word.get(word.group(), ()):
            end = word.start() + len(surface)
            whole = text.startswith(surface, word.start()) and not text[end : end + 1].isalnum()
            if whole and taken.is_free(word.start(), end):
                result.append(FoundName(word.start(), end, surface))
                free_from = end
                break
    return result
