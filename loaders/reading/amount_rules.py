"""How one language writes sums of money: its ``amounts.yaml``, compiled once per process."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.bounds import BoundRules
from loaders.reading.numbers import alternatives, match_digits, number_grammar
from loaders.reading.patterns import GAP, any_of, ending, expand, whole

_CLEAR_SCALE: Final = 10**9
"""From here on a doubtful name ("livres") is money: nothing else is counted so high."""

_LARGE: Final = 10**6
"""The least multiplier that a sum without its currency has."""
_FEW: Final = r"(?: [^\s.,;:!?()0-9]{1,20}){0,3}"
"""What may stand between a verb and its sum: "a acheté *la start-up Y* 120 millions"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sum may have it, with its multipliers.

    `unit` is the last multiplier: 10**6 for "14,3 millions", 1 for "14" and "1 200 000".
    `rough` if the number itself says that it is rounded ("une centaine de millions").
    """

    start: int
    end: int
    value: Fraction
    unit: int = 1
    grouped: bool = False
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency in the text; `name` is the pattern that found it, "" for a sign or a code."""

    code: str
    end: int
    name: str = ""


class AmountRules:
    """What `amounts.yaml` says, as compiled expressions over folded text."""

    def __init__(self, language: str) -> None:
        data = language_data(language, "amounts")
        numbers = language_data(language, "numbers")
        self.data = data
        self.macros = {"of": alternatives(data["of_any"]), "sum": r"[0-9]", "few": _FEW}
        self.bounds = BoundRules(data, self.macros)
        self._compile_numbers(language, numbers)
        self._compile_currencies()
        self._compile_phrases(numbers)
        self._compile_context()

    def _compile_numbers(self, language: str, numbers: dict[str, Any]) -> None:
        self._grammar = number_grammar(language)
        self._multipliers: dict[str, int] = numbers["thousands"] | numbers["scales"]
        self._collectives: dict[str, int] = numbers["collectives"]
        self._scales = sorted(set(numbers["scales"].values()), reverse=True)
        of = alternatives(self.data["of"])
        words = alternatives(self._multipliers | self._collectives)
        self._multiplier = re.compile(rf"{GAP}?(?:(?:{of}){GAP}?)?({words})(?!\w)")
        self._collective = re.compile(rf"{GAP}({alternatives(self._collectives)})(?!\w)")
        half = alternatives(numbers["half"])
        joiner = re.escape(numbers["joiner"])
        one = alternatives(word for word, value in numbers["small"].items() if value == 1)
        scales = alternatives(numbers["scales"])
        self._and_half = re.compile(rf"{GAP}{joiner}{GAP}(?:{half})(?!\w)")
        self._half = re.compile(rf"(?:(?:{one}){GAP})?(?:{half})(?:-|{GAP})({scales})(?!\w)")
        self._the_one = re.compile(
            rf"(?:{alternatives(self.data['the_one'])}){GAP}(?=(?:{scales})(?!\w))"
        )
        front = self.data["front_multipliers"]
        self._front = numbers["scales"] | self.data["abbreviations"] | front
        self._front_multiplier = re.compile(rf"(?:-|{GAP})?({alternatives(self._front)})(?!\w)")

    def _compile_currencies(self) -> None:
        data = self.data
        self._abbreviations: dict[str, int] = data["abbreviations"]
        self._signs: dict[str, str] = data["signs"] | {code.lower(): code for code in data["codes"]}
        self._codes = frozenset(code.lower() for code in data["codes"])
        self._names = [(re.compile(f"(?:{expand(name)})\\Z"), name) for name in data["names"]]
        signs, names = alternatives(data["signs"]), any_of(data["names"])
        of, codes = alternatives(data["of"]), alternatives(self._codes)
        self._currency = re.compile(
            rf"{GAP}?(?:(?P<short>{alternatives(self._abbreviations)}) ?)??"
            rf"(?:(?:{of}){GAP}?)?"
            rf"(?:(?P<name>{names})(?!\w)|(?P<sign>{signs}|(?:{codes})(?!\w)))"
        )
        # The first word of each name, without what is optional at its end.
        stems = {re.split(r"\w\?|[^\w-]", name, maxsplit=1)[0] for name in data["names"]}
        self._signs_alone = tuple(sign for sign in data["signs"] if len(sign) == 1)
        self._stems = tuple(sorted(stems))
        self._stem = re.compile(rf"(?<!\w)(?:{alternatives(stems)})")
        self._upper_codes = tuple(data["codes"])

    def _compile_phrases(self, numbers: dict[str, Any]) -> None:
        phrases = self.data["phrases"]
        self.phrases = [(Fraction(entry["value"]), entry["currency"]) for entry in phrases]
        fixed = "|".join(
            f"(?P<phrase{index}>{whole(expand(entry['like']))})"
            for index, entry in enumerate(phrases)
        )
        half = alternatives(numbers["half"])
        self.candidate = re.compile(
            rf"{fixed}"
            rf"|(?<!\w)(?P<front>{alternatives(self._signs)}) ?(?=[0-9])"
            r"|(?<!\w)(?<![0-9][.,])[0-9]"
            rf"|(?<!\w)(?:{self._the_one.pattern}"
            rf"|(?:{self._grammar.starters}|{half})(?!\w))"
        )

    def _compile_context(self) -> None:
        data, macros = self.data, self.macros
        ranges, elided = data["range"], data["elided"]
        links = {*data["list_links"], *ranges["links"], *ranges["linked_after"].values()}
        self.link = re.compile(rf"{GAP}?(?P<link>{any_of(links)})(?:(?<=[-'])|{GAP}|(?<=,))")
        self.range_links = frozenset(ranges["links"])
        self.linked_after: dict[str, str] = ranges["linked_after"]
        self.range_before = ending(f"(?P<before>{any_of(ranges['before'])})")
        self.change = re.compile(whole(any_of(ranges["change"])))
        self.elided_after = ending(any_of(elided["after"]))
        self.elided_before = re.compile(
            rf"{GAP}?(?:[.,;:!?)»\n]|\Z|{whole(any_of(elided['before'], macros))})"
        )
        self.goes_on = re.compile(
            rf"{GAP}(?P<by>{any_of(elided['goes_on'], macros)})(?:(?<=')|{GAP})"
        )
        self.listed = re.compile(rf"(?:,|{whole(any_of(elided['listed']))}){GAP}?\Z")
        self.spent = ending(any_of(elided["spent"], macros))
        self._large = tuple(w for w, unit in self._multipliers.items() if unit >= _LARGE)
        self.spending = re.compile(whole(any_of(elided["spent"], macros)))
        self.per_after = [
            (unit, re.compile(rf"{GAP}?{any_of(places['after'])}(?!\w)"))
            for unit, places in data["per"].items()
        ]
        self.per_before = [
            (unit, ending(any_of(places["before"], macros))) for unit, places in data["per"].items()
        ]
        self._doubtful = {
            name: (
                re.compile(whole(any_of(context["before"]))),
                re.compile(whole(any_of(context["never_before"]))),
            )
            for name, context in data["doubtful"].items()
        }

    def tells_of_spending(self, folded: str) -> bool:
        """Whether a sum without its currency may be named: "avait déboursé 310 millions"."""
        large = any(word in folded for word in self._large)
        return large and self.spending.search(folded) is not None

    def mentions_money(self, flat: str, folded: str) -> bool:
        """Whether a currency is named at all: a cheap test that spares most sentences the rest."""
        return (
            any(sign in folded for sign in self._signs_alone)
            or any(code in flat for code in self._upper_codes)
            # Looking for plain strings is far faster than the expression, which only confirms.
            or (
                any(stem in folded for stem in self._stems)
                and self._stem.search(folded) is not None
            )
        )

    def match_quantity(self, folded: str, position: int) -> Quantity | None:
        """The number, in whatever form, that begins at `position`."""
        if match := self._half.match(folded, position):
            unit = self._multipliers[match[1]]
            return Quantity(position, match.end(), Fraction(unit, 2), unit)
        if match := self._the_one.match(folded, position):
            # The article is no part of the sum: it may be one of its bound ("plus du milliard").
            return self._multiplied(folded, Quantity(match.end(), match.end(), Fraction(1)))
        if found := match_digits(folded, position):
            start = Quantity(position, found.end, found.value, grouped=found.grouped)
            return self._multiplied(folded, start)
        if (found := self._grammar.match(folded, position)) is None:
            return None
        unit = next((s for s in self._scales if found.value and found.value % s == 0), 1)
        return self._multiplied(folded, Quantity(position, found.end, found.value, unit))

    def _multiplied(self, folded: str, quantity: Quantity) -> Quantity:
        value, unit, end, rough = quantity.value, quantity.unit, quantity.end, quantity.rough
        if match := self._collective.match(folded, end):
            value, end, rough = value * self._collectives[match[1]], match.end(), True
        for _ in range(2):
            if (match := self._multiplier.match(folded, end)) is None:
                break
            word = match[1]
            unit = self._multipliers.get(word) or self._collectives[word]
            value, end = value * unit, match.end()
        if unit > 1 and (match := self._and_half.match(folded, end)):
            value, end = value + Fraction(unit, 2), match.end()
        return Quantity(quantity.start, end, value, unit, quantity.grouped, rough)

    def match_front(
        self, flat: str, folded: str, sign: re.Match[str]
    ) -> tuple[Quantity, str] | None:
        """The number after a currency sign or code, and its currency: "$14.3 billion"."""
        word = sign["front"]
        code = self._signs[word]
        if word in self._codes and not flat[sign.start("front") : sign.end("front")].isupper():
            return None
        if (found := match_digits(folded, sign.end())) is None:
            return None
        after = self.match_quantity(folded, sign.end())
        if after and self.match_currency(flat, folded, after):
            return None  # "10 € 3 millions d'euros": the sign belongs to what stands before it
        value, end, unit = found.value, found.end, 1
        if match := self._front_multiplier.match(folded, end):
            unit = self._front[match[1]]
            end = match.end()
        elif folded[end - 4 : end - 3] == "," and found.value.denominator > 1:
            value *= 1000  # "$1,200": a comma before three digits parts the thousands here
        return Quantity(sign.start("front"), end, value * unit, unit), code

    def match_currency(
        self, flat: str, folded: str, quantity: Quantity
    ) -> tuple[Quantity, Currency] | None:
        """The currency after `quantity`, with the multiplier between them ("14,3 Md€") applied."""
        match = self._currency.match(folded, quantity.end)
        if match is None:
            return None
        if short := match["short"]:
            unit = self._abbreviations[short]
            quantity = Quantity(
                quantity.start, match.end("short"), quantity.value * unit, unit, quantity.grouped
            )
        if sign := match["sign"]:
            if sign in self._codes and not flat[match.start("sign") : match.end()].isupper():
                return None
            return quantity, Currency(self._signs[sign], match.end())
        name = next(name for known, name in self._names if known.match(match["name"]))
        return quantity, Currency(self.data["names"][name], match.end(), name)

    def is_money(self, folded: str, quantity: Quantity, currency: Currency) -> bool:
        """Whether this is a sum: no mere "un dollar fort", nor books ("livres") for pounds."""
        if quantity.value == quantity.unit == 1 and not folded[quantity.start].isdigit():
            return False
        context = self._doubtful.get(currency.name)
        if context is None:
            return True
        supporting, contrary = context
        start = max(0, quantity.start - 60)
        if contrary.search(folded, start, quantity.start):
            return False
        if quantity.value >= _CLEAR_SCALE or supporting.search(folded, start, quantity.start):
            return True
        following = folded[currency.end : currency.end + 3].lstrip()
        return following.startswith("(") and self.mentions_money(
            "", folded[currency.end : currency.end + 40]
        )


@functools.cache
def amount_rules(language: str) -> AmountRules:
    """The rules of `language`, compiled once per process."""
    return AmountRules(language)
