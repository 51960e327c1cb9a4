"""A server that goes away amid a load or a reread is waited for: nothing twice, nothing lost."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from backends import Backend
from child_processes import Child
from dumps import dump_of
from known_press import ARTICLES, ByHand, load
from outage import PATIENCE_S, Outage

from api.loading import Loaded
from api.patience import Patience, patient
from api.reading import BATCH_ARTICLES
from api.rereading import reread_articles
from deploy.neo4j.server import Neo4jServer
from graph.errors import StoreError, StoreUnavailableError
from graph.model import Article, Reading
from graph.store import Store


class Newer(ByHand):
    """A reader that finds only the first claim of each article."""

    name = "by-hand-2"

    def __init__(self, before_second_batch: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._before_second_batch = before_second_batch
        self._batches = 0

    def read(self, article: Article) -> Reading:
        reading = super().read(article)
        first = {"extractor": self.name, "claims": reading.claims[:1]}
        return reading.model_copy(update=first)

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        self._batches += 1
        if self._batches == 2:
            self._before_second_batch()
        return super().read_many(articles)


def _clear(store: Store) -> None:
    store.write(lambda transaction: transaction.run("store/clear"))


@pytest.fixture(scope="module")
def undisturbed(neo4j: Backend) -> list[str]:
    """What the graph holds after a load during which nothing happened."""
    _clear(neo4j.store)
    load(neo4j.store)
    return dump_of(neo4j.store)


@pytest.fixture
def empty(neo4j: Backend, undisturbed: list[str], neo4j_server: Neo4jServer) -> Iterator[Store]:
    _clear(neo4j.store)
    yield neo4j.store
    if not neo4j_server.running:
        neo4j_server.start()


@pytest.mark.parametrize("end", [Neo4jServer.stop, Neo4jServer.kill])
def test_a_server_that_is_restarted_while_a_load_writes_leaves_no_trace(
    empty: Store,
    undisturbed: list[str],
    neo4j_server: Neo4jServer,
    end: Callable[[Neo4jServer], None],
) -> None:
    begun, down = threading.Event(), threading.Event()

    def on_batch(loaded: Loaded) -> None:
        begun.set()
        if loaded.done == ARTICLES - BATCH_ARTICLES:  # the last one finds it down at the latest
            assert down.wait(PATIENCE_S)

    with ThreadPoolExecutor() as pool:
        going = pool.submit(load, empty, on_batch=on_batch, patience_s=PATIENCE_S)
        assert begun.wait(PATIENCE_S)
        end(neo4j_server)
        down.set()
        neo4j_server.start()
        loaded = going.result(PATIENCE_S)
    assert loaded.failed == 0
    assert loaded.done == ARTICLES
    assert dump_of(empty) == undisturbed


def test_a_load_says_that_it_waits_and_goes_on_when_the_server_is_back(
    empty: Store, undisturbed: list[str], neo4j_server: Neo4jServer
) -> None:
    outage = Outage(neo4j_server)
    loaded = outage.during(
        lambda: load(
            empty, on_batch=outage.midway, on_waiting=outage.on_waiting, patience_s=PATIENCE_S
        )
    )
    assert dict(loaded.outcomes) == {"loaded": ARTICLES}
    assert dump_of(empty) == undisturbed
    waiting, on = outage.said
    assert re.search(
        r"does not answer.*Waiting for it until \d\d:\d\d:\d\d; what is stored", waiting
    )
    assert on == "The server answers again; going on."


def test_a_reread_waits_for_a_server_that_is_killed_midway_and_leaves_no_trace_of_it(
    empty: Store, neo4j_server: Neo4jServer
) -> None:
    load(empty)
    reread_articles(empty, Newer())
    undisturbed = dump_of(empty)
    _clear(empty)
    load(empty)
    assert dump_of(empty) != undisturbed
    outage = Outage(neo4j_server)
    reread = outage.during(
        lambda: reread_articles(
            empty, Newer(outage.midway), patience_s=PATIENCE_S, on_waiting=outage.on_waiting
        )
    )
    assert (reread.read, reread.failed, reread.stopped) == (ARTICLES, 0, False)
    assert outage.said[-1] == "The server answers again; going on."
    assert dump_of(empty) == undisturbed


def test_a_load_gives_up_in_time_and_says_what_to_do(embedded: Backend) -> None:
    away = embedded.connect()
    away.close()
    with pytest.raises(StoreUnavailableError, match=r"gave up after 1 s .*give the same command"):
        load(away, patience_s=1.0)


def test_a_store_that_is_patient_says_so_and_then_gives_up_in_time(embedded: Backend) -> None:
    said: list[str] = []
    away = embedded.connect()
    waiting = patient(away, 0.2, said.append, lambda: False)
    assert waiting.read("store/ping") == [{"ready": True}]
    away.close()
    with pytest.raises(StoreUnavailableError, match=r"gave up after 0\.2 s"):
        waiting.read("store/ping")
    with pytest.raises(StoreUnavailableError, match=r"gave up after 0\.2 s"):
        waiting.write(lambda transaction: None)
    assert len(said) == 2
    assert patient(away, 0.0, said.append, lambda: False) is away


def test_a_request_to_stop_ends_the_waiting(embedded: Backend) -> None:
    away = embedded.connect()
    away.close()
    loaded = load(away, stop=lambda: True, patience_s=PATIENCE_S)
    assert loaded.stopped
    assert loaded.done == 0


def test_what_fails_on_a_server_that_answers_is_not_tried_again(embedded: Backend) -> None:
    said: list[str] = []

    def refused() -> None:
        raise StoreError("refused")

    with pytest.raises(StoreError, match="refused"):
        Patience(embedded.store, PATIENCE_S, said.append, lambda: False).run(refused)
    assert said == []


def test_a_server_that_hangs_up_each_time_ends_the_load_in_the_end(embedded: Backend) -> None:
    def hung_up() -> None:
        raise StoreUnavailableError("hung up")

    with pytest.raises(StoreUnavailableError, match="hung up"):
        Patience(embedded.store, 0.2, lambda message: None, lambda: False).run(hung_up)


def test_the_command_says_on_standard_error_that_it_waits_and_then_loads_the_rest(
    empty: Store,
    neo4j: Backend,
    neo4j_server: Neo4jServer,
    tmp_path: Path,
    alone: dict[str, str],
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "first.txt").write_text("Tom Gunter a quitté Apple pour Meta.")
    program = """
import os
from api.cli import main
os.dup2(1, 2)
main(["load", "--watch", sys.argv[1]])
"""
    env = alone | neo4j.environment()
    with Child(program.strip(), inbox, cwd=tmp_path, env=env) as child:
        _until(child, "Watching")
        neo4j_server.kill()
        (inbox / "second.txt").write_text("Meta a recruté Mark Lee.")
        _until(child, "Waiting for it until")
        neo4j_server.start()
        said = _until(child, "Articles: 1 loaded.")
        assert said.splitlines()[0] == "The server answers again; going on."
        child.signal(signal.SIGINT)
        assert child.end()[0] == 0
    stored = empty.query("MATCH (a:Article) RETURN a.text ORDER BY a.text").rows
    assert stored == [["Meta a recruté Mark Lee."], ["Tom Gunter a quitté Apple pour Meta."]]


def _until(child: Child, words: str) -> str:
    """What it says up to the line with these words."""
    said = ""
    while words not in said:
        said += child.line() + "\n"
    return said
