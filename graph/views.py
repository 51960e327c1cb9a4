"""What the graph answers: frozen models of entities, relationships, evidence, paths, articles.

They are what the API returns and what the command line prints, so that both say the same. Each
is built from the rows of a named Cypher statement by its `of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.model import Amount, Kind, RelationType, Status, VagueDate
from graph.times import Held

Row = Mapping[str, Any]
Item = TypeVar("Item")


class Direction(StrEnum):
    """Which end of a relationship an entity stands at."""

    OUT = "out"
    """It is the subject."""
    IN = "in"
    """It is the object."""
    BOTH = "both"
    """Either: as a filter, any; of a relationship, one that has no direction."""


class View(BaseModel):
    """Base of everything that the graph answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(View, Generic[Item]):
    """Some of the items, and where to go on."""

    items: list[Item]
    next_cursor: str | None = Field(
        default=None,
        description="Give it back as `cursor`, with the same filters, for the items that follow; "
        "null on the last page.",
    )


class EntityRefView(View):
    """An entity in short."""

    id: str
    name: str
    kind: Kind


class EntityView(EntityRefView):
    """An entity."""

    aliases: list[str] = Field(description="Other words that stand for it in the articles.")
    articles: int = Field(description="Articles that mention it.")
    sources: int = Field(
        description="Independent sources among them: papers that repeat one source count once."
    )
    relationships: int = Field(description="Relationships that it stands in.")


class EntityHit(EntityView):
    """An entity that a search found."""

    score: float = Field(ge=0, le=100, description="How well a name fits; 100 is the same name.")
    matched: str = Field(description="The name or alias that fits best.")


class RelationshipView(View):
    """A fact: what the claims about one subject, type and object say together."""

    id: str
    type: RelationType
    subject: EntityRefView
    object: EntityRefView
    status: Status
    contested: bool = Field(description="Some sources say it, and another denies it.")
    role: str | None = None
    amount: Amount | None = None
    start: VagueDate | None = Field(
        default=None, description="When it began; for an event, when it happened."
    )
    end: VagueDate | None = None
    sources: int = Field(description="Independent sources that say it.")
    claims: int = Field(description="Claims that it is derived from.")
    first_reported: dt.date | None = None
    last_reported: dt.date | None = None
    held: Held | None = Field(
        default=None,
        description="Whether it held at the time that was asked about; null where none was.",
    )

    @classmethod
    def of(cls, row: Row, **more: Any) -> Self:
        """From a row with the columns `type`, `fact` (properties), `subject` and `object`."""
        fact = row["fact"]
        return cls(
            id=fact["id"],
            type=row["type"],
            subject=row["subject"],
            object=row["object"],
            contested=fact.get("contested", False),
            first_reported=fact.get("first_reported"),
            last_reported=fact.get("last_reported"),
            sources=fact["sources"],
            claims=fact["claims"],
            **qualifiers(fact),
            **more,
        )


class QuoteView(View):
    """Words of an article and their place: ``text[start:end]``, in characters."""

    text: str
    start: int
    end: int


class ArticleRefView(View):
    """An article in short."""

    id: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None


class NamedView(View):
    """An entity, and the name that the article gives it."""

    id: str
    name: str


