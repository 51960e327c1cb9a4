"""The gazetteer: well-known names and descriptions, found in plain text.

A token trie over folded words; one pass over the text, longest match first. What is known of each
entity is data in ``loaders/languages/<code>/gazetteer/*.yaml`` and in the users' own files.
"""

from __future__ import annotations

import functools
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Final

from graph.model import Kind
from loaders.errors import DataFileError
from loaders.languages import language_data
from loaders.reading.gazetteer_edges import Determiners, Scan
from loaders.reading.gazetteer_file import Entry, parse_entries, read_entries
from loaders.reading.gazetteer_index import Candidate, Index, Span
from loaders.reading.gazetteer_match import GazetteerMatch
from loaders.reading.gazetteer_senses import Senses
from loaders.reading.surfaces import fold, surface_of, words_of
from loaders.reading.versions import VersionRule

__all__ = [
    "Entry",
    "Gazetteer",
    "GazetteerMatch",
    "gazetteers_mark",
    "parse_entries",
    "read_entries",
]

_BEFORE_VERSION: Final = re.compile(r"(?<=\w)(?=[ \-\d])")


class Gazetteer:
    """Entries, and the index that finds them.

    Examples
    --------
    >>> found = Gazetteer.load("fr").find("La marque à la pomme imite Llama 4 Maverick.")
    >>> [(match.surface, match.entry.name) for match in found]
    [('La marque à la pomme', 'Apple'), ('Llama 4 Maverick', 'Llama 4 Maverick')]
    """

    def __init__(self, entries: Iterable[Entry], language: str = "fr") -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.language = language
        forms = language_data(language, "descriptions")
        determiners = Determiners(forms["determiners"])
        self._index = Index(determiners, forms["templates"], forms["contractions"])
        self._versions = VersionRule(language_data(language, "names")["versions"])
        self._senses = Senses(language)
        self._by_name: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._index.add(entry)
            for name in entry.names:
                listed = self._by_name.setdefault(_name_key(name), [])
                if entry not in listed:
                    listed.append(entry)

    @classmethod
    def load(cls, language: str = "fr", extra: Sequence[Path] = ()) -> Gazetteer:
        """The gazetteer that ships for `language`, with the users' own files in front.

        An entry of an `extra` file replaces the shipped one of the same name and kind, and of
        two files the later one wins.

        Raises
        ------
        loaders.errors.DataFileError
            If an extra file is not of the documented form.
        LookupError
            If there is no such language.
        """
        if not extra:
            return _shipped_gazetteer(language)
        chosen: dict[tuple[str, Kind], Entry] = {}
        for path in reversed(extra):
            for entry in read_entries(Path(path)):
                chosen.setdefault((fold(entry.name), entry.kind), entry)
        for entry in shipped_entries(language):
            chosen.setdefault((fold(entry.name), entry.kind), entry)
        return cls(chosen.values(), language)

    def lookup(self, name: str) -> Entry | None:
        """The entry of this name or alias, accents, case and hyphens forgiven.

        Of several, the one that carries it as its own name, else the first in the files. A name
        with version words ("Llama 5") gives a product made from its family.
        """
        found = self.lookup_all(name)
        if not found:
            return None
        key = _name_key(name)
        return next((entry for entry in found if _name_key(entry.name) == key), found[0])

    def lookup_all(self, name: str) -> tuple[Entry, ...]:
        """All entries that have this name or alias, in the order of the files."""
        found = self._by_name.get(_name_key(name))
        return tuple(found) if found else self._lookup_version(name.strip())

    def _lookup_version(self, name: str) -> tuple[Entry, ...]:
        for end in (found.start() for found in _BEFORE_VERSION.finditer(name)):
            for family in self._by_name.get(_name_key(name[:end]), ()):
                if family.versions and self._versions.extend(name, end) == len(name):
                    return (_version_entry(family, name),)
        return ()

    def find(self, text: str) -> list[GazetteerMatch]:
        """Names and descriptions of known entities in `text`, in order, none overlapping."""
        scan = Scan(text, words_of(text))
        return self._senses.settle(text, self._scan(scan, self._index.openings(scan.words)))

    def _scan(self, scan: Scan, openings: Iterable[int]) -> list[GazetteerMatch]:
        matches: list[GazetteerMatch] = []
        for word in openings:
            if scan.words.starts[word] < scan.free_from:
                continue
            span = self._index.longest(scan, word)
            match = None if span is None else self._match(scan, word, span)
            if match is not None:
                matches.append(match)
                scan.free_from = match.end
        return matches

    def _match(self, scan: Scan, word: int, span: Span) -> GazetteerMatch | None:
        text = scan.text
        entries = tuple(dict.fromkeys(candidate.entry for candidate in span.candidates))
        best: Candidate = span.candidates[0]
        ambiguous = best.ambiguous or len(entries) > 1
        surface = text[span.start : span.end]
        if best.description:
            inside = bisect_left(scan.words.starts, span.end)
            inner = self._scan(Scan(text, scan.words), range(word + 1, inside))
            return GazetteerMatch(
                span.start,
                span.end,
                entries[0],
                surface,
                ambiguous,
                is_description=True,
                candidates=entries,
                inner=tuple(m for m in inner if m.end <= span.end and not m.is_description),
            )
        families = [entry for entry in entries if entry.versions]
        if families:
            end = self._versions.extend(text, span.end)
            if end > span.end:
                return _versioned(text, span.start, end, families[0])
        if span.glued:
            return None
        if best.entry.kind is Kind.PERSON:
            if len(best.surface.words) == 1:
                if self._senses.is_a_first_names(scan, word):
                    return None
                ambiguous = ambiguous or self._senses.is_anothers(scan, word)
        elif self._senses.is_a_persons(scan, word):
            return None
        elif ambiguous:
            meant = self._senses.meant(scan, word, span, entries)
            if meant is not None:
                entries = (meant, *(entry for entry in entries if entry is not meant))
                ambiguous = False
        return GazetteerMatch(
            span.start, span.end, entries[0], surface, ambiguous, candidates=entries
        )


