"""The ontology: kinds, relation types, and what a claim is.

Everything here is frozen and validated when built, so that an object that exists is a valid one:
a claim that breaks its relation's domain or range cannot be made.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

MAX_NAME_LENGTH: Final = 300
"""Characters. Longer than any name in the press; a longer one is text gone astray."""


class Kind(StrEnum):
    """What an entity is. The value is its label in the graph."""

    PERSON = "Person"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    PRODUCT = "Product"


class RelationType(StrEnum):
    """What a claim says of two entities. The value is the relationship type in the graph."""

    WORKED_AT = "WORKED_AT"
    HIRED_BY = "HIRED_BY"
    LEADS = "LEADS"
    FOUNDED = "FOUNDED"
    INVESTED_IN = "INVESTED_IN"
    ACQUIRED = "ACQUIRED"
    PART_OF = "PART_OF"
    DEVELOPS = "DEVELOPS"
    WORKED_ON = "WORKED_ON"
    USES = "USES"
    PARTNERED_WITH = "PARTNERED_WITH"
    RECRUITED_BY = "RECRUITED_BY"

    @property
    def domain(self) -> frozenset[Kind]:
        """Kinds that the subject may have."""
        return _SIGNATURES[self][0]

    @property
    def range(self) -> frozenset[Kind]:
        """Kinds that the object may have."""
        return _SIGNATURES[self][1]

    @property
    def symmetric(self) -> bool:
        """Whether subject and object may change places without changing what is said."""
        return self is RelationType.PARTNERED_WITH

    def allows(self, subject: Kind, object_: Kind) -> bool:
        """Whether the ontology lets these two kinds stand in this relation, in this order."""
        return subject in self.domain and object_ in self.range


_P, _C, _O, _X = (
    frozenset({kind}) for kind in (Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION, Kind.PRODUCT)
)
_SIGNATURES: Final[dict[RelationType, tuple[frozenset[Kind], frozenset[Kind]]]] = {
    RelationType.WORKED_AT: (_P, _C | _O),
    RelationType.HIRED_BY: (_P, _C | _O),
    RelationType.LEADS: (_P, _C | _O | _X),
    RelationType.FOUNDED: (_P | _C, _C | _O),
    RelationType.INVESTED_IN: (_C | _P, _C | _X),
    RelationType.ACQUIRED: (_C | _P, _C | _X),
    RelationType.PART_OF: (_C | _O, _C | _O),
    RelationType.DEVELOPS: (_C | _O | _P, _X),
    RelationType.WORKED_ON: (_P, _X),
    RelationType.USES: (_C | _X, _X | _C),
    RelationType.PARTNERED_WITH: (_C | _O, _C | _O),
    RelationType.RECRUITED_BY: (_P, _P),
}


class Status(StrEnum):
    """How surely an article says it, from the surest to the weakest."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    HEDGED = "hedged"
    PLANNED = "planned"
    DENIED = "denied"

    @property
    def weakness(self) -> int:
        """0 for asserted up to 4 for denied."""
        return _STATUS_ORDER[self]

    @staticmethod
    def weakest(*statuses: Status) -> Status:
        """The weakest of several: what applies when more than one cue is present."""
        return max(statuses, key=lambda status: status.weakness, default=Status.ASSERTED)


_STATUS_ORDER: Final = {status: weakness for weakness, status in enumerate(Status)}


class Bound(StrEnum):
    """Which way an amount may differ from the true one."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Purpose(StrEnum):
    """What an amount is for."""

    PACKAGE = "package"
    INVESTMENT = "investment"
    PRICE = "price"
    VALUATION = "valuation"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME_LENGTH)
]


class Amount(_Frozen):
    """A sum of money.

    `value` is in units of `currency` (an ISO 4217 code): 14 milliards de dollars is
    ``Amount(value=14e9, currency="USD", ...)``.
    """

    value: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    bound: Bound = Bound.EXACT
    purpose: Purpose | None = None


class VagueDate(_Frozen):
    """A day known only to lie between two days, both included; None leaves that side open."""

    earliest: dt.date | None = None
    latest: dt.date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.earliest is None and self.latest is None:
            raise ValueError("a vague date needs an earliest or a latest day")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self


class Span(_Frozen):
    """Words of the article and their place: ``article.text[start:end] == text``."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"a span from {self.start} to {self.end} cannot hold {self.text!r}")
        return self


class EntityRef(_Frozen):
    """An entity as one article knows it: its fullest name there, and its kind."""

    name: Name
    kind: Kind


