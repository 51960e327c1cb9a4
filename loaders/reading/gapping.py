"""What goes on without its verb: "dont 50 millions apportés par X et 25 millions par Y".

The verb is said once, and what follows has a sum of its own; so has "A investit 10 millions d'euros
dans Y, et B 5 millions de dollars". Or it has whom it is done to, and by whom: "A a été racheté par
X, B par Y et C par Z".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph.model import Kind
from loaders.reading.fillers import Filler
from loaders.reading.frames import OBJECT, SUBJECT
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase, past_brackets
from loaders.reading.slots import Match
from loaders.reading.tokens import Category

_PRICE: Final = 6
"""Tokens behind a name in which its price stands."""
_AND: Final = frozenset({Category.COMMA, Category.COORDINATOR})


def with_gapped(parsed: Parse, match: Match) -> Iterator[Match]:
    """The match, then one for each further sum that has its giver, but no verb of its own.

    And one for each further one to whom the same was done by another.
    """
    by_others = list(_by_others(parsed, match))
    if by_others:
        yield match
        yield from by_others
        return
    if match.frame.amount is None or match.group is None:
        yield match
        yield from _behind_shares(parsed, match)
        return
    further = [
        *_behind_shares(parsed, match),
        *_behind_prepositions(parsed, match),
        *_behind_names(parsed, match),
        *_behind_prices(parsed, match),
    ]
    part = _own_part(parsed, match)
    yield match if part is None else replace(match, sum_at=part)
    yield from further


def _behind_prepositions(parsed: Parse, match: Match) -> Iterator[Match]:
    for slot, filler in list(match.fillers.items()):
        phrase = filler.phrase
        if phrase is None or phrase.preposition is None or phrase.mention is None:
            continue
        last = (phrase.group or [phrase])[-1]
        while (amount := _next_sum(parsed, last.end)) is not None:
            giver = parsed.at.get(amount + 2)
            if giver is None or giver.preposition != phrase.preposition or giver.mention is None:
                break
            named = [e for e in parsed.listed(giver) if e.kind in match.frame.kinds(slot)]
            fillers = match.fillers | {slot: Filler(named, None, giver)}
            if named:
                yield replace(match, fillers=fillers, sum_at=amount)
            last = (giver.group or [giver])[-1]


def _behind_prices(parsed: Parse, match: Match) -> Iterator[Match]:
    """What else was bought, at its own price: "acquiert A pour 8 millions et *B pour 5*"."""
    thing = next((s for s, places in match.frame.slots.items() if OBJECT in places), None)
    filler = match.fillers.get(thing or "")
    if thing is None or filler is None or filler.phrase is None:
        return
    phrase = (filler.phrase.group or [filler.phrase])[-1]
    while (price := _price_behind(parsed, phrase)) is not None:
        index = price + 1
        while parsed.category(index) in _AND:
            index += 1
        told = parsed.at.get(index) if index > price + 1 else None
        if told is None or told.preposition is not None or told.mention is None:
            return
        own = _price_behind(parsed, told)
        named = _named_in(parsed, [told], match.frame.kinds(thing))
        if own is None or not named:
            return
        yield replace(match, fillers=match.fillers | {thing: Filler(named, None, told)}, sum_at=own)
        phrase = told


def _price_behind(parsed: Parse, phrase: Phrase) -> int | None:
    """The sum behind a name and a preposition: "A *pour quelque 8 millions d'euros*"."""
    if parsed.category(phrase.end) is not Category.PREPOSITION:
        return None
    for index in range(phrase.end + 1, min(phrase.end + _PRICE, len(parsed.tokens))):
        if parsed.category(index) is Category.AMOUNT:
            return index
        if parsed.tokens[index].mention or parsed.category(index) in _AND:
            return None
    return None


def _behind_shares(parsed: Parse, match: Match) -> Iterator[Match]:
    """Who holds the rest: "détenue à 60 % par A et à 40 % par B", "à 51 % à A et à 49 % à B"."""
    for slot, filler in list(match.fillers.items()):
        phrase = filler.phrase
        if match.group is None or phrase is None or phrase.preposition not in _held_by(parsed):
            continue
        last = (phrase.group or [phrase])[-1]
        while True:
            index = past_brackets(parsed, last.end)
            start = index
            while parsed.category(index) in _AND:
                index += 1
            share = parsed.at.get(index + 1)
            if index == start or share is None or share.preposition is None:
                break
            holder = parsed.at.get(share.end + 1)
            if not _is_share(parsed, share) or holder is None:
                break
            if holder.preposition != phrase.preposition:
                break
            named = [e for e in parsed.listed(holder) if e.kind in match.frame.kinds(slot)]
            if named:
                yield replace(match, fillers=match.fillers | {slot: Filler(named, None, holder)})
            last = (holder.group or [holder])[-1]


def _held_by(parsed: Parse) -> frozenset[str]:
    """The prepositions before whose a share is: "détenu par X", "appartient à X"."""
    return frozenset({parsed.lexicon.agent, *parsed.lexicon.told})


def _is_share(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a phrase tells how much of it: "à 40 %", "pour le reste"."""
    tokens = parsed.tokens[phrase.start : phrase.end]
    return any(token.text == "%" or token.lower in parsed.lexicon.remainders for token in tokens)


