"""Loading articles into the graph."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import DataDir, Gazetteers, Processes, opened_store, user_settings

if TYPE_CHECKING:
    from api.loading import Loaded
    from api.stopping import Stop
    from graph.store import Store


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.")],
    *,
    replace: Annotated[
        bool,
        typer.Option(
            help="Let an article take the place of one with its id that came from elsewhere."
        ),
    ] = True,
    gazetteer: Gazetteers = None,
    processes: Processes = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Read articles and load their claims into the graph.

    Takes .txt, .md, .json and .jsonl files, and folders of them. What is loaded already and has
    not changed is passed over; a corrected article takes the place of what it said before. A file
    that cannot be read is reported, and the others are loaded. Ctrl-C stops after the articles
    under way; the same command goes on from there.

    Examples:

        mercato load article.txt

        mercato load press/ more/articles.jsonl
    """
    from api.console import print_json, say
    from api.loading import OUTCOMES
    from api.reading import check_gazetteers
    from api.stopping import stop_on_signals

    settings = user_settings(data_dir)
    gazetteers = [*settings.gazetteers, *(gazetteer or [])]
    check_gazetteers(gazetteers)
    with opened_store(settings, create=True) as store, stop_on_signals() as stop:
        loaded = load_with_progress(
            store,
            paths,
            stop,
            replace=replace,
            max_chars=settings.max_article_chars,
            gazetteers=gazetteers,
            processes=processes,
        )
    if as_json:
        print_json(
            {
                "articles": {name: loaded.outcomes[name] for name in OUTCOMES},
                "claims": dict(sorted(loaded.relations.items())),
                "unread": dict(loaded.unread),
                "stopped": loaded.stopped,
            }
        )
    else:
        print_summary(loaded)
    if loaded.stopped:
        say("Stopped. What was loaded stays; the same command loads the rest.")
        raise typer.Exit(130)
    if loaded.failed:
        raise typer.Exit(1)


def load_with_progress(
    store: Store,
    paths: list[Path],
    stop: Stop,
    *,
    replace: bool,
    max_chars: int,
    gazetteers: Sequence[Path] = (),
    processes: int = 1,
) -> Loaded:
    """Load files and folders, showing how far it is where somebody looks."""
    from api.console import fail
    from api.loading import load_articles
    from api.reading import readers
    from loaders.sources.files import read_paths

    with _progress(paths) as advance, readers(processes, gazetteers) as reader:
        return load_articles(
            store,
            read_paths(paths, max_chars=max_chars),
            reader,
            replace=replace,
            stop=lambda: stop.requested,
            on_failure=lambda failure: fail(f"{failure.path}: {failure.message}"),
            on_batch=advance,
        )


@contextlib.contextmanager
def _progress(paths: list[Path]) -> Iterator[Callable[[Loaded], None]]:
    """A bar with articles, their rate and the time left; nothing where nobody looks."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    from api.console import err

    console = err()
    if not console.is_terminal:
        yield lambda loaded: None
        return
    progress = Progress(
        SpinnerColumn(),
        TextColumn("Loading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeLeft(),
        TextColumn("left"),
        console=console,
        transient=True,
    )
    with progress:
        task = progress.add_task("load", total=_count(paths), rate="")

        def advance(loaded: Loaded) -> None:
            speed = progress.tasks[task].speed
            rate = f"{speed:.0f} articles/s" if speed else ""
            if loaded.failed:
                rate += f" · {loaded.failed} failed"
            progress.update(task, completed=loaded.done, rate=rate)

        yield advance


def _count(paths: list[Path]) -> int | None:
    """How many articles there are, as far as counting files and lines tells."""
    from loaders.sources.walk import FoundFile, find_files

    count = 0
    for root in paths:
        for found in find_files(root):
            if isinstance(found, FoundFile) and found.path.suffix.lower() == ".jsonl":
                try:
                    with found.path.open("rb") as file:
                        count += sum(1 for line in file if line.strip())
                except OSError:  # it is reported when it is its turn
                    count += 1
            else:
                count += 1
    return count


def print_summary(loaded: Loaded) -> None:
    """Print what was loaded: articles by outcome, claims by relation."""
    from api.console import print_table, say
    from api.loading import OUTCOMES
    from api.render import counted

    for reason, number in loaded.unread.most_common():
        say(f"{counted(number, 'article')} not read: {reason}", "yellow")
    if loaded.relations:
        rows = [(name, f"{number:,}") for name, number in loaded.relations.most_common()]
        print_table(("Relation", "Claims"), rows)
    parts = [
        f"{loaded.outcomes[outcome]:,} {outcome}"
        for outcome in OUTCOMES
        if loaded.outcomes[outcome]
    ]
    say(f"Articles: {', '.join(parts) or 'none'}.")
