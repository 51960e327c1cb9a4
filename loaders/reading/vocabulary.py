"""What the language model's word list tells of single words and of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Three questions about words, as the reader asks them.

    Attributes
    ----------
    is_common
        Whether a word is one of the language, and not only ever a name.
    is_frequent
        Whether a name is one that everybody knows.
    likely
        How probable each label is for a name, its context unseen: the kinds, "Place" and "Other".
    """

    is_common: Callable[[str], bool]
    is_frequent: Callable[[str], bool]
    likely: Callable[[str], Mapping[str, float]]
