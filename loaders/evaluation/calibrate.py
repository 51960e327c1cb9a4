"""Fits the weights of ``confidence.yaml`` to annotated articles, and writes the file.

``python -m loaders.evaluation.calibrate --unseen tests/data/gold/test tests/data/gold/dev``

The weights come from the articles that are named first. They are those that the rules were written
with, on which a rule is right more often than on others; how much more is one number, added to all
sums, that makes the mean confidence on the articles after ``--unseen`` the share of claims that is
right there. Nothing else is taken from these. Without ``--unseen`` the number that the file has
already stays, with where it comes from: a fit to new rules does not make unseen articles easier.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from loaders import languages
from loaders.errors import LoaderError
from loaders.evaluation.annotations import Annotation, from_reading
from loaders.evaluation.logistic import Fit, fit_logistic, log_loss
from loaders.evaluation.reliability import Reliability, reliability
from loaders.evaluation.sets import GoldSet, gold_in, score_set
from loaders.languages import language_data
from loaders.reading.confidence import Features
from loaders.reading.extractor import FrameReader

PENALTIES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
FOLDS: Final = 10
_SMALLEST: Final = 0.005
_STEPS: Final = 60
_WIDEST: Final = 6.0


@dataclass(slots=True)
class Cases:
    """Claims of a reader as cases: their features, and whether they are right."""

    rows: list[Features] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def part(self, wanted: Callable[[str], bool]) -> Cases:
        """Those of the articles that are wanted."""
        kept = [index for index, article in enumerate(self.articles) if wanted(article)]
        return Cases(
            [self.rows[index] for index in kept],
            [self.right[index] for index in kept],
            [self.articles[index] for index in kept],
        )


@dataclass(slots=True)
class _Recorder:
    """Keeps the features of every claim in the order in which the claims are made."""

    rows: list[Features] = field(default_factory=list)

    def confidence(self, found: Features) -> float:
        """Any will do: nobody looks at it."""
        self.rows.append(found)
        return 0.5


def cases_of(gold: GoldSet, reader: FrameReader) -> Cases:
    """Read the articles of a set and judge each claim."""
    recorder = _Recorder()
    reader.judge, before = recorder, reader.judge
    try:
        readings = list(reader.read_many(each.article for each in gold.articles))
    finally:
        reader.judge = before
    annotations = {reading.article_id: from_reading(reading) for reading in readings}
    return _cases(gold, annotations, recorder.rows)


def _cases(gold: GoldSet, readings: dict[str, Annotation], rows: Sequence[Features]) -> Cases:
    judged = {id(each.claim): each.right for each in score_set(gold, readings).judged}
    cases = Cases()
    position = 0
    for article_id, annotation in readings.items():
        for claim in annotation.claims:
            cases.rows.append(rows[position])
            cases.right.append(judged[id(claim)])
            cases.articles.append(article_id)
            position += 1
    return cases


def cross_validated(cases: Cases, penalty: float) -> list[float]:
    """The confidence of each case by a fit without any claim of its fold's articles."""
    found = [0.0] * len(cases.rows)
    for fold in range(FOLDS):
        rest = cases.part(lambda article, fold=fold: _fold(article) != fold)  # type: ignore[misc]
        if not rest.rows:
            continue
        fit = fit_logistic(rest.rows, rest.right, penalty)
        held = [i for i, article in enumerate(cases.articles) if _fold(article) == fold]
        for index, share in zip(
            held, fit.probabilities([cases.rows[i] for i in held]), strict=True
        ):
            found[index] = share
    return found


def _fold(article_id: str) -> int:
    """The same for an article whatever else there is."""
    return hashlib.sha256(article_id.encode()).digest()[0] % FOLDS


def best_penalty(cases: Cases) -> float:
    """The penalty whose cross-validated log loss is the least."""
    return min(PENALTIES, key=lambda p: log_loss(cross_validated(cases, p), cases.right))


