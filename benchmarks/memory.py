"""Memory of a long load: the same after 10,000 short articles as after 2,000, if it is flat.

The whole path runs, with the real reader. The embedded engine's Java machine lives in the same
process and takes its heap once; it is kept small here, so that what Python keeps shows. Neo4j has a
process of its own, which is not counted.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.loading import load_articles
from benchmarks import press
from benchmarks.stores import STORES, database
from benchmarks.table import Measure
from graph.model import Article
from loaders.article import prepare
from loaders.reader import default_reader

FIRST = 2_000
ALL = 10_000
LENGTH = 400
"""Characters of an article, about."""
HEAP = "384m"
AIM = 1.1


def measure(name: str) -> Iterator[Measure]:
    """Resident memory of the process, beside what it was after the first part."""
    reader = default_reader()
    seen: dict[int, int] = {}

    def stream() -> Iterator[Article]:
        for number, (article, _) in enumerate(press.articles(ALL, length=LENGTH)):
            if number in (FIRST, ALL - 1):
                gc.collect()
                seen[number] = resident()
            yield prepare(article)

    with (
        tempfile.TemporaryDirectory() as folder,
        database(name, Path(folder), heap=HEAP) as opened,
    ):
        loaded = load_articles(opened.store, stream(), reader)
        assert loaded.failed == 0, loaded
    early, late = seen[FIRST], seen[ALL - 1]
    yield Measure(
        f"Memory of a load of {ALL:,} short articles into {STORES[name]}, beside after {FIRST:,}",
        f"{late / 2**20:.0f} MiB",
        f"{early / 2**20:.0f} MiB",
        late / early,
        at_most=AIM,
    )


def resident() -> int:
    """Bytes of memory that the process holds now, as Linux tells them."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise OSError("/proc/self/status has no VmRSS")
