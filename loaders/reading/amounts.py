"""Sums of money in running text. Shares of capital are found by :mod:`loaders.reading.shares`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Final

from graph.model import Bound
from loaders.reading.amount_rules import AmountRules, Currency, Quantity, amount_rules
from loaders.reading.folding import flatten, lower
from loaders.reading.shares import FoundShare, find_shares

__all__ = ["AmountsOf", "FoundAmount", "FoundShare", "find_amounts", "find_shares"]

_MAX_ROW: Final = 6
"""Numbers in a row that share one currency: "10, 20 et 30 millions d'euros"."""

_ELISION_REACH: Final = 200
"""Characters after a sum within which a number may do without a currency."""

_ELISION_UNIT: Final = 10**6
"""Only a number with at least this multiplier may do without a currency."""

_SPENT_WINDOW: Final = 70
"""Characters before such a number in which a verb of spending stands."""

_SENTENCE_END: Final = re.compile(r"[.!?;…](?=\s)|\n")
_BRACKETED: Final = re.compile(r" ?\([^()\n]{1,40}\)")
_PER_WINDOW: Final = 60
_YEARS: Final = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """A sum of money: ``text[start:end]`` is its number, multiplier and currency.

    `value` is in units of `currency` (ISO 4217). `cue` are the words that set the bound and
    `cue_start` their place, before the sum or after it; without any, `cue` is empty and
    `cue_start` is `start`. A range ("entre 10 et 15 millions d'euros") has its lower end as
    `value`, the bound at_least, and its upper end as `upper`. `per` is "year", "month", "week"
    or "day" for a recurring sum ("par an"), else None.
    """

    start: int
    end: int
    value: float
    currency: str
    bound: Bound
    per: str | None = None
    cue: str = ""
    cue_start: int = -1
    upper: float | None = None


class AmountsOf:
    """The sums of a whole article, which are only looked for when somebody asks."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._language = text, language

    @cached_property
    def _found(self) -> list[FoundAmount]:
        return find_amounts(self._text, self._language)

    def currency_near(self, position: int) -> str | None:
        """That of the last sum before `position`, or else of the first behind it."""
        count = bisect_right(self._found, position, key=attrgetter("end"))
        return self._found[max(0, count - 1)].currency if self._found else None


def find_amounts(
    text: str, language: str = "fr", currency_near: Callable[[], str | None] | None = None
) -> list[FoundAmount]:
    """The sums of money in `text`, in order of appearance.

    A sum without a value ("des millions d'euros"), a count of anything but money ("8 milliards
    de paramètres") and a percentage are none. `currency_near` tells that of a sum beside the
    text: "avait déboursé 310 millions" is in it.

    >>> [(a.value, a.currency, a.bound) for a in find_amounts("plus de 14,3 Md€")]
    [(14300000000.0, 'EUR', <Bound.AT_LEAST: 'at_least'>)]

    Raises
    ------
    LookupError
        If the language has no ``amounts.yaml``.
    """
    rules = amount_rules(language)
    flat = flatten(text)
    folded = lower(flat)
    told = currency_near is not None and rules.tells_of_spending(folded)
    if not told and not rules.mentions_money(flat, folded):
        return []
    return list(_Search(rules, text, flat, folded, currency_near).run())


@dataclass(frozen=True, slots=True)
class _Row:
    """Numbers in a row that end in one currency, and the places of the words between them."""

    quantities: list[Quantity]
    links: list[tuple[int, int]]
    currency: Currency


