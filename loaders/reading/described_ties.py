"""What a known description says of its own words: "l'éditeur de Photoshop" makes Photoshop.

A description of the gazetteer that holds a name is read as if it were apposed to whom it stands
for: "Adobe, éditeur de Photoshop".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from loaders.reading.claims import Draft
from loaders.reading.frames import APPOSED, Frame, FrameSet
from loaders.reading.lexicon import Lexicon, lowered
from loaders.reading.mentions import Mention
from loaders.reading.tokens import Sentence


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
