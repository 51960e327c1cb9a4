"""Names that tagger and gazetteer saw in part, made whole: particles, bodies, titles, versions."""

from __future__ import annotations

import re
from typing import Final

from graph.model import Kind
from loaders.reading.body_names import whole_bodies
from loaders.reading.former_names import former_firms
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.name_edges import with_edges, without_abbreviations
from loaders.reading.short_quotes import whole_quotes
from loaders.reading.span_rules import SpanRules
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import MADE, FoundName, firm_tails, holder_start, versions_of
from loaders.reading.titles import quoted_titles
from loaders.reading.vocabulary import Vocabulary
from loaders.reading.work_lists import bracketed_works

_BODY_HEAD: Final = re.compile(
    r"(?<![\w])([A-Za-zÀ-ÿ]+) (?:(?:de la|des|du|de|de l['’]|d['’]) ?)?$"
)
_BODY_TAIL: Final = re.compile(
    r"(?: (?!et |ou )[a-zà-ÿ-]+){0,2} (?:de la |de l['’]|des |du |de |d['’])[\w-]+"
    r"(?: [\w-]+s(?=[\s,.;:)»]))?"
)
_FIELD: Final = r" (?:de la |de l['’]|des |du )[a-zà-ÿ][\w-]+"
_FIELD_TAIL: Final = re.compile(rf"{_FIELD}(?: et{_FIELD})?(?![\w'’])")
_PLURAL_TAIL: Final = re.compile(r" ([a-zà-ÿ-]{4,}s)(?=[\s,.;:)»]|$)")
_AMPERSAND: Final = re.compile(
    r"(?<![\w])(?:[A-ZÀ-Ý][\w'’-]+ )+& (?:[A-ZÀ-Ý][\w'’-]+)(?: [A-ZÀ-Ý][\w-]+)*"
)
_PARTICLE_GAP: Final = re.compile(
    r" (?:(?:de la|de|du|des|d['’]|von|van der|van|ben|bin|al|el|le|la|di|da|dos) ?)?"
)
_PARTICLES: Final = frozenset({"van", "von", "de", "di", "da", "del", "bin", "ben", "el", "al"})
_OF: Final = re.compile(r" (?:de la |de l['’]|des |du |de |d['’])")
_SURNAME: Final = re.compile(
    r" (?:de la |de |du |d['’]|des |von der |von |van der |van den |van )"
    r"((?:L[ae] )?[A-ZÀ-Ý][\w-]*[a-zà-ÿ][\w-]*)(?![\w])"
)
_ACRONYM_BEFORE: Final = re.compile(r"(?<![\w.-])([A-ZÀ-Ý]{2,5}) $")
_NEXT_CAPITAL: Final = re.compile(r" ([A-ZÀ-Ý][a-zà-ÿ]+(?: [A-ZÀ-Ý][a-zà-ÿ]+)*)(?![\w'’-])")
_ADDRESS: Final = re.compile(r"\.(?:com|fr|ai|io|net|org|eu|tech|co)(?!\w)")
_SUBTITLE: Final = " : "
_LEGAL_FORM: Final = re.compile(
    r",? (?:plc|SA|SAS|AG|NV|Inc\.?|Ltd\.?|LLC|Corp\.?|GmbH|SpA|ASA|Oyj|PLC)(?![\w-])"
)
_FIRM_HEAD: Final = re.compile(
    r"(?<![\w’'-])((?:[A-ZÀ-Ý0-9][\w&-]*)(?: (?:& )?[A-ZÀ-Ý][\w&-]*){0,2}) $"
)
_ARTICLED: Final = re.compile(r"(?:L[ea]s? |L['’])[A-ZÀ-Ý]")
_TITLE_TAIL: Final = re.compile(
    r" (?:[a-zà-ÿ]{3,}(?:ière|ienne|ais|aise|oise|ale|aine|elle|ique|ive|euse)s?(?=[,.;)»])|"
    r"(?:du|des|de la|de l['’]) ?[A-ZÀ-Ýa-zà-ÿ][\w-]+(?=[,.;)»]| (?:a|est|avait|et)\b))"
)
_NAMED_HEADS: Final = frozenset({"fondation", "association", "universite", "institut", "ecole"})
"""Nouns that are part of a known body's name where they stand right before it."""


