"""Shares of a whole in running text: "34 % du capital", "la moitié des parts"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from graph.model import Bound
from loaders.reading.amount_rules import amount_rules
from loaders.reading.bounds import BoundRules
from loaders.reading.folding import fold
from loaders.reading.numbers import match_digits, number_grammar
from loaders.reading.patterns import GAP, any_of, expand, whole

_WINDOW: Final = 40
_SIGNED: Final = re.compile(r"[-+] ?\Z")


@dataclass(frozen=True, slots=True)
class FoundShare:
    """A share of a whole, in percent: ``text[start:end]`` is the number and its sign.

    `of` are the words of the whole ("du capital"), empty where the text does not name it. A
    range ("entre 20 et 30 %") has its lower end as `percent`, the bound at_least, and its upper
    end as `upper`.
    """

    start: int
    end: int
    percent: float
    bound: Bound
    of: str = ""
    upper: float | None = None


class _ShareRules:
    def __init__(self, language: str) -> None:
        money = amount_rules(language)
        data: dict[str, Any] = money.data["shares"]
        self.bounds: BoundRules = money.bounds
        self.grammar = number_grammar(language)
        sign = any_of(data["signs"])
        gap = rf"{GAP}{{0,2}}"
        links = any_of({"à", "et", "ou", "-", *money.range_links, *money.linked_after.values()})
        number = r"[0-9]{1,3}(?:[.,][0-9]{1,4})?"
        self.percentage = re.compile(
            rf"(?<![\w.,])(?:(?P<low>{number})(?:{gap}{sign})?{gap}{links}{gap})?"
            rf"(?P<number>{number}|{self.grammar.sequence})"
            rf"{gap}{sign}(?!\w)"
        )
        self.triggers = _last_words(data["signs"])
        self.wholes = re.compile(rf"{GAP}(?P<of>{whole(any_of(data['wholes']))})")
        self.never_after = re.compile(whole(any_of(data["never_after"])))
        self.never_before = re.compile(rf"{GAP}{whole(any_of(data['never_before']))}")
        self.fraction_triggers = _last_words(data["fractions"])
        self.values = list(data["fractions"].values())
        self.fraction = re.compile(
            "|".join(
                f"(?P<f{index}>{whole(expand(words))})"
                for index, words in enumerate(data["fractions"])
            )
        )


def _last_words(patterns: Iterable[str]) -> tuple[str, ...]:
    """Strings of which a text must hold one for any of `patterns` to be in it."""
    return tuple(sorted({re.findall(r"\w+|%", pattern)[-1] for pattern in patterns}))


@functools.cache
def _rules(language: str) -> _ShareRules:
    return _ShareRules(language)


def find_shares(text: str, language: str = "fr") -> list[FoundShare]:
    """The shares in `text`, in order of appearance.

    A percentage that measures a change or a rate ("une hausse de 12 %") is none.

    Raises
    ------
    LookupError
        If the language has no ``amounts.yaml``.
    """
    rules = _rules(language)
    folded = fold(text)
    found = [*_percentages(rules, text, folded), *_fractions(rules, text, folded)]
    return sorted(found, key=lambda share: share.start)


def _percentages(rules: _ShareRules, text: str, folded: str) -> list[FoundShare]:
    if not any(trigger in folded for trigger in rules.triggers):
        return []
    shares = []
    for match in rules.percentage.finditer(folded):
        end = match.end()
        of = rules.wholes.match(folded, end)
        if of is None and (
            _SIGNED.search(folded, max(0, match.start() - 2), match.start())
            or rules.never_before.match(folded, end)
            or rules.never_after.search(folded, max(0, match.start() - _WINDOW), match.start())
        ):
            continue
        percent = _value(rules, folded, match.start("number"), match.end("number"))
        low = _value(rules, folded, *match.span("low")) if match["low"] else None
        words = text[of.start("of") : of.end("of")] if of else ""
        if percent is None or not 0 < percent <= 100:
            continue
        if low is not None and 0 < low < percent:
            shares.append(FoundShare(match.start(), end, low, Bound.AT_LEAST, words, percent))
            continue
        start = match.start("number")
        shares.append(FoundShare(start, end, percent, _bound(rules, folded, start, end), words))
    return shares


def _value(rules: _ShareRules, folded: str, start: int, end: int) -> float | None:
    number = match_digits(folded, start) or rules.grammar.match(folded, start)
    return float(number.value) if number and number.end == end else None


def _fractions(rules: _ShareRules, text: str, folded: str) -> list[FoundShare]:
    if not any(trigger in folded for trigger in rules.fraction_triggers):
        return []
    shares = []
    for match in rules.fraction.finditer(folded):
        start, end = match.span()
        if of := rules.wholes.match(folded, end):
            index = int((match.lastgroup or "f0")[1:])
            words = text[of.start("of") : of.end("of")]
            bound = _bound(rules, folded, start, end)
            shares.append(FoundShare(start, end, float(rules.values[index]), bound, words))
    return shares


def _bound(rules: _ShareRules, folded: str, start: int, end: int) -> Bound:
    found = rules.bounds.before(folded, start) or rules.bounds.after(folded, end)
    return found.bound if found else Bound.EXACT
