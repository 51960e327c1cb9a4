"""Asking as fast as answers come, by many at once: over HTTP by wrk, and by the bare driver.

Both go through the same questions in the same order, and each asker sends its next one as soon as
it has its answer.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from neo4j import Driver

from benchmarks.lookups import Asked, ask_bare, percentile

_SCRIPT = Path(__file__).with_name("replay.lua")
_LONGER = 4
_PATIENCE_S = 120
"""Longer than any answer takes: what is given up would not count among the slow ones."""


class MissingToolError(RuntimeError):
    """There is no wrk; the message says where to get it."""


@dataclass(frozen=True)
class Pace:
    """How fast answers came."""

    rate: float
    """Answers a second."""
    p50: float
    """Milliseconds that half of them did not exceed."""
    p99: float
    """Milliseconds that 99 of 100 did not exceed."""


def wrk() -> str:
    """Where wrk is.

    Raises
    ------
    MissingToolError
        If it is not installed.
    """
    found = shutil.which("wrk")
    if found is None:
        raise MissingToolError(
            "this benchmark needs wrk, which makes the requests: on Debian `apt install wrk`, "
            "on macOS `brew install wrk`; or leave `load` out and name the others"
        )
    return found


def over_http(
    service: str, paths: Sequence[str], connections: int, seconds: float, *, refusals: bool = False
) -> Pace:
    """The pace at which a service answers requests for these paths, over so many connections.

    Parameters
    ----------
    service
        Its address, without a path.
    seconds
        How long; longer where each connection has not had an answer by then.
    refusals
        Whether answers with another status than 2xx and 3xx are answers, too.

    Raises
    ------
    MissingToolError
        If there is no wrk.
    RuntimeError
        If wrk fails, a connection breaks, or an answer is a refusal that does not count.
    """
    while True:
        result = _replayed(service, paths, connections, seconds)
        if result["lost"] or (result["refused"] and not refusals):
            raise RuntimeError(f"not every request was answered: {result}")
        # What is under way at the end is not counted: slow answers to many need a longer time.
        if result["requests"] >= connections:
            break
        if seconds > _PATIENCE_S:
            raise RuntimeError(f"too few requests were answered in {seconds:.0f} s: {result}")
        seconds *= _LONGER
    return Pace(
        result["requests"] / (result["microseconds"] / 1e6),
        result["p50"] / 1000,
        result["p99"] / 1000,
    )


def _replayed(
    service: str, paths: Sequence[str], connections: int, seconds: float
) -> dict[str, int]:
    """What the script prints."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="ascii") as file:
        file.write("\n".join(paths))
        file.flush()
        done = subprocess.run(
            [
                *(wrk(), "--threads", "1", "--connections", str(connections)),
                *("--duration", f"{round(seconds)}s", "--timeout", f"{_PATIENCE_S}s"),
                *("--script", str(_SCRIPT), service, "--", file.name, "0"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    result: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return result


def by_driver(
    driver: Driver,
    database: str,
    questions: Sequence[Sequence[Asked]],
    workers: int,
    seconds: float,
) -> Pace:
    """The pace at which so many threads get the rows of these statements by the bare driver."""
    waiting = itertools.cycle(questions)
    start = time.perf_counter()
    until = start + seconds

    def work() -> list[float]:
        took = []
        while (begun := time.perf_counter()) < until:
            # Taking the next is one step of the interpreter: two threads do not get the same one.
            ask_bare(driver, database, next(waiting))
            took.append(time.perf_counter() - begun)
        return took

    with ThreadPoolExecutor(workers) as pool:
        askers = [pool.submit(work) for _ in range(workers)]
        answers = [each for asker in askers for each in asker.result()]
    elapsed = time.perf_counter() - start
    p50, p99 = (percentile(answers, percent) * 1000 for percent in (50, 99))
    return Pace(len(answers) / elapsed, p50, p99)
