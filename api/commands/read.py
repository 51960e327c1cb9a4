"""Reading articles without a graph."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    Columns,
    ExtractorOption,
    Gazetteers,
    Processes,
    columns_of,
    user_settings,
)

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.model import Article, Reading
    from loaders.reader import Reader
    from loaders.sources.files import SourceFailure
    from loaders.sources.web import WebReader


def read(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files, folders, addresses; - is standard input."),
    ],
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Print one line of JSON for each article.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Tell for each claim its confidence, the rule that read it, and from which words.",
        ),
    ] = False,
    columns: Columns = None,
    extractor: ExtractorOption = "frames",
    gazetteer: Gazetteers = None,
    processes: Processes = 1,
) -> None:
    """Read articles and print their claims; no graph is touched.

    With --jsonl each article gives a line {"id", "entities", "claims"} whose form is kept stable;
    docs/cli.md describes it.

    Examples:

        mercato read article.txt

        mercato read article.txt --explain

        mercato read press/ --jsonl > claims.jsonl

        mercato read article.txt --gazetteer brewers.yaml
    """
    from api.console import fail, print_line
    from graph.export import reading_to_json

    failures = 0

    def failed(failure: SourceFailure) -> None:
        nonlocal failures
        failures += 1
        fail(f"{failure.path}: {failure.message}")

    chosen = functools.partial(_reader, extractor, gazetteer or [], processes)
    found = _readings(files, columns_of(columns), chosen, failed)
    for article, reading in found:
        if jsonl:
            print_line(
                json.dumps(reading_to_json(article, reading, explained=explain), ensure_ascii=False)
            )
        else:
            _print_reading(article, reading, explain=explain)
    if failures:
        raise typer.Exit(1)


def _reader(
    extractor: str, gazetteers: list[Path], processes: int, settings: Settings
) -> AbstractContextManager[Reader]:
    from api.extractors import Extractor, chosen_reader

    files = [*settings.gazetteers, *gazetteers]
    return chosen_reader(Extractor(extractor), settings, processes, files)


def _readings(
    files: list[str],
    columns: dict[str, str],
    chosen: Callable[[Settings], AbstractContextManager[Reader]],
    failed: Callable[[SourceFailure], None],
) -> Iterator[tuple[Article, Reading]]:
    from api.console import say
    from api.reading import batches, begin_batch, read_batch, with_next
    from api.web import web_reader
    from loaders.sources.files import PathReader, SourceFailure
    from loaders.sources.source import Options

    settings = user_settings()
    options = Options(settings.max_article_chars, columns=columns, notice=say)

    def articles(web: WebReader | None) -> Iterator[Article]:
        for found in PathReader(options, web).read_paths(files):
            if isinstance(found, SourceFailure):
                failed(found)
            else:
                yield found

    with (
        chosen(settings) as reader,
        web_reader(settings, options, files) as web,
    ):
        begun = ((batch, begin_batch(reader, batch)) for batch in batches(articles(web)))
        for batch, under_way in with_next(reader, begun):
            yield from read_batch(reader, batch, failed, under_way)


def _print_reading(article: Article, reading: Reading, *, explain: bool) -> None:
    from api.console import out, print_table, styled
    from api.explain import details, explained
    from api.render import counted, status_text

    about = [str(article.published or "undated"), article.language or "unknown language"]
    about.append(reading.skipped or counted(len(reading.claims), "claim"))
    if reading.doubts:
        about.append(f"{counted(reading.doubts, 'reference')} left open")
    out().print(styled(article.id, "bold"), styled(" · ".join(about), "dim"))
    if explain:
        for line in explained(reading):
            out().print(line)
    elif reading.claims:
        print_table(
            ("Subject", "Relation", "Object", "Status", "Details"),
            (
                (
                    claim.subject.name,
                    claim.relation.value,
                    claim.object.name,
                    status_text(claim.status),
                    details(claim),
                )
                for claim in reading.claims
            ),
        )
