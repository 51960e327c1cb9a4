"""Train the model that tells from the words of a name what it is.

``python -m loaders.training.name_kinds`` does it. Every example is a name of our own data files:
the gazetteer's entries with their kinds, first names and surnames (full names are drawn from both),
places, and what is no entity (laws, events, indices, awards, technologies). The vectors are those
of the language's spaCy model. The same data give the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import spacy

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.gazetteer import shipped_entries
from loaders.reading.name_model import OTHER, PLACE, SHAPES, NameVectors, shape
from loaders.reading.tagging import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

LABELS: Final = (*(str(kind) for kind in Kind), PLACE, OTHER)
NO_ENTITIES: Final = ("events", "indices", "laws", "awards", "technologies")
_FULL_NAMES: Final = 1500
_LONE_FIRST_NAMES: Final = 400
_STEPS: Final = 300
_RATE: Final = 4.0
_MOMENTUM: Final = 0.9
_DECAY: Final = 3e-5
_FOLDS: Final = 5


def examples(language: str) -> list[tuple[str, str]]:
    """Names and their labels, always in the same order."""
    random = np.random.default_rng(1)
    names = language_data(language, "names")
    firsts = [name for listed in names["first_names"].values() for name in listed]
    lasts = list(names["surnames"])
    found = [
        (name, str(entry.kind))
        for entry in shipped_entries(language)
        for name in entry.names
        if not (entry.needs_cue and name in entry.ambiguous)
    ]
    person = str(Kind.PERSON)
    found += [(name, person) for name in lasts]
    found += [
        (f"{firsts[random.integers(len(firsts))]} {lasts[random.integers(len(lasts))]}", person)
        for _ in range(_FULL_NAMES)
    ]
    found += [(firsts[i], person) for i in random.permutation(len(firsts))[:_LONE_FIRST_NAMES]]
    others = language_data(language, "not_entities")
    found += [(name, PLACE) for listed in others["places"].values() for name in listed]
    found += [(name, OTHER) for group in NO_ENTITIES for name in others[group]]
    return found


def features(name: str, vectors: NameVectors) -> Matrix | None:
    """One row for the regression, or None for a name of unknown words."""
    words = vectors.rows(name)
    known = [row for rows in words for row in rows]
    if not known:
        return None
    size = vectors.vectors.shape[1]
    row = np.zeros(3 * size + SHAPES, dtype=np.float32)
    row[:size] = vectors.vectors[known].mean(axis=0)
    if len(words) > 1:
        for place, rows in ((1, words[0]), (2, words[-1])):
            if rows:
                row[place * size : (place + 1) * size] = vectors.vectors[rows].mean(axis=0)
    row[3 * size :] = shape(name)
    return row


def fit(rows: Matrix, labels: Sequence[int]) -> Matrix:
    """Weights of a softmax regression, one column per label, by gradient descent.

    A rare label counts more: each example weighs the square root of what would make all even.
    """
    truth = np.eye(len(LABELS), dtype=np.float32)[list(labels)]
    counts = np.maximum(truth.sum(axis=0), 1)
    weight = np.sqrt(len(rows) / len(LABELS) / counts)[list(labels)][:, None]
    weights = np.zeros((rows.shape[1], len(LABELS)), dtype=np.float32)
    velocity = np.zeros_like(weights)
    for _ in range(_STEPS):
        slope = rows.T @ ((_softmax(rows @ weights) - truth) * weight) / len(rows)
        velocity = _MOMENTUM * velocity + slope + _DECAY * weights
        weights -= _RATE * velocity
    return weights


def fit_gender(language: str, vectors: NameVectors) -> Matrix:
    """Weights of a logistic regression that tells women's first names from men's; the bias last."""
    listed = language_data(language, "names")["first_names"]
    found = [
        (np.append(vectors.vectors[known].mean(axis=0), np.float32(1)), gender == "f")
        for gender in ("m", "f")
        for name in listed[gender]
        if (known := [row for rows in vectors.rows(name) for row in rows])
    ]
    rows, women = np.array([row for row, _ in found]), np.array([woman for _, woman in found])
    weights = np.zeros(rows.shape[1], dtype=np.float32)
    velocity = np.zeros_like(weights)
    for _ in range(_STEPS):
        slope = rows.T @ (1 / (1 + np.exp(-rows @ weights)) - women) / len(rows)
        velocity = _MOMENTUM * velocity + slope + _DECAY * weights
        weights -= _RATE * velocity
    return weights


def _softmax(scores: Matrix) -> Matrix:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def held_out(rows: Matrix, labels: Sequence[int]) -> NDArray[np.int64]:
    """For each example the label that a model gives it which was trained on the other folds."""
    order = np.random.default_rng(2).permutation(len(rows))
    given = np.zeros(len(rows), dtype=np.int64)
    truth = np.asarray(labels)
    for fold in range(_FOLDS):
        test = order[fold::_FOLDS]
        rest = np.setdiff1d(order, test)
        given[test] = (rows[test] @ fit(rows[rest], truth[rest].tolist())).argmax(axis=1)
    return given


def _table(truth: Sequence[int], given: Iterable[int]) -> str:
    matrix = np.zeros((len(LABELS), len(LABELS)), dtype=int)
    for is_, said in zip(truth, given, strict=True):
        matrix[is_, said] += 1
    lines = ["label         examples  precision  recall"]
    for number, label in enumerate(LABELS):
        right = matrix[number, number]
        precision = right / max(matrix[:, number].sum(), 1)
        recall = right / max(matrix[number].sum(), 1)
        lines.append(f"{label:12} {matrix[number].sum():9} {precision:10.2f} {recall:7.2f}")
    lines.append(f"right {np.trace(matrix) / max(matrix.sum(), 1):.3f} of {matrix.sum()}")
    return "\n".join(lines)


def main() -> None:
    """Train, say how well names are told that were not trained on, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", nargs="?", default="fr")
    parser.add_argument("--check", action="store_true", help="print the table, write nothing")
    wanted = parser.parse_args()
    pipeline = spacy.load(MODELS[wanted.language], exclude=["ner", "parser", "lemmatizer"])
    vectors = NameVectors(pipeline.vocab)
    listed = [
        (row, LABELS.index(label))
        for name, label in examples(wanted.language)
        if (row := features(name, vectors)) is not None
    ]
    rows, labels = np.array([row for row, _ in listed]), [label for _, label in listed]
    sys.stdout.write(_table(labels, held_out(rows, labels)) + "\n")
    if not wanted.check:
        folder = Path(__file__).parents[1] / "languages" / wanted.language
        path = folder / "name_kinds.npz"
        weights = fit(rows, labels).astype(np.float16)
        gender = fit_gender(wanted.language, vectors).astype(np.float16)
        np.savez(path, weights=weights, labels=np.array(LABELS), gender=gender)
        sys.stderr.write(f"wrote {path}\n")


if __name__ == "__main__":
    main()
