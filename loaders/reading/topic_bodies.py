"""The body that a sentence leaves unsaid because the article speaks of it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from graph.model import RelationType
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.resolving import Resolver
from loaders.reading.role_spans import EMPLOYERS
from loaders.reading.spoken_of import firm_spoken_of
from loaders.reading.tokens import Category

_NEAR: Final = 2
"""Sentences back that a body is still spoken of, beside its paragraph."""
_TWICE: Final = 2
_WORKED: Final = frozenset({RelationType.WORKED_AT})


def body_spoken_of(
    parsed: Parse,
    resolver: Resolver,
    people: Sequence[NamedEntity] = (),
    told: Iterable[NamedEntity] = (),
) -> NamedEntity | None:
    """The body that the sentences before speak of; None in doubt.

    There is a doubt where the sentence names another body, but for those `told` of its people and
    the outlets that report it. Bodies of which only a career has told are not spoken of.
    """
    sentence, discourse = parsed.sentence, resolver.discourse
    if _is_at_another_place(parsed, resolver):
        return None
    passed = _of_careers(resolver)
    places = [p for p in discourse.places if p.entity not in passed and p.start < sentence.start]
    topic = discourse.topics.at(places, sentence.index, sentence.start)
    if topic is None and not any(place.entity.kind in EMPLOYERS for place in places):
        return _doing_here(parsed, resolver)
    if topic is None:
        topic = firm_spoken_of(discourse, sentence.index, sentence.start, passed)
        if any(p.listed for p in places if p.entity is topic):
            return None  # "Y et Z fusionnent"
    if topic is None or topic.kind not in EMPLOYERS or topic in people:
        return None
    own = [place for place in places if place.entity is topic]
    paragraphs = discourse.topics.paragraphs
    here = paragraphs.get(sentence.index)
    main, weights = discourse.topics.main, discourse.topics.weights
    if topic is not main:
        headed = any(p.heading and paragraphs.get(p.sentence) == here for p in own)
        if all(p.complement and not p.heading for p in own):
            return None  # "Z, un ancien de Y"
        if main is not None and weights[main] >= _TWICE * weights[topic] and not headed:
            return None  # the rival of whom the article is about
    near = any(
        sentence.index - place.sentence <= _NEAR or paragraphs.get(place.sentence) == here
        for place in own
    )
    if not near and not discourse.topics.is_alone(topic):
        return None
    mentions = (token.mention for token in parsed.tokens)
    named = {m.entity for m in mentions if m is not None and m.entity.kind in EMPLOYERS}
    others = named - {topic, *told}
    return None if any(e.entry is None or not e.entry.news for e in others) else topic


def _is_at_another_place(parsed: Parse, resolver: Resolver) -> bool:
    """Whether the sentence opens with a place that is no body: "*À Brest*, X a été limogé"."""
    phrase = parsed.at.get(1)
    token = parsed.tokens[0]
    if phrase is None or token.preposition not in resolver.roles.places:
        return False
    mention = parsed.mention(phrase)
    body = mention is not None and mention.entity.kind in EMPLOYERS
    set_off = parsed.category(phrase.end) is Category.COMMA
    return set_off and not body and parsed.tokens[phrase.head].text[:1].isupper()


def _doing_here(parsed: Parse, resolver: Resolver) -> NamedEntity | None:
    """The subject of the sentence that opens the text, if it names no other body."""
    index = parsed.sentence.index
    here = [p for p in resolver.discourse.places if p.sentence == index]
    named = {place.entity for place in here if place.entity.kind in EMPLOYERS}
    doing = {p.entity for p in here if p.subject and p.entity in named}
    return doing.pop() if len(named) == 1 == len(doing) else None


def _of_careers(resolver: Resolver) -> set[NamedEntity]:
    """Bodies of which the article has told nothing but that somebody was there once."""
    passed: set[NamedEntity] = set()
    others = {resolver.discourse.topics.main}
    for (one, body), known in resolver.relations.items():
        others.add(one)
        if known.over and known.relations <= _WORKED:
            passed.add(body)
        else:
            others.add(body)
    return passed - others
