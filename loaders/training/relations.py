"""Train a model of relations, and say how it does beside the frames: it is not used, and why.

``python -m loaders.training.relations tests/data/gold/dev`` does it: one logistic regression for
each relation over every pair of entities that a sentence names and whose kinds the relation allows.
Trained and judged on the annotations of a folder, by cross-validation over its articles, so that no
article is read by a model that saw it. The same data give the same figures.
See docs/decisions/032-learned-relations.md.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from graph.model import RelationType
from loaders.evaluation.annotations import GoldArticle, folded
from loaders.evaluation.sets import gold_in
from loaders.reading.extractor import FrameReader
from loaders.reading.sentences import split_sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

Claimed = set[tuple[str, RelationType, str]]
"""Subject, relation and object, by the names of the annotation."""
_COLUMNS: Final = 2**16
_FOLDS: Final = 5
_EPOCHS: Final = 8
_RATE: Final = 0.3
_DECAY: Final = 1e-6
_AROUND: Final = 3
_FAR: Final = 20
THRESHOLDS: Final = (0.9, 0.7, 0.5)
_BY_RELATION: Final = 0.6
_RELATIONS: Final = tuple(RelationType)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities in one sentence: hashed features, and which relations the article states."""

    article: int
    ends: tuple[str, str]
    features: NDArray[np.intp]
    allowed: NDArray[np.bool_]
    stated: NDArray[np.bool_]


def pairs(number: int, gold: GoldArticle) -> Iterator[Pair]:
    """Every pair of named entities of each sentence, in both orders."""
    text = gold.article.text
    kinds = {entity.name: entity.kind for entity in gold.annotation.entities}
    claims = _stated(gold)
    names = {
        surface: entity.name
        for entity in gold.annotation.entities
        for surface in (*entity.aliases, entity.name)
    }
    for span in split_sentences(text, "fr"):
        sentence = text[span.start : span.end]
        places = _places(sentence, names)
        for one, other in permutations(places, 2):
            allowed = np.array([r.allows(kinds[one], kinds[other]) for r in _RELATIONS])
            if allowed.any():
                yield Pair(
                    number,
                    (one, other),
                    _features(sentence, places, one, other, kinds[one] + kinds[other]),
                    allowed,
                    np.array([(one, relation, other) in claims for relation in _RELATIONS]),
                )


def _stated(gold: GoldArticle, *, required: bool = False) -> Claimed:
    """What the article claims; only what a reader must find, if so `required`."""
    claims = [c for c in gold.annotation.claims if not (required and c.optional)]
    found = {(c.subject, c.relation, c.object) for c in claims}
    return found | {(b, r, a) for a, r, b in found if r.symmetric}


