"""Cutting an article's text into lines and sentences, by punctuation and language data alone.

A parser's own boundaries are not used: measured on press articles they break at the dash of a
list item and at «, and they cost a parse of text that no claim will come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from loaders.languages import language_data

MAX_SENTENCE_LENGTH: Final = 2_000
"""Characters. What is longer is no sentence but a table or text without punctuation; it is cut."""


class LineKind(StrEnum):
    """What the line that a sentence stands in looks like."""

    BODY = "body"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence's place: ``text[start:end]``; `paragraph` counts the lines that hold text."""

    start: int
    end: int
    paragraph: int
    kind: LineKind


_LINE: Final = re.compile(r"[^\n]+")
_INITIALS: Final = 2
"""The most letters of each part of what is abbreviated to initials."""
_ITEM: Final = re.compile(r"\s*(?:[-–—•*▪·►]|\d{1,2}[.)])\s+")
_DAY: Final = r"(?:, (?:le )?\d{1,2}(?:er)? [a-zà-ÿ]{3,9}\.?)"
_DATELINE: Final = re.compile(
    rf"(?:[A-ZÀ-Ý][\w'’ /.-]{{1,40}}{_DAY}?,? )?"
    r"\([A-Z][\w ./-]{1,30}\) ?[-–—]{1,2} ?(?=[«\"“(]? ?[^\W_a-zà-ÿ])"
    rf"|[A-ZÀ-Ý][A-ZÀ-Ý '’/-]{{2,40}}{_DAY}? ?[-–—] (?=[A-ZÀ-Ý][a-zà-ÿ'’ ])"
)
_END: Final = re.compile(r"(?:[.!?…]+)(?:\s?[»”\"')\]]+)?(?=\s+(?:[«“\"(\[–—-]\s?)?[^\W_a-zà-ÿ])")
_CLOSED: Final = re.compile(r"[.!?…:;,]\s*[»”\"')\]]*\s*$")
_WORD_BEFORE: Final = re.compile(r"(?<![^\s(«“'’-])([^\s(«“'’-]+)\.$")
_BREAK: Final = re.compile(r"[;,\s]\s*(?=\S)")


def split_sentences(text: str, language: str) -> list[SentenceSpan]:
    """The sentences of `text`, in order; none runs over a line end."""
    abbreviations = _abbreviations(language)
    spans: list[SentenceSpan] = []
    paragraph = -1
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        paragraph += 1
        item = _ITEM.match(text, line.start(), line.end())
        start = item.end() if item else line.start()
        closed = bool(_CLOSED.search(line.group()))
        kind = LineKind.ITEM if item else LineKind.BODY if closed else LineKind.HEADING
        # "PARIS, 3 mai (Reuters) - Le PDG de Y …": the first sentence begins behind it.
        if dateline := None if item else _DATELINE.match(text, start, line.end()):
            for begin, end in _trimmed(text, start, dateline.end()):
                spans.append(SentenceSpan(begin, end, paragraph, kind))
            start = dateline.end()
        for begin, end in _cut(text, start, line.end(), abbreviations):
            spans.append(SentenceSpan(begin, end, paragraph, kind))
    return spans


def _cut(
    text: str, start: int, end: int, abbreviations: frozenset[str]
) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match.group() == "." and _is_abbreviation(text, begin, match.end(), abbreviations):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _is_abbreviation(text: str, start: int, end: int, abbreviations: frozenset[str]) -> bool:
    word = _WORD_BEFORE.search(text, max(start, end - 30), end)
    if word is None:
        return False
    initial = len(word[1]) == 1 and word[1].isupper()
    if initial or word[1] in abbreviations:
        return True
    letters = word[1].split(".")  # "U.S.", "Ph.D.", but not "Character.AI."
    return len(letters) > 1 and all(len(part) <= _INITIALS for part in letters)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE_LENGTH:
        cut = start + MAX_SENTENCE_LENGTH
        for match in _BREAK.finditer(text, start + MAX_SENTENCE_LENGTH // 2, cut):
            cut = match.end()
        yield start, cut
        start = cut
    if start < end:
        yield start, end


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(language_data(language, "grammar")["abbreviations"])
