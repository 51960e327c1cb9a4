"""The command of `make neo4j`: a Neo4j server with Neo4j Browser, until Ctrl-C."""

from __future__ import annotations

import argparse
import shlex
import sys
import threading
from pathlib import Path

from api.console import fail, print_line, say, working
from api.settings import SettingsError, load_settings
from api.stopping import stop_on_signals
from deploy.neo4j.assembly import Neo4jError, StartError, assemble
from deploy.neo4j.server import BOLT_PORT, HTTP_PORT, Neo4jServer
from graph.errors import EngineError


def main() -> int:
    """Run the server until it is asked to stop; the exit status."""
    try:
        return _run(_arguments())
    except (Neo4jError, EngineError, SettingsError, OSError) as error:
        fail(str(error))
        return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.neo4j", description=__doc__)
    add = parser.add_argument
    add("--home", type=Path, help="folder of the server (default: `neo4j` in the data folder)")
    for name, usual in (("bolt", BOLT_PORT), ("http", HTTP_PORT)):
        said = f"0 for any free one (default: {usual} or the next free one)"
        add(f"--{name}-port", type=int, metavar="PORT", help=said)
    add("--heap", default="1g", metavar="SIZE", help="memory, as 512m or 2g (default: %(default)s)")
    add("--assemble", action="store_true", help="only get Neo4j from Maven Central")
    return parser.parse_args()


def _run(arguments: argparse.Namespace) -> int:
    if arguments.assemble:
        print_line(str(assemble(say)))
        return 0
    with stop_on_signals() as stop:
        server = Neo4jServer(
            arguments.home or load_settings().data_dir / "neo4j",
            bolt_port=arguments.bolt_port,
            http_port=arguments.http_port,
            heap=arguments.heap,
            say=say,
        )
        over = threading.Event()
        stop.also(over.set)
        try:
            server.start(cancelled=over.is_set)
            _announce(server)
            threading.Thread(target=_tell_of_end, args=(server, over), daemon=True).start()
            over.wait()
            if not stop.requested:
                raise StartError(f"Neo4j ended by itself; see the logs in {server.home / 'logs'}")
        except Neo4jError:
            if not stop.requested:
                raise
        finally:
            with working("Stopping Neo4j…"):
                server.stop()
    return 0


def _tell_of_end(server: Neo4jServer, over: threading.Event) -> None:
    server.wait()
    over.set()


def _announce(server: Neo4jServer) -> None:
    password = server.password_file
    if password.is_relative_to(Path.cwd()):
        password = password.relative_to(Path.cwd())
    show = f"cat {shlex.quote(str(password))}"
    for line in (
        "",
        "Neo4j is running.",
        "",
        f"  Neo4j Browser   {server.http_url}/browser/",
        f"                  connect to {server.uri}, database {server.database}",
        f"                  user {server.user}, password: {show}",
        "",
        "In another terminal, to let mercato use it:",
        "",
        f"  export MERCATO_URI={server.uri} MERCATO_USER={server.user}",
        f'  export MERCATO_PASSWORD="$({show})"',
        "  .venv/bin/mercato demo",
        "",
        "Ctrl-C stops it; the graph stays.",
    ):
        print_line(line)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
