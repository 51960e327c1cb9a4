"""What belongs to a name at its edges, and names that open a notice of their own.

Initials before it ("P.A. Semi"), an English genitive ("Kiehl's"), the place of a firm's unit
("Ubisoft Québec").
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.span_rules import any_word, clubs, leading_word
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import BRANCH, UNIT, FoundName, firm_tails

_INITIALS: Final = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,4} $")
_GENITIVE: Final = re.compile(r"['’]s(?![\w'’])")
_REACH: Final = 10
_NOUNS: Final = 80
_WORDS: Final = 6
_NAMED: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION, Kind.PRODUCT})
_NEXT: Final = re.compile(
    r" ([A-ZÀ-Ý][\w-]+(?:(?: (?:de la|de l['’]|de|du|des|d['’]|la|le) ?| )[A-ZÀ-Ý][\w-]+){0,2})"
    r"(?![\w'’])"
)
_WORD_BEHIND: Final = re.compile(r" ([A-ZÀ-Ý][\w-]+)(?![\w'’])")
_JOINED_TOWN: Final = re.compile(r"-([A-ZÀ-Ý][\w-]+)(?![\w'’])")
_UNITS: Final = {Kind.COMPANY: UNIT, Kind.ORGANIZATION: BRANCH}
_LAST_WORD: Final = re.compile(r" [^ ]+$")
_NUMBER: Final = re.compile(r" (?:[IVX]{1,4}|\d{1,2})(?![\w,.]\d|\w| %)")


def with_edges(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found`, in order, with their initials, genitives and places."""
    result: list[FoundName] = []
    taken = Taken(found)
    for place in found:
        last = result[-1] if result else None
        if last is not None and place.start < last.end:
            continue
        if last is not None and _is_unit(text, last, place, data):
            surface = text[last.start : place.end]
            result[-1] = FoundName(last.start, place.end, surface, _is_known(last))
            continue
        if last is not None and _goes_on(text, last, place):
            surface = text[last.start : place.end]
            result[-1] = FoundName(last.start, place.end, surface, last.label)
            continue
        whole = (
            _with_place(text, place, taken, data)
            or _with_town(text, place, data)
            or _fund(text, place, data.language)
            or _club(text, place, data.language)
        )
        result.append(whole or _with_genitive(text, _with_initials(text, place)))
    return result


def _is_unit(text: str, firm: FoundName, place: FoundName, data: KindData) -> bool:
    """Whether a place right behind a known company's name makes its unit there of the two."""
    return (
        _is_known(firm) is not None
        and place.match is None
        and place.label != "PER"
        and text[firm.end : place.start] == " "
        and fold(place.surface) in data.places
    )


def _goes_on(text: str, last: FoundName, place: FoundName) -> bool:
    """Whether an English genitive has the rest of its name behind it: "Crain's *City Business*"."""
    return (
        last.match is None
        and place.match is None
        and place.label != "PER"
        and _GENITIVE.search(last.surface, len(last.surface) - 2) is not None
        and text[last.end : place.start] == " "
    )


def _with_place(
    text: str, firm: FoundName, taken: Taken[FoundName], data: KindData
) -> FoundName | None:
    """A known firm's or body's unit, whose place nothing else has found; None if there is none."""
    known = _is_known(firm)
    behind = _NEXT.match(text, firm.end) if known is not None else None
    if behind is None or known is None:
        return None
    place = behind[1]
    while fold(place) not in data.places:
        shorter = _LAST_WORD.sub("", place)
        if shorter == place:
            return None
        place = shorter  # "CIC Ouest Investissement"
    start, end = behind.start(1), behind.start(1) + len(place)
    if any(one.match is not None or one.end > end for one in taken.meeting(start, end)):
        return None
    return FoundName(firm.start, end, text[firm.start : end], known)


def _with_town(text: str, place: FoundName, data: KindData) -> FoundName | None:
    """A known body's branch that its town is joined to: "Centre Pompidou-*Metz*"; else None."""
    known = _is_known(place)
    behind = _JOINED_TOWN.match(text, place.end) if known is not None else None
    if behind is None or fold(behind[1]) not in data.places:
        return None
    return FoundName(place.start, behind.end(), text[place.start : behind.end()], known)


