"""Whether a name of the gazetteer is meant where the same words could be something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.first_names import FirstNames
from loaders.reading.gazetteer_edges import Determiners, Scan, apposed
from loaders.reading.gazetteer_file import Entry
from loaders.reading.gazetteer_index import Span
from loaders.reading.gazetteer_match import GazetteerMatch
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
        descriptions = language_data(language, "descriptions")
        self._at = frozenset(descriptions["at_a_company"])
        self._after = frozenset(map(fold, descriptions["after_a_name"]))
        self._articles = Determiners(descriptions["determiners"]).plain
        self._common = alone = frozenset(map(fold, descriptions["stand_alone"]))
        self._alone = alone | self._first_names | self._articles
        self._coordinators = frozenset(descriptions["coordinators"])
        self._sector_cues: dict[str, list[str]] = descriptions["sector_cues"]
        self._patterns: dict[Entry, re.Pattern[str] | None] = {}

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
        if runs_on(scan.text, span.end):
            return None
        if scan.words.keys[word] in self._common and apposed(scan, word):
            return None  # "Elle y retrouve…" opens a sentence
        if len(entries) == 1 and self._capital_article(scan, word, span):
            return entries[0]
        head = self._head(scan, word)
        around = _around(scan, word, span.end)
        for fits in (
            [entry for entry in entries if head in (entry.kind, entry.also)] if head else [],
            [entry for entry in entries if self._cued(entry, around)],
        ):
            if len(fits) == 1:
                return fits[0]
        return entries[0] if len(entries) == 1 and self._is_subject(scan, word, span) else None

    def _is_subject(self, scan: Scan, word: int, span: Span) -> bool:
        """Whether a verb follows and no determiner stands before: "Arc a déposé une offre"."""
        after = bisect_left(scan.words.starts, span.end)
        key = scan.words.keys[word]
        if after >= len(scan.words.keys) or key in self._alone:
            return False
        between = scan.text[span.end : scan.words.starts[after]]
        if scan.words.keys[after] not in self._after or between not in (" ", "\u00a0"):
            return False
        return span.start == scan.words.starts[word] and apposed(scan, word)

    def _capital_article(self, scan: Scan, word: int, span: Span) -> bool:
        """Whether the name begins with an article whose capital the sentence does not ask for.

        "Lu dans Le Monde" against "Le monde d'après".
        """
        if word == 0 or span.candidates[0].bare:
            return False
        between = scan.text[scan.words.ends[word - 1] : scan.words.starts[word]]
        own = span.candidates[0].surface.words
        return (
            between in (" ", "\u00a0")
            and len(own) > 1
            and fold(own[0]) in self._articles
            and scan.words.words[word].istitle()
            and scan.words.words[word - 1].islower()
        )

    def settle(self, text: str, matches: Sequence[GazetteerMatch]) -> list[GazetteerMatch]:
        """One sense per text, and one kind per list: what is certain in one place helps another.

        A name made certain somewhere is certain where it recurs, and so is one listed with
        certain names of its kind. What is still a common word then is no name.
        """
        listed = [self._listed(text, matches, number) for number in range(len(matches))]
        sure = {m.surface: m.entry for m in listed if not m.ambiguous and not m.is_description}
        settled = [
            replace(match, ambiguous=False, entry=sure[match.surface])
            if match.ambiguous and not match.is_description and match.surface in sure
            else match
            for match in listed
        ]
        return [
            match
            for match in settled
            if match.is_description
            or not match.ambiguous
            or not all(entry.needs_cue for entry in match.candidates)
        ]

    def _listed(self, text: str, matches: Sequence[GazetteerMatch], number: int) -> GazetteerMatch:
        match = matches[number]
        if not match.ambiguous or match.is_description or match.entry.kind is Kind.PERSON:
            return match
        if runs_on(text, match.end):
            return match
        kinds: set[Kind] = set()
        for left, right in ((number - 1, number), (number, number + 1)):
            if left < 0 or right >= len(matches):
                continue
            between = text[matches[left].end : matches[right].start].strip()
            other = matches[left if right == number else right]
            if between in self._coordinators and not (other.ambiguous or other.is_description):
                kinds.add(other.entry.kind)
        fits = [entry for entry in match.candidates if entry.kind in kinds]
        return replace(match, ambiguous=False, entry=fits[0]) if len(fits) == 1 else match

    def _cued(self, entry: Entry, around: str) -> bool:
        """Whether a word that speaks for `entry` is among the words `around` it."""
        if entry not in self._patterns:
            cues = [*entry.cues, *([entry.owner] if entry.owner else [])]
            for sector in entry.sectors:
                cues += self._sector_cues.get(sector, ())
            joined = "|".join(re.escape(" ".join(words_of(cue).keys)) for cue in cues)
            pattern = re.compile(rf"(?<!\w)(?:{joined})(?:s|x|es)?(?!\w)") if cues else None
            self._patterns[entry] = pattern
        found = self._patterns[entry]
        return found is not None and found.search(around) is not None

    def _head(self, scan: Scan, word: int) -> Kind | None:
        """The kind that the word before demands: Company in "chez Orange", "l'opérateur Free"."""
        if word == 0:
            return None
        between = scan.text[scan.words.ends[word - 1] : scan.words.starts[word]]
        if not between or not _BEFORE_NAME.fullmatch(between):
            return None
        before = scan.words.keys[word - 1]
        return Kind.COMPANY if before in self._at else self._heads.get(before)


def runs_on(text: str, end: int) -> bool:
    """Whether a capitalised word follows, as in "Claude Bernard" or "Orange Cyberdefense"."""
    follows = _NEXT_CAPITAL.match(text, end)
    return follows is not None and follows.group(1).isupper()


def _around(scan: Scan, word: int, end: int) -> str:
    """The folded words before and after a match, with a bar in its place."""
    keys = scan.words.keys
    after = bisect_left(scan.words.starts, end)
    before = keys[max(0, word - _CUE_REACH) : word]
    return " ".join((*before, "|", *keys[after : after + _CUE_REACH]))
