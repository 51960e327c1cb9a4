"""What goes on without its verb, at a day of its own: "a rejoint X en 2008, puis *Y en 2012*"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from loaders.reading.claims import Draft
from loaders.reading.fillers import Filler
from loaders.reading.frames import SUBJECT
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.slots import Match
from loaders.reading.tokens import Category

_PAIR: Final = 2
_BETWEEN: Final = frozenset({Category.COMMA, Category.COORDINATOR, Category.ADVERB})


def with_dated(parsed: Parse, matches: Iterable[Match]) -> Iterator[Match]:
    """The matches, then each further one that has its own day, but no verb of its own.

    It is done to another ("puis *Y en 2012*") or by another ("et *Z en 2021*").
    """
    for match in matches:
        yield match
        if match.group is not None and match.sum_at is None:
            yield from _further(parsed, match)


def _further(parsed: Parse, match: Match) -> Iterator[Match]:
    if sum(token.date is not None for token in parsed.tokens) < _PAIR:
        return
    for slot, filler in list(match.fillers.items()):
        phrase = filler.phrase
        if phrase is None or phrase.mention is None or phrase.start < match.trigger:
            continue
        last = (phrase.group or [phrase])[-1]
        while (told := _next_dated(parsed, last)) is not None:
            goes_on = slot if told.preposition == phrase.preposition else _subject(match)
            if goes_on is None or (goes_on is not slot and told.preposition is not None):
                break
            kinds = match.frame.kinds(goes_on)
            known = {entity for each in match.fillers.values() for entity in each.entities}
            named = [e for e in parsed.listed(told) if e.kind in kinds and e not in known]
            if named:
                fillers = match.fillers | {goes_on: Filler(named, None, told)}
                yield replace(match, fillers=fillers, dated_at=day_behind(parsed, told))
            last = (told.group or [told])[-1]


def _subject(match: Match) -> str | None:
    return next((s for s, places in match.frame.slots.items() if SUBJECT in places), None)


def _next_dated(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """The next name that has a day behind it, right behind the day of `phrase`."""
    index = day_behind(parsed, phrase)
    if index is None:
        return None
    while parsed.category(index) is Category.DATE or day_at(parsed, index + 1) == index + 1:
        index += 1
    begin = index
    while parsed.category(index) in _BETWEEN:
        index += 1
    if index == begin:
        return None
    index += parsed.category(index) is Category.PREPOSITION
    told = parsed.at.get(index)
    if told is None or told.start != index or told.mention is None:
        return None
    day = day_behind(parsed, told)
    return told if day is not None and parsed.category(day + 1) is not Category.VERB else None


def day_at(parsed: Parse, index: int) -> int | None:
    """The token of the day that stands at `index`, or behind a preposition there."""
    if parsed.category(index) is Category.PREPOSITION:
        index += 1
    return index if parsed.category(index) is Category.DATE else None


def day_behind(parsed: Parse, phrase: Phrase) -> int | None:
    """The token of the day right behind a phrase."""
    return day_at(parsed, phrase.end)


def own_days(parsed: Parse, match: Match, drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft, the token of the day right behind its own end; none where they share one.

    "A travaillé chez *X de 2008 à 2012*, puis chez *Y jusqu'en 2016*".
    """
    if match.dated_at is not None:
        return [match.dated_at] * len(drafts)
    found: list[int | None] = [None] * len(drafts)
    if len(drafts) < _PAIR:
        return found
    for phrase in parsed.phrases:
        mention = parsed.mention(phrase) if phrase.start > match.trigger else None
        day = day_behind(parsed, phrase) if mention is not None else None
        entity = mention.entity if mention is not None else None
        for place, draft in enumerate(drafts) if entity is not None else ():
            if entity in (draft.subject, draft.object) and found[place] is None:
                found[place] = day
    told = {day for day in found if day is not None}
    return found if len(told) >= _PAIR else [None] * len(drafts)
