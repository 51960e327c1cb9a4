"""In whose mouth a sentence puts what it says: "selon X", "a révélé X", « … », assure X."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import gender_of, is_outlet
from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import quotations
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, is_bare_participle, verb_group
from loaders.reading.slots import Match
from loaders.reading.status_data import StatusData
from loaders.reading.tokens import Category

_GOING_ON: Final = frozenset({Category.VERB, Category.CLITIC, Category.NEGATION})
_RELAY_REACH: Final = 8
"""Tokens behind a source in which it is told who cites it."""
_ASIDE: Final = 6
"""Tokens behind a quotation in which its speaker is named."""
_BRINGS_OUT: Final = frozenset({"être"})
_PRONOUNS: Final = frozenset({Category.PRONOUN, Category.CLITIC})
_SPEAKERS: Final = frozenset({Kind.COMPANY, Kind.PERSON, Kind.ORGANIZATION, Kind.PRODUCT})


@dataclass(frozen=True, slots=True)
class Source:
    """In whose mouth a stretch of a sentence is put: tokens ``start:end``.

    `entity` is None for an unnamed source ("selon nos informations"). `announces` tells that the
    verb is one by which parties speak of themselves, `outlet` that a noun stands for an outlet:
    "selon le quotidien". `gender` is that of a pronoun for a person: "selon elle", "affirme-t-il".
    """

    start: int
    end: int
    entity: NamedEntity | None
    cue: str
    announces: bool = False
    outlet: bool = False
    gender: str | None = None


def with_person(found: list[Source], people: Sequence[NamedEntity]) -> list[Source]:
    """The sources of a sentence, a pronoun taken for the only one of `people` that it fits."""
    result = []
    for each in found:
        fitting = [p for p in people if gender_of(p) in (each.gender, None)]
        sole = each.gender is not None and len(fitting) == 1
        result.append(replace(each, entity=fitting[0]) if sole else each)
    return result


def with_outlet(found: list[Source], last: NamedEntity | None) -> list[Source]:
    """The sources of a sentence, an outlet that has no name here taken for the `last` one cited."""
    if last is None:
        return found
    return [replace(each, entity=last) if each.outlet else each for each in found]


def last_outlet(found: list[Source], last: NamedEntity | None) -> NamedEntity | None:
    """The outlet that later sentences mean by "le quotidien": the last body that was a source."""
    bodies = (s.entity for s in reversed(found) if s.entity and s.entity.kind is Kind.COMPANY)
    return next(bodies, last)


def sources(parsed: Parse, data: StatusData) -> list[Source]:
    """Every attribution in a sentence with the stretch that it covers."""
    found: list[Source] = []
    tokens = parsed.tokens
    for phrase in parsed.phrases:
        if phrase.preposition in data.sources and tokens[phrase.head].lower not in data.no_sources:
            who = _named(parsed, phrase) or _relaying(parsed, phrase, data)
            cue = parsed.text(phrase.start - 1, phrase.start)
            own = tokens[phrase.start].lower in parsed.lexicon.possessives  # "son site"
            outlet = who is None and not own and tokens[phrase.head].lower in data.outlets
            found.append(Source(0, len(tokens), who, cue, outlet=outlet))
    text = lowered(parsed.sentence.text)
    for words in data.source_phrases:
        if words in text and not any(source.entity is None for source in found):
            found.append(Source(0, len(tokens), None, words))
    for index, token in enumerate(tokens):
        if token.preposition in data.sources and index + 1 < len(tokens):
            pronoun = data.pronouns.get(tokens[index + 1].lower)
            if pronoun is not None:
                found.append(Source(0, len(tokens), None, token.text, gender=pronoun))
        if token.is_verb(data.speech) and not _is_our_own(parsed, index):
            found += _spoken(parsed, index, data)
        brought = _brought_out(parsed, index, data)
        if brought is not None:
            found.append(Source(0, len(tokens), brought, token.text, announces=True))
    return found + _said_of_quotations(parsed, data, found)


def _said_of_quotations(parsed: Parse, data: StatusData, found: list[Source]) -> list[Source]:
    """Quotations with their speaker behind a comma, whatever the verb: "« … », se réjouit X"."""
    result = []
    for start, end in quotations(parsed):
        if parsed.category(end + 1) is not Category.COMMA or any(s.start == start for s in found):
            continue
        for index in range(end + 2, min(end + 2 + _ASIDE, len(parsed.tokens))):
            token = parsed.tokens[index]
            if token.category in (Category.COMMA, Category.STOP, Category.PREPOSITION):
                break
            gender = data.pronouns.get(token.lower)
            mention = token.mention
            person = mention is not None and mention.entity.kind is Kind.PERSON
            if index > end + 2 and (person or gender is not None):
                who = mention.entity if person and mention is not None else None
                result.append(Source(start, end, who, parsed.tokens[end + 2].text, gender=gender))
                break
    return result


def _brought_out(parsed: Parse, index: int, data: StatusData) -> NamedEntity | None:
    """The outlet by which news came out: "révélé par X", "croit savoir X", "lit-on dans X"."""
    for rest, preposition in data.bringing_out.get(parsed.tokens[index].lower, ()):
        behind = index + 1 + len(rest)
        if [t.lower for t in parsed.tokens[index + 1 : behind]] != rest:
            continue
        named = parsed.at.get(behind + (preposition is not None))
        if named is None or named.preposition != preposition or named.mention is None:
            continue
        who = _named(parsed, named)
        if who is not None and who.kind is not Kind.PERSON:
            return who
    return None


def _named(parsed: Parse, phrase: Phrase) -> NamedEntity | None:
    """The named source in a phrase or in its complement ("selon le quotidien Les Échos")."""
    complement = parsed.at.get(phrase.end + 1)
    if complement is not None and complement.preposition != parsed.lexicon.genitive:
        complement = None
    head = parsed.tokens[phrase.head].lower
    apposed = parsed.at.get(phrase.end + 1) if head in parsed.lexicon.heads else None
    if apposed is not None and parsed.category(phrase.end) is not Category.COMMA:
        apposed = None  # "selon son patron, X,", but not "selon nos informations, X a …"
    for candidate in (phrase, parsed.at.get(phrase.end), complement, apposed):
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
        if index < 0 or parsed.category(index) is Category.STOP:
            return _sets_scene(parsed, group)
        return (
            index >= 0
            and parsed.at.get(index - (parsed.category(index) is Category.COMMA)) is not None
        )
    return False


def _sets_scene(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a clause goes on behind an opening participle: "Fondée en 2014, Y *a* été vendue"."""
    comma = False
    for index in range(group.head + 1, len(parsed.tokens)):
        category = parsed.category(index)
        if category is Category.STOP:
            return False
        comma = comma or category is Category.COMMA
        if comma and parsed.tokens[index].is_finite:
            return True
    return False


