"""Articles of the graph: delete one, export the claims of all, or the graph as a whole."""

from __future__ import annotations

import contextlib
import json
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from api.commands.common import DataDir, opened_store, user_settings


def delete(
    article_id: Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="An article's id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Delete an article with its claims; what only they carried goes too.

    Examples:

        mercato delete 001-meta-apple

        mercato delete 001-meta-apple --yes
    """
    from api.console import say
    from api.render import counted
    from graph.ingest import delete_article
    from graph.lookup import get_article

    with opened_store(user_settings(data_dir)) as store:
        article = get_article(store, article_id)
        what = f"{article_id} ({counted(article.claim_count, 'claim')})"
        if not yes:
            typer.confirm(f"Delete the article {what}?", abort=True, err=True)
        delete_article(store, article_id)
    say(f"Deleted {what}.")


def export(
    *,
    form: Annotated[
        Literal["jsonl", "ftm", "neo4j-admin"],
        typer.Option(
            "--format",
            help="What to write: lines of JSON, FollowTheMoney, or a folder for neo4j-admin.",
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file instead of standard output; for neo4j-admin, to this folder.",
            show_default=False,
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the entities and claims of every article as JSON, one article a line.

    The form is that of `mercato read --jsonl`. With --format ftm, write the graph as entities of
    FollowTheMoney, one a line. With --format neo4j-admin, write the whole graph as the files that
    `neo4j-admin database import full` takes, and print its command line.

    Examples:

        mercato export > claims.jsonl

        mercato export --output claims.jsonl

        mercato export --format ftm --output press.ftm.json

        mercato export --format neo4j-admin --output for-neo4j
    """
    if form == "neo4j-admin":
        _export_for_import(output, data_dir)
    elif form == "ftm":
        _export_entities(output, data_dir)
    else:
        _export_lines(output, data_dir)


def _export_lines(output: Path | None, data_dir: Path | None) -> None:
    from api.console import say
    from api.render import counted
    from graph.export import iter_export

    count = 0
    with opened_store(user_settings(data_dir)) as store, _destination(output) as file:
        for article in iter_export(store):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            count += 1
    say(f"Exported {counted(count, 'article')}.")


def _export_entities(output: Path | None, data_dir: Path | None) -> None:
    from api.console import say
    from api.render import counted
    from graph.export_ftm import follow_the_money

    count = 0
    with opened_store(user_settings(data_dir)) as store:
        pieces = follow_the_money(store)
        with _destination(output) as file:
            for piece in pieces:
                file.write(piece)
                count += piece.count("\n")
    say(f"Exported {counted(count, 'entity')}.")


def _export_for_import(output: Path | None, data_dir: Path | None) -> None:
    from api.console import print_line, say
    from graph.export_neo4j import export_for_import, import_arguments

    if output is None or (output.exists() and not _is_empty_folder(output)):
        raise typer.BadParameter("name a new or an empty folder", param_hint="'--output'")
    folder = output.absolute()
    with opened_store(user_settings(data_dir)) as store, _folder(folder) as unfinished:
        export_for_import(store, unfinished)
    say(f"Exported the graph to {folder}. On the stopped server, for its database mercato:")
    print_line(shlex.join(["neo4j-admin", *import_arguments(folder), "mercato"]))


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


@contextlib.contextmanager
def _folder(output: Path) -> Iterator[Path]:
    """A folder that takes its name only once it is whole."""
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_name(f".{output.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir()
        yield unfinished
        unfinished.replace(output)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextlib.contextmanager
def _destination(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only once it is whole."""
    if output is not None and output.is_dir():
        raise typer.BadParameter(f"{output} is a folder; name a file", param_hint="'--output'")
    if output is None:
        yield sys.stdout
    elif output.exists() and not output.is_file():  # a device or a pipe: nothing to replace
        with output.open("w", encoding="utf-8") as file:
            yield file
    else:
        unfinished = output.with_name(f".{output.name}.part")
        try:
            with unfinished.open("w", encoding="utf-8") as file:
                yield file
            unfinished.replace(output)
        finally:
            unfinished.unlink(missing_ok=True)
