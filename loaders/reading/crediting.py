"""Which source a draft is put into the mouth of: one of its own sentence, or of the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.model import RelationType, Status
from loaders.reading.agreement import is_outlet
from loaders.reading.attribution import Source
from loaders.reading.claims import Draft
from loaders.reading.lexicon import Lexicon, lowered
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.status_data import StatusData
from loaders.reading.tokens import Sentence

CAREER: Final = frozenset(
    {RelationType.HIRED_BY, RelationType.WORKED_AT, RelationType.LEADS, RelationType.FOUNDED}
)


def attribute(draft: Draft, trigger: int, found: Sequence[Source]) -> None:
    """Put a draft into the mouth of the source whose stretch covers it, unless it is a party."""
    draft.news = True
    for source in found:
        if not source.start <= trigger < source.end:
            continue
        party = source.entity is not None and source.entity in (draft.subject, draft.object)
        own = source.entity is draft.subject and draft.relation in CAREER
        if party and (source.announces or own):
            continue  # "« J'ai rejoint Y », raconte X"
        if source.entity is None and source.announces:
            continue
        draft.status = Status.weakest(draft.status, Status.REPORTED)
        draft.source = draft.source or source.entity
        draft.cues = (*draft.cues, source.cue)


def credit(sentence: Sentence, drafts: Sequence[Draft], data: StatusData, lexicon: Lexicon) -> None:
    """Put what the sentence before says into the mouth of whom this one credits with it.

    "X va racheter Y. C'est ce qu'affirme Le Figaro."
    """
    words = lowered(sentence.text)
    opening = next((o for o in data.said_before if words.startswith(o)), None)
    if opening is None:
        return
    outlet = _outlet(sentence, data, lexicon)
    for draft in reversed(drafts) if outlet is not None else ():
        if sentence.index - draft.sentence > 1:
            break
        if not draft.news or draft.source is not None or outlet in (draft.subject, draft.object):
            continue
        draft.status = Status.weakest(draft.status, Status.REPORTED)
        draft.source = outlet
        draft.cues = (*draft.cues, opening)


def _outlet(sentence: Sentence, data: StatusData, lexicon: Lexicon) -> NamedEntity | None:
    """The only outlet that a sentence names, and that nobody speaks to: "a-t-il dit à l'AFP"."""
    named = {
        mention.entity
        for mention in sentence.mentions
        if is_outlet(mention.entity) or not data.outlets.isdisjoint(mention.entity.called)
        if not _is_told(sentence, mention, lexicon)
    }
    return next(iter(named)) if len(named) == 1 else None


def _is_told(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> bool:
    before = lowered(sentence.text[: mention.start - sentence.start]).replace("'", "' ").split()
    if before and before[-1] in lexicon.definite - lexicon.contracted:
        before.pop()
    last = before[-1] if before else ""
    return lexicon.contractions.get(last, last) in lexicon.told
