"""How many articles a second are read and loaded, beside spaCy's whole pipeline on the same texts.

Two things of ours are timed: the whole path, from files in a folder to articles, claims and facts
in the embedded graph, and the reader alone. The peer is ``nlp.pipe`` of the model that the reader
takes its tagger from, on texts that are in memory already. All run in one process, warm, in turns,
and each ratio is taken within a round, so that a busy moment of the machine touches both sides.
Beside that, the reader in several processes is timed against the reader in one.

Wall time is what a user waits. CPU time counts every thread of the process, the engine's too.
"""

from __future__ import annotations

import gc
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
    """Articles a second by corpus: in several processes, the reader alone, the whole path."""
    found = list(corpora())
    yield from _processes(found)
    nlp = spacy.load(MODELS["fr"])
    reader = default_reader()
    # Neither side is to pay for the garbage collector's walks over what the other has loaded.
    gc.collect()
    gc.freeze()
    for corpus in found:
        yield from _alone(corpus, nlp, reader)
    with (
        tempfile.TemporaryDirectory() as folder,
        Engine.start(Path(folder) / "data", bolt_port=0) as engine,
        engine_store(engine) as store,
    ):
        store.apply_schema()
        for corpus in found:  # the Java machine compiles what it runs often, beside our work
            _load(_files(corpus, "warm", Path(folder)), reader, store)
        for corpus in found:
            yield from _whole(corpus, nlp, reader, store, Path(folder))


def _processes(corpora: list[Corpus]) -> Iterator[Measure]:
    """All corpora in one process and in several; the processes are started before."""
    articles = [article for corpus in corpora for article in corpus.articles]
    one = default_reader()
    with ParallelReader(PROCESSES) as several:
        assert list(several.read_many(articles)) == list(one.read_many(articles))
        runs = [
            (
                _timed(lambda _: list(one.read_many(articles)), number).wall,
                _timed(lambda _: list(several.read_many(articles)), number).wall,
            )
            for number in range(ROUNDS)
        ]
    yield Measure(
        f"Reader in {PROCESSES} processes, beside in one ({len(articles)} articles), wall time",
        ours=f"{len(articles) / median(run[1] for run in runs):.1f} articles/s",
        peer=f"{len(articles) / median(run[0] for run in runs):.1f} articles/s",
        ratio=median(alone / together for alone, together in runs),
        at_least=AIM_PROCESSES,
    )


def _alone(corpus: Corpus, nlp: spacy.Language, reader: Reader) -> Iterator[Measure]:
    """The reader on articles in memory, before any Java machine runs."""
    texts = [article.text for article in corpus.articles]
    runs = _in_turns(
        lambda number: list(nlp.pipe(texts)), lambda number: list(reader.read_many(corpus.articles))
    )
    yield from _measures("Reader alone", corpus, runs)


def _whole(
    corpus: Corpus, nlp: spacy.Language, reader: Reader, store: Store, folder: Path
) -> Iterator[Measure]:
    """From files to facts in the graph."""
    texts = [article.text for article in corpus.articles]
    files = [_files(corpus, str(number), folder) for number in range(WARM_UPS + ROUNDS)]
    runs = _in_turns(
        lambda number: list(nlp.pipe(texts)),
        lambda number: _load(files[number], reader, store),
        after=lambda: store.write(lambda transaction: transaction.run("store/clear")),
    )
    yield from _measures("Whole path", corpus, runs)


def _load(files: Path, reader: Reader, store: Store) -> None:
    loaded = load_articles(store, read_paths([files]), reader)
    assert set(+loaded.outcomes) == {"loaded"}, loaded


def _in_turns(
    peer: Callable[[int], Any],
    ours: Callable[[int], Any],
    after: Callable[[], Any] = lambda: None,
) -> list[tuple[Took, Took]]:
    """Each round's times of the peer and of ours, warm, now one first and now the other."""
    runs = []
    for number in range(WARM_UPS + ROUNDS):
        if number % 2:
            theirs, own = _timed(peer, number), _timed(ours, number)
        else:
            own, theirs = _timed(ours, number), _timed(peer, number)
        after()
        if number >= WARM_UPS:
            runs.append((theirs, own))
    return runs


def _measures(what: str, corpus: Corpus, runs: list[tuple[Took, Took]]) -> Iterator[Measure]:
    peers, ours = [peer for peer, _ in runs], [our for _, our in runs]
    name = f"{what}, {corpus.name} ({len(corpus.articles)} articles, {corpus.words:,} words)"
    for clock in ("cpu", "wall"):
        label = "CPU" if clock == "cpu" else "wall"
        yield _measure(f"{name}, {label} time", corpus, ours, peers, clock, AIM)


def _timed(part: Callable[[int], Any], number: int) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    part(number)
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


def _files(corpus: Corpus, number: str, folder: Path) -> Path:
    """The corpus as files of JSON, under ids of this round, so that nothing was seen before."""
    files = folder / f"{corpus.name}-{number}"
    files.mkdir()
    for index, article in enumerate(corpus.articles):
        fields = article.model_dump(mode="json", exclude_none=True)
        fields["id"] = f"{number}-{article.id}"
        path = files / f"{index:04}.json"
        path.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    return files
