"""Loading: articles from a source through the reader into the store, batch by batch.

What is stored already and has not changed is passed over before it is read, so that loading a
folder again, or going on after an interruption, costs a look at the files.
"""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.patience import Patience, Stopped
from api.reading import batches, begin_batch, failure_of, read_batch, with_next
from graph.errors import IngestError
from graph.ingest import IngestResult, ingest
from graph.model import Article, Reading
from graph.store import Store
from graph.unchanged import unchanged
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


def load_articles(
    store: Store,
    found: Iterable[Article | SourceFailure],
    reader: Reader,
    *,
    replace: bool = True,
    stop: Callable[[], bool] = lambda: False,
    on_failure: Callable[[SourceFailure], None] = lambda failure: None,
    on_article: Callable[[Article, str, int | None], None] = lambda article, outcome, claims: None,
    on_batch: Callable[[Loaded], None] = lambda loaded: None,
    patience_s: float = 0.0,
    on_waiting: Callable[[str], None] = lambda message: None,
) -> Loaded:
    """Read prepared articles and store them.

    Parameters
    ----------
    found
        As `loaders.sources.files.read_paths` yields them.
    replace
        Whether an article takes the place of another of the same id from another place.
    stop
        Asked before each batch, and while waiting for the store; the batch under way is finished
        unless the store is away.
    on_failure
        Told of each article that could not be loaded; the others are loaded all the same.
    on_article
        Told of each other article what became of it, and of how many claims it has if it was read.
    on_batch
        Told how things stand after each batch.
    patience_s
        How long to wait for a store that does not answer any more, each time, before it counts
        as failed. The batch under way is then stored anew, or found stored.
    on_waiting
        Told that there is something to wait for and until when, and that it is over.

    Raises
    ------
    StoreError
        If the store fails; the batches before it are stored.
    """
    loaded = Loaded()
    patience = Patience(store, patience_s, on_waiting, stop)

    def failed(failure: SourceFailure) -> None:
        loaded.add("failed")
        on_failure(failure)

    def articles() -> Iterator[Article]:
        for each in found:
            if isinstance(each, SourceFailure):
                failed(each)
            else:
                yield each

    def became(article: Article, outcome: str, reading: Reading | None) -> None:
        loaded.add(outcome, None if outcome == "unchanged" else reading)
        on_article(article, outcome, None if reading is None else len(reading.claims))

    names = {reader.name, *reader.name.split("+")}

    def begun() -> Iterator[tuple[list[Article], list[Article], Iterator[Reading]]]:
        for batch in batches(articles()):
            look = functools.partial(unchanged, store, batch, names)
            known = patience.run(look)
            old = [article for article in batch if article.id in known]
            new = [article for article in batch if article.id not in known]
            yield old, new, begin_batch(reader, new)

    def stored(read: Sequence[tuple[Article, Reading]]) -> list[IngestResult]:
        return patience.run(functools.partial(ingest, store, read, replace=replace))

    with contextlib.suppress(Stopped):
        for old, new, readings in with_next(reader, begun()):
            for article in old:
                became(article, "unchanged", None)
            _store(stored, read_batch(reader, new, failed, readings), became, failed)
            on_batch(loaded)
            if stop():
                break
        else:
            return loaded
    loaded.stopped = True
    return loaded


def _store(
    stored: Callable[[Sequence[tuple[Article, Reading]]], list[IngestResult]],
    read: Sequence[tuple[Article, Reading]],
    became: Callable[[Article, str, Reading], None],
    failed: Callable[[SourceFailure], None],
) -> None:
    """Store the batch in one transaction; when one article is refused, each on its own."""
    if not read:
        return
    try:
        results = stored(read)
    except IngestError as error:
        if len(read) > 1:
            for pair in read:
                _store(stored, [pair], became, failed)
        else:
            failed(failure_of(read[0][0], error))
        return
    for result, (article, reading) in zip(results, read, strict=True):
        became(article, result.outcome, reading)
