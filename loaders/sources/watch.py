"""Folders that are watched: files that appear or change are read as they do."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from loaders.sources.walk import FoundFile, Unreadable, find_files, is_hidden, is_wanted


def changes(
    folders: Sequence[Path], stop: threading.Event
) -> Iterator[list[tuple[Path, FoundFile | Unreadable]]]:
    """Files below `folders` that have appeared or changed, each with its folder, until `stop`.

    What changes within a second or two comes together. The first list is empty: whatever changes
    after it is seen.
    """
    from watchfiles import Change, watch

    absolute = [folder.absolute() for folder in folders]
    watching = watch(
        *absolute, stop_event=stop, raise_interrupt=False, yield_on_timeout=True, rust_timeout=200
    )
    next(watching, None)
    yield []
    for changed in watching:
        paths = sorted({Path(path) for kind, path in changed if kind is not Change.deleted})
        # A new folder and a file in it may both be told of.
        found = {
            (folder, file.path): file
            for path in paths
            for folder in absolute
            if path.is_relative_to(folder)
            and not is_hidden(path.relative_to(folder))
            and (is_wanted(path.name) or path.is_dir())
            for file in find_files(path)
        }
        if found:
            yield [(folder, file) for (folder, _), file in found.items()]
