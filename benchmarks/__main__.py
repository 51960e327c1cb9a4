"""Runs the benchmarks that are named, or all of them, and prints one table.

``python -m benchmarks`` · ``python -m benchmarks reading`` · ``python -m benchmarks --json``
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from rich.console import Console

from benchmarks.table import Measure, measures_of, table

BENCHMARKS = ("reading", "sources", "store", "memory", "volume")
_WIDE = 200
"""Columns when the table goes into a pipe."""


def main() -> None:
    """Run them one after the other, each in a fresh process, which makes its memory its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--articles", type=int, help="of `volume`, which takes long otherwise")
    arguments = parser.parse_args()
    sizes = {"volume": {"articles": arguments.articles}} if arguments.articles else {}
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; choose {', '.join(BENCHMARKS)}")
    progress = Console(stderr=True)
    measures: list[Measure] = []
    for name in arguments.names or BENCHMARKS:
        progress.print(f"Measuring: {name} …", style="dim")
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            measures += process.submit(measures_of, name, sizes.get(name)).result()
    if arguments.json:
        print(json.dumps([dataclasses.asdict(m) for m in measures], ensure_ascii=False, indent=2))
        return
    console = Console()
    (console if console.is_terminal else Console(width=_WIDE)).print(table(measures))


if __name__ == "__main__":
    main()
