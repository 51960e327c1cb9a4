"""Loading articles into the graph."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

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
    from api.failures import Wanted
    from api.loading import Handling, Loaded
    from graph.model import Article
    from graph.store import Store
    from loaders.reader import Reader
    from loaders.sources.files import PathReader, SourceFailure
    from loaders.sources.source import Options
    from loaders.sources.web import WebReader


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
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(
            "--engine",
            help="Where articles are read: on this machine, or on a Ray cluster (docs/scaling.md).",
        ),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="HOST:PORT",
            help="Of the Ray cluster; without it, Ray is started on this machine.",
            show_default=False,
        ),
    ] = None,
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

        mercato load /shared/archive --engine ray --address head:6379
    """
    from api.cluster import cluster_of, load_through
    from api.commands.sending import send_with_progress
    from api.console import say
    from api.extractors import Extractor, chosen_reader
    from api.failures import NAME, FailureFile
    from api.patience import PATIENCE_S
    from api.reading import check_gazetteers
    from api.stopping import stop_on_signals
    from api.web import web_reader
    from loaders.sources.source import Options

    settings = user_settings(data_dir, service=service)
    if settings.service is not None and (service is not None or data_dir is None):
        here = bool(watch or columns or retry_errors or errors or gazetteer or address)
        here = here or extractor != "frames" or engine != "local"
        loaded = send_with_progress(settings, paths or [], replace=replace, here=here)
        raise typer.Exit(_print(loaded, as_json=as_json))
    gazetteers = [*settings.gazetteers, *(gazetteer or [])]
    check_gazetteers(gazetteers)
    errors = errors or settings.data_dir / NAME
    given = _given(paths, columns, errors if retry_errors else None, watch=watch)
    options = Options(settings.max_article_chars, columns=given.columns, notice=say)
    failures = FailureFile(errors, given.paths, given.columns, again=retry_errors)
    folders = [Path(path) for path in given.paths if Path(path).is_dir()]
    ended = threading.Event()
    if watch and not folders:
        raise typer.BadParameter("name a folder that can be watched", param_hint="--watch")
    _check_engine(engine, address, watch=watch, extractor=extractor)
    with contextlib.ExitStack() as opened:
        store = opened.enter_context(opened_store(settings, create=True))
        stop = opened.enter_context(stop_on_signals())
        stop.also(ended.set)
        handling: Handling = {
            "replace": replace,
            "stop": lambda: stop.requested,
            "on_failure": telling(failures.add),
            # Only a server is started again at the same address, and by somebody else.
            "patience_s": PATIENCE_S if settings.uri else 0.0,
            "on_waiting": say,
        }
        if engine == "ray":
            cluster = cluster_of(settings, options, address, processes, gazetteers)
            loaded = load_through(cluster, store, given.paths, given.sources, handling)
        else:
            chosen = chosen_reader(Extractor(extractor), settings, processes, gazetteers)
            reading = web_reader(settings, options, given.paths, store=store, stop=ended)
            watched = folders if watch else []
            loaded = _load_here(store, given, options, reading, chosen, handling, watched, ended)
        failures.close(complete=not loaded.stopped)
    code = _print(loaded, as_json=as_json)
    if failures.count:
        say(f"What failed is in {errors}; `mercato load --retry-errors` tries it again.")
    if loaded.stopped and not watch:
        say("Stopped. What was loaded stays; the same command loads the rest.")
        code = 130
    raise typer.Exit(code)


def _given(
    paths: list[str] | None, columns: list[str] | None, errors: Path | None, *, watch: bool
) -> Wanted:
    """What is to be loaded: what was named, or what the file of errors says."""
    from api.failures import Wanted, read_failures

    if errors is not None:
        if paths or watch or columns:
            raise typer.BadParameter(
                "what it tries again is in the file; name nothing else", param_hint="--retry-errors"
            )
        return read_failures(errors)
    if not paths:
        raise typer.BadParameter("name what is to be loaded", param_hint="PATH...")
    return Wanted(paths, columns_of(columns), None)


def _check_engine(engine: str, address: str | None, *, watch: bool, extractor: str) -> None:
    if engine == "ray" and (watch or extractor != "frames"):
        raise typer.BadParameter(
            "a cluster reads once, with the frames that ship; leave out --watch and --extractor",
            param_hint="--engine",
        )
    if engine != "ray" and address is not None:
        raise typer.BadParameter("add --engine ray", param_hint="--address")


def _load_here(
    store: Store,
    given: Wanted,
    options: Options,
    reading: AbstractContextManager[WebReader | None],
    chosen: AbstractContextManager[Reader],
    handling: Handling,
    watched: Sequence[Path],
    ended: threading.Event,
) -> Loaded:
    """Load on this machine; what was seen of the web is kept once all of it is stored."""
    from loaders.sources.files import PathReader

    with reading as web, chosen as reader:
        source = PathReader(options, web, given.sources)
        loaded = load_with_progress(store, given.paths, source, reader, handling, watched, ended)
        if web is not None:
            loaded.outcomes["unchanged"] += web.passed_over
            if not loaded.stopped:
                web.state.commit()
    return loaded


def telling(
    on_failure: Callable[[SourceFailure], None] = lambda failure: None,
) -> Callable[[SourceFailure], None]:
    """Says what failed before it is handed on."""
    from api.console import fail

    def failed(failure: SourceFailure) -> None:
        fail(f"{failure.path}: {failure.message}")
        on_failure(failure)

    return failed


def load_with_progress(
    store: Store,
    paths: Sequence[str],
    source: PathReader,
    reader: Reader,
    handling: Handling,
    watched: Sequence[Path] = (),
    ended: threading.Event | None = None,
) -> Loaded:
    """Load what `paths` name, showing how far it is where somebody looks.

    What changes in the folders `watched` is loaded after that, until a request to stop.
    """
    from api.loading import load_articles
    from api.progress import progress

    def run(found: Iterable[Article | SourceFailure]) -> Loaded:
        return load_articles(store, found, reader, **handling)

    if not watched:
        with progress(paths) as advance:
            found = source.read_paths(paths)
            return load_articles(store, found, reader, **(handling | {"on_batch": advance}))
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
