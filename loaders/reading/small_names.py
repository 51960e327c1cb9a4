"""Names in small letters: "la start-up lemlist", "l'outil dbt".

A word that the language does not know is a name where it stands right behind a noun for a firm or a
thing, which has its own article, where it ends as medicines do ("le sarilumab"), or where such a
noun tells behind a comma what it is: "le rachat de io, la jeune société de matériel".
"""

from __future__ import annotations

from functools import cache
from typing import Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import SpanRules
from loaders.reading.spans import Taken
from loaders.reading.tagger_spans import MADE, FoundName
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
    told = {one.surface for one in result}
    for match in SpanRules.of(data.language).small_told.finditer(text):
        article, word, noun, more = match.groups()
        called = {data.heads.get(lowered(said)) for said in (noun, f"{noun} {more}", more or noun)}
        fits = noun in drug_nouns(data.language) if article else Kind.COMPANY in called
        strange = not vocabulary.is_common(word) and not (article and vocabulary.likely(word))
        if fits and strange and word not in told and taken.is_free(*match.span(2)):
            told.add(word)
            result.append(FoundName(*match.span(2), word))
    for match in SpanRules.of(data.language).drug.finditer(text):
        if match[1] not in told and taken.is_free(*match.span(1)):
            told.add(match[1])
            result.append(FoundName(*match.span(1), match[1], MADE))
    return result


@cache
def drug_nouns(language: str) -> frozenset[str]:
    """Nouns for medicines of `language`, whose names have small letters and articles."""
    return frozenset(language_data(language, "names")["drug_nouns"])
