"""Works in brackets behind who made them or plays in them: "l'actrice X (Cloclo, La Pianiste)".

And titles with the years of their works behind: "après Nuit de mai (2008) et L'Heure grise (2010)".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import MADE, FoundName

_BRACKET: Final = re.compile(r" \(([A-ZÀ-Ý][^()\n]{2,90})\)")
_ITEM: Final = re.compile(r"[^,;]+")
_WORD: Final = re.compile(r"\w[\w-]*")
_BEFORE: Final = 160
_LONGEST: Final = 8
_DATED: Final = re.compile(
    r"(?:(?:après|dans|avec|comme|dont|et|ou|pour|puis) |[,:;] )"
    r"([A-ZÀ-Ý][^,:;.()«»\n]{3,60}?) ?\((?:19|20)\d\d\)"
)
_JOINED: Final = re.compile(r" et (?=[A-ZÀ-Ý])")
_TELLING: Final = 2
_MANY: Final = 3
"""How many nouns for works tell that an article is about some, and that a bracket is."""


def bracketed_works(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found`, in order, with each work of such a list a name of its own.

    The list stands right behind a person, in a sentence that speaks of works; what the gazetteer
    knows keeps its kind.
    """
    behind = {place.end for place in found if _is_person(place, data)}
    works: list[FoundName] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.start() not in behind or not (
            _speaks_of_works(text, bracket.start(), data)
            or about_works(text, data.language) >= _MANY
        ):
            continue
        for item in _ITEM.finditer(text, bracket.start(1), bracket.end(1)):
            surface = item.group().strip()
            start = item.start() + len(item.group()) - len(item.group().lstrip())
            if surface[:1].isupper() and len(surface.split()) <= _LONGEST:
                works.append(FoundName(start, start + len(surface), surface, MADE))
    works += _dated_works(text, found, data.language)
    if not works:
        return found
    known = Taken([place for place in found if place.match is not None])
    works = [work for work in works if known.is_free(work.start, work.end)]
    taken = Taken(works)
    kept = [place for place in found if taken.is_free(place.start, place.end)]
    return sorted([*kept, *works], key=lambda place: place.start)


def _dated_works(text: str, found: list[FoundName], language: str) -> list[FoundName]:
    """Titles of several words with a year behind each, or the last of two, where works are told of.

    Only those that hold no name of a person, and that are no name as they stand.
    """
    years = list(_DATED.finditer(text))
    if not years or about_works(text, language) < _TELLING:
        return []
    taken = Taken(found)
    result: list[FoundName] = []
    for year in years:
        start = year.start(1)
        for part in _JOINED.split(year[1]):
            at = text.index(part, start)
            inside = taken.meeting(at, at + len(part))
            person = any(one.label == "PER" and " " in one.surface for one in inside)
            if " " in part and len(part.split()) <= _LONGEST and not person:
                result.append(FoundName(at, at + len(part), part, MADE))
            start = at + len(part)
    return result


@lru_cache(maxsize=8)
def about_works(text: str, language: str) -> int:
    """How many nouns for works, and for those who make them, an article has."""
    return len({match.group().rstrip("s") for match in _nouns(language).finditer(text)})


@cache
def _nouns(language: str) -> re.Pattern[str]:
    words: list[str] = language_data(language, "names")["titles"]["works"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)")


def _is_person(place: FoundName, data: KindData) -> bool:
    first, _, rest = place.surface.partition(" ")
    return bool(rest) and (place.label == "PER" or fold(first) in data.first_names)


def _speaks_of_works(text: str, end: int, data: KindData) -> bool:
    before = lowered(text[max(0, end - _BEFORE) : end])
    sentence = before.rpartition(". ")[2]
    return not work_words(data.language).isdisjoint(_WORD.findall(sentence))


@cache
def work_words(language: str) -> frozenset[str]:
    """Words that a sentence about works has, of `language`."""
    return frozenset(language_data(language, "kinds")["works"])
