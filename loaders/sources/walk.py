"""The files below a path, in an order that does not depend on the file system."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loaders.article import ENDINGS
from loaders.errors import LoaderError, SourceError, SourceForbiddenError, SourceMissingError
from loaders.sources.seen import Seen

_LEFT_ALONE: Final = ".gold.json"  # annotations that lie beside the article they belong to


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file; `key` is the same for every path that leads to it."""

    path: Path
    size: int
    key: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that cannot be read, and why."""

    path: Path
    error: LoaderError


def find_files(root: Path) -> Iterator[FoundFile | Unreadable]:
    """The file `root`, or every file with one of `ENDINGS` in the folder `root` and below.

    ``.gz`` may follow the ending. A folder is listed in the order of its names; hidden names (a
    dot in front) and annotations (``.gold.json``) are passed over. Symbolic links are followed,
    each folder is entered once.
    """
    seen = Seen()
    waiting = [iter((root,))]  # a folder inside others, the innermost last
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        try:
            found = path.stat()
            key = (found.st_dev, found.st_ino)
            if stat.S_ISDIR(found.st_mode):
                if seen.is_new(f"{key}"):
                    waiting.append(_listed(path, seen))
            elif path is not root and not is_wanted(path.name):
                continue
            elif stat.S_ISREG(found.st_mode):
                yield FoundFile(path, found.st_size, key)
            else:
                yield Unreadable(path, SourceError("it is no file but a device, pipe or socket"))
        except (OSError, ValueError) as error:
            yield Unreadable(path, explain(error))


def _listed(folder: Path, seen: Seen) -> Iterator[Path]:
    """What is in a folder and not hidden, in the order of names."""
    with os.scandir(folder) as entries:  # here, so that a folder that cannot be read says so
        names = seen.in_order(entry.name for entry in entries if not entry.name.startswith("."))
    return (folder / name for name in names)


def is_hidden(path: Path) -> bool:
    """Whether a name of it begins with a dot."""
    return any(part.startswith(".") for part in path.parts)


def is_wanted(name: str) -> bool:
    """Whether a file of this name is looked for in a folder."""
    lowered = name.lower()
    return lowered.removesuffix(".gz").endswith(ENDINGS) and not lowered.endswith(_LEFT_ALONE)


def explain(error: OSError | ValueError) -> SourceError:
    """The error of this package that says what the operating system's error means."""
    if isinstance(error, PermissionError):
        return SourceForbiddenError("permission denied; check who may read it")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceMissingError("there is no such file or folder")
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ELOOP:
        return SourceError("it is a symbolic link that leads back to itself")
    if code == errno.ENAMETOOLONG:
        return SourceError("its name is longer than the file system allows")
    reason = error.strerror if isinstance(error, OSError) else None
    return SourceError(f"it cannot be read: {reason or error}")
