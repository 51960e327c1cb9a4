"""The sources that there are: those that ship, and those that other packages add."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Final

from loaders.errors import SourceError
from loaders.sources.feed import FeedSource
from loaders.sources.html import HtmlSource
from loaders.sources.inputs import Input
from loaders.sources.lines import JsonLinesSource
from loaders.sources.mail import MailSource
from loaders.sources.pdf import PdfSource
from loaders.sources.source import Source
from loaders.sources.tables import CsvSource, ParquetSource
from loaders.sources.text import TextSource
from loaders.sources.warc import WarcSource

ENTRY_POINTS: Final = "mercato.sources"
"""The group of entry points that name further sources."""

SHIPPED: Final[tuple[Source, ...]] = (
    PdfSource(),
    ParquetSource(),
    WarcSource(),
    FeedSource(),
    HtmlSource(),
    MailSource(),
    JsonLinesSource(),
    CsvSource(),
    TextSource(),  # anything is text, or says why it is none
)
"""In the order in which they are asked."""


def source_of(given: Input) -> Source:
    """The first source whose form this is; those of other packages are asked first."""
    return next(source for source in (*added_sources(), *SHIPPED) if source.matches(given))


@cache
def added_sources() -> tuple[Source, ...]:
    """The sources of other packages, in the order of their names.

    Raises
    ------
    SourceError
        If one cannot be imported; the message names it.
    """
    found = []
    for point in sorted(metadata.entry_points(group=ENTRY_POINTS), key=lambda p: p.name):
        try:
            found.append(point.load()())
        except Exception as error:
            raise SourceError(
                f"the source {point.name!r} ({point.value}) cannot be used: "
                f"{type(error).__name__}: {error}; correct or uninstall the package it is from"
            ) from error
    return tuple(found)
