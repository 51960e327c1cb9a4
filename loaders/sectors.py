"""What a company is in: by the gazetteer, else by the words beside its name in an article.

"La start-up de cybersécurité X", "X, spécialiste des puces" and "l'assureur X" say it; a sentence
that merely speaks of a sector does not. Nothing is guessed: of others no sector is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.anaphors import Anaphors
from loaders.reading.gazetteer import Gazetteer
from loaders.reading.lexicon import lowered


class Sectors:
    """The sectors that one gazetteer and its language know.

    Examples
    --------
    >>> sectors = Sectors(Gazetteer.load("fr"))
    >>> sectors.known("Wiz", Kind.COMPANY)
    ('tech', 'cybersecurity')
    >>> sectors.said("Vauclair", "Airbus investit dans la start-up de cybersécurité Vauclair.")
    ('cybersecurity',)
    >>> sectors.said("Vauclair", "Vauclair mise sur la cybersécurité.")
    ()
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        anaphors = Anaphors.of(gazetteer.language)
        nouns = {
            noun: sorted(found.sectors)
            for noun, found in anaphors.nouns.items()
            if found.kinds & {Kind.COMPANY, Kind.ORGANIZATION} and not found.relational
        }
        # A noun that fits companies of several sectors does not say which of them one is in.
        self._alone = {noun: sectors[0] for noun, sectors in nouns.items() if len(sectors) == 1}
        self._fields = anaphors.field_words
        links: dict[str, list[str]] = language_data(gazetteer.language, "descriptions")["links"]
        of, determiners = _opening(links["fields"]), _opening(links["appositions"])
        said = (
            rf"(?:{_any(nouns)})(?: (?:{_any(anaphors.countries)}))?"
            rf" (?:{of})(?P<field>{_any(self._fields)})(?: (?:{_any(anaphors.countries)}))?"
            rf"|(?P<alone>{_any(self._alone)})(?: (?:{_any(anaphors.countries)}))?"
        )
        self._before = re.compile(rf"(?<!\w)(?:{said})(?: «)?\s*$")
        self._after = re.compile(rf"\s*(?:»\s*)?,\s*(?:{determiners})?(?:{said})(?!\w)")
        self._in_brackets = re.compile(rf"\s*(?:»\s*)?\((?P<field>{_any(self._fields)})[,)]")

    def known(self, name: str, kind: Kind) -> tuple[str, ...]:
        """The sectors of this company or body by the gazetteer."""
        for entry in self._gazetteer.lookup_all(name):
            if kind in {entry.kind, entry.also} and entry.sectors:
                return entry.sectors
        return ()

    def said(self, name: str, sentence: str) -> tuple[str, ...]:
        """The sectors that the words beside `name` in `sentence` say it is in."""
        text, sought = lowered(sentence), re.escape(lowered(name))
        found: set[str] = set()
        for place in re.finditer(rf"(?<!\w){sought}(?!\w)", text):
            for told in (
                self._before.search(text, 0, place.start()),
                self._after.match(text, place.end()),
                self._in_brackets.match(text, place.end()),
            ):
                if told is not None:
                    groups = told.groupdict()
                    field, alone = groups["field"], groups.get("alone")
                    found |= self._fields[field] if field else {self._alone[alone or ""]}
        return tuple(sorted(found))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _opening(words: Iterable[str]) -> str:
    """Any of the words as it stands before another: with a space if it is not elided."""
    return _any(word if word.endswith("'") else f"{word} " for word in words)
