"""The network below spaCy's components, in NumPy: vectors for the words of sentences.

A `Tok2Vec` embeds each word by itself and then mixes in its neighbours, layer by layer. What a word
is by itself is computed once and kept; the layers are those of thinc, laid out so that BLAS and
vector instructions take the whole of them. The weights stay the model's.
See docs/decisions/060-numpy-blas.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from thinc.model import Model

    Matrix = NDArray[np.float32]

Key = TypeVar("Key", bound=Hashable)
WORDS: Final = 20_000
"""Words kept, in 8 MB for each encoder; where more come, all are forgotten and begun anew."""
_ROWS: Final = 1_024
"""Rows encoded at once, so that what lies between two layers stays in the processor's cache."""
_EPSILON: Final = 1e-8


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution over three words: a maxout of some pieces, then a normalisation.

    `weights` are of shape (3 · width, pieces · width), the pieces one behind the other.
    """

    weights: Matrix
    bias: Matrix
    scale: Matrix
    shift: Matrix

    @staticmethod
    def of(maxout: Model[Any, Any], norm: Model[Any, Any]) -> _Layer:
        """From the two of thinc that hold the weights of a layer."""
        weights = np.asarray(maxout.get_param("W"))  # (width, pieces, inputs)
        return _Layer(
            np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T),
            np.ascontiguousarray(np.asarray(maxout.get_param("b")).T.reshape(-1)),
            np.asarray(norm.get_param("G")),
            np.asarray(norm.get_param("b")),
        )

    def add_to(self, rows: Matrix) -> None:
        """Add to each row, in place, what the layer makes of it and of its two neighbours."""
        count, width = rows.shape
        window = np.zeros((count, 3 * width), dtype=np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        pieces = window @ self.weights
        pieces += self.bias
        best = pieces[:, :width]
        for start in range(width, pieces.shape[1], width):
            best = np.maximum(best, pieces[:, start : start + width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / width
        best *= (1 / np.sqrt(variance + _EPSILON)).astype(np.float32)[:, None]
        best *= self.scale
        best += self.shift
        rows += best


class Encoder(Generic[Key]):
    """Vectors for the words of sentences, as a `Tok2Vec` gives them.

    Parameters
    ----------
    model : thinc.model.Model
        A ``spacy.Tok2Vec.v2`` of an embedding of each word by itself and a ``MaxoutWindowEncoder``
        of window 1.
    document : callable
        Makes a document of words, given the keys that tell all that the embedding asks for.
    """

    def __init__(self, model: Model[Any, Any], document: Callable[[list[Key]], Doc]) -> None:
        encode = model.get_ref("encode")
        nodes = {
            name: [node for node in encode.walk() if node.name == name]
            for name in ("maxout", "layernorm")
        }
        self._layers = list(map(_Layer.of, nodes["maxout"], nodes["layernorm"]))
        self._embed = model.get_ref("embed")
        self._document = document
        self._pad = int(encode.attrs["pad"])
        self._width = int(encode.get_dim("nO"))
        # A service reads for several who ask at once.
        self._lock = threading.Lock()
        self._rows: dict[Key, int] = {}
        # Row 0 is what stands between two sentences.
        self._known: Matrix = np.zeros((1, self._width), dtype=np.float32)

    def encode(self, sentences: Sequence[Sequence[Key]]) -> Matrix:
        """One row for each word of all `sentences`, of shape (words, width)."""
        with self._lock:
            self._learn(dict.fromkeys(chain.from_iterable(sentences)))
            encoded = [self._encoded(part) for part in self._parts(sentences)]
        return np.concatenate(encoded) if encoded else self._known[:0]

    def _parts(self, sentences: Sequence[Sequence[Key]]) -> Iterator[list[list[int]]]:
        """The sentences as places in what is known, some of them at once."""
        part: list[list[int]] = []
        size = 0
        for sentence in sentences:
            part.append([self._rows[word] for word in sentence])
            size += len(sentence) + self._pad
            if size >= _ROWS:
                yield part
                part, size = [], 0
        if part:
            yield part

    def _encoded(self, sentences: list[list[int]]) -> Matrix:
        between = [0] * self._pad
        places = np.array([*between, *chain.from_iterable((*s, *between) for s in sentences)])
        rows: Matrix = self._known[places]
        for layer in self._layers:
            layer.add_to(rows)
        within: Matrix = rows[places > 0]
        return within

    def _learn(self, words: dict[Key, None]) -> None:
        """Embed the words that are not known yet."""
        new = [word for word in words if word not in self._rows]
        if len(self._rows) + len(new) > WORDS:
            self._rows.clear()
            new = list(words)
        if not new:
            return
        start = len(self._rows) + 1
        end = start + len(new)
        if end > len(self._known):
            grown = np.zeros((max(2 * end, _ROWS), self._width), dtype=np.float32)
            grown[:start] = self._known[:start]
            self._known = grown
        [self._known[start:end]] = self._embed.predict([self._document(new)])
        self._rows.update(zip(new, range(start, end), strict=True))
