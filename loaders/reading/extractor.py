"""The frame reader: an article's text into entities and claims, by frames and a shallow parse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.model import Article, Kind, Purpose, Reading, RelationType, Status
from loaders.reading.amounts import FoundAmount, find_amounts
from loaders.reading.claims import ClaimBuilder, Draft, over_each
from loaders.reading.coreference import Discourse
from loaders.reading.dates import FoundDate, find_dates
from loaders.reading.frames import ClaimTemplate, FrameSet, past_templates
from loaders.reading.gazetteer import Gazetteer
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import Lexicon, lowered, shared_lexicon
from loaders.reading.matching import Match, find_matches
from loaders.reading.mentions import Mention, NamedEntity, to_model
from loaders.reading.names import find_names
from loaders.reading.phrases import Parse, parse
from loaders.reading.predicates import is_past
from loaders.reading.qualifiers import Qualifiers
from loaders.reading.resolving import Filler, Resolver
from loaders.reading.roles import Role, RoleData, find_roles
from loaders.reading.sentences import LineKind, SentenceSpan, split_sentences
from loaders.reading.status import StatusData, clause_bounds, is_hypothetical, noun_verdict, sources, verdict
from loaders.reading.tagging import Tagger
from loaders.reading.tokens import Category, Sentence, categorise

if TYPE_CHECKING:
    from loaders.reading.status import Source, Verdict

_MARKS: Final = ".,;:!?()«»\"“”…"
VERSION: Final = "1"
_POSTS: Final = frozenset(
    {RelationType.WORKED_AT, RelationType.LEADS, RelationType.FOUNDED, RelationType.HIRED_BY}
)


@dataclass(slots=True)
class _Pass:
    """What is carried from sentence to sentence of one article."""

    article: Article
    discourse: Discourse
    resolver: Resolver
    drafts: list[Draft] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)
    listed: int = -1
    posts: dict[NamedEntity, tuple[str, int]] = field(default_factory=dict)
    topics: dict[str, NamedEntity] = field(default_factory=dict)


class FrameReader:
    """Reads articles of one language.

    Parameters
    ----------
    language : str
        A folder of ``loaders/languages`` with frames.
    gazetteer : Gazetteer, optional
        Known names; the one that ships for the language by default.
    """

    def __init__(self, language: str = "fr", gazetteer: Gazetteer | None = None) -> None:
        self.language = language
        self.name = self.name_for(language)
        self.gazetteer = gazetteer if gazetteer is not None else Gazetteer.load(language)
        self._frames = FrameSet.of(language)
        self._status = StatusData.of(language)
        self._roles = RoleData.of(language)
        verbs = (*self._frames.infinitives, *self._status.all_verbs, *self._roles.verbs)
        self._lexicon: Lexicon = shared_lexicon(language, tuple(dict.fromkeys(verbs)))
        self._qualifiers = Qualifiers.of(language)
        nouns = {*self._frames.by_noun, *self._roles.nouns}
        firsts = {noun.split()[0] for noun in nouns}
        self._calling_nouns = frozenset(firsts | {f"{noun}s" for noun in firsts})
        self._tagger = Tagger.load(language)

    @staticmethod
    def name_for(language: str) -> str:
        """The name of the reader of a language, without loading it."""
        return f"frames-{language}-{VERSION}"

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        return next(iter(self.read_many([article])))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of `articles`; the tagger works on several articles at once."""
        for batch in _batches(articles):
            spans = [split_sentences(article.text, self.language) for article in batch]
            texts = [
                article.text[s.start : s.end]
                for article, found in zip(batch, spans, strict=True)
                for s in found
            ]
            tagged = iter(self._tagger.names(texts))
            prepared = [
                self._prepare(article, found, [next(tagged) for _ in found])
                for article, found in zip(batch, spans, strict=True)
            ]
            wanted = [s for _, sentences in prepared for s in sentences]
            self._tagger.tag(wanted)
            for article, (mentions, sentences) in zip(
                batch, ((m, s) for m, s in prepared), strict=True
            ):
                yield self._read(article, mentions, sentences)

    def _prepare(
        self,
        article: Article,
        spans: Sequence[SentenceSpan],
        tagged: Sequence[list[tuple[int, int, str]]],
    ) -> tuple[list[Mention], list[Sentence]]:
        """Names of the whole article, then the sentences that may hold a claim, tokenised."""
        names = [
            self._tagger.tagged(span.start + start, span.start + end, label)
            for span, found in zip(spans, tagged, strict=True)
            for start, end, label in found
        ]
        mentions = find_names(
            article.text, names, self.gazetteer, self.language, self._tagger.is_common
        )
        sentences: list[Sentence] = []
        position = 0
        for index, span in enumerate(spans):
            while position < len(mentions) and mentions[position].start < span.start:
                position += 1
            here = []
            while position < len(mentions) and mentions[position].end <= span.end:
                here.append(mentions[position])
                position += 1
            text = article.text[span.start : span.end]
            sentence = Sentence(
                index, span.start, span.end, span.paragraph, text, kind=span.kind, question=_is_question(text)
            )
            listed = span.kind is LineKind.ITEM and bool(here) and here[0].start == span.start
            if listed or self._may_claim(text, here):
                amounts = [_shift(a, span.start) for a in find_amounts(text, self.language)]
                dates = [
                    _shift_date(d, span.start)
                    for d in find_dates(text, article.published, self.language)
                ]
                self._tagger.tokenise(sentence, here, amounts, dates)
            else:
                sentence.mentions = here
            sentences.append(sentence)
        return mentions, sentences

    def _may_claim(self, text: str, mentions: list[Mention]) -> bool:
        """Whether a sentence is worth tagging: it names something and holds a frame's words.

        One that names nothing may still say something of a pronoun or description.
        """
        words = [word.strip(_MARKS) for word in lowered(text).replace("'", "' ").split()]
        if not mentions and not any(word in self._qualifiers.anaphoric for word in words):
            return False
        present = frozenset(words)
        return any(self._calls(word, present) for word in words)

    def _calls(self, word: str, present: frozenset[str]) -> bool:
        """Whether a word calls a frame, given the other words of its sentence, or is a role."""
        if word in self._calling_nouns or word.startswith("ex-") or word == "ex":
            return True
        return any(
            all(other in present for other in pattern.words)
            for reading in self._lexicon.readings(word)
            for pattern, _ in self._frames.by_verb.get(reading.infinitive, ())
        )

    def _read(
        self, article: Article, mentions: list[Mention], sentences: list[Sentence]
    ) -> Reading:
        parses = {
            sentence.index: self._parse(sentence) for sentence in sentences if sentence.tokens
        }
        self._settle_weak(mentions, parses.values())
        discourse = Discourse()
        state = _Pass(article, discourse, Resolver(self.language, discourse))
        for sentence in sentences:
            self._read_sentence(state, sentence, parses.get(sentence.index))
        self._appoint(state)
        self._leave_behind(state)
        entities = to_model(mentions)
        builder = ClaimBuilder(
            article.text, self.name, entities, article.published, state.drafts
        )
        self._add_posts(state)
        return Reading(
            article_id=article.id,
            extractor=self.name,
            language=self.language,
            entities=tuple(entities.values()),
            claims=tuple(builder.build()),
        )

    def _parse(self, sentence: Sentence) -> Parse:
        sentence.tokens = categorise(sentence.tokens, self._lexicon)
        return parse(sentence, self._lexicon)

    def _settle_weak(self, mentions: Sequence[Mention], parses: Iterable[Parse]) -> None:
        """Decide doubtful kinds by what the article says: who buys, who is hired, who is led."""
        data = KindData.of(self.language)
        weak = {
            m.entity for m in mentions if not m.entity.known and m.entity.is_weak(data.certain)
        }
        if not weak:
            return
        for entity in weak:
            entity.kind = None
        resolver = Resolver(self.language, Discourse())
        for parsed in parses:
            here = {t.mention.entity for t in parsed.tokens if t.mention is not None}
            if not here & weak:
                continue
            for match in find_matches(parsed, self._frames, resolver):
                for slot in match.fillers:
                    kind = match.frame.preferred_kind(slot)
                    for entity in match.entities(slot):
                        if entity in weak and kind is not None:
                            entity.vote(kind, data.slot_vote)
            for role in find_roles(parsed, resolver, self._roles):
                for entity in role.employers:
                    entity.vote(Kind.COMPANY, data.slot_vote)
                for entity in role.holders:
                    entity.vote(Kind.PERSON, data.slot_vote)
        for entity in weak:
            entity.settle(data.threshold)

    def _read_sentence(self, state: _Pass, sentence: Sentence, parsed: Parse | None) -> None:
        if parsed is None:
            for mention in sentence.mentions:
                state.discourse.note(sentence.index, mention)
            return
        self._name_waiting(state, parsed)
        for phrase in parsed.phrases:
            mention = parsed.tokens[phrase.mention].mention if phrase.mention is not None else None
            if mention is not None:
                state.discourse.note(
                    sentence.index, mention, complement=phrase.preposition is not None,
                    listed=len(phrase.group) > 1,
                    subject=_is_subject(parsed, phrase.group[-1].end if phrase.preposition is None else -1),
                )
        for phrase in parsed.phrases:
            if len(phrase.group) > 1 and phrase.group[0] is phrase:
                members = (parsed.tokens[m.mention].mention for m in phrase.group if m.mention is not None)
                state.discourse.note_group(sentence.index, [m.entity for m in members if m is not None])
        found = sources(parsed, self._status)
        roles = find_roles(parsed, state.resolver, self._roles)
        for match in find_matches(parsed, self._frames, state.resolver):
            self._claim_match(state, parsed, match, roles, found)
        for role in roles:
            self._claim_role(state, parsed, role, found)

    def _claim_match(
        self, state: _Pass, parsed: Parse, match: Match, roles: list[Role], found: list[Source]
    ) -> None:
        if match.group is not None:
            if is_hypothetical(parsed, match.group):
                return
            said = verdict(parsed, match.group, self._status)
        elif match.phrase is not None:
            if parsed.sentence.question:
                return
            said, _ = noun_verdict(parsed, match.phrase, self._status)
        else:
            return
        if match.frame.status is not None:
            said = said.with_cue(match.frame.status, parsed.tokens[match.trigger].text)
        amount = self._qualifiers.amount(parsed, match.trigger, match.frame.amount)
        if "amount" in match.frame.needs and amount is None:
            return
        self._inherit(state, match)
        if match.frame.topic is not None:
            slot, name = match.frame.topic
            for entity in match.entities(slot)[:1]:
                state.topics[name] = entity
        role = next((r.words for r in roles if r.attribute and r.start > match.trigger), None)
        date = self._qualifiers.date(parsed, match.trigger)
        past = match.frame.state and match.group is not None and is_past(parsed, match.group)
        for template in past_templates(match.frame.claims) if past else match.frame.claims:
            for draft in self._drafts(parsed, match, template, said):
                draft.amount, draft.purpose = amount or (None, None)
                draft.date = date
                if template.relation in (RelationType.HIRED_BY, RelationType.WORKED_AT):
                    draft.role = role if not template.ended else None
                _attribute(draft, match.trigger, found)
                self._keep(state, draft, parsed)

    def _drafts(
        self, parsed: Parse, match: Match, template: ClaimTemplate, said: Verdict
    ) -> Iterator[Draft]:
        """A draft for each pair of fillers; one slot that holds both ends gives each pair of it."""
        subjects, objects = match.entities(template.subject), match.entities(template.object)
        pairs = [(one, other) for one in subjects for other in objects if one is not other]
        if template.relation.symmetric and len(subjects) > 1 and not objects:
            pairs = [(a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :]]
        filler = match.fillers.get(template.subject)
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
                cues=(parsed.tokens[match.trigger].text, *said.cues),
                ended=template.ended,
                group=filler.group if filler is not None else None,
            )

    def _keep(self, state: _Pass, draft: Draft, parsed: Parse) -> None:
        """Keep a draft; one of a group is named by its own sentence, or waits for the next."""
        if draft.subject is not None:
            state.drafts.append(draft)
            return
        named = self._qualifiers.named_within(parsed)
        if named:
            state.drafts += over_each([draft], named, parsed.sentence.end)
            return
        if parsed.sentence.kind is LineKind.ITEM:
            return
        if state.waiting and state.waiting[0].sentence != draft.sentence:
            state.waiting, state.listed = [], -1
        state.waiting.append(draft)

    def _inherit(self, state: _Pass, match: Match) -> None:
        """Fill the slot that a frame takes from what the article already said."""
        inherit = match.frame.inherit
        if inherit is None or match.entities(inherit.slot):
            return
        if inherit.topic is not None:
            topic = state.topics.get(inherit.topic)
            if topic is not None:
                match.fillers[inherit.slot] = Filler([topic])
            return
        for entity in match.entities(inherit.of or ""):
            for draft in reversed(state.drafts):
                if draft.relation is inherit.relation and draft.subject is entity and draft.object:
                    match.fillers[inherit.slot] = Filler([draft.object])
                    return

    def _claim_role(
        self, state: _Pass, parsed: Parse, role: Role, found: list[Source]
    ) -> None:
        if parsed.sentence.question or role.attribute:
            return
        status, cues = role.status, (role.cue,)
        if role.group is not None:
            said = verdict(parsed, role.group, self._status)
            status, cues = Status.weakest(status, said.status), (role.cue, *said.cues)
        if role.holders and not role.employers and role.group is None:
            for holder in role.holders:
                state.posts.setdefault(holder, (role.words, parsed.sentence.index))
        for relation in role.relations:
            over = role.former or (role.group is not None and not role.appointed and is_past(parsed, role.group))
            past = over and relation is not RelationType.FOUNDED
            actual = RelationType.WORKED_AT if past else relation
            for holder in role.holders:
                for employer in role.employers:
                    draft = Draft(
                        actual, holder, employer, parsed.sentence.start, parsed.sentence.end,
                        parsed.sentence.index, "role", 0.85, status=status, cues=cues,
                        role=role.words, ended=past,
                    )
                    if role.group is not None:
                        _attribute(draft, role.start, found)
                        draft.date = self._qualifiers.date(parsed, role.group.head)
                    if role.appointed:
                        draft.rule = "appointed"
                    state.drafts.append(draft)

    def _appoint(self, state: _Pass) -> None:
        """Somebody named to a post who comes from elsewhere is hired there."""
        for draft in list(state.drafts):
            if draft.rule != "appointed" or draft.subject is None:
                continue
            outside = any(
                other.subject is draft.subject
                and other.object is not draft.object
                and other.relation in _POSTS
                and other.status is not Status.DENIED
                for other in state.drafts
            )
            inside = any(
                other.subject is draft.subject
                and other.object is draft.object
                and other is not draft
                and other.relation is RelationType.WORKED_AT
                for other in state.drafts
            )
            if outside and not inside and draft.object is not None:
                state.drafts.append(_as_hire(draft))

    def _leave_behind(self, state: _Pass) -> None:
        """Whoever is hired away in a sentence that gives their post no longer holds it."""
        hired = {
            (draft.sentence, draft.subject): draft.object
            for draft in state.drafts
            if draft.relation is RelationType.HIRED_BY and draft.status is not Status.DENIED
        }
        for draft in list(state.drafts):
            employer = hired.get((draft.sentence, draft.subject))
            left = draft.relation is RelationType.LEADS and draft.rule == "role"
            if left and employer is not None and employer is not draft.object:
                state.drafts.append(
                    replace(draft, relation=RelationType.WORKED_AT, ended=True, rule="hired-away")
                )

    def _add_posts(self, state: _Pass) -> None:
        """A post stated without its employer is the role of the work stated beside it."""
        for draft in state.drafts:
            if draft.relation is not RelationType.WORKED_AT or draft.role or not draft.subject:
                continue
            post = state.posts.get(draft.subject)
            if post is not None and abs(post[1] - draft.sentence) <= 1:
                draft.role = post[0]

    def _name_waiting(self, state: _Pass, parsed: Parse) -> None:
        """What follows may name a group: "Il s'agit de X et de Y.", or a list of items."""
        if not state.waiting:
            return
        sentence = parsed.sentence
        item = sentence.kind is LineKind.ITEM and _opens_with_person(parsed)
        last = max(state.listed, max(draft.sentence for draft in state.waiting))
        if sentence.index - last != 1 or not (item or self._qualifiers.presents(parsed)):
            state.waiting, state.listed = [], -1
            return
        people = _listed_people(parsed)
        size = state.waiting[0].group.size if state.waiting[0].group is not None else 0
        if item and people:
            state.drafts += over_each(state.waiting, people[:1], sentence.end)
            state.listed = sentence.index
            return
        if people and size in (0, len(people)):
            state.drafts += over_each(state.waiting, people, sentence.end)
        state.waiting, state.listed = [], -1