class Entity(_Frozen):
    """An entity that an article mentions, with every place where it does.

    `aliases` are the other words that stand for it in the text, in order of appearance, such as
    a surname, "la marque à la pomme" or "l'entreprise"; pronouns are left out.
    """

    name: Name
    kind: Kind
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()

    @property
    def ref(self) -> EntityRef:
        """How claims of the same article name this entity."""
        return EntityRef(name=self.name, kind=self.kind)


class Claim(_Frozen):
    """One statement that an article makes about a relationship.

    `start` is when the relationship began (or the moment of an event such as HIRED_BY or
    INVESTED_IN), `end` when it ended. `cues` are the words that decided relation, status and
    attribution; `rule` names the frame that read them. `confidence` is between 0 and 1.

    Raises
    ------
    pydantic.ValidationError
        If the relation's domain or range does not allow the two kinds, or both are one entity.
    """

    subject: EntityRef
    relation: RelationType
    object: EntityRef
    quote: Span
    status: Status = Status.ASSERTED
    attributed_to: EntityRef | None = None
    role: str | None = None
    amount: Amount | None = None
    start: VagueDate | None = None
    end: VagueDate | None = None
    extractor: str
    rule: str = ""
    cues: tuple[str, ...] = ()
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0

    @model_validator(mode="after")
    def _signature(self) -> Self:
        if not self.relation.allows(self.subject.kind, self.object.kind):
            raise ValueError(
                f"{self.relation} does not go from {self.subject.kind} to {self.object.kind}: "
                f"{self.subject.name!r} → {self.object.name!r}"
            )
        if self.subject == self.object:
            raise ValueError(f"{self.relation} cannot join {self.subject.name!r} to itself")
        return self


class Ground(StrEnum):
    """Why a pronoun or description was taken to stand for somebody."""

    SUBJECT = "subject"
    """The subject of a clause before it."""
    NAMED = "named"
    """Who fits best of those named before it."""
    CALLED = "called"
    """Whom the article has called so, or alike."""
    LAST = "last"
    """Who was named last."""
    RANK = "rank"
    """The first or second of those named together."""
    TOGETHER = "together"
    """Those named together."""
    ONLY = "only"
    """The only one named that it can be."""
    POST = "post"
    """Whom the article has said to hold the post."""
    SPOKEN_OF = "spoken of"
    """Of whom the article speaks there; the words tell something new of them."""


class Resolution(_Frozen):
    """A pronoun or description of the article, and whom it was taken to stand for.

    `words` are its own. `antecedent` is where the entity was named, or meant, as many sentences
    `back` as given (0 is the same sentence).
    """

    entity: EntityRef
    words: Span
    ground: Ground
    antecedent: Span | None = None
    back: Annotated[int, Field(ge=0)] = 0


class Article(_Frozen):
    """One article as it was published.

    `id` tells articles apart and stays the same when the text is corrected. `origin` says where
    it was read from (a path, a URL), `credited_source` is the outlet that it names as its
    source ("Source : Bloomberg"), whose reprints count as one source.
    """

    id: Annotated[
        str, StringConstraints(pattern=r"^[^\s\x00-\x1f](?:[^\x00-\x1f]{0,298}[^\s\x00-\x1f])?$")
    ]
    text: Annotated[str, StringConstraints(min_length=1)]
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    published: dt.date | None = None
    origin: str | None = None
    credited_source: str | None = None


class Reading(_Frozen):
    """What a reader found in one article.

    `skipped` says why nothing was read, for example that no reader knows the language. `doubts`
    counts the pronouns and descriptions that fitted several entities alike: nothing was read of
    them. `resolutions` are those in the quotes of claims that stand for an end or the source; they
    explain the claims and are not stored.
    """

    article_id: str
    extractor: str
    language: str | None = None
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    skipped: str | None = None
    doubts: Annotated[int, Field(ge=0)] = 0
    resolutions: tuple[Resolution, ...] = ()

    def resolutions_of(self, claim: Claim) -> list[Resolution]:
        """What stands in the quote of `claim` for an end or the source of it, in order."""
        ends = (claim.subject, claim.object, claim.attributed_to)
        return [
            each
            for each in self.resolutions
            if each.entity in ends
            and claim.quote.start <= each.words.start
            and each.words.end <= claim.quote.end
        ]

    @model_validator(mode="after")
    def _claims_name_entities(self) -> Self:
        known = {entity.ref for entity in self.entities}
        for claim in self.claims:
            for ref in (claim.subject, claim.object, claim.attributed_to):
                if ref is not None and ref not in known:
                    raise ValueError(f"a claim names {ref.name!r}, which is not among the entities")
        return self
