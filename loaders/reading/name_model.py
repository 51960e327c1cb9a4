"""What a name looks like: a person's, a company's, a place's. A small model over word vectors.

A softmax regression over the vectors of a name's words, averaged, of the first and of the last, and
over the shape of the name. It knows no context: its answer is one vote among several. The weights
are data of the language (``name_kinds.npz``), made by ``python -m loaders.training.name_kinds``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from loaders.errors import LoaderError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    Matrix = NDArray[np.float32]

PLACE: Final = "Place"
OTHER: Final = "Other"
KNOWN: Final = "known"
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
_PART: Final = re.compile(r"[^\W_]+")
_CAMEL: Final = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]")
_ACRONYM_LENGTH: Final = 6
SHAPES: Final = 8
_SURELY_F: Final = 0.85
_SURELY_M: Final = 0.05


class NameVectors:
    """The vectors of names, from a spaCy vocabulary with vectors; `vectors` have length one."""

    def __init__(self, vocab: Vocab) -> None:
        self._strings = vocab.strings
        self._rows: Mapping[int, int] = vocab.vectors.key2row
        data: Any = vocab.vectors.data
        self.vectors: Matrix = data / (np.linalg.norm(data, axis=1, keepdims=True) + 1e-9)

    def rows(self, name: str) -> list[list[int]]:
        """For each word of `name` the rows of its vectors: none for a word without, or several
        for a hyphenated word that only its parts are known of."""
        return [self._word_rows(match.group()) for match in _WORD.finditer(name)]

    def _word_rows(self, word: str) -> list[int]:
        row = self._row(word)
        if row is not None:
            return [row]
        parts = _PART.findall(word)
        if len(parts) < 2:
            return []
        return [row for part in parts if (row := self._row(part)) is not None]

    def _row(self, word: str) -> int | None:
        row = self._rows.get(self._strings[word])
        if row is None and word.isupper():
            row = self._rows.get(self._strings[word.capitalize()])
        return row


def shape(name: str) -> list[float]:
    """What a name shows without its words being known, as `SHAPES` numbers."""
    words = name.split()
    count = len(words)
    return [
        0.5 * feature
        for feature in (
            count == 1,
            count == 2,
            count == 3,
            count > 3,
            count == 1 and name.isupper() and len(name) < _ACRONYM_LENGTH,
            any(char.isdigit() for char in name),
            _CAMEL.search(name) is not None,
            True,
        )
    ]


class NameModel:
    """Tells from its words alone what a name may be.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        The vocabulary of the model that the weights were made for.
    language : str
        The folder of ``loaders/languages`` that holds the weights.

    Raises
    ------
    loaders.errors.LoaderError
        If the language has no weights, or the vocabulary other vectors than they were made for.
    """

    def __init__(self, vocab: Vocab, language: str) -> None:
        weights, self.labels, self._gender_weights = _weights(language)
        vectors = NameVectors(vocab)
        size = vectors.vectors.shape[1]
        if len(weights) != 3 * size + SHAPES:
            raise LoaderError(
                f"the weights of {language}/name_kinds.npz do not fit the vectors of the model; "
                "run «python -m loaders.training.name_kinds»"
            )
        self._vectors = vectors
        # One score for each word and label beforehand, so that a name costs a few additions.
        mean, first, last = (weights[i * size : (i + 1) * size] for i in range(3))
        self._mean, self._first, self._last = (
            vectors.vectors @ part for part in (mean, first, last)
        )
        self._shape = weights[3 * size :]
        self.likely = lru_cache(maxsize=65_536)(self._likely)
        self.gender = lru_cache(maxsize=65_536)(self._gender)

    def _likely(self, name: str) -> dict[str, float]:
        """How probable each label is for `name`; empty if no word of it is known.

        The labels are the kinds, "Place", and "Other" for laws, events, indices and technologies.
        `KNOWN` stands for the share of the words that are known.
        """
        words = self._vectors.rows(name)
        known = [row for rows in words for row in rows]
        if not known:
            return {}
        scores = self._mean[known].mean(axis=0) + np.asarray(shape(name)) @ self._shape
        if len(words) > 1:
            for table, rows in ((self._first, words[0]), (self._last, words[-1])):
                if rows:
                    scores = scores + table[rows].mean(axis=0)
        odds = np.exp(scores - scores.max())
        likely = dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))
        return likely | {KNOWN: sum(map(bool, words)) / len(words)}

    def _gender(self, first_name: str) -> str | None:
        """``m`` or ``f`` for a first name that is surely one of them, else None."""
        known = [row for rows in self._vectors.rows(first_name) for row in rows]
        if not known:
            return None
        score = float(self._vectors.vectors[known].mean(axis=0) @ self._gender_weights[:-1])
        woman = 1 / (1 + math.exp(-score - float(self._gender_weights[-1])))
        return "f" if woman > _SURELY_F else "m" if woman < _SURELY_M else None


def _weights(language: str) -> tuple[Matrix, tuple[str, ...], Matrix]:
    resource = files("loaders.languages").joinpath(language, "name_kinds.npz")
    if not resource.is_file():
        raise LoaderError(f"the language {language!r} has no name_kinds.npz")
    with as_file(resource) as path, np.load(path) as stored:
        return (
            stored["weights"].astype(np.float32),
            tuple(map(str, stored["labels"])),
            stored["gender"].astype(np.float32),
        )
