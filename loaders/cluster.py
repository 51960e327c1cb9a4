"""Reading on the machines of a Ray cluster, with readings in the order of the articles.

Files are parsed, stored articles are passed over, and the rest is read, each step a stage of one
Ray Data pipeline (`loaders.on_ray`); readings stream to the process that asked for them, which
alone writes. Every machine sees the files under the same paths, and has mercato.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.model import Article, Reading
from loaders.article import DEFAULT_MAX_CHARS
from loaders.errors import ArticleError, ClusterError
from loaders.on_ray import Job, serve
from loaders.reader import Reader
from loaders.sources.files import STANDARD_INPUT, PathReader
from loaders.sources.source import Options, SourceFailure
from loaders.sources.web import is_address

_SHARE_FILES: Final = 200
_SHARE_BYTES: Final = 4_000_000
"""Files and bytes after which a share of the files, which one task parses, is full."""

_END_S: Final = 20.0
"""How long the process that speaks with the cluster may take to part from it."""

Found = SourceFailure | tuple[Article, Reading | None]
"""What became of one article; no reading says that it need not be read."""


@dataclass(frozen=True)
class Cluster:
    """A cluster, and what is to be done there.

    Parameters
    ----------
    load
        Gives the reader, once for each reading process: can be pickled.
    known
        Gives what says which articles are stored already; called in one process on the machine
        that asks, with its own connection: can be pickled.
    address
        Of the cluster, as Ray names it; without one, a cluster of this machine alone is started.
    readers
        Processes that read at most; as many as the cluster has processors unless it is said.
    """

    load: Callable[[], Reader]
    known: Callable[[], Callable[[Sequence[Article]], Collection[str]]]
    address: str | None = None
    readers: int | None = None
    max_chars: int = DEFAULT_MAX_CHARS
    columns: Mapping[str, str] = field(default_factory=dict)
    notice: Callable[[str], None] = lambda message: None

    def read_paths(
        self, paths: Iterable[str | os.PathLike[str]], only: Collection[str] | None = None
    ) -> Generator[Found, None, None]:
        """The articles in files and folders with their readings, in the order of a local load.

        With `only`, of the files that are found those whose absolute paths are there.

        Raises
        ------
        ClusterError
            If there is no such cluster, it is lost, or a micro-batch ends its reader each time.
        """
        shares = list(_shares(paths, only))
        columns = dict(self.columns)
        job = Job(
            self.load, self.known, self.address, self.readers, self.max_chars, columns, shares
        )
        # Two files with one id may be parsed by processes that know nothing of each other.
        ids = PathReader(Options())
        with contextlib.closing(_rows(job)) as rows:
            for row in rows:
                match row["kind"]:
                    case "notice":
                        self.notice(row["body"])
                    case "failure":
                        yield SourceFailure(**json.loads(row["body"]))
                    case _:
                        yield _found(row, ids)


def _rows(job: Job) -> Generator[dict[str, Any], None, None]:
    """What the process that speaks with the cluster sends; it waits until that is taken.

    A process of its own, since Ray handles signals for its own ends, and so does the Java machine
    of the embedded engine: in one process, one of them ends it.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(sender, job), daemon=True)
    with receiver:
        process.start()
        sender.close()
        try:
            while True:
                kind, content = receiver.recv()
                if kind == "error":
                    raise ClusterError(content)
                if kind == "end":
                    break
                yield from content
        except EOFError as error:
            raise ClusterError("the process that speaks with the cluster has died") from error
        finally:
            receiver.close()
            process.join(_END_S)
            process.kill()


def _found(row: Mapping[str, Any], ids: PathReader) -> Found:
    article = Article.model_validate_json(row["body"])
    if row["file"]:
        try:
            ids.check_id(article, row["file"])
        except ArticleError as error:
            return SourceFailure(row["file"], str(error))
    reading = row["reading"]
    return article, None if reading is None else Reading.model_validate_json(reading)


def _shares(paths: Iterable[str | os.PathLike[str]], only: Collection[str] | None) -> Iterator[str]:
    """What there is, in order, in parts that one task parses: JSON."""
    share: list[dict[str, str]] = []
    size = 0
    finder = PathReader(Options(), only=only)
    for given in paths:
        if os.fspath(given) == STANDARD_INPUT or is_address(os.fspath(given)):
            raise ClusterError(f"{given}: a cluster reads files and folders that all of it sees")
        root = Path(os.path.abspath(given))  # noqa: PTH100 - as the origin of a local load
        for found in finder.find(root):
            if isinstance(found, SourceFailure):
                share.append({"path": found.path, "message": found.message})
            else:
                share.append({"path": os.fspath(found.path), "root": os.fspath(root)})
                size += found.size
            if len(share) >= _SHARE_FILES or size >= _SHARE_BYTES:
                yield json.dumps(share)
                share, size = [], 0
    if share:
        yield json.dumps(share)
