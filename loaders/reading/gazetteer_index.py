"""The index behind the gazetteer: a trie over folded words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from graph.model import Kind
from loaders.reading.gazetteer_edges import (
    Determiners,
    Scan,
    apposed,
    inside_address,
    runs_over,
    tied_after,
    tied_before,
)
from loaders.reading.gazetteer_file import Entry
from loaders.reading.surfaces import Surface, Words, accepted_forms, fold, gap, surface_of

_GLUED: Final = re.compile(r"([^\W\d_]{2,})\d")


class Candidate(NamedTuple):
    """One spelling of one entry, at the end of its path in the trie.

    With `bare` its determiner has been taken off and must stand before it in the text.
    """

    entry: Entry
    surface: Surface
    description: bool
    ambiguous: bool
    bare: bool


class Span(NamedTuple):
    """Where the index found something, and what it may be, the likeliest first.

    `glued` says that a number follows without a space ("GPT5"): a match only as a version.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    glued: bool = False


class _Node:
    __slots__ = ("candidates", "children")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.candidates: list[Candidate] = []


class Index:
    """Spellings by their first word.

    Parameters
    ----------
    determiners
        The words that open a definite noun phrase.
    templates
        The descriptions that an entry's seats, people and owns give, with ``{}`` for the name.
    contractions
        Patterns and replacements applied to what a template gives: "de Apple" → "d'Apple".
    """

    def __init__(
        self,
        determiners: Determiners,
        templates: Mapping[str, Sequence[str]],
        contractions: Mapping[str, str],
    ) -> None:
        self._root: dict[str, _Node] = {}
        self._lower: set[str] = set()
        self._determiners = determiners
        self._templates = templates
        self._contractions = [(re.compile(old), new) for old, new in contractions.items()]

    def add(self, entry: Entry) -> None:
        """Index every name and description of `entry`."""
        for name in entry.names:
            surface, ambiguous = surface_of(name), name in entry.ambiguous
            self._insert(Candidate(entry, surface, False, ambiguous, bare=False))
            rest = self._without_determiner(surface)
            if rest and entry.kind is not Kind.PERSON:
                self._insert(Candidate(entry, rest, False, ambiguous, bare=True))
        own = (*entry.descriptions, *self.derived_descriptions(entry))
        for phrases, ambiguous in ((own, False), (entry.shared, True)):
            for phrase in phrases:
                surface = surface_of(phrase)
                rest = self._without_determiner(surface)
                self._insert(Candidate(entry, rest or surface, True, ambiguous, rest is not None))

    def derived_descriptions(self, entry: Entry) -> list[str]:
        """The descriptions that the templates make from the entry's seats, people and owns."""
        made: list[str] = []
        sources = {"seats": entry.seats, "people": entry.people, "owns": entry.owns}
        for field, names in sources.items():
            for template in self._templates.get(field, ()):
                for name in names:
                    phrase = template.replace("{}", name)
                    for pattern, replacement in self._contractions:
                        phrase = pattern.sub(replacement, phrase)
                    made.append(phrase)
        return made

    def openings(self, words: Words) -> list[int]:
        """The numbers of the words at which a match may begin; the rest need no closer look."""
        root, lower = self._root, self._lower
        return [
            number
            for number, (word, key) in enumerate(zip(words.words, words.keys, strict=True))
            if key in (lower if word == key else root) or not key.isalpha()
        ]

    def longest(self, scan: Scan, first: int) -> Span | None:
        """The longest match that begins at word number `first` of the text."""
        keys, starts, ends = scan.words.keys, scan.words.starts, scan.words.ends
        node = self._root.get(keys[first])
        if node is None:
            return self._glued(scan, first)
        path = [(first, node)] if node.candidates else []
        last = first
        while node.children and last + 1 < len(keys):
            between = gap(scan.text[ends[last] : starts[last + 1]])
            if between is None or (between == "\n" and not runs_over(scan, last)):
                break
            step = " " if between == "\n" else between
            following = node.children.get(step + keys[last + 1])
            if following is None:
                break
            node, last = following, last + 1
            if node.candidates:
                path.append((last, node))
        for last, node in reversed(path):
            span = self._accept(scan, first, last, node.candidates)
            if span is not None:
                return span
        return None

    def _accept(
        self, scan: Scan, first: int, last: int, candidates: Sequence[Candidate]
    ) -> Span | None:
        opening = None
        if any(candidate.bare for candidate in candidates):
            opening = self._determiners.opening(scan, first)
        fitting = [c for c in candidates if _fits(c, scan, first, last, opening)]
        if not fitting:
            return None
        if len(fitting) > 1:
            longest = max(len(c.surface.tail) for c in fitting)
            fitting = [c for c in fitting if len(c.surface.tail) == longest]
            fitting.sort(key=lambda c: (c.description, c.bare, c.ambiguous))
        best = fitting[0]
        start = scan.words.starts[first]
        end = scan.words.ends[last] + len(best.surface.tail)
        if inside_address(scan, start, end) or not self._untied(scan, first, last, end, best):
            return None
        chosen = tuple(c for c in fitting if c.description == best.description)
        return Span(opening if best.bare and opening is not None else start, end, chosen)

    def _untied(self, scan: Scan, first: int, last: int, end: int, best: Candidate) -> bool:
        """Whether hyphens leave the match standing: in "ex-Apple", not in "Jean-Claude"."""
        doubtful = best.ambiguous or best.entry.kind is Kind.PERSON
        before = tied_before(scan, first)
        if before is not None and doubtful and before[0].isupper():
            return False
        after = tied_after(scan, last, end)
        if after is None or best.entry.versions:
            return True
        word, key = scan.words.words[after], scan.words.keys[after]
        if best.entry.kind is Kind.PERSON and word[0].isupper():
            return False  # "Anne Roche-Petit" is not Anne Roche
        return word[0].isdigit() or (word[0].isupper() and (not doubtful or key in self._root))

    def _glued(self, scan: Scan, first: int) -> Span | None:
        """A family's name with a number stuck to it: "GPT5", "Llama3"."""
        found = _GLUED.match(scan.words.words[first])
        node = self._root.get(fold(found.group(1))) if found else None
        if found is None or node is None:
            return None
        chosen = tuple(
            c
            for c in node.candidates
            if c.entry.versions
            and not c.bare
            and found.group(1) in accepted_forms(c.surface.words[0])
        )
        start = scan.words.starts[first]
        return Span(start, start + found.end(1), chosen, glued=True) if chosen else None

    def _without_determiner(self, surface: Surface) -> Surface | None:
        if len(surface.keys) < 2 or surface.keys[0] not in self._determiners.plain:
            return None
        keys = (surface.keys[1][1:], *surface.keys[2:])
        return Surface(keys, surface.words[1:], surface.tail)

    def _insert(self, candidate: Candidate) -> None:
        keys = candidate.surface.keys
        if candidate.description or keys[0] in accepted_forms(candidate.surface.words[0]):
            self._lower.add(keys[0])
        node = self._root.setdefault(keys[0], _Node())
        for key in keys[1:]:
            node = node.children.setdefault(key, _Node())
        if candidate not in node.candidates:
            node.candidates.append(candidate)


def _fits(candidate: Candidate, scan: Scan, first: int, last: int, opening: int | None) -> bool:
    loose = candidate.bare and opening is None
    if loose and not (candidate.description and apposed(scan, first)):
        return False
    tail = candidate.surface.tail
    if tail and not scan.text.startswith(tail, scan.words.ends[last]):
        return False
    if candidate.description:
        return True
    seen = scan.words.words[first : last + 1]
    return all(
        word == own or word in accepted_forms(own)
        for word, own in zip(seen, candidate.surface.words, strict=True)
    )
