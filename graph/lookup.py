"""Look-ups in the graph: entities, relationships, their evidence, articles.

Every listing comes in pages (see `graph.paging`) in an order that loading does not disturb.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from typing import Any, Final

from graph.decisions import current_id
from graph.errors import NotFoundError
from graph.known import entity_relationships_known, facts_known
from graph.model import Kind, RelationType, Status
from graph.paging import Listing, after_day
from graph.paths import find_paths, shortest_paths
from graph.search import entity_rows, search_entities
from graph.store import Store
from graph.times import ALWAYS, When
from graph.views import (
    ArticleDetailView,
    ArticleView,
    ClaimView,
    Direction,
    EntityView,
    EvidenceView,
    MentionedEntityView,
    MentionView,
    Page,
    RelationshipView,
)

__all__ = [
    "evidence",
    "find_paths",
    "get_article",
    "get_entity",
    "get_relationship",
    "list_articles",
    "list_entities",
    "relationships",
    "search_entities",
    "shortest_paths",
]

_SYMMETRIC: Final = [type_.value for type_ in RelationType if type_.symmetric]


def get_entity(store: Store, entity_id: str) -> EntityView:
    """One entity; of an id that was merged into another (`graph.decisions`), that other one.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    """
    rows = store.read("lookup/entities", ids=[entity_id])
    if not rows and (current := current_id(store, entity_id)) is not None:
        rows = store.read("lookup/entities", ids=[current])
    if not rows:
        raise NotFoundError(f"no entity has the id {_short(entity_id)}; search for it by name")
    return EntityView(**rows[0])


def list_entities(
    store: Store,
    *,
    kinds: Collection[Kind] = (),
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[EntityView]:
    """All entities (of these kinds, where some are given), in the order of their ids.

    With a day, those that an article known by then mentions, counted as of that day.

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    listing = Listing("entities", {"kinds": set(kinds), "known_at": known_at})
    (after,) = listing.key_after(cursor, length=1) or ("",)
    asked = {"kinds": _values(kinds or Kind), "after": after, "limit": limit + 1}
    if known_at is None:
        ids = [row["id"] for row in store.read("lookup/entity_ids", **asked)]
    else:
        rows = store.read("lookup/entity_ids_known", **asked, known_at=known_at)
        ids = [row["id"] for row in rows]
    by_id = {row["id"]: EntityView(**row) for row in entity_rows(store, ids, known_at)}
    # One that was deleted between the two reads is left out.
    return listing.page([by_id[id_] for id_ in ids if id_ in by_id], limit, lambda view: (view.id,))


