"""The examples that the documentation of the API shows: one article, and what is read from it.

They are built from the models themselves, so that they cannot drift from them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from pydantic import BaseModel

from graph.accounts import (
    RULE,
    AccountView,
    BetweenView,
    JudgedClaim,
    LifeView,
    Outcome,
    StageView,
)
from graph.colleagues import ColleagueView
from graph.fact_rule import RULE_VERSION, Verdict
from graph.identity import claim_id, entity_id, fact_id
from graph.model import Amount, Bound, EntityRef, Kind, Purpose, RelationType, Status, VagueDate
from graph.paging import Listing
from graph.picture import (
    LinkView,
    NeighboursView,
    PictureView,
    RecentView,
)
from graph.portraits import PortraitView, RelationCountView
from graph.sources import (
    CitedView,
    Confirmation,
    SourceRecordView,
    SourceView,
)
from graph.times import Held
from graph.views import (
    ArticleDetailView,
    ArticleRefView,
    ArticleView,
    ClaimView,
    Direction,
    EntityHit,
    EntityRefView,
    EvidenceView,
    MentionedEntityView,
    MentionView,
    NamedView,
    Page,
    PathStep,
    PathsView,
    PathView,
    QuoteView,
    RelationshipView,
)
from graph.wide import EntityColumns, LinkColumns, WideView

_DAY: Final = dt.date(2025, 7, 8)
_TEXT: Final = (
    "Selon Bloomberg, Tom Gunter aurait rejoint Meta comme ingénieur pour plus de 100 millions de "
    "dollars."
)


def answer(
    model: BaseModel,
    description: str,
    status: int = 200,
    *,
    headers: dict[str, Any] | None = None,
) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a successful answer, with this one as its example."""
    return {
        status: {
            "description": description,
            **({"headers": headers} if headers else {}),
            "content": {"application/json": {"example": model.model_dump(mode="json")}},
        }
    }


def entity_example(name: str, kind: Kind) -> EntityRefView:
    """An entity of this name."""
    return EntityRefView(id=entity_id(EntityRef(name=name, kind=kind)), name=name, kind=kind)


def _named(entity: EntityRefView) -> NamedView:
    return NamedView(id=entity.id, name=entity.name)


META: Final = entity_example("Meta", Kind.COMPANY)
GUNTER: Final = entity_example("Tom Gunter", Kind.PERSON)
BLOOMBERG: Final = entity_example("Bloomberg", Kind.COMPANY)
HIRING: Final = fact_id(RelationType.HIRED_BY, GUNTER.id, META.id)
CLAIM_ID: Final = claim_id("meta-gunter", HIRING, 0)
SOURCE: Final = "outlet:bloomberg"

_CURSOR: Final = Listing("example", {}).cursor((META.id,))
_PACKAGE: Final = Amount(
    value=100_000_000, currency="USD", bound=Bound.AT_LEAST, purpose=Purpose.PACKAGE
)
_ARTICLE_REF: Final = ArticleRefView(
    id="meta-gunter",
    title="Meta recrute encore chez Apple",
    outlet="La Gazette de l'IA",
    url="https://gazette.example/meta-gunter",
    published=_DAY,
)

ENTITY: Final = EntityHit(
    **META.model_dump(),
    aliases=["le géant des réseaux sociaux"],
    articles=12,
    sources=5,
    relationships=9,
    score=100.0,
    matched="Meta",
)
ENTITIES: Final = Page[EntityHit](items=[ENTITY], next_cursor=_CURSOR)

RELATIONSHIP: Final = RelationshipView(
    id=HIRING,
    type=RelationType.HIRED_BY,
    subject=GUNTER,
    object=META,
    status=Status.HEDGED,
    contested=False,
    role="ingénieur",
    amount=_PACKAGE,
    start=VagueDate(latest=_DAY),
    sources=1,
    claims=3,
    first_reported=_DAY,
    last_reported=dt.date(2025, 7, 10),
)
RELATIONSHIPS: Final = Page[RelationshipView](items=[RELATIONSHIP], next_cursor=_CURSOR)

CLAIM: Final = ClaimView(
    id=CLAIM_ID,
    relationship_id=HIRING,
    type=RelationType.HIRED_BY,
    subject=_named(GUNTER),
    object=_named(META),
    status=Status.HEDGED,
    attributed_to=_named(BLOOMBERG),
    source=SOURCE,
    role="ingénieur",
    amount=_PACKAGE,
    start=VagueDate(latest=_DAY),
    quote=QuoteView(text=_TEXT, start=0, end=len(_TEXT)),
    cues=["Selon Bloomberg", "aurait rejoint"],
    rule="rejoindre",
    extractor="rules-fr-1",
    confidence=0.9,
)
EVIDENCE_ITEM: Final = EvidenceView(**dict(CLAIM), article=_ARTICLE_REF)
EVIDENCE: Final = Page[EvidenceView](items=[EVIDENCE_ITEM], next_cursor=None)