def _attribute(draft: Draft, trigger: int, found: list[Source]) -> None:
    """Put a draft into the mouth of the source whose stretch covers it, unless it is a party."""
    for source in found:
        if not source.start <= trigger < source.end:
            continue
        party = source.entity is not None and source.entity in (draft.subject, draft.object)
        if party and source.announces:
            continue
        if source.entity is None and source.announces:
            continue
        draft.status = Status.weakest(draft.status, Status.REPORTED)
        draft.source = draft.source or source.entity
        draft.cues = (*draft.cues, source.cue)


def _as_hire(draft: Draft) -> Draft:
    return replace(draft, relation=RelationType.HIRED_BY, rule="appointed-from-outside")


def _listed_people(parsed: Parse) -> list[NamedEntity]:
    """The people of the sentence's first list, descriptions between them left out."""
    for phrase in parsed.phrases:
        mention = parsed.tokens[phrase.mention].mention if phrase.mention is not None else None
        if mention is None or mention.entity.kind is not Kind.PERSON:
            continue
        members = [parsed.tokens[m.mention].mention for m in phrase.group if m.mention is not None]
        return [m.entity for m in members if m is not None]
    return []


def _opens_with_person(parsed: Parse) -> bool:
    mention = parsed.tokens[0].mention if parsed.tokens else None
    return mention is not None and mention.entity.kind is Kind.PERSON


def _is_subject(parsed: Parse, end: int) -> bool:
    """Whether a phrase that ends there has a verb behind it, perhaps after an insertion."""
    if end < 0:
        return False
    index = end
    if parsed.category(index) is Category.COMMA:
        first = parsed.at[end - 1].group[0].start
        return first == 0 or parsed.category(first - 1) is Category.STOP
    while parsed.category(index) in (Category.ADVERB, Category.CLITIC, Category.NEGATION, Category.DATE):
        index += 1
    return index < len(parsed.tokens) and parsed.tokens[index].is_finite


def _is_question(text: str) -> bool:
    return text.rstrip("»\"” ").endswith("?")


def _shift(found: FoundAmount, offset: int) -> FoundAmount:
    return replace(
        found, start=found.start + offset, end=found.end + offset, cue_start=found.cue_start + offset
    )


def _shift_date(found: FoundDate, offset: int) -> FoundDate:
    return replace(found, start=found.start + offset, end=found.end + offset)


def _batches(articles: Iterable[Article], size: int = 32) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