def relationships(
    store: Store,
    entity_id: str,
    *,
    types: Collection[RelationType] = (),
    direction: Direction = Direction.BOTH,
    statuses: Collection[Status] = (),
    other_kinds: Collection[Kind] = (),
    when: When = ALWAYS,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[RelationshipView]:
    """Relationships of one entity, in the order of type and id.

    An empty collection does not filter. A relationship without direction passes whatever the
    `direction`. `when` asks about the time at which they held, and about the day by which the
    press had said so.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    filters: dict[str, Any] = {
        "types": _values(types or RelationType),
        "other_kinds": _values(other_kinds or Kind),
        "direction": direction.value,
    }
    wanted = _values(statuses or Status)
    listing = Listing(
        "relationships",
        {
            "id": entity_id,
            "statuses": wanted,
            "known_at": when.known_at,
            **filters,
            **when.parameters(),
        },
    )
    after_type, after_id = listing.key_after(cursor, length=2) or ("", "")
    place = {"symmetric": _SYMMETRIC, "after_type": after_type, "after_id": after_id}

    def found(id_: str) -> list[RelationshipView]:
        asked = {"id": id_, **filters, **place}
        if when.known_at is not None:
            return entity_relationships_known(
                store, when, asked=asked, statuses=wanted, limit=limit + 1
            )
        rows = store.read(
            "lookup/relationships",
            **asked,
            **when.parameters(),
            statuses=wanted,
            limit=limit + 1,
        )
        return [RelationshipView.of(row, held=when.of(row["type"], row["fact"])) for row in rows]

    views = found(entity_id)
    if not views and (entity := get_entity(store, entity_id)).id != entity_id:
        views = found(entity.id)
    return listing.page(views, limit, lambda view: (view.type, view.id))


def get_relationship(store: Store, fact_id: str, *, when: When = ALWAYS) -> RelationshipView:
    """One relationship, as of a day where `when` names one; its time of validity hides nothing.

    Raises
    ------
    NotFoundError
        If no relationship has this id, or nobody had told of it by that day.
    """
    if when.known_at is None:
        rows = store.read("lookup/relationship", id=fact_id)
    else:
        rows = list(facts_known(store, [fact_id], when.known_at).values())
    if not rows:
        by_then = f" by {when.known_at}" if when.known_at else ""
        raise NotFoundError(f"no relationship has the id {_short(fact_id)}{by_then}")
    return RelationshipView.of(rows[0], held=when.of(rows[0]["type"], rows[0]["fact"]))


def evidence(
    store: Store,
    fact_id: str,
    *,
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[EvidenceView]:
    """The claims that carry one relationship, each with its article, the newest first.

    Raises
    ------
    NotFoundError
        If no relationship has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    listing = Listing("evidence", {"id": fact_id, "known_at": known_at})
    rows = store.read(
        "lookup/evidence",
        id=fact_id,
        known_at=known_at,
        **after_day(listing, cursor),
        limit=limit + 1,
    )
    if not rows:
        get_relationship(store, fact_id)
    days = {row["claim"]["id"]: row["day"] for row in rows}
    return listing.page(
        [EvidenceView.of(row["claim"], article=row["article"]) for row in rows],
        limit,
        lambda view: (days[view.id].isoformat(), view.id),
    )


def list_articles(
    store: Store,
    *,
    mentioning: str | None = None,
    outlet: str | None = None,
    published_from: dt.date | None = None,
    published_to: dt.date | None = None,
    known_at: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ArticleView]:
    """Articles, the newest first, those without a date of publication last.

    Parameters
    ----------
    mentioning
        Id of an entity: only articles that mention it.
    outlet
        Only articles of the outlet with exactly this name.
    known_at
        Only what had appeared by this day; an undated article, what was loaded by then.

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    filters: dict[str, Any] = {
        "outlet": outlet,
        "published_from": published_from,
        "published_to": published_to,
        "known_at": known_at,
    }
    listing = Listing("articles", {"mentioning": mentioning, **filters})
    asked = {**filters, **after_day(listing, cursor), "limit": limit + 1}
    if mentioning is None:
        rows = store.read("lookup/articles", **asked)
    else:
        rows = store.read("lookup/articles_mentioning", entity_id=mentioning, **asked)
    days = {row["article"]["id"]: row["day"] for row in rows}
    return listing.page(
        [ArticleView(**row["article"]) for row in rows],
        limit,
        lambda view: (days[view.id].isoformat(), view.id),
    )


def get_article(store: Store, article_id: str) -> ArticleDetailView:
    """One article with its text, its entities and its claims, in the order of the text.

    Raises
    ------
    NotFoundError
        If no article has this id.
    """
    rows = store.read("lookup/article", id=article_id)
    if not rows:
        raise NotFoundError(f"no article has the id {_short(article_id)}")
    entities = [
        MentionedEntityView(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            name_in_article=row["name_in_article"],
            surfaces=row["surfaces"],
            mentions=[
                MentionView(start=start, end=end)
                for start, end in zip(row["starts"], row["ends"], strict=True)
            ],
        )
        for row in store.read("lookup/article_entities", id=article_id)
    ]
    claims = store.read("lookup/article_claims", id=article_id)
    return ArticleDetailView(
        **rows[0]["article"],
        text=rows[0]["text"],
        entities=sorted(entities, key=_place),
        claims=[ClaimView.of(row["claim"]) for row in claims],
    )


def _place(entity: MentionedEntityView) -> tuple[int, str]:
    """Where it is mentioned first; one that only the article's own data names comes last."""
    first = min((mention.start for mention in entity.mentions), default=sys.maxsize)
    return first, entity.id


def _values(members: Collection[Any] | type[Any]) -> list[str]:
    return sorted(member.value for member in members)


def _short(id_: str) -> str:
    return repr(id_ if len(id_) <= 80 else f"{id_[:80]}…")
