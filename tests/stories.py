"""Articles with readings written by hand, for tests that need something in the graph.

>>> story = Story("a", outlet="Les Échos").says(person("Tom Gunter"), "HIRED_BY", company("Meta"))
>>> article, reading = story.item()
>>> article.text
'Tom Gunter HIRED_BY Meta.'
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Self

from graph.model import Article, Claim, Entity, EntityRef, Kind, Reading, RelationType, Span


def person(name: str) -> EntityRef:
    return EntityRef(name=name, kind=Kind.PERSON)


def company(name: str) -> EntityRef:
    return EntityRef(name=name, kind=Kind.COMPANY)


def organization(name: str) -> EntityRef:
    return EntityRef(name=name, kind=Kind.ORGANIZATION)


def product(name: str) -> EntityRef:
    return EntityRef(name=name, kind=Kind.PRODUCT)


class Story:
    """One article: each thing that it says is a sentence of its text."""

    def __init__(
        self, id_: str, *, published: dt.date | None = dt.date(2025, 7, 8), **fields: Any
    ) -> None:
        self._fields = {"id": id_, "published": published, "language": "fr", **fields}
        self._text = ""
        self._claims: list[Claim] = []
        self._aliases: dict[EntityRef, tuple[str, ...]] = {}

    def says(
        self,
        subject: EntityRef,
        relation: str,
        object_: EntityRef,
        *,
        quote: str | None = None,
        **more: Any,
    ) -> Self:
        """Add a sentence that makes this claim, and maybe others' names besides."""
        sentence = quote or f"{subject.name} {relation} {object_.name}."
        start = self._add(sentence)
        self._claims.append(
            Claim(
                subject=subject,
                relation=RelationType(relation),
                object=object_,
                quote=Span(start=start, end=start + len(sentence), text=sentence),
                extractor="by-hand-1",
                **more,
            )
        )
        for ref in (subject, object_, more.get("attributed_to")):
            if ref is not None:
                self._aliases.setdefault(ref, ())
        return self

    def mentions(self, ref: EntityRef, *aliases: str) -> Self:
        """Add a sentence that names an entity, and the words that stand for it besides."""
        self._add(" ".join([ref.name, *aliases, "."]))
        self._aliases[ref] = aliases
        return self

    def item(self) -> tuple[Article, Reading]:
        """What `graph.ingest.ingest` takes."""
        article = Article(text=self._text or "Rien.", **self._fields)
        entities = tuple(
            Entity(
                name=ref.name, kind=ref.kind, aliases=aliases, mentions=self._spans(ref, aliases)
            )
            for ref, aliases in self._aliases.items()
        )
        reading = Reading(
            article_id=article.id,
            extractor="by-hand-1",
            language=article.language,
            entities=entities,
            claims=tuple(self._claims),
        )
        return article, reading

    def _add(self, sentence: str) -> int:
        self._text += f"\n{sentence}" if self._text else sentence
        return len(self._text) - len(sentence)

    def _spans(self, ref: EntityRef, aliases: tuple[str, ...]) -> tuple[Span, ...]:
        words = "|".join(re.escape(word) for word in (ref.name, *aliases))
        return tuple(
            Span(start=found.start(), end=found.end(), text=found[0])
            for found in re.finditer(words, self._text)
        )