def gazetteers_mark(paths: Sequence[Path]) -> str:
    """Eight characters that tell the users' files by their contents and order; empty without any.

    Raises
    ------
    loaders.errors.DataFileError
        If a file cannot be read.
    """
    if not paths:
        return ""
    digest = hashlib.sha256()
    for path in paths:
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise DataFileError(str(path), f"cannot be read: {error.strerror}") from error
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:8]


@functools.cache
def shipped_entries(language: str) -> tuple[Entry, ...]:
    """The entries that ship for `language`, file by file in alphabetical order."""
    folder = files("loaders.languages").joinpath(language, "gazetteer")
    if not folder.is_dir():
        raise LookupError(f"the language {language!r} has no gazetteer")
    entries: list[Entry] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            entries.extend(parse_entries(file.read_text(encoding="utf-8"), file.name))
    return tuple(entries)


@functools.cache
def _shipped_gazetteer(language: str) -> Gazetteer:
    return Gazetteer(shipped_entries(language), language)


@functools.lru_cache(maxsize=16_384)
def _name_key(name: str) -> str:
    try:
        surface = surface_of(name)
    except ValueError:
        return " ".join(words_of(name).keys)
    return " ".join(part.strip() for part in surface.keys) + surface.tail


def _versioned(text: str, start: int, end: int, family: Entry) -> GazetteerMatch:
    surface = text[start:end]
    entry = _version_entry(family, re.sub(r"\s+", " ", surface))
    return GazetteerMatch(start, end, entry, surface, candidates=(entry,))


@functools.lru_cache(maxsize=4096)
def _version_entry(family: Entry, name: str) -> Entry:
    return replace(
        family,
        name=name,
        kind=Kind.PRODUCT,
        also=None,
        owner=family.owner or (family.name if family.kind is not Kind.PRODUCT else None),
        aliases=(),
        descriptions=(),
        shared=(),
        seats=(),
        people=(),
        owns=(),
        ambiguous=frozenset(),
        versions=False,
        family=family.name,
    )
