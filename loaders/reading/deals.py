"""Deals that an article tells of: whose round it is, and the sums that later sentences add."""

from __future__ import annotations

from typing import Final

from graph.model import Kind, Purpose, RelationType
from loaders.reading.attribution import Source
from loaders.reading.coreference import Discourse
from loaders.reading.fillers import Filler
from loaders.reading.ledger import Ledger
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.qualifiers import Qualifiers
from loaders.reading.role_spans import Role
from loaders.reading.slots import Match
from loaders.reading.spoken_of import firm_spoken_of

DEALS: Final = {
    RelationType.ACQUIRED: Purpose.PRICE,
    RelationType.INVESTED_IN: Purpose.INVESTMENT,
}
_NEXT: Final = 2
"""Sentences behind a deal in which its sum may still be told, or whose it is."""
_ROUND: Final = 2
"""Sentences behind one that tells of a round in which it is still told of."""
_DEAL: Final = 4
"""Sentences behind a purchase in which it is still spoken of as known: "sur les rangs"."""
_TOPIC, _LATEST, _BUYER, _TARGET = "round", "latest round", "buyer", "deal"
"""Topics that frames inherit: whose round it is, or was told to be just before, who buys, and what
is bought."""
_CLEARLY: Final = 2
_Waiting = tuple[Parse, Match, list[Role], list[Source]]


