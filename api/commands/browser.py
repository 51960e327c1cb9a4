"""Neo4j Browser: how to connect it, and how to give it the guide, the style and the queries."""

from __future__ import annotations

import contextlib
import http.client
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from api.commands.common import DataDir, user_settings

if TYPE_CHECKING:
    from api.settings import Settings

_PATIENCE_S: Final = 2.0


def browser(
    *,
    service: Annotated[
        str | None,
        typer.Option(
            "--service",
            metavar="URL",
            help="Address of the running service, when it is not that of the settings.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            file_okay=False,
            help="Write guide, style sheet and queries into this folder too.",
            show_default=False,
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Say how to open the graph in Neo4j Browser, with guide, style sheet and saved queries.

    Examples:

        mercato browser

        mercato browser --output browser-files
    """
    from api import browser_files, browser_page
    from api.console import print_line, say
    from api.settings import is_loopback

    settings = user_settings(data_dir)
    named = f"[{settings.host}]" if ":" in settings.host else settings.host
    if settings.host in {"0.0.0.0", "::"}:  # noqa: S104  # compared with, not listened on
        named = "localhost"
    here = service or f"http://{named}:{settings.port}"
    base = f"{browser_page.public_base(here)}/browser"
    running = _answers(here)
    lines = [*_connection(settings), ""]
    if running and browser_page.find_jar(settings):
        lines += [f"Neo4j Browser, ready to connect:  {browser_page.address(here)}", ""]
    lines += [
        "Then, in its editor:",
        "",
        f"  :play {base}/guide.html",
        f"  :style {base}/style.grass",
        "",
        f"The saved queries: download {base}/queries.zip and drop it on Browser's window.",
    ]
    if output is not None:
        written = browser_files.export(output, base)
        names = ", ".join(path.name for path in written)
        lines += ["", f"Written to {output}: {names}. Each can be dropped on Browser's window."]
    for line in lines:
        print_line(line)
    if not running:
        say(
            f"\nNo service answers at {here}: start it with `mercato serve`, "
            "or give the address that it printed with --service.",
            "yellow",
        )
    elif not is_loopback(urlsplit(here).hostname or ""):
        say(
            "\nBrowser plays guides of this machine only, unless its server's "
            "browser.remote_content_hostname_whitelist names the other one.",
            "yellow",
        )


def _connection(settings: Settings) -> list[str]:
    """What to fill in where Browser asks for a server."""
    from graph.arcadedb import DATABASE, READER
    from graph.datadir import DataDir as Folder

    if settings.uri is not None:
        user = settings.reader_user or settings.user
        password = f"the one of {user}"
        uri, database = settings.uri, settings.database
    else:
        folder = Folder(settings.data_dir)
        owner = folder.owner()
        if owner is None:
            return [
                f"Nobody serves the graph in {settings.data_dir} at the moment.",
                "Start it with `mercato serve`, and ask again for address and password.",
            ]
        uri, database, user, password = owner.uri, DATABASE, READER, folder.secrets().reader
    return [
        "In Neo4j Browser, connect to:",
        "",
        f"  Connect URL   {uri}",
        f"  Database      {database}",
        f"  Username      {user}",
        f"  Password      {password}",
    ]


def _answers(service: str) -> bool:
    """Whether a service of mercato answers there."""
    parts = urlsplit(service)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        with contextlib.closing(kind(parts.netloc, timeout=_PATIENCE_S)) as connection:
            connection.request("GET", f"{parts.path.rstrip('/')}/browser/style.grass")
            return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException, ValueError):
        return False
