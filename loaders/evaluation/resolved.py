"""A reader that says of every pronoun and description what it stands for.

The reader proper resolves only what a claim needs. Here each is resolved as if it could be any
person or body, with nothing known of what is claimed, which is harder.
"""

from __future__ import annotations

from typing import Final

from graph.model import Article, Kind, Reading
from loaders.reading.article_pass import ArticlePass, Rules
from loaders.reading.extractor import FrameReader
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.tokens import Category, Sentence

BODIES: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})
"""Kinds whose mentions are looked at."""

Place = tuple[int, int]


class ResolvingReader(FrameReader):
    """Keeps of each article where its persons and bodies are named, described or meant.

    `chains` maps the id of an article to one list of places for each of its entities.
    """

    def __init__(self, language: str = "fr") -> None:
        super().__init__(language)
        self.chains: dict[str, list[list[Place]]] = {}
        self._passes: dict[str, _ResolvingPass] = {}

    def _may_claim(
        self, text: str, start: int, mentions: list[Mention], called: frozenset[str]
    ) -> bool:
        return True

    def _article_pass(self, article: Article) -> ArticlePass:
        self._passes[article.id] = _ResolvingPass(self._rules)
        return self._passes[article.id]

    def _read(
        self, article: Article, mentions: list[Mention], sentences: list[Sentence]
    ) -> Reading:
        reading = super()._read(article, mentions, sentences)
        places: dict[NamedEntity, set[Place]] = {}
        for mention in mentions:
            if mention.entity.kind in BODIES:
                places.setdefault(mention.entity, set()).add((mention.start, mention.end))
        for entity, place in self._passes.pop(article.id).resolved:
            places.setdefault(entity, set()).add(place)
        self.chains[article.id] = [sorted(each) for each in places.values()]
        return reading


class _ResolvingPass(ArticlePass):
    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.resolved: list[tuple[NamedEntity, Place]] = []

    def read_sentence(self, sentence: Sentence, parsed: Parse | None) -> None:
        super().read_sentence(sentence, parsed)
        if parsed is None:
            return
        for phrase in parsed.phrases:
            if phrase.mention is None:
                person = Kind.PERSON if phrase.pronoun else None
                filler = self._resolver.fill(parsed, [phrase], BODIES, alone=True, preferred=person)
                tokens = parsed.tokens[phrase.start], parsed.tokens[phrase.end - 1]
                self._keep_one(filler.entities, (tokens[0].start, tokens[1].end))
        for index, token in enumerate(parsed.tokens):
            if parsed.category(index) is Category.CLITIC:
                filler = self._resolver.clitic(parsed, index, BODIES, ())
                self._keep_one(filler.entities, (token.start, token.end))

    def _keep_one(self, entities: list[NamedEntity], place: Place) -> None:
        if len(entities) == 1:
            self.resolved.append((entities[0], place))
