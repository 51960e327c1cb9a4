"""The side of a cluster's load that speaks with Ray, in a process of its own, and its stages."""

from __future__ import annotations

import functools
import json
import os
import re
import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.model import Article
from loaders.errors import ClusterError
from loaders.parallel import follow_parent
from loaders.reader import Reader
from loaders.sources.files import PathReader, printable
from loaders.sources.source import Options, SourceFailure

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

MICRO_BATCH: Final = 32
"""Articles that a reader is given at once: as many as its tagger reads together."""

_BLOCK_BYTES: Final = 256_000
"""Of articles that move through the cluster together: small, so that every reader has some."""

_AHEAD_BYTES: Final = 512_000_000
"""Of articles and readings that wait in the cluster at most; what makes them waits too, then."""

_TRIES: Final = 5
"""How often a micro-batch is begun again whose reader died, before the load gives up."""

_KNOCK_S: Final = 10.0

_PARSING_CPUS: Final = 0.25
_READING_CPUS: Final = 0.75
"""Of a processor: on a machine with one, there is room for both."""

_RAISED: Final = re.compile(r"^(?:\w+\.)+\w*Error: (.+)$", re.MULTILINE)
"""Of a traceback the lines that say what was raised; the first is the cause of the others."""

Known = Callable[[Sequence[Article]], Collection[str]]
"""Ids of those articles that need not be read."""


@dataclass(frozen=True)
class Job:
    """What is to be done; see `loaders.cluster.Cluster`. Each share is what one task parses."""

    load: Callable[[], Reader]
    known: Callable[[], Known]
    address: str | None
    readers: int | None
    max_chars: int
    columns: dict[str, str]
    shares: list[str]


def serve(sender: Connection, job: Job) -> None:
    """Send the rows of a job in order, table by table, then why it ended."""
    follow_parent()
    # What goes wrong is raised, and what Ray prints besides is in its own logs.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        for rows in _tables(job):
            sender.send(("rows", rows))
        sender.send(("end", ""))
    except BrokenPipeError:
        return  # nobody wants more
    except ClusterError as error:
        sender.send(("error", str(error)))


def _tables(job: Job) -> Iterator[list[dict[str, Any]]]:
    # Ray is to tell nobody that it is used. Read when it is imported, and by all that it starts.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if job.address is None or job.address.startswith("127."):
        # Ray would take this machine's address in its network for its loopback address.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        import ray
    except ImportError as error:
        raise ClusterError("it needs Ray: pip install 'mercato[ray]'") from error
    if job.address is not None:
        _knock(job.address)
    try:
        if job.address is None:
            ray.init(include_dashboard=False)
        else:
            ray.init(address=job.address)
    except (OSError, RuntimeError, ValueError) as error:
        raise ClusterError(f"no Ray cluster answers at {job.address}: {error}") from error
    try:
        tables: Iterable[Any] = _pipeline(job).iter_batches(
            batch_size=None, batch_format="pyarrow", prefetch_batches=1
        )
        for table in tables:
            yield table.to_pylist()
    except ray.exceptions.RayError as error:
        raise ClusterError(
            f"the cluster gave up: {_told(error)}; what was loaded stays, and the same command "
            "goes on from there"
        ) from error
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Find out at once that nobody is there: Ray tries for minutes, and then ends the process."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ClusterError(f"{address!r} is no address of a Ray cluster; write HOST:PORT")
    try:
        socket.create_connection((host, int(port)), _KNOCK_S).close()
    except (OSError, OverflowError) as error:
        raise ClusterError(f"no Ray cluster answers at {address}: {error}") from error


def _told(error: Exception) -> str:
    """What a failure in the cluster says, without the traceback that Ray makes part of it."""
    lines = _RAISED.findall(getattr(error, "traceback_str", ""))
    return lines[0] if lines else str(error).strip().partition("\n")[0] or type(error).__name__


