"""What several commands share: options, the way to the store, and the way to one entity."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from graph.errors import NotFoundError, StoreUnavailableError

if TYPE_CHECKING:
    from api.asking import Asked
    from api.client import Client
    from api.settings import Settings
    from graph.model import Kind
    from graph.store import Store
    from graph.views import EntityRefView

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder of the graph, instead of the setting MERCATO_DATA_DIR.",
        show_default=False,
    ),
]
Processes = Annotated[
    int,
    typer.Option(min=1, help="Processes that read at once; each takes some 400 MB of memory."),
]
Gazetteers = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        help="Names of your own beat, YAML or CSV (docs/gazetteer.md); may be given several "
        "times, beside those of the setting MERCATO_GAZETTEERS.",
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column of a table, or name in a JSON object, holds a field of the article "
        "(docs/loading.md); may be given several times. What is not said is guessed.",
        show_default=False,
    ),
]
ExtractorOption = Annotated[
    Literal["frames", "llm", "both"],
    typer.Option(
        "--extractor",
        help="What reads: the frames that ship, a language model (docs/llm.md), or both.",
    ),
]
ServiceOption = Annotated[
    str | None,
    typer.Option(
        "--service",
        metavar="URL",
        help="Ask the service that runs there, instead of the setting MERCATO_SERVICE; its key "
        "is the setting MERCATO_SERVICE_KEY.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

_SURE: Final = 90.0
_AHEAD: Final = 5.0


class AmbiguousNameError(NotFoundError):
    """Several entities have names like the one that was given."""


def user_settings(data_dir: Path | None = None, **options: object) -> Settings:
    """The settings, with the options of the command over them.

    Raises
    ------
    SettingsError
        If a value is wrong.
    """
    from api.settings import load_settings

    return load_settings(data_dir=data_dir, **options)


def columns_of(given: list[str] | None) -> dict[str, str]:
    """The columns that ``--map`` names, by field.

    Raises
    ------
    typer.BadParameter
        If one is not of the form FIELD=COLUMN, or no article has such a field.
    """
    from loaders.errors import FieldError
    from loaders.sources.columns import check_fields

    columns: dict[str, str] = {}
    for each in given or ():
        field, equals, column = each.partition("=")
        if not (field and equals and column):
            raise typer.BadParameter(f"{each!r}: write FIELD=COLUMN", param_hint="--map")
        columns[field] = column
    try:
        check_fields(columns)
    except FieldError as error:
        raise typer.BadParameter(str(error), param_hint="--map") from error
    return columns


@contextlib.contextmanager
def opened_store(settings: Settings, *, create: bool = False) -> Iterator[Store]:
    """The graph that the settings name, through the service when one owns the folder.

    Raises
    ------
    StoreError, EngineError
        If it cannot be opened, or if there is none and `create` does not ask for one.
    """
    from api.console import working
    from graph.connect import open_store

    if settings.uri is None and not create and not settings.data_dir.is_dir():
        raise StoreUnavailableError(
            f"there is no graph in {settings.data_dir} yet; load articles into it with "
            "`mercato load PATH`, or name another folder with --data-dir"
        )
    with contextlib.ExitStack() as opened:
        with working("Opening the graph…"):
            store = opened.enter_context(open_store(**settings.store_arguments()))
        yield store


@contextlib.contextmanager
def opened_client(settings: Settings) -> Iterator[Client]:
    """The service that the settings name."""
    from api.client import Client

    key = settings.service_key.get_secret_value() if settings.service_key else None
    with Client(settings.service or "", key) as client:
        yield client


@contextlib.contextmanager
def opened_graph(data_dir: Path | None, service: str | None) -> Iterator[Asked]:
    """What the commands ask: a running service where one is named, else the graph itself.

    Raises
    ------
    StoreError, EngineError, ClientError
        If it cannot be opened.
    """
    from api.asking import OpenedGraph

    settings = user_settings(data_dir, service=service)
    if settings.service is not None and (service is not None or data_dir is None):
        with opened_client(settings) as client:
            yield client
    else:
        with opened_store(settings) as store:
            yield OpenedGraph(store)


def the_entity(graph: Asked, name_or_id: str, kind: Kind | None = None) -> EntityRefView:
    """The one entity of this id, or of this name.

    Raises
    ------
    NotFoundError
        If nothing is called so.
    AmbiguousNameError
        If several are; the message lists them with their ids.
    """
    with contextlib.suppress(NotFoundError):
        return graph.entity(name_or_id)
    hits = graph.search(name_or_id, kind=kind, limit=10).items
    if not hits:
        of_kind = f"{kind.value} " if kind else ""
        raise NotFoundError(
            f"nothing in the graph is called {of_kind}{name_or_id!r}; "
            "try fewer letters with `mercato search`"
        )
    near = [hit for hit in hits if hit.score > hits[0].score - _AHEAD]
    if len(near) == 1 and hits[0].score >= _SURE:
        return hits[0]
    listed = "\n".join(f"  {hit.id}  {hit.name} ({hit.kind.value})" for hit in hits)
    raise AmbiguousNameError(
        f"{name_or_id!r} may be one of these; give the id of the one you mean:\n{listed}"
    )
