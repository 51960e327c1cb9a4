"""Scores of coreference chains: MUC, B³ and LEA.

A chain is the set of the mentions of one thing. `key` is what is annotated, `response` what was
found; mentions are equal when they are the same object of any hashable kind.

References: Vilain et al. 1995 (MUC); Bagga and Baldwin 1998 (B³); Moosavi and Strube 2016 (LEA).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Chain = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class ChainScore:
    """Precision and recall of one measure, from 0 to 1; 0 where there is nothing to find."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_chains(
    texts: Iterable[tuple[Sequence[Chain], Sequence[Chain]]],
) -> dict[str, ChainScore]:
    """The three measures over texts, each with its key and its response; sums before dividing."""
    pairs = list(texts)
    return {
        name: ChainScore(
            _ratio(part(response, key) for key, response in pairs),
            _ratio(part(key, response) for key, response in pairs),
        )
        for name, part in _MEASURES.items()
    }


Part = Callable[[Sequence[Chain], Sequence[Chain]], tuple[float, float]]


def _ratio(parts: Iterable[tuple[float, float]]) -> float:
    above = below = 0.0
    for one, other in parts:
        above += one
        below += other
    return above / below if below else 0.0


def _muc(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    """Links of `chains` that `others` have too: a chain in n pieces lacks n - 1 of its links."""
    links = found = 0
    for chain in chains:
        joined = [chain & other for other in others if chain & other]
        alone = len(chain) - sum(len(piece) for piece in joined)
        links += len(chain) - 1
        found += len(chain) - (len(joined) + alone)
    return found, links


def _b_cubed(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    """For each mention, the share of its chain that stands together with it in `others`."""
    total = sum(len(chain) for chain in chains)
    found = sum(len(c & o) ** 2 / len(c) for c in chains for o in others)
    return found, total


def _lea(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    """Chains by their size, each with the share of its links that `others` have too.

    A chain of one mention has the link to itself, which only a chain of one mention has too.
    """
    found = 0.0
    for chain in chains:
        if len(chain) == 1:
            resolved = float(any(chain == other for other in others))
        else:
            links = len(chain) * (len(chain) - 1) / 2
            resolved = sum(1 for other in others for _ in combinations(chain & other, 2)) / links
        found += len(chain) * resolved
    return found, sum(len(chain) for chain in chains)


_MEASURES: dict[str, Part] = {"MUC": _muc, "B³": _b_cubed, "LEA": _lea}
