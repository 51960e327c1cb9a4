"""Look-ups in the graph: entities, relationships, their evidence, articles.

Every listing comes in pages (see `graph.paging`) in an order that loading does not disturb.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from typing import Any, Final

from graph.decisions import current_id
from graph.errors import CursorError, NotFoundError
from graph.model import Kind, RelationType, Status
from graph.paging import Key, Listing
from graph.paths import shortest_paths
from graph.search import search_entities
from graph.store import Store
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
    cursor: str | None = None,
    limit: int = 50,
) -> Page[EntityView]:
    """All entities (of these kinds, where some are given), in the order of their ids.

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    listing = Listing("entities", {"kinds": set(kinds)})
    (after,) = listing.key_after(cursor, length=1) or ("",)
    wanted = _values(kinds or Kind)
    ids = [
        row["id"]
        for row in store.read("lookup/entity_ids", kinds=wanted, after=after, limit=limit + 1)
    ]
    by_id = {row["id"]: EntityView(**row) for row in store.read("lookup/entities", ids=ids)}
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
    valid_at: dt.date | None = None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[RelationshipView]:
    """Relationships of one entity, in the order of type and id.

    An empty collection does not filter. A relationship passes the filters of time when it may
    have held on the day `valid_at`, or on some day from `valid_from` to `valid_to`; a beginning
    or an end that no article dates leaves that side open. A relationship without direction
    passes whatever the `direction`.

    Raises
    ------
    NotFoundError
        If no entity has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    filters: dict[str, Any] = {
        "types": _values(types or RelationType),
        "statuses": _values(statuses or Status),
        "other_kinds": _values(other_kinds or Kind),
        "direction": direction.value,
        "valid_from": valid_at or valid_from,
        "valid_to": valid_at or valid_to,
    }
    listing = Listing("relationships", {"id": entity_id, **filters})
    after_type, after_id = listing.key_after(cursor, length=2) or ("", "")
    rows = store.read(
        "lookup/relationships",
        id=entity_id,
        **filters,
        symmetric=_SYMMETRIC,
        after_type=after_type,
        after_id=after_id,
        limit=limit + 1,
    )
    if not rows and (entity := get_entity(store, entity_id)).id != entity_id:
        rows = store.read(
            "lookup/relationships",
            id=entity.id,
            **filters,
            symmetric=_SYMMETRIC,
            after_type=after_type,
            after_id=after_id,
            limit=limit + 1,
        )
    return listing.page(
        [RelationshipView.of(row) for row in rows], limit, lambda view: (view.type, view.id)
    )


def get_relationship(store: Store, fact_id: str) -> RelationshipView:
    """One relationship.

    Raises
    ------
    NotFoundError
        If no relationship has this id.
    """
    rows = store.read("lookup/relationship", id=fact_id)
    if not rows:
        raise NotFoundError(f"no relationship has the id {_short(fact_id)}")
    return RelationshipView.of(rows[0])


def evidence(
    store: Store, fact_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[EvidenceView]:
    """The claims that carry one relationship, each with its article, the newest first.

    Raises
    ------
    NotFoundError
        If no relationship has this id.
    CursorError
        If `cursor` does not belong to this listing.
    """
    listing = Listing("evidence", {"id": fact_id})
    rows = store.read("lookup/evidence", id=fact_id, **_after(listing, cursor), limit=limit + 1)
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

    Raises
    ------
    CursorError
        If `cursor` does not belong to this listing.
    """
    filters: dict[str, Any] = {
        "outlet": outlet,
        "published_from": published_from,
        "published_to": published_to,
    }
    listing = Listing("articles", {"mentioning": mentioning, **filters})
    asked = {**filters, **_after(listing, cursor), "limit": limit + 1}
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


def _after(listing: Listing, cursor: str | None) -> dict[str, Any]:
    """Parameters of a listing by day, newest first, and id."""
    key: Key | None = listing.key_after(cursor, length=2)
    if key is None:
        return {"after_day": None, "after_id": None}
    try:
        return {"after_day": dt.date.fromisoformat(key[0]), "after_id": key[1]}
    except ValueError as error:
        raise CursorError("this cursor is damaged; copy it whole, or begin without one") from error


def _short(id_: str) -> str:
    return repr(id_ if len(id_) <= 80 else f"{id_[:80]}…")
