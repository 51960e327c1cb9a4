"""Whether a name of the gazetteer is meant where the same words could be something else."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.first_names import FirstNames
from loaders.reading.gazetteer_edges import Scan, apposed
from loaders.reading.gazetteer_file import Entry
from loaders.reading.gazetteer_index import Span
from loaders.reading.surfaces import fold, words_of

_CUE_REACH: Final = 40
"""Words to either side of an ambiguous name among which a cue makes it certain."""
_NEXT_CAPITAL: Final = re.compile(r"[ \u00a0]([^\W\d_])")
_BEFORE_NAME: Final = re.compile(r"[ \u00a0]?[«\"“]?[ \u00a0]?\Z")


class Senses:
    """Decides between the things that a name may stand for, from the words around it."""

    def __init__(self, language: str) -> None:
        kinds = language_data(language, "kinds")
        self._first_names = FirstNames.of(language).known
        self._titles = frozenset(fold(title.rstrip(".")) for title in kinds["civil_titles"])
        self._heads = {
            fold(word): Kind(kind) for kind, words in kinds["heads"].items() for word in words
        }
        self._at = frozenset(language_data(language, "descriptions")["at_a_company"])

    def is_a_persons(self, scan: Scan, word: int) -> bool:
        """Whether word number `word` is a surname: "Gabrielle Chanel", "M. Renault"."""
        if word == 0 or scan.words.keys[word - 1] not in self._titles:
            return self.is_a_first_names(scan, word)
        between = scan.text[scan.words.ends[word - 1] : scan.words.starts[word]]
        return between in (" ", "\u00a0", ". ", ".\u00a0")

    def is_a_first_names(self, scan: Scan, word: int) -> bool:
        """Whether a common first name stands right before word number `word`."""
        if word == 0 or scan.text[scan.words.ends[word - 1] : scan.words.starts[word]] != " ":
            return False
        before = scan.words.words[word - 1]
        return before[0].isupper() and scan.words.keys[word - 1] in self._first_names

    def is_anothers(self, scan: Scan, word: int) -> bool:
        """Whether a surname follows a capitalised word, which may be another's first name."""
        if word == 0 or scan.text[scan.words.ends[word - 1] : scan.words.starts[word]] != " ":
            return False
        before = scan.words.words[word - 1]
        return before[0].isupper() and not before.isupper() and not apposed(scan, word - 1)

    def meant(self, scan: Scan, word: int, span: Span, entries: Sequence[Entry]) -> Entry | None:
        """The one entry that the neighbouring words speak for, or None if they do not tell."""
        if _runs_on(scan.text, span.end):
            return None
        head = self._head(scan, word)
        around = _around(scan, word, span.end)
        for fits in (
            [entry for entry in entries if head in (entry.kind, entry.also)] if head else [],
            [entry for entry in entries if _cued(around, entry)],
        ):
            if len(fits) == 1:
                return fits[0]
        return None

    def _head(self, scan: Scan, word: int) -> Kind | None:
        """The kind that the word before demands: Company in "chez Orange", "l'opérateur Free"."""
        if word == 0:
            return None
        between = scan.text[scan.words.ends[word - 1] : scan.words.starts[word]]
        if not between or not _BEFORE_NAME.fullmatch(between):
            return None
        before = scan.words.keys[word - 1]
        return Kind.COMPANY if before in self._at else self._heads.get(before)


def _runs_on(text: str, end: int) -> bool:
    """Whether a capitalised word follows, as in "Claude Bernard" or "Orange Cyberdefense"."""
    follows = _NEXT_CAPITAL.match(text, end)
    return follows is not None and follows.group(1).isupper()


def _cued(around: str, entry: Entry) -> bool:
    pattern = _cue_pattern(entry)
    return pattern is not None and pattern.search(around) is not None


def _around(scan: Scan, word: int, end: int) -> str:
    """The folded words before and after a match, with a bar in its place."""
    keys = scan.words.keys
    after = bisect_left(scan.words.starts, end)
    before = keys[max(0, word - _CUE_REACH) : word]
    return " ".join((*before, "|", *keys[after : after + _CUE_REACH]))


@functools.lru_cache(maxsize=4096)
def _cue_pattern(entry: Entry) -> re.Pattern[str] | None:
    cues = [*entry.cues, *([entry.owner] if entry.owner else [])]
    if not cues:
        return None
    joined = "|".join(re.escape(" ".join(words_of(cue).keys)) for cue in cues)
    return re.compile(rf"(?<!\w)(?:{joined})(?:s|x|es)?(?!\w)")