def _fund(text: str, firm: FoundName, language: str) -> FoundName | None:
    """A fund that a known firm has called after itself: "Sofinnova *Capital X*"; else None."""
    if _is_known(firm) != UNIT:
        return None
    end = firm.end
    while (word := _WORD_BEHIND.match(text, end)) and fold(word[1]) in firm_tails(language):
        end = word.end()
    if end == firm.end:
        return None
    number = _NUMBER.match(text, end)
    end = number.end() if number is not None else end
    return FoundName(firm.start, end, text[firm.start : end], UNIT)


def _club(text: str, place: FoundName, language: str) -> FoundName | None:
    """A club with the adjective of its town: "Stade *rennais*"; None for other names."""
    town = _town(language).match(text, place.end)
    if town is None or place.match is not None or place.surface not in clubs(language):
        return None
    return FoundName(place.start, town.end(), text[place.start : town.end()], "ORG")


@cache
def _town(language: str) -> re.Pattern[str]:
    endings: list[str] = language_data(language, "names")["spans"]["people_endings"]
    return re.compile(rf" [a-zà-ÿ-]+(?:{any_word(endings)})(?![\w'’])")


def _is_known(place: FoundName) -> str | None:
    """The label of what a known firm or body has under its own name and a further word."""
    if place.match is None or place.match.ambiguous:
        return None
    return _UNITS.get(place.match.entry.kind)


def _with_initials(text: str, place: FoundName) -> FoundName:
    """Add the initials right before a name: "P.A. Semi"."""
    if place.match is not None:
        return place
    before = _INITIALS.search(text, max(0, place.start - _REACH), place.start)
    if before is None:
        return place
    return replace(place, start=before.start(), surface=text[before.start() : place.end])


def _with_genitive(text: str, place: FoundName) -> FoundName:
    """Add an English genitive, which French has no use for: "Kiehl's"."""
    tail = None if place.match is not None else _GENITIVE.match(text, place.end)
    if tail is None:
        return place
    return replace(place, end=tail.end(), surface=text[place.start : tail.end()])


@cache
def _notice(language: str) -> re.Pattern[str]:
    """The name that opens a paragraph or an item and is no sentence: "- Gaz du Littoral. X est"."""
    data: dict[str, Any] = language_data(language, "names")["bodies"]
    word = r"[A-ZÀ-Ý0-9][\w'’&.-]*\w"
    link = rf"(?:{leading_word([*data['genitives'], 'et', '&'])})?"
    return re.compile(rf"^(?:[-–—•*] ?)?({word}(?: {link}{word}){{1,4}})(?=\. [A-ZÀ-Ý]| : )", re.M)


def notices(text: str, language: str) -> Taken[FoundName]:
    """Names of several words that open a notice, as a column of appointments gives them."""
    return Taken(
        [
            FoundName(m.start(1), m.end(1), m[1], "ORG")
            for m in _notice(language).finditer(text)
            if not (m[1].isupper() or m[1].partition(" ")[2].isupper())
        ]
    )


def with_notices(found: list[FoundName], noticed: Taken[FoundName]) -> list[FoundName]:
    """The names of `found`, those inside a longer one that opens a notice replaced by it.

    What the gazetteer knows stays, and so do people.
    """
    seen = Taken(found)
    result: list[FoundName] = []
    for place in noticed:
        inside = seen.meeting(place.start, place.end)
        kept = any(one.match is not None or one.label == "PER" for one in inside)
        if not kept and all(place.start <= one.start and one.end <= place.end for one in inside):
            result.append(place)
    taken = Taken(result)
    return [*result, *(one for one in found if taken.is_free(one.start, one.end))]


def without_abbreviations(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found` but for what shortens common words: "l'uvéite non infectieuse (NIU)".

    A noun for a body, a firm or a thing before the bracket keeps its letters a name. What is told
    so once is no name elsewhere in the article either.
    """
    told = {place.surface for place in found if _abbreviates_words(text, place, data)}
    return [place for place in found if place.match is not None or place.surface not in told]


def _abbreviates_words(text: str, place: FoundName, data: KindData) -> bool:
    shape = place.surface
    if place.match is not None or not (shape.isalpha() and shape.isupper()):
        return False
    if text[place.start - 1 : place.start] != "(" or text[place.end : place.end + 1] != ")":
        return False
    words = text[max(0, place.start - _NOUNS) : place.start - 1].split()[-_WORDS:]
    if not words or not words[-1].islower():
        return False
    nouns = (word.lower() for word in words)
    return not any(data.heads.get(noun.rpartition("'")[2]) in _NAMED for noun in nouns)