def is_passed_on(parsed: Parse, match: Match, data: StatusData) -> bool:
    """Whether an outlet only passes on news: "selon le site X, repris par Le Monde"."""
    if match.group is None or not is_bare_participle(parsed, match.group):
        return False
    named = [entity for filler in match.fillers.values() for entity in filler.entities]
    relayed = parsed.tokens[match.trigger].lower in data.relaying
    return relayed and any(is_outlet(entity) for entity in named)


def _spoken(parsed: Parse, verb: int, data: StatusData) -> list[Source]:
    """A verb of saying: what follows its "que", or all before it when the speaker comes after."""
    tokens = parsed.tokens
    announces = tokens[verb].is_verb(data.announcing)
    after = verb + 1
    while parsed.category(after) in (Category.ADVERB, Category.DATE):
        after += 1
    told = _told(parsed, after)
    if told is not None and told.end < len(tokens):
        after = told.end  # "a confirmé à l'AFP Jean Durand"
    following = parsed.at.get(after)
    group = verb_group(parsed, verb)
    inverted = (
        following is not None
        and following.preposition is None
        and (
            following.mention is not None
            or tokens[following.head].lower in data.outlets
            or tokens[following.head].lower in data.unnamed
            or _named(parsed, following) is not None  # "reconnaît son président, X"
        )
        and (
            parsed.category(group.start - 1) in (Category.COMMA, Category.QUOTE)
            or (group.start > 0 and tokens[group.start - 1].lower in data.as_said)
        )
    )
    if inverted and following is not None:
        whole = tokens[group.start - 1].lower in data.as_said or _is_inserted(parsed, following)
        end = len(tokens) if whole else group.start
        who = _named(parsed, following)
        start = 0
        for opened, closed in quotations(parsed):
            if opened < verb < closed:  # "« X, rappelle Y, a racheté Z »"
                start, end = opened, closed
        outlet = who is None and tokens[following.head].lower in data.outlets
        unnamed = who is None and tokens[following.head].lower in data.unnamed
        if unnamed:  # an unnamed source is who says it, whatever it is said about
            who = _relaying(parsed, following, data)
        return [
            Source(start, end, who, tokens[verb].text, announces and not unnamed, outlet=outlet)
        ]
    for index in range(verb + 1, min(verb + 10, len(tokens))):
        if parsed.category(index) is Category.RELATIVE and tokens[index].lower.startswith("qu"):
            who = _speaker(parsed, group, data) or _outlet_told(parsed, told)
            cue, gender = tokens[verb].text, None
            if who is None and group.start:
                gender = data.pronouns.get(tokens[group.start - 1].lower)
            return [Source(index, len(tokens), who, cue, announces, gender=gender)]
        if tokens[index].is_finite:
            break
    quoted = quotations(parsed)
    gender = _pronoun_behind(parsed, verb, data)
    if gender is not None:
        cue = tokens[verb].text
        spans = quoted or [(0, group.start)]
        return [Source(start, end, None, cue, gender=gender) for start, end in spans]
    within = any(start <= verb < end for start, end in quoted)
    if within or not (tokens[verb].is_finite or group.auxiliaries):
        return []
    speaker = None if _has_pronoun_behind(parsed, verb) else _speaker(parsed, group, data)
    if speaker is not None and is_outlet(speaker) and not quoted and not within:
        return [Source(verb, len(tokens), speaker, tokens[verb].text, announces)]
    return [Source(start, end, speaker, tokens[verb].text, announces) for start, end in quoted]


