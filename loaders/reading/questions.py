"""Which part of a sentence asks: "X quitte Y, mais *qui va le remplacer ?*"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from loaders.languages import language_data

_CLOSING: Final = '»"” '
_QUOTED: Final = re.compile(r"\?\s?[»”\"]")
_OPENED: Final = '«“"'
_BEFORE: Final = 12
"""Characters of a statement at least, before what asks."""


def asked(text: str, language: str) -> tuple[int, int] | None:
    """Where the sentence, or the speech that it quotes, asks; None if it does not."""
    if "?" not in text:
        return None
    if text.rstrip(_CLOSING).endswith("?"):
        return _patterns(language).start(text), len(text)
    quoted = [match.start() for match in _QUOTED.finditer(text)]
    if not quoted:
        return None
    opened = max(text.rfind(mark, 0, quoted[-1]) for mark in _OPENED)
    return (max(opened, 0) if len(quoted) == 1 else 0), quoted[-1] + 1


class _Patterns:
    """What opens a question in one language."""

    def __init__(self, language: str) -> None:
        data: dict[str, Any] = language_data(language, "grammar")["questions"]
        words = "|".join(map(re.escape, data["words"]))
        bound = "|".join(map(re.escape, data["bound"]))
        links = "|".join(map(re.escape, data["links"]))
        inverted = "|".join(map(re.escape, data["inverted"]))
        doubtful = "|".join(map(re.escape, data["doubtful"]))
        asks = rf"(?:(?:{words})\b|(?:{doubtful})\s(?:(?:{bound})\b|\w+ra\b))"
        self._opening = re.compile(rf"\W*(?:(?:{links})\s)?(?:{words}|{doubtful})\b", re.IGNORECASE)
        self._inverted = re.compile(rf"\w-(?:t-)?(?:{inverted})\b", re.IGNORECASE)
        self._bounds = re.compile(
            rf"[;:]\s|[,–—]\s(?=(?:(?:{links})\s)?{asks})|\s(?=(?:{links})\s{asks})",
            re.IGNORECASE,
        )

    def start(self, text: str) -> int:
        """Where the question of a text begins that ends in one; a statement may come first."""
        if self._opening.match(text):
            return 0
        bound = next((m for m in self._bounds.finditer(text) if m.start() >= _BEFORE), None)
        if bound is None or self._inverted.search(text, 0, bound.start()):
            return 0
        return bound.start()


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(language)
