"""One load in a process of its own, which says after each batch how it stands; see `interrupted`.

``python -m benchmarks.one_load ARTICLES.jsonl|COUNT DATA PROCESSES [--digest]``; of a number, the
articles are made up together with what is read in them.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from api.loading import Loaded, load_articles
from api.reading import BATCH_ARTICLES, readers
from api.stopping import stop_on_signals
from benchmarks import press
from benchmarks.long_load import HEAP, counts
from benchmarks.memory import resident
from graph.connect import open_store
from graph.export import iter_export
from graph.model import Article, Reading
from graph.store import Store
from loaders.article import prepare
from loaders.reader import Reader
from loaders.sources.files import SourceFailure, read_paths


class MadeUp:
    """Made-up briefs, and the reader that knows what is in them."""

    name = "made-up"

    def __init__(self, count: int) -> None:
        self._count = count
        self._given: dict[str, Reading] = {}

    def articles(self) -> Iterator[Article]:
        """All of them; their readings are kept until they are asked for, or the batch is over."""
        for article, reading in press.briefs(self._count):
            if len(self._given) >= BATCH_ARTICLES:
                self._given.pop(next(iter(self._given)))
            self._given[article.id] = reading
            yield prepare(article)

    def read(self, article: Article) -> Reading:
        """What is in one of the last articles given."""
        return self._given[article.id]

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """What is in these."""
        return map(self.read, articles)


def _opened(
    given: str, processes: int
) -> tuple[Iterable[Article | SourceFailure], AbstractContextManager[Reader]]:
    if given.isdecimal():
        made_up = MadeUp(int(given))
        return made_up.articles(), nullcontext(made_up)
    return read_paths([Path(given)]), readers(processes)


def main(given: str, data: str, processes: str, *options: str) -> None:
    """Load; stop on a signal."""
    begun = time.perf_counter()

    def on_batch(loaded: Loaded) -> None:
        _say(
            done=loaded.done,
            unchanged=loaded.outcomes["unchanged"],
            claims=loaded.relations.total(),
            cpu=_cpu_seconds(),
            wall=time.perf_counter() - begun,
            resident=resident(),
        )

    articles, opened = _opened(given, int(processes))
    with (
        stop_on_signals() as stop,
        open_store(data_dir=Path(data), bolt_port=0, heap=HEAP) as store,
        opened as reader,
    ):
        loaded = load_articles(
            store,
            articles,
            reader,
            on_batch=on_batch,
            stop=lambda: stop.requested,
        )
        _say(
            outcomes=loaded.outcomes,
            stopped=loaded.stopped,
            counts=counts(store),
            digest=_digest(store) if "--digest" in options else None,
        )


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _cpu_seconds() -> float:
    """Processor time of this process, and of those that read for it."""
    ticks = 0
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _digest(store: Store) -> str:
    """Of every claim of every article, in order."""
    digest = hashlib.sha256()
    for article in iter_export(store):
        digest.update(json.dumps(article, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
