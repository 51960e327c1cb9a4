"""How far a load is, where somebody looks."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft

from api.console import err
from api.loading import Loaded
from loaders.sources.files import STANDARD_INPUT
from loaders.sources.walk import FoundFile, find_files
from loaders.sources.web import is_address

_OF_MANY: Final = (".csv", ".tsv", ".parquet", ".warc", ".wet", ".xml", ".rss", ".atom", ".ndjson")
"""Endings of files that may hold any number of articles."""


@contextlib.contextmanager
def progress(paths: Sequence[str]) -> Iterator[Callable[[Loaded], None]]:
    """A bar with articles, their rate and the time left; nothing where nobody looks."""
    console = err()
    if not console.is_terminal:
        yield lambda loaded: None
        return
    bar = Progress(
        SpinnerColumn(),
        TextColumn("Loading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeLeft(),
        TextColumn("left"),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("load", total=_count(paths), rate="")

        def advance(loaded: Loaded) -> None:
            speed = bar.tasks[task].speed
            rate = f"{speed:.0f} articles/s" if speed else ""
            if claims := loaded.relations.total():
                rate += f" · {claims:,} claims"
            if loaded.failed:
                rate += f" · {loaded.failed} failed"
            bar.update(task, completed=loaded.done, rate=rate)

        yield advance


def _count(paths: Sequence[str]) -> int | None:
    """How many articles there are, as far as counting files and lines tells."""
    count = 0
    for root in paths:
        if root == STANDARD_INPUT or is_address(root):
            return None
        for found in find_files(Path(root)):
            name = found.path.name.lower()
            if not isinstance(found, FoundFile):
                count += 1
            elif name.endswith(".jsonl"):
                try:
                    with found.path.open("rb") as file:
                        count += sum(1 for line in file if line.strip())
                except OSError:  # it is reported when it is its turn
                    count += 1
            elif name.removesuffix(".gz").endswith(_OF_MANY):
                return None
            else:
                count += 1
    return count
