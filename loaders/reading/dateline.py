"""When an article was published and whom it credits, as its own first and last lines say."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit

from loaders.languages import language_data
from loaders.reading.dates import FoundDate, find_dates
from loaders.reading.folding import flatten, fold, lower
from loaders.reading.numbers import alternatives
from loaders.reading.patterns import GAP, any_of

_MARGIN: Final = 4000
"""Characters at each end of an article in which its dateline is looked for."""

_HEAD_LINES: Final = 6
_FOOT_LINES: Final = 8
_LAST_LINES: Final = 3
_MAX_LINE: Final = 160
"""Characters of the longest line that can be a dateline of its own."""

_MAX_NAMES: Final = 6
_MAX_SOURCE: Final = 60
_DASH: Final = re.compile(r"\.?\s*(?:\([^()]{1,40}\))?\s*[-—:]\s")
_PLACE: Final = re.compile(r"\s*(?:[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,3}\s*[,(-]\s*)?")
_MARKDOWN_LINK: Final = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{0,500}\)")
_SEPARATORS: Final = re.compile(r"\s*[,;|/•]\s*|\s+[-–—]\s+")


class _Certainty(IntEnum):
    """How surely a line gives the day of publication, the surest first."""

    LABELLED = 0
    ALONE = 1
    UPDATED = 2


@dataclass(frozen=True, slots=True)
class _Rules:
    published: re.Pattern[str]
    updated: re.Pattern[str]
    labels: re.Pattern[str]
    words: frozenset[str]
    author: re.Pattern[str]
    source: re.Pattern[str]
    several: frozenset[str]
    credit: re.Pattern[str]
    bracketed: re.Pattern[str]
    articles: re.Pattern[str]
    joiner: str
    agencies: frozenset[str]
    not_names: frozenset[str]


@functools.cache
def _rules(language: str) -> _Rules:
    data = language_data(language, "dateline")
    published, updated = any_of(data["published"]), any_of(data["updated"])
    after_label = rf"(?:{GAP}?:)?(?:{GAP}le)?{GAP}?"
    credit = any_of(data["with"])
    return _Rules(
        published=re.compile(rf"(?<!\w){published}{after_label}\Z"),
        updated=re.compile(rf"(?<!\w){updated}{after_label}\Z"),
        labels=re.compile(rf"(?<!\w)(?:{published}|{updated})(?!\w)"),
        words=frozenset(data["words"]),
        author=re.compile(rf"\W*{any_of(data['author'])}(?!\w)"),
        source=re.compile(rf"[\W_]*({any_of(data['source_labels'])}) ?: ?(?P<name>\S.*)"),
        several=frozenset(data["several"]),
        credit=re.compile(rf"\W*(?P<before>(?:[\w'.-]+ ){{0,4}}?){credit} (?P<name>\S.*)"),
        bracketed=re.compile(rf"\((?:{credit}|sources? ?:) ?(?P<name>[^()]{{2,80}})\)\W*\Z"),
        articles=re.compile(rf"(?:{alternatives(data['articles'])}) ?"),
        joiner=data["joiner"],
        agencies=frozenset(data["agencies"]),
        not_names=frozenset(data["not_names"]),
    )


def find_publication_date(text: str, language: str = "fr") -> dt.date | None:
    """The day in the dateline at the head or the foot of an article, None without one.

    A dateline is a line of its own but for a place, an author or a time ("Paris, le 12 mars
    2024", "Publié le 3 juin 2025 à 9h par Jeanne Martin"), or the date that opens the text
    ("25 janvier 2016. – Les procès…"). The day of publication goes before that of a change
    ("Mis à jour le…").

    Raises
    ------
    LookupError
        If the language has no ``dateline.yaml`` or ``dates.yaml``.
    """
    rules = _rules(language)
    head, foot = _margins(text)
    found: list[tuple[_Certainty, int, dt.date]] = []
    for order, (line, opening) in enumerate(
        [(line, True) for line in head] + [(line, False) for line in reversed(foot)]
    ):
        found += [(sure, order, day) for sure, day in _days(rules, line, opening, language)]
    return min(found)[2] if found else None


def _margins(text: str) -> tuple[list[str], list[str]]:
    """The first and the last lines of `text` that are not empty, no line in both."""
    lines = [line for line in text[: 2 * _MARGIN].splitlines() if line.strip()]
    if len(text) <= 2 * _MARGIN:
        return lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_FOOT_LINES:]
    last = [line for line in text[-_MARGIN:].splitlines() if line.strip()]
    return lines[:_HEAD_LINES], last[1:][-_FOOT_LINES:]


def _days(
    rules: _Rules, line: str, opening: bool, language: str
) -> Iterator[tuple[_Certainty, dt.date]]:
    start = flatten(line[:_MAX_LINE])
    found = find_dates(start, None, language)
    moments = (date for date in found if date.relation == "moment" and date.earliest)
    dates = [date for date in moments if date.earliest == date.latest]
    if not dates:
        return
    first = dates[0]
    if opening and _opens(start, first):
        if first.earliest:
            yield _Certainty.ALONE, first.earliest
        return
    folded = lower(start)
    if len(line) > _MAX_LINE or not _is_dateline(rules, start, folded, dates):
        return
    for date in dates:
        if date.earliest is None:
            continue
        if rules.updated.search(folded, 0, date.start):
            yield _Certainty.UPDATED, date.earliest
        elif rules.published.search(folded, 0, date.start):
            yield _Certainty.LABELLED, date.earliest
        else:
            yield _Certainty.ALONE, date.earliest


def _opens(line: str, date: FoundDate) -> bool:
    """Whether the line begins with a place, perhaps, the date, and a dash before its text."""
    before = line[: date.start]
    if not _DASH.match(line, date.end):
        return False
    if before.endswith(("le ", "Le ")):
        before = before[:-3]
    place = _PLACE.fullmatch(before)
    return place is not None and not before.strip()[:1].islower()


def _is_dateline(rules: _Rules, line: str, folded: str, dates: list[FoundDate]) -> bool:
    """Whether nothing but a place, an author and set words stands beside the dates."""
    rest = list(line)
    for date in dates:
        rest[date.start : date.end] = " " * (date.end - date.start)
    for label in rules.labels.finditer(folded):
        rest[label.start() : label.end()] = " " * (label.end() - label.start())
    names = 0
    for word in re.findall(r"\w+", "".join(rest)):
        if fold(word) in rules.words or (word.isdigit() and len(word) <= 2):
            continue
        if not word[0].isupper():
            return False
        names += 1
    if names == 0:
        return True
    before = line[: dates[0].start].removesuffix("le ").rstrip()
    placed = before.endswith((",", "-", "|", "(")) and names <= 3
    labelled = bool(rules.labels.search(folded)) or bool(rules.author.match(folded))
    return placed or (labelled and names <= _MAX_NAMES)


def find_credited_source(text: str, language: str = "fr") -> str | None:
    """The outlet that an article names as its source ("Source : Bloomberg"), None without one.

    Of several ("Sources : Bloomberg, The Information") it is the first, of a web address its
    host. "(Avec AFP)" and "Le Monde avec AFP" credit AFP.

    Raises
    ------
    LookupError
        If the language has no ``dateline.yaml``.
    """
    rules = _rules(language)
    head, foot = _margins(text)
    lines = [*head, *foot]
    for index in range(len(lines) - 1, -1, -1):
        last = 0 < index >= len(lines) - _LAST_LINES
        if name := _credited(rules, lines[index], last=last):
            return name
    return None


def _credited(rules: _Rules, line: str, *, last: bool) -> str | None:
    """Whom one line credits; `last` if it is one of the last lines of its article."""
    flat = flatten(_MARKDOWN_LINK.sub(r"\1", line[-4 * _MAX_LINE :])).strip()
    folded = lower(flat)
    if match := rules.bracketed.search(folded):
        return _outlet(rules, flat[slice(*match.span("name"))], several=True)
    if len(flat) <= _MAX_LINE and (match := rules.source.fullmatch(folded)):
        return _outlet(rules, flat[slice(*match.span("name"))], several=match[1] in rules.several)
    if len(flat) <= _MAX_SOURCE and (match := rules.credit.fullmatch(folded)):
        signed = flat[slice(*match.span("before"))].split()
        if any(word[0].islower() and word.lower() not in rules.words for word in signed):
            return None
        name = _outlet(rules, flat[slice(*match.span("name"))], several=True)
        alone = last and not signed
        return name if alone or (name and fold(name) in rules.agencies) else None
    return None


def _outlet(rules: _Rules, words: str, *, several: bool) -> str | None:
    """The first name in `words`, None if they hold no name of an outlet."""
    words = words.strip()
    if "://" in words:
        address = next(word for word in words.split() if "://" in word)
        try:
            host = urlsplit(address.strip("()[]<>.,;")).hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None
    name = _SEPARATORS.split(words, maxsplit=1)[0].split("(")[0]
    if several:
        name = re.split(rf"\s+{re.escape(rules.joiner)}\s+", name, maxsplit=1)[0]
    name = name.strip(' .,;:!?…)]»«"“”*_')
    if article := rules.articles.match(fold(name)):
        name = name[article.end() :]
    if fold(name) in rules.not_names or not 1 < len(name) <= _MAX_SOURCE:
        return None
    return name if name[0].isupper() or name[0].isdigit() else None
