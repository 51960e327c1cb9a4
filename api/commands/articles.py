"""Articles of the graph: delete one, export the claims of all."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TextIO

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
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            dir_okay=False,
            help="Write to this file instead of standard output.",
            show_default=False,
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the entities and claims of every article as JSON, one article a line.

    The form is that of `mercato read --jsonl`.

    Examples:

        mercato export > claims.jsonl

        mercato export --output claims.jsonl
    """
    from api.console import say
    from api.render import counted
    from graph.export import iter_export

    count = 0
    with opened_store(user_settings(data_dir)) as store, _destination(output) as file:
        for article in iter_export(store):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            count += 1
    say(f"Exported {counted(count, 'article')}.")


@contextlib.contextmanager
def _destination(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only once it is whole."""
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
