"""How many articles a second are read, beside spaCy's whole pipeline on the same texts.

The peer is ``nlp.pipe`` of the model that the reader takes its tagger from, on texts that are in
memory already. All run in one process, warm, in turns, and each ratio is taken within a round, so
that a busy moment of the machine touches both sides. Beside that, the reader in several processes
is timed against the reader in one. `benchmarks.whole` measures the way on into the graph.

Wall time is what a user waits. CPU time counts every thread of the process.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import spacy

from benchmarks.table import Measure
from graph.model import Article
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
    """Articles a second by corpus: in several processes, and the reader alone."""
    found = list(corpora())
    yield from _processes(found)
    nlp = spacy.load(MODELS["fr"])
    reader = default_reader()
    # Neither side is to pay for the garbage collector's walks over what the other has loaded.
    gc.collect()
    gc.freeze()
    for corpus in found:
        yield from _alone(corpus, nlp, reader)


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
    runs = in_turns(
        lambda number: list(nlp.pipe(texts)), lambda number: list(reader.read_many(corpus.articles))
    )
    yield from measures("Reader alone", corpus, runs)


def in_turns(
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


def measures(
    what: str,
    corpus: Corpus,
    runs: list[tuple[Took, Took]],
    *,
    clocks: Sequence[str] = ("cpu", "wall"),
) -> Iterator[Measure]:
    """The ratios of these rounds, by each clock."""
    peers, ours = [peer for peer, _ in runs], [our for _, our in runs]
    name = f"{what}, {corpus.name} ({len(corpus.articles)} articles, {corpus.words:,} words)"
    for clock in clocks:
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
