"""Which sum and which date of a sentence belong to a claim."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from graph.model import Kind, Purpose
from loaders.languages import language_data
from loaders.reading.amounts import FoundAmount
from loaders.reading.anaphors import countries
from loaders.reading.clauses import clause_bounds
from loaders.reading.dates import FoundDate
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.predicates import verb_group
from loaders.reading.slots import Match
from loaders.reading.status import copula_before
from loaders.reading.sum_places import (
    behind_colon,
    is_anothers,
    is_apart,
    is_bare_news,
    is_beyond_relative,
    names_only,
)
from loaders.reading.tokens import Category
from loaders.reading.verb_bounds import belongs_elsewhere, is_in_relative

_BEFORE_DATE: Final = frozenset({Category.ADVERB, Category.PREPOSITION, Category.MENTION})
_NEWS_REACH: Final = 7
"""The same for a verb that tells when the news came: "annonce dans la nuit de lundi à mardi"."""
_OWN_DATE: Final = 2
"""Tokens behind a description in which a date is its own: "filiale de Y *depuis 2019*"."""
_SUM_REACH: Final = 9


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """``qualifiers.yaml`` of a language: what the words around a sum say that it is for."""

    purposes: dict[Purpose, frozenset[str]]
    anaphoric: frozenset[str]
    presentations: tuple[str, ...]
    examples: tuple[str, ...]
    others: frozenset[str]
    amounting: frozenset[str]
    parts: tuple[str, ...]
    deals: frozenset[str]
    sums: frozenset[str]
    rounds: tuple[str, ...]
    vague: frozenset[str]
    priced: frozenset[str]
    paying: frozenset[str]
    closing: frozenset[str]
    closing_stems: tuple[str, ...]
    begins: tuple[str, ...]
    announcing: frozenset[str]
    publishing: frozenset[str]
    effective: tuple[str, ...]
    called: frozenset[str]
    """Every word that says of a sum what it is for."""

    @staticmethod
    @cache
    def of(language: str) -> Qualifiers:
        """The data of `language`, read once."""
        data: dict[str, Any] = language_data(language, "qualifiers")
        anaphors: dict[str, Any] = language_data(language, "anaphors")
        words = {
            lowered(phrase).split()[-1]
            for rule in (*anaphors["nouns"], *anaphors["fixed"])
            for phrase in rule["words"]
        }
        words |= {f"{word}s" for word in words} | countries(anaphors).keys()
        return Qualifiers(
            purposes={
                Purpose(purpose): frozenset(map(lowered, listed))
                for purpose, listed in data["purposes"].items()
            },
            anaphoric=frozenset(words),
            presentations=tuple(map(lowered, anaphors["presentations"])),
            examples=tuple(map(lowered, anaphors["examples"])),
            others=frozenset(map(lowered, data["others"])),
            amounting=frozenset(data["amounting"]),
            parts=tuple(map(lowered, data["parts"])),
            deals=frozenset(map(lowered, data["deals"])),
            sums=frozenset(map(lowered, data["sums"])),
            priced=frozenset(map(lowered, data["priced"])),
            vague=frozenset(map(lowered, data["vague"])),
            paying=frozenset(data["paying"]),
            closing=frozenset(data["closing"]),
            closing_stems=tuple(data["closing_stems"]),
            begins=tuple(map(lowered, data["begins"])),
            announcing=frozenset(data["announcing"]),
            publishing=frozenset(data["publishing"]),
            effective=tuple(map(lowered, data["effective"])),
            called=frozenset(lowered(w) for listed in data["purposes"].values() for w in listed),
            rounds=tuple(map(lowered, data["rounds"])),
        )

    def goes_on(self, text: str, words: Set[str]) -> bool:
        """Whether a sentence may tell more of a deal or post: "L'opération porte sur …"."""
        if not words.isdisjoint(self.deals):
            ends = any(word.startswith(self.closing_stems) for word in words)
            return ends or not words.isdisjoint(self.sums)
        return any(begin in text for begin in self.begins)

    def presents(self, parsed: Parse) -> bool:
        """Whether the sentence names a group announced before: "Il s'agit de …"."""
        return lowered(parsed.sentence.text).startswith(self.presentations)

    def tells_of_round(self, parsed: Parse) -> bool:
        """Whether the sentence tells of a round of funding, by words for nothing else."""
        text = lowered(parsed.sentence.text)
        return any(words in text for words in self.rounds)

    def named_within(self, parsed: Parse) -> list[NamedEntity]:
        """People by whom a sentence names its own group: "plusieurs cadres, dont X et Y"."""
        for phrase in parsed.phrases:
            mention = parsed.mention(phrase)
            if mention is None or mention.entity.kind is not Kind.PERSON:
                continue
            before = lowered(parsed.text(0, phrase.start)) if phrase.start else ""
            if before.rstrip(" ,").endswith(self.examples):
                return parsed.listed(phrase)
        return []

    def amount(
        self, parsed: Parse, trigger: int, purpose: Purpose | None
    ) -> tuple[FoundAmount, Purpose] | None:
        """The sum nearest to `trigger` in its clause that is for `purpose`, or for what it says.

        A sum for a pay package must be called one; a valuation is taken as such, and where no
        price is told.
        """
        if purpose is None:
            return None
        start, end = clause_bounds(parsed, trigger)
        best: tuple[int, FoundAmount] | None = None
        worth: tuple[int, FoundAmount] | None = None
        for index in range(start, end):
            found = parsed.tokens[index].amount
            if found is None or self._is_other(parsed, index, start):
                continue
            if is_beyond_relative(parsed, index, trigger) or is_apart(parsed, index, trigger):
                continue
            if is_in_relative(parsed, index, trigger, self.called):
                continue
            stated = self._stated(parsed, index, start, purpose)
            distance = abs(index - trigger)
            if stated is Purpose.VALUATION and purpose is Purpose.PRICE:
                deal = any(t.lower in self.deals for t in parsed.tokens[start:index])
                if deal:  # "la transaction est valorisée", not "X, valorisée"
                    worth = min(worth or (distance, found), (distance, found), key=_nearness)
            elif stated is purpose or (
                stated is None and (purpose is not Purpose.PACKAGE or found.per is not None)
            ):  # "recruté pour 250 000 euros par mois"
                best = min(best or (distance, found), (distance, found), key=_nearness)
        if best is not None:
            return best[1], purpose
        return (worth[1], Purpose.VALUATION) if worth is not None else None

    def amounts(self, parsed: Parse, trigger: int, purpose: Purpose | None) -> list[FoundAmount]:
        """All sums of a clause that may be for `purpose`, in order: those of "respectivement"."""
        if purpose is None:
            return []
        start, end = clause_bounds(parsed, trigger)
        return [
            found
            for index in range(start, end)
            if (found := parsed.tokens[index].amount) is not None
            and not self._is_other(parsed, index, start)
            and self._stated(parsed, index, start, purpose) in (None, purpose)
        ]

    def deal_amount(
        self, parsed: Parse, purpose: Purpose, parties: Collection[NamedEntity] = ()
    ) -> tuple[FoundAmount, Purpose] | None:
        """The sum that a sentence tells of a deal named before: "L'opération porte sur …".

        Or that is paid in a sentence that names nobody but the `parties`: "Le fonds débourse …".
        """
        for index, token in enumerate(parsed.tokens):
            if token.is_verb(self.paying) and names_only(parsed, parties):
                found = self.amount(parsed, index, purpose)
                if found is not None and found[1] is purpose:
                    return found
            if token.lower in self.deals and (
                self.points_back(parsed, index) or is_bare_news(parsed, index)
            ):
                found = self.amount(parsed, index, purpose) or behind_colon(parsed, index, purpose)
                called = found or self.amount(parsed, index, Purpose.PRICE)
                if called is not None and is_anothers(parsed, index, called[0]):
                    continue
                if called is None or called[1] is Purpose.VALUATION:
                    return called
                return called[0], purpose
        return None

    def points_back(self, parsed: Parse, index: int) -> bool:
        """Whether a noun names nothing anew: "la transaction", not "une transaction"."""
        phrase = parsed.at.get(index)
        if phrase is None or phrase.mention is not None:
            return False
        first = parsed.tokens[phrase.start]
        bare = phrase.start == 0 and first.category is not Category.DETERMINER
        return bare or first.lower in parsed.lexicon.definite

    def _is_other(self, parsed: Parse, index: int, start: int) -> bool:
        """Whether a sum is of something else: "réalise 100 millions d'euros de ventes"."""
        same = self._told_before(parsed, index)
        if same is not None:
            return same != index and self._is_other(parsed, same, start)
        # "se chiffre à" is no "chiffre d'affaires"
        before = [
            token.lower
            for token in parsed.tokens[max(start, index - 5) : index]
            if token.category is not Category.VERB
        ]
        after = [token.lower for token in parsed.tokens[index + 1 : index + 5]]
        behind = parsed.tokens[index + 1] if after else None
        genitive = behind is not None and behind.preposition == parsed.lexicon.genitive
        of = genitive and not self.others.isdisjoint(after[1:])  # "2 millions d'euros d'amende"
        text = " ".join(after).replace("' ", "'")
        marks = (Category.NOUN, Category.MENTION, Category.COMMA)
        far = range(index - 1, max(start, index - _SUM_REACH) - 1, -1)
        nearest = next((i for i in far if parsed.category(i) in marks), index)
        # "pour un chiffre d'affaires 2024 estimé à plus de 40 millions"
        before += [token.lower for token in parsed.tokens[max(start, nearest - 2) : nearest + 1]]
        told = not self.others.isdisjoint(before)
        return of or told or text.startswith(self.parts)

    def _told_before(self, parsed: Parse, index: int) -> int | None:
        """The sum that one repeats in another currency: "5 millions de dollars (4 millions)".

        Itself, where it is what something else comes to: "1,4 fois son chiffre d'affaires, soit".
        """
        before = parsed.tokens[index - 1] if index else None
        amounts = before is not None and before.lower in self.amounting
        if not amounts and parsed.category(index - 1) is not Category.OPEN:
            return None
        near = range(index - 2, max(-1, index - 4), -1)
        return next((i for i in near if parsed.tokens[i].amount), index if amounts else None)

    def _stated(self, parsed: Parse, index: int, start: int, asked: Purpose) -> Purpose | None:
        """What the nearest telling word before a sum, or right after it, says it is for.

        "Une offre de 12 milliards" is a pay package only where one is asked for.
        """
        vague = self.vague if asked is not Purpose.PACKAGE else frozenset[str]()
        for position in range(index - 1, max(start, index - 10) - 1, -1):
            word = parsed.tokens[position].lower
            if word in vague or (
                word in self.purposes[Purpose.PACKAGE]
                and parsed.category(position) is Category.VERB  # "X paie 12 millions pour Y"
            ):
                continue
            if word in self.priced and asked is not Purpose.PACKAGE:
                return asked  # "valorisée 900 millions, pour 1,1 milliard"
            for purpose, words in self.purposes.items():
                if word in words:
                    return purpose
        for position in range(index + 1, min(index + 4, len(parsed.tokens))):
            word = parsed.tokens[position].lower
            for purpose in (Purpose.PACKAGE, Purpose.VALUATION):
                if word in self.purposes[purpose] and word not in vague:
                    return purpose
        return None

    def date(
        self, parsed: Parse, trigger: int, told: Collection[int] = (), *, deal: bool = False
    ) -> FoundDate | None:
        """The date nearest to `trigger` in its clause; durations tell no day.

        Those at the tokens `told` are of something else: "X, directeur depuis 2020, rejoint Y".
        The day on which a `deal` is announced is not its day: "X a annoncé lundi le rachat de Y".
        """
        start, end = clause_bounds(parsed, trigger)
        dates = [
            ((abs(index - trigger), index < trigger), index, date)
            for index in range(start, end)
            if (date := parsed.tokens[index].date) is not None
            and date.relation != "duration"
            and index not in told
            and not belongs_elsewhere(parsed, index, trigger)
            and not (deal and self._is_announcements(parsed, index, start, end))
        ]
        link = verb_group(parsed, trigger) if parsed.category(trigger) is Category.VERB else None
        if link is not None and link.adjunct is not None:
            # "a rejoint Y en 2012 avant de fonder Z en 2015"
            dates = [each for each in dates if each[1] > link.start] or dates
        if not dates:
            return None
        effects = [each for each in dates if lowered(each[2].text).startswith(self.effective)]
        _, place, nearest = min(effects or dates)
        return spanning(parsed, place, nearest)

    def _is_announcements(self, parsed: Parse, date: int, start: int, end: int) -> bool:
        """Whether a date is that of saying so: "Lundi, X a annoncé", "X a annoncé lundi"."""
        for index in range(date - 1, start - 1, -1):
            token = parsed.tokens[index]
            if token.category is Category.VERB:
                out = token.is_verb(self.publishing) and token.has_form(Form.PARTICIPLE)
                return out or token.is_verb(self.announcing)
            if token.category not in _BEFORE_DATE and date - index > _NEWS_REACH:
                return False
        for index in range(date + 1, end):
            token = parsed.tokens[index]
            if token.category is Category.VERB and not token.is_verb(parsed.lexicon.auxiliaries):
                return token.is_verb(self.announcing)
        return False


def spanning(parsed: Parse, place: int, date: FoundDate) -> FoundDate:
    """The date at token `place`, with the end of the time that it begins: "de 2011 *à 2016*"."""
    apart = {"start": 1, "end": -1}.get(date.relation, 0)
    other = place + apart
    if not apart or not 0 <= other < len(parsed.tokens):
        return date
    if parsed.category(other) is Category.PREPOSITION:
        other += apart  # "entre 2008 *et* 2016" has none
    if parsed.category(other) is Category.COORDINATOR:
        other += apart
    found = parsed.tokens[other].date if 0 <= other < len(parsed.tokens) else None
    if found is None or {found.relation, date.relation} != {"start", "end"}:
        return date
    return replace(date, until=found) if apart > 0 else replace(found, until=date)


def beyond(parsed: Parse, match: Match) -> set[int]:
    """Tokens whose dates tell nothing of what a noun says in passing.

    "En 2021, X, filiale de Y, a …" does not tell since when; "X, filiale de Y depuis 2019" does.
    """
    if match.phrase is None or not match.frame.is_apposition:
        return set()
    if copula_before(parsed, match.phrase) is not None:
        return set()
    phrases = [f.phrase for f in match.fillers.values() if f.phrase is not None]
    last = max([match.end, *((p.group or [p])[-1].end - 1 for p in phrases)])
    own = range(match.trigger, last + _OWN_DATE + 1)
    return set(range(len(parsed.tokens))).difference(own)


def _nearness(found: tuple[int, FoundAmount]) -> int:
    return found[0]
