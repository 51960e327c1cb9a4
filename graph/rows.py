"""An article and its reading as the rows that are stored, made without looking at the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import PydanticSerializationError

from graph.errors import IngestError
from graph.facts import ClaimRecord, FactKey
from graph.identity import (
    Resolve,
    article_source_key,
    as_named,
    attributed_key,
    claim_id,
    entity_id,
    fact_id,
    outlet_key,
    own_key,
    source_key,
)
from graph.likeness import bands
from graph.model import Article, Claim, EntityRef, Kind, Reading, RelationType, Span

LAYOUT: Final = 2
"""Raised when the same article would be stored otherwise, so that loading it again rewrites it."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article tells the story of another one (`graph.copies`).

    `source` is the outlet of the other one, or the source that it credits, if it has any.
    """

    of: str
    source: str | None = None

    def key(self, resolve: Resolve = as_named) -> str:
        """The source key of what a copy says in its own name."""
        return outlet_key(self.source, resolve) if self.source else f"article:{self.of}"

    def stored(self) -> Row:
        """As properties of the article."""
        return {"copy_of": self.of} | ({"copied_source": self.source} if self.source else {})


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """Everything that one article brings into the graph, but for the time of loading.

    `facts` holds, for each claim in order, the fact that it carries and what decides how that is
    displayed.
    """

    article: Row
    mentions: list[Row]
    claims: list[Row]
    facts: list[tuple[FactKey, ClaimRecord]]

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.article["id"])


def article_rows(
    article: Article,
    reading: Reading,
    resolve: Resolve = as_named,
    copy: Copy | None = None,
) -> ArticleRows:
    """The rows of an article and what was read in it.

    Parameters
    ----------
    resolve
        What was decided about names (`graph.decisions`). Names are stored as they were read; ids
        are those of the entities that they were decided to denote.
    copy
        Which article it is a copy of, if it is one.

    Raises
    ------
    IngestError
        If the reading is of another article or its quotes are not in the text, or if a value
        cannot be stored. The message names the article.
    """
    content = _content_sha256(article, reading)
    _check_places(article, reading)
    mentions = [
        {
            "article_id": article.id,
            "entity_id": entity_id(resolve(entity.ref)),
            "kind": entity.kind.value,
            "name": entity.name,
            "position": position,
            "aliases": list(entity.aliases),
            "surfaces": [span.text for span in entity.mentions],
            "starts": [span.start for span in entity.mentions],
            "ends": [span.end for span in entity.mentions],
        }
        for position, entity in enumerate(reading.entities)
    ]
    claims = [
        _claim_row(article, claim, position, resolve, copy)
        for position, claim in enumerate(reading.claims)
    ]
    row = {**_article_row(article, reading, resolve, copy), "content_sha256": content}
    return _with_facts(row, mentions, claims)


def stored_rows(
    row: Row, mentions: Iterable[Row], claims: Iterable[Row], resolve: Resolve
) -> ArticleRows:
    """The rows of a stored article as they would be if it were loaded under these decisions.

    Parameters
    ----------
    row, mentions, claims
        What the statement ``decisions/stored_readings`` gives of it. The time of loading stays.
    """
    article = Article(
        **{name: value for name, value in row.items() if name in Article.model_fields}
    )
    own = own_key(article, resolve)
    copy = Copy(row["copy_of"], row.get("copied_source")) if "copy_of" in row else None
    article_key = _article_key(article, resolve, copy)
    moved = []
    for claim in sorted(claims, key=lambda claim: int(claim["position"])):
        ids = {
            end: entity_id(resolve(_stored_ref(claim, end)))
            for end in ("subject", "object", "attributed")
            if f"{end}_id" in claim
        }
        attributed = "attributed" in ids
        key = attributed_key(_stored_ref(claim, "attributed"), resolve) if attributed else None
        source = key or article_key
        moved.append(
            {
                **claim,
                **{f"{end}_id": id_ for end, id_ in ids.items()},
                "fact_id": fact_id(RelationType(claim["type"]), ids["subject"], ids["object"]),
                "source_key": source,
                "relayed": source != own,
            }
        )
    named = [
        {
            **mention,
            "article_id": article.id,
            "entity_id": entity_id(
                resolve(EntityRef(name=mention["name"], kind=Kind(mention["kind"])))
            ),
        }
        for mention in sorted(mentions, key=lambda mention: int(mention["position"]))
    ]
    return _with_facts({**row, "source_key": article_key}, named, moved)


def _stored_ref(claim: Row, end: str) -> EntityRef:
    """The name that a stored claim has for its subject, its object or its source.

    An id begins with the kind, and a decision never leads to another kind.
    """
    kind = claim[f"{end}_id"].partition("-")[0]
    return EntityRef(name=claim[f"{end}_name"], kind=Kind(kind.capitalize()))


def _with_facts(article: Row, mentions: list[Row], claims: list[Row]) -> ArticleRows:
    """Gives each claim its id, and names the fact that it carries."""
    facts: list[tuple[FactKey, ClaimRecord]] = []
    seen: dict[str, int] = {}
    for row in claims:
        ordinal = seen[row["fact_id"]] = seen.get(row["fact_id"], -1) + 1
        row["id"] = claim_id(article["id"], row["fact_id"], ordinal)
        facts.append((FactKey.of(row["fact_id"], row), ClaimRecord.of(row)))
    return ArticleRows(article, mentions, claims, facts)


def _article_key(article: Article, resolve: Resolve, copy: Copy | None) -> str:
    """The source key of what an article says in its own name."""
    if copy is not None and not article.credited_source:
        return copy.key(resolve)
    return article_source_key(article, resolve)


def _article_row(article: Article, reading: Reading, resolve: Resolve, copy: Copy | None) -> Row:
    return _known(
        {
            **bands(article.text),
            **(copy.stored() if copy else {}),
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "outlet": article.outlet,
            "author": article.author,
            "language": article.language or reading.language,
            "published": article.published,
            "text": article.text,
            "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
            "origin": article.origin,
            "credited_source": article.credited_source,
            "source_key": _article_key(article, resolve, copy),
            "extractor": reading.extractor,
            "layout": LAYOUT,
            "skipped": reading.skipped,
            "claim_count": len(reading.claims),
        }
    )


def _claim_row(
    article: Article, claim: Claim, position: int, resolve: Resolve, copy: Copy | None
) -> Row:
    subject_id, object_id = entity_id(resolve(claim.subject)), entity_id(resolve(claim.object))
    source = source_key(claim, article, resolve)
    if claim.attributed_to is None:
        source = _article_key(article, resolve, copy)
    return _known(
        {
            "fact_id": fact_id(claim.relation, subject_id, object_id),
            "type": claim.relation.value,
            "subject_id": subject_id,
            "subject_name": claim.subject.name,
            "object_id": object_id,
            "object_name": claim.object.name,
            "attributed_id": claim.attributed_to and entity_id(resolve(claim.attributed_to)),
            "attributed_name": claim.attributed_to and claim.attributed_to.name,
            "status": claim.status.value,
            "role": claim.role,
            "amount_value": claim.amount and claim.amount.value,
            "amount_currency": claim.amount and claim.amount.currency,
            "amount_bound": claim.amount and claim.amount.bound.value,
            "amount_purpose": claim.amount and claim.amount.purpose and claim.amount.purpose.value,
            "start_earliest": claim.start and claim.start.earliest,
            "start_latest": claim.start and claim.start.latest,
            "end_earliest": claim.end and claim.end.earliest,
            "end_latest": claim.end and claim.end.latest,
            "quote": claim.quote.text,
            "quote_start": claim.quote.start,
            "quote_end": claim.quote.end,
            "cues": list(claim.cues),
            "rule": claim.rule,
            "extractor": claim.extractor,
            "confidence": claim.confidence,
            "published": article.published,
            "source_key": source,
            "relayed": source != own_key(article, resolve),
            "article_id": article.id,
            "position": position,
        }
    )


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _content_sha256(article: Article, reading: Reading) -> str:
    """Tells whether anything of an article or its reading differs from what is stored.

    What cannot be written as text here, the store could not take either; it would say so only in
    the midst of a batch, and of no article in particular.
    """
    digest = hashlib.sha256(b"%d" % LAYOUT)
    for model in (article, reading):
        try:
            text = model.model_dump_json(exclude_defaults=True, warnings="error")
        except PydanticSerializationError as error:
            raise IngestError(
                f"article {article.id!r} holds what cannot be stored ({error}); "
                "decode its text anew, and make it and its reading with the models"
            ) from error
        digest.update(b"\n" + text.encode())
    return digest.hexdigest()


def _check_places(article: Article, reading: Reading) -> None:
    if reading.article_id != article.id:
        raise IngestError(
            f"article {article.id!r} came with the reading of {reading.article_id!r}; "
            "load each article with its own"
        )
    for span in _spans(reading):
        if article.text[span.start : span.end] != span.text:
            raise IngestError(
                f"article {article.id!r} does not say {span.text[:80]!r} at {span.start}; "
                "its text has changed since it was read: read it again"
            )


def _spans(reading: Reading) -> Iterable[Span]:
    for claim in reading.claims:
        yield claim.quote
    for entity in reading.entities:
        yield from entity.mentions
