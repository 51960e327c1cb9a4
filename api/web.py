"""Reading from the web with the settings of the user."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from threading import Event

from api.settings import Settings
from graph.store import Store
from loaders.sources.source import Options
from loaders.sources.web import WebReader, is_address
from loaders.web.client import Limits, WebClient
from loaders.web.guard import Guard
from loaders.web.state import WebState


@contextlib.contextmanager
def web_reader(
    settings: Settings,
    options: Options,
    paths: Sequence[str],
    *,
    store: Store | None = None,
    stop: Event | None = None,
) -> Iterator[WebReader | None]:
    """What reads the addresses among `paths`; None if there are none.

    With a store, what is in it is not fetched again, and what is learned of feeds is kept beside
    it once everything is stored (`loaders.web.state`).
    """
    if not any(map(is_address, paths)):
        yield None
        return
    known = _stored(store) if store is not None else lambda ids: ()
    place = hashlib.sha256((settings.uri or "").encode()).hexdigest()[:8] if settings.uri else "own"
    file = settings.data_dir / f"web-{place}.sqlite" if store is not None else None
    limits = Limits(delay_s=settings.web_delay_s, total_s=settings.web_timeout_s)
    guard = Guard(settings.web_allow)
    with (
        WebClient(guard, settings.web_agent, limits=limits, stop=stop) as client,
        WebState(file) as state,
    ):
        yield WebReader(client, options, state, known)


def _stored(store: Store) -> Callable[[Collection[str]], Collection[str]]:
    def known(ids: Collection[str]) -> Collection[str]:
        rows = store.read("ingest/stored_articles", ids=list(ids)) if ids else []
        return {row["id"] for row in rows}

    return known
