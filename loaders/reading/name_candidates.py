"""Where an article may name something: tagger, gazetteer, capitals and repetitions pooled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from graph.model import Kind
from loaders.reading.gazetteer_match import GazetteerMatch
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.made_names import apart_from_maker, before_its_maker, beside_its_maker
from loaders.reading.ministries import with_ministries
from loaders.reading.name_edges import notices, with_notices
from loaders.reading.name_growth import grown, opens_sentence
from loaders.reading.openers import may_be_one, opens_as_participle, without_lone_heads
from loaders.reading.post_fields import without_post_fields
from loaders.reading.small_bodies import with_small_bodies
from loaders.reading.small_names import small_names
from loaders.reading.span_rules import SpanRules, clubs, is_field_of_office
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import (
    EDGE,
    FoundName,
    TaggedName,
    clean_spans,
    is_name,
    parted_holder,
)
from loaders.reading.vocabulary import Vocabulary

__all__ = ["FoundName", "TaggedName", "candidates"]

_NAME_AFTER: Final = re.compile(r"(?<![\w])[A-ZÀ-Ý0-9][\w'’.&+-]*")
_CAPITALISED: Final = re.compile(
    r"(?<![\w])[A-ZÀ-Ý][\w-]*[a-zà-ÿ][\w+-]*(?![\w'’])(?: (?:[A-ZÀ-Ý][\w-]+|&(?= [A-ZÀ-Ý])))*"
)
_CODE: Final = re.compile(
    r"(?<![\w.,/-])(?:[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}\+?|\d{1,2}[A-Z]\w*[a-z]{3,}\w*|[a-z]{3,}\.(?:ai|io|com|fr|net)"
    r"|[a-z]{1,3}[A-Z][a-z]{2,}\w*|[a-z][A-Z]{2,4}|[ei]-[A-Z][a-z]{2,}|[a-zë]-(?:[A-Z]\w*\d\w*|[A-Z]?[a-z]*[A-Z]{2}\w*|\d{3,4})|[a-z]{2,}(?:-[a-z]{2,})*-\d{1,3}[a-z]?)(?![\w.,/€$%-]*\w)"
)
_MODEL: Final = re.compile(r"-\d{1,3}(?!\w)")
_JOINED_TO: Final = re.compile(r"(?<![\w-])[A-Z]{2,5}-$")
_SENTENCE_BREAK: Final = re.compile(r"[\w]{2}[.!?] ")
_LINE: Final = re.compile(r"^.+$", re.M)
_SMALL: Final = re.compile(r"[a-zà-ÿ]")
_SHOUTED_WORDS: Final = re.compile(r"[A-ZÀ-Ý]{3}\S* \S+ \S")
_RUN_IN_HEADING: Final = re.compile(
    r"^(?:[A-Z][a-z]{1,2}\.? )?[A-ZÀ-Ý][A-ZÀ-Ý '’&-]{3,}(?=[.:])", re.M
)
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
_OPENS_LONGER: Final = re.compile(r"(?:L[ea]s? |L['’])", re.I)
_GOES_ON: Final = re.compile(r" (?:de la |de l['’]|des |du |de |d['’])")


def candidates(
    text: str,
    tagged: Iterable[TaggedName],
    matches: Sequence[GazetteerMatch],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """Every place in `text` that may be a name, in order, none overlapping."""
    named = [
        name
        for match in matches
        for name in (match.inner if match.is_description else (match,))
        if _MODEL.match(text, name.end) is None  # "le satellite SES-26" is not SES
        and _JOINED_TO.search(text, max(0, name.start - 8), name.start) is None  # "CM-CIC"
    ]
    found = _pool(
        text, clean_spans(text, tagged, data, vocabulary.is_common), named, vocabulary, data
    )
    noticed = notices(text, data.language)
    found = _without_common_words(text, found, noticed, vocabulary, data.language)
    blocked, shouted = _blocked(text, data), _shouted(text)
    found = [
        place
        for place in found
        if shouted.is_free(place.start, place.end)
        or (place.match is not None and not vocabulary.is_common(place.surface))
    ]
    found = with_notices(found, noticed)
    found += _unseen(text, found, shouted, vocabulary, data)
    found.sort(key=lambda place: place.start)
    found = without_post_fields(text, found, vocabulary, data)
    found = with_ministries(text, found, data.language)
    found = with_small_bodies(text, found, data)
    found = [
        place
        for place in grown(text, found, vocabulary, data)
        if not _is_part_of_another(text, place.start, data)
        and not _is_of_a_people(text, place, data)
        and (place.match is not None or may_be_one(text, place, data))
        and (_is_certain(place) or not _is_within(blocked, place))
    ]
    found = without_lone_heads(found, data)
    found += _repeated(text, found)
    found += _shouted_again(text, found, shouted)
    return sorted(found, key=lambda place: place.start)


def _is_certain(place: FoundName) -> bool:
    return place.match is not None and not place.match.ambiguous


def _is_within(blocked: Taken[FoundName], place: FoundName) -> bool:
    return any(
        b.start <= place.start and place.end <= b.end
        for b in blocked.meeting(place.start, place.end)
    )


def _pool(
    text: str,
    names: Sequence[FoundName],
    matches: Sequence[GazetteerMatch],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """One list of places from tagger and gazetteer, none overlapping.

    Where both cover a place the gazetteer's match stands, unless the tagger's name holds it with
    more capitalised words around: "Apple" in "Apple Valley Bank".
    """
    result: list[FoundName] = []
    known = Taken(matches)
    for name in names:
        inside = known.meeting(name.start, name.end)
        if not inside:
            result += apart_from_maker(text, name, vocabulary, data)
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
            if fold(person) in data.first_names and name.label == "PER":
                result.append(name)  # "Alexandre de Rothschild"
            else:
                result.append(FoundName(name.start, name.start + len(person), person, name.label))
        elif made := (
            beside_its_maker(text, name, inside, vocabulary, data)
            or before_its_maker(text, name, owner, vocabulary, data)
        ):
            result.append(made)
        elif _is_longer_name(text, name, inside, data):
            start = min(name.start, inside[0].start)  # "L'Oréal Paris"
            result.append(FoundName(start, name.end, text[start : name.end], name.label))
    taken = Taken(_without_overlaps(result))
    tagged_names = Taken(_without_overlaps(list(names)))
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
    text: str,
    found: list[FoundName],
    noticed: Taken[FoundName],
    vocabulary: Vocabulary,
    language: str,
) -> list[FoundName]:
    """Drop words that have their capital only from opening a sentence or a list item."""
    inside = {f.surface for f in found if not opens_sentence(text, f.start)}
    result: list[FoundName] = []
    for place in found:
        noted = not noticed.is_free(place.start, place.end)
        if place.match is None and not noted and opens_sentence(text, place.start):
            first, _, rest = place.surface.partition(" ")
            common = vocabulary.is_common(first.lower()) and place.surface not in inside
            participle = place.surface not in inside and opens_as_participle(text, place, language)
            if participle or (common and not rest and place.label != "PER"):
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


def _stands_as_name(text: str, match: GazetteerMatch, vocabulary: Vocabulary) -> bool:
    """An ambiguous name that the tagger did not see needs a capital that nothing else explains."""
    if not match.surface[:1].isupper():
        return False
    if opens_sentence(text, match.start):
        return not vocabulary.is_common(match.surface.split()[0])
    return True


def _is_longer_name(
    text: str, name: FoundName, inside: Sequence[GazetteerMatch], data: KindData
) -> bool:
    """Whether the tagger's name is another than the known one inside: "Apple Valley Bank".

    Two known names side by side are a third ("Tata Sky"). A title goes on behind its first words
    ("La Tribune des affaires").
    """
    if _SENTENCE_BREAK.search(text, name.start, name.end):
        return False
    match = inside[0]
    if len(inside) > 1:
        gaps = [text[a.end : b.start] for a, b in pairwise(inside)]
        whole = inside[0].start == name.start and inside[-1].end == name.end
        return (
            whole
            and set(gaps) <= {" ", "-"}
            and not any(m.entry.kind is Kind.PERSON for m in inside)
        )
    rest = text[match.end : name.end]
    if match.start == name.start and _OPENS_LONGER.match(match.surface) and _GOES_ON.match(rest):
        return True
    words = (text[name.start : match.start] + " " + rest).split()
    own = [word for word in words if word.strip(EDGE)]
    leads = not rest.strip(EDGE) and not match.ambiguous
    if own and leads and all(fold(word.strip(EDGE)) in data.places for word in own):
        return False  # "à Amsterdam ASML a gagné 2 %"
    if match.start == name.start and own[1:] and fold(own[0]) in data.first_names:
        return False  # "la présidente de l'École du Louvre Anne Roy"
    links = data.particles | SpanRules.of(data.language).foreign_links
    return bool(own) and all(
        (word[0].isupper() or word[0].isdigit() or word in links or fold(word) in _LEGAL)
        and lowered(word) not in data.person_heads
        for word in own
    )


def _unseen(
    text: str,
    found: Sequence[FoundName],
    shouted: Taken[FoundName],
    vocabulary: Vocabulary,
    data: KindData,
) -> list[FoundName]:
    """Capitalised words that neither tagger nor gazetteer knows; what is said of them decides."""
    taken, opening = Taken(found), clubs(data.language)
    result: list[FoundName] = []
    for match in _CAPITALISED.finditer(text):
        surface = match.group().rstrip(".'’-")
        start, end = match.span()
        people, _, rest = surface.partition(" ")
        if (rest and people in data.peoples) or (
            rest in opening and people.lower() in data.articles
        ):  # "L'Américain Sungard"
            start, surface = start + len(people) + 1, rest
        if not taken.is_free(start, end) or not shouted.is_free(start, end):
            continue
        first = surface.split()[0].lower()
        if opens_sentence(text, start) and vocabulary.is_common(first):
            continue
        if opens_sentence(text, start) and first.endswith(data.opener_endings):
            continue
        place = FoundName(start, start + len(surface), surface)
        if opens_sentence(text, start) and opens_as_participle(text, place, data.language):
            continue
        if len(surface) > 2 and is_name(surface, data):
            result += parted_holder(text, place, data)
    taken = Taken([*found, *result])
    for match in _CODE.finditer(text):
        known = match.group() in data.not_names or fold(match.group()) in data.not_names_folded
        if taken.is_free(*match.span()) and not known:
            result.append(FoundName(match.start(), match.end(), match.group()))
    result += small_names(text, Taken([*found, *result]), vocabulary, data)
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


def _is_part_of_another(text: str, start: int, data: KindData) -> bool:
    """Whether the name belongs to another thing's: "le prix Turing", "cotée au Nasdaq"."""
    before = lowered(text[max(0, start - 24) : start]).replace("'", "' ").split()
    while before and before[-1] in _OPEN:
        before.pop()
    if not before:
        return False
    last = before[-1].lstrip('(«"“')
    if is_field_of_office(text, start, data.language):
        return True  # "le ministre de l'Économie"
    return (last in data.not_after and before[-2:-1] != ["en"]) or (
        len(before) > 1 and last in _AT_MARKET and before[-2] in data.listed
    )


