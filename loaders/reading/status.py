"""How surely a sentence says something, and in whose mouth it puts it.

Cues are data (``status.yaml``): moods of rumour and of the future, verbs and nouns that make a plan
or a denial of what they govern, set phrases, and the ways of naming a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import Kind, Status
from loaders.languages import language_data
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, subject_candidates, verb_group
from loaders.reading.tokens import Category

_CLAUSE_REACH: Final = 14


@dataclass(frozen=True, slots=True)
class StatusData:
    """``status.yaml`` of a language, ready for look-up."""

    verbs: dict[str, Status]
    conditional_verbs: dict[str, Status]
    nouns: dict[str, Status]
    phrases: tuple[tuple[str, Status], ...]
    near_future: frozenset[str]
    future_particles: frozenset[str]
    sources: frozenset[str]
    source_phrases: tuple[str, ...]
    speech: frozenset[str]
    announcing: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> StatusData:
        """The cues of `language`, read once."""
        data: dict[str, Any] = language_data(language, "status")
        return StatusData(
            verbs=_by_word(data["verbs"]),
            conditional_verbs=_by_word(data["conditional_verbs"]),
            nouns=_by_word(data["nouns"]),
            phrases=tuple(_by_word(data["phrases"]).items()),
            near_future=frozenset(data["near_future"]),
            future_particles=frozenset(data["future_particles"]),
            sources=frozenset(data["source_prepositions"]),
            source_phrases=tuple(lowered(phrase) for phrase in data["source_phrases"]),
            speech=frozenset(data["speech"]),
            announcing=frozenset(data["announcing"]),
        )

    @property
    def all_verbs(self) -> tuple[str, ...]:
        """Every infinitive that the cues name."""
        return (
            *self.verbs,
            *self.conditional_verbs,
            *self.near_future,
            *self.speech,
            *self.announcing,
        )


def _by_word(table: dict[str, list[str]]) -> dict[str, Status]:
    return {lowered(word): Status(status) for status, words in table.items() for word in words}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the words that decided it."""

    status: Status
    cues: tuple[str, ...] = ()

    def with_cue(self, status: Status, cue: str) -> Verdict:
        """The weaker of this verdict and another, with the words of both."""
        return Verdict(Status.weakest(self.status, status), (*self.cues, cue))


