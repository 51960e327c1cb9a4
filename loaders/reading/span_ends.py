"""Where a tagger's name ends that goes on with where it is or with whose post follows.

"José Manuel dirige le *CentQuatre* à Paris", "a dit à *Livres Hebdo* la P-DG de Y".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.surfaces import fold

_CLOSING: Final = ("»", "”", '"')


def without_place_or_post(text: str, start: int, end: int, data: KindData) -> int:
    """The end of the name at `start` without a place behind "à", or a post with its article.

    What stands in quotation marks is a title, which may have a place: "« Minuit à Paris »".
    """
    at = _at_place(data.language).search(text, start, end)
    if at is not None and fold(at[1]) in data.places and not _is_quoted(text, end):
        end = at.start()
    post = _post(data.language).search(text, start, end)
    if post is not None and (lowered(post[1]) in data.person_heads or post[1] in data.not_names):
        end = post.start()
    return end


def _is_quoted(text: str, end: int) -> bool:
    return text[end : end + 2].strip().startswith(_CLOSING)


@cache
def _at_place(language: str) -> re.Pattern[str]:
    spans: dict[str, Any] = language_data(language, "names")["spans"]
    word = r"[A-ZÀ-Ý][\w-]+"
    return re.compile(rf"(?<=[\w.]) (?:{leading_word(spans['at_place'])})({word}(?: {word})*)$")


@cache
def _post(language: str) -> re.Pattern[str]:
    spans: dict[str, Any] = language_data(language, "names")["spans"]
    return re.compile(rf" (?:{any_word(spans['before_articled'])}) ?([A-Za-zÀ-ÿ-]+)(?![\w'’])")
