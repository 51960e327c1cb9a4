"""In whose mouth a sentence puts what it says: "selon X", "a révélé X", « … », assure X."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.model import Kind
from loaders.reading.arguments import subject_candidates
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, is_bare_participle, verb_group
from loaders.reading.status import StatusData
from loaders.reading.tokens import Category

_RELAY_REACH: Final = 8
"""Tokens behind a source in which it is told who cites it."""
_BRINGS_OUT: Final = frozenset({"être"})
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
        if phrase.preposition in data.sources and tokens[phrase.head].lower not in data.no_sources:
            who = _named(parsed, phrase) or _relaying(parsed, phrase, data)
            cue = parsed.text(phrase.start - 1, phrase.start)
            found.append(Source(0, len(tokens), who, cue))
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


def _relaying(parsed: Parse, phrase: Phrase, data: StatusData) -> NamedEntity | None:
    """Who passes on what an unnamed source says: "d'après une source citée par Reuters"."""
    for index in range(phrase.end, min(phrase.end + _RELAY_REACH, len(parsed.tokens))):
        named = parsed.at.get(index + 2)
        if parsed.tokens[index].lower in data.relaying and named is not None:
            return _named(parsed, named) if named.preposition == parsed.lexicon.agent else None
    return None


def is_background(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a verb only describes somebody in passing, which no source need have said.

    So in a relative clause and in a participle behind a name: "Selon X, Y, qui a fondé Z, …".
    What "c'est" brings out is the news itself.
    """
    index = group.start - 1
    if parsed.category(index) is Category.WHO:
        opening = parsed.category(index - 1)
        antecedent = parsed.at.get(index - 1 - (opening is Category.COMMA))
        if antecedent is None:
            return False
        before = antecedent.group[0].start - 1
        return not (before >= 0 and parsed.tokens[before].is_verb(_BRINGS_OUT))
    if is_bare_participle(parsed, group) and not group.governors:
        return (
            index >= 0
            and parsed.at.get(index - (parsed.category(index) is Category.COMMA)) is not None
        )
    return False


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
        and (
            parsed.category(group.start - 1) in (Category.COMMA, Category.QUOTE)
            or (group.start > 0 and tokens[group.start - 1].lower in data.as_said)
        )
    )
    if inverted and following is not None:
        whole = tokens[group.start - 1].lower in data.as_said
        end = len(tokens) if whole else group.start
        return [Source(0, end, _named(parsed, following), tokens[verb].text, announces)]
    for index in range(verb + 1, min(verb + 10, len(tokens))):
        if parsed.category(index) is Category.RELATIVE and tokens[index].lower.startswith("qu"):
            return [
                Source(index, len(tokens), _speaker(parsed, group), tokens[verb].text, announces)
            ]
        if tokens[index].is_finite:
            break
    quoted = _quotations(parsed)
    within = any(start <= verb < end for start, end in quoted)
    if within or not (tokens[verb].is_finite or group.auxiliaries):
        return []
    speaker = _speaker(parsed, group)
    return [Source(start, end, speaker, tokens[verb].text, announces) for start, end in quoted]


def _quotations(parsed: Parse) -> list[tuple[int, int]]:
    """The stretches between quotation marks; one that is not closed goes to the end."""
    marks = [i for i, token in enumerate(parsed.tokens) if token.category is Category.QUOTE]
    marks += [len(parsed.tokens)] * (len(marks) % 2)
    return list(zip(marks[::2], marks[1::2], strict=True))


def _speaker(parsed: Parse, group: VerbGroup) -> NamedEntity | None:
    for phrase in subject_candidates(parsed, group):
        entity = _named(parsed, phrase)
        if entity is not None:
            return entity
    return None