class _Search:
    """One pass over one text, from left to right."""

    def __init__(
        self,
        rules: AmountRules,
        text: str,
        flat: str,
        folded: str,
        currency_near: Callable[[], str | None] | None,
    ) -> None:
        self.rules, self.text, self.flat, self.folded = rules, text, flat, folded
        self.currency_near = currency_near
        self.position = 0
        self.last: FoundAmount | None = None

    def run(self) -> Iterator[FoundAmount]:
        while candidate := self.rules.candidate.search(self.folded, self.position):
            self.position = candidate.end()
            for amount in self._read(candidate):
                if amount.value > 0:
                    self.last = amount
                    yield amount

    def _read(self, candidate: re.Match[str]) -> list[FoundAmount]:
        for index, (value, code) in enumerate(self.rules.phrases):
            if candidate[f"phrase{index}"]:
                quantity = Quantity(candidate.start(), candidate.end(), value)
                return [self._single(quantity, Currency(code, candidate.end()))]
        if candidate["front"]:
            return self._read_front(candidate)
        number = self.rules.match_quantity(self.folded, candidate.start())
        return self._read_number(number) if number else []

    def _read_front(self, sign: re.Match[str]) -> list[FoundAmount]:
        found = self.rules.match_front(self.flat, self.folded, sign)
        if found is None:
            return []
        quantity, code = found
        self.position = quantity.end
        return [self._single(quantity, Currency(code, quantity.end))]

    def _read_number(self, quantity: Quantity) -> list[FoundAmount]:
        row = self._row(quantity)
        if row is None:
            self.position = max(self.position, quantity.end)
            return self._elided(quantity)
        self.position = row.currency.end
        if not self.rules.is_money(self.folded, row.quantities[-1], row.currency):
            return []
        return self._resolve(row)

    def _priced(self, quantity: Quantity) -> tuple[Quantity, Currency] | None:
        """`quantity` with the currency after it, "2 millions 500 000 euros" included."""
        if found := self.rules.match_currency(self.flat, self.folded, quantity):
            return found
        if quantity.unit > 1 and self.folded[quantity.end : quantity.end + 1] == " ":
            rest = self.rules.match_quantity(self.folded, quantity.end + 1)
            if rest and rest.unit < quantity.unit and 0 < rest.value < quantity.unit:
                value = quantity.value + rest.value
                whole = replace(quantity, end=rest.end, value=value, unit=1)
                return self.rules.match_currency(self.flat, self.folded, whole)
        return None

    def _row(self, first: Quantity) -> _Row | None:
        quantities, links = [first], list[tuple[int, int]]()
        while (priced := self._priced(quantities[-1])) is None:
            link = self.rules.link.match(self.folded, quantities[-1].end)
            if link is None or len(quantities) == _MAX_ROW:
                return None
            following = self.rules.match_quantity(self.folded, link.end())
            if following is None:
                return None
            quantities.append(following)
            links.append(link.span("link"))
        quantities[-1], currency = priced
        return self._trimmed(_Row(quantities, links, currency))

    def _trimmed(self, row: _Row) -> _Row | None:
        """`row` if its first number may belong to it; else None, and the reading starts later.

        "Llama 4 et 10 millions d'euros" and "en 2019, 10 millions d'euros" are no rows.
        """
        if len(row.quantities) == 1:
            return row
        first = row.quantities[0]
        plain = first.unit == 1 and not first.grouped and first.value.denominator == 1
        if plain and (first.value in _YEARS or self._follows_name(first.start)):
            return None
        last_link = self.folded[slice(*row.links[-1])]
        return None if last_link == "," else row

    def _follows_name(self, start: int) -> bool:
        before = self.flat[max(0, start - 40) : start]
        word = before.split()[-1:] if before[-1:].isspace() else []
        return bool(word) and word[0][:1].isupper() and not self._range_before(start)

    def _range_before(self, start: int) -> re.Match[str] | None:
        return self.rules.range_before.search(self.folded, max(0, start - 20), start)

    def _resolve(self, row: _Row) -> list[FoundAmount]:
        *others, last = row.quantities
        if not others:
            return [self._ranged(last, row.currency)]
        if len(others) == 1 and (
            amount := self._range(others[0], last, row.links[0], row.currency)
        ):
            return [amount]
        scaled = [_scaled_like(other, last) for other in others]
        amounts = [
            self._single(quantity, Currency(row.currency.code, quantity.end)) for quantity in scaled
        ]
        return [*amounts, self._single(last, row.currency)]

    def _ranged(self, first: Quantity, currency: Currency) -> FoundAmount:
        """`first`, or the range that it opens where both ends name the currency."""
        if self._range_before(first.start) and (
            link := self.rules.link.match(self.folded, currency.end)
        ):
            second = self.rules.match_quantity(self.folded, link.end())
            priced = self._priced(second) if second else None
            if priced and priced[1].code == currency.code:
                amount = self._range(first, priced[0], link.span("link"), priced[1])
                if amount:
                    self.position = amount.end
                    return amount
        return self._single(first, currency)

    def _range(
        self, lower: Quantity, upper: Quantity, link: tuple[int, int], currency: Currency
    ) -> FoundAmount | None:
        word = self.folded[slice(*link)]
        before = self._range_before(lower.start)
        opening = " ".join(before["before"].split()) if before else ""
        if expected := self.rules.linked_after.get(opening):
            if word != expected:
                return None
        elif word not in self.rules.range_links or self._changes(before, lower.start):
            return None
        low = _scaled_like(lower, upper)
        if low.value >= upper.value and lower.unit == 1:  # "entre 800 et un milliard d'euros"
            small = lower.value * _ELISION_UNIT
            low = replace(lower, value=small) if small < upper.value else lower
        if low.value >= upper.value:
            return None
        cue = before.span("before") if before else link
        return self._amount(
            replace(low, end=currency.end), currency, Bound.AT_LEAST, cue, float(upper.value)
        )

    def _changes(self, before: re.Match[str] | None, start: int) -> bool:
        if before is None:
            return False
        return self.rules.change.search(self.folded, max(0, start - 30), before.start()) is not None

    def _single(self, quantity: Quantity, currency: Currency) -> FoundAmount:
        found = self.rules.bounds.before(self.folded, quantity.start)
        end = self._per(quantity.start, currency.end)[1]
        found = found or self.rules.bounds.after(self.folded, currency.end)
        found = found or self.rules.bounds.after(self.folded, end)
        if found is None:
            bound = Bound.ABOUT if quantity.rough else Bound.EXACT
            return self._amount(quantity, currency, bound, (quantity.start, quantity.start))
        return self._amount(quantity, currency, found.bound, (found.start, found.end))

    def _amount(
        self,
        quantity: Quantity,
        currency: Currency,
        bound: Bound,
        cue: tuple[int, int],
        upper: float | None = None,
    ) -> FoundAmount:
        return FoundAmount(
            start=quantity.start,
            end=currency.end,
            value=float(quantity.value),
            currency=currency.code,
            bound=bound,
            per=self._per(quantity.start, currency.end)[0],
            cue=self.text[slice(*cue)],
            cue_start=cue[0],
            upper=upper,
        )

    def _per(self, start: int, end: int) -> tuple[str | None, int]:
        """How often the sum between `start` and `end` recurs, and where the words of it end."""
        after = match.end() if (match := _BRACKETED.match(self.folded, end)) else end
        for unit, pattern in self.rules.per_after:
            if found := pattern.match(self.folded, after):
                return unit, found.end()
        for unit, pattern in self.rules.per_before:
            if pattern.search(self.folded, max(0, start - _PER_WINDOW), start):
                return unit, end
        return None, end

    def _elided(self, quantity: Quantity) -> list[FoundAmount]:
        """`quantity` as a sum in the currency of the one before it, if the sentence allows it."""
        last = self.last
        if quantity.unit < _ELISION_UNIT or not (last or self.currency_near):
            return [] if last is None else self._again(quantity, last)
        begin = last.end if last is not None else 0
        window = max(begin, quantity.start - 30)
        if not self.rules.spent.search(
            self.folded, max(begin, quantity.start - _SPENT_WINDOW), quantity.start
        ):
            if last is None or quantity.start - begin > _ELISION_REACH:
                return []
            if _SENTENCE_END.search(self.folded, begin, quantity.start):
                return []
            if not self.rules.elided_after.search(self.folded, window, quantity.start):
                return []
        if not self.rules.elided_before.match(self.folded, quantity.end):
            return []
        currency = last.currency if last else self.currency_near and self.currency_near()
        return [self._single(quantity, Currency(currency, quantity.end))] if currency else []

    def _again(self, quantity: Quantity, last: FoundAmount) -> list[FoundAmount]:
        """A bare number in the unit of the sum before: "22 millions pour Y et *9* pour Z"."""
        if quantity.unit > 1 or quantity.value in _YEARS:
            return []
        goes_on = self.rules.goes_on.match(self.folded, quantity.end)
        before = self.rules.goes_on.match(self.folded, last.end)
        if goes_on is None or before is None or goes_on["by"] != before["by"]:
            return []
        if not self.rules.listed.search(self.folded, last.end, quantity.start):
            return []
        if _SENTENCE_END.search(self.folded, last.end, quantity.start):
            return []
        told = self.rules.match_quantity(self.folded, last.start)
        if told is None or told.unit < _ELISION_UNIT:
            return []
        scaled = replace(quantity, value=quantity.value * told.unit, unit=told.unit)
        return [self._single(scaled, Currency(last.currency, quantity.end))]


def _scaled_like(quantity: Quantity, model: Quantity) -> Quantity:
    """`quantity` with the multiplier of `model`, if it has none of its own and looks for one."""
    if quantity.unit > 1 or quantity.grouped or quantity.value >= 1000 or model.unit == 1:
        return quantity
    return replace(quantity, value=quantity.value * Fraction(model.unit), unit=model.unit)