PORTRAIT: Final = PortraitView(
    **ENTITY.model_dump(exclude={"score", "matched"}),
    first_mention=_DAY,
    last_mention=dt.date(2025, 7, 10),
    relations=[
        RelationCountView(
            type=RelationType.HIRED_BY,
            direction=Direction.IN,
            relationships=9,
            statuses={Status.HEDGED: 9},
        )
    ],
    namesakes=[],
    source="outlet:meta",
)
ACCOUNT: Final = AccountView(
    relationship=RELATIONSHIP,
    claims=[JudgedClaim(**dict(EVIDENCE_ITEM), verdict=Verdict.DISPLAYED)],
    rule=RULE,
    rule_version=RULE_VERSION,
    chosen={"status": CLAIM_ID, "role": CLAIM_ID},
)
BETWEEN: Final = BetweenView(one=GUNTER, other=META, accounts=[ACCOUNT])
LIFE: Final = LifeView(
    relationship=RELATIONSHIP,
    outcome=Outcome.OPEN,
    began_as=Status.HEDGED,
    first_said={Status.HEDGED: _DAY},
    confirmed_on=None,
    denied_on=None,
    stages=[
        StageView(
            day=_DAY, status=Status.HEDGED, contested=False, sources=1, claims=[EVIDENCE_ITEM]
        )
    ],
)
SOURCE_RECORD: Final = SourceRecordView(
    source=SOURCE,
    names=["Bloomberg"],
    claims=3,
    relayed=3,
    statuses={Status.HEDGED: 3},
    articles=3,
    relationships=2,
    first_reported=_DAY,
    last_reported=dt.date(2025, 7, 10),
    confirmed=1,
    refuted=0,
    open=1,
)
SOURCES: Final = Page[SourceView](
    items=[SourceView(**SOURCE_RECORD.model_dump(exclude={"confirmed", "refuted", "open"}))],
    next_cursor=_CURSOR,
)
CITED: Final = Page[CitedView](
    items=[
        CitedView(
            relationship=RELATIONSHIP,
            status=Status.HEDGED,
            said_on=_DAY,
            confirmation=Confirmation.OPEN,
            confirmed_on=None,
            confirmed_by=[],
        )
    ],
    next_cursor=None,
)
_PANG: Final = entity_example("Ruoming Pang", Kind.PERSON)
COLLEAGUES: Final = Page[ColleagueView](
    items=[
        ColleagueView(
            colleague=_PANG,
            place=META,
            together=Held.POSSIBLY,
            own=RELATIONSHIP,
            others=RELATIONSHIP.model_copy(
                update={
                    "id": fact_id(RelationType.HIRED_BY, _PANG.id, META.id),
                    "subject": _PANG,
                    "status": Status.ASSERTED,
                }
            ),
            start=VagueDate(latest=_DAY),
            end=None,
        )
    ],
    next_cursor=None,
)

PATHS: Final = PathsView(
    origin=GUNTER,
    target=META,
    paths=[
        PathView(
            length=1,
            entities=[GUNTER, META],
            steps=[
                PathStep(
                    origin=GUNTER,
                    target=META,
                    direction=Direction.OUT,
                    relationship=RELATIONSHIP,
                    quote=_TEXT,
                    article=_ARTICLE_REF,
                    parallel=0,
                )
            ],
        )
    ],
    truncated=False,
)

_LINK: Final = LinkView.short(RELATIONSHIP)
PICTURE: Final = PictureView(entities=[GUNTER, META], relationships=[_LINK])
WIDE: Final = WideView(
    entities=EntityColumns(
        id=[GUNTER.id, META.id], name=[GUNTER.name, META.name], kind=[GUNTER.kind, META.kind]
    ),
    relationships=LinkColumns(
        id=[_LINK.id],
        type=[_LINK.type],
        subject=[0],
        object=[1],
        status=[_LINK.status],
        contested=[_LINK.contested],
        sources=[_LINK.sources],
        claims=[_LINK.claims],
        first_reported=[_LINK.first_reported],
        last_reported=[_LINK.last_reported],
        details=[],
    ),
)
RECENT: Final = RecentView(
    **dict(PICTURE), since=_DAY - dt.timedelta(weeks=6), until=RELATIONSHIP.last_reported
)
NEIGHBOURS: Final = NeighboursView(**dict(PICTURE), more=3)
ARTICLE: Final = ArticleView(
    **_ARTICLE_REF.model_dump(),
    language="fr",
    extractor="rules-fr-1",
    claim_count=1,
    loaded_at=dt.datetime(2025, 7, 8, 9, 30, tzinfo=dt.UTC),
)
ARTICLES: Final = Page[ArticleView](items=[ARTICLE], next_cursor=None)


def _mentioned(entity: EntityRefView) -> MentionedEntityView:
    start = _TEXT.index(entity.name)
    return MentionedEntityView(
        **entity.model_dump(),
        name_in_article=entity.name,
        surfaces=[entity.name],
        mentions=[MentionView(start=start, end=start + len(entity.name))],
    )


ARTICLE_DETAIL: Final = ArticleDetailView(
    **ARTICLE.model_dump(),
    text=_TEXT,
    entities=[_mentioned(entity) for entity in (BLOOMBERG, GUNTER, META)],
    claims=[CLAIM],
)
NEW_ARTICLE: Final = {
    "text": _TEXT,
    **_ARTICLE_REF.model_dump(mode="json"),
}