def _pipeline(job: Job) -> Dataset:
    import ray
    from ray.data import ActorPoolStrategy, DataContext, ExecutionResources

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.target_min_block_size = 1
    context.target_max_block_size = _BLOCK_BYTES
    context.execution_options.preserve_order = True
    context.execution_options.resource_limits = ExecutionResources.for_limits(
        object_store_memory=_AHEAD_BYTES
    )
    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    readers = job.readers or max(int(resources.get("CPU", 1)), 1)
    parse = functools.partial(parsed, max_chars=job.max_chars, columns=job.columns)
    return (
        ray.data.from_items(job.shares, override_num_blocks=len(job.shares) or None)
        .map_batches(parse, batch_size=1, batch_format="numpy", num_cpus=_PARSING_CPUS)
        .map_batches(
            PassOver,
            fn_constructor_args=(job.known,),
            batch_format="pyarrow",
            batch_size=MICRO_BATCH,
            compute=ActorPoolStrategy(size=1),
            num_cpus=0,
            label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
        )
        .map_batches(
            Reads,
            fn_constructor_args=(job.load,),
            batch_format="pyarrow",
            batch_size=MICRO_BATCH,
            compute=ActorPoolStrategy(min_size=1, max_size=readers),
            num_cpus=_READING_CPUS,
            max_restarts=-1,
            max_task_retries=_TRIES,
        )
    )


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    names = ("kind", "body", "file", "reading")
    schema = pa.schema([*((name, pa.string()) for name in names), ("known", pa.bool_())])
    return pa.Table.from_pylist(rows, schema=schema)


def parsed(
    shares: Mapping[str, Iterable[str]], *, max_chars: int, columns: Mapping[str, str]
) -> Iterator[pa.Table]:
    """The articles, failures and notices of the files of shares, a micro-batch at a time."""
    rows: list[dict[str, Any]] = []

    def notice(message: str) -> None:
        rows.append({"kind": "notice", "body": message})

    for share in shares["item"]:
        reader = PathReader(Options(max_chars, columns=columns, notice=notice))
        for row in _rows_of(json.loads(str(share)), reader):
            rows.append(row)
            if len(rows) >= MICRO_BATCH:
                yield _table(rows)
                rows.clear()
    if rows:
        yield _table(rows)


def _rows_of(share: list[dict[str, str]], reader: PathReader) -> Iterator[dict[str, Any]]:
    for each in share:
        if "message" in each:
            yield {"kind": "failure", "body": json.dumps(each)}
            continue
        for found in reader.read_file(Path(each["path"]), Path(each["root"])):
            if isinstance(found, SourceFailure):
                body = json.dumps({"path": found.path, "message": found.message})
                yield {"kind": "failure", "body": body}
            else:
                # Articles of a file with many have a part in their origin.
                name = printable(Path(each["path"]))
                file = name if found.origin == name else None
                yield {"kind": "article", "body": found.model_dump_json(), "file": file}


class PassOver:
    """The stage that marks what need not be read, on the machine that knows."""

    def __init__(self, known: Callable[[], Known]) -> None:
        self._known = known()

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The same rows, those of articles that are known marked so."""
        rows = batch.to_pylist()
        articles = [Article.model_validate_json(row["body"]) for row in _articles(rows)]
        known = self._known(articles)
        for row, article in zip(_articles(rows), articles, strict=True):
            row["known"] = article.id in known
        return _table(rows)


class Reads:
    """The stage that reads: a process that loads its reader once."""

    def __init__(self, load: Callable[[], Reader]) -> None:
        self._reader = load()

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The same rows, each article with its reading, or why it failed."""
        rows = batch.to_pylist()
        unread = [row for row in _articles(rows) if not row["known"]]
        articles = [Article.model_validate_json(row["body"]) for row in unread]
        for row, reading in zip(unread, self._reader.read_many(articles), strict=True):
            row["reading"] = reading.model_dump_json()
        return _table(rows)


def _articles(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["kind"] == "article"]
