"""Loading through a cluster: what is stored already, and who reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.loading import Handling, Loaded, load_readings
from api.progress import progress
from api.reading import shipped_reader
from api.settings import Settings
from graph.connect import open_store
from graph.model import Article
from graph.store import Store
from graph.unchanged import unchanged
from loaders.cluster import Cluster
from loaders.on_ray import Known
from loaders.sources.source import Options


@dataclass(frozen=True)
class StoredJustSo:
    """Opens the graph once more in a process of the cluster on this machine, to look only.

    Parameters
    ----------
    store
        The arguments of `graph.connect.open_store`.
    extractors
        The names of the readers whose readings count.
    """

    store: dict[str, Any]
    extractors: Collection[str]

    def __call__(self) -> Known:
        """What says which articles are stored just so; the connection ends with the process."""
        opened = open_store(**self.store)
        store = opened.__enter__()

        def known(articles: Sequence[Article], _kept: object = opened) -> Collection[str]:
            return unchanged(store, articles, self.extractors)

        return known


def cluster_of(
    settings: Settings,
    options: Options,
    address: str | None,
    readers: int,
    gazetteers: Sequence[Path],
) -> Cluster:
    """The cluster at an address, with the reader that ships.

    Parameters
    ----------
    readers
        Processes that read at most; 1 leaves it to the cluster.
    """
    files = tuple(Path(path).absolute() for path in gazetteers)
    reader = shipped_reader(files)
    return Cluster(
        load=reader.load,
        known=StoredJustSo(settings.store_arguments(), {reader.name, *reader.name.split("+")}),
        address=address,
        readers=readers if readers > 1 else None,
        max_chars=options.max_chars,
        columns=options.columns,
        notice=options.notice,
    )


def load_through(
    cluster: Cluster,
    store: Store,
    paths: Sequence[str],
    only: Collection[str] | None,
    handling: Handling,
) -> Loaded:
    """Load what `paths` name, or `only` some of it, showing how far it is where somebody looks."""
    with progress(paths) as advance:
        found = cluster.read_paths(paths, only)
        return load_readings(store, found, **(handling | {"on_batch": advance}))
