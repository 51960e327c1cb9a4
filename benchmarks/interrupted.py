"""A long load that is stopped once and killed once, goes on each time, and ends whole.

Each part runs in a process of its own (`benchmarks.one_load`), as ``mercato load --processes 2``
would: Ctrl-C comes at a third of the articles, SIGKILL at two thirds, in the midst of a batch. What
is stored then is passed over without being read. Of a load of no more than `COMPARED` articles
every claim is compared with those of a load that nobody disturbed; of any, the counts are.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.reading import BATCH_ARTICLES
from benchmarks import press
from benchmarks.briefs import write_briefs
from benchmarks.long_load import WHOLE_HEAP, Pace, measures
from benchmarks.table import Measure
from benchmarks.volume import ARTICLES, PARTS

COMPARED = 20_000
PROCESSES = 2


@dataclass(frozen=True)
class Mark:
    """How a load stood after a batch: articles, and seconds and bytes of its processes."""

    done: int
    unchanged: int
    claims: int
    cpu: float
    """Of the process that stores and of those that read."""
    wall: float
    resident: int
    """Of the process that stores, with the engine."""


@dataclass(frozen=True)
class Part:
    """One process of the load: its marks, and what it said at its end, if it lived so long."""

    marks: list[Mark]
    end: dict[str, Any]

    def rate(self, first: int, last: int) -> float:
        """Articles a second, by processor time, between two counts of articles done.

        From the last batch before to the first after: a small load has few of them.
        """
        before = [(mark.done, mark.cpu) for mark in self.marks if mark.done <= first]
        done, cpu = before[-1] if before else (0, 0.0)
        end = next(mark for mark in self.marks if mark.done >= last)
        return (end.done - done) / (end.cpu - cpu)

    @property
    def passed_over(self) -> Mark:
        """The last mark before the first article that was not stored yet."""
        return [mark for mark in self.marks if mark.unchanged == mark.done][-1]


def measure(articles: int = ARTICLES, *, made_up: bool = False) -> Iterator[Measure]:
    """What going on costs, and rate, memory and size of the database of the whole.

    With `made_up`, readings come with the articles, so that storing is all that is measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, data = Path(folder) / "briefs.jsonl", Path(folder) / "data"
        write_briefs(file, articles)
        given = str(articles) if made_up else str(file)
        stopped = _load(given, data, articles // 3, signal.SIGINT)
        killed = _load(given, data, 2 * articles // 3, signal.SIGKILL)
        last = _load(given, data, digest=articles <= COMPARED)
        assert stopped.end["stopped"], stopped.end
        assert not killed.end, killed.end
        _check(last, killed, articles)
        text = (
            sum(len(article.text) for article, _ in press.briefs(articles))
            if made_up
            else file.stat().st_size
        )
        if articles <= COMPARED:
            whole = _load(given, Path(folder) / "undisturbed", digest=True)
            assert whole.end["counts"] == last.end["counts"], (whole.end, last.end)
            assert whole.end["digest"] == last.end["digest"], (whole.end, last.end)
        tenth = articles // PARTS
        start, end = stopped.rate(tenth, 2 * tenth), last.rate(articles - tenth, articles)
        early = max(mark.resident for mark in stopped.marks[: max(1, tenth // BATCH_ARTICLES)])
        most = max(mark.resident for part in (stopped, killed, last) for mark in part.marks)
        what = "briefs with their readings" if made_up else "briefs"
        name = f"Of {articles:,} {what} stopped once and killed once"
        yield from measures(
            name,
            Pace(start, end, early, most),
            early=tenth,
            data=data,
            text=text,
            claims=last.end["counts"]["claims"],
        )
    over = last.passed_over
    fast = over.done / over.cpu
    yield Measure(
        f"{name}, passing over {over.done:,} stored ones, beside loading, CPU time",
        ours=f"{fast:,.0f} articles/s",
        peer=f"{start:.0f} articles/s",
        ratio=fast / start,
    )


def _check(last: Part, killed: Part, articles: int) -> None:
    """That nothing is missing and nothing twice, and that nothing stored was read again."""
    counts = last.end["counts"]
    assert last.end["outcomes"].keys() <= {"loaded", "unchanged"}, last.end
    assert sum(last.end["outcomes"].values()) == articles, last.end
    assert last.end["outcomes"]["unchanged"] >= killed.marks[-1].done, last.end
    assert counts["articles"] == articles, counts
    assert counts["claims"] == counts["claims_of_articles"] == counts["claims_of_facts"], counts


def _load(
    given: str, data: Path, until: int | None = None, by: int | None = None, *, digest: bool = False
) -> Part:
    """Load until so many articles are done, then send the signal and wait for the end."""
    command = [sys.executable, "-m", "benchmarks.one_load", given, data, str(PROCESSES)]
    marks: list[Mark] = []
    end: dict[str, Any] = {}
    with subprocess.Popen(
        [*command, *(["--digest"] if digest else [])],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **WHOLE_HEAP},
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            said = json.loads(line)
            if "outcomes" in said:
                end = said
                continue
            mark = Mark(**said)
            if mark.done % 10_000 == 0:
                rate = f"{mark.done / mark.cpu:.0f} articles/s by CPU time so far"
                print(f"{mark.done:,} articles, {rate}, {mark.wall:.0f} s", file=sys.stderr)
            marks.append(mark)
            if until is not None and by is not None and marks[-1].done >= until:
                child.send_signal(by)
                until = None
    expected = -signal.SIGKILL if by == signal.SIGKILL else 0
    assert child.returncode == expected, (child.returncode, end)
    return Part(marks, end)
