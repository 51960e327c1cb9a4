"""Reading stored articles again with a newer reader, batch by batch."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from api.patience import Stopped, patient
from api.reading import batches, begin_batch, read_batch, with_next
from graph.ingest import Outcome, ingest
from graph.model import Article, Reading
from graph.reread import Changes, Stored, stored_otherwise
from graph.store import Store
from loaders.reader import Reader
from loaders.sources.source import SourceFailure


@dataclass
class Reread:
    """What has become of the articles that were read again so far."""

    read: int = 0
    still_unread: Counter[str] = field(default_factory=Counter)
    """Articles that no reader has read even now, by the reason."""
    failed: int = 0
    changes: Changes = field(default_factory=Changes)
    changed_ids: list[str] = field(default_factory=list)
    stopped: bool = False


def reread_articles(
    store: Store,
    reader: Reader,
    *,
    since: dt.datetime | None = None,
    stop: Callable[[], bool] = lambda: False,
    on_failure: Callable[[SourceFailure], None] = lambda failure: None,
    patience_s: float = 0.0,
    on_waiting: Callable[[str], None] = lambda message: None,
) -> Reread:
    """Read every stored article that `reader` has not read, and swap its claims.

    The claims of a batch are swapped in one transaction, and the facts with them: whoever asks
    sees the former claims of an article or the new ones. An article that fails keeps what it has.

    Parameters
    ----------
    since
        Only articles loaded since then.
    stop
        Asked before each batch; the next call goes on from there.
    patience_s, on_waiting
        As for `api.loading.load_articles`.
    """
    done = Reread()
    store = patient(store, patience_s, on_waiting, stop)
    before: dict[str, Stored] = {}

    def failed(failure: SourceFailure) -> None:
        done.failed += 1
        on_failure(failure)

    def articles() -> Iterator[Article]:
        for stored in stored_otherwise(store, {reader.name, *reader.name.split("+")}, since):
            before[stored.article.id] = stored
            yield stored.article

    def begun() -> Iterator[tuple[list[Article], Iterator[Reading]]]:
        for batch in batches(articles()):
            yield batch, begin_batch(reader, batch)

    def swap(batch: list[Article], readings: Iterator[Reading]) -> None:
        pairs = read_batch(reader, batch, failed, readings)
        for result, (_, reading) in zip(ingest(store, pairs), pairs, strict=True):
            former = before[result.article_id]
            # Found stored by this reader, it was so when it was looked for, unless another reader's
            # stood there then: the answer to an earlier attempt was lost with the connection.
            if result.outcome is Outcome.UNCHANGED and former.extractor == reading.extractor:
                continue
            done.read += 1
            if reading.skipped:
                done.still_unread[reading.skipped] += 1
            if done.changes.compare(former, reading.claims):
                done.changed_ids.append(result.article_id)
        for article in batch:
            before.pop(article.id, None)

    with contextlib.suppress(Stopped):
        for batch, readings in with_next(reader, begun()):
            swap(batch, readings)
            if stop():
                break
        else:
            return done
    done.stopped = True
    return done
