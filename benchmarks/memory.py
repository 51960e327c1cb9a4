"""Memory of a long load: the same after 10,000 short articles as after 2,000, if it is flat.

The whole path runs, with the real reader and the embedded engine. The engine's Java machine lives
in the same process and takes its heap once; it is kept small here, so that what Python keeps shows.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.loading import load_articles
from benchmarks import press
from benchmarks.table import Measure
from graph.connect import engine_store
from graph.engine import Engine
from graph.model import Article
from loaders.article import prepare
from loaders.reader import default_reader

FIRST = 2_000
ALL = 10_000
LENGTH = 400
"""Characters of an article, about."""
HEAP = "384m"
AIM = 1.1


def measure() -> Iterator[Measure]:
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
        Engine.start(Path(folder) / "data", bolt_port=0, heap=HEAP) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        loaded = load_articles(store, stream(), reader)
        assert loaded.failed == 0, loaded
    early, late = seen[FIRST], seen[ALL - 1]
    yield Measure(
        f"Memory of a load of {ALL:,} short articles, beside after {FIRST:,}",
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
