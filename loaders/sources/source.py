"""What a source of articles is: something that knows one form of content.

A source is asked whether an `Input` is of its form, and then for the records in it. Ids, checks
and error messages are made for it. Packages add sources of their own with an entry point of the
group ``mercato.sources``; docs/loading.md shows one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from loaders.article import DEFAULT_MAX_CHARS
from loaders.sources.inputs import Input


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """Something that gave no article: where it is, and why.

    `message` begins with "line N: " or the like where it is about one part of a file.
    """

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article (see `loaders.sources.fields.FIELDS`), and its place.

    Parameters
    ----------
    fields
        Names and values as they were found; others than the known ones are ignored.
    part
        What tells it apart in its input, such as a line's number; empty for the only one.
    place
        How messages call that place: "line 12".
    follow
        The address of the whole article, when `fields` only announce it.
    """

    fields: Mapping[str, Any]
    part: str = ""
    place: str = ""
    follow: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an input that gives no article, and why; the parts after it are read."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Options:
    """What the user has said about reading.

    Parameters
    ----------
    columns
        For tables and JSON: which column holds a field, by the field's name.
    notice
        Told what the user should know, such as how columns were understood.
    """

    max_chars: int = DEFAULT_MAX_CHARS
    today: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    notice: Callable[[str], None] = lambda message: None


class Source(Protocol):
    """One form in which articles come."""

    name: str
    """For messages, such as ``CSV table``."""

    def matches(self, given: Input) -> bool:
        """Whether the content is of this form; judged by its head first, then by its name."""
        ...

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """The articles in it, one after the other.

        An `ArticleError` says that nothing more can be read of this input; a `Problem` that one
        part of it is bad.
        """
        ...
