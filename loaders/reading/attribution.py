"""In whose mouth a sentence puts what it says: "selon X", "a révélé X", « … », assure X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.model import Kind
from loaders.reading.arguments import subject_candidates
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.status import StatusData
from loaders.reading.tokens import Category

_SPEAKERS: Final = frozenset({Kind.COMPANY, Kind.PERSON, Kind.ORGANIZATION, Kind.PRODUCT})


@dataclass(frozen=True, slots=True)
class Source:
    """In whose mouth a stretch of a sentence is put: tokens ``start:end``.

    `entity` is None for an unnamed source ("selon nos informations"). `announces` tells that the
    verb is one by which parties speak of themselves.
    """

    start: int
    end: int
    entity: NamedEntity | None
    cue: str
    announces: bool = False


def sources(parsed: Parse, data: StatusData) -> list[Source]:
    """Every attribution in a sentence with the stretch that it covers."""
    found: list[Source] = []
    tokens = parsed.tokens
    for phrase in parsed.phrases:
        if phrase.preposition in data.sources:
            found.append(
                Source(
                    0,
                    len(tokens),
                    _named(parsed, phrase),
                    parsed.text(phrase.start - 1, phrase.start),
                )
            )
    text = lowered(parsed.sentence.text)
    for words in data.source_phrases:
        if words in text and not any(source.entity is None for source in found):
            found.append(Source(0, len(tokens), None, words))
    for index, token in enumerate(tokens):
        if token.is_verb(data.speech):
            found += _spoken(parsed, index, data)
    return found


def _named(parsed: Parse, phrase: Phrase) -> NamedEntity | None:
    """The named source in a phrase or in its complement ("selon le quotidien Les Échos")."""
    complement = parsed.at.get(phrase.end + 1)
    if complement is not None and complement.preposition != parsed.lexicon.genitive:
        complement = None
    for candidate in (phrase, parsed.at.get(phrase.end), complement):
        if candidate is None or candidate.mention is None:
            continue
        mention = parsed.tokens[candidate.mention].mention
        if mention is not None and mention.entity.kind in _SPEAKERS:
            return mention.entity
    return None


def _spoken(parsed: Parse, verb: int, data: StatusData) -> list[Source]:
    """A verb of saying: what follows its "que", or all before it when the speaker comes after."""
    tokens = parsed.tokens
    announces = tokens[verb].is_verb(data.announcing)
    after = verb + 1
    while parsed.category(after) in (Category.ADVERB, Category.DATE):
        after += 1
    following = parsed.at.get(after)
    group = verb_group(parsed, verb)
    inverted = (
        following is not None
        and following.preposition is None
        and following.mention is not None
        and parsed.category(group.start - 1) in (Category.COMMA, Category.QUOTE)
    )
    if inverted and following is not None:
        return [Source(0, group.start, _named(parsed, following), tokens[verb].text, announces)]
    for index in range(verb + 1, min(verb + 10, len(tokens))):
        if parsed.category(index) is Category.RELATIVE and tokens[index].lower.startswith("qu"):
            return [
                Source(index, len(tokens), _speaker(parsed, group), tokens[verb].text, announces)
            ]
        if tokens[index].is_finite:
            break
    quoted = any(t.category is Category.QUOTE for t in tokens)
    if quoted:
        return [Source(0, len(tokens), _speaker(parsed, group), tokens[verb].text, announces)]
    return []


def _speaker(parsed: Parse, group: VerbGroup) -> NamedEntity | None:
    for phrase in subject_candidates(parsed, group):
        entity = _named(parsed, phrase)
        if entity is not None:
            return entity
    return None
