"""Reading again what is stored, and what has not been read at all."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from api.commands.common import (
    AsJson,
    DataDir,
    ExtractorOption,
    Gazetteers,
    Processes,
    opened_store,
    user_settings,
)


def reread(
    *,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Only articles loaded on this day (UTC) or later.",
            show_default=False,
        ),
    ] = None,
    extractor: ExtractorOption = "frames",
    gazetteer: Gazetteers = None,
    processes: Processes = 1,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Read stored articles again that a newer reader, or other gazetteers, may read otherwise.

    Those that the reader of today has read are left alone. Claims are swapped a batch at a time,
    each batch at once. Then what changed is shown by relation: claims that are new, gone, of other
    qualifiers, or the same. Ctrl-C stops after the batch under way; the same command goes on.

    Examples:

        mercato reread

        mercato reread --since 2025-07-01 --gazetteer brewers.yaml

        mercato reread --extractor both
    """
    from api.console import fail, print_json, print_table, say
    from api.extractors import Extractor, chosen_reader
    from api.patience import PATIENCE_S
    from api.reading import check_gazetteers
    from api.render import counted
    from api.rereading import reread_articles
    from api.stopping import stop_on_signals

    settings = user_settings(data_dir)
    gazetteers = [*settings.gazetteers, *(gazetteer or [])]
    check_gazetteers(gazetteers)
    with (
        opened_store(settings) as store,
        stop_on_signals() as stop,
        chosen_reader(Extractor(extractor), settings, processes, gazetteers) as reader,
    ):
        done = reread_articles(
            store,
            reader,
            since=since.replace(tzinfo=dt.UTC) if since else None,
            stop=lambda: stop.requested,
            on_failure=lambda failure: fail(f"{failure.path}: {failure.message}"),
            patience_s=PATIENCE_S if settings.uri else 0.0,
            on_waiting=say,
        )
    changes = done.changes
    kinds = {"new": changes.added, "gone": changes.gone, "changed": changes.changed}
    kinds["same"] = changes.kept
    relations = sorted({name for counts in kinds.values() for name in counts})
    if as_json:
        print_json(
            {
                "read": done.read,
                "failed": done.failed,
                "unread": dict(done.still_unread),
                "stopped": done.stopped,
                "claims": {n: {k: c[n] for k, c in kinds.items()} for n in relations},
                "changed": done.changed_ids,
            }
        )
    else:
        for reason, number in done.still_unread.most_common():
            say(f"{counted(number, 'article')} not read: {reason}", "yellow")
        if relations:
            print_table(
                ("Relation", "New", "Gone", "Changed", "Same"),
                [(name, *(f"{counts[name]:,}" for counts in kinds.values())) for name in relations],
            )
        say(
            f"Articles: {done.read:,} read again, {changes.articles:,} with other claims"
            + (f", {done.failed:,} failed." if done.failed else ".")
        )
    if done.stopped:
        raise typer.Exit(130)
    if done.failed:
        raise typer.Exit(1)


def unread(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the articles that are stored and have not been read, and why.

    Most are in a language that no reader knows yet; `mercato reread` reads them once one does.

    Examples:

        mercato unread

        mercato unread --json
    """
    from api.console import print_json, print_table
    from graph.reread import unread_articles

    with opened_store(user_settings(data_dir)) as store:
        rows = list(unread_articles(store))
    if as_json:
        print_json(rows)
        return
    columns = ("id", "language", "title", "skipped")
    print_table(
        ("Id", "Language", "Title", "Why"), [[row[name] or "" for name in columns] for row in rows]
    )
