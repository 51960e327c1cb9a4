"""A thing and its maker that the tagger took for one name: "le Speakeasy de Frapin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.gazetteer_match import GazetteerMatch
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_rules import SpanRules
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import MADE, FoundName
from loaders.reading.vocabulary import Vocabulary

_BEFORE: Final = 40
_REACH: Final = 10
_WORD: Final = re.compile(r"[A-ZÀ-Ý][\w-]+")
_SMALL: Final = re.compile(r"[ei]-[a-z]{2,}")
_PERSON: Final = 0.5
"""From which likelihood on a word is taken for a surname: "la Sophie Renault"."""

_OWN: Final = frozenset({"son", "sa", "ses", "leur", "leurs", "ces"})
"""Before a maker and its product, as articles stand: "ses Airbus A350"."""
_ELIDED: Final = frozenset({"l'", "les", "des"})


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


def beside_its_maker(
    text: str,
    name: FoundName,
    inside: Sequence[GazetteerMatch],
    vocabulary: Vocabulary,
    data: KindData,
) -> FoundName | None:
    """A product behind the company that it is called with: "une Bosch PowerTube", "le film X Y".

    An article or a noun for a thing before both tells it, since companies have no article.
    """
    match = inside[0]
    rest = text[match.end : name.end]
    words = rest.split()
    if (
        len(inside) > 1
        or match.start != name.start
        or match.ambiguous
        or match.entry.kind is not Kind.COMPANY
        or " " in match.surface
        or vocabulary.is_common(match.surface)
        or not words
        or not (any(char.isupper() for char in words[0]) or _SMALL.fullmatch(words[0]))
        or not all(word[0].isupper() or word[0].isdigit() for word in words[1:])
        or any(fold(word) in data.body_words | data.places for word in words)
    ):
        return None
    before = lowered(text[max(0, name.start - 40) : name.start]).replace("'", "' ").split()
    if not before:
        return None
    noun = data.heads.get(before[-1]) or data.heads.get(before[-1].rstrip("s"))
    model = _SMALL.fullmatch(words[0]) or any(char.isdigit() for char in rest)
    articles = (data.articles | _OWN) - (frozenset() if model else _ELIDED)  # "l'Audi e-tron"
    if noun is not Kind.PRODUCT and before[-1] not in articles:
        return None
    start = match.end + len(rest) - len(rest.lstrip())
    return FoundName(start, name.end, text[start : name.end], MADE)


def before_its_maker(
    text: str, name: FoundName, maker: GazetteerMatch, vocabulary: Vocabulary, data: KindData
) -> FoundName | None:
    """A product with its maker behind it and an article before both: "le *Roadster* Tesla".

    Companies have no article; a noun for a body or a firm makes one name of the two.
    """
    thing = text[name.start : maker.start].rstrip()
    words = [fold(word) for word in thing.split()]
    before = lowered(text[max(0, name.start - _REACH) : name.start]).replace("'", "' ").split()
    if (
        maker.end != name.end
        or maker.ambiguous
        or maker.entry.kind is not Kind.COMPANY
        or not _WORD.fullmatch(thing)
        or before[-1:] not in (["le"], ["la"], ["un"], ["une"])
        or words[0] in data.body_words | data.places | data.first_names
        or data.heads.get(lowered(thing)) not in (None, Kind.PRODUCT)
        or vocabulary.likely(thing).get(str(Kind.PERSON), 0.0) > _PERSON
    ):
        return None
    return FoundName(name.start, name.start + len(thing), thing, MADE)
