"""Titles in quotation marks: each is one name, and in most cases a work's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.spans import Taken
from loaders.reading.tagger_spans import MADE, FoundName
from loaders.reading.work_lists import about_works

_QUOTED: Final = re.compile(
    r"[«“\"][ \u00a0\u202f]?([A-ZÀ-Ý0-9][^«»“”\"\n]{1,58}?)[ \u00a0\u202f]?[»”\"]"
)
_TITLE_WORD: Final = re.compile(
    r"[A-ZÀ-Ý0-9][\w'’.&+-]*|&|:|-|–|(?:d|l|s)['’][\w-]+|"
    r"(?:de|du|des|la|le|les|et|à|au|aux|en|of|the|and|in|for)"
)
_YEAR: Final = re.compile(r" ?\((?:19|20)\d{2}\)")
_ENDS_SENTENCE: Final = tuple(".?,;…")
_LONGEST: Final = 8
_BEFORE: Final = 60
_TELLING: Final = 2
"""How many nouns for works tell that an article is about some."""
_AHEAD: Final = 5
"""How many words before a title the noun for it may stand: "ses plus grosses franchises, « X »"."""


@dataclass(frozen=True, slots=True)
class TitleData:
    """What tells a title from words that are quoted.

    Attributes
    ----------
    announcing
        Expressions that a title follows: "le réalisateur de", "joue dans".
    sentence
        Words that make a quotation of quoted words: "nous", "est".
    joining
        What stands between two titles of a list.
    speech
        Verbs behind words that somebody says.
    """

    announcing: tuple[str, ...]
    sentence: frozenset[str]
    joining: re.Pattern[str]
    language: str
    speech: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> TitleData:
        """The data of `language`, read once."""
        titles: dict[str, Any] = language_data(language, "names")["titles"]
        kinds: dict[str, Any] = language_data(language, "kinds")
        of_titles = [
            f"{lowered(word)} {link}"
            for rule in kinds["complements"]
            if rule["kinds"] == [str(Kind.PRODUCT)]
            for word in rule["words"]
            for link in titles["links"]
        ]
        joining = "|".join(map(re.escape, titles["joining"]))
        return TitleData(
            announcing=tuple(f" {words}" for words in [*of_titles, *titles["announcing"]]),
            sentence=frozenset(titles["sentence"]),
            joining=re.compile(rf"[\s»”\"]*(?:{joining})?[\s«“\"]*"),
            language=language,
            speech=frozenset(map(lowered, kinds["speech"])),
        )


@dataclass(slots=True)
class _Quote:
    """Words between quotation marks, with a name's label if they are a title."""

    start: int
    end: int
    words: str
    label: str | None


def quoted_titles(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found`, those inside a title in quotation marks replaced by it.

    Words that all look like a name's are a title (« Clair Obscur : Expedition 33 »); others are
    one where a noun for a work stands before them, or another title beside them.
    """
    pooled = Taken(found)
    language = TitleData.of(data.language)
    quotes: list[_Quote] = []
    for quote in _QUOTED.finditer(text):
        inside = pooled.meeting(*quote.span(1))
        words = quote[1].split()
        if (
            len(words) > _LONGEST
            or "%" in words[0]
            or any(
                f.start <= quote.start(1)
                and f.end >= quote.end(1)
                and (f.match is not None or f.surface != quote[1])
                for f in inside
            )
        ):
            continue
        several = sum(word[0].isupper() or word[0].isdigit() for word in words) > 1
        named = all(_TITLE_WORD.fullmatch(word) for word in words) and (inside or several)
        opened = not inside or inside[0].start == quote.start(1)
        possible = not quote[1].endswith(_ENDS_SENTENCE) and language.sentence.isdisjoint(
            map(lowered, words)
        )
        label = "MISC" if named and opened else None
        person = several and any(f.label == "PER" for f in inside)
        spoken = not quote[1].endswith(_ENDS_SENTENCE) and _is_named_so(text, quote.start(), data)
        called = _is_called_a_work(text, quote, data, language) or (
            not person and _may_be_title(text, quote, language)
        )
        if spoken or (possible and called):
            label = MADE
        if possible or label:
            quotes.append(_Quote(quote.start(1), quote.end(1), quote[1], label))
    _share_in_lists(text, quotes, language)
    titles = [FoundName(q.start, q.end, q.words, q.label) for q in quotes if q.label]
    if not titles:
        return found
    taken = Taken(titles)
    return sorted(
        [*titles, *(f for f in found if taken.is_free(f.start, f.end))], key=lambda f: f.start
    )


def _may_be_title(text: str, quote: re.Match[str], language: TitleData) -> bool:
    """Whether quoted words with a capital are a title, in an article that is about works.

    Not behind a colon, and not what somebody says: "« Jamais », tranche X".
    """
    before = text[max(0, quote.start() - 3) : quote.start()].rstrip()
    if before.endswith(":") or quote[1].isupper():
        return False
    behind = text[quote.end() : quote.end() + 24].split()
    if behind[:1] == [","]:
        behind = behind[1:]
    if behind and lowered(behind[0]).partition("-")[0].strip(",") in language.speech:
        return False
    return about_works(text, language.language) >= _TELLING


def _share_in_lists(text: str, quotes: list[_Quote], language: TitleData) -> None:
    """Make titles of quotations that stand in a list with one: "« A », « B » et « C »"."""
    for one, other in [*pairwise(quotes), *pairwise(quotes[::-1])]:
        first, second = sorted((one, other), key=lambda quote: quote.start)
        if one.label and not other.label:
            joined = language.joining.fullmatch(text, first.end, second.start)
            other.label = one.label if joined else None


def _is_called_a_work(text: str, quote: re.Match[str], data: KindData, language: TitleData) -> bool:
    """Whether a noun for a work stands before a quotation or behind it, or a year follows."""
    return (
        _YEAR.match(text, quote.end()) is not None
        or _is_announced(text, quote.start(), data, language)
        or _is_explained(text, quote.end(), data)
    )


def _is_announced(text: str, start: int, data: KindData, language: TitleData) -> bool:
    """Whether a noun for a work stands before the quotation mark: "le film « X »"."""
    before = lowered(text[max(0, start - _BEFORE) : start]).rstrip()
    if before.endswith(language.announcing):
        return True
    words = before.rstrip(",").rstrip().split()[-_AHEAD:]
    for word in reversed(words):
        if not word.replace("-", "").replace("'", "").isalpha():
            return False
        noun = word.rpartition("'")[2]
        if Kind.PRODUCT in {data.heads.get(noun), data.heads.get(noun.rstrip("sx"))}:
            return True
    return False


def _is_named_so(text: str, start: int, data: KindData) -> bool:
    """Whether a noun for a work with its article stands right before: "le roman « X »"."""
    words = lowered(text[max(0, start - _BEFORE) : start]).replace("'", "' ").split()[-2:]
    return len(words) > 1 and words[0] in data.articles and data.heads.get(words[1]) is Kind.PRODUCT


def _is_explained(text: str, end: int, data: KindData) -> bool:
    """Whether the apposition behind is a noun for a work: "« X », son troisième jeu"."""
    if text[end : end + 2] != ", ":
        return False
    words = lowered(text[end + 2 : end + _BEFORE]).replace("'", "' ").split()[: _AHEAD + 1]
    for word in words:
        noun = word.rstrip(",.;)")
        if Kind.PRODUCT in {data.heads.get(noun), data.heads.get(noun.rstrip("sx"))}:
            return True
        if noun != word:
            return False
    return False
