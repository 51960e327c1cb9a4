"""How surely a claim is right: what is known of how it was read, weighed by ``confidence.yaml``.

The weights are those of a logistic regression (Cox 1958), fitted on annotated articles by
`loaders.evaluation.calibrate`, so that of claims given 0.9 about nine in ten are right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from graph.model import Entity, Status
from loaders.languages import language_data

if TYPE_CHECKING:
    from loaders.reading.claims import Draft
    from loaders.reading.mentions import NamedEntity

_LOW: Final = 0.02
_HIGH: Final = 0.98
"""No claim is given less or more than this."""

_FAR: Final = 50.0
"""A sum below its negative is as good as it, and does not overflow."""

_NEAR: Final = 20.0
"""Characters between the names of two ends that stand close to each other."""

_SURE_LEAD: Final = 4.0
"""By how many votes a kind leads that nothing puts in doubt."""

Features = dict[str, float]


class Judge(Protocol):
    """Gives a claim its confidence by what is known of how it was read."""

    def confidence(self, found: Features) -> float:
        """From 0 to 1, of a claim with these features."""
        ...


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """The weights of `features` for one language; a feature without one does not count."""

    weights: Mapping[str, float]

    @staticmethod
    @cache
    def of(language: str) -> ConfidenceModel:
        """The model that ships for a language."""
        weights: dict[str, float] = language_data(language, "confidence")["weights"]
        return ConfidenceModel(weights)

    def confidence(self, found: Features) -> float:
        """From 0 to 1, of a claim with these features."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in found.items())
        return min(max(1 / (1 + math.exp(-max(total, -_FAR))), _LOW), _HIGH)


def features(draft: Draft, entities: Mapping[NamedEntity, Entity]) -> Features:
    """What is known of how a claim was read, each as a number around 0 to 2.

    Parameters
    ----------
    draft
        A claim with both ends.
    entities
        Those of its article, with their mentions.
    """
    found: Features = {
        "bias": 1.0,
        "base": _logit(draft.confidence),
        f"relation {draft.relation}": 1.0,
        f"rule {draft.rule}": 1.0,
        "said again": math.log1p(draft.support - 1),
        "sentence length": math.log(max(draft.end - draft.start, 1) / 100),
    }
    if draft.status is not Status.ASSERTED:
        found[f"status {draft.status}"] = 1.0
    if draft.group is not None:
        found["of a group"] = 1.0
    places = []
    for side, end in (("subject", draft.subject), ("object", draft.object)):
        entity = entities.get(end) if end is not None else None
        if end is None or entity is None:
            continue
        here = [m for m in entity.mentions if draft.start <= m.start and m.end <= draft.end]
        found[f"{side} not named"] = float(not here)
        found[f"{side} known"] = float(end.entry is not None)
        found[f"{side} of doubtful kind"] = 1 - min(end.lead, _SURE_LEAD) / _SURE_LEAD
        places.append(here)
    if len(places) == 2 and all(places):
        gap = min(max(b.start - a.end, a.start - b.end, 0) for a in places[0] for b in places[1])
        found["apart"] = math.log1p(gap / _NEAR)
    return found


def _logit(share: float) -> float:
    share = min(max(share, _LOW), _HIGH)
    return math.log(share / (1 - share))
