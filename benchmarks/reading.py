"""How many articles a second are read and loaded, beside spaCy's whole pipeline on the same texts.

Two things of ours are timed: the whole path, from files in a folder to articles, claims and facts
in the embedded graph, and the reader alone. The peer is ``nlp.pipe`` of the model that the reader
takes its tagger from, on texts that are in memory already. All run in one process, warm, in turns,
and each ratio is taken within a round, so that a busy moment of the machine touches both sides.
Beside that, the reader in several processes is timed against the reader in one.

Wall time is what a user waits. CPU time counts every thread of the process, the engine's too.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import spacy

from api.loading import load_articles
from benchmarks.table import Measure
from graph.connect import engine_store
from graph.engine import Engine
from graph.model import Article
from graph.store import Store
from loaders import demo
from loaders.parallel import ParallelReader
from loaders.reader import Reader, default_reader
from loaders.reading.tagging import MODELS
from loaders.sources.files import SourceFailure, read_paths

WARM_UPS = 3
ROUNDS = 9
AIM = 1.0
PROCESSES = 2
AIM_PROCESSES = 1.5
SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
"""Public corpora beside the clone, measured too where they are."""
GENERAL_TEXTS = 100


@dataclass(frozen=True)
class Corpus:
    """Articles of one sort."""

    name: str
    articles: list[Article]

    @property
    def words(self) -> int:
        """The words of all articles."""
        return sum(len(article.text.split()) for article in self.articles)


@dataclass(frozen=True)
class Took:
    """Seconds that one run took."""

    wall: float
    cpu: float


def corpora() -> Iterator[Corpus]:
    """The demo's articles, and those of `SHARED` that are there."""
    yield Corpus("demo", _articles(demo.articles()))
    if (SHARED / "wikinews-fr").is_dir():
        yield Corpus("Wikinews", _articles(SHARED / "wikinews-fr"))
    general = SHARED / "popcorn" / "train.json"
    if general.is_file():
        texts = [each["text"] for each in json.loads(general.read_text("utf-8")).values()]
        step = max(len(texts) // GENERAL_TEXTS, 1)
        yield Corpus(
            "POPCORN",
            [
                Article(id=f"popcorn-{number}", text=text, language="fr")
                for number, text in enumerate(texts[::step])
            ],
        )


def measure() -> Iterator[Measure]:
    """Articles a second: in several processes; by corpus, the whole path and the reader alone."""
    yield from _processes(list(corpora()))
    nlp = spacy.load(MODELS["fr"])
    reader = default_reader()
    with (
        tempfile.TemporaryDirectory() as folder,
        Engine.start(Path(folder) / "data", bolt_port=0) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        for corpus in corpora():
            runs = _rounds(corpus, nlp, reader, store, Path(folder))
            peers = [peer for peer, _, _ in runs]
            name = f"{corpus.name} ({len(corpus.articles)} articles, {corpus.words:,} words)"
            whole = [path for _, path, _ in runs]
            yield _measure(f"Whole path, {name}, CPU time", corpus, whole, peers, "cpu", AIM)
            yield _measure(f"Whole path, {name}, wall time", corpus, whole, peers, "wall", AIM)
            alone = [read for _, _, read in runs]
            yield _measure(f"Reader alone, {name}, CPU time", corpus, alone, peers, "cpu")
            yield _measure(f"Reader alone, {name}, wall time", corpus, alone, peers, "wall")


def _processes(corpora: list[Corpus]) -> Iterator[Measure]:
    """All corpora in one process and in several; the processes are started before."""
    articles = [article for corpus in corpora for article in corpus.articles]
    one = default_reader()
    with ParallelReader(PROCESSES) as several:
        assert list(several.read_many(articles)) == list(one.read_many(articles))
        runs = [
            (
                _timed(lambda: list(one.read_many(articles))).wall,
                _timed(lambda: list(several.read_many(articles))).wall,
            )
            for _ in range(ROUNDS)
        ]
    yield Measure(
        f"Reader in {PROCESSES} processes, beside in one ({len(articles)} articles), wall time",
        ours=f"{len(articles) / median(run[1] for run in runs):.1f} articles/s",
        peer=f"{len(articles) / median(run[0] for run in runs):.1f} articles/s",
        ratio=median(alone / together for alone, together in runs),
        at_least=AIM_PROCESSES,
    )


def _rounds(
    corpus: Corpus, nlp: spacy.Language, reader: Reader, store: Store, folder: Path
) -> list[tuple[Took, Took, Took]]:
    """Each round's times of the peer, the whole path and the reader alone, warm."""
    texts = [article.text for article in corpus.articles]
    runs = []
    for number in range(WARM_UPS + ROUNDS):
        # Other ids each time, so that nothing has been seen before.
        files = folder / f"{corpus.name}-{number}"
        _write(files, corpus, number)

        def load(files: Path = files) -> None:
            loaded = load_articles(store, read_paths([files]), reader)
            assert loaded.outcomes == {"loaded": len(texts), "unchanged": 0}, loaded

        parts: list[Callable[[], Any]] = [
            lambda: list(nlp.pipe(texts)),
            load,
            lambda: list(reader.read_many(corpus.articles)),
        ]
        first = number % len(parts)
        took = {index: _timed(parts[index]) for index in (*range(first, 3), *range(first))}
        store.write(lambda transaction: transaction.run("store/clear"))
        if number >= WARM_UPS:
            runs.append((took[0], took[1], took[2]))
    return runs


def _timed(part: Callable[[], Any]) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    part()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def _measure(
    name: str,
    corpus: Corpus,
    ours: list[Took],
    peers: list[Took],
    clock: str,
    aim: float | None = None,
) -> Measure:
    """The medians over the rounds: of both speeds, and of the ratios within a round."""
    seconds = [getattr(each, clock) for each in ours]
    peer_seconds = [getattr(each, clock) for each in peers]
    count = len(corpus.articles)
    return Measure(
        name,
        ours=f"{count / median(seconds):.1f} articles/s",
        peer=f"{count / median(peer_seconds):.1f} articles/s",
        ratio=median(peer / our for our, peer in zip(seconds, peer_seconds, strict=True)),
        at_least=aim,
    )


def _articles(folder: Path) -> list[Article]:
    found = list(read_paths([folder]))
    failed = [each for each in found if isinstance(each, SourceFailure)]
    assert not failed, failed
    return [each for each in found if isinstance(each, Article)]


def _write(folder: Path, corpus: Corpus, number: int) -> None:
    """The corpus as files of JSON, under the ids of this round."""
    folder.mkdir()
    for index, article in enumerate(corpus.articles):
        fields = article.model_dump(mode="json", exclude_none=True)
        fields["id"] = f"{number}-{article.id}"
        path = folder / f"{index:04}.json"
        path.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
