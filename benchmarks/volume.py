"""A long load of short articles: as fast at its end as at its start, in memory that does not grow.

The whole path runs, from a file of JSON lines through the real reader into the embedded engine.
Rates are by processor time, of all threads, since the machine may be shared. The engine's Java
machine lives in the same process and takes its whole heap at the start; it is kept small here, so
that what Python keeps shows.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from api.loading import Loaded, load_articles
from benchmarks.briefs import write_briefs
from benchmarks.long_load import HEAP, WHOLE_HEAP, Pace, counts, measures
from benchmarks.memory import resident
from benchmarks.table import Measure
from graph.connect import engine_store
from graph.engine import Engine
from loaders.reader import default_reader
from loaders.sources.files import read_paths

ARTICLES = 100_000
PARTS = 10
"""Of the load; the first warms the engine up and is left out, the second is the start."""


def measure(articles: int = ARTICLES) -> Iterator[Measure]:
    """Rate, memory and size of the database of one load."""
    marks = [(0, 0.0, 0)]
    os.environ |= WHOLE_HEAP
    with tempfile.TemporaryDirectory() as folder:
        file, data = Path(folder) / "briefs.jsonl", Path(folder) / "data"
        write_briefs(file, articles)
        reader = default_reader()
        begun = time.process_time()

        def on_batch(loaded: Loaded) -> None:
            if loaded.done >= len(marks) * articles // PARTS:
                marks.append((loaded.done, time.process_time() - begun, resident()))

        with Engine.start(data, bolt_port=0, heap=HEAP) as engine, engine_store(engine) as store:
            store.apply_schema()
            loaded = load_articles(store, read_paths([file]), reader, on_batch=on_batch)
            assert loaded.outcomes["loaded"] == articles, loaded
            assert not counts(store)["copies"]
        rates = [
            (done - before) / (now - then) for (before, then, _), (done, now, _) in pairwise(marks)
        ]
        yield from measures(
            f"Of {articles:,} briefs",
            Pace(rates[1], rates[-1], marks[2][2], max(mark[2] for mark in marks)),
            early=marks[2][0],
            data=data,
            text=file.stat().st_size,
            claims=loaded.relations.total(),
        )
