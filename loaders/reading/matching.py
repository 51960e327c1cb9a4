"""Frames against a sentence: which of them its words call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from loaders.reading.arguments import antecedent, nearby_subject, subject_behind
from loaders.reading.clauses import clause_bounds
from loaders.reading.complements import complements
from loaders.reading.frames import (
    SUBJECT,
    Frame,
    FrameSet,
)
from loaders.reading.gapped_dates import with_dated
from loaders.reading.gapping import with_gapped
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.noun_slots import fill_noun
from loaders.reading.phrases import Parse
from loaders.reading.possible import may_claim
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.resolving import Resolver
from loaders.reading.role_employers import is_department
from loaders.reading.slots import Match, fill_verb
from loaders.reading.taken_up import noun_taken_up
from loaders.reading.tokens import Category, Token
from loaders.reading.unsaid import is_told
from loaders.reading.verb_patterns import pattern_end, patterns_called, words_behind

_NEAR: Final = 6
"""Tokens behind a verb in which a word of `unless` counts."""
_MONEY: Final = "$"
"""A word of `context` that any sum of money is."""
_MARKS: Final = "’'.,;:()«»\u00a0\u202f"
_CLOSING: Final = frozenset('»”"')
_CLAUSE: Final = "clause"
_AHEAD: Final = "ahead"
_BEHIND: Final = "behind"
_SOON: Final = 9
"""Tokens from a verb on in which a word of `near` counts."""
_JOINING: Final = frozenset({Category.COMMA, Category.COORDINATOR})


def find_matches(parsed: Parse, frames: FrameSet, resolver: Resolver) -> Iterator[Match]:
    """Every frame that the sentence calls with at least two slots to claim something of."""
    covered = -1
    nouns: dict[int, Frame] = {}
    for index, token in enumerate(parsed.tokens):
        if token.category is Category.VERB:
            for match in _verb_matches(parsed, index, frames, resolver):
                covered = max(covered, match.end)
                yield match
        elif index <= covered:
            continue  # "devenir propriétaire de": the noun is the verb's
        elif token.category in (Category.NOUN, Category.ADJECTIVE) and index in parsed.at:
            for match in _noun_matches(parsed, index, frames, resolver):
                nouns[index] = match.frame
                yield match
        elif nouns and token.lower in parsed.lexicon.taken_up:
            yield from _taken_up_matches(parsed, index, nouns, resolver)
        elif token.category is Category.DATE or token.lower in parsed.lexicon.earlier:
            yield from _duration_matches(parsed, index, frames, resolver)
        elif token.category is Category.MENTION:
            yield from _name_matches(parsed, index, frames, resolver)


def _duration_matches(
    parsed: Parse, index: int, frames: FrameSet, resolver: Resolver
) -> Iterator[Match]:
    """A time before a place: "après douze ans chez Y, X …", "X, plus récemment chez Y"."""
    if parsed.category(index - 1) is Category.VERB:
        return  # "a passé dix ans chez Y": the verb's own frame
    spent = parsed.category(index + 1) is Category.VERB  # "quinze ans passés chez Y"
    if spent and not parsed.tokens[index + 1].has_form(Form.PARTICIPLE):
        return
    start = index + 2 + spent + 2 * _is_spent_as(parsed, index + 1 + spent)
    phrase = parsed.at.get(start)
    if phrase is None or phrase.preposition is None or phrase.start != start:
        return
    date = parsed.tokens[index].date
    if phrase.preposition not in parsed.lexicon.inside and (
        date is None or date.relation != "duration"
    ):
        return  # "deux ans à l'Ademe", but not "en 2010 à l'Ademe"
    for frame in frames.by_duration:
        match = Match(frame, index, index, phrase=phrase)
        for slot, positions in frame.slots.items():
            kinds = frame.kinds(slot)
            if phrase.preposition in positions:
                match.fillers[slot] = resolver.fill(parsed, [phrase], kinds)
            elif SUBJECT in positions:
                match.fillers[slot] = resolver.fill(parsed, nearby_subject(parsed, index), kinds)
        match.fillers = {slot: filler for slot, filler in match.fillers.items() if filler}
        if _is_complete(match):
            yield match


def _is_spent_as(parsed: Parse, index: int) -> bool:
    """Whether what stands there tells what a time was one of: "vingt ans *d'expérience* chez Y"."""
    phrase = parsed.at.get(index + 1)
    if phrase is None or phrase.preposition != parsed.lexicon.genitive or phrase.mention:
        return False
    alone = phrase.start == index + 1 == phrase.end - 1
    return alone and parsed.tokens[phrase.head].lower in parsed.lexicon.spent_as


def _taken_up_matches(
    parsed: Parse, index: int, nouns: Mapping[int, Frame], resolver: Resolver
) -> Iterator[Match]:
    """What a noun before called, of others: "la reprise de A par B et *celle* de C par D"."""
    again, phrase = noun_taken_up(parsed, index), parsed.at.get(index)
    frame = nouns.get(again.head) if again is not None else None
    if frame is None or phrase is None or not _in_context(parsed, index, frame):
        return
    match = Match(frame, index, index, phrase=phrase)
    if _fills(parsed, match, resolver):
        yield match


def _name_matches(
    parsed: Parse, index: int, frames: FrameSet, resolver: Resolver
) -> Iterator[Match]:
    """What a name itself calls by what stands behind it: "ChatGPT, d'OpenAI"."""
    phrase, mention = parsed.at.get(index), parsed.tokens[index].mention
    if phrase is None or mention is None or phrase.mention != index or mention.entity.kind is None:
        return
    for frame in frames.by_name.get(mention.entity.kind, ()):
        if frame.quoted and not _is_quoted(parsed, index):
            continue
        if not _in_context(parsed, index, frame):
            continue
        match = Match(frame, index, index, phrase=phrase)
        if _fills(parsed, match, resolver):
            yield match


def _is_quoted(parsed: Parse, index: int) -> bool:
    """Whether a name stands in quotation marks, which are no tokens where a name fills them."""
    offset, end = parsed.sentence.start, parsed.tokens[index].end
    behind = parsed.sentence.text[end - offset : end - offset + 2].strip()
    return parsed.category(index + 1) is Category.QUOTE or behind[:1] in _CLOSING


def _verb_matches(
    parsed: Parse, index: int, frames: FrameSet, resolver: Resolver
) -> Iterator[Match]:
    group: VerbGroup | None = None
    longest = -1
    behind: tuple[int, str] | None = None
    if _is_spent(parsed, index) or _is_auxiliary(parsed, index):
        return
    for reading in parsed.tokens[index].readings:
        if reading.infinitive not in frames.by_verb:
            continue
        group = group or verb_group(parsed, index)
        behind = behind or words_behind(parsed, index)
        for pattern, frame in patterns_called(parsed, reading.infinitive, frames, behind):
            end = pattern_end(parsed, index, pattern, group, behind)
            if end is None or len(pattern.words) < longest:
                continue
            if not may_claim(parsed, frame, group) or not _in_context(parsed, index, frame):
                continue
            if frame.intransitive and _has_object(parsed, end, group):
                continue
            match = Match(frame, index, end, group=group)
            match.respective = _is_respective(parsed, index)
            if _fills(parsed, match, resolver):
                longest = len(pattern.words)
                yield from with_dated(parsed, with_gapped(parsed, match))


def _is_auxiliary(parsed: Parse, index: int) -> bool:
    """Whether it only helps the participle behind it: "a *été* nommé à la tête de Y"."""
    if not parsed.tokens[index].is_verb(parsed.lexicon.auxiliaries):
        return False
    after = index + 1
    while parsed.category(after) in (Category.ADVERB, Category.NEGATION):
        after += 1
    return parsed.category(after) is Category.VERB and parsed.tokens[after].has_form(
        Form.PARTICIPLE
    )


def _is_spent(parsed: Parse, index: int) -> bool:
    """Whether it tells of a time and not of whom: "après dix ans passés chez Y"."""
    date = parsed.tokens[index - 1].date if index else None
    bare = parsed.tokens[index].has_form(Form.PARTICIPLE) and date is not None
    return bare and date is not None and date.relation == "duration"


def _is_respective(parsed: Parse, index: int) -> bool:
    """Whether the clause says that two lists go together: "A et B ont respectivement racheté …"."""
    if parsed.lexicon.respectively.isdisjoint(parsed.words):
        return False
    start, end = clause_bounds(parsed, index)
    return any(token.lower in parsed.lexicon.respectively for token in parsed.tokens[start:end])


def _has_object(parsed: Parse, end: int, group: VerbGroup) -> bool:
    """Whether a direct object follows: "passer une commande chez Y"; no subject: "arrive X".

    What is done there counts as one: "est allé *chercher* X chez Y".
    """
    following = parsed.tokens[end + 1] if end + 1 < len(parsed.tokens) else None
    if following is not None and following.category is Category.CLITIC:
        following = parsed.tokens[end + 2] if end + 2 < len(parsed.tokens) else None
    if following is not None and following.has_form(Form.INFINITIVE):
        return True
    phrase = parsed.at.get(end + 1)
    if phrase is not None and subject_behind(parsed, group) == [phrase]:
        return False
    return phrase is not None and phrase.preposition is None and not phrase.pronoun


def _in_context(parsed: Parse, index: int, frame: Frame) -> bool:
    if not frame.context and not frame.unless and not frame.near and not frame.apart:
        return True
    start, end = clause_bounds(parsed, index)
    if frame.apart and any(
        p.preposition in frame.apart and (p.mention is not None or " " in p.preposition)
        for p in complements(parsed, index)
    ):
        return False
    if frame.unless:
        if _is_told_of_share(parsed, index, frame):
            return False
        first = index - (index > start and parsed.category(index) is Category.NOUN)
        near = _spelled_out(parsed, first, min(end, index + (_SOON if frame.near else _NEAR)))
        if _has_any(near, frame.unless):
            return False
    if frame.near:
        soon = parsed.spelled.get((_AHEAD, index, end))
        if soon is None:
            soon = _words(parsed, index, _soon(parsed, index, end))
            parsed.spelled[_AHEAD, index, end] = soon
        if not _has_any(soon, frame.near):
            return False
    if not frame.context:
        return True
    if _MONEY in frame.context and any(token.amount for token in parsed.tokens[start:end]):
        return True  # "5 M€"
    text = parsed.spelled.get((_CLAUSE, start, end))
    if text is None:
        text = parsed.spelled[_CLAUSE, start, end] = _words(parsed, start, end)
    return _has_any(text, frame.context)


def _has_any(text: str, words: frozenset[str]) -> bool:
    """Whether a text between spaces has any of some words or phrases."""
    for word in _padded(words):  # noqa: SIM110 - a generator takes several times as long
        if word in text:
            return True
    return False


@cache
def _padded(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(f" {word} " for word in words)


def _is_told_of_share(parsed: Parse, index: int, frame: Frame) -> bool:
    """Whether the object is what bars the frame: "une *part* de Y, que X devrait racheter"."""
    if not parsed.has_relatives or parsed.category(index) is not Category.VERB:
        return False
    start = verb_group(parsed, index).start
    for que in range(start - 1, max(-1, start - _NEAR), -1):
        token = parsed.tokens[que]
        if token.category is Category.RELATIVE and token.lower.startswith("qu"):
            return any(parsed.tokens[p.head].lower in frame.unless for p in antecedent(parsed, que))
        if token.is_finite or token.category in (Category.STOP, Category.COMMA):
            return False
    return False


def _spelled_out(parsed: Parse, first: int, end: int) -> str:
    """The words of some tokens, without names and days.

    "L'an dernier" is a day like another; only a length of time bars a frame, and no word of a name.
    """
    known = parsed.spelled.get((_BEHIND, first, end))
    if known is None:
        words = (
            "" if t.mention or (t.date and t.date.relation != "duration") else _spelled(t)
            for t in parsed.tokens[first:end]
        )
        known = parsed.spelled[_BEHIND, first, end] = f" {' '.join(words)} "
    return known


def _spelled(token: Token) -> str:
    """A token's words; all of them for a preposition: "en vue de l'acquisition de"."""
    several = token.preposition is not None and " " in token.preposition
    return token.preposition.replace("'", "' ") if several and token.preposition else token.lower


