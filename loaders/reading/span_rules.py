"""Where a language lets a name begin and end: ``spans`` of ``names.yaml``, ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.languages import language_data

_CAPITAL = "[A-ZÀ-Ý]"
_SMALL = "[a-zà-ÿ]"
_OFFICE = 40
"""Letters before a field in which its office stands."""
_SMALL_WORD = "[a-zà-ÿ-]{4,}"


@dataclass(frozen=True, slots=True)
class SpanRules:
    """What cuts the tagger's names, as regular expressions over the text.

    Attributes
    ----------
    pointing
        The end of the text before a name that a demonstrative or indefinite word points to.
    people
        A word that tells where somebody is from, by its ending.
    two_peoples
        A word for somebody of two peoples: "Franco-Allemand".
    inverted
        A verb with its subject behind it: "va-t-il".
    plural
        The end of the text before several names: "les marques ".
    conjunction
        What joins two names, before a capital.
    adjunct
        A complement in small letters that is no part of the name before it.
    genitive
        What links a name to whom or what it belongs to.
    coordinated
        A further complement in small letters, to the end of the name.
    abbreviated
        An abbreviation with its stop at the end.
    offices
        The end of the text before the field of somebody's office: "la ministre de la ".
    small_name
        An article, a noun, perhaps its adjective, and a word in small letters that may be a name.
    small_told
        A word in small letters, a comma, and a noun with its article that tells what it is.
    drug
        An article and a word in small letters with the ending of a medicine's common name.
    made_by
        What links a thing to its maker, before a capital.
    town
        The name of a town with a small word inside: "Bréal-sous-Montfort".
    before_things
        Articles that stand before the name of a thing and never before a company's.
    post_adjectives
        Adjectives of posts, which have a capital where the post has one: "Directeur Exécutif".
    foreign_links
        Small words of other languages inside names: "Middle East and Africa".
    """

    pointing: re.Pattern[str]
    people: re.Pattern[str]
    two_peoples: re.Pattern[str]
    inverted: re.Pattern[str]
    plural: re.Pattern[str]
    conjunction: re.Pattern[str]
    adjunct: re.Pattern[str]
    genitive: re.Pattern[str]
    coordinated: re.Pattern[str]
    abbreviated: re.Pattern[str]
    offices: re.Pattern[str]
    small_name: re.Pattern[str]
    small_told: re.Pattern[str]
    drug: re.Pattern[str]
    made_by: re.Pattern[str]
    town: re.Pattern[str]
    before_things: frozenset[str]
    post_adjectives: frozenset[str]
    foreign_links: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> SpanRules:
        """The rules of `language`, read once."""
        data: dict[str, Any] = language_data(language, "names")["spans"]
        return SpanRules(
            pointing=re.compile(rf"(?:{any_word(data['pointing'])}) $", re.I),
            people=re.compile(rf"(?:{any_word(data['people_endings'])})s?$"),
            two_peoples=re.compile(rf"(?:{any_word(data['two_peoples'])})-{_CAPITAL}"),
            inverted=re.compile(rf"-(?:t-)?(?:{any_word(data['inverted'])})$", re.I),
            plural=re.compile(
                rf"(?:{any_word(data['plural'])}) [a-zà-ÿ-]+[{data['plural_ends']}] $"
            ),
            conjunction=re.compile(rf" (?:{any_word(data['conjunctions'])}) (?={_CAPITAL})"),
            adjunct=re.compile(rf" (?:{any_word(data['adjuncts'])})(?: [a-zà-ÿ'’-]+)+$"),
            genitive=re.compile(rf" (?:{any_word(data['genitives'])}) ?(?={_CAPITAL}|{_SMALL})"),
            coordinated=re.compile(
                rf" (?:{any_word(data['conjunctions'])}) (?:{any_word(data['articled'])}) ?{_SMALL}"
                rf"[^{_CAPITAL[1:-1]}]*$"
            ),
            abbreviated=re.compile(rf"\b(?:{any_word(data['abbreviations'])}|{_CAPITAL})\.$"),
            offices=re.compile(
                rf"(?<!\w)(?:{any_word(data['offices'])})s?"
                rf"(?: {_SMALL}*(?:{any_word(data['people_endings'])})s?)?"
                rf"(?: (?:{any_word(data['in_charge'])})s?){{0,2}} "
                rf"(?:{leading_word(data['field_links'])})$",
                re.I,
            ),
            small_name=re.compile(
                rf"(?<![\w-])(?i:{leading_word(data['before_small'])})"
                rf"({_SMALL_WORD})(?: ({_SMALL_WORD}))? "
                r"([a-z][a-z0-9]{2,})(?=[ ,;:)]|\.(?:\s|$))"
            ),
            small_told=re.compile(
                rf"(?<![\w-])(?:(?i:({leading_word(data['before_articled'])}))|(?i:{leading_word(data['before_bare'])}))"
                rf"([a-zà-ÿ][a-zà-ÿ0-9]+), (?:{leading_word(data['before_small'])})"
                rf"({_SMALL_WORD})(?: ({_SMALL_WORD}))?(?!\w)"
            ),
            drug=re.compile(
                rf"(?<![\w-])(?i:{leading_word([*data['before_articled'], data['elided']])})"
                rf"([a-zà-ÿ]{{3,}}(?:{any_word(data['drug_endings'])}))(?![\w'’-])"
            ),
            made_by=re.compile(rf" (?:{leading_word(data['made_by'])})(?={_CAPITAL})"),
            town=re.compile(
                rf"{_CAPITAL}[\w-]+-(?:{any_word(data['town_links'])})-{_CAPITAL}[\w-]+"
            ),
            before_things=frozenset(data["before_things"]),
            post_adjectives=frozenset(data["post_adjectives"]),
            foreign_links=frozenset(data["foreign_links"]),
        )


def is_field_of_office(text: str, start: int, language: str) -> bool:
    """Whether the field of an office begins at `start`: "la ministre de la *Culture*"."""
    before = text[max(0, start - _OFFICE) : start]
    return SpanRules.of(language).offices.search(before) is not None


@cache
def clubs(language: str) -> frozenset[str]:
    """Words that open the names of sports clubs in `language`."""
    return frozenset(language_data(language, "names")["bodies"]["clubs"])


def is_club(surface: str, language: str) -> bool:
    """Whether a name is a club's, with an adjective of its town: "Stade rennais"."""
    first, _, last = surface.rpartition(" ")
    people = SpanRules.of(language).people
    return first in clubs(language) and "-" not in last and people.search(last) is not None


def any_word(words: Iterable[str]) -> str:
    """Any of the words, the longest first; an apostrophe of either form."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", "['’]") for word in ordered)


def leading_word(words: Iterable[str]) -> str:
    """Any of the words as they stand before another: a space behind those that are not elided."""
    return any_word(word if word.endswith("'") else f"{word} " for word in words)
