"""Which language a text is written in, offline.

The identifier of py3langid knows 150 languages. Here it chooses among those that a newspaper is
likely to be written in, so that close relatives of French (Walloon, Occitan, Haitian) do not win
over it on a short brief. It answers None rather than guess.
"""

from __future__ import annotations

import functools
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_CODES: Final = (
    "ar bg ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mt nl nn no"
    " pl pt ro ru sk sl sq sr sv th tr uk vi zh"
)
LANGUAGES: Final = tuple(_CODES.split())
"""Codes (ISO 639-1) of the languages that are told apart."""

MIN_LETTERS: Final = 40
"""Letters. Below this a text is mostly names, which belong to no language."""

MIN_CONFIDENCE: Final = 0.7
"""Probability of the best language below which the answer is None."""

SAMPLE_CHARS: Final = 4_000
"""Characters from the beginning that are looked at: more does not change the answer."""


def detect_language(text: str) -> str | None:
    """The code of the language that `text` is written in (one of `LANGUAGES`).

    None for a text that is too short, holds too few letters, or fits no language well.
    The same text always gives the same answer.
    """
    sample = text[:SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS and not _is_dense(sample):
        return None
    code, confidence = _identifier().classify(sample)
    return str(code) if confidence >= MIN_CONFIDENCE else None


def _is_dense(sample: str) -> bool:
    """Whether the script packs a word into a letter or two, as Chinese and Japanese do."""
    dense = sum(char >= "\u3040" for char in sample if char.isalpha())
    return dense >= MIN_LETTERS // 4


@functools.cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
