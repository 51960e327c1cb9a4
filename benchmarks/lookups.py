"""How long look-ups take on a large graph, beside the bare driver with the same Cypher.

The peer sends the very statements that a look-up sent, with the same parameters, by
``driver.execute_query``, and does nothing with the rows. What is asked about comes from claims, so
that well-known entities come up often. Ours and the peer take turns, question by question.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any, cast

from neo4j import Driver, RoutingControl

from benchmarks import worlds
from benchmarks.stores import Database
from benchmarks.table import Measure
from benchmarks.world import ENTITIES, FACTS
from graph.errors import PathSearchError
from graph.lookup import evidence, find_paths, relationships, search_entities
from graph.portraits import portrait
from graph.statements import statement
from graph.store import Store

QUESTIONS = 400
PATHS = 100
WARM_UPS = 40

Asked = tuple[str, dict[str, Any]]
"""The name of a statement, and its parameters."""


@dataclass(frozen=True)
class Lookup:
    """One kind of question, and what is asked about: each time something else."""

    name: str
    ask: Callable[[Store, Any], object]
    about: Sequence[Any]


class Noting:
    """A store that notes what is asked of it; it can only be read from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[Asked] = []

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """As `Store.read`."""
        self.asked.append((name, parameters))
        return self._store.read(name, **parameters)


def measure(name: str, entities: int = ENTITIES, facts: int = FACTS) -> Iterator[Measure]:
    """The 50th and the 99th percentile of each look-up, on the store of this name."""
    with worlds.kept(name, entities, facts) as database:
        yield from measure_on(database, f"{entities:,} entities, {facts:,} facts")


def measure_on(database: Database, size: str) -> Iterator[Measure]:
    """The same on a database that has such a graph."""
    with database.driver() as driver:
        for each in lookups(database, QUESTIONS, PATHS):
            yield from _measure(each, database, driver, size)


def lookups(database: Database, questions: int, paths: int) -> list[Lookup]:
    """The look-ups, each with as many questions; they are the same in every run on a graph."""
    with database.driver() as driver:
        # The ids of claims are digests: in their order, claims come as if drawn by lot.
        claims = driver.execute_query(
            (Path(__file__).parent / "some_claims.cypher").read_text("utf-8"),
            {"count": questions + WARM_UPS},
            database_=database.database,
        ).records
    # Half of them are subjects, mostly people, and half are objects, mostly companies.
    ends = [
        (claim["subject"], claim["subject_name"])
        if number % 2
        else (claim["object"], claim["object_name"])
        for number, claim in enumerate(claims)
    ]
    ids = [id_ for id_, _ in ends]
    pairs = [(one, other) for one, other in pairwise(ids) if one != other]
    return [
        Lookup(
            "Search by name",
            partial(search_entities, limit=50),
            # Every other one as it is typed: the beginning of the name.
            [name if number % 4 < 2 else name[:-2] for number, (_, name) in enumerate(ends)],
        ),
        Lookup("Entity", portrait, ids),
        Lookup(
            "Relationships of an entity",
            relationships,
            ids,
        ),
        Lookup(
            "Evidence of a relationship",
            evidence,
            [claim["fact"] for claim in claims],
        ),
        Lookup(
            "Shortest path, up to 4 steps",
            _path,
            pairs[: paths + WARM_UPS],
        ),
    ]


def _path(store: Store, pair: tuple[str, str]) -> object:
    try:
        return find_paths(store, *pair, max_length=4)
    except PathSearchError as error:  # too much to look at is an answer, too
        return error


def asked_by(each: Lookup, store: Store, about: Any) -> list[Asked]:
    """What a look-up asks the store for."""
    noting = Noting(store)
    each.ask(cast("Store", noting), about)
    return noting.asked


def ask_bare(driver: Driver, database: str, asked: Sequence[Asked]) -> None:
    """The same by the bare driver."""
    for name, parameters in asked:
        driver.execute_query(
            statement(name), parameters, database_=database, routing_=RoutingControl.READ
        )


def _measure(each: Lookup, database: Database, driver: Driver, size: str) -> Iterator[Measure]:
    for about in each.about[:WARM_UPS]:
        ask_bare(driver, database.database, asked_by(each, database.store, about))
    runs: list[tuple[float, float]] = []
    for number, about in enumerate(each.about[WARM_UPS:]):
        # What is asked is known from a first time, which also takes the reading from the disk.
        asked = asked_by(each, database.store, about)
        ours, bare = (
            partial(each.ask, database.store, about),
            partial(ask_bare, driver, database.database, asked),
        )
        if number % 2:
            theirs, own = _seconds(bare), _seconds(ours)
        else:
            own, theirs = _seconds(ours), _seconds(bare)
        runs.append((own, theirs))
    for percent in (50, 99):
        own, theirs = (percentile(column, percent) for column in zip(*runs, strict=True))
        yield Measure(
            f"{each.name}, {database.title}, {size}, p{percent}",
            ours=f"{own * 1000:.1f} ms",
            peer=f"{theirs * 1000:.1f} ms",
            ratio=own / theirs,
        )


def percentile(seconds: Sequence[float], percent: int) -> float:
    """The time that so many of a hundred do not exceed."""
    if len(seconds) < 2:
        return seconds[0]
    return quantiles(seconds, n=100, method="inclusive")[percent - 1]


def _seconds(part: Callable[[], object]) -> float:
    start = time.perf_counter()
    part()
    return time.perf_counter() - start