def grown(
    text: str,
    found: list[FoundName],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """The names of `found`, in order, those that are parts of a longer one made whole."""
    found = _joined(
        text, _ampersands(text, former_firms(text, whole_quotes(text, found), data)), data
    )
    found = _bodies(text, found, vocabulary, data)
    found = _side_by_side(text, _with_next_capitals(text, found, vocabulary, data), data)
    found = with_edges(text, _firms(text, found, vocabulary, data), data)
    found = without_abbreviations(text, found, data)
    found = _with_surnames(text, found, vocabulary, data)
    known = {place.end for place in found if place.match is not None}
    found = [
        _with_tail(text, place if place.start - 1 in known else _with_acronym(text, place, data))
        for place in found
    ]
    found = [
        one for one, before in zip(found, [None, *found], strict=False) if not _in(one, before)
    ]
    found = whole_bodies(text, [_extended(text, place, data) for place in found], data)
    found = quoted_titles(text, [_versioned(text, place, data) for place in found], data)
    return bracketed_works(text, found, data)


def _in(place: FoundName, before: FoundName | None) -> bool:
    """Whether the place before has grown over this one."""
    return before is not None and place.end <= before.end


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
        end = max([span.end(), *(f.end for f in inside if f.label != "PER")])  # "… de France"
        result.append(FoundName(span.start(), end, text[span.start() : end], label))
    taken = Taken(result)
    result += [f for f in found if taken.is_free(f.start, f.end)]
    return sorted(result, key=lambda f: f.start)


def _joined(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """Join the halves of a person's name that a particle parts: "Hervé de La Martinière"."""
    result: list[FoundName] = []
    for place in found:
        last = result[-1] if result else None
        gap = text[last.end : place.start] if last is not None else ""
        if (
            last is not None
            and last.match is None
            and (place.match is None or _ARTICLED.match(place.surface) is not None)
            and ("PER" in (last.label, place.label) or _is_given(last.surface, gap, data))
            and (len(gap) > 1 or (gap == " " and place.surface.partition(" ")[0] in _PARTICLES))
            and " " not in last.surface
            and _PARTICLE_GAP.fullmatch(gap)
        ):
            whole = text[last.start : place.end]
            result[-1] = FoundName(last.start, place.end, whole, "PER")
        else:
            result.append(place)
    return result


def _is_given(name: str, gap: str, data: KindData) -> bool:
    """Whether a lone name before a bare particle is a first name: "Hervé" de La Martinière."""
    return gap == " de " and fold(name) in data.first_names


def _with_surnames(
    text: str, found: list[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """Add the surname behind a particle to a person's name: "Marc Ladreit de Lacharrière".

    Not a place or what looks like a company: "Julie Morin de Novatech".
    """
    result: list[FoundName] = []
    for place in found:
        if result and place.start < result[-1].end:
            continue
        first = fold(place.surface.partition(" ")[0])
        surname = _SURNAME.match(text, place.end)
        if surname is None or place.match is not None or first not in data.first_names:
            result.append(place)
            continue
        name = surname[1]
        likely = vocabulary.likely(name)
        inside = [f for f in found if f.start < surname.end() and f.end > surname.start(1)]
        if (
            fold(name) in data.places
            or any(f.match is not None or f.end > surname.end() for f in inside)
            or (
                likely.get(str(Kind.COMPANY), 0.0) > 0.5
                and not any(f.label == "PER" for f in inside)
            )
        ):
            result.append(place)
            continue
        whole = text[place.start : surname.end()]
        result.append(FoundName(place.start, surname.end(), whole, "PER"))
    return result


def _bodies(
    text: str, found: list[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """Join a common noun with a capital to its complement: "Terres d'Hélios", "Port de Cordes"."""
    result: list[FoundName] = []
    for place in found:
        last = result[-1] if result else None
        if (
            last is not None
            and last.match is None
            and last.label != "PER"
            and " " not in last.surface
            and _OF.fullmatch(text[last.end : place.start])
            and vocabulary.is_common(last.surface)
            and fold(last.surface) not in data.places
            and not opens_sentence(text, last.start)
            and data.heads.get(lowered(last.surface)) is not Kind.PERSON
            and not last.surface.isupper()
            and (place.match is None or place.match.ambiguous)
        ):
            whole = text[last.start : place.end]
            result[-1] = FoundName(last.start, place.end, whole, "ORG")
        else:
            result.append(place)
    return result


def _with_next_capitals(
    text: str, found: list[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """Add the capitalised words that follow a name: "Siparo Croissance", "Tréfimétal Nord"."""
    taken = Taken(found)
    result: list[FoundName] = []
    for place in found:
        following = _NEXT_CAPITAL.match(text, place.end)
        if (
            following is None
            or place.match is not None
            or not taken.is_free(following.start(1), following.end())
            or fold(place.surface) in data.places
            or following[1] in data.not_names
        ):
            result.append(place)
            continue
        end = following.end()
        result.append(FoundName(place.start, end, text[place.start : end], place.label))
    return result


def _side_by_side(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """Two unknown names with nothing but a space between are one: "Zéphyr Mobile".

    So are a work and what its title goes on with: "Clair Obscur : Expedition 33".
    """
    result: list[FoundName] = []
    for place in found:
        last = result[-1] if result else None
        if (
            last is not None
            and last.match is None
            and place.match is None
            and _is_beside(text, last, place)
            and fold(last.surface) not in data.places
            and SpanRules.of(data.language).town.fullmatch(last.surface) is None
            and last.surface not in data.demonyms | data.peoples  # "la Danoise Eva Berneke"
            and holder_start(text, last.start, place.end, data) != place.start
        ):
            label = last.label if last.label == place.label else None
            whole = text[last.start : place.end]
            result[-1] = FoundName(last.start, place.end, whole, label)
        else:
            result.append(place)
    return result


def _is_beside(text: str, last: FoundName, place: FoundName) -> bool:
    gap = text[last.end : place.start]
    return gap == " " or (gap == _SUBTITLE and last.label == place.label == "MISC")


def _firms(
    text: str, found: list[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """Names of funds made whole, whose first words say nothing alone: "*777* Partners"."""
    result: list[FoundName] = []
    tails = firm_tails(data.language)
    for place in found:
        opening = fold(place.surface.partition(" ")[0])
        known = place.match is not None and " " in place.surface
        before = None
        if opening in tails and not known:
            before = _FIRM_HEAD.search(text, max(0, place.start - 40), place.start)
        if before is None or _is_plain(text, before, vocabulary, data):
            result.append(place)
            continue
        start = before.start(1)
        while result and result[-1].end > start:
            start = min(start, result.pop().start)
        result.append(FoundName(start, place.end, text[start : place.end], "ORG"))
    return result


def _is_plain(text: str, before: re.Match[str], vocabulary: Vocabulary, data: KindData) -> bool:
    """Whether a word has its capital only because it opens a sentence: "Selon Capital"."""
    word = before[1].rpartition(" ")[2]
    if fold(word) in data.dropped_leads:
        return True
    return opens_sentence(text, before.start(1)) and vocabulary.is_common(word.lower())


def _with_acronym(text: str, place: FoundName, data: KindData) -> FoundName:
    """Add the capitals that stand before a name as its first word: "EIT InnoEnergy"."""
    before = _ACRONYM_BEFORE.search(text, max(0, place.start - 8), place.start)
    if before is None or place.match is not None or before[1] in data.not_names:
        return place
    if place.label == "PER" or fold(before[1]) in data.civil_titles:
        return place
    start = before.start(1)
    return FoundName(start, place.end, text[start : place.end], place.label)


def _with_tail(text: str, place: FoundName) -> FoundName:
    """Add what ends an address or a title: "LeGuide.com", "La Correspondance financière"."""
    tail = _ADDRESS.match(text, place.end)
    if tail is None and place.label != "PER":
        legal = _LEGAL_FORM.match(text, place.end)
        if legal is not None:
            surface = text[place.start : legal.end()]
            return FoundName(place.start, legal.end(), surface, place.label or "ORG", place.match)
    sure = place.label is not None or not opens_sentence(text, place.start)
    if tail is None and sure and _ARTICLED.match(place.surface):
        tail = _TITLE_TAIL.match(text, place.end)
    if tail is None:
        return place
    end = tail.end()
    return FoundName(place.start, end, text[place.start : end], place.label or "ORG")


def _extended(text: str, place: FoundName, data: KindData) -> FoundName:
    """A body's name from its first noun on: "ministère de la Culture", "université McGill"."""
    last = fold(place.surface.rpartition(" ")[2])
    if place.match is not None:
        # "La Caisse nationale des ports" is not "la Caisse".
        other = last in data.body_heads and _BODY_TAIL.match(text, place.end)
        head = _BODY_HEAD.search(text, max(0, place.start - 30), place.start)
        whole = head is not None and fold(head[1]) in _NAMED_HEADS and head[0].count(" ") == 1
        if head is not None and whole and place.match.entry.kind is Kind.ORGANIZATION:
            start = head.start(1)
            return FoundName(start, place.end, text[start : place.end], "ORG", place.match)
        if not other:
            return place
    start, end = place.start, place.end
    if place.match is not None and place.surface[:1].islower():
        start += place.surface.index(" ") + 1
    head = _BODY_HEAD.search(text, max(0, start - 30), start)
    if head is not None and lowered(head[1]) in data.extended_heads:
        start = head.start(1)
    first = fold(text[start:end].partition(" ")[0])
    if first in data.organization_heads:
        tail = _BODY_TAIL.match(text, end)
        if tail is not None and " " not in text[start:end]:
            end = tail.end()
        elif first in data.named_by_field and text[start:end].count(" ") == 1:
            tail = _FIELD_TAIL.match(text, end)  # "Agence européenne du médicament"
            end = tail.end() if tail is not None else end
        elif text[start:end].rpartition(" ")[2].islower() and text[end - 1] in "sx":
            tail = _PLURAL_TAIL.match(text, end)
            end = tail.end() if tail is not None else end
    if (start, end) == (place.start, place.end):
        return place
    return FoundName(start, end, text[start:end], "ORG")


def _versioned(text: str, place: FoundName, data: KindData) -> FoundName:
    """A product's name with its version: "le smartphone Nordex 5", "Orion 2 Pro"."""
    if place.match is not None or text[place.end : place.end + 1] not in (" ", "\u00a0", "-"):
        return place
    before = lowered(text[max(0, place.start - 30) : place.start]).split()
    is_product = place.label in ("MISC", MADE) or (
        bool(before) and data.heads.get(before[-1]) is Kind.PRODUCT
    )
    if not is_product:
        return place
    end = versions_of(data.language).extend(text, place.end)
    if end == place.end:
        return place
    return FoundName(place.start, end, text[place.start : end], place.label)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital there may be owed to the beginning of a sentence or a list item."""
    before = text[max(0, start - 4) : start].rstrip(' \u00a0«"“(-–—•*')
    return not before or before[-1] in ".!?…\n:"
