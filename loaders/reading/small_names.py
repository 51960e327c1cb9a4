"""Names in small letters: "la start-up lemlist", "l'outil dbt".

A word that the language does not know is a name where it stands right behind a noun for a firm or a
thing, which has its own article.
"""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import SpanRules
from loaders.reading.spans import Taken
from loaders.reading.tagger_spans import FoundName
from loaders.reading.vocabulary import Vocabulary

_NAMED: Final = frozenset({Kind.COMPANY, Kind.PRODUCT})


def small_names(
    text: str, taken: Taken[FoundName], vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """The words in small letters that name a firm or a thing, where they are first said so."""
    result: list[FoundName] = []
    for match in SpanRules.of(data.language).small_name.finditer(text):
        noun, adjective, word = match.groups()
        if data.heads.get(lowered(noun)) not in _NAMED or word.endswith(data.word_endings):
            continue
        if adjective is not None and not vocabulary.likely(adjective):
            continue
        start, end = match.span(3)
        if not vocabulary.likely(word) and taken.is_free(start, end):
            result.append(FoundName(start, end, word))
    return result
