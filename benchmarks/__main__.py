"""Runs the benchmarks that are named, or all of them, and prints one table.

``python -m benchmarks`` · ``python -m benchmarks reading`` · ``python -m benchmarks --json`` ·
``python -m benchmarks lookups --store neo4j --entities 1000 --facts 10000``
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from rich.console import Console

from benchmarks.hammer import MissingToolError
from benchmarks.stores import STORES
from benchmarks.table import Measure, markdown, measures_of, table
from benchmarks.world import ENTITIES, FACTS

BENCHMARKS = (
    "reading",
    "whole",
    "sources",
    "store",
    "memory",
    "volume",
    "interrupted",
    "lookups",
    "load",
    "explorer",
)
_ON_STORES = {"whole", "store", "memory", "lookups", "load"}
_WIDE = 200
"""Columns when the table goes into a pipe."""


def main() -> None:
    """Run them one after the other, each in a fresh process, which makes its memory its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--markdown", action="store_true", help="print a table in Markdown")
    parser.add_argument("--store", choices=STORES, action="append", help="one store, not both")
    parser.add_argument("--entities", type=int, default=ENTITIES, help="of `lookups`, `load`")
    parser.add_argument("--facts", type=int, default=FACTS, help="of `lookups`, `load`")
    parser.add_argument("--articles", type=int, help="of `volume` and `interrupted`")
    parser.add_argument("--made-up", action="store_true", help="`interrupted` without reading")
    arguments = parser.parse_args()
    of_world = {"entities": arguments.entities, "facts": arguments.facts}
    sizes = {"lookups": of_world, "load": of_world}
    if arguments.articles:
        sizes |= {name: {"articles": arguments.articles} for name in ("volume", "interrupted")}
    if arguments.made_up:
        sizes["interrupted"] = {**sizes.get("interrupted", {}), "made_up": True}
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; choose {', '.join(BENCHMARKS)}")
    progress = Console(stderr=True)
    measures: list[Measure] = []
    missing = False
    for name in arguments.names or BENCHMARKS:
        for store in arguments.store or STORES if name in _ON_STORES else ("",):
            progress.print(f"Measuring: {name} {store} …", style="dim")
            options = sizes.get(name, {}) | ({"name": store} if store else {})
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                try:
                    measures += process.submit(measures_of, name, options).result()
                except MissingToolError as error:
                    progress.print(f"Left out: {error}", style="yellow")
                    missing = True
    if arguments.markdown:
        print(markdown(measures))
    elif arguments.json:
        print(json.dumps([dataclasses.asdict(m) for m in measures], ensure_ascii=False, indent=2))
    else:
        console = Console()
        (console if console.is_terminal else Console(width=_WIDE)).print(table(measures))
    if missing:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