def _is_of_a_people(text: str, place: FoundName, data: KindData) -> bool:
    """Whether it says where somebody is from: "le Polonais", but "Thierry Breton", "Breton"."""
    if place.match is not None or place.surface not in data.demonyms:
        return False
    before = lowered(text[max(0, place.start - 6) : place.start]).replace("'", "' ").split()
    return bool(before) and before[-1] in data.articles


def _blocked(text: str, data: KindData) -> Taken[FoundName]:
    """Names of several words that are no entity: "Jeux olympiques"."""
    result: list[FoundName] = []
    free_from = 0
    text = text.replace("’", "'")
    for word in _FIRST_WORD.finditer(text):
        if word.start() < free_from:
            continue
        for phrase in data.not_name_phrases.get(word.group(), ()):
            end = word.start() + len(phrase)
            if text.startswith(phrase, word.start()) and not text[end : end + 1].isalnum():
                result.append(FoundName(word.start(), end, phrase))
                free_from = end
                break
    return Taken(result)


def _shouted(text: str) -> Taken[FoundName]:
    """Lines in capitals throughout, in which a capital tells nothing."""
    return Taken(
        [
            FoundName(line.start(), line.end(), line.group())
            for line in _LINE.finditer(text)
            if not _SMALL.search(line.group()) and _SHOUTED_WORDS.search(line.group())
        ]
        + [
            FoundName(line.start(), line.end(), line.group())
            for line in _RUN_IN_HEADING.finditer(text)
        ]
    )


def _shouted_again(
    text: str, found: Sequence[FoundName], shouted: Taken[FoundName]
) -> list[FoundName]:
    """Names of the article in lines of capitals."""
    taken = Taken(found)
    surfaces = sorted({place.surface for place in found}, key=len, reverse=True)
    result: list[FoundName] = []
    for line in shouted.meeting(0, len(text)):
        for surface in surfaces:
            pattern = rf"(?<!\w){re.escape(surface.upper())}(?!\w)"
            for match in re.finditer(pattern, line.surface):
                start, end = line.start + match.start(), line.start + match.end()
                if taken.is_free(start, end) and Taken(result).is_free(start, end):
                    result.append(FoundName(start, end, match.group()))
    return result


_OPEN: Final = frozenset('(«"“')
_AT_MARKET: Final = frozenset({"à", "au", "sur", "aux"})
_LEGAL: Final = frozenset({"plc", "sa", "sas", "ag", "nv", "se", "spa", "gmbh", "inc", "ltd"})
