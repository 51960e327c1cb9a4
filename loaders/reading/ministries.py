"""Ministries and chambers by their whole names, and the fields of ministers, which are no names.

"Le ministère américain de la Justice" is a body; of "le ministre du Travail, du Plein emploi et de
l'Insertion" nothing is. Several fields are told from what else is coordinated by their nouns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.body_names import adjectives
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.spans import Taken
from loaders.reading.tagger_spans import FoundName

_SMALL: Final = r"[a-zà-ÿœ]{3,}"
_NOUN: Final = r"[A-Za-zÀ-ÿœ][\w-]{2,}(?![\w'’])"


@dataclass(frozen=True, slots=True)
class MinistryRules:
    """What names a ministry and what a minister's fields are, as regular expressions.

    Attributes
    ----------
    ministry
        A ministry from its noun to the last of its fields.
    office
        A minister's title with all the fields behind it, those the first group.
    chamber
        A chamber of a trade with its place, or a chair of a university with its field.
    signs
        Pieces of words without which a text speaks of neither.
    """

    ministry: re.Pattern[str]
    office: re.Pattern[str]
    chamber: re.Pattern[str]
    signs: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> MinistryRules:
        """The rules of `language`, read once."""
        names: dict[str, Any] = language_data(language, "names")
        bodies, spans = names["bodies"], names["spans"]
        written = any_word(bodies["government_adjectives"])
        adjective = rf"(?:{adjectives(bodies)}| (?:{written})(?!\w))"
        of, to = leading_word(bodies["genitives"]), leading_word(spans["field_links"])
        first = rf"{_NOUN}(?:{adjective}){{0,2}}"
        further = rf"(?i:{any_word(bodies['government'])})(?!\w)(?:{adjective}){{0,2}}"
        several = rf"(?:,? et (?:{to})?{further}|, (?:{to}){further})*"
        people = rf"(?: [a-zà-ÿ-]*(?:{any_word(spans['people_endings'])}))?"
        charged = rf"(?: (?:{any_word(spans['in_charge'])})s?){{0,2}}"
        return MinistryRules(
            ministry=re.compile(
                rf"(?<![\w-])((?:{any_word(bodies['ministries'])})(?: [a-zà-ÿ-]+)? "
                rf"(?:(?:{of}){_SMALL} et (?:{of}){_SMALL}(?![\w'’])|(?:{of}){first}{several}))"
            ),
            office=re.compile(
                rf"(?<![\w-])(?i:{any_word(spans['offices'])})s?{people}{charged} "
                rf"((?:{to}){first}{several})"
            ),
            chamber=re.compile(
                rf"(?<![\w-])((?:{any_word(bodies['chambers'])})(?: [a-zà-ÿ]+ale)? "
                rf"(?:{of})[A-ZÀ-Ý][\w-]+|(?:{any_word(bodies['chairs'])}) "
                rf"[A-ZÀ-Ý][\w-]+(?: et [\w-]+|{adjective})?)(?![\w'’])"
            ),
            signs=tuple(bodies["government_signs"]),
        )


def with_ministries(text: str, found: Sequence[FoundName], language: str) -> list[FoundName]:
    """The names of `found`, in order, ministries made whole and the fields of offices left out."""
    rules = MinistryRules.of(language)
    if not any(sign in text for sign in rules.signs):
        return list(found)
    known = {place.start: place for place in found if place.match is not None}
    whole = []
    for named in (*rules.ministry.finditer(text), *rules.chamber.finditer(text)):
        same = known.get(named.start(1))
        match = same.match if same is not None and same.end == named.end(1) else None
        whole.append(FoundName(named.start(1), named.end(1), named[1], "ORG", match))
    fields = [FoundName(m.start(1), m.end(1), m[1]) for m in rules.office.finditer(text)]
    taken, inside = Taken(whole), Taken(fields)
    kept = [
        place
        for place in found
        if taken.is_free(place.start, place.end) and not _is_field(place, inside)
    ]
    return sorted([*kept, *whole], key=lambda place: place.start)


def _is_field(place: FoundName, fields: Taken[FoundName]) -> bool:
    return any(
        field.start <= place.start and place.end <= field.end
        for field in fields.meeting(place.start, place.end)
    )