def is_hypothetical(parsed: Parse, group: VerbGroup) -> bool:
    """Whether the clause is a condition ("si Apple rachetait …") or the sentence a question."""
    if parsed.sentence.question:
        return True
    for index in range(group.start - 1, max(-1, group.start - _CLAUSE_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP or token.is_finite:
            return False
        if token.category is Category.SUBORDINATOR and token.lower in parsed.lexicon.hypothesis:
            return True
    return False


def verdict(parsed: Parse, group: VerbGroup, data: StatusData) -> Verdict:
    """The status that mood, negation, governing verbs and set phrases give to a verb."""
    result = _mood(parsed, group, data, Verdict(Status.ASSERTED))
    for link in group.governors:
        for infinitive in _infinitives(parsed, link.index):
            effect = data.verbs.get(infinitive)
            if effect is not None:
                result = result.with_cue(effect, parsed.tokens[link.index].text)
    if group.noun is not None:
        effect = data.nouns.get(parsed.tokens[group.noun].lower)
        if effect is not None:
            result = result.with_cue(effect, parsed.tokens[group.noun].text)
    if group.negation is not None:
        result = result.with_cue(Status.DENIED, group.negation)
    if group.adjunct is not None and not group.governors:
        result = _inherited(parsed, group, data, result)
    return _set_phrases(parsed, group.head, data, result)


def _mood(parsed: Parse, group: VerbGroup, data: StatusData, result: Verdict) -> Verdict:
    tensed = parsed.tokens[group.verbs[-1]]
    infinitives = set(_infinitives(parsed, group.verbs[-1]))
    if tensed.has_form(Form.CONDITIONAL):
        if not group.auxiliaries and _after_past_speech(parsed, group, data):
            return result.with_cue(Status.PLANNED, tensed.text)
        modal = next(
            (data.conditional_verbs[v] for v in infinitives & set(data.conditional_verbs)), None
        )
        return result.with_cue(modal if modal is not None else Status.HEDGED, tensed.text)
    if tensed.has_form(Form.FUTURE) and not tensed.has_form(Form.PAST, Form.PRESENT):
        return result.with_cue(Status.PLANNED, tensed.text)
    if infinitives & data.near_future and group.governors:
        nearest = group.governors[-1]
        if nearest.preposition is None:
            return result.with_cue(Status.PLANNED, tensed.text)
    return result


def _after_past_speech(parsed: Parse, group: VerbGroup, data: StatusData) -> bool:
    """Whether a conditional is the future of the past: "il a confirmé qu'il partirait"."""
    que = next(
        (
            i
            for i in range(group.start - 1, max(-1, group.start - _CLAUSE_REACH), -1)
            if parsed.tokens[i].lower in ("que", "qu'")
        ),
        None,
    )
    if que is None:
        return False
    for index in range(que - 1, max(-1, que - 6), -1):
        token = parsed.tokens[index]
        if token.is_verb(data.speech):
            return token.has_form(Form.PARTICIPLE, Form.PAST)
    return False


def _infinitives(parsed: Parse, index: int) -> list[str]:
    return [reading.infinitive for reading in parsed.tokens[index].readings]


def _inherited(parsed: Parse, group: VerbGroup, data: StatusData, result: Verdict) -> Verdict:
    """An infinitive of purpose shares the status of the verb that it serves."""
    for index in range(group.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            break
        if token.category is Category.VERB and token.readings:
            main = verb_group(parsed, index)
            inherited = _mood(parsed, main, data, result)
            for infinitive in _infinitives(parsed, index):
                effect = data.verbs.get(infinitive)
                if effect is not None:
                    inherited = inherited.with_cue(effect, token.text)
            return inherited
        if token.lower in data.nouns:
            return result.with_cue(data.nouns[token.lower], token.text)
    return result


def _set_phrases(parsed: Parse, head: int, data: StatusData, result: Verdict) -> Verdict:
    """Phrases such as "en passe de" and adverbs such as "probablement" in the same clause."""
    start, end = clause_bounds(parsed, head)
    words = lowered(parsed.text(start, end)) if end > start else ""
    padded = f" {words} "
    for phrase, effect in data.phrases:
        position = padded.find(f" {phrase}")
        if position >= 0 and not padded[position + len(phrase) + 1].isalpha():
            result = result.with_cue(effect, phrase)
    return result


def noun_verdict(
    parsed: Parse, phrase: Phrase, data: StatusData
) -> tuple[Verdict, VerbGroup | None]:
    """The status of what a noun names, from the verb that it is the object or subject of."""
    result = Verdict(Status.ASSERTED)
    before = next(
        (
            parsed.tokens[i].lower
            for i in range(phrase.start - 1, max(-1, phrase.start - 5), -1)
            if parsed.tokens[i].lower in data.nouns
        ),
        None,
    )
    if before is not None:
        result = result.with_cue(data.nouns[before], before)
    group = governing_verb(parsed, phrase)
    if group is not None:
        result = _mood(parsed, group, data, result)
        for index in group.verbs:
            for infinitive in _infinitives(parsed, index):
                effect = data.verbs.get(infinitive)
                if effect is not None:
                    result = result.with_cue(effect, parsed.tokens[index].text)
        if group.negation is not None:
            result = result.with_cue(Status.DENIED, group.negation)
    return _set_phrases(parsed, phrase.head, data, result), group


def governing_verb(parsed: Parse, phrase: Phrase) -> VerbGroup | None:
    """The verb whose object or complement `phrase` is, or else whose subject."""
    for index in range(phrase.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category in (Category.STOP, Category.COMMA):
            break
        if token.category is Category.VERB and token.readings:
            return verb_group(parsed, index)
    for index in range(phrase.end, len(parsed.tokens)):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            break
        if token.category is Category.VERB and (token.readings or token.is_finite):
            last = index
            while (
                last + 1 < len(parsed.tokens)
                and parsed.tokens[last].is_verb(parsed.lexicon.auxiliaries)
                and parsed.category(last + 1) in (Category.VERB, Category.ADVERB, Category.NEGATION)
            ):
                last += 1
            return verb_group(parsed, last if parsed.category(last) is Category.VERB else index)
    return None


def clause_bounds(parsed: Parse, index: int) -> tuple[int, int]:
    """Tokens between the strong stops around `index`."""
    start = index
    while start > 0 and parsed.category(start - 1) is not Category.STOP:
        start -= 1
    end = index
    while end < len(parsed.tokens) and parsed.category(end) is not Category.STOP:
        end += 1
    return start, end


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
                Source(0, len(tokens), _named(parsed, phrase), tokens[phrase.start - 1].text)
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
    for candidate in (phrase, parsed.at.get(phrase.end), parsed.at.get(phrase.end + 1)):
        if candidate is None or candidate.mention is None:
            continue
        mention = parsed.tokens[candidate.mention].mention
        if mention is not None and mention.entity.kind in _SPEAKERS:
            return mention.entity
    return None


_SPEAKERS: Final = frozenset({Kind.COMPANY, Kind.PERSON, Kind.ORGANIZATION, Kind.PRODUCT})


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
