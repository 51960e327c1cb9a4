"""A long load of short articles: as fast at its end as at its start, in memory that does not grow.

The whole path runs, from a file of JSON lines through the real reader into the embedded engine.
Rates are by processor time, of all threads, since the machine may be shared. As such a machine is
faster at one time than at another, the ratio is of the articles that are loaded in the time that
the same other work takes, which is done every few seconds. The engine's Java machine lives in the
same process and takes its whole heap at the start; it is kept small here, so that what Python keeps
shows.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from api.loading import Loaded, load_articles
from benchmarks.briefs import write_briefs
from benchmarks.long_load import HEAP, WHOLE_HEAP, Pace, counts, measures
from benchmarks.memory import resident
from benchmarks.table import Measure
from benchmarks.yardstick import Yardstick
from graph.connect import engine_store
from graph.engine import Engine
from loaders.reader import default_reader
from loaders.sources.files import read_paths

ARTICLES = 100_000
PARTS = 10
"""Of the load; the first warms the engine up and is left out, the second is the start."""
MEASURED_EVERY = 500
"""Articles, some three seconds, after which the speed of the machine is measured once more; fewer
where a part would have less than two such moments."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """How the load stands."""

    done: int
    cpu_s: float
    resident: int
    measured: int
    """How often the speed of the machine was measured."""


def measure(articles: int = ARTICLES) -> Iterator[Measure]:
    """Rate, memory and size of the database of one load."""
    marks = [_Mark(0, 0.0, 0, 0)]
    yardstick = Yardstick()
    measured_every = min(MEASURED_EVERY, max(1, articles // PARTS // 2))
    os.environ |= WHOLE_HEAP
    with tempfile.TemporaryDirectory() as folder:
        file, data = Path(folder) / "briefs.jsonl", Path(folder) / "data"
        write_briefs(file, articles)
        reader = default_reader()
        begun = time.process_time()

        def on_batch(loaded: Loaded) -> None:
            while loaded.done >= (yardstick.count + 1) * measured_every:
                yardstick.apply()
            if loaded.done >= len(marks) * articles // PARTS:
                cpu_s = time.process_time() - begun - yardstick.spent_s
                marks.append(_Mark(loaded.done, cpu_s, resident(), yardstick.count))

        with Engine.start(data, bolt_port=0, heap=HEAP) as engine, engine_store(engine) as store:
            store.apply_schema()
            loaded = load_articles(store, read_paths([file]), reader, on_batch=on_batch)
            assert loaded.outcomes["loaded"] == articles, loaded
            assert not counts(store)["copies"]
        parts = list(pairwise(marks))
        (start, start_work_s), (end, end_work_s) = (
            (
                (mark.done - before.done) / (mark.cpu_s - before.cpu_s),
                yardstick.mean_s(before.measured, mark.measured),
            )
            for before, mark in (parts[1], parts[-1])
        )
        yield from measures(
            f"Of {articles:,} briefs",
            Pace(
                start,
                end,
                early=marks[2].resident,
                most=max(mark.resident for mark in marks),
                slower=end_work_s / start_work_s,
            ),
            early=marks[2].done,
            data=data,
            text=file.stat().st_size,
            claims=loaded.relations.total(),
        )
