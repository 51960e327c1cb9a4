"""Worlds (`benchmarks.world`) in a database: put there in bulk, and kept in the user's cache.

Entities and the facts that no article tells go in by what each store has for it: the batches of the
embedded engine's own API, and ``neo4j-admin database import``. The evidence follows as a load would
store it.
"""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from arcadedb_embedded.graph_batch import GraphBatch
from rich.console import Console

from benchmarks.stores import Database, database
from benchmarks.world import ENTITIES, FACTS, World
from deploy.neo4j.server import Neo4jServer
from graph.batches import slices
from graph.connect import engine_store
from graph.engine import Engine
from graph.ingest import store_rows
from graph.model import RelationType
from graph.rows import Row
from graph.store import Store, Transaction

_FORM = 3
"""Raised when the same size would give another graph."""

_ARTICLES = 500
_EDGES = 50_000
_ENTITY = ("id", "name", "kind", "search_text")
_FACT = ("id", "status", "contested", "sources", "claims", "rule_version")
_TYPED = {"contested": "boolean", "sources": "long", "claims": "long", "rule_version": "long"}


@contextlib.contextmanager
def kept(name: str, entities: int = ENTITIES, facts: int = FACTS) -> Iterator[Database]:
    """The database of this name with a world of this size, built when it is not there yet."""
    with database(name, built(name, entities, facts)) as opened:
        yield opened


@contextlib.contextmanager
def copied(name: str, entities: int = ENTITIES, facts: int = FACTS) -> Iterator[Path]:
    """A folder with a copy of that database, which may be written to, and is deleted."""
    kept_in = built(name, entities, facts)
    # Beside the original: where that fits, its copy may, and a folder of the system's may not.
    with tempfile.TemporaryDirectory(dir=kept_in) as folder:
        shutil.copytree(kept_in / name, Path(folder) / name)
        yield Path(folder)


def built(name: str, entities: int, facts: int) -> Path:
    """The folder that the database of this name is kept in, built when it is not there yet."""
    folder = folder_of(entities, facts)
    done = folder / f"{name}.json"
    if not done.exists():
        shutil.rmtree(folder / name, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        Console(stderr=True).print(f"Building a graph in {folder / name} …", style="dim")
        start, world = time.perf_counter(), World(entities, facts)
        (_into_engine if name == "embedded" else _into_neo4j)(world, folder / name)
        with database(name, folder) as opened:
            tell(world, opened.store)
        done.write_text(json.dumps({"seconds": round(time.perf_counter() - start)}), "utf-8")
    return folder


def cost(name: str, entities: int = ENTITIES, facts: int = FACTS) -> str:
    """How long a kept world took to build, and its size on the disk, in words."""
    folder = folder_of(entities, facts)
    seconds = json.loads((folder / f"{name}.json").read_text("utf-8"))["seconds"]
    files = (path for path in (folder / name).rglob("*") if path.is_file())
    return f"built in {seconds:,} s, {sum(path.stat().st_size for path in files) / 2**30:.1f} GiB"


def tell(world: World, store: Store) -> None:
    """Store the articles of a world whose other facts are there."""
    for part in slices(list(world.told()), _ARTICLES):

        def work(transaction: Transaction, part: tuple = tuple(part)) -> None:
            store_rows(transaction, part, [])

        store.write(work)


def folder_of(entities: int, facts: int) -> Path:
    """Where a world of this size is kept; it may be deleted at any time."""
    cache = platformdirs.user_cache_path("mercato", appauthor=False) / "benchmarks"
    return cache / f"world-{_FORM}-{entities}-{facts}"


def _into_engine(world: World, folder: Path) -> None:
    with Engine.start(folder, bolt_port=0) as engine:
        with engine_store(engine) as store:
            store.apply_schema()
        # Past the server, which has no way in bulk over Bolt.
        with GraphBatch.create(engine._server._database) as batch:
            entities = list(world.entities())
            places: list[str] = []
            for kind, rows in _runs(entities):
                label = "~".join(sorted(("Entity", kind)))
                places += batch.create_vertices(label, rows)
            edges: defaultdict[RelationType, list[tuple[str, str, Row]]] = defaultdict(list)
            for fact, row in world.untold():
                waiting = edges[fact.relation]
                waiting.append((places[fact.subject], places[fact.object], row))
                if len(waiting) == _EDGES:
                    _flush(batch, fact.relation, waiting)
            for relation, waiting in edges.items():
                _flush(batch, relation, waiting)


def _runs(entities: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The entities of each kind, which come one kind after the other."""
    by_kind: defaultdict[str, list[Row]] = defaultdict(list)
    for row in entities:
        by_kind[row["kind"]].append(row)
    yield from by_kind.items()


def _flush(batch: GraphBatch, relation: RelationType, waiting: list[tuple[str, str, Row]]) -> None:
    if waiting:
        subjects, objects, rows = zip(*waiting, strict=True)
        batch.new_edges(subjects, relation.value, objects, rows)
        waiting.clear()


def _into_neo4j(world: World, folder: Path) -> None:
    server = Neo4jServer(folder, bolt_port=0, http_port=0)
    with tempfile.TemporaryDirectory() as files:
        entities, facts = Path(files) / "entities.csv", Path(files) / "facts.csv"
        with entities.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id:ID", *_ENTITY[1:], ":LABEL"])
            for row in world.entities():
                writer.writerow([*(row[name] for name in _ENTITY), f"Entity;{row['kind']}"])
        with facts.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            typed = (f"{name}:{_TYPED[name]}" if name in _TYPED else name for name in _FACT)
            writer.writerow([":START_ID", ":END_ID", *typed, ":TYPE"])
            for fact, row in world.untold():
                ends = world.ids[fact.subject], world.ids[fact.object]
                values = (
                    str(row[name]).lower() if name == "contested" else row[name] for name in _FACT
                )
                writer.writerow([*ends, *values, fact.relation.value])
        done = server.admin(
            *("database", "import", "full", server.database),
            *(f"--nodes={entities}", f"--relationships={facts}", "--id-type=string"),
        )
    if done.returncode:
        raise RuntimeError(f"neo4j-admin could not import the graph: {done.stderr}")
