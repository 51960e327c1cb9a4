"""Logistic regression with a penalty for large weights, for a few features and little data.

Minimises the log loss plus half the penalty times the sum of the squared weights by Newton's
method (iteratively reweighted least squares; Hastie, Tibshirani and Friedman 2009, section 4.4.1,
with the ridge penalty of section 4.4.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

_STEPS: Final = 50
_SMALL: Final = 1e-8
_UNPENALISED: Final = 1e-6

Row = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights by the name of their feature."""

    weights: dict[str, float]

    def probabilities(self, rows: Sequence[Row]) -> list[float]:
        """The probability of each row; a feature that was not fitted does not count."""
        sums = [sum(self.weights.get(n, 0.0) * v for n, v in row.items()) for row in rows]
        return [float(share) for share in _sigmoid(np.array(sums))]


def fit_logistic(
    rows: Sequence[Row], right: Sequence[bool], penalty: float, *, free: str = "bias"
) -> Fit:
    """Fit the weights of every feature that a row has.

    Parameters
    ----------
    rows
        Features of each case, by name; those left out are 0.
    right
        What is to be predicted of each case.
    penalty
        Of the squared weights; the larger, the nearer all weights stay to 0.
    free
        The feature that the penalty leaves alone.

    Raises
    ------
    ValueError
        If there are no rows, or not as many outcomes.
    """
    if not rows or len(rows) != len(right):
        raise ValueError(f"{len(rows)} rows with {len(right)} outcomes cannot be fitted")
    names = sorted({name for row in rows for name in row})
    column = {name: index for index, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for index, row in enumerate(rows):
        for name, value in row.items():
            x[index, column[name]] = value
    y = np.array(right, dtype=float)
    ridge = np.array([_UNPENALISED if name == free else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        shares = _sigmoid(x @ weights)
        gradient = x.T @ (shares - y) + ridge * weights
        curvature = (x * (shares * (1 - shares))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - np.clip(step, -2, 2)
        if np.abs(step).max() < _SMALL:
            break
    return Fit({name: float(weight) for name, weight in zip(names, weights, strict=True)})


def log_loss(shares: Sequence[float], right: Sequence[bool]) -> float:
    """The mean negative logarithm of the probability of what came true."""
    p = np.clip(np.array(shares), 1e-6, 1 - 1e-6)
    y = np.array(right, dtype=float)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