def _soon(parsed: Parse, index: int, end: int) -> int:
    """Where what belongs to a verb ends: before the next verb, or after some tokens.

    The further names of a list are no further off: "compter A, B et C parmi ses clients".
    """
    last, later = index + _SOON, index + 1
    while later < min(end, last):
        token = parsed.tokens[later]
        if token.is_finite:
            return later
        if token.category in _JOINING:
            listed = next((i for i in (later + 1, later + 2) if _is_name(parsed, i, end)), None)
            if listed is not None:
                last += listed + 1 - later
                later = listed
        later += 1
    return min(end, last)


def _is_name(parsed: Parse, index: int, end: int) -> bool:
    return index < end and parsed.tokens[index].mention is not None


def _words(parsed: Parse, start: int, end: int) -> str:
    text = f" {lowered(parsed.text(start, end))} "
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text.replace("%", " % ").replace("  ", " ") if "%" in text else text


def _noun_matches(
    parsed: Parse, index: int, frames: FrameSet, resolver: Resolver
) -> Iterator[Match]:
    phrase = parsed.at[index]
    opening, _, _ = parsed.tokens[index].lower.partition(" ")
    openings = frames.noun_openings
    if opening not in openings and opening.rstrip("sx") not in openings and opening[-1:] != "'":
        return
    words = [t.lower for t in parsed.tokens[index : phrase.end + 3]]
    for length in (3, 2, 1):
        name = " ".join(words[:length]).replace("' ", "'")
        called, single = frames.by_noun.get(name, ()), _singular(name)
        if single != name:
            called = (*called, *frames.by_noun.get(single, ()))
        if not called:
            continue
        end = index + length - 1
        department = is_department(parsed, phrase, name, resolver.roles)
        for frame in called:
            if department or not _in_context(parsed, index, frame):
                continue
            match = Match(frame, index, end, phrase=phrase)
            match.respective = parsed.tokens[end + 1 : end + 2] != [] and (
                parsed.tokens[end + 1].lower in parsed.lexicon.respectively
            )  # "propriétés respectives de A et B"
            if _fills(parsed, match, resolver):
                yield match
                return
        return


