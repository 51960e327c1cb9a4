"""A server that is too old is refused, with what it is and what is needed."""

from __future__ import annotations

import socket
import threading

import pytest
from backends import Backend

from graph.errors import StoreVersionError
from graph.server_version import check_version, server_name
from graph.store import Store

URI = "bolt://127.0.0.1:7687"


@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/3.5.0", "Neo4j/5.22.0", "Neo4j/v5.11.0"])
def test_an_older_server_is_refused_and_named(agent: str) -> None:
    with pytest.raises(StoreVersionError, match=r"needs Neo4j 5\.23 or newer; upgrade") as raised:
        check_version(agent, URI)
    assert agent.partition("/")[2] in str(raised.value)
    assert URI in str(raised.value)


@pytest.mark.parametrize(
    "agent",
    [
        "Neo4j/5.23.0",
        "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)",
        "Neo4j/2025.06.0",
        "Neo4j/dev",
        "",
    ],
)
def test_a_newer_server_and_one_that_does_not_say_is_let_through(agent: str) -> None:
    check_version(agent, URI)


def test_the_servers_that_the_tests_run_on_are_new_enough(backend: Backend) -> None:
    with backend.driver() as driver:
        agent = driver.get_server_info().agent
    check_version(agent, backend.uri)
    assert server_name(agent) == backend.store.server_name


def test_a_server_that_speaks_no_bolt_of_today_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(20)
                connection.sendall(bytes(4))  # none of the versions that the driver offers

        server = threading.Thread(target=refuse)
        server.start()
        with pytest.raises(StoreVersionError, match=r"too old for .*needs Neo4j 5\.23"):
            Store.connect(f"bolt://127.0.0.1:{listening.getsockname()[1]}", "user", "password")
        server.join()
