"""Serving the graph over HTTP and Bolt, and the demo."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import DataDir, user_settings

if TYPE_CHECKING:
    from api.loading import Handling
    from api.service import Running
    from api.stopping import Stop
    from graph.store import Store

Host = Annotated[
    str | None,
    typer.Option(
        "--host",
        help="Address to listen on, instead of the setting MERCATO_HOST.",
        show_default=False,
    ),
]
HttpPort = Annotated[
    int | None,
    typer.Option(
        "--port",
        min=0,
        max=65535,
        help="HTTP port, 0 for any free one; without it, 8000 or the next free one.",
        show_default=False,
    ),
]
BoltPort = Annotated[
    int | None,
    typer.Option(
        "--bolt-port",
        min=0,
        max=65535,
        help="Bolt port of the graph, 0 for any free one; without it, 7687 or the next free one.",
        show_default=False,
    ),
]


def serve(
    *,
    host: Host = None,
    port: HttpPort = None,
    bolt_port: BoltPort = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the graph: the HTTP API, and Bolt for Neo4j Browser and drivers.

    Ctrl-C stops it, and loses nothing.

    Examples:

        mercato serve

        mercato serve --port 8080 --data-dir /srv/press
    """
    from api.service import run_service

    settings = user_settings(data_dir, host=host, port=port, bolt_port=bolt_port)
    run_service(settings, announce=_announce)


def demo(
    *,
    host: Host = None,
    port: HttpPort = None,
    bolt_port: BoltPort = None,
    data_dir: DataDir = None,
) -> None:
    """Load the articles that are shipped, serve the graph, and say what to open.

    A second run loads nothing twice. Ctrl-C stops it, and loses nothing.

    Examples:

        mercato demo

        mercato demo --port 8080
    """
    from api.service import run_service

    settings = user_settings(data_dir, host=host, port=port, bolt_port=bolt_port)

    def announce(running: Running) -> None:
        _announce(running)
        _suggest(running)

    def prepare(store: Store, stop: Stop) -> None:
        _load_shipped(store, stop, settings.max_article_chars)

    run_service(settings, announce=announce, prepare=prepare)


def _load_shipped(store: Store, stop: Stop, max_chars: int) -> None:
    from importlib import resources

    from api.commands.load import load_with_progress, print_summary, telling
    from api.reading import shipped_reader
    from loaders.sources.files import PathReader
    from loaders.sources.source import Options

    with resources.as_file(resources.files("loaders") / "demo" / "articles") as folder:
        source = PathReader(Options(max_chars))
        paths = [str(folder)]
        handling: Handling = {"stop": lambda: stop.requested, "on_failure": telling()}
        loaded = load_with_progress(store, paths, source, shipped_reader(), handling)
    print_summary(loaded)


def to_try() -> list[list[str]]:
    """Commands that the demo suggests; they find something in the articles that are shipped."""
    from graph.statements import statement

    return [
        ["show", "Alexandr Wang"],
        ["path", "Ruoming Pang", "Yann LeCun"],
        ["cypher", " ".join(statement("demo/hires").split())],
    ]


def _announce(running: Running) -> None:
    from api.render import counted

    counts = running.store.read("lookup/totals")[0]
    totals = ", ".join(
        counted(counts[plural], noun)
        for plural, noun in (
            ("articles", "article"),
            ("claims", "claim"),
            ("entities", "entity"),
            ("relationships", "relationship"),
        )
    )
    lines = [
        "",
        f"mercato is running: {totals}.",
        "",
        f"  Explorer            {running.url}",
        f"  API documentation   {running.url}/docs",
        f"  Neo4j Browser       connect to {running.bolt}, database {running.store.database}",
    ]
    if running.reader is not None:
        user, password = running.reader
        secrets = running.settings.data_dir / "secrets.json"
        lines += [
            f"                      user {user}, password {password}",
            f"                      (who may only read; the user who may write is in {secrets})",
        ]
    _print(lines)


def _suggest(running: Running) -> None:
    folder = running.settings.data_dir
    more = [] if _is_default(folder) else ["--data-dir", str(folder)]
    lines = ["", "In another terminal:", ""]
    lines += [f"  {_program()} {shlex.join([*words, *more])}" for words in to_try()]
    lines += ["", "Ctrl-C stops it; the graph stays."]
    _print(lines)


def _print(lines: list[str]) -> None:
    from api.console import print_line

    for line in lines:
        print_line(line)
    sys.stdout.flush()


def _is_default(folder: Path) -> bool:
    from api.settings import default_data_dir

    return folder == default_data_dir()


def _program() -> str:
    """The command as the user may type it."""
    program = Path(sys.argv[0])
    found = shutil.which("mercato")
    if program.name != "mercato" or (found and Path(found).samefile(program)):
        return "mercato"
    return shlex.quote(os.path.relpath(program))