def _is_inserted(parsed: Parse, speaker: Phrase) -> bool:
    """Whether a sentence goes on behind who says it: "Le fonds X, précise Y, a racheté Z"."""
    behind = (speaker.group or [speaker])[-1].end
    goes_on = parsed.category(behind + 1) in _GOING_ON
    return parsed.category(behind) is Category.COMMA and goes_on


def _speaker(parsed: Parse, group: VerbGroup, data: StatusData) -> NamedEntity | None:
    for phrase in subject_candidates(parsed, group):
        entity = _named(parsed, phrase) or _relaying(parsed, phrase, data)
        if entity is not None:
            return entity
    return None


def _pronoun_behind(parsed: Parse, verb: int, data: StatusData) -> str | None:
    """The gender of a pronoun that is the subject of the verb before it: "a-t-il ajouté"."""
    group = verb_group(parsed, verb)
    for index in range(group.start, min(verb + 4, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.text.startswith("-") and token.lower in data.pronouns:
            return data.pronouns[token.lower]
    return None


def _is_our_own(parsed: Parse, verb: int) -> bool:
    """Whether the article itself says so, to its readers: "Rappelons que …"."""
    opens = verb == 0 or parsed.category(verb - 1) is Category.STOP
    return opens and parsed.tokens[verb].lower.endswith(parsed.lexicon.appeals)


def _has_pronoun_behind(parsed: Parse, verb: int) -> bool:
    """Whether several speak, or one does not say who: "soulignent-ils", "dit-on"."""
    behind = parsed.tokens[verb + 1] if verb + 1 < len(parsed.tokens) else None
    return behind is not None and behind.text[0] == "-" and parsed.category(verb + 1) in _PRONOUNS


def _told(parsed: Parse, index: int) -> Phrase | None:
    """To whom something is said right behind token ``index - 1``: "a déclaré à l'AFP"."""
    phrase = parsed.at.get(index + 1)
    told = phrase is not None and phrase.preposition in parsed.lexicon.told
    return phrase if told and phrase is not None and phrase.mention is not None else None


def _outlet_told(parsed: Parse, told: Phrase | None) -> NamedEntity | None:
    """The outlet that an unnamed source speaks to, which then says it."""
    who = _named(parsed, told) if told is not None else None
    return who if who is not None and is_outlet(who) else None
