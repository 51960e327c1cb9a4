"""The file that says what a load could not take, so that it can be tried again.

Its first line is what was to be loaded, each further one a failure, as JSON::

    {"paths": ["/srv/press"], "columns": {}}
    {"source": "/srv/press/a.pdf", "message": "this PDF cannot be read: …", "at": "2025-07-08T…"}
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from loaders.errors import DataFileError, SourceMissingError
from loaders.sources.files import STANDARD_INPUT
from loaders.sources.source import SourceFailure
from loaders.sources.web import is_address

NAME: Final = "load-errors.jsonl"
"""Of the file in the data folder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be loaded, or tried again."""

    paths: list[str]
    """Files, folders, addresses; to be tried again, of the addresses those that failed."""
    columns: dict[str, str]
    sources: set[str] | None
    """Files and addresses that failed, or held what did; None for all that there is."""


class FailureFile:
    """Writes failures as they come; without one, the file is not touched.

    Parameters
    ----------
    again
        Whether the failures of this file are being tried again: it then stays as it is until
        `close` says that all of them were.
    """

    def __init__(
        self, path: Path, paths: Sequence[str], columns: Mapping[str, str], *, again: bool = False
    ) -> None:
        self.path = path
        self.count = 0
        self._again = again
        self._head = {"paths": [_absolute(each) for each in paths], "columns": dict(columns)}
        self._target = path.with_name(path.name + ".part") if again else path
        self._file: TextIO | None = None

    def add(self, failure: SourceFailure) -> None:
        """Write one failure down."""
        if self._file is None:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._target.open("w", encoding="utf-8", errors="backslashreplace")
            self._line(self._head)
        self.count += 1
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        source = _absolute(failure.path)
        self._line({"source": source, "message": failure.message, "at": now})

    def close(self, *, complete: bool) -> None:
        """Everything was tried, or not all of it."""
        if self._file is not None:
            self._file.close()
        if not self._again:
            return
        if not complete:
            self._target.unlink(missing_ok=True)
        elif self._file is not None:
            self._target.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def _line(self, content: Mapping[str, object]) -> None:
        assert self._file is not None  # noqa: S101 - opened by `add`
        self._file.write(json.dumps(content, ensure_ascii=False) + "\n")
        self._file.flush()


def read_failures(path: Path) -> Wanted:
    """What the file says is to be tried again.

    Raises
    ------
    SourceMissingError
        If there is no such file: nothing has failed.
    DataFileError
        If it is not of the form of this module.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise SourceMissingError(f"{path} is not there: no load has failed") from error
    number = 0
    try:
        head, *failures = [json.loads(line) for line in lines]
        paths, columns = list(head["paths"]), dict(head["columns"])
        sources = set()
        for number, failure in enumerate(failures, 2):  # noqa: B007 - for the message
            sources.add(str(failure["source"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DataFileError(
            str(path), f"it is no list of failures: {error}", line=number or 1
        ) from error
    # An article of many is named by its place in its file.
    sources |= {source.rpartition("#")[0] for source in sources if "#" in source}
    kept = [each for each in paths if not is_address(each) and each != STANDARD_INPUT]
    kept += sorted(source for source in sources if is_address(source))
    return Wanted(kept, columns, sources)


def _absolute(path: str) -> str:
    return path if is_address(path) or path == STANDARD_INPUT else os.path.abspath(path)  # noqa: PTH100
