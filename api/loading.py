"""Loading: articles from a source through the reader into the store, batch by batch.

What is stored already and has not changed is passed over before it is read, so that loading a
folder again, or going on after an interruption, costs a look at the files.
"""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypedDict, Unpack

from api.patience import Patience, Stopped
from api.reading import (
    BATCH_ARTICLES,
    BATCH_CHARS,
    batches,
    begin_batch,
    failure_of,
    read_batch,
    with_next,
)
from graph.errors import IngestError
from graph.ingest import ingest
from graph.model import Article, Reading
from graph.store import Store
from graph.unchanged import unchanged
from loaders.cluster import Found
from loaders.reader import Reader
from loaders.sources.files import SourceFailure

OUTCOMES: Final = ("loaded", "replaced", "unchanged", "failed")
"""What can become of an article."""


@dataclass
class Loaded:
    """What has become of the articles so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """Articles by what became of them, one of `OUTCOMES`."""
    relations: Counter[str] = field(default_factory=Counter)
    """Claims of the articles that were loaded or replaced, by relation."""
    unread: Counter[str] = field(default_factory=Counter)
    """Articles that were stored without being read, by the reason."""
    stopped: bool = False
    """Whether a request to stop came before the end."""

    @property
    def done(self) -> int:
        """Articles and failures so far."""
        return self.outcomes.total()

    @property
    def failed(self) -> int:
        """Articles, or files, that could not be loaded."""
        return self.outcomes["failed"]

    def in_words(self) -> str:
        """The articles by what became of them, such as "2 loaded, 1 failed"."""
        some = (f"{self.outcomes[name]:,} {name}" for name in OUTCOMES if self.outcomes[name])
        return ", ".join(some) or "none"

    def include(self, other: Loaded) -> None:
        """Count what a later load has done, too."""
        for counts in ("outcomes", "relations", "unread"):
            getattr(self, counts).update(getattr(other, counts))
        self.stopped = self.stopped or other.stopped

    def add(self, outcome: str, reading: Reading | None = None) -> None:
        """Count one article."""
        self.outcomes[outcome] += 1
        if reading is not None:
            self.relations.update(claim.relation.value for claim in reading.claims)
            if reading.skipped:
                self.unread[reading.skipped] += 1


class Handling(TypedDict, total=False):
    """How a load goes about it; what is not said is as in the comments."""

    replace: bool
    """Whether an article takes the place of another of the same id from another place: yes."""
    stop: Callable[[], bool]
    """Asked before each batch, and while waiting for the store; the batch under way is finished
    unless the store is away: goes on to the end."""
    on_failure: Callable[[SourceFailure], None]
    """Told of each article that could not be loaded; the others are loaded all the same."""
    on_article: Callable[[Article, str, int | None], None]
    """Told of each other article what became of it, and how many claims it has if it was read."""
    on_batch: Callable[[Loaded], None]
    """Told how things stand after each batch."""
    patience_s: float
    """How long to wait for a store that does not answer any more, each time, before it counts as
    failed; the batch under way is then stored anew, or found stored: not at all."""
    on_waiting: Callable[[str], None]
    """Told that there is something to wait for and until when, and that it is over."""


def load_articles(
    store: Store,
    found: Iterable[Article | SourceFailure],
    reader: Reader,
    **handling: Unpack[Handling],
) -> Loaded:
    """Read prepared articles and store them.

    Parameters
    ----------
    found
        As `loaders.sources.files.read_paths` yields them.

    Raises
    ------
    StoreError
        If the store fails; the batches before it are stored.
    """
    sink = _Sink(store, handling)
    names = {reader.name, *reader.name.split("+")}

    def articles() -> Iterator[Article]:
        for each in found:
            if isinstance(each, SourceFailure):
                sink.failed(each)
            else:
                yield each

    def begun() -> Iterator[tuple[list[Article], list[Article], Iterator[Reading]]]:
        for batch in batches(articles()):
            look = functools.partial(unchanged, store, batch, names)
            known = sink.patience.run(look)
            old = [article for article in batch if article.id in known]
            new = [article for article in batch if article.id not in known]
            yield old, new, begin_batch(reader, new)

    with sink:
        for old, new, readings in with_next(reader, begun()):
            sink.put(old, read_batch(reader, new, sink.failed, readings))
    return sink.loaded


def load_readings(
    store: Store, found: Generator[Found, None, None], **handling: Unpack[Handling]
) -> Loaded:
    """Store articles that are read elsewhere, as they come; see `load_articles`."""
    sink = _Sink(store, handling)
    batch: list[tuple[Article, Reading]] = []
    known: list[Article] = []
    chars = 0

    def put() -> None:
        nonlocal chars
        sink.put(known, batch)
        known.clear()
        batch.clear()
        chars = 0

    with sink, contextlib.closing(found):
        for each in found:
            if isinstance(each, SourceFailure):
                sink.failed(each)
                continue
            article, reading = each
            chars += len(article.text)
            if reading is None:
                known.append(article)
            else:
                batch.append((article, reading))
            if len(known) + len(batch) >= BATCH_ARTICLES or chars >= BATCH_CHARS:
                put()
        put()
    return sink.loaded


class _Sink:
    """Stores what is read, batch by batch; at its end as a context, a request to stop ends."""

    def __init__(self, store: Store, handling: Handling) -> None:
        self.loaded = Loaded()
        self._store = store
        self._replace: bool = handling.get("replace", True)
        self._stop: Callable[[], bool] = handling.get("stop", lambda: False)
        self._on_failure: Callable[[SourceFailure], None] = handling.get(
            "on_failure", lambda failure: None
        )
        self._on_article: Callable[[Article, str, int | None], None] = handling.get(
            "on_article", lambda article, outcome, claims: None
        )
        self._on_batch: Callable[[Loaded], None] = handling.get("on_batch", lambda loaded: None)
        on_waiting: Callable[[str], None] = handling.get("on_waiting", lambda message: None)
        self.patience = Patience(store, handling.get("patience_s", 0.0), on_waiting, self._stop)

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        if kind is None or not issubclass(kind, Stopped):
            return False
        self.loaded.stopped = True
        return True

    def failed(self, failure: SourceFailure) -> None:
        """Count what could not be loaded."""
        self.loaded.add("failed")
        self._on_failure(failure)

    def put(self, known: Sequence[Article], read: Sequence[tuple[Article, Reading]]) -> None:
        """Store a batch, and count those that needed neither reading nor storing.

        Raises
        ------
        Stopped
            If there was a request to stop; the batch is stored.
        """
        for article in known:
            self._became(article, "unchanged", None)
        self._put(read)
        self._on_batch(self.loaded)
        if self._stop():
            raise Stopped

    def _put(self, read: Sequence[tuple[Article, Reading]]) -> None:
        """Store them in one transaction; when one article is refused, each on its own."""
        if not read:
            return
        try:
            results = self.patience.run(
                functools.partial(ingest, self._store, read, replace=self._replace)
            )
        except IngestError as error:
            if len(read) > 1:
                for pair in read:
                    self._put([pair])
            else:
                self.failed(failure_of(read[0][0], error))
            return
        for result, (article, reading) in zip(results, read, strict=True):
            self._became(article, result.outcome, reading)

    def _became(self, article: Article, outcome: str, reading: Reading | None) -> None:
        self.loaded.add(outcome, None if outcome == "unchanged" else reading)
        self._on_article(article, outcome, None if reading is None else len(reading.claims))
