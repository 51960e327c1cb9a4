"""The tools for assistants, asked by a real client over standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
from backends import Backend
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from stories import Story, company, person

from graph.ingest import ingest
from graph.model import Status
from graph.store import Store

GUNTER, META, APPLE = person("Tom Gunter"), company("Meta"), company("Apple")


def asking(backend: Backend, questions: Callable[[Client], Awaitable[None]]) -> None:
    """Start the command as an assistant would, and let it be asked."""
    environment = {
        **backend.environment(),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "api", "mcp"], env=environment
    )

    async def run() -> None:
        async with Client(stdio_client(server)) as client:
            await questions(client)

    # In a thread of its own: Playwright's loop runs in this one once a test has opened a browser.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(anyio.run, run).result()


def test_an_assistant_follows_a_name_to_the_words_of_the_press(
    backend: Backend, store: Store
) -> None:
    ingest(
        store,
        [
            Story("one", outlet="Les Échos")
            .says(GUNTER, "HIRED_BY", META, status=Status.HEDGED)
            .says(GUNTER, "WORKED_AT", APPLE)
            .item()
        ],
    )

    async def questions(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {
            "search_entities", "get_entity", "list_relationships", "evidence", "find_paths",
            "people_moves", "run_cypher",
        } <= {tool.name for tool in tools}  # fmt: skip
        assert all(tool.description for tool in tools)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)

        async def ask(tool: str, **arguments: Any) -> Any:
            answer: Any = await client.call_tool(tool, arguments)
            assert not answer.is_error, answer
            return answer.structured_content

        (hit, *_) = (await ask("search_entities", name="metta"))["items"]
        (hire,) = (await ask("list_relationships", entity_id=hit["id"], direction="in"))["items"]
        assert hire["status"] == "hedged"
        (claim,) = (await ask("evidence", fact_id=hire["id"]))["items"]
        assert claim["quote"]["text"] == "Tom Gunter HIRED_BY Meta."
        assert claim["article"]["outlet"] == "Les Échos"
        found = await ask("find_paths", origin="company-apple", target=hit["id"])
        assert [each["name"] for each in found["paths"][0]["entities"]] == [
            "Apple",
            "Tom Gunter",
            "Meta",
        ]
        flows = (await ask("people_moves", include_rumours=True))["flows"]
        assert [each["people"] for each in flows] == [1]
        counted = await ask("run_cypher", query="MATCH (p:Person) RETURN count(p) AS people")
        assert counted["rows"] == [[1]]

        for tool, arguments, said in (
            ("get_entity", {"entity_id": "company-nobody"}, "search for it by name"),
            ("run_cypher", {"query": "MATCH (n) DETACH DELETE n"}, "only read"),
            ("run_cypher", {"query": "LOAD CSV FROM 'x' AS l RETURN l"}, "not for readers"),
        ):
            refused: Any = await client.call_tool(tool, arguments)
            assert refused.is_error
            assert said in refused.content[0].text

    asking(backend, questions)
    assert store.read("lookup/totals")[0]["entities"] == 3
