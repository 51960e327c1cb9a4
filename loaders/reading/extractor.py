"""The frame reader: an article's text into entities and claims, by frames and a shallow parse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from graph.model import Article, Kind, Reading
from loaders.reading.amounts import AmountsOf, FoundAmount, find_amounts
from loaders.reading.article_pass import ArticlePass, Rules
from loaders.reading.callings import call_by_names
from loaders.reading.claims import ClaimBuilder
from loaders.reading.confidence import ConfidenceModel, Judge
from loaders.reading.dates import FoundDate, find_dates
from loaders.reading.frames import SUBJECT
from loaders.reading.gazetteer import Gazetteer
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import BODIES, Mention, to_model
from loaders.reading.name_candidates import TaggedName
from loaders.reading.names import find_names
from loaders.reading.phrases import Parse, parse
from loaders.reading.questions import asked
from loaders.reading.resolved import resolutions
from loaders.reading.sentences import LineKind, SentenceSpan, split_sentences
from loaders.reading.settling import settle_weak
from loaders.reading.tagging import TaggedText, Tagger
from loaders.reading.tokens import Sentence, categorise
from loaders.reading.topics import Topics
from loaders.reading.vocabulary import Vocabulary

_MARKS: Final = '.,;:!?()«»"“”…'
VERSION: Final = "2"
_ANCHOR: Final = 2
"""Sentences before one in which the time stands that "deux ans plus tard" is reckoned from."""
_PAIR: Final = 2
_BESIDE: Final = 45
"""Characters between a person and the body behind a comma that they are of."""


class FrameReader:
    """Reads articles of one language.

    Parameters
    ----------
    language : str
        A folder of ``loaders/languages`` with frames.
    gazetteer : Gazetteer, optional
        Known names; the one that ships for the language by default.
    mark : str
        What tells this gazetteer from others in the reader's name.
    """

    def __init__(
        self, language: str = "fr", gazetteer: Gazetteer | None = None, mark: str = ""
    ) -> None:
        self.language = language
        self.name = self.name_for(language, mark)
        self.gazetteer = gazetteer if gazetteer is not None else Gazetteer.load(language)
        self.judge: Judge = ConfidenceModel.of(language)
        self._rules = Rules.of(language)
        nouns = {*self._rules.frames.by_noun, *self._rules.roles.nouns}
        self._nouns = frozenset(nouns)
        firsts = {noun.split()[0] for noun in nouns}
        self._calling_nouns = frozenset(firsts | {f"{noun}s" for noun in firsts})
        places = {
            position
            for frame in self._rules.frames.by_duration
            for positions in frame.slots.values()
            for position in positions
            if position != SUBJECT
        }
        self._calling_places = frozenset(
            place.removesuffix(" de").split()[-1] for place in places | self._rules.roles.headships
        )
        self._tagger = Tagger.load(language)
        self._vocabulary = Vocabulary(
            self._is_common,
            self._tagger.name_model.likely,
            self._tagger.name_model.gender,
        )

    @staticmethod
    def name_for(language: str, mark: str = "") -> str:
        """The name of the reader of a language, without loading it."""
        return f"frames-{language}-{VERSION}" + (f"-{mark}" if mark else "")

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
        tagged: Sequence[TaggedText],
    ) -> tuple[list[Mention], list[Sentence]]:
        """Names of the whole article, then the sentences that may hold a claim, tokenised."""
        names = [
            TaggedName(span.start + start, span.start + end, label)
            for span, found in zip(spans, tagged, strict=True)
            for start, end, label in found.entities
        ]
        mentions = find_names(
            article.text,
            self._given_names(article, names),
            self.gazetteer,
            self.language,
            self._vocabulary,
        )
        called = frozenset(
            noun.split()[-1] for entity in {m.entity for m in mentions} for noun in entity.called
        )
        sentences: list[Sentence] = []
        sums = AmountsOf(article.text, self.language)
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
                index,
                span.start,
                span.end,
                span.paragraph,
                text,
                kind=span.kind,
                asked=asked(text, self.language),
            )
            listed = span.kind is LineKind.ITEM and bool(here) and here[0].start == span.start
            if listed or self._may_claim(text, span.start, here, called):
                before = partial(sums.currency_near, span.start)
                found = find_amounts(text, self.language, before)
                amounts = [_shift(amount, span.start) for amount in found]
                earlier = article.text[spans[max(0, index - _ANCHOR)].start : span.start]
                last = partial(_last_date, earlier, article.published, self.language)
                dates = [
                    _shift_date(self._without_verb(d), span.start)
                    for d in find_dates(text, article.published, self.language, last)
                ]
                self._tagger.tokenise(sentence, here, amounts, dates, tagged[index].words)
            sentence.mentions = here
            sentences.append(sentence)
        return mentions, sentences

    def _given_names(self, article: Article, tagged: list[TaggedName]) -> list[TaggedName]:
        """The places of names that all else goes from: those of the tagger."""
        return tagged

    def _article_pass(self, article: Article) -> ArticlePass:
        """What reads the sentences of an article."""
        published = article.published
        return ArticlePass(self._rules, published)

    def _is_common(self, word: str) -> bool:
        """Whether a word is one of the language, and not only ever a name."""
        known = lowered(word) in self._rules.lexicon.verbs or lowered(word) in self._nouns
        return known or self._tagger.is_common(word)

    def _may_claim(
        self, text: str, start: int, mentions: list[Mention], called: frozenset[str]
    ) -> bool:
        """Whether a sentence is worth tagging: it names something and holds a frame's words.

        One that names nothing may still say something of a pronoun or description, or of what the
        article has `called` by a noun.
        """
        plain = lowered(text)
        words = [word.strip(_MARKS) for word in plain.replace("'", "' ").split()]
        present = frozenset(words)
        qualifiers = self._rules.qualifiers
        if qualifiers.goes_on(plain, present):
            return True
        anaphoric = qualifiers.anaphoric
        if not mentions and not any(word in anaphoric or word in called for word in words):
            return False
        if any(_is_beside(text, start, one, other) for one, other in pairwise(mentions)):
            return True
        return any(self._calls(word, present) for word in words) or self._names_call(mentions)

    def _names_call(self, mentions: list[Mention]) -> bool:
        """Whether a name calls a frame by itself, given another beside it: "Firefly d'Adobe"."""
        if len(mentions) < _PAIR:
            return False
        return any(m.entity.kind in self._rules.frames.by_name for m in mentions)

    def _without_verb(self, found: FoundDate) -> FoundDate:
        """A duration without the verb that spends it: "passé sept ans" is "sept ans"."""
        first, _, rest = found.text.partition(" ")
        if found.relation != "duration" or not self._rules.lexicon.readings(lowered(first)):
            return found
        return replace(found, start=found.end - len(rest), text=rest)

    def _calls(self, word: str, present: frozenset[str]) -> bool:
        """Whether a word calls a frame, given the other words of its sentence, or is a role."""
        if (
            word in self._calling_places
            or word in self._calling_nouns
            or word.startswith("ex-")
            or word == "ex"
            or self._rules.roles.begins_role(word)
        ):
            return True
        return any(
            all(other in present for other in pattern.words)
            for reading in self._rules.lexicon.readings(word)
            for pattern, _ in self._rules.frames.by_verb.get(reading.infinitive, ())
        )

    def _read(
        self, article: Article, mentions: list[Mention], sentences: list[Sentence]
    ) -> Reading:
        parses = {s.index: self._parse(s) for s in sentences if s.tokens}
        settle_weak(mentions, parses.values(), self._rules)
        article_pass = self._article_pass(article)
        paragraphs = {sentence.index: sentence.paragraph for sentence in sentences}
        items = {s.paragraph for s in sentences if s.kind is LineKind.ITEM}
        opening = _opening(mentions, sentences)
        call_by_names({m.entity for m in mentions}, article_pass.anaphors)
        article_pass.discourse.topics = Topics.of(
            mentions, opening, paragraphs, items, article.title
        )
        article_pass.prepare(sentences)
        for sentence in sentences:
            article_pass.read_sentence(sentence, parses.get(sentence.index))
        entities = to_model(mentions)
        builder = ClaimBuilder(
            article.text,
            self.name,
            entities,
            self.judge,
            article.published,
            article_pass.finish(),
        )
        return Reading(
            article_id=article.id,
            extractor=self.name,
            language=self.language,
            entities=tuple(entities.values()),
            claims=(claims := tuple(builder.build())),
            doubts=article_pass.discourse.doubts,
            resolutions=tuple(
                resolutions(
                    article.text, claims, article_pass.discourse.resolved.values(), entities
                )
            ),
        )

    def _parse(self, sentence: Sentence) -> Parse:
        sentence.tokens = categorise(sentence.tokens, self._rules.lexicon)
        return parse(sentence, self._rules.lexicon)


def _is_beside(text: str, start: int, one: Mention, other: Mention) -> bool:
    """Whether a body may be named right behind a person: "X (Y)", "X, de la Y"."""
    if one.entity.kind is not Kind.PERSON or other.entity.kind is Kind.PERSON:
        return False
    gap = other.start - one.end
    if gap > len(", de l'"):
        between = text[one.end - start : other.start - start]  # "X, du cabinet Y"
        return gap < _BESIDE and between.startswith((", d", ", chez")) and "," not in between[1:]
    return (gap == len(" (") and "(" in text) or ", d" in text


def _opening(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> int:
    """Where the first sentence ends that names a company or another body."""
    first = next((m.start for m in mentions if m.entity.kind in BODIES), 0)
    return next((sentence.end for sentence in sentences if sentence.end > first), 0)


def _last_date(text: str, published: dt.date | None, language: str) -> FoundDate | None:
    """The last time that a text names, from which "deux ans plus tard" is reckoned."""
    dates = find_dates(text, published, language)
    return next((d for d in reversed(dates) if d.earliest and d.latest), None)


def _shift(found: FoundAmount, offset: int) -> FoundAmount:
    return replace(
        found,
        start=found.start + offset,
        end=found.end + offset,
        cue_start=found.cue_start + offset,
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