def _singular(name: str) -> str:
    """A noun with its complement without the plural of the noun: "puces", "jeux vidéo"."""
    first, space, rest = name.partition(" ")
    return first.rstrip("sx") + space + rest.rstrip("s")


def _fills(parsed: Parse, match: Match, resolver: Resolver) -> bool:
    """Fill the slots; whether a claim can come of it. What a frame in vain asked is forgotten."""
    resolver.attempt()
    (fill_verb if match.group is not None else fill_noun)(parsed, match, resolver)
    works = _is_complete(match) and not is_told(parsed, match, resolver.roles)
    resolver.settle(parsed, works)
    return works


def _is_complete(match: Match) -> bool:
    """Whether a claim can come of it: two ends of one claim filled, and every needed slot."""
    filled = set(match.fillers)
    inherit = match.frame.inherit
    if inherit is not None and (inherit.of is None or inherit.of in filled):
        filled.add(inherit.slot)
    handover = match.frame.handover
    if handover is not None and not filled.isdisjoint({handover.giver, handover.taker}):
        filled.add(handover.body)
    if any(slot not in filled for slot in match.frame.needs if slot in match.frame.slots):
        return False
    if any(claim.subject in filled and claim.object in filled for claim in match.frame.claims):
        return True
    if match.frame.topic is not None and match.frame.topic[0] in filled:
        return True
    return _is_mutual(match)


def _is_mutual(match: Match) -> bool:
    """Whether one slot holds both ends of a mutual relation: "A et B s'allient"."""
    return any(
        claim.relation.symmetric and len(match.entities(claim.subject)) > 1
        for claim in match.frame.claims
    )
