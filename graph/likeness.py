"""Whether two articles are the same story: reprints of a wire under a new headline, copies.

Texts are compared by the runs of four words that they share. Articles that may be alike are found
without comparing all pairs: MinHash values of those runs, in bands, are equal in one band at least
for nearly all texts that share three quarters of their words in order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from rensa import RMinHash

LEAST: Final = 0.6
"""Of the runs of either text, the part that both have, from which they are one story."""

BANDS: Final = tuple(f"band_{number}" for number in range(8))
"""The properties of an article that hold its bands."""

_RUN: Final = 4
_ROWS: Final = 4
_SEED: Final = 1
_SHORT: Final = 20
"""Words. Two papers may well say as little in the same words without copying each other."""

_WORD: Final = re.compile(r"\w+")


def bands(text: str) -> dict[str, str]:
    """The bands of a text by the names of `BANDS`; a short text has none."""
    words = _words(text)
    if len(words) < _SHORT:
        return {}
    minhash = RMinHash(num_perm=len(BANDS) * _ROWS, seed=_SEED)
    minhash.update(sorted(_runs(words)))
    values = minhash.digest()
    return {
        name: _digest([str(value) for value in values[start * _ROWS : (start + 1) * _ROWS]])
        for start, name in enumerate(BANDS)
    }


def alike(one: str, other: str) -> bool:
    """Whether two texts are one story; the same for both orders. Short texts never are."""
    words, others = _words(one), _words(other)
    if min(len(words), len(others)) < _SHORT:
        return False
    first, second = _runs(words), _runs(others)
    return len(first & second) >= LEAST * len(first | second)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _runs(words: Sequence[str]) -> set[str]:
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _digest(parts: Sequence[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
