"""Loading: articles from a source through the reader into the store, batch by batch.

What is stored already and has not changed is passed over before it is read, so that loading a
folder again, or going on after an interruption, costs a look at the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.reading import batches, begin_batch, failure_of, read_batch, with_next
from graph.errors import IngestError
from graph.ingest import ingest
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
    on_batch: Callable[[Loaded], None] = lambda loaded: None,
) -> Loaded:
    """Read prepared articles and store them.

    Parameters
    ----------
    found
        As `loaders.sources.files.read_paths` yields them.
    replace
        Whether an article takes the place of another of the same id from another place.
    stop
        Asked before each batch; the batch under way is always finished.
    on_failure
        Told of each article that could not be loaded; the others are loaded all the same.
    on_batch
        Told how things stand after each batch.

    Raises
    ------
    StoreError
        If the store fails; the batches before it are stored.
    """
    loaded = Loaded()

    def failed(failure: SourceFailure) -> None:
        loaded.add("failed")
        on_failure(failure)

    def articles() -> Iterator[Article]:
        for each in found:
            if isinstance(each, SourceFailure):
                failed(each)
            else:
                yield each

    def begun() -> Iterator[tuple[int, list[Article], Iterator[Reading]]]:
        for batch in batches(articles()):
            known = unchanged(store, batch, {reader.name, *reader.name.split("+")})
            new = [article for article in batch if article.id not in known]
            yield len(batch) - len(new), new, begin_batch(reader, new)

    for known, new, readings in with_next(reader, begun()):
        loaded.outcomes["unchanged"] += known
        _store(store, read_batch(reader, new, failed, readings), replace, loaded, failed)
        on_batch(loaded)
        if stop():
            loaded.stopped = True
            break
    return loaded


def _store(
    store: Store,
    read: Sequence[tuple[Article, Reading]],
    replace: bool,
    loaded: Loaded,
    failed: Callable[[SourceFailure], None],
) -> None:
    """Store the batch in one transaction; when one article is refused, each on its own."""
    if not read:
        return
    try:
        results = ingest(store, read, replace=replace)
    except IngestError as error:
        if len(read) > 1:
            for pair in read:
                _store(store, [pair], replace, loaded, failed)
        else:
            failed(failure_of(read[0][0], error))
        return
    for result, (_, reading) in zip(results, read, strict=True):
        loaded.add(result.outcome, None if result.outcome == "unchanged" else reading)
