"""A client of a running service, with the same models as the graph itself.

>>> from api.client import Client
>>> with Client("http://127.0.0.1:1") as mercato:
...     mercato.search("Meta")
Traceback (most recent call last):
    ...
api.client_transport.UnreachableError: no service answers at http://127.0.0.1:1: Connection refused
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, Final, Literal, TypeVar

from pydantic import BaseModel

from api.answers import CypherAnswer, LoadResultView, LoadView, Outcome, StoredArticle
from api.client_transport import (
    Connection,
    UnreachableError,
    as_asked,
    events,
    in_path,
    plain,
    refusal,
)
from api.jobs import ENDED
from graph.accounts import AccountView, BetweenView, LifeView
from graph.centrality import CentralityView
from graph.model import Kind, RelationType, Status
from graph.money import MoneyView
from graph.moves import BalancesView, MovesView
from graph.paths import PathOrder
from graph.portraits import PortraitView
from graph.sources import CitedView, SourceRecordView, SourceView
from graph.tenures import ReturnsView, TenuresView
from graph.views import (
    ArticleDetailView,
    ArticleView,
    Direction,
    EntityHit,
    EvidenceView,
    Page,
    PathsView,
    RelationshipView,
)

Model = TypeVar("Model", bound=BaseModel)
Item = TypeVar("Item")

ExportForm = Literal["graphml", "gexf", "parquet", "jsonld", "ftm", "neo4j-admin"]

_AGAIN: Final = (1.0, 2.0, 5.0, 10.0, 10.0, 10.0, 10.0)
"""Seconds between the tries to follow a load of a service that is started again."""


class Client(Connection):
    """Asks a service. Use it in a ``with`` block, or close it.

    Parameters
    ----------
    url
        Where the service is.
    key
        A key, where it asks for one.
    timeout_s
        How long one answer may take.

    Notes
    -----
    Every method raises `RefusedError` or `UnreachableError`, as the module says. Those that answer
    a `Page` take `cursor` and `limit`; `each` walks through all pages.
    """

    # Look-ups

    def search(
        self,
        name: str,
        *,
        kind: Kind | None = None,
        known_at: dt.date | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[EntityHit]:
        """Entities with a name like this, the best first."""
        query = {"q": name, "kind": kind, "known_at": known_at, "cursor": cursor, "limit": limit}
        return self._page("/v1/entities", EntityHit, query)

    def entity(self, entity_id: str, *, known_at: dt.date | None = None) -> PortraitView:
        """One entity."""
        return self._get(f"/v1/entities/{in_path(entity_id)}", PortraitView, {"known_at": known_at})

    def relationships(
        self,
        entity_id: str,
        *,
        types: Collection[RelationType] = (),
        direction: Direction = Direction.BOTH,
        statuses: Collection[Status] = (),
        other_kinds: Collection[Kind] = (),
        cursor: str | None = None,
        limit: int = 50,
        **when: Any,
    ) -> Page[RelationshipView]:
        """Its relationships; `when` may hold valid_at, valid_from, valid_to, held, known_at."""
        query = {
            "type": list(types),
            "direction": direction,
            "status": list(statuses),
            "other_kind": list(other_kinds),
            "cursor": cursor,
            "limit": limit,
        }
        path = f"/v1/entities/{in_path(entity_id)}/relationships"
        return self._page(path, RelationshipView, query | when)

    def timeline(self, entity_id: str, **filters: Any) -> Page[EvidenceView]:
        """What was said of it, the oldest first."""
        return self._page(f"/v1/entities/{in_path(entity_id)}/timeline", EvidenceView, filters)

    def relationship(self, relationship_id: str, **when: Any) -> RelationshipView:
        """One relationship."""
        return self._get(f"/v1/relationships/{in_path(relationship_id)}", RelationshipView, when)

    def evidence(
        self,
        relationship_id: str,
        *,
        known_at: dt.date | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[EvidenceView]:
        """The claims that carry a relationship, the newest first."""
        query = {"known_at": known_at, "cursor": cursor, "limit": limit}
        path = f"/v1/relationships/{in_path(relationship_id)}/evidence"
        return self._page(path, EvidenceView, query)

    def account(self, relationship_id: str, *, known_at: dt.date | None = None) -> AccountView:
        """Why a relationship is displayed as it is."""
        path = f"/v1/relationships/{in_path(relationship_id)}/account"
        return self._get(path, AccountView, {"known_at": known_at})

    def life(self, relationship_id: str, *, known_at: dt.date | None = None) -> LifeView:
        """How a rumour came and went."""
        path = f"/v1/relationships/{in_path(relationship_id)}/life"
        return self._get(path, LifeView, {"known_at": known_at})

    def between(self, one: str, other: str, **when: Any) -> BetweenView:
        """All that is said of two entities together."""
        return self._get("/v1/between", BetweenView, {"one": one, "other": other} | when)

    def claims(self, **filters: Any) -> Page[EvidenceView]:
        """Claims by the filters that `/v1/claims` has."""
        return self._page("/v1/claims", EvidenceView, filters)

    def claim(self, claim_id: str) -> EvidenceView:
        """One claim."""
        return self._get(f"/v1/claims/{in_path(claim_id)}", EvidenceView)

    def sources(self, **filters: Any) -> Page[SourceView]:
        """The independent sources."""
        return self._page("/v1/sources", SourceView, filters)

    def source(self, source_key: str, *, known_at: dt.date | None = None) -> SourceRecordView:
        """One source, and how often it proved right."""
        path = f"/v1/sources/{in_path(source_key)}"
        return self._get(path, SourceRecordView, {"known_at": known_at})

    def cited(self, source_key: str, **filters: Any) -> Page[CitedView]:
        """What a source was cited for."""
        return self._page("/v1/cited", CitedView, {"source": source_key} | filters)

    def articles(self, **filters: Any) -> Page[ArticleView]:
        """Articles, the newest first."""
        return self._page("/v1/articles", ArticleView, filters)

    def article(self, article_id: str) -> ArticleDetailView:
        """One article with its text, entities and claims."""
        return self._get(f"/v1/articles/{in_path(article_id)}", ArticleDetailView)

    def each(self, page: Callable[..., Page[Item]], *asked: Any, **filters: Any) -> Iterator[Item]:
        """All items of a listing: ``client.each(client.claims, entity="company-meta")``."""
        cursor = None
        while True:
            found = page(*asked, **filters, cursor=cursor)
            yield from found.items
            cursor = found.next_cursor
            if cursor is None:
                return

    # Paths and flows

    def paths(
        self,
        origin: str,
        target: str,
        *,
        order: PathOrder = PathOrder.SHORTEST,
        max_length: int = 4,
        types: Collection[RelationType] = (),
        statuses: Collection[Status] = (),
        limit: int = 10,
        **when: Any,
    ) -> PathsView:
        """Paths between two entities."""
        query = {
            "from": origin,
            "to": target,
            "order": order,
            "max_length": max_length,
            "type": list(types),
            "status": list(statuses),
            "limit": limit,
        }
        return self._get("/v1/paths", PathsView, query | when)

    def moves(self, **filters: Any) -> MovesView:
        """Who moved from where to where."""
        return self._get("/v1/flows/moves", MovesView, filters)

    def balance(self, **filters: Any) -> BalancesView:
        """Who came to a place and who left it."""
        return self._get("/v1/flows/balance", BalancesView, filters)

    def returns(self, **filters: Any) -> ReturnsView:
        """Who came back."""
        return self._get("/v1/flows/returns", ReturnsView, filters)

    def tenure(self, **filters: Any) -> TenuresView:
        """How long people stay."""
        return self._get("/v1/flows/tenure", TenuresView, filters)

    def investments(self, **filters: Any) -> MoneyView:
        """Sums of investments."""
        return self._get("/v1/flows/investments", MoneyView, filters)

    def central(self, **filters: Any) -> CentralityView:
        """Who stands in the middle."""
        return self._get("/v1/flows/central", CentralityView, filters)

    # Cypher and exports

    def cypher(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1_000
    ) -> CypherAnswer:
        """The rows of a statement that reads."""
        asked = {"query": query, "parameters": dict(parameters or {}), "limit": limit}
        return self._send("POST", "/v1/cypher", CypherAnswer, json=asked)

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1_000_000
    ) -> Iterator[dict[str, Any]]:
        """The rows of a statement as they are found, each by the names of its columns."""
        asked = {"query": query, "parameters": dict(parameters or {}), "limit": limit}
        headers = {"Accept": "application/x-ndjson"}
        columns: list[str] = []
        with self._streamed("POST", "/v1/cypher", json=asked, headers=headers) as response:
            for line in response.iter_lines():
                told = json.loads(line)
                if "row" in told:
                    yield dict(zip(columns, told["row"], strict=True))
                elif "problem" in told:
                    raise refusal(told["problem"])
                else:
                    columns = told.get("columns", columns)

    def export(self, form: ExportForm, to: BinaryIO, **query: Any) -> int:
        """Write the graph in another form into a file, as it comes; the number of its bytes."""
        size = 0
        with self._streamed("GET", f"/v1/export/{form}", params=as_asked(query)) as response:
            for piece in response.iter_bytes():
                to.write(piece)
                size += len(piece)
        return size

    # Articles and loads

    def add_article(self, *, replace: bool = True, **fields: Any) -> StoredArticle:
        """Have one article read at once; `fields` are those of `POST /v1/articles`."""
        return self._send(
            "POST",
            "/v1/articles",
            StoredArticle,
            json=plain(fields),
            params=as_asked({"replace": replace}),
        )

    def delete_article(self, article_id: str) -> None:
        """Delete an article with its claims."""
        self._answer("DELETE", f"/v1/articles/{in_path(article_id)}")

    def load(
        self,
        files: Sequence[str | PathLike[str] | tuple[str, bytes]] = (),
        *,
        articles: Sequence[Mapping[str, Any]] = (),
        replace: bool = True,
        idempotency_key: str | None = None,
    ) -> LoadView:
        """Send in files, each a path or a name with its content, or else articles as JSON.

        They are read in the background; `follow` tells how. Sent again for want of an answer, they
        are the same load.
        """
        key = idempotency_key or uuid.uuid4().hex
        options: dict[str, Any] = {
            "params": as_asked({"replace": replace}),
            "headers": {"Idempotency-Key": key},
        }
        if articles:
            body = {"articles": [plain(each) for each in articles]}
            return self._again("/v1/loads", lambda: options | {"json": body})
        with contextlib.ExitStack() as opened:
            sent: list[tuple[str, tuple[str, Any]]] = [
                ("files", each)
                if isinstance(each, tuple)
                else ("files", (Path(each).name, opened.enter_context(Path(each).open("rb"))))
                for each in files
            ]

            def again() -> dict[str, Any]:
                for _, (_, content) in sent:
                    if not isinstance(content, bytes):
                        content.seek(0)
                return options | {"files": sent}

            return self._again("/v1/loads", again)

    def loads(self, *, cursor: str | None = None, limit: int = 50) -> Page[LoadView]:
        """The loads, the newest first."""
        return self._page("/v1/loads", LoadView, {"cursor": cursor, "limit": limit})

    def load_state(self, load_id: str) -> LoadView:
        """How far a load is."""
        return self._get(f"/v1/loads/{load_id}", LoadView)

    def load_results(
        self,
        load_id: str,
        *,
        outcomes: Collection[Outcome] = (),
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[LoadResultView]:
        """What became of its articles."""
        query = {"outcome": list(outcomes), "cursor": cursor, "limit": limit}
        return self._page(f"/v1/loads/{load_id}/results", LoadResultView, query)

    def cancel(self, load_id: str) -> LoadView:
        """End a load after the batch under way."""
        return self._send("POST", f"/v1/loads/{load_id}/cancel", LoadView)

    def retry(self, load_id: str) -> LoadView:
        """Try again what failed."""
        return self._send("POST", f"/v1/loads/{load_id}/retry", LoadView)

    def follow(self, load_id: str) -> Iterator[LoadResultView | LoadView]:
        """What becomes of each article, and how far the load is, until it has ended.

        A service that is started again in the meantime is waited for, most of a minute.
        """
        last, waits = "0", iter(_AGAIN)
        while True:
            try:
                path, headers = f"/v1/loads/{load_id}/events", {"Last-Event-ID": last}
                with self._streamed("GET", path, headers=headers) as response:
                    waits = iter(_AGAIN)
                    for name, data in events(response.iter_lines()):
                        if name == "result":
                            result = LoadResultView.model_validate_json(data)
                            last = str(result.number)
                            yield result
                        else:
                            load = LoadView.model_validate_json(data)
                            yield load
                            if load.state in ENDED:
                                return
            except UnreachableError:
                wait = next(waits, None)
                if wait is None:
                    raise
                Event().wait(wait)
