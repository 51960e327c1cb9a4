"""What the command line prints: data to standard output, everything else to standard error.

Colours are left out when the output is no terminal, or when ``NO_COLOR`` is set.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE: Final = 10_000
"""Columns when nobody looks: a table that goes into a pipe or a file is never cut off."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would move the cursor, colour the terminal, or turn the text around."""


def out() -> Console:
    """The console of standard output, for data."""
    return _console(stderr=False)


def err() -> Console:
    """The console of standard error, for progress, warnings and errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        stderr=stderr,
        highlight=False,
        markup=False,
        emoji=False,
        width=None if stream.isatty() else _WIDE,
    )


def plain(text: str) -> str:
    """`text` as it may be shown: characters that act on a terminal are replaced.

    >>> plain("Meta\\x1b[2J")
    'Meta�[2J'
    """
    return _CONTROL.sub("\ufffd", text)


def styled(text: str, style: str = "") -> Text:
    """`text`, which may come from anywhere, in a style of ours."""
    return Text(plain(text), style=style)


def say(message: str, style: str = "") -> None:
    """Tell the user something on standard error, behind what was printed before it."""
    sys.stdout.flush()
    err().print(styled(message, style), soft_wrap=True)


def warn(message: str) -> None:
    """Tell the user of something that is not as it should be."""
    say(f"Warning: {message}", "yellow")


def fail(message: str) -> None:
    """Tell the user what went wrong."""
    err().print(Text("Error: ", "bold red") + styled(message), soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print a table to standard output; texts are shown as they are, never as markup."""
    table = Table(
        *columns, box=box.SIMPLE_HEAD, show_edge=False, header_style="bold", pad_edge=False
    )
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else styled(cell) for cell in row))
    out().print(table)


def print_json(data: Any) -> None:
    """Print one JSON document to standard output."""
    print_line(json.dumps(data, ensure_ascii=False, indent=2))


def print_line(line: str) -> None:
    """Write a line to standard output, unchanged."""
    sys.stdout.write(line + "\n")


@contextlib.contextmanager
def working(message: str) -> Iterator[None]:
    """Say what takes a moment, for as long as it does, where somebody looks."""
    console = err()
    if console.is_terminal:
        with console.status(styled(message)):
            yield
    else:
        yield
