"""One article, sentence by sentence: matches and roles into drafts of claims.

What a sentence leaves open (a group to be named, a post without an employer) is carried to the
sentences after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.model import RelationType, Status
from loaders.reading import handovers
from loaders.reading.anaphors import Anaphors
from loaders.reading.appointments import (
    add_posts,
    hired_away,
    hires,
    without_founders,
    worked_since,
)
from loaders.reading.attribution import (
    Source,
    is_background,
    is_passed_on,
    last_outlet,
    sources,
    with_outlet,
    with_person,
)
from loaders.reading.callings import call_by_tie
from loaders.reading.claim_qualifiers import Told
from loaders.reading.claims import Draft, over_each
from loaders.reading.clauses import is_asked
from loaders.reading.coreference import Discourse
from loaders.reading.counterparts import describe_counterparts
from loaders.reading.crediting import attribute, credit
from loaders.reading.deals import DEALS, Deals
from loaders.reading.described_ties import described_ties, namesake_parts
from loaders.reading.discourse_notes import note_ahead, note_mentions, note_unparsed
from loaders.reading.fillers import listed_people, opens_with_person
from loaders.reading.frames import ClaimTemplate, FrameSet, past_templates
from loaders.reading.implied_ends import fill_implied
from loaders.reading.interviews import Interview
from loaders.reading.later_days import add_days
from loaders.reading.ledger import Ledger, link_of
from loaders.reading.lexicon import Lexicon, shared_lexicon
from loaders.reading.matching import find_matches
from loaders.reading.mentions import NamedEntity
from loaders.reading.owners import subjects_of
from loaders.reading.phrases import Parse
from loaders.reading.predicates import is_past
from loaders.reading.qualifiers import Qualifiers, beyond
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_givings import is_over, rule_of
from loaders.reading.role_spans import Role
from loaders.reading.roles import find_roles
from loaders.reading.sentences import LineKind
from loaders.reading.slots import Match
from loaders.reading.status import (
    Verdict,
    attribute_verdict,
    is_denied_of_another,
    is_hypothetical,
    noun_verdict,
    verdict,
)
from loaders.reading.status_data import StatusData
from loaders.reading.tokens import Sentence
from loaders.reading.unsaid import fill_spoken_of

_WITH_POST: Final = frozenset({RelationType.HIRED_BY, RelationType.WORKED_AT, RelationType.LEADS})
_DEALS: Final = frozenset({*DEALS, RelationType.PARTNERED_WITH})


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that one language knows, loaded once."""

    language: str
    frames: FrameSet
    status: StatusData
    roles: RoleData
    qualifiers: Qualifiers
    lexicon: Lexicon

    @staticmethod
    def of(language: str) -> Rules:
        """The rules of `language`, from its folder of data."""
        frames, status, roles = (
            FrameSet.of(language),
            StatusData.of(language),
            RoleData.of(language),
        )
        verbs = (*frames.infinitives, *status.all_verbs, *roles.all_verbs)
        nouns = (*frames.by_noun, *roles.nouns)
        lexicon = shared_lexicon(language, tuple(dict.fromkeys(verbs)), tuple(dict.fromkeys(nouns)))
        return Rules(language, frames, status, roles, Qualifiers.of(language), lexicon)


