"""What a known description says of its own words: "l'éditeur de Photoshop" makes Photoshop.

A description of the gazetteer that holds a name is read as if it were apposed to whom it stands
for: "Adobe, éditeur de Photoshop".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from graph.model import RelationType
from loaders.reading.claims import Draft
from loaders.reading.frames import APPOSED, Frame, FrameSet
from loaders.reading.lexicon import Lexicon, lowered
from loaders.reading.mentions import BODIES, Mention, NamedEntity
from loaders.reading.phrase_names import PhraseNames
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category, Sentence

_NAMESAKE: Final = 0.85


def described_ties(sentence: Sentence, frames: FrameSet, lexicon: Lexicon) -> Iterator[Draft]:
    """A draft for each claim that a description in the sentence makes of a name inside it."""
    for outer, inner in pairwise(sentence.mentions):
        if not outer.described or not outer.start < inner.start < inner.end <= outer.end:
            continue
        noun = _noun(outer, inner, lexicon)
        for frame in frames.by_noun.get(noun, ()):
            yield from _drafts(sentence, frame, noun, outer, inner)


def _noun(outer: Mention, inner: Mention, lexicon: Lexicon) -> str:
    """The noun of "l'éditeur de X": what stands between the article and "de"."""
    words = lowered(outer.surface[: inner.start - outer.start]).replace("'", "' ").split()
    while words and words[0] in lexicon.definite:
        words.pop(0)
    while words and words[-1] in lexicon.definite:
        words.pop()
    if not words or words.pop() not in (lexicon.genitive, "d'", *lexicon.contracted):
        return ""
    return " ".join(words)


def _drafts(
    sentence: Sentence, frame: Frame, noun: str, outer: Mention, inner: Mention
) -> Iterator[Draft]:
    for template in frame.claims:
        if template.fund:
            continue
        whose, of = frame.slots[template.subject], frame.slots[template.object]
        ends = outer.entity, inner.entity
        if APPOSED in of:
            whose, of, ends = of, whose, (inner.entity, outer.entity)
        told = APPOSED in whose and "de" in of and frame.inherit is None and not frame.near
        subject, object_ = ends
        allowed = subject.kind in frame.kinds(template.subject) and object_.kind in frame.kinds(
            template.object
        )
        if told and allowed and subject is not object_:
            yield Draft(
                template.relation,
                subject,
                object_,
                sentence.start,
                sentence.end,
                sentence.index,
                frame.id,
                frame.confidence,
                cues=(noun,),
                ended=template.ended,
            )


def namesake_parts(
    parsed: Parse, names: PhraseNames, bodies: Iterable[NamedEntity]
) -> Iterator[Draft]:
    """A draft for each body that the sentence calls a part, of the one whose name it bears."""
    known = list(bodies)
    for phrase in parsed.phrases:
        noun = parsed.tokens[phrase.head].lower
        if noun not in parsed.lexicon.named_parts or _is_former(parsed, phrase):
            continue
        for part in _called(parsed, phrase, names):
            owners = [
                body
                for body in known
                if body is not part
                and body.kind in BODIES
                and lowered(part.name).startswith(f"{lowered(body.name)} ")
            ]
            if len(owners) == 1:
                sentence = parsed.sentence
                yield Draft(
                    RelationType.PART_OF,
                    part,
                    owners[0],
                    sentence.start,
                    sentence.end,
                    sentence.index,
                    "namesake-part",
                    _NAMESAKE,
                    cues=(noun,),
                )


def _is_former(parsed: Parse, phrase: Phrase) -> bool:
    words = (token.lower for token in parsed.tokens[phrase.start : phrase.end])
    return any(word in parsed.lexicon.former for word in words)


def _called(parsed: Parse, phrase: Phrase, names: PhraseNames) -> list[NamedEntity]:
    """Who is called so: "la filiale X", "une entité, X", "X, la division qui"."""
    if phrase.mention is not None:
        mention = parsed.mention(phrase)
        return [mention.entity] if mention is not None else []
    named = names.apposed(parsed, phrase, BODIES)
    behind = parsed.at.get(phrase.end + 1)
    if not named and behind is not None and parsed.category(phrase.end) is Category.COMMA:
        mention = parsed.mention(behind) if behind.preposition is None else None
        named = [mention.entity] if mention is not None else []
    before = parsed.at.get(phrase.start - 2)
    if not named and before is not None and parsed.category(phrase.start - 1) is Category.COMMA:
        mention = parsed.mention(before)
        named = [mention.entity] if mention is not None else []
    return named
