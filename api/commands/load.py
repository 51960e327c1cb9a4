"""Loading articles into the graph."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    Columns,
    DataDir,
    ExtractorOption,
    Gazetteers,
    Processes,
    ServiceOption,
    columns_of,
    opened_store,
    user_settings,
)

if TYPE_CHECKING:
    from api.loading import Loaded
    from api.stopping import Stop
    from graph.model import Article
    from graph.store import Store
    from loaders.reader import Reader
    from loaders.sources.files import PathReader, SourceFailure


def load(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, addresses; - is standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    replace: Annotated[
        bool,
        typer.Option(
            help="Let an article take the place of one with its id that came from elsewhere."
        ),
    ] = True,
    columns: Columns = None,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch", help="Go on until Ctrl-C: load what appears or changes in the folders."
        ),
    ] = False,
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors",
            dir_okay=False,
            help="File for what could not be loaded, and why; load-errors.jsonl in the data "
            "folder if it is not said.",
            show_default=False,
        ),
    ] = None,
    retry_errors: Annotated[
        bool,
        typer.Option("--retry-errors", help="Try again what is in the file of errors, no other."),
    ] = False,
    extractor: ExtractorOption = "frames",
    gazetteer: Gazetteers = None,
    processes: Processes = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    service: ServiceOption = None,
    data_dir: DataDir = None,
) -> None:
    """Read articles and load their claims into the graph.

    Takes text, Markdown, JSON, web pages, feeds, tables, web archives, e-mails and PDF, folders
    of them, and addresses of pages, feeds and sitemaps; docs/loading.md lists the forms. What is
    loaded already and has not changed is passed over; a corrected article takes the place of what
    it said before. A file that cannot be read is reported, and the others are loaded. Ctrl-C stops
    after the articles under way; the same command goes on from there.

    Examples:

        mercato load article.txt

        mercato load press/ more/articles.jsonl

        mercato load archive.parquet --map text=body --map published=day

        mercato load --watch inbox/

        mercato load https://example.org/feed.xml

        mercato load --retry-errors

        mercato load press/ --service http://127.0.0.1:8000
    """
    from api.commands.sending import send_with_progress
    from api.console import say
    from api.extractors import Extractor, chosen_reader
    from api.failures import NAME, FailureFile, read_failures
    from api.patience import PATIENCE_S
    from api.reading import check_gazetteers
    from api.stopping import stop_on_signals
    from api.web import web_reader
    from loaders.sources.files import PathReader
    from loaders.sources.source import Options

    settings = user_settings(data_dir, service=service)
    if settings.service is not None and (service is not None or data_dir is None):
        here = bool(watch or columns or retry_errors or errors or gazetteer)
        here = here or extractor != "frames"
        loaded = send_with_progress(settings, paths or [], replace=replace, here=here)
        raise typer.Exit(_print(loaded, as_json=as_json))
    gazetteers = [*settings.gazetteers, *(gazetteer or [])]
    check_gazetteers(gazetteers)
    named, errors = columns_of(columns), errors or settings.data_dir / NAME
    only: set[str] | None = None
    if retry_errors:
        if paths or watch or columns:
            raise typer.BadParameter(
                "what it tries again is in the file; name nothing else", param_hint="--retry-errors"
            )
        failed = read_failures(errors)
        paths, named, only = failed.paths, failed.columns, failed.sources
    elif not paths:
        raise typer.BadParameter("name what is to be loaded", param_hint="PATH...")
    options = Options(settings.max_article_chars, columns=named, notice=say)
    failures = FailureFile(errors, paths, named, again=retry_errors)
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    ended = threading.Event()
    if watch and not folders:
        raise typer.BadParameter("name a folder that can be watched", param_hint="--watch")
    with (
        opened_store(settings, create=True) as store,
        stop_on_signals() as stop,
        web_reader(settings, options, paths, store=store, stop=ended) as web,
        chosen_reader(Extractor(extractor), settings, processes, gazetteers) as reader,
    ):
        stop.also(ended.set)
        loaded = load_with_progress(
            store,
            paths,
            stop,
            PathReader(options, web, only),
            reader,
            replace=replace,
            watched=folders if watch else [],
            ended=ended,
            on_failure=failures.add,
            # Only a server is started again at the same address, and by somebody else.
            patience_s=PATIENCE_S if settings.uri else 0.0,
        )
        failures.close(complete=not loaded.stopped)
        if web is not None:
            loaded.outcomes["unchanged"] += web.passed_over
            if not loaded.stopped:
                web.state.commit()
    _print(loaded, as_json=as_json)
    if failures.count:
        say(f"What failed is in {errors}; `mercato load --retry-errors` tries it again.")
    if loaded.stopped and not watch:
        say("Stopped. What was loaded stays; the same command loads the rest.")
        raise typer.Exit(130)
    if loaded.failed:
        raise typer.Exit(1)


def load_with_progress(
    store: Store,
    paths: Sequence[str],
    stop: Stop,
    source: PathReader,
    reader: Reader,
    *,
    replace: bool,
    watched: Sequence[Path] = (),
    ended: threading.Event | None = None,
    on_failure: Callable[[SourceFailure], None] = lambda failure: None,
    patience_s: float = 0.0,
) -> Loaded:
    """Load what `paths` name, showing how far it is where somebody looks.

    What changes in the folders `watched` is loaded after that, until a request to stop. A store
    that goes away is waited for, `patience_s` at most each time.
    """
    from api.console import fail, say
    from api.loading import load_articles
    from api.progress import progress

    def failed(failure: SourceFailure) -> None:
        fail(f"{failure.path}: {failure.message}")
        on_failure(failure)

    def run(
        found: Iterable[Article | SourceFailure],
        on_batch: Callable[[Loaded], None] = lambda loaded: None,
    ) -> Loaded:
        return load_articles(
            store,
            found,
            reader,
            replace=replace,
            stop=lambda: stop.requested,
            on_failure=failed,
            on_batch=on_batch,
            patience_s=patience_s,
            on_waiting=say,
        )

    if not watched:
        with progress(paths) as advance:
            return run(source.read_paths(paths), advance)
    return _watch(source, paths, watched, ended or threading.Event(), run)


def _watch(
    source: PathReader,
    paths: Sequence[str],
    folders: Sequence[Path],
    ended: threading.Event,
    run: Callable[[Iterable[Article | SourceFailure]], Loaded],
) -> Loaded:
    """Load what is there, then what changes; a line for each time that something did."""
    from api.console import say
    from loaders.sources.watch import changes

    whole: Loaded | None = None
    for changed in changes(folders, ended):
        # Watched before it is read: what changes in between is read twice, and not missed.
        loaded = run(source.read_changed(changed) if whole else source.read_paths(paths))
        say(f"Articles: {loaded.in_words()}.")
        if whole is None:
            say(f"Watching {', '.join(map(str, folders))}; Ctrl-C ends it.")
            whole = loaded
        else:
            whole.include(loaded)
    assert whole is not None  # noqa: S101 - the first list of changes always comes
    return whole


def _print(loaded: Loaded, *, as_json: bool) -> int:
    """Print what was loaded; the exit code that says whether all of it was."""
    from api.console import print_json
    from api.loading import OUTCOMES

    if not as_json:
        print_summary(loaded)
    else:
        print_json(
            {
                "articles": {name: loaded.outcomes[name] for name in OUTCOMES},
                "claims": dict(sorted(loaded.relations.items())),
                "unread": dict(loaded.unread),
                "stopped": loaded.stopped,
            }
        )
    return 1 if loaded.failed else 0


def print_summary(loaded: Loaded) -> None:
    """Print what was loaded: articles by outcome, claims by relation."""
    from api.console import print_table, say
    from api.render import counted

    for reason, number in loaded.unread.most_common():
        say(f"{counted(number, 'article')} not read: {reason}", "yellow")
    if loaded.relations:
        rows = [(name, f"{number:,}") for name, number in loaded.relations.most_common()]
        print_table(("Relation", "Claims"), rows)
    say(f"Articles: {loaded.in_words()}.")
