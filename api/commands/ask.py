"""Asking the graph: search, show, path, cypher."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from api.commands.common import AsJson, DataDir, ServiceOption, opened_graph, the_entity
from graph.model import Kind, RelationType, Status

_LONGEST: Final = 200
"""Characters of a list, a node or a relationship in a table; they have no end of their own."""


def _names(members: Iterable[StrEnum]) -> str:
    return ", ".join(member.value.lower() for member in members)


KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        case_sensitive=False,
        help=f"Only this kind: {_names(Kind)}.",
        show_default=False,
    ),
]
TypeOption = Annotated[
    list[RelationType] | None,
    typer.Option(
        "--type",
        metavar="RELATION",
        case_sensitive=False,
        help=f"Only this relation; may be given several times: {_names(RelationType)}.",
        show_default=False,
    ),
]
StatusOption = Annotated[
    list[Status] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        case_sensitive=False,
        help=f"Only this status; may be given several times: {_names(Status)}.",
        show_default=False,
    ),
]


def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or the beginning of one.")],
    *,
    kind: KindOption = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most entities to list.")] = 20,
    as_json: AsJson = False,
    service: ServiceOption = None,
    data_dir: DataDir = None,
) -> None:
    """Find entities by name; accents, case and typos are forgiven.

    Examples:

        mercato search zuckerberg

        mercato search "scale ai" --kind company --json
    """
    from api.console import print_json, print_table, say

    with opened_graph(data_dir, service) as graph:
        hits = graph.search(name, kind=kind, limit=limit).items
    if as_json:
        print_json([hit.model_dump(mode="json") for hit in hits])
        return
    if not hits:
        say(f"Nothing in the graph is called {name!r}; try fewer letters.")
        return
    print_table(
        ("Name", "Kind", "Relationships", "Articles", "Sources", "Id"),
        (
            (
                hit.name if hit.matched == hit.name else f"{hit.name} ({hit.matched})",
                hit.kind.value,
                str(hit.relationships),
                str(hit.articles),
                str(hit.sources),
                hit.id,
            )
            for hit in hits
        ),
    )


def show(
    entity: Annotated[str, typer.Argument(metavar="NAME_OR_ID", help="An entity.")],
    *,
    kind: KindOption = None,
    types: TypeOption = None,
    statuses: StatusOption = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most relationships to show.")] = 50,
    quotes: Annotated[int, typer.Option(min=0, max=50, help="Quotes per relationship.")] = 2,
    as_json: AsJson = False,
    service: ServiceOption = None,
    data_dir: DataDir = None,
) -> None:
    """Show an entity: its relationships, and the words of the press that carry each.

    Examples:

        mercato show "Ruoming Pang"

        mercato show meta --type hired_by --quotes 0
    """
    from api.console import out, print_json, say, styled
    from api.render import counted, quote_line, relationship_line
    from graph.views import EntityView

    with opened_graph(data_dir, service) as graph:
        view = graph.entity(the_entity(graph, entity, kind).id)
        page = graph.relationships(view.id, types=types or (), statuses=statuses or (), limit=limit)
        carried = [
            (each, graph.evidence(each.id, limit=quotes).items if quotes else [])
            for each in page.items
        ]
    if as_json:
        print_json(
            view.model_dump(mode="json", include=set(EntityView.model_fields))
            | {
                "relationships": [
                    each.model_dump(mode="json")
                    | {"evidence": [claim.model_dump(mode="json") for claim in claims]}
                    for each, claims in carried
                ]
            }
        )
    else:
        console = out()
        console.print(styled(view.name, "bold"), styled(f"{view.kind.value}  {view.id}", "dim"))
        if view.aliases:
            console.print(styled(f"also: {', '.join(view.aliases)}", "dim"), soft_wrap=True)
        counts = (counted(view.articles, "article"), counted(view.sources, "source"))
        console.print(styled(" · ".join(counts), "dim"))
        for each, claims in carried:
            console.print()
            console.print(relationship_line(each, view.id), soft_wrap=True)
            for claim in claims:
                console.print("  ", quote_line(claim), sep="", soft_wrap=True)
    if page.next_cursor:
        say(f"There are more than {limit} relationships; see more with --limit.")


def path(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="Name or id of an entity.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Name or id of another.")],
    *,
    max_length: Annotated[int, typer.Option(min=1, max=8, help="Most steps to take.")] = 4,
    types: TypeOption = None,
    statuses: StatusOption = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Most paths to show.")] = 5,
    as_json: AsJson = False,
    service: ServiceOption = None,
    data_dir: DataDir = None,
) -> None:
    """Show how two entities are connected: the shortest paths, with the words that say so.

    What the press denies is left out, unless --status asks for it.

    Examples:

        mercato path "Mark Lee" "Mark Zuckerberg"

        mercato path pang "scale ai" --max-length 3
    """
    from api.console import out, print_json, say, styled
    from api.render import step_line

    with opened_graph(data_dir, service) as graph:
        found = graph.paths(
            the_entity(graph, origin).id,
            the_entity(graph, target).id,
            max_length=max_length,
            types=types or (),
            statuses=statuses or (),
            limit=limit,
        )
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if not found.paths:
        say(
            f"No path of at most {max_length} steps joins {found.origin.name} and "
            f"{found.target.name}; try a greater --max-length."
        )
        return
    console = out()
    for number, each in enumerate(found.paths):
        if number:
            console.print()
        for step in each.steps:
            console.print(step_line(step), soft_wrap=True)
            if step.quote and step.article:
                quote = " ".join(step.quote.split())
                where = styled(f"  ({step.article.id})", "dim")
                words = styled(f"  « {quote} »", "italic")
                console.print(words, where, sep="", soft_wrap=True)
    if found.truncated:
        say(f"There are more paths of this length; see more with --limit (now {limit}).")


def cypher(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="A Cypher statement; - takes it from a pipe.")
    ],
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="A parameter of the statement; the value may be JSON. May be given several times.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most rows to print.")] = 1000,
    as_json: AsJson = False,
    service: ServiceOption = None,
    data_dir: DataDir = None,
) -> None:
    """Run a Cypher statement that reads; it cannot change anything.

    A table shortens long lists, nodes and relationships; --json gives them whole.

    Examples:

        mercato cypher 'MATCH (p:Person)-[:HIRED_BY]->(c) RETURN p.name, c.name'

        mercato cypher 'MATCH (e:Entity {name: $name}) RETURN e' -p name=Meta --json
    """
    from api.console import print_json, print_table, say

    params = dict(_parameter(text) for text in param or ())
    text = sys.stdin.read() if query == "-" else query
    with opened_graph(data_dir, service) as graph:
        result = graph.cypher(text, params, limit=limit)
    if as_json:
        print_json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    else:
        print_table(result.columns, ([_cell(value) for value in row] for row in result.rows))
    if result.truncated:
        say(f"There are more than {limit} rows; see more with --limit.")


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="'--param'")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
