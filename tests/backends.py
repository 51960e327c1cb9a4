"""The two databases that the tests run on, as a test sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from neo4j import Driver, GraphDatabase

from deploy.neo4j.server import Neo4jServer
from graph.connect import engine_store
from graph.engine import DATABASE, Engine
from graph.store import Store


@dataclass(frozen=True)
class Backend:
    """A running database, who may do what in it, and a store on it."""

    name: str
    """``embedded`` or ``neo4j``."""
    uri: str
    admin: tuple[str, str]
    """User and password for writing."""
    reader: tuple[str, str] | None
    """User and password for reading; None where one user does both."""
    database: str
    store: Store
    """The one that the `store` fixture gives; a test leaves it open."""

    def connect(self, **options: Any) -> Store:
        """A store of one's own, to be closed; without the embedded engine's lock for writers."""
        reader_user, reader_password = self.reader or (None, None)
        return Store.connect(
            self.uri,
            *self.admin,
            database=self.database,
            reader_user=reader_user,
            reader_password=reader_password,
            **options,
        )

    def driver(self) -> Driver:
        """A plain driver that may write, to be closed."""
        return GraphDatabase.driver(self.uri, auth=self.admin)

    def environment(self) -> dict[str, str]:
        """The settings that let a command use this database."""
        variables = {"URI": self.uri, "DATABASE": self.database}
        for prefix, login in (("", self.admin), ("READER_", self.reader)):
            if login is not None:
                variables[f"{prefix}USER"], variables[f"{prefix}PASSWORD"] = login
        return {f"MERCATO_{name}": value for name, value in variables.items()}


def on_engine(engine: Engine) -> Backend:
    """The embedded engine; its store is to be closed."""
    store = engine_store(engine)
    return Backend("embedded", engine.uri, engine.admin, engine.reader, DATABASE, store)


def on_server(server: Neo4jServer) -> Backend:
    """A Neo4j server; its store is to be closed."""
    login = (server.user, server.password)
    store = Store.connect(server.uri, *login, database=server.database)
    return Backend("neo4j", server.uri, login, None, server.database, store)
