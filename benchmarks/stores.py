"""The two stores that benchmarks run on, each in a folder of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from neo4j import Driver, GraphDatabase

from deploy.neo4j.server import Neo4jServer
from graph.connect import engine_store
from graph.engine import DATABASE, Engine
from graph.store import Store

STORES = {"embedded": "the embedded engine", "neo4j": "Neo4j"}
"""Their names, and what the table calls them."""


@dataclass(frozen=True)
class Database:
    """A running database, with a store of ours on it."""

    name: str
    """One of `STORES`."""
    uri: str
    login: tuple[str, str]
    """User and password for writing."""
    database: str
    store: Store
    """With the schema of mercato; a benchmark leaves it open."""

    @property
    def title(self) -> str:
        """What the table calls it."""
        return STORES[self.name]

    def driver(self) -> Driver:
        """A plain driver, to be closed."""
        return GraphDatabase.driver(self.uri, auth=self.login)


@contextlib.contextmanager
def database(name: str, folder: Path, *, heap: str = "1g") -> Iterator[Database]:
    """The database of this name with its data in `folder`, which is made when there is none.

    Raises
    ------
    EngineError, Neo4jError
        If it does not start; Neo4j needs Java and Maven.
    """
    with contextlib.ExitStack() as opened:
        if name == "embedded":
            engine = opened.enter_context(Engine.start(folder / name, bolt_port=0, heap=heap))
            uri, login, within = engine.uri, engine.admin, DATABASE
            store = opened.enter_context(engine_store(engine))
        else:
            server = opened.enter_context(
                Neo4jServer(folder / name, bolt_port=0, http_port=0, heap=heap)
            )
            uri, login, within = server.uri, (server.user, server.password), server.database
            store = opened.enter_context(Store.connect(uri, *login, database=within))
        store.apply_schema()
        yield Database(name, uri, login, within, store)
