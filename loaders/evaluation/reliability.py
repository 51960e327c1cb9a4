"""Whether confidences are what they say: of claims given 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Bounds of the bins; each holds its lower one."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence lies between two bounds."""

    low: float
    high: float
    claims: int
    mean: float
    """Their mean confidence."""
    right: float
    """The share of them that is right."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidences and what came true go together."""

    bins: tuple[Bin, ...]
    error: float
    """Expected calibration error: the mean distance of `Bin.mean` and `Bin.right`, by claims
    (Naeini, Cooper and Hauskrecht 2015)."""
    brier: float
    """Mean squared distance of the confidence from 1 for right claims and 0 for wrong ones
    (Brier 1950)."""


def reliability(judged: Iterable[tuple[float, bool]]) -> Reliability | None:
    """The reliability of pairs of a confidence and whether the claim is right; None of none."""
    pairs = list(judged)
    if not pairs:
        return None
    bins = [_bin(low, high, pairs) for low, high in pairwise(EDGES)]
    held = tuple(each for each in bins if each is not None)
    return Reliability(
        held,
        sum(each.claims * abs(each.mean - each.right) for each in held) / len(pairs),
        sum((confidence - right) ** 2 for confidence, right in pairs) / len(pairs),
    )


def _bin(low: float, high: float, pairs: Sequence[tuple[float, bool]]) -> Bin | None:
    inside = [p for p in pairs if low <= p[0] and (p[0] < high or high == EDGES[-1])]
    if not inside:
        return None
    count = len(inside)
    return Bin(
        low,
        high,
        count,
        sum(confidence for confidence, _ in inside) / count,
        sum(right for _, right in inside) / count,
    )
