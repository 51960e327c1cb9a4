"""Sums of money and shares of capital in running text."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Bound


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """A sum of money: ``text[start:end]`` is its number, scale and currency.

    `value` is in units of `currency` (ISO 4217). `cue` are the words that set the bound, and
    `cue_start` is where they begin (`start` where there are none). A range ("entre 10 et 15
    millions d'euros") has its lower end as `value`, the bound at_least, and its upper end as
    `upper`. `per` is "year", "month", "week" or "day" for a recurring sum ("par an").
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


@dataclass(frozen=True, slots=True)
class FoundShare:
    """A share of a whole, in percent: ``text[start:end]`` is the number and its sign."""

    start: int
    end: int
    percent: float
    bound: Bound


def find_amounts(text: str, language: str = "fr") -> list[FoundAmount]:
    """The sums of money in `text`, in order of appearance."""
    return []


def find_shares(text: str, language: str = "fr") -> list[FoundShare]:
    """The shares in `text` ("34 % du capital"), in order of appearance."""
    return []
