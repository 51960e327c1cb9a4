"""A load that is stopped, gently or not, goes on where it was, and ends at the same graph."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from backends import Backend
from child_processes import Child
from dumps import dump_of

from api.loading import Loaded, load_articles
from api.reading import BATCH_ARTICLES
from benchmarks import press
from graph.model import Article, Reading
from graph.store import Store
from loaders.article import prepare

ROOT = Path(__file__).resolve().parents[2]
BATCHES = 4
LOAD = """
from pathlib import Path
sys.path[1:1] = [sys.argv[2], sys.argv[2] + "/tests", sys.argv[2] + "/tests/api"]
from test_load_interrupted import MadeUp, dump_of, load_made_up
from api.stopping import stop_on_signals
from graph.connect import open_store

def on_batch(loaded):
    print(loaded.done, flush=True)
    sys.stdin.readline()

reader = MadeUp()
with open_store(Path(sys.argv[1]), heap="256m") as store, stop_on_signals() as stop:
    loaded = load_made_up(store, reader, on_batch, lambda: stop.requested)
    print("stopped" if loaded.stopped else "done", reader.read_so_far, flush=True)
    for line in dump_of(store):
        print(line, flush=True)
"""
QUICK_START = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


class MadeUp:
    """A reader of the made-up press, which knows its readings."""

    name = "made-up"

    def __init__(self) -> None:
        made = press.articles(BATCHES * BATCH_ARTICLES)
        self.made = {article.id: (prepare(article), reading) for article, reading in made}
        self.read_so_far = 0

    def read(self, article: Article) -> Reading:
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            self.read_so_far += 1
            yield self.made[article.id][1]


def load_made_up(
    store: Store, reader: MadeUp, on_batch: Callable[[Loaded], None], stop: Callable[[], bool]
) -> Loaded:
    articles = (article for article, _ in reader.made.values())
    return load_articles(store, articles, reader, on_batch=on_batch, stop=stop)


@pytest.fixture(scope="module")
def backend(embedded: Backend) -> Backend:
    return embedded


def load(folder: Path, stop_after: int, by: int | None = None) -> tuple[int, list[str]]:
    """Load until a batch is stored, then send a signal; how many were read, and what is there."""
    with Child(LOAD, folder, ROOT, cwd=folder.parent, env=QUICK_START) as child:
        for batch in range(1, stop_after + 1):
            assert int(child.line()) == batch * BATCH_ARTICLES
            if batch == stop_after and by is not None:
                child.signal(by)
                if by == signal.SIGKILL:
                    child.status()
                    return 0, []
            child.tell()
        said, read = child.line().split()
        assert (said == "stopped") == (by is not None)
        _, dumped, _ = child.end()
        return int(read), dumped.splitlines()


def test_an_interrupted_load_goes_on_and_ends_as_one_that_was_not(
    store: Store, tmp_path: Path
) -> None:
    load_made_up(store, MadeUp(), lambda loaded: None, lambda: False)
    data = tmp_path / "data"
    load(data, 1, signal.SIGKILL)
    read, _ = load(data, 2, signal.SIGINT)
    assert read == BATCH_ARTICLES  # the first batch was stored before the process was killed
    read, dumped = load(data, BATCHES)
    assert read == 2 * BATCH_ARTICLES
    assert dumped == dump_of(store)
