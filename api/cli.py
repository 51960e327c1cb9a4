"""The command `mercato`.

Exit codes are part of what it promises; `docs/cli.md` lists them.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from enum import IntEnum
from importlib import metadata
from typing import Annotated, Final, NoReturn

import typer

from api.commands import (
    articles,
    ask,
    assistant,
    browser,
    copying,
    decisions,
    evaluate,
    keys,
    load,
    read,
    reread,
    serve,
)
from api.console import fail, warn
from api.settings import SettingsError, load_settings, unknown_variables
from graph.errors import (
    EngineError,
    GraphError,
    NotFoundError,
    SchemaVersionError,
    StoreAuthError,
    StoreUnavailableError,
    StoreVersionError,
)
from loaders.errors import LoaderError

_NO_STORE: Final = (
    EngineError,
    SchemaVersionError,
    StoreAuthError,
    StoreUnavailableError,
    StoreVersionError,
)


class ExitCode(IntEnum):
    """What a command's end says to the shell."""

    DONE = 0
    FAILED = 1
    """Not all of it could be done; the rest was."""
    USAGE = 2
    """An option, an argument or a setting is wrong."""
    NOT_FOUND = 3
    """Nothing has this name or id, or several have."""
    NO_STORE = 4
    """The graph could not be opened or reached."""
    DEFECT = 70
    """A defect of mercato."""
    INTERRUPTED = 130
    """Stopped with Ctrl-C."""


app = typer.Typer(
    name="mercato",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_LOAD, _ASK, _WHO, _SERVE = "Articles", "Ask the graph", "Who is who", "Serve"
for _command, _panel in (
    (load.load, _LOAD),
    (read.read, _LOAD),
    (reread.reread, _LOAD),
    (reread.unread, _LOAD),
    (evaluate.evaluate, _LOAD),
    (articles.delete, _LOAD),
    (articles.export, _LOAD),
    (copying.copy, _LOAD),
    (ask.search, _ASK),
    (ask.show, _ASK),
    (ask.path, _ASK),
    (ask.cypher, _ASK),
    (decisions.merge, _WHO),
    (decisions.decisions, _WHO),
    (decisions.unmerge, _WHO),
    (serve.serve, _SERVE),
    (serve.demo, _SERVE),
    (assistant.mcp, _SERVE),
    (browser.browser, _SERVE),
):
    app.command(rich_help_panel=_panel)(_command)
app.add_typer(keys.app, name="keys", rich_help_panel=_SERVE)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mercato {metadata.version('mercato')}")
        raise typer.Exit


@app.callback()
def mercato(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Read the press into a graph: who moved where, who invested in what, who said it.

    Begin with `mercato demo`, or load articles of your own with `mercato load PATH`.
    Settings are environment variables; see docs/settings.md.
    """
    for name, near in unknown_variables().items():
        warn(f"{name} is no setting" + (f"; do you mean {near}?" if near else ""))
    logging.basicConfig(
        level=load_settings().log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line, and end the process with an exit code that says how it went."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a stand-in for a stream may lack it
            reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="mercato")
    except (GraphError, LoaderError, SettingsError, OSError) as error:
        fail(str(error))
        sys.exit(_exit_code(error))
    except Exception as error:
        if os.environ.get("MERCATO_LOG_LEVEL", "").lower() == "debug":
            traceback.print_exc()
        fail(
            f"{type(error).__name__}: {error}\n"
            "This is a defect of mercato. With MERCATO_LOG_LEVEL=debug it shows where."
        )
        sys.exit(ExitCode.DEFECT)
    sys.exit(ExitCode.DONE)


def _exit_code(error: Exception) -> ExitCode:
    if isinstance(error, SettingsError):
        return ExitCode.USAGE
    if isinstance(error, NotFoundError):
        return ExitCode.NOT_FOUND
    if isinstance(error, _NO_STORE):
        return ExitCode.NO_STORE
    return ExitCode.FAILED
