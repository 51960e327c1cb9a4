"""How fast claims get into the store, beside a bare ``UNWIND … MERGE`` of as many rows.

Rows are the nodes and relationships that a load leaves in the graph. The peer merges nodes that
have nothing but an id, and as many relationships between them, in transactions of the size that
suits it best. Both write to the same database, in turns; the ratio is that of the median round.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from neo4j import Driver

from benchmarks import press
from benchmarks.stores import STORES, database
from benchmarks.table import Measure
from graph.batches import slices
from graph.ingest import ingest
from graph.store import Store

ARTICLES = 1500
BATCH = 250
WARM_UPS = 2
"""Rounds until the engine's Java machine has compiled what it runs."""
ROUNDS = 5
PEER_ROWS = 2000
AIM = 0.5
HERE = Path(__file__).parent

_COUNT_NODES = "MATCH (n) WHERE NOT n:GraphState RETURN count(n)"
_COUNT_RELATIONSHIPS = "MATCH ()-[r]->() RETURN count(r)"


@dataclass(frozen=True)
class Load:
    """One load: how many rows it left, and the seconds that it took."""

    nodes: int
    relationships: int
    seconds: float

    @property
    def rows(self) -> int:
        """Nodes and relationships."""
        return self.nodes + self.relationships


def measure(name: str) -> Iterator[Measure]:
    """Claims a second through `graph.ingest.ingest`, on the store of this name."""
    ours: list[Load] = []
    peers: list[Load] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        database(name, Path(folder)) as opened,
        opened.driver() as driver,
    ):
        store = opened.store
        driver.execute_query(_text("bare_index"), database_=opened.database)
        for number in range(WARM_UPS + ROUNDS):
            load = _ours(store)
            peer = _peer(driver, opened.database, load)
            store.write(lambda transaction: transaction.run("store/clear"))
            if number >= WARM_UPS:
                ours.append(load)
                peers.append(peer)
    load, peer = sorted(zip(ours, peers, strict=True), key=lambda both: _ratio(*both))[ROUNDS // 2]
    claims = ARTICLES * press.CLAIMS
    yield Measure(
        f"Claims into {STORES[name]} "
        f"({ARTICLES:,} articles, {claims:,} claims, {load.rows:,} rows)",
        ours=f"{claims / load.seconds:,.0f} claims/s",
        peer=f"{claims / peer.seconds:,.0f} claims/s",
        ratio=_ratio(load, peer),
        at_least=AIM,
    )


def _ratio(load: Load, peer: Load) -> float:
    return peer.seconds / load.seconds


def _ours(store: Store) -> Load:
    seconds = 0.0
    for first in range(0, ARTICLES, BATCH):
        batch = list(press.articles(BATCH, first=first))
        start = time.perf_counter()
        ingest(store, batch)
        seconds += time.perf_counter() - start
    [[nodes]] = store.query(_COUNT_NODES).rows
    [[relationships]] = store.query(_COUNT_RELATIONSHIPS).rows
    return Load(nodes, relationships, seconds)


def _peer(driver: Driver, within: str, load: Load) -> Load:
    luck = random.Random(0)
    nodes = [{"id": f"bare-{number}"} for number in range(load.nodes)]
    relationships = [
        {
            "id": f"bare-{number}",
            "a": f"bare-{luck.randrange(load.nodes)}",
            "b": f"bare-{luck.randrange(load.nodes)}",
        }
        for number in range(load.relationships)
    ]
    start = time.perf_counter()
    for name, rows in (("bare_nodes", nodes), ("bare_relationships", relationships)):
        text = _text(name)
        for part in slices(rows, PEER_ROWS):
            driver.execute_query(text, rows=part, database_=within)
    return Load(load.nodes, load.relationships, time.perf_counter() - start)


def _text(name: str) -> str:
    return (HERE / f"{name}.cypher").read_text(encoding="utf-8")
