"""What a benchmark yields, and the table of them all."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    Every benchmark is a module of this package with a function ``measure`` that yields these, given
    the name of a store where it runs on both; it runs in a process of its own.
    """

    name: str
    """What was measured, on what."""
    ours: str
    """The figure of mercato, with its unit."""
    peer: str
    """The figure of what it is compared with, in the same unit."""
    ratio: float
    """Ours by the peer's."""
    at_least: float | None = None
    """The ratio that is aimed for, if more is better."""
    at_most: float | None = None
    """The ratio that is aimed for, if less is better."""

    @property
    def aim(self) -> str:
        """The aim in words, empty when there is none."""
        if self.at_least is not None:
            return f"at least {self.at_least:.2f}"
        return f"at most {self.at_most:.2f}" if self.at_most is not None else ""

    @property
    def met(self) -> bool:
        """Whether the ratio is what is aimed for; true when nothing is."""
        return (self.at_least is None or self.ratio >= self.at_least) and (
            self.at_most is None or self.ratio <= self.at_most
        )

    @property
    def verdict(self) -> str:
        """The aim, and that it was missed if it was."""
        return self.aim + ("" if self.met else ", missed")


def measures_of(benchmark: str, options: Mapping[str, Any] | None = None) -> list[Measure]:
    """Run one benchmark, in this process, with these arguments."""
    return list(importlib.import_module(f"benchmarks.{benchmark}").measure(**(options or {})))


def markdown(measures: Iterable[Measure]) -> str:
    """The measures as a table in Markdown."""
    lines = ["| measure | ours | peer | ratio | aim |", "|---|---|---|---|---|"]
    lines += [f"| {m.name} | {m.ours} | {m.peer} | {m.ratio:.2f} | {m.verdict} |" for m in measures]
    return "\n".join(lines)


def table(measures: Iterable[Measure]) -> Table:
    """The measures as a table; a ratio is green when it is what is aimed for, and red when not."""
    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    drawn.add_column("Measure")
    for heading in ("Ours", "Peer", "Ratio"):
        drawn.add_column(heading, justify="right", no_wrap=True)
    drawn.add_column("Aim", no_wrap=True)
    for measure in measures:
        style = "" if not measure.aim else "green" if measure.met else "red"
        ratio = Text(f"{measure.ratio:.2f}", style)
        drawn.add_row(measure.name, measure.ours, measure.peer, ratio, measure.verdict)
    return drawn
