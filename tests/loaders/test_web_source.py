"""Addresses as a source: pages, feeds and sitemaps of a real server on loopback."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import contents
import pytest
from contents import HIRED, SPENT, TITLE
from web_server import LoopbackBackend, Site

from graph.model import Article
from loaders.sources.files import PathReader, SourceFailure
from loaders.sources.source import Options
from loaders.sources.web import WebReader
from loaders.web.client import Limits, WebClient
from loaders.web.guard import Guard
from loaders.web.state import WebState

DAY = dt.date(2025, 7, 8)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@contextmanager
def reading(
    state: Path | None = None, known: Callable[[Collection[str]], Collection[str]] = lambda ids: ()
) -> Iterator[WebReader]:
    guard = Guard([ipaddress.ip_network("127.0.0.1/32")], resolve=lambda host: [])
    limits = Limits(delay_s=0, total_s=10, attempts=1)
    with (
        WebClient(guard, "mercato/test", limits=limits, backend=LoopbackBackend()) as web,
        WebState(state) as remembered,
    ):
        yield WebReader(web, Options(), remembered, known)


def read(address: str) -> list[Article | SourceFailure]:
    with reading() as web:
        return list(PathReader(Options(), web).read_paths([address]))


def articles(found: list[Article | SourceFailure]) -> list[Article]:
    assert all(isinstance(each, Article) for each in found), found
    return [each for each in found if isinstance(each, Article)]


def put(site: Site, path: str, title: str = TITLE, **more: str) -> str:
    return site.page(path, contents.page(title=title, address=site.url + path, **more))


def test_a_page_is_an_article_known_by_its_address(site: Site) -> None:
    put(site, "/a")
    (article,) = articles(read(site.url + "/a?utm_source=lettre#haut"))
    assert (article.title, article.outlet, article.published) == (TITLE, "Le Fil", DAY)
    assert article.url == f"{site.url}/a"
    assert article.text.endswith(f"{HIRED}\n{SPENT}")


@pytest.fixture(autouse=True)
def _with_parameters(site: Site) -> None:
    site.pages["/a?utm_source=lettre"] = lambda handler: handler.send(
        contents.page(address=site.url + "/a")
    )


def test_a_feed_leads_to_its_articles_and_what_they_do_not_say_it_says(site: Site) -> None:
    first = put(site, "/a")
    second = site.page(
        "/b", f"<!doctype html><html><body><article><p>{HIRED}</p><p>{SPENT}</p></article></html>"
    )
    site.page(
        "/feed",
        contents.rss((TITLE, first, ""), ("Le second", second + "?xtor=RSS-1", "")),
        mime="application/rss+xml",
    )
    site.pages["/b?xtor=RSS-1"] = site.pages["/b"]
    one, two = articles(read(site.url + "/feed"))
    assert (one.id, two.id) == (first, second)
    assert (two.title, two.outlet, two.published) == ("Le second", "Le Fil", DAY)


def test_the_pages_that_a_feed_cannot_give_are_reported_and_the_others_read(site: Site) -> None:
    gone, good = site.url + "/gone", put(site, "/a")
    site.page("/feed", contents.rss(("Gone", gone, ""), (TITLE, good, "")))
    failure, article = read(site.url + "/feed")
    assert failure == SourceFailure(gone, "the site answers with status 404")
    assert isinstance(article, Article)


def test_a_link_to_the_inside_of_a_network_is_refused(site: Site) -> None:
    site.page("/feed", contents.rss(("x", "http://192.168.0.1/admin", "")))
    (failure,) = read(site.url + "/feed")
    assert isinstance(failure, SourceFailure)
    assert "not an address of the public internet" in failure.message


def sitemap(*pages: str, day: str = "2025-07-08") -> str:
    urls = "".join(
        f"<url><loc>{page}</loc><lastmod>{day}</lastmod><news:news><news:publication>"
        "<news:name>Le Fil</news:name><news:language>fr</news:language></news:publication>"
        f"<news:publication_date>{day}</news:publication_date><news:title>T</news:title>"
        "</news:news></url>"
        for page in pages
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def index(*maps: str) -> str:
    held = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in maps)
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{held}</sitemapindex>'
    )


def test_an_index_of_sitemaps_leads_to_sitemaps_and_to_pages(site: Site) -> None:
    page = put(site, "/a")
    one = site.page("/one.xml", sitemap(page), mime="application/xml")
    two = site.page("/two.xml", sitemap(page), mime="application/xml")
    site.page("/index.xml", index(one, two), mime="application/xml")
    (article,) = articles(read(site.url + "/index.xml"))
    assert (article.id, article.outlet) == (page, "Le Fil")
    assert site.paths.count("/a") == 1


def test_feeds_that_lead_to_each_other_end(site: Site) -> None:
    site.page("/one.xml", index(site.url + "/two.xml"))
    site.page("/two.xml", index(site.url + "/one.xml"))
    assert read(site.url + "/one.xml") == []
    assert len(site.paths) <= 4


def test_the_second_time_only_what_is_new_is_fetched(site: Site, tmp_path: Path) -> None:
    first = put(site, "/a")
    feed = contents.rss((TITLE, first, ""))

    def answer(handler):
        if handler.headers.get("If-None-Match") == f'"{hash(feed)}"':
            handler.send("", status=304)
        else:
            handler.send(feed, "application/rss+xml", etag=f'"{hash(feed)}"')

    site.pages["/feed"] = answer
    state, stored = tmp_path / "web.sqlite", set()

    def load() -> tuple[list[str], int]:
        with reading(state, lambda ids: stored & set(ids)) as web:
            found = articles(list(web.read(site.url + "/feed")))
            stored.update(article.id for article in found)
            web.state.commit()
            return [article.id for article in found], web.passed_over

    assert load() == ([first], 0)
    assert load() == ([], 0)  # 304: nothing was even looked at
    second = put(site, "/b", "Autre")
    feed = contents.rss(("Autre", second, ""), (TITLE, first, ""))
    assert load() == ([second], 1)
    feed = contents.rss((TITLE, first, ""), day="Wed, 09 Jul 2025 10:00:00 +0200")
    assert load() == ([first], 0)  # the feed says that it has changed
    assert site.paths.count("/a") == 2


def test_what_could_not_be_read_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    page = site.url + "/a"
    site.page("/feed", contents.rss((TITLE, page, "")), etag='"1"')
    for _ in range(2):
        with reading(tmp_path / "web.sqlite") as web:
            (failure,) = web.read(site.url + "/feed")
            web.state.commit()
        assert isinstance(failure, SourceFailure)
    assert site.paths == ["/feed", "/a"] * 2
    assert all("If-None-Match" not in headers for _, headers in site.requests)


def test_what_was_not_stored_is_not_remembered(site: Site, tmp_path: Path) -> None:
    page = put(site, "/a")
    site.page("/feed", contents.rss((TITLE, page, "")), etag='"1"')
    for _ in range(2):
        with reading(tmp_path / "web.sqlite") as web:
            assert len(articles(list(web.read(site.url + "/feed")))) == 1  # and no commit


def test_a_state_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "web.sqlite").write_bytes(b"no database" * 1_000)
    with pytest.raises(OSError, match="delete it to begin anew"):
        WebState(tmp_path / "web.sqlite")


def test_without_a_reader_of_the_web_an_address_is_refused() -> None:
    (failure,) = PathReader(Options()).read_paths(["https://le-fil.example/a"])
    assert isinstance(failure, SourceFailure)
    assert "mercato load" in failure.message


def test_a_connection_to_elsewhere_would_fail_the_test() -> None:
    import socket

    with socket.socket() as one, pytest.raises(AssertionError, match="this machine only"):
        one.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="this machine only"):
        socket.getaddrinfo("le-fil.example", 80)