def shift_to(fit: Fit, cases: Cases) -> float:
    """What to add to every sum so that the mean confidence is the share of right cases.

    Found by halving; 0 where there are no cases, or where all or none of them are right.
    """
    wanted = sum(cases.right)
    if not 0 < wanted < len(cases.right):
        return 0.0
    sums = [math.log(p / (1 - p)) for p in fit.probabilities(cases.rows)]
    low, high = -_WIDEST, _WIDEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if sum(1 / (1 + math.exp(-(each + middle))) for each in sums) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def document(fit: Fit, shift: float, about: dict[str, Any]) -> dict[str, Any]:
    """What ``confidence.yaml`` holds."""
    weights = dict(fit.weights)
    weights["bias"] = weights.get("bias", 0.0) + shift
    kept = {
        name: round(weight, 3)
        for name, weight in sorted(weights.items())
        if abs(weight) >= _SMALLEST
    }
    return {"made": about, "weights": kept}


def _about(cases: Cases, gold: GoldSet, penalty: float) -> dict[str, Any]:
    held_out = cross_validated(cases, penalty)
    found = reliability(zip(held_out, cases.right, strict=True))
    return {
        "articles": len(gold.articles),
        "claims": len(cases.rows),
        "right": sum(cases.right),
        "digest": _digest(gold),
        "penalty": penalty,
        "cross_validated": {
            "log_loss": round(log_loss(held_out, cases.right), 4),
            **_figures(found),
        },
    }


def _figures(found: Reliability | None) -> dict[str, float]:
    if found is None:
        return {}
    return {"calibration_error": round(found.error, 4), "brier": round(found.brier, 4)}


def _digest(gold: GoldSet) -> str:
    """Of the annotations, so that one can tell whether they are still those."""
    digest = hashlib.sha256()
    for each in gold.articles:
        digest.update(repr((each.article.text, each.annotation)).encode())
    return digest.hexdigest()[:16]


def calibrate(seen: Iterable[Path], unseen: Iterable[Path], language: str = "fr") -> dict[str, Any]:
    """Fit the weights, and give what ``confidence.yaml`` is to hold.

    Raises
    ------
    LoaderError
        If a file cannot be read, or no claim is found in the articles.
    """
    reader = FrameReader(language)
    gold = gold_in(seen)
    cases = cases_of(gold, reader)
    if not cases.rows:
        raise LoaderError("the reader finds no claim in these articles; nothing can be fitted")
    penalty = best_penalty(cases)
    fit = fit_logistic(cases.rows, cases.right, penalty)
    about = {
        "by": "python -m loaders.evaluation.calibrate",
        "on": dt.date.today().isoformat(),
        "seen": _about(cases, gold, penalty),
    }
    known = measured(language)
    shift = float(known.get("shift", 0.0))
    if known:
        about["unseen"] = known
    others = list(unseen)
    if others:
        other_set = gold_in(others)
        other = cases_of(other_set, reader)
        shift = shift_to(fit, other)
        about["unseen"] = {
            "articles": len(other_set.articles),
            "claims": len(other.rows),
            "right": sum(other.right),
            "digest": _digest(other_set),
            "shift": round(shift, 3),
        }
    return document(fit, shift, about)


def measured(language: str) -> dict[str, Any]:
    """What was measured on unseen articles before, as the file of a language tells, if anything."""
    made = language_data(language, "confidence").get("made", {})
    return dict(made.get("unseen", {}))


_HEADER: Final = """\
# How much each thing that is known of how a claim was read speaks for the claim (above 0) or
# against it: weights of a logistic regression. loaders/reading/confidence.py tells what they
# weigh. Written by `make calibrate`; do not edit by hand.
"""


def main() -> None:
    """Fit, and write the file of the language."""
    parser = argparse.ArgumentParser(prog="python -m loaders.evaluation.calibrate")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="annotated articles")
    parser.add_argument("--unseen", nargs="*", type=Path, default=[], metavar="PATH")
    parser.add_argument("--language", default="fr")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    folder = Path(languages.__file__).parent / given.language
    output = given.output or folder / "confidence.yaml"
    try:
        made = calibrate(given.paths, given.unseen, given.language)
    except LoaderError as error:
        sys.exit(f"Error: {error}")
    body = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100)
    output.write_text(_HEADER + body, encoding="utf-8")
    sys.stderr.write(f"{output} is written; {made['made']}\n")


if __name__ == "__main__":
    main()
