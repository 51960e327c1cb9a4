"""Web pages, saved or fetched: the article in them without what surrounds it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from loaders.article import MAX_TITLE_LENGTH
from loaders.errors import EmptyArticleError
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

PAGE: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a web page begins."""

_ADDRESS: Final = re.compile(r"https?://[^\s\"<>]{1,2000}")
_ONE_LINE: Final = 290


class HtmlSource:
    """A page of a newspaper."""

    name = "web page"

    def matches(self, given: Input) -> bool:
        """By how it begins, or by its name."""
        return bool(PAGE.match(given.head)) or given.ends(".html", ".htm", ".xhtml")

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """The one article of the page."""
        yield Record(page_fields(given.read(), given.url, options))


def page_fields(page: bytes | str, url: str | None, options: Options) -> dict[str, Any]:
    """The article in a page, and what the page says about it.

    Raises
    ------
    EmptyArticleError
        If no article is found in it.
    """
    from trafilatura import bare_extraction

    # What it has to say of a page is in the error below.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not page.strip():
        raise EmptyArticleError("it is empty")
    dates: dict[str, Any] = {"extensive_search": False, "original_date": True}
    if options.today is not None:
        dates["max_date"] = options.today.isoformat()
    found = bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dates,
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise EmptyArticleError(
            "no article was found in this page; if there is one, save its text as .txt"
        )
    address = found.url if found.url and _ADDRESS.fullmatch(found.url) else url
    return {
        "text": found.text,
        "title": (found.title or "")[:MAX_TITLE_LENGTH],
        "url": address,
        "outlet": (found.sitename or found.hostname or "")[:_ONE_LINE],
        "author": (found.author or "").replace("; ", ", ")[:_ONE_LINE],
        "published": found.date,
    }
