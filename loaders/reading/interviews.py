"""Who speaks: in a quotation whose speaker is named, and in the answers of an interview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.attribution import Source
from loaders.reading.coreference import Discourse
from loaders.reading.fillers import Spoken
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.tokens import Sentence

_QUESTIONS: Final = 3
"""Paragraphs that ask, from which on an article is an interview."""
_INITIALS: Final = re.compile(r"((?:[A-ZÀ-Ý]\.[ \-\u00a0]?){2,4}):\s")
_LETTER: Final = re.compile(r"[A-ZÀ-Ý]")
_BETWEEN: Final = re.compile(r"[\s\-]+")


class Interview:
    """Remembers whose answer a paragraph is: it opens with a name or initials and a colon.

    `answering` is whose answer was the last one: whom the next question asks.
    """

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self._paragraph = -1
        self._speaker: NamedEntity | None = None
        self.answering: NamedEntity | None = None
        self._answers: frozenset[int] = frozenset()

    def prepare(self, sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
        """Find the answers of an interview that tells by nothing who speaks.

        Three paragraphs or more are questions, and what stands before the first of them names one
        person, whose answers all the others are.
        """
        asking: dict[int, bool] = {}
        for sentence in sentences:
            text = sentence.text.rstrip()
            spoken = not lexicon.yours.isdisjoint(text.lower().split())
            asking[sentence.paragraph] = text.endswith(("?", "…") if spoken else "?")
        questions = [paragraph for paragraph, asks in asking.items() if asks]
        if len(questions) < _QUESTIONS:
            return
        people = {
            mention.entity
            for sentence in sentences
            if sentence.paragraph < questions[0]
            for mention in sentence.mentions
            if mention.entity.kind is Kind.PERSON
        }
        if len(people) == 1:
            (self.answering,) = people
            self._answers = frozenset(p for p in asking if p > questions[0]).difference(questions)

    def speakers(self, parsed: Parse, found: list[Source]) -> list[Spoken]:
        """Who says which tokens of a sentence; `found` are its sources."""
        sentence = parsed.sentence
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._speaker = sentence.paragraph, self._opening(parsed)
            if sentence.paragraph in self._answers and self._speaker is None:
                self._speaker = self.answering
        said = [
            Spoken(source.start, source.end, source.entity)
            for source in found
            if source.entity is not None
        ]
        if self._speaker is not None:
            self.answering = self._speaker
            said.append(Spoken(0, len(parsed.tokens), self._speaker))
        return said

    def _opening(self, parsed: Parse) -> NamedEntity | None:
        """Whose answer the sentence opens: "Claire Vasseur : j'ai …", "C. V. : j'ai …"."""
        first = parsed.tokens[0].mention if parsed.tokens else None
        if first is not None and len(parsed.tokens) > 1 and parsed.tokens[1].text == ":":
            return first.entity if first.entity.kind is Kind.PERSON else None
        match = _INITIALS.match(parsed.sentence.text)
        letters = _LETTER.findall(match[1]) if match else []
        named = [
            person
            for person in self.discourse.times
            if letters and person.kind is Kind.PERSON and _initials(person.name) == letters
        ]
        return named[0] if len(named) == 1 else None


def _initials(name: str) -> list[str]:
    return [part[0] for part in _BETWEEN.split(name) if part[:1].isupper()]
