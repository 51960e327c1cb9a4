"""What the language model's word list tells of single words and of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Questions about words, as the reader asks them.

    Attributes
    ----------
    is_common
        Whether a word is one of the language, and not only ever a name.
    likely
        How probable each label is for a name, its context unseen: the kinds, "Place" and "Other".
    gender
        ``m`` or ``f`` for a first name that is surely one of them.
    """

    is_common: Callable[[str], bool]
    likely: Callable[[str], Mapping[str, float]]
    gender: Callable[[str], str | None]
