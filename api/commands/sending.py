"""Sending files to a running service, as `mercato load --service` does."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from api.commands.common import opened_client

if TYPE_CHECKING:
    from api.loading import Loaded
    from api.settings import Settings

_FILES_AT_ONCE: Final = 200
_BYTES_AT_ONCE: Final = 32_000_000

Content = Path | tuple[str, bytes]
"""A file, or what came through a pipe under a name."""


def send_with_progress(
    settings: Settings, paths: Sequence[str], *, replace: bool, here: bool
) -> Loaded:
    """Send what `paths` name, and follow it until it is loaded; failures are told as they come.

    Parameters
    ----------
    here
        Whether something is asked for that only loading on this machine can do.

    Raises
    ------
    typer.BadParameter
        If so, or if there are no paths.
    ClientError
        If the service does not answer, or refuses.
    """
    from api.answers import LoadResultView
    from api.console import fail, say
    from api.loading import Loaded
    from api.progress import progress

    if here:
        raise typer.BadParameter(
            "with a service, go without --watch, --map, --errors, --retry-errors, --extractor and "
            "--gazetteer",
            param_hint="--service",
        )
    whole = Loaded()
    with opened_client(settings) as client, progress(paths) as advance:
        for files in _portions(_files(paths, whole)):
            load = client.load(files, replace=replace)
            if load.state != "waiting":
                say(f"{client.url} has these files already, as {load.id}.")
            for told in client.follow(load.id):
                if isinstance(told, LoadResultView):
                    whole.add(told.outcome)
                    if told.message:
                        fail(f"{told.source}: {told.message}")
                    advance(whole)
                elif told.state in {"failed", "cancelled"}:
                    raise typer.Exit(_not_done(load.id, told.detail))
    return whole


def _not_done(load: str, detail: str | None) -> int:
    from api.console import fail

    fail(f"{load} was not finished: {detail or 'somebody cancelled it'}")
    return 1


def _files(paths: Sequence[str], whole: Loaded) -> Iterator[Content]:
    """The files that the paths name; what cannot be sent is told and counted."""
    from api.console import fail
    from loaders.sources.files import STANDARD_INPUT
    from loaders.sources.walk import FoundFile, find_files
    from loaders.sources.web import is_address

    if not paths:
        raise typer.BadParameter("name what is to be loaded", param_hint="PATH...")
    for path in paths:
        if path == STANDARD_INPUT:
            yield "stdin", sys.stdin.buffer.read()
            continue
        if is_address(path):
            whole.add("failed")
            fail(f"{path}: a service reads no addresses; load it without --service")
            continue
        for found in find_files(Path(path)):
            if isinstance(found, FoundFile):
                yield found.path
            else:
                whole.add("failed")
                fail(f"{found.path}: {found.error}")


def _portions(files: Iterable[Content]) -> Iterator[list[Content]]:
    """The files in portions that a service takes at once."""
    portion: list[Content] = []
    size = 0
    for file in files:
        more = len(file[1]) if isinstance(file, tuple) else file.stat().st_size
        if portion and (len(portion) == _FILES_AT_ONCE or size + more > _BYTES_AT_ONCE):
            yield portion
            portion, size = [], 0
        portion.append(file)
        size += more
    if portion:
        yield portion
