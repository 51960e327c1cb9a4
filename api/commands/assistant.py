"""Serving the graph to assistants."""

from __future__ import annotations

from api.commands.common import DataDir, opened_store, user_settings


def mcp(*, data_dir: DataDir = None) -> None:
    """Serve the graph to an assistant, as tools of the Model Context Protocol.

    The assistant starts this command and speaks to it over standard input and output. The tools
    search, follow relationships to the words of the press, find paths, count flows and run Cypher
    that reads; none changes anything.

    Examples:

        mercato mcp

        mercato mcp --data-dir /srv/press
    """
    from api.mcp_server import create_server

    settings = user_settings(data_dir)
    with opened_store(settings) as store:
        create_server(store, settings.gazetteers).run("stdio")