def _places(sentence: str, names: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Where each entity is named first in the sentence, the longest names taken first."""
    places: dict[str, tuple[int, int]] = {}
    taken: list[tuple[int, int]] = []
    for surface in sorted(names, key=lambda name: (-len(name), name)):
        start = sentence.find(surface)
        end = start + len(surface)
        if start >= 0 and not any(start < b and a < end for a, b in taken):
            taken.append((start, end))
            places.setdefault(names[surface], (start, end))
    return places


def _features(
    sentence: str, places: dict[str, tuple[int, int]], one: str, other: str, kinds: str
) -> NDArray[np.intp]:
    """Words between the two, around them, and their order, each hashed to a column."""
    first, second = sorted((places[one], places[other]))
    order = "before" if places[one] < places[other] else "behind"
    masked = sentence[first[1] : second[0]]
    between = folded(masked).split()
    before = folded(sentence[: first[0]]).split()[-_AROUND:]
    after = folded(sentence[second[1] :]).split()[:_AROUND]
    found = [f"{kinds} {order}", f"{order} {min(len(between), _FAR) // 4}"]
    found += [f"{order} between {word}" for word in between]
    found += [f"{order} pair {a} {b}" for a, b in pairwise(between)]
    found += [f"{order} before {word}" for word in before]
    found += [f"{order} after {word}" for word in after]
    found += [f"anywhere {word}" for word in folded(sentence).split()]
    return np.unique([zlib.crc32(feature.encode()) % _COLUMNS for feature in found])


def fit(listed: Sequence[Pair]) -> Matrix:
    """Weights of shape (columns, relations) by AdaGrad; a relation learns from pairs it allows."""
    weights = np.zeros((_COLUMNS, len(_RELATIONS)), dtype=np.float32)
    seen = np.full_like(weights, 1e-6)
    random = np.random.default_rng(3)
    for _ in range(_EPOCHS):
        for pair in (listed[i] for i in random.permutation(len(listed))):
            columns = pair.features
            slope = (_shares(weights, pair) - pair.stated) * pair.allowed
            slopes = slope[None, :] + _DECAY * weights[columns]
            seen[columns] += slopes**2
            weights[columns] -= _RATE * slopes / np.sqrt(seen[columns])
    return weights


def _shares(weights: Matrix, pair: Pair) -> Matrix:
    score = weights[pair.features].sum(axis=0)
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def held_out(listed: Sequence[Pair]) -> Matrix:
    """For each pair what a model gives it that was trained on the other articles."""
    given = np.zeros((len(listed), len(_RELATIONS)), dtype=np.float32)
    for fold in range(_FOLDS):
        weights = fit([pair for pair in listed if pair.article % _FOLDS != fold])
        for number, pair in enumerate(listed):
            if pair.article % _FOLDS == fold:
                given[number] = _shares(weights, pair) * pair.allowed
    return given


def read_by_frames(gold: Sequence[GoldArticle]) -> list[Claimed]:
    """What the frame reader claims in each article, by the names of the annotation."""
    found = []
    readings = FrameReader("fr").read_many([each.article for each in gold])
    for each, reading in zip(gold, readings, strict=True):
        names = {
            folded(surface): entity.name
            for entity in each.annotation.entities
            for surface in (*entity.aliases, entity.name)
        }
        claims = {
            (
                names.get(folded(c.subject.name), ""),
                c.relation,
                names.get(folded(c.object.name), ""),
            )
            for c in reading.claims
        }
        found.append(claims | {(b, r, a) for a, r, b in claims if r.symmetric})
    return found


def _of_model(listed: Sequence[Pair], given: Matrix, count: int, threshold: float) -> list[Claimed]:
    found: list[Claimed] = [set() for _ in range(count)]
    for pair, shares in zip(listed, given, strict=True):
        one, other = pair.ends
        for column in np.flatnonzero(shares >= threshold):
            relation = _RELATIONS[column]
            found[pair.article].add((one, relation, other))
            if relation.symmetric:
                found[pair.article].add((other, relation, one))
    return found


def _line(name: str, gold: Sequence[GoldArticle], found: Sequence[Claimed]) -> str:
    right = sum(len(f & _stated(g)) for g, f in zip(gold, found, strict=True))
    asked = [_stated(each, required=True) for each in gold]
    hit = sum(len(f & a) for f, a in zip(found, asked, strict=True))
    total = sum(map(len, found))
    shares = right / max(total, 1), hit / max(sum(map(len, asked)), 1)
    return f"{name:34} {right:5} {total - right:5} {shares[0]:9.2f} {shares[1]:7.3f}"


def table(gold: Sequence[GoldArticle]) -> str:
    """How frames and model do, and what the model adds to the frames."""
    listed = [pair for number, each in enumerate(gold) for pair in pairs(number, each)]
    given = held_out(listed)
    frames = read_by_frames(gold)
    stating = sum(bool(pair.stated.any()) for pair in listed)
    lines = [
        f"{len(gold)} articles, {len(listed)} pairs, {stating} of which state a relation",
        f"{'':34} {'right':>5} {'wrong':>5} {'precision':>9} {'recall':>7}",
        _line("frames", gold, frames),
    ]
    for threshold in THRESHOLDS:
        model = _of_model(listed, given, len(gold), threshold)
        lines.append(_line(f"model, from {threshold}", gold, model))
        added = [m - f for m, f in zip(model, frames, strict=True)]
        lines.append(_line(f"what it adds, from {threshold}", gold, added))
    added = [
        m - f
        for m, f in zip(_of_model(listed, given, len(gold), _BY_RELATION), frames, strict=True)
    ]
    for relation in _RELATIONS:
        of_it = [{claim for claim in claims if claim[1] is relation} for claims in added]
        if any(of_it):
            lines.append(_line(f"adds {relation}, from {_BY_RELATION}", gold, of_it))
    return "\n".join(lines)


def main() -> None:
    """Train, judge, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="annotated articles")
    gold = gold_in([parser.parse_args().folder]).articles
    sys.stdout.write(table(gold) + "\n")


if __name__ == "__main__":
    main()
