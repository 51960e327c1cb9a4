"""A thing and its maker that the tagger took for one name: "le Speakeasy de Frapin"."""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import SpanRules
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import MADE, FoundName
from loaders.reading.vocabulary import Vocabulary

_BEFORE: Final = 40


def apart_from_maker(
    text: str, name: FoundName, vocabulary: Vocabulary, data: KindData
) -> list[FoundName]:
    """`name`, or its two parts where a noun for a thing, or an article, tells a product first.

    Companies have no article, and what "de" and a place follow is no product of the place.
    """
    rules = SpanRules.of(data.language)
    of = rules.made_by.search(name.surface)
    if of is None or name.label not in ("MISC", "ORG"):
        return [name]
    thing, maker = name.surface[: of.start()], name.surface[of.end() :]
    words = [fold(word) for word in (*thing.split(), *maker.split())]
    if not data.places.isdisjoint((fold(maker), words[-1])) or words[0] in data.body_heads:
        return [name]
    before = lowered(text[max(0, name.start - _BEFORE) : name.start]).replace("'", "' ").split()
    near = (word.rstrip("sx") for word in before[-2:])  # "les parfums mythiques X de Y"
    noun = next((Kind.PRODUCT for word in near if data.heads.get(word) is Kind.PRODUCT), None)
    articled = not rules.before_things.isdisjoint(before[-1:])
    single = " " not in thing and not vocabulary.is_common(thing)
    if noun is not Kind.PRODUCT and not (articled and single):
        return [name]
    if words[0] in data.first_names or maker.islower():
        return [name]
    start = name.start + of.end()
    return [
        FoundName(name.start, name.start + len(thing), thing, MADE),
        FoundName(start, name.end, maker, None),
    ]
