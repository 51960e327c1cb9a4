"""Moving the graph: a copy from this store into a Neo4j server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from api.commands.common import DataDir, opened_store, user_settings


def copy(
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="URI", help="Bolt address of the server to copy to.")
    ],
    user: Annotated[str, typer.Option("--user", help="User there; needs the right to write.")] = (
        "neo4j"
    ),
    password: Annotated[
        str,
        typer.Option(
            "--password",
            envvar="NEO4J_PASSWORD",
            prompt="Password there",
            hide_input=True,
            help="Password of that user; best left to the variable NEO4J_PASSWORD or the prompt.",
            show_default=False,
        ),
    ],
    database: Annotated[str, typer.Option("--database", help="Database there.")] = "neo4j",
    data_dir: DataDir = None,
) -> None:
    """Copy the graph into a Neo4j server: articles, claims, facts and decisions.

    Stopped with Ctrl-C or interrupted, the same command goes on from there; a server that is
    restarted meanwhile is waited for. At the end both are compared, by counts and a checksum over
    everything.

    Examples:

        mercato copy --to neo4j://127.0.0.1:7687 --database mercato
    """
    from api.console import print_table, say
    from api.patience import PATIENCE_S, Stopped, patient
    from api.stopping import stop_on_signals
    from graph.connect import open_store
    from graph.copying import copy_graph

    settings, copied = user_settings(data_dir), None
    with (
        opened_store(settings) as source,
        open_store(uri=to, user=user, password=password, database=database) as target,
        stop_on_signals() as stop,
        _progress() as advance,
        contextlib.suppress(Stopped),
    ):

        def stopped() -> bool:
            return stop.requested

        copied = copy_graph(
            patient(source, PATIENCE_S if settings.uri else 0.0, say, stopped),
            patient(target, PATIENCE_S, say, stopped),
            on_batch=advance,
            stop=stopped,
        )
    if copied is None:
        say("Stopped. What was copied stays; the same command copies the rest.")
        raise typer.Exit(130)
    print_table(("Copied", "Both have"), [(k, f"{n:,}") for k, n in copied.counts.items()])
    say(f"Equal on both sides, checksum {copied.checksum[:16]}.")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar of the articles copied; nothing where nobody looks."""
    from rich.progress import Progress

    from api.console import err

    console = err()
    if not console.is_terminal:
        yield lambda done, total: None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Copying", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
