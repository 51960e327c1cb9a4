"""RSS and Atom feeds, and the sitemaps of news sites.

From the web, the article that an entry announces is fetched from its own address; of a feed in a
file, what the entries themselves hold is read.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from typing import Any, Final

from loaders.errors import ArticleError, EmptyArticleError
from loaders.sources.html import PAGE, page_fields
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

_FEED: Final = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_SITEMAPS: Final = (b"urlset", b"sitemapindex")
_TAG: Final = re.compile(r"<\w")


class FeedSource:
    """Entries that announce articles."""

    name = "feed"

    def matches(self, given: Input) -> bool:
        """By the first element, where it is XML."""
        start = given.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"<") and _root(start[:4_096]):
            return True
        return given.ends(".rss", ".atom", ".xml") and not PAGE.match(given.head)

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """An article for each entry, or its address where it came from the web."""
        data = given.read()
        if _root(data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4_096]) in _SITEMAPS:
            yield from _sitemap(data)
        else:
            yield from _feed(data, given, options)


def _root(start: bytes) -> bytes | None:
    """The name of the element that makes it a feed, if it is the first one."""
    found = _FEED.search(start)
    if found is None:
        return None
    first = re.search(rb"<(?![?!])", start)
    return found[1] if first is not None and first.start() == found.start() else None


def _feed(data: bytes, given: Input, options: Options) -> Iterator[Record | Problem]:
    import feedparser

    try:
        parsed = feedparser.parse(
            io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ArticleError(f"it is no feed that can be read: {error}") from error
    if not parsed.version and not parsed.entries:
        reason = f" ({parsed.bozo_exception})" if parsed.bozo else ""
        raise ArticleError(f"it is neither a feed nor a sitemap{reason}")
    outlet = parsed.feed.get("title")
    for number, entry in enumerate(parsed.entries, 1):
        place = f"entry {number}"
        link = entry.get("link")
        updated = dict.get(entry, "updated_parsed")  # its own `get` would take the other for it
        about: dict[str, Any] = {
            "title": entry.get("title"),
            "url": link,
            "outlet": outlet,
            "author": entry.get("author"),
            "published": _day(dict.get(entry, "published_parsed") or updated),
            "updated": dict.get(entry, "updated") or dict.get(entry, "published"),
        }
        if given.url is not None and link:
            yield Record(about, str(number), place, follow=link)
            continue
        try:
            yield Record({**about, "text": _content(entry, options)}, str(number), place)
        except ArticleError as error:
            yield Problem(place, str(error))


def _content(entry: Any, options: Options) -> str:
    """The text that an entry itself holds: its content, else its summary."""
    held = max((part.get("value", "") for part in entry.get("content", ())), key=len, default="")
    html = held or entry.get("summary") or ""
    if not html.strip():
        raise EmptyArticleError("it holds no text; load the feed from its address instead")
    if not _TAG.search(html):
        return str(html)
    page = f"<html><body><article>{html}</article></body></html>"
    return str(page_fields(page, None, options)["text"])


def _day(moment: time.struct_time | None) -> str | None:
    return time.strftime("%Y-%m-%d", moment) if moment else None


def _sitemap(data: bytes) -> Iterator[Record | Problem]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ArticleError(f"it is no sitemap that can be read: {error}") from error
    for number, item in enumerate(root.iterfind("{*}*"), 1):
        held = {
            etree.QName(child).localname: (child.text or "").strip()
            for child in item.iter("{*}*")
            if not len(child)
        }
        if not held.get("loc"):
            continue
        fields = {
            "title": held.get("title"),
            "url": held["loc"],
            "outlet": held.get("name"),
            "published": held.get("publication_date") or None,
            "updated": held.get("lastmod"),
        }
        yield Record(fields, str(number), f"entry {number}", follow=held["loc"])
