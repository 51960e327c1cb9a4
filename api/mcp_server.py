"""The graph for assistants: the look-ups as tools of the Model Context Protocol.

Each tool answers what the route of the same question answers, so that an assistant can follow a
name to relationships, and those to the words of the press. None of them changes anything.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from graph import lookup
from graph.accounts import AccountView, BetweenView, LifeView, account, between, life
from graph.errors import GraphError
from graph.jobs import Period
from graph.model import Kind, RelationType, Status
from graph.money import MoneyBy, MoneyView, investments
from graph.moves import MovesView, moves
from graph.paths import PathOrder
from graph.portraits import PortraitView, portrait
from graph.sectors import SectorWords
from graph.store import Store
from graph.times import When
from graph.views import Direction, EntityHit, EvidenceView, Page, PathsView, RelationshipView, View
from loaders.reading.gazetteer import Gazetteer
from loaders.sectors import Sectors

P = ParamSpec("P")
R = TypeVar("R")

_INSTRUCTIONS: Final = """\
A graph of what the press says: who works where, who invested in what, who said it, how surely.
Begin with search_entities to get ids. Cite the quotes and articles that the tools give (evidence,
relationship_account, find_paths), and say how sure the press is: asserted, reported, hedged,
planned or denied. Independent sources are counted once, however many papers repeat them.
"""
_READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_MAX_ROWS: Final = 500

EntityId = Annotated[str, Field(description="Id of an entity, as search_entities gives it.")]
FactId = Annotated[str, Field(description="Id of a relationship.")]
Limit = Annotated[int, Field(ge=1, le=200, description="Items at most.")]
KnownAt = Annotated[
    dt.date | None, Field(description="Only what the press had said by this day (2025-07-01).")
]
ValidAt = Annotated[dt.date | None, Field(description="Only what may have held on this day.")]
Types = Annotated[list[RelationType] | None, Field(description="Only these types.")]


class Rows(View):
    """What a statement gave."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool


def create_server(store: Store, gazetteers: Sequence[Path] = ()) -> MCPServer[Any]:
    """The tools on this graph; sectors are told by these files, beside what ships."""
    server: MCPServer[Any] = MCPServer(
        "mercato", instructions=_INSTRUCTIONS, version=version("mercato"), log_level="WARNING"
    )
    sectors = functools.cache(lambda: Sectors(Gazetteer.load("fr", gazetteers)))
    for tool in (*_lookups(store), *_connections(store), *_flows(store, sectors)):
        server.tool(annotations=_READS)(_telling(tool))
    return server


def _telling(tool: Callable[P, R]) -> Callable[P, R]:
    """The tool, whose errors say to the assistant what to do next."""

    @functools.wraps(tool)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return tool(*arguments, **named)
        except GraphError as error:
            raise ToolError(str(error)) from error

    return run


def _lookups(store: Store) -> list[Callable[..., Any]]:
    def search_entities(
        name: Annotated[str, Field(description="A name, or the beginning of one.")],
        kind: Kind | None = None,
        limit: Limit = 10,
    ) -> Page[EntityHit]:
        """Find people, companies, organizations and products by name; typos are forgiven."""
        return lookup.search_entities(store, name, kind=kind, limit=limit)

    def get_entity(entity_id: EntityId, known_at: KnownAt = None) -> PortraitView:
        """Show one entity: names, first and last mention, relationships by type and status."""
        return portrait(store, entity_id, known_at=known_at)

    def list_relationships(
        entity_id: EntityId,
        types: Types = None,
        direction: Direction = Direction.BOTH,
        valid_at: ValidAt = None,
        known_at: KnownAt = None,
        cursor: str | None = None,
        limit: Limit = 50,
    ) -> Page[RelationshipView]:
        """List the relationships of an entity; give next_cursor back as cursor for more."""
        return lookup.relationships(
            store,
            entity_id,
            types=types or (),
            direction=direction,
            when=When(valid_from=valid_at, valid_to=valid_at, known_at=known_at),
            cursor=cursor,
            limit=limit,
        )

    def evidence(fact_id: FactId, limit: Limit = 20) -> Page[EvidenceView]:
        """Give the quotes that carry a relationship, with article, source and status."""
        return lookup.evidence(store, fact_id, limit=limit)

    def relationship_account(fact_id: FactId, known_at: KnownAt = None) -> AccountView:
        """Show all claims on a relationship side by side, and which of them decided what."""
        return account(store, fact_id, when=When(known_at=known_at))

    def rumour_life(fact_id: FactId) -> LifeView:
        """Tell how a rumour was first told, and when it was confirmed or denied."""
        return life(store, fact_id)

    return [
        search_entities,
        get_entity,
        list_relationships,
        evidence,
        relationship_account,
        rumour_life,
    ]


def _connections(store: Store) -> list[Callable[..., Any]]:
    def between_two(one: EntityId, other: EntityId) -> BetweenView:
        """Show all that is said of two entities together, with every claim."""
        return between(store, one, other)

    def find_paths(
        origin: EntityId,
        target: EntityId,
        order: PathOrder = PathOrder.SHORTEST,
        max_length: Annotated[int, Field(ge=1, le=6, description="Steps at most.")] = 4,
        limit: Annotated[int, Field(ge=1, le=20, description="Paths at most.")] = 5,
    ) -> PathsView:
        """Find how two entities are connected; each step with one quote."""
        return lookup.find_paths(
            store, origin, target, order=order, max_length=max_length, limit=limit
        )

    def run_cypher(
        query: Annotated[str, Field(description="Cypher that reads; it cannot change anything.")],
        parameters: dict[str, Any] | None = None,
        limit: Annotated[int, Field(ge=1, le=_MAX_ROWS, description="Rows at most.")] = 100,
    ) -> Rows:
        """Run a Cypher statement that reads, for questions that no other tool answers."""
        found = store.query(query, parameters, limit=limit)
        return Rows(columns=list(found.columns), rows=found.rows, truncated=found.truncated)

    return [between_two, find_paths, run_cypher]


def _flows(store: Store, sectors: Callable[[], SectorWords]) -> list[Callable[..., Any]]:
    def people_moves(
        origin: Annotated[str | None, Field(description="Id of the place they left.")] = None,
        destination: Annotated[str | None, Field(description="Id of the one they joined.")] = None,
        from_day: dt.date | None = None,
        to_day: dt.date | None = None,
        include_rumours: bool = False,
        limit: Limit = 20,
    ) -> MovesView:
        """Count who moved from where to where in a period, with the relationships behind it."""
        statuses = [Status.ASSERTED, Status.REPORTED]
        return moves(
            store,
            period=Period(from_day, to_day),
            origin=origin,
            destination=destination,
            statuses=[*statuses, Status.HEDGED] if include_rumours else statuses,
            limit=limit,
        )

    def money_flows(
        by: MoneyBy = MoneyBy.INVESTOR,
        investor: Annotated[str | None, Field(description="Id of an investor.")] = None,
        target: Annotated[str | None, Field(description="Id of a target.")] = None,
        sector: Annotated[
            str | None, Field(description="Sector of the target, as by=sector names it.")
        ] = None,
        limit: Limit = 20,
    ) -> MoneyView:
        """Sum up investments by currency; what is rumoured or planned is kept apart."""
        return investments(
            store,
            by=by,
            investor=investor,
            target=target,
            sector=sector,
            words=sectors,
            limit=limit,
        )

    return [people_moves, money_flows]
