"""spaCy's named entity recogniser, run for all sentences of a batch at once.

It walks a sentence word by word and decides at each whether a name begins, goes on, ends, or is
none. spaCy takes one decision after the other; here the n-th words of all sentences are decided
together, which gives the same names. See docs/decisions/060-numpy-blas.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from loaders.reading.encoder import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Matrix = NDArray[np.float32]
    Ints = NDArray[np.intp]
    Bools = NDArray[np.bool_]

Word = tuple[int, int]
"""A word for the recogniser: the numbers of its letters and of its normal form."""
_BEGIN, _END = frozenset("BU"), frozenset("LU")
_BARRED: Final = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class _Moves:
    """What may be decided at a word.

    For each decision whether a name `begins` and `ends` with the word, and the number of its label.
    `allowed` tells which of them there are, by the label of the name that is open (-1 for none),
    whether the word is a space, and whether it is the sentence's last.
    """

    labels: list[str]
    begins: Bools
    ends: Bools
    label_of: Ints
    allowed: Bools

    @staticmethod
    def of(recogniser: Any, count: int) -> _Moves:
        """The `count` decisions that a component of spaCy knows."""
        names = [recogniser.moves.get_class_name(i).partition("-") for i in range(count)]
        labels = sorted({label for _, _, label in names if label})
        begins = np.array([move in _BEGIN for move, _, _ in names])
        ends = np.array([move in _END for move, _, _ in names])
        label_of = np.array([labels.index(label) if label else -1 for _, _, label in names])
        allowed = np.zeros((len(labels) + 1, 2, 2, count), dtype=bool)
        for label in range(len(labels)):
            allowed[label] = ~begins & (label_of == label)
        allowed[-1] = begins == (label_of >= 0)
        allowed[-1, 1] &= ~begins
        allowed[:, :, 1] &= ends | (label_of < 0)
        return _Moves(labels, begins, ends, label_of, allowed)


class Recogniser:
    """Finds names as the ``ner`` component of a pipeline does.

    Parameters
    ----------
    nlp : spacy.language.Language
        A pipeline whose ``ner`` is a greedy ``spacy.TransitionBasedParser.v2`` of state ``ner``
        with an upper layer, and without extra tokens.
    """

    def __init__(self, nlp: Any) -> None:
        component = nlp.get_pipe("ner")
        self._vocab = nlp.vocab
        reduced, lower, upper = component.model.layers
        encode, _, linear = reduced.layers
        self._encoder: Encoder[Word] = Encoder(encode, self._document)
        self._linear = np.asarray(linear.get_param("W")).T, np.asarray(linear.get_param("b"))
        weights = np.asarray(lower.get_param("W"))  # (places, hidden, pieces, inputs)
        # The pieces come one behind the other, so that the best of each is found in one step.
        self._lower = np.ascontiguousarray(
            weights.transpose(0, 2, 1, 3).reshape(-1, weights.shape[3]).T
        )
        self._lower_bias = np.asarray(lower.get_param("b")).T.reshape(-1)
        self._nobody = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(3, -1)
        self._upper = np.asarray(upper.get_param("W")).T, np.asarray(upper.get_param("b"))
        self._moves = _Moves.of(component, len(self._upper[1]))

    def _document(self, words: list[Word]) -> Doc:
        from spacy.tokens import Doc  # noqa: PLC0415

        document = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, _ in words])
        for token, (_, norm) in zip(document, words, strict=True):
            token.norm_ = self._vocab.strings[norm]
        return document

    def names(self, documents: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """For each document its names as (first word, word behind the last, label)."""
        found: list[list[tuple[int, int, str]]] = [[] for _ in documents]
        # The longest first, so that those with an n-th word always are the first ones.
        order = sorted(range(len(documents)), key=lambda number: -len(documents[number]))
        order = [number for number in order if len(documents[number])]
        if order:
            chosen = [documents[number] for number in order]
            for row, first, last, label in self._decide(chosen):
                found[order[row]].append((first, last + 1, label))
        return found

    def _decide(self, documents: list[Doc]) -> list[tuple[int, int, int, str]]:
        """Names as (number of the document, first word, last word, label)."""
        tables = [doc.to_array(["ORTH", "NORM", "IS_SPACE"]) for doc in documents]
        keys = [list(zip(*table[:, :2].T.tolist(), strict=True)) for table in tables]
        spaces = np.concatenate(tables)[:, 2].astype(np.intp)
        weights, bias = self._linear
        features = ((self._encoder.encode(keys) @ weights + bias) @ self._lower).reshape(
            -1, *self._nobody.shape
        )
        # Behind the words stands what counts where there is none.
        nobody = len(features)
        features = np.concatenate([features, self._nobody[None]])
        lengths = np.array([len(doc) for doc in documents])
        starts = np.array([0, *accumulate(lengths[:-1].tolist())])
        opened = np.full(len(documents), nobody)
        label = np.full(len(documents), -1)
        found = []
        for step in range(int(lengths[0])):
            count = int(np.searchsorted(-lengths, -step))
            here, first, inside = starts[:count] + step, opened[:count], label[:count] >= 0
            before = np.where(inside, here - 1, nobody)
            hidden = features[here, 0] + features[first, 1] + features[before, 2]
            hidden += self._lower_bias
            half = hidden.shape[1] // 2
            best = np.maximum(hidden[:, :half], hidden[:, half:])
            scores = best @ self._upper[0] + self._upper[1]
            ending = (lengths[:count] == step + 1).astype(np.intp)
            allowed = self._moves.allowed[label[:count], spaces[here], ending]
            chosen = np.where(allowed, scores, _BARRED).argmax(axis=1)
            begins, ends = self._moves.begins[chosen], self._moves.ends[chosen]
            opened[:count] = np.where(begins, here, first)
            label[:count] = np.where(begins, self._moves.label_of[chosen], label[:count])
            for row in ends.nonzero()[0].tolist():
                name = self._moves.labels[label[row]]
                found.append((row, int(opened[row] - starts[row]), step, name))
            label[:count][ends] = -1
            opened[:count][ends] = nobody
        return found