class ClaimView(View):
    """What one article says about one relationship, and in which words."""

    id: str
    relationship_id: str
    type: RelationType
    subject: NamedView
    object: NamedView
    status: Status
    attributed_to: NamedView | None = Field(
        default=None, description="The source that the article names for it."
    )
    source: str = Field(
        description="The independent source that it counts for: the one it is attributed to, "
        "else the one the article credits, else the outlet, else the article."
    )
    role: str | None = None
    amount: Amount | None = None
    start: VagueDate | None = None
    end: VagueDate | None = None
    quote: QuoteView
    cues: list[str] = Field(description="Words that decided relation, status and attribution.")
    rule: str = Field(description="The frame that read it.")
    extractor: str
    confidence: float = Field(ge=0, le=1)

    @classmethod
    def of(cls, claim: Row, **more: Any) -> Self:
        """From the properties of a claim's node."""
        return cls(
            id=claim["id"],
            relationship_id=claim["fact_id"],
            type=claim["type"],
            subject=_named(claim, "subject"),
            object=_named(claim, "object"),
            attributed_to=_named(claim, "attributed") if claim.get("attributed_id") else None,
            source=claim["source_key"],
            quote=QuoteView(
                text=claim["quote"], start=claim["quote_start"], end=claim["quote_end"]
            ),
            cues=claim.get("cues") or [],
            rule=claim.get("rule") or "",
            extractor=claim["extractor"],
            confidence=claim["confidence"],
            **qualifiers(claim),
            **more,
        )


class EvidenceView(ClaimView):
    """A claim with the article that makes it."""

    article: ArticleRefView


class PathStep(View):
    """One step of a path, in the order in which the path is walked."""

    origin: EntityRefView
    target: EntityRefView
    direction: Direction = Field(
        description="`out` where the step goes from subject to object, `in` where it goes "
        "against the relationship, `both` where the relationship has no direction."
    )
    relationship: RelationshipView
    quote: str | None = Field(description="The words of one claim that carries it.")
    article: ArticleRefView | None = Field(description="The article that says so.")
    parallel: int = Field(
        description="How many other relationships join the same two and pass the filters."
    )


class PathView(View):
    """A way from one entity to another over relationships."""

    length: int
    entities: list[EntityRefView]
    steps: list[PathStep]
    strength: float | None = Field(
        default=None,
        description="What the paths are ordered by, where that is confidence (the product of that "
        "of the steps) or sources (1 divided by the sum of 1/n over steps that n sources carry).",
    )


class PathsView(View):
    """Paths between two entities, in the order that was asked for."""

    origin: EntityRefView
    target: EntityRefView
    paths: list[PathView] = Field(
        description="Empty where no path of at most `max_length` steps passes the filters."
    )
    truncated: bool = Field(description="Whether there are more such paths.")


class ArticleView(ArticleRefView):
    """An article, without its text."""

    author: str | None = None
    language: str | None = None
    credited_source: str | None = Field(
        default=None, description="The outlet that it names as its own source."
    )
    extractor: str = Field(description="The reader that read it.")
    skipped: str | None = Field(default=None, description="Why nothing was read from it.")
    claim_count: int
    loaded_at: dt.datetime


class MentionView(View):
    """A place in the text that stands for an entity: ``text[start:end]``, in characters."""

    start: int
    end: int


class MentionedEntityView(EntityRefView):
    """An entity as one article mentions it."""

    name_in_article: str
    surfaces: list[str] = Field(description="The words that stand for it in this article.")
    mentions: list[MentionView]


class ArticleDetailView(ArticleView):
    """An article with its text and what was read from it, in the order of the text."""

    text: str
    entities: list[MentionedEntityView]
    claims: list[ClaimView]


def _named(claim: Row, end: str) -> NamedView:
    return NamedView(id=claim[f"{end}_id"], name=claim[f"{end}_name"])


def qualifiers(properties: Row) -> dict[str, Any]:
    """What claims and facts have in common, from their flat properties."""
    amount = None
    if properties.get("amount_value") is not None:
        amount = Amount(
            value=properties["amount_value"],
            currency=properties["amount_currency"],
            bound=properties["amount_bound"],
            purpose=properties.get("amount_purpose"),
        )
    return {
        "status": properties["status"],
        "role": properties.get("role"),
        "amount": amount,
        "start": _vague(properties, "start"),
        "end": _vague(properties, "end"),
    }


def _vague(properties: Row, which: str) -> VagueDate | None:
    earliest, latest = properties.get(f"{which}_earliest"), properties.get(f"{which}_latest")
    if earliest is None and latest is None:
        return None
    return VagueDate(earliest=earliest, latest=latest)
