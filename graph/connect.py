"""One way to a store, whoever runs it: a server, another process of this machine, or this one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from graph.arcadedb import ADMIN, READER
from graph.datadir import DataDir
from graph.engine import DATABASE, Engine
from graph.errors import EngineInUseError, StoreError
from graph.store import Store


@contextlib.contextmanager
def open_store(
    data_dir: Path | None = None,
    *,
    uri: str | None = None,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    reader_user: str | None = None,
    reader_password: str | None = None,
    bolt_port: int = 0,
    heap: str = "1g",
    command_timeout_s: float = 30.0,
) -> Iterator[Store]:
    """A connected store, with its schema up to date.

    With a `uri`, the server at that address. Otherwise the graph in `data_dir`: through the
    process that owns the folder, or with an engine of this process when nobody does, which stops
    at the end.

    Parameters
    ----------
    data_dir
        The folder of an embedded graph; made when there is none.
    uri, user, password, database, reader_user, reader_password
        As for `Store.connect`.
    bolt_port, heap, command_timeout_s
        As for `Engine.start`, should this process start one; any free port unless one is named.
        At a server, the last is how long a user's statement may run.

    Raises
    ------
    StoreError
        If the store cannot be reached, or is newer than this version of mercato.
    EngineError
        If the engine does not start.
    """
    with contextlib.ExitStack() as opened:
        if uri is not None:
            if user is None or password is None:
                raise StoreError(f"the store at {uri} needs a user and a password")
            store = Store.connect(
                uri,
                user,
                password,
                database=database or DATABASE,
                reader_user=reader_user,
                reader_password=reader_password,
                query_timeout_s=command_timeout_s,
            )
        elif data_dir is not None:
            store = running_store(data_dir) or _own_store(
                opened,
                data_dir,
                bolt_port=bolt_port,
                heap=heap,
                command_timeout_s=command_timeout_s,
            )
        else:
            raise StoreError("neither an address nor a data folder says which store to open")
        opened.enter_context(store)
        store.apply_schema()
        yield store


def engine_store(engine: Engine) -> Store:
    """A store on an engine of this process; to be closed before the engine stops."""
    reader_user, reader_password = engine.reader
    return Store.connect(
        engine.uri,
        *engine.admin,
        database=DATABASE,
        reader_user=reader_user,
        reader_password=reader_password,
        turns=DataDir(engine.data_dir).turns,
    )


def running_store(data_dir: Path) -> Store | None:
    """A store on the engine that owns this folder, or None when none does."""
    folder = DataDir(data_dir)
    owner = folder.owner()
    if owner is None:
        return None
    secrets = folder.secrets()
    return Store.connect(
        owner.uri,
        ADMIN,
        secrets.admin,
        database=DATABASE,
        reader_user=READER,
        reader_password=secrets.reader,
        turns=folder.turns,
    )


def _own_store(
    opened: contextlib.ExitStack,
    data_dir: Path,
    *,
    bolt_port: int,
    heap: str,
    command_timeout_s: float,
) -> Store:
    """A store on an engine that this process starts, and `opened` stops."""
    try:
        engine = Engine.start(
            data_dir, bolt_port=bolt_port, heap=heap, command_timeout_s=command_timeout_s
        )
    except EngineInUseError:
        # Another process was quicker.
        if (store := running_store(data_dir)) is None:
            raise
        return store
    opened.enter_context(engine)
    return engine_store(engine)