def _by_others(parsed: Parse, match: Match) -> Iterator[Match]:
    """To whom others did the same: "A a été racheté par X, *B par Y*"; the first keeps X alone."""
    agent = parsed.lexicon.agent
    by = next(
        (s for s, f in match.fillers.items() if f.phrase and f.phrase.preposition == agent), None
    )
    thing = next((s for s, places in match.frame.slots.items() if OBJECT in places), None)
    if match.group is None or by is None or thing not in match.fillers or by == thing:
        return
    first = match.fillers[by].phrase
    done_to: list[NamedEntity] = []
    while first is not None:
        members = first.group or [first]
        at = members.index(first)
        told = next((m for m in members[at + 1 :] if _agent_behind(parsed, m)), None)
        own = members[at : members.index(told)] if told is not None else members[at:]
        if told is None:
            told = _listed_behind(parsed, own[-1])
        doers = _named_in(parsed, own, match.frame.kinds(by))
        if first is match.fillers[by].phrase and told is not None:
            match.fillers[by] = Filler(doers, None, first)
        elif first is not match.fillers[by].phrase and doers and done_to:
            fillers = {by: Filler(doers, None, first), thing: Filler(done_to, None, first)}
            yield replace(match, fillers=match.fillers | fillers, sum_at=first.start)
        if told is None:
            return
        done_to = _named_in(parsed, [told], match.frame.kinds(thing))
        first = _agent_behind(parsed, told)


def _agent_behind(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """Who did it to the name of a phrase, said right behind: "B *par Y*", "B (W) *par Y*"."""
    if phrase.preposition is not None or phrase.mention is None:
        return None
    index = past_brackets(parsed, phrase.end)
    agent = parsed.at.get(index + 1)
    told = agent is not None and agent.preposition == parsed.lexicon.agent
    return agent if told and agent is not None and agent.start == index + 1 else None


def _listed_behind(parsed: Parse, last: Phrase) -> Phrase | None:
    """What the list goes on with behind its last doer, if others did that."""
    index = past_brackets(parsed, last.end)
    start = index
    while parsed.category(index) in _AND:
        index += 1
    phrase = parsed.at.get(index) if index > start else None
    return phrase if phrase is not None and _agent_behind(parsed, phrase) else None


def _named_in(parsed: Parse, phrases: list[Phrase], kinds: frozenset[Kind]) -> list[NamedEntity]:
    mentions = (parsed.mention(phrase) for phrase in phrases)
    return [m.entity for m in mentions if m is not None and m.entity.kind in kinds]


def _own_part(parsed: Parse, match: Match) -> int | None:
    """The part of a sum that its giver stands behind: "dont 50 millions auprès de X"."""
    for filler in match.fillers.values():
        phrase = filler.phrase
        if phrase is None or phrase.preposition is None or phrase.mention is None:
            continue
        amount = phrase.start - 2
        if (
            parsed.category(amount) is Category.AMOUNT
            and parsed.category(amount - 1) is Category.RELATIVE
            and amount - 1 > match.trigger
        ):
            return amount
    return None


def _next_sum(parsed: Parse, index: int) -> int | None:
    """The sum that goes on with a list at token `index`: "et 25 millions"."""
    while parsed.category(index) in _AND:
        index += 1
    follows = parsed.category(index - 1) in _AND and parsed.category(index) is Category.AMOUNT
    return index if follows and parsed.category(index + 1) is Category.PREPOSITION else None


def _behind_names(parsed: Parse, match: Match) -> Iterator[Match]:
    """A name that looks like one of a list with the target, and has a sum behind it."""
    doer = next((s for s, places in match.frame.slots.items() if SUBJECT in places), None)
    if doer is None or doer not in match.fillers:
        return
    for slot, filler in list(match.fillers.items()):
        if slot == doer or filler.phrase is None:
            continue
        giver = _giver(parsed, filler.phrase)
        mention = parsed.mention(giver) if giver is not None else None
        if giver is None or mention is None or mention.entity.kind not in match.frame.kinds(doer):
            continue
        kept = [entity for entity in filler.entities if entity is not mention.entity]
        match.fillers[slot] = Filler(kept, None, filler.phrase)
        fillers = match.fillers | {doer: Filler([mention.entity], None, giver)}
        yield replace(match, fillers=fillers, sum_at=giver.end)


def _giver(parsed: Parse, target: Phrase) -> Phrase | None:
    """The name behind the target, set off from it, that has a sum right behind itself."""
    end = target.end
    while parsed.category(end) in _AND:
        end += 1
    giver = parsed.at.get(end) if end > target.end else None
    if (
        giver is None
        or giver.mention is None
        or giver.preposition not in (None, target.preposition)
    ):
        return None
    return giver if parsed.category(giver.end) is Category.AMOUNT else None