class ArticlePass:
    """Reads the sentences of one article in order; `drafts` are what it found."""

    def __init__(self, rules: Rules, published: dt.date | None = None) -> None:
        self._rules, self._published = rules, published
        self.discourse = Discourse()
        self._resolver = Resolver(rules.language, self.discourse)
        self.drafts: list[Draft] = []
        self._waiting: list[Draft] = []
        self._listed = -1
        self._outlet: NamedEntity | None = None
        self._posts: dict[NamedEntity, tuple[str, int]] = {}
        links = rules.lexicon.before_links
        self._ledger = Ledger(self.drafts, rules.roles, links, published)
        self._interview = Interview(self.discourse)
        self._deals = Deals(self._ledger, rules.qualifiers, self.discourse)

    @property
    def anaphors(self) -> Anaphors:
        """The expressions of the language that stand for somebody named elsewhere."""
        return self._resolver.anaphors

    def prepare(self, sentences: Sequence[Sentence]) -> None:
        """Look over the sentences before they are read: who is meant ahead, who answers."""
        note_ahead(self.discourse, sentences, self.anaphors)
        self._interview.prepare(sentences, self._rules.lexicon)

    def finish(self) -> list[Draft]:
        """What follows from several sentences together; returns all drafts."""
        self.drafts[:] = without_founders(self.drafts, self._rules.roles)
        self.drafts += hires(self.drafts, self._rules.roles)
        self.drafts += hired_away(self.drafts)
        links = self._rules.lexicon.before_links
        self.drafts += worked_since(self.drafts, self._published, links)
        add_posts(self.drafts, self._posts)
        return self.drafts

    def read_sentence(self, sentence: Sentence, parsed: Parse | None) -> None:
        """Take the claims of the next sentence; one without a parse only names entities."""
        credit(sentence, self.drafts, self._rules.status, self._rules.lexicon)
        if parsed is None:
            if self._waiting and sentence.text.rstrip().endswith(":"):  # "Parmi eux :"
                self._listed = max(self._listed, self._waiting[0].sentence + 1)
            note_unparsed(self.discourse, sentence, self._rules.lexicon, self._resolver.anaphors)
            return
        self._name_waiting(parsed)
        note_mentions(self.discourse, parsed, self._rules.status, self._resolver.anaphors)
        describe_counterparts(parsed, self._resolver)
        before = len(self.drafts)
        found = with_outlet(sources(parsed, self._rules.status), self._outlet)
        found = with_person(found, self.discourse.people_near(sentence.index))
        self._outlet = last_outlet(found, self._outlet)
        self._resolver.speakers = self._interview.speakers(parsed, found)
        self._resolver.addressed = self._interview.answering
        if sum(phrase.pronoun and not phrase.preposition for phrase in parsed.phrases) > 1:
            self._resolver.follow(parsed, last=True)  # "Ce dernier a quitté Y, où il était …"
        roles = find_roles(parsed, self._resolver, self._rules.roles)
        for role in roles:
            if not role.former:
                noun = self._rules.roles.noun(role.words)
                self._resolver.remember_post(noun, role.holders, role.employers)
        self._ledger.announce(roles, sentence.index)
        for role in roles:
            self._claim_role(parsed, role, found)
        self._deals.begin(parsed)
        parsed.described = {}
        matches = list(find_matches(parsed, self._rules.frames, self._resolver))
        for match in matches:
            self._deals.note_topic(match, parsed.sentence.index)
        for waiting in self._deals.ready(parsed.sentence.index):
            self._claim_match(*waiting)
        for match in matches:
            self._claim_match(parsed, match, roles, found)
        self._deals.add_sum(parsed, before)
        add_days(parsed, self.drafts, before, self._rules.qualifiers, self._published)
        self.drafts += described_ties(sentence, self._rules.frames, self._rules.lexicon)
        self.drafts += namesake_parts(parsed, self._resolver.names, tuple(self.discourse.times))
        self._resolver.follow(parsed)
        parsed.described = None
        for draft in self.drafts[before:]:
            if draft.subject is not None and draft.object is not None:
                self._ledger.remember(draft, self._resolver.relations)
                self._told(draft, draft.subject, draft.object)

    def _told(self, draft: Draft, subject: NamedEntity, other: NamedEntity) -> None:
        """Remember what later nouns may stand for: "l'acquéreur", "la jeune pousse"."""
        self.discourse.tell(draft.relation, subject, other, draft.sentence, draft.status)
        call_by_tie(subject, draft.relation, other, draft.status, self.anaphors)

    def _claim_match(
        self, parsed: Parse, match: Match, roles: list[Role], found: list[Source]
    ) -> None:
        if match.group is not None:
            if is_hypothetical(parsed, match.group):
                return
            said = verdict(parsed, match.group, self._rules.status, self._published)
        elif match.phrase is not None:
            if match.frame.is_apposition:
                said = attribute_verdict(parsed, match.phrase, self._rules.status)
                governing = None
            else:
                own = match.frame.names is None
                said, governing = noun_verdict(
                    parsed, match.phrase, self._rules.status, governed=own
                )
            if parsed.asks(match.trigger) or (
                governing is not None and is_hypothetical(parsed, governing)
            ):
                return
        else:
            return
        passing = match.is_background(parsed) or (
            match.group is not None and is_background(parsed, match.group)
        )
        if match.frame.status is not None:
            said = said.with_cue(match.frame.status, parsed.tokens[match.trigger].text)
        if is_passed_on(parsed, match, self._rules.status):
            return
        amount = self._rules.qualifiers.amount(parsed, match.money, match.frame.amount)
        each = (
            self._rules.qualifiers.amounts(parsed, match.trigger, match.frame.amount)
            if match.respective
            else []
        )
        if amount and is_denied_of_another(parsed, amount[0], match.trigger, self._rules.status):
            amount = None
        if "amount" in match.frame.needs and amount is None:
            return
        again = self._ledger.inherit(match, parsed.sentence.index)
        fill_spoken_of(match, parsed, self._resolver, roles, self.drafts, said.status)
        if again and said.status is Status.DENIED:
            return  # who "dément avoir touché une prime" was hired all the same
        fill_implied(match, parsed, self.discourse, self._ledger)
        if self._deals.is_unknown(parsed, match):
            self._deals.wait(parsed, match, roles, found)
            return
        given = next((r for r in roles if r.attribute and r.governor == match.trigger), None)
        role = given.words_for(RelationType.WORKED_AT) if given is not None else None
        passing_roles = (r for r in roles if r.date is not None and r.group is None)
        dated = beyond(parsed, match) | {
            index for r in passing_roles for index in range(r.start, r.end)
        }
        deal = any(
            # "annonce ce jour le départ de X": the day of the news
            claim.relation in _DEALS or (claim.ended and match.group is None)
            for claim in match.frame.claims
        )
        date = self._rules.qualifiers.date(parsed, match.trigger, dated, deal=deal)
        beside = Told(amount, each, date, self._published)
        past = match.frame.state and match.group is not None and is_past(parsed, match.group)
        head = given is not None and given.is_heads(parsed, self._rules.roles)
        claims = handovers.settle(
            match, self._ledger, parsed, self._resolver, head=head, given=given
        )
        if head:
            # "rejoint Y comme directeur général"
            claims += tuple(
                replace(claim, relation=RelationType.LEADS)
                for claim in claims
                if claim.relation is RelationType.HIRED_BY
            )
        for template in past_templates(claims) if past else claims:
            before, told, over = handovers.outcome(match, template, said)
            drafts = list(self._drafts(parsed, match, template, told))
            for draft in drafts:
                draft.ended, draft.state = over, past
            beside.give(drafts, match, template, parsed)
            for draft in drafts:
                if template.relation in _WITH_POST:
                    draft.role = role if not template.ended else None
                if not before and not passing:
                    attribute(draft, match.trigger, found)
                self._keep(draft, parsed)

    def _drafts(
        self, parsed: Parse, match: Match, template: ClaimTemplate, said: Verdict
    ) -> Iterator[Draft]:
        """A draft for each pair of fillers; one slot that holds both ends gives each pair of it."""
        subjects = subjects_of(match, template, self._rules.lexicon)
        objects = match.entities(template.object)
        pairs = [(one, other) for one in subjects for other in objects if one is not other]
        filler = match.fillers.get(template.subject)
        if template.relation.symmetric and match.is_one_list(template.subject, template.object):
            alike = [*subjects, *objects]  # "la coentreprise de A, de B et de C"
            pairs = [(a, b) for i, a in enumerate(alike) for b in alike[i + 1 :]]
        elif match.respective and len(subjects) == len(objects):
            pairs = list(zip(subjects, objects, strict=True))
        if filler is not None and filler.group is not None:
            pairs = [(None, other) for other in objects]  # type: ignore[misc]
        other_filler = match.fillers.get(template.object)
        if other_filler is not None and other_filler.group is not None:
            pairs = []
        for one, other in pairs:
            yield Draft(
                template.relation,
                one,
                other,
                parsed.sentence.start,
                parsed.sentence.end,
                parsed.sentence.index,
                match.frame.id,
                match.frame.confidence,
                status=said.status,
                cues=(parsed.tokens[match.trigger].text, *said.cues, *link_of(match)),
                ended=template.ended,
                group=filler.group if filler is not None else None,
                taken_over=handovers.is_takers(match, template),
            )

    def _keep(self, draft: Draft, parsed: Parse) -> None:
        """Keep a draft; one of a group is named by its own sentence, or waits for the next."""
        if draft.subject is not None:
            self.drafts.append(draft)
            return
        named = self._rules.qualifiers.named_within(parsed)
        if named:
            self.drafts += over_each([draft], named, parsed.sentence.end)
            return
        if parsed.sentence.kind is LineKind.ITEM:
            return
        if self._waiting and self._waiting[0].sentence != draft.sentence:
            self._waiting, self._listed = [], -1
        self._waiting.append(draft)

    def _claim_role(self, parsed: Parse, role: Role, found: list[Source]) -> None:
        verbless = role.group is None and role.naming is None
        if is_asked(parsed, role.noun, apposed=verbless) or role.attribute:
            return
        status: Status = role.status
        cues: tuple[str, ...] = (role.cue,)
        if role.group is not None:
            said = verdict(parsed, role.group, self._rules.status, self._published)
            status, cues = Status.weakest(status, said.status), (role.cue, *said.cues)
        elif role.naming is not None:
            said, governing = noun_verdict(parsed, role.naming, self._rules.status)
            if governing is not None and is_hypothetical(parsed, governing):
                return
            status, cues = Status.weakest(status, said.status), (role.cue, *said.cues)
        known = parsed.tokens[role.start].lower in self._rules.lexicon.definite
        trade = known and parsed.tokens[role.noun].lower in self._rules.roles.trades
        bare = role.holders and not role.employers and role.group is None
        if bare and not role.plural and not trade:  # "le chercheur" tells no post of theirs
            for holder in role.holders:
                self._posts.setdefault(holder, (role.words, parsed.sentence.index))
        relations = role.relations
        naming = role.naming and parsed.tokens[role.naming.head].lower
        if naming in self._rules.roles.recruiting:
            relations |= {RelationType.HIRED_BY}
        for relation in relations:
            over = role.former or is_over(parsed, role, self._rules.roles)
            past = over and relation in (RelationType.LEADS, RelationType.WORKED_AT)
            actual = RelationType.WORKED_AT if past else relation
            ends = role.products if relation is RelationType.WORKED_ON else role.employers
            for holder in role.holders:
                for employer in ends:
                    draft = Draft(
                        actual,
                        holder,
                        employer,
                        parsed.sentence.start,
                        parsed.sentence.end,
                        parsed.sentence.index,
                        "role",
                        0.85,
                        status=status,
                        cues=cues,
                        role=role.words_for(relation),
                        ended=past,
                    )
                    draft.date, draft.state = role.date, True
                    if role.group is not None:
                        attribute(draft, role.start, found)
                        draft.date = self._rules.qualifiers.date(parsed, role.group.head)
                    draft.rule = rule_of(parsed, role, self._rules.roles)
                    self.drafts.append(draft)
        self.drafts += handovers.replaced(parsed, role, self._resolver)

    def _name_waiting(self, parsed: Parse) -> None:
        """What follows may name a group: "Il s'agit de X et de Y.", or a list of items."""
        if not self._waiting:
            return
        sentence = parsed.sentence
        item = sentence.kind is LineKind.ITEM and opens_with_person(parsed)
        last = max(self._listed, *(draft.sentence for draft in self._waiting))
        if sentence.index - last != 1 or not (item or self._rules.qualifiers.presents(parsed)):
            self._waiting, self._listed = [], -1
            return
        people = listed_people(parsed)
        size = self._waiting[0].group.size if self._waiting[0].group is not None else 0
        if item and people:
            self.drafts += over_each(self._waiting, people[:1], sentence.end)
            self._listed = sentence.index
            return
        if people and size in (0, len(people)):
            self.drafts += over_each(self._waiting, people, sentence.end)
        self._waiting, self._listed = [], -1