class Deals:
    """The deals of one article, beside the drafts and topics that its `ledger` holds."""

    def __init__(self, ledger: Ledger, qualifiers: Qualifiers, discourse: Discourse) -> None:
        self._ledger, self._qualifiers, self._discourse = ledger, qualifiers, discourse
        self._waiting: list[_Waiting] = []
        self._told_at = self._round_at = -_ROUND - 1

    def begin(self, parsed: Parse) -> None:
        """Take note of a sentence before its claims are made."""
        index = parsed.sentence.index
        if self._qualifiers.tells_of_round(parsed):
            self._told_at = index
        known = self._ledger.topics.get(_TOPIC)
        if known is not None and index - self._round_at <= _ROUND:
            self._ledger.topics[_LATEST] = known
        else:
            self._ledger.topics.pop(_LATEST, None)
        deals = (
            draft
            for draft in reversed(self._ledger.drafts)
            if draft.relation is RelationType.ACQUIRED and index - draft.sentence <= _DEAL
        )
        deal = next(deals, None)
        for topic, end in (
            (_BUYER, deal.subject if deal is not None else None),
            (_TARGET, deal.object if deal is not None else None),
        ):
            if end is not None:
                self._ledger.topics[topic] = end
            else:
                self._ledger.topics.pop(topic, None)

    def note_topic(self, match: Match, sentence: int) -> None:
        """What the sentence is about, wherever in it that is said.

        Who puts money into what it was about is not what it is about now: "L'opération valorise
        l'entreprise" is no news of an investor.
        """
        if match.frame.topic is None:
            return
        slot, name = match.frame.topic
        known = self._ledger.topics.get(name)
        investors = {
            draft.subject
            for draft in self._ledger.drafts
            if draft.relation is RelationType.INVESTED_IN and draft.object is known
        }
        for entity in match.entities(slot)[:1]:
            if entity not in investors:
                self._ledger.topics[name] = entity
                self._round_at = sentence if name == _TOPIC else self._round_at

    def is_unknown(self, parsed: Parse, match: Match) -> bool:
        """Whether nothing tells yet whose round it is that a frame speaks of.

        Where the article has not said so, it is that of whom the article is about.
        """
        inherit = match.frame.inherit
        if inherit is None or inherit.topic != _TOPIC or match.entities(inherit.slot):
            return False
        opening = _opening(parsed)
        if opening is not None and opening.kind in match.frame.kinds(inherit.slot):
            match.fillers[inherit.slot] = Filler([opening])
            return False
        if parsed.sentence.index - self._told_at > _ROUND:
            return True
        start = parsed.tokens[match.trigger].start
        topic = self._spoken_of(parsed, match, start) or self._main(parsed, start)
        if topic is None or topic.kind not in match.frame.kinds(inherit.slot):
            return True
        match.fillers[inherit.slot] = Filler([topic])
        return False

    def _spoken_of(self, parsed: Parse, match: Match, position: int) -> NamedEntity | None:
        """The one company that is spoken of, if it is no fund: "X, entré au capital en mai"."""
        taken = {entity for filler in match.fillers.values() for entity in filler.entities}
        taken |= {mention.entity for mention in parsed.sentence.mentions}
        sentence = parsed.sentence.index
        found = self._bought(sentence, taken, 1)  # "X a racheté Y. Z conserve 25 % du capital."
        found = found or firm_spoken_of(self._discourse, sentence, position, taken)
        found = found or self._bought(sentence, taken, _ROUND)
        if found is None or found.kind is not Kind.COMPANY or self._has_invested(found):
            return None
        return None if parsed.lexicon.is_fund(found.name, found.called) else found

    def _bought(self, sentence: int, taken: set[NamedEntity], reach: int) -> NamedEntity | None:
        """The only company of which it was just told that it is bought or funded."""
        told = self._discourse.targets.items()
        near = {entity for entity, at in told if 0 < sentence - at <= reach} - taken
        return near.pop() if len(near) == 1 else None

    def _main(self, parsed: Parse, position: int) -> NamedEntity | None:
        """The one company before that may have raised money: no fund, and named elsewhere.

        Of several, it is the one that the article is clearly about.
        """
        here = {m.entity for p in parsed.phrases if (m := parsed.mention(p)) is not None}
        is_fund = parsed.lexicon.is_fund
        weights = {
            entity: weight
            for entity, weight in self._named_before(parsed.sentence.index, position)
            if entity not in here
            and entity.kind is Kind.COMPANY
            and not is_fund(entity.name, entity.called - entity.tied)
            and not self._has_invested(entity)
        }
        if not weights:
            return None
        first, *others = sorted(weights, key=lambda entity: -weights[entity])
        if others and weights[others[0]] * _CLEARLY > weights[first]:
            return None
        return first

    def _named_before(self, sentence: int, position: int) -> list[tuple[NamedEntity, int]]:
        """The bodies named before, in an item of a list in this only, and how often they are."""
        told, places = self._discourse.topics, self._discourse.places
        paragraph = told.paragraphs.get(sentence)
        own = paragraph in told.items
        before = {
            place.entity
            for place in places
            if place.start < position
            and (not own or told.paragraphs.get(place.sentence) == paragraph)
        }
        return [(entity, told.weights[entity]) for entity in before if told.weights[entity]]

    def _has_invested(self, entity: NamedEntity) -> bool:
        told = (draft for draft in self._ledger.drafts if draft.subject is entity)
        return any(draft.relation is RelationType.INVESTED_IN for draft in told)

    def wait(self, parsed: Parse, match: Match, roles: list[Role], found: list[Source]) -> None:
        """Keep what is said of a round whose it is not known yet: a headline often is."""
        self._waiting.append((parsed, match, roles, found))

    def ready(self, sentence: int) -> list[_Waiting]:
        """What waited for a round of which it is known by now whose it is."""
        near = [w for w in self._waiting if sentence - w[0].sentence.index <= _NEXT]
        known = [
            w
            for w in near
            if w[1].frame.inherit is not None and w[1].frame.inherit.topic in self._ledger.topics
        ]
        self._waiting = [w for w in near if w not in known]
        return known

    def add_sum(self, parsed: Parse, before: int) -> None:
        """A sum that the sentence tells of the only deal just named: "L'opération porte sur …"."""
        index = parsed.sentence.index
        drafts = self._ledger.drafts
        for relation, purpose in DEALS.items():
            near = [
                draft
                for draft in drafts[:before]
                if draft.relation is relation and draft.news and index - draft.sentence <= _NEXT
            ]
            again = any(draft.relation in DEALS for draft in drafts[before:])
            if again or len({draft.key for draft in near}) != 1:
                continue
            parties = {end for d in near for end in (d.subject, d.object) if end is not None}
            sum_of = self._qualifiers.deal_amount(parsed, purpose, parties)
            for draft in near if sum_of is not None else ():
                if draft.amount is None and sum_of is not None:
                    draft.amount, draft.purpose = sum_of


def _opening(parsed: Parse) -> NamedEntity | None:
    """Whom a sentence names before it goes on about them: "Y : X entre au capital"."""
    first = parsed.at.get(0)
    mention = parsed.mention(first) if first is not None else None
    if first is None or mention is None or first.end >= len(parsed.tokens):
        return None
    return mention.entity if parsed.tokens[first.end].text == ":" else None
