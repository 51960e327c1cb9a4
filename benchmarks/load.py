"""The HTTP API under load on a large graph, beside the bare driver with the same Cypher.

``mercato serve`` runs as a user starts it, on a copy of the graph. wrk asks it over 1, 8 and 64
connections; the peer is as many threads, in another process, that send the statements of the same
questions by ``driver.execute_query`` and make nothing of the rows. Then articles are loaded over
HTTP while readers ask, and at the end connections are opened and dropped, many of them in the midst
of a request: what the service holds open afterwards is counted.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from statistics import median
from urllib.parse import quote, urlencode

from api.client import Client
from benchmarks import worlds
from benchmarks.briefs import briefs
from benchmarks.dropped import drop_connections, held_at_last, held_by, settled
from benchmarks.hammer import Pace, by_driver, over_http, wrk
from benchmarks.lookups import Lookup, asked_by, lookups
from benchmarks.served import Service, service_on
from benchmarks.table import Measure
from benchmarks.world import ENTITIES, FACTS

CONNECTIONS = (1, 8, 64)
SECONDS = 10.0
"""Of each measurement."""
WARM_UP_S = 3.0
QUESTIONS = 400
PATHS = 60
READERS = 8
ROUNDS = 3
ARTICLES = 5_000
"""Of each load: more than are loaded while one measures. It is cancelled then."""
DROPPED = 10_000
AIM_BESIDE_LOAD = 2.0
AIM_HELD = 1.2

_ADDRESSES = {
    "Search by name": lambda name: "/v1/entities?" + urlencode({"q": name, "limit": 50}),
    "Entity": lambda id_: f"/v1/entities/{quote(id_)}",
    "Relationships of an entity": lambda id_: f"/v1/entities/{quote(id_)}/relationships",
    "Shortest path, up to 4 steps": lambda ends: (
        "/v1/paths?" + urlencode({"from": ends[0], "to": ends[1], "max_length": 4})
    ),
}
"""What is asked over HTTP, by the name of the look-up; `graph.lookup` has the same limits."""
_DROPPED_PATH = "/v1/entities?limit=1"
_MAY_REFUSE = "Shortest path, up to 4 steps"
"""A search that would look at too much is refused, which is an answer."""


def measure(name: str, entities: int = ENTITIES, facts: int = FACTS) -> Iterator[Measure]:
    """Requests a second and the 99th percentile; what a load does to readers; what is left open."""
    wrk()
    with worlds.copied(name, entities, facts) as folder, service_on(name, folder) as service:
        yield from measure_on(service, f"{entities:,} entities, {facts:,} facts")


def measure_on(service: Service, size: str) -> Iterator[Measure]:
    """The same on a running service that has such a graph."""
    asked = {each.name: each for each in lookups(service.database, QUESTIONS, PATHS)}
    chosen = [asked[name] for name in _ADDRESSES]
    for each in chosen:
        yield from beside_driver(each, service, size)
    yield from _beside_load(chosen, service)
    yield from _after_dropped(service)


def beside_driver(each: Lookup, service: Service, size: str) -> Iterator[Measure]:
    """Ours and the peer take turns; each begins as often as the other."""
    database = service.database
    questions = [asked_by(each, database.store, about) for about in each.about]
    paths = _paths(each)
    refusals = each.name == _MAY_REFUSE
    with database.driver() as driver:

        def ours(connections: int, seconds: float) -> Pace:
            found = over_http(service.address, paths, connections, seconds, refusals=refusals)
            settled(service.address)
            return found

        def theirs(connections: int, seconds: float) -> Pace:
            return by_driver(driver, database.database, questions, connections, seconds)

        for warm_up in (theirs, ours):
            warm_up(READERS, WARM_UP_S)
        for number, connections in enumerate(CONNECTIONS):
            if number % 2:
                bare, own = theirs(connections, SECONDS), ours(connections, SECONDS)
            else:
                own, bare = ours(connections, SECONDS), theirs(connections, SECONDS)
            many = f"{connections} connection{'s' if connections > 1 else ''}"
            what = f"{each.name}, {database.title}, {size}, {many}"
            yield Measure(
                f"{what}, a second",
                ours=f"{own.rate:.1f}",
                peer=f"{bare.rate:.1f}",
                ratio=own.rate / bare.rate,
            )
            yield Measure(
                f"{what}, p99",
                ours=f"{own.p99:.0f} ms",
                peer=f"{bare.p99:.0f} ms",
                ratio=own.p99 / bare.p99,
            )


def _beside_load(chosen: list[Lookup], service: Service) -> Iterator[Measure]:
    """Readers with and without a load of articles beside them, in turns."""
    mixed = [each for each in chosen if each.name != _MAY_REFUSE]
    paths = [path for several in zip(*map(_paths, mixed), strict=False) for path in several]
    news = briefs(1_000_000)
    runs: list[tuple[Pace, Pace]] = []
    loaded = 0
    with Client(service.address, timeout_s=120) as client:
        for number in range(ROUNDS):
            alone = over_http(service.address, paths, READERS, SECONDS)
            lines = map(json.dumps, itertools.islice(news, ARTICLES))
            load = client.load([(f"news-{number}.jsonl", "\n".join(lines).encode())])
            next(client.follow(load.id))  # an article of it is stored: it is under way
            before = client.load_state(load.id)
            beside = over_http(service.address, paths, READERS, SECONDS)
            after = client.load_state(load.id)
            if after.ended:
                raise RuntimeError("the load was over before its readers")
            loaded += after.articles.loaded - before.articles.loaded
            client.cancel(load.id)
            list(client.follow(load.id))
            runs.append((alone, beside))
    pace = loaded / (ROUNDS * SECONDS)
    what = (
        f"{READERS} readers of names, entities and relationships beside a load of {pace:.0f} "
        f"articles/s, by alone, {service.database.title}"
    )
    ours, peer = _medians([beside for _, beside in runs]), _medians([alone for alone, _ in runs])
    yield Measure(
        f"{what}, a second",
        ours=f"{ours.rate:.1f}",
        peer=f"{peer.rate:.1f}",
        ratio=median(beside.rate / alone.rate for alone, beside in runs),
        at_least=1 / AIM_BESIDE_LOAD,
    )
    yield Measure(
        f"{what}, p50",
        ours=f"{ours.p50:.0f} ms",
        peer=f"{peer.p50:.0f} ms",
        ratio=median(beside.p50 / alone.p50 for alone, beside in runs),
        at_most=AIM_BESIDE_LOAD,
    )
    yield Measure(
        f"{what}, p99",
        ours=f"{ours.p99:.0f} ms",
        peer=f"{peer.p99:.0f} ms",
        ratio=median(beside.p99 / alone.p99 for alone, beside in runs),
    )


def _medians(paces: list[Pace]) -> Pace:
    return Pace(
        median(pace.rate for pace in paces),
        median(pace.p50 for pace in paces),
        median(pace.p99 for pace in paces),
    )


def _after_dropped(service: Service) -> Iterator[Measure]:
    """What the service holds after very many connections, beside what it held after few."""
    few = DROPPED // 10
    drop_connections(service.address, few, _DROPPED_PATH)
    settled(service.address)
    before = held_by(service.process)
    drop_connections(service.address, DROPPED, _DROPPED_PATH)
    after = held_at_last(service.address, service.process, before)
    what = f"after {DROPPED:,} dropped connections, beside after {few:,}, {service.database.title}"
    for held, own, peer in (
        ("File descriptors", after.files, before.files),
        ("Threads", after.threads, before.threads),
    ):
        yield Measure(f"{held} {what}", str(own), str(peer), own / peer, at_most=AIM_HELD)


def _paths(each: Lookup) -> list[str]:
    return [_ADDRESSES[each.name](about) for about in each.about]
