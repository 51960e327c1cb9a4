"""Articles from addresses: a page, a feed or a sitemap, and what the latter two lead to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from graph.model import Article
from loaders.errors import LoaderError
from loaders.sources.fields import article_from_fields
from loaders.sources.inputs import Input
from loaders.sources.registry import source_of
from loaders.sources.source import Options, Problem, Record, SourceFailure
from loaders.urls import canonical_url, id_of_url
from loaders.web.client import WebClient
from loaders.web.state import Seen, WebState

_DEPTH: Final = 3
"""From an index of sitemaps to a sitemap to a page."""


def is_address(given: str) -> bool:
    """Whether it is an address of the web rather than a path."""
    return given.lower().startswith(("http://", "https://"))


@dataclass
class WebReader:
    """Reads addresses, and what they announce that is not known yet.

    Parameters
    ----------
    known
        Which of these articles are stored; what a feed announces again need not be fetched.
    """

    client: WebClient
    options: Options
    state: WebState = field(default_factory=WebState)
    known: Callable[[Collection[str]], Collection[str]] = lambda ids: ()
    passed_over: int = 0
    """Articles that were announced, and are stored already."""
    _visited: set[str] = field(default_factory=set)

    def read(self, url: str) -> Iterator[Article | SourceFailure]:
        """The articles at an address, or behind the links of the feed that is there."""
        yield from self._visit(url, {}, _DEPTH)

    def _visit(
        self, url: str, about: dict[str, Any], depth: int
    ) -> Iterator[Article | SourceFailure]:
        before = self.state.seen(canonical_url(url))
        sound = True
        try:
            page = self.client.fetch(url, etag=before.etag, modified=before.modified)
            if page is None:
                self.options.notice(f"{url}: nothing new")
                return
            name = urlsplit(page.url).path.rpartition("/")[2]
            given = Input.of_bytes(page.body, name, url=page.url, max_chars=self.options.max_chars)
            # A feed is no longer than a page may be: all of its entries may be held.
            records = list(source_of(given).records(given, self.options))
        except LoaderError as error:
            yield SourceFailure(url, str(error))
            return
        except OSError as error:
            yield SourceFailure(url, f"it cannot be read: {error}")
            return
        stored = set(self.known([id_of_url(urljoin(page.url, r.follow)) for r in _links(records)]))
        for record in records:
            for found in self._follow(record, page.url, about, stored, depth):
                sound = sound and isinstance(found, Article)
                yield found
        if sound:  # else it is to be read again, and what failed with it
            announced = about.get("updated")
            self.state.learn(canonical_url(url), Seen(page.etag, page.modified, announced))

    def _follow(
        self,
        record: Record | Problem,
        base: str,
        about: dict[str, Any],
        stored: Collection[str],
        depth: int,
    ) -> Iterator[Article | SourceFailure]:
        if isinstance(record, Problem):
            yield SourceFailure(base, f"{record.place}: {record.message}")
        elif record.follow is None:
            yield self._article(record, base, about)
        else:
            target = urljoin(base, record.follow)
            address = canonical_url(target)
            if address in self._visited:
                return
            self._visited.add(address)
            if not depth:
                yield SourceFailure(target, "it is behind too many feeds; load it by its address")
                return
            announced = record.fields.get("updated")
            if id_of_url(target) in stored and announced == self.state.seen(address).announced:
                self.passed_over += 1
                return
            yield from self._visit(target, dict(record.fields), depth - 1)

    def _article(self, record: Record, base: str, about: dict[str, Any]) -> Article | SourceFailure:
        """The article of a page; what its feed says stands in for what the page does not."""
        fields = {name: value for name, value in about.items() if value and name != "text"}
        fields |= {name: value for name, value in record.fields.items() if value}
        if about.get("outlet") and _is_host(fields["outlet"], base):
            fields["outlet"] = about["outlet"]  # the page does not name its paper, the feed does
        own = fields.get("url")
        fields["url"] = own if isinstance(own, str) and is_address(own) else base
        part = f"#{record.part}" if record.part else ""
        try:
            return article_from_fields(
                fields,
                # Known by where the link led, and not by what the page calls itself.
                default_id=id_of_url(about.get("url") or base) + part,
                origin=base + part,
                max_chars=self.options.max_chars,
                today=self.options.today,
            )
        except LoaderError as error:
            return SourceFailure(base, f"{record.place}: {error}" if record.place else str(error))


def _is_host(outlet: str, url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return outlet in {urlsplit(url).netloc, host, host.removeprefix("www.")}


def _links(records: Collection[Record | Problem]) -> list[Any]:
    return [each for each in records if isinstance(each, Record) and each.follow]
