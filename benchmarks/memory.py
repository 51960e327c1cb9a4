"""Memory of a long load: the peak of the loading process after many articles and after few.

The engine runs in a process of its own, whose heap has a size of its own; what is measured is what
`mercato load` adds, with readings that are made up instead of read.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from api.loading import Loaded, load_articles
from benchmarks import press
from benchmarks.table import Measure
from graph.connect import running_store
from graph.engine import Engine
from graph.model import Article, Reading

ARTICLES = 10_000
FEW = 1000
LENGTH = 600
"""Characters in each article."""
AIM = 1.1


class MadeUpReader:
    """Gives the readings that come with the made-up articles, in their order."""

    name = "made-up"

    def __init__(self) -> None:
        self.readings: dict[str, Reading] = {}

    def articles(self, count: int) -> Iterator[Article]:
        """The articles, whose readings are kept until they are asked for."""
        for article, reading in press.articles(count, length=LENGTH):
            self.readings[article.id] = reading
            yield article

    def read(self, article: Article) -> Reading:
        """The reading of one article."""
        return self.readings.pop(article.id)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The readings of some articles, in their order."""
        return map(self.read, articles)


def measure() -> Iterator[Measure]:
    """The peak after all articles by the peak after the first ones."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        here, there = multiprocessing.Pipe()
        owner = multiprocessing.get_context("spawn").Process(target=_own, args=(data, there))
        owner.start()
        try:
            here.recv()
            few, many = _peaks(data)
        finally:
            here.send("enough")
            owner.join()
    yield Measure(
        f"Peak memory of a load of {ARTICLES:,} short articles, beside its first {FEW:,}",
        ours=f"{many / 2**20:.0f} MiB",
        peer=f"{few / 2**20:.0f} MiB",
        ratio=many / few,
        at_most=AIM,
    )


def _peaks(data: Path) -> tuple[int, int]:
    reader = MadeUpReader()
    peaks: list[int] = []

    def note(loaded: Loaded) -> None:
        if loaded.done == FEW:
            peaks.append(_peak())

    store = running_store(data)
    assert store is not None
    with store:
        store.apply_schema()
        load_articles(store, reader.articles(ARTICLES), reader, on_batch=note)
    [few] = peaks
    return few, _peak()


def _peak() -> int:
    """The most memory that this process has had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _own(data: Path, connection: Connection) -> None:
    with Engine.start(data, bolt_port=0):
        connection.send("started")
        connection.recv()
