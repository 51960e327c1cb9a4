"""What is measured of a long load: whether it slows down or grows, and what it stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Measure
from graph.store import Store

AIM_RATE = 0.9
AIM_MEMORY = 1.1
HEAP = "384m"
WHOLE_HEAP = {"JAVA_TOOL_OPTIONS": f"-Xms{HEAP} -XX:+AlwaysPreTouch"}
"""For the environment: Java takes its heap whole at the start. Else it takes more of it bit by bit
up to its bound, however much or little it needs, and nothing else that grows would show."""


@dataclass(frozen=True)
class Pace:
    """Articles a second by processor time, of the second tenth and the last; bytes of memory."""

    start: float
    end: float
    early: int
    """Memory in the beginning."""
    most: int
    slower: float = 1.0
    """How much longer the machine took for the same other work at the end than at the start."""


def counts(store: Store) -> dict[str, int]:
    """What ``counts.cypher`` counts, by the names of its columns."""
    found = store.query((Path(__file__).parent / "counts.cypher").read_text("utf-8"))
    return dict(zip(found.columns, found.rows[0], strict=True))


def measures(
    what: str, pace: Pace, *, early: int, data: Path, text: int, claims: int
) -> Iterator[Measure]:
    """Rate, memory and size of the database.

    Parameters
    ----------
    what
        The load, as it stands in the table.
    early
        Articles at which `Pace.early` was measured.
    data, text, claims
        The folder of the database, bytes of the articles as given, claims in them.
    """
    drift = f", the machine {pace.slower:.2f} times as slow" if pace.slower != 1 else ""
    yield Measure(
        f"{what}, rate of the last tenth, beside the second, CPU time{drift}",
        ours=f"{pace.end:.0f} articles/s",
        peer=f"{pace.start:.0f} articles/s",
        ratio=pace.end * pace.slower / pace.start,
        at_least=AIM_RATE,
    )
    yield Measure(
        f"{what}, memory at the most, beside the most until {early:,}",
        ours=f"{pace.most / 2**20:.0f} MiB",
        peer=f"{pace.early / 2**20:.0f} MiB",
        ratio=pace.most / pace.early,
        at_most=AIM_MEMORY,
    )
    size = sum(each.stat().st_size for each in data.rglob("*") if each.is_file())
    yield Measure(
        f"{what}, database for each of {claims:,} claims, beside the articles as given",
        ours=f"{size / claims:,.0f} B",
        peer=f"{text / claims:,.0f} B",
        ratio=size / text,
    )
