"""Fetching from a real server on loopback, which misbehaves in every way that a test names."""

from __future__ import annotations

import gzip
import ipaddress
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from typing import Any

import pytest
from web_server import Handler, LoopbackBackend, Site

from loaders.errors import (
    ForbiddenByRobotsError,
    RefusedAddressError,
    ResponseError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
    WebError,
)
from loaders.web.client import Limits, WebClient
from loaders.web.guard import Guard

AGENT = "mercato/test (+https://example.org)"
QUICK = Limits(delay_s=0, total_s=10, max_bytes=100_000, backoff_s=0, attempts=1)


class Clock:
    """A clock that a pause puts forward, so that no test waits for one."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float | None = None) -> bool:
        self.pauses.append(round(seconds or 0, 3))
        self.now += seconds or 0
        return False


NAMES = {"le-fil.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"]}


def client(limits: Limits = QUICK, **options: Any) -> WebClient:
    guard = Guard([ipaddress.ip_network("127.0.0.1/32")], resolve=lambda host: NAMES[host])
    return WebClient(guard, AGENT, limits=limits, backend=LoopbackBackend(), **options)


def patient(**limits: Any) -> tuple[WebClient, Clock]:
    """A client that retries, and whose pauses take no time."""
    clock = Clock()
    stop: Any = clock
    given = replace(QUICK, attempts=3, backoff_s=1, **limits)
    return client(given, clock=clock, stop=stop), clock


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def body(site: Site, path: str, **limits: Any) -> bytes:
    with client(replace(QUICK, **limits)) as web:
        page = web.fetch(site.url + path)
    assert page is not None
    return page.body


def test_a_page_is_fetched_under_a_name_of_our_own(site: Site) -> None:
    site.page("/a", "Bonjour", etag='"1"', last_modified="Tue, 08 Jul 2025 10:00:00 GMT")
    with client() as web:
        page = web.fetch(site.url + "/a")
    assert page is not None
    assert (page.body, page.etag) == (b"Bonjour", '"1"')
    assert page.modified == "Tue, 08 Jul 2025 10:00:00 GMT"
    assert [headers["user-agent"] for _, headers in site.requests] == [AGENT, AGENT]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/a"]


def test_an_address_may_hold_any_letters(site: Site) -> None:
    site.page("/%C3%A9conomie/a%20b?q=%C3%A9", "Bonjour")
    assert body(site, "/économie/a b?q=é#haut") == b"Bonjour"


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.send("", status=304)
    with client() as web:
        assert web.fetch(site.url + "/a", etag='"1"', modified="Tue") is None
    headers = site.requests[-1][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "Tue")


# robots.txt


def test_what_robots_txt_forbids_is_not_read(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /abonnes\nAllow: /abonnes/libre")
    site.page("/abonnes/libre", "Bonjour")
    with client() as web:
        with pytest.raises(ForbiddenByRobotsError, match=r"robots\.txt asks"):
            web.fetch(site.url + "/abonnes/a")
        assert web.fetch(site.url + "/abonnes/libre") is not None
    assert site.paths == ["/abonnes/libre"]


def test_rules_for_this_reader_go_before_those_for_all(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: mercato\nDisallow: /")
    with client() as web, pytest.raises(ForbiddenByRobotsError):
        web.fetch(site.url + "/a")
    assert site.paths == []


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, status: int) -> None:
    site.page("/robots.txt", "", status=status)
    site.page("/a", "Bonjour")
    with client() as web, pytest.raises(ForbiddenByRobotsError, match="could not be read"):
        web.fetch(site.url + "/a")
    assert site.paths == []


def test_a_robots_txt_without_end_is_no_permission(site: Site) -> None:
    site.pages["/robots.txt"] = lambda handler: handler.send(b"#" * 2_000_000, "text/plain")
    with client() as web, pytest.raises(ForbiddenByRobotsError, match="longer than"):
        web.fetch(site.url + "/a")


# One request at a time, with a pause, and retries


def test_there_is_a_pause_between_requests_to_one_site(site: Site) -> None:
    site.page("/a", "Bonjour")
    web, clock = patient(delay_s=2)
    with web:
        for _ in range(3):
            web.fetch(site.url + "/a")
    assert clock.pauses == [2, 2, 2]  # after robots.txt, too
    assert site.most_open == 1


def test_another_site_need_not_wait(site: Site) -> None:
    site.page("/a", "Bonjour")
    web, clock = patient(delay_s=2)
    with web, Site() as other:
        other.page("/a", "Bonjour")
        web.fetch(site.url + "/a")
        web.fetch(other.url + "/a")
    assert clock.pauses == [2, 2]  # each site's robots.txt, then its page


def test_a_longer_pause_that_the_site_asks_for_is_made(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    site.page("/a", "Bonjour")
    web, clock = patient(delay_s=2)
    with web:
        web.fetch(site.url + "/a")
    assert clock.pauses == [7]


def test_a_pause_of_hours_is_refused(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 86400")
    web, _ = patient()
    with web, pytest.raises(UnreachableError, match="86400 s between two requests"):
        web.fetch(site.url + "/a")


def failing(status: int, **headers: str) -> Any:
    return lambda handler: handler.send("", status=status, **headers)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_longer_and_longer_pauses(
    site: Site, status: int
) -> None:
    site.pages["/a"] = [failing(status), failing(status), lambda handler: handler.send("Enfin")]
    web, clock = patient()
    with web:
        page = web.fetch(site.url + "/a")
    assert page is not None
    assert page.body == b"Enfin"
    assert clock.pauses == [1, 2]


def test_it_is_not_tried_for_ever(site: Site) -> None:
    site.pages["/a"] = failing(503)
    web, _ = patient()
    with web, pytest.raises(ResponseError, match="status 503"):
        web.fetch(site.url + "/a")
    assert site.paths == ["/a"] * 3


def test_a_site_says_when_to_come_back(site: Site) -> None:
    site.pages["/a"] = [failing(429, retry_after="20"), lambda handler: handler.send("Enfin")]
    web, clock = patient()
    with web:
        web.fetch(site.url + "/a")
    assert clock.pauses == [20]


def test_a_site_that_wants_us_back_tomorrow_is_left_alone(site: Site) -> None:
    site.pages["/a"] = failing(429, retry_after="86400")
    web, clock = patient()
    with web, pytest.raises(ResponseError):
        web.fetch(site.url + "/a")
    assert clock.pauses == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_will_not_pass_is_asked_for_once(site: Site, status: int) -> None:
    site.pages["/a"] = failing(status)
    web, _ = patient()
    with web, pytest.raises(ResponseError, match=f"status {status}"):
        web.fetch(site.url + "/a")
    assert site.paths == ["/a"]


# Redirects


def leads_to(place: str, status: int = 302) -> Any:
    return lambda handler: handler.send("", status=status, location=place)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_its_end_is_the_address(site: Site, status: int) -> None:
    site.pages["/a"] = leads_to("b?x=1#haut", status)
    site.page("/b?x=1", "Bonjour")
    with client() as web:
        page = web.fetch(site.url + "/a")
    assert page is not None
    assert (page.url, page.body) == (f"{site.url}/b?x=1", b"Bonjour")


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]:80/",
        "http://metadata.test/",
        "http://[::ffff:169.254.169.254]/",
    ],
)
def test_a_redirect_to_the_inside_is_refused_at_its_hop(site: Site, place: str) -> None:
    site.pages["/a"] = leads_to(place)
    with client() as web, pytest.raises(WebError, match="MERCATO_WEB_ALLOW"):
        web.fetch(site.url + "/a")


@pytest.mark.parametrize(
    "place",
    ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://u:p@127.0.0.1/", "javascript:alert(1)"],
)
def test_a_redirect_to_what_is_no_page_is_refused(site: Site, place: str) -> None:
    site.pages["/a"] = leads_to(place)
    with client() as web, pytest.raises(RefusedAddressError, match="is not the address of a page"):
        web.fetch(site.url + "/a")


def test_each_hop_is_judged_by_its_own_site_s_robots_txt(site: Site) -> None:
    with Site() as other:
        other.page("/robots.txt", "User-agent: *\nDisallow: /")
        site.pages["/a"] = leads_to(other.url + "/b")
        with client() as web, pytest.raises(ForbiddenByRobotsError):
            web.fetch(site.url + "/a")
        assert other.paths == []


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.pages["/a"] = leads_to("/a")
    with client() as web, pytest.raises(UnreachableError, match="more than 5 times"):
        web.fetch(site.url + "/a")
    assert len(site.paths) == 6


def test_a_redirect_that_leads_nowhere_is_an_error(site: Site) -> None:
    site.pages["/a"] = failing(302)
    with client() as web, pytest.raises(ResponseError, match="does not say where"):
        web.fetch(site.url + "/a")


def test_a_name_is_resolved_by_the_guard_alone(site: Site) -> None:
    site.page("/a", "Bonjour")
    with client() as web:
        page = web.fetch(f"http://le-fil.test:{site.port}/a")
    assert page is not None
    assert site.requests[-1][1]["Host"] == f"le-fil.test:{site.port}"


# Sizes and times

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_a_body_longer_than_the_limit_is_not_read_to_its_end(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.send_raw([HEAD + b"Connection: close\r\n\r\n", *repeat(b"x" * 65_536, 10_000)])

    site.pages["/a"] = endless
    with pytest.raises(TooLargeError, match="100,000 bytes"):
        body(site, "/a")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_body_is_read(site: Site, encoding: str) -> None:
    packed = gzip.compress(b"Bonjour") if encoding == "gzip" else zlib.compress(b"Bonjour")
    site.page("/a", packed, content_encoding=encoding)
    assert body(site, "/a") == b"Bonjour"
    assert site.requests[-1][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked(site: Site, encoding: str) -> None:
    bomb = b"\0" * 50_000_000
    packed = gzip.compress(bomb) if encoding == "gzip" else zlib.compress(bomb)
    site.page("/a", packed, content_encoding=encoding)
    with pytest.raises(TooLargeError):
        body(site, "/a")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_a_compression_that_was_not_asked_for_is_refused(site: Site, encoding: str) -> None:
    site.page("/a", b"Bonjour", content_encoding=encoding)
    with pytest.raises(UnreachableError, match="was not asked for"):
        body(site, "/a")


@pytest.mark.parametrize(
    "packed",
    [b"no gzip", gzip.compress(b"Bonjour" * 99, mtime=0)[:-12]],
    ids=["no gzip", "cut off"],
)
def test_a_damaged_compression_is_an_error(site: Site, packed: bytes) -> None:
    site.page("/a", packed, content_encoding="gzip")
    with pytest.raises(UnreachableError, match=r"damaged|cut off"):
        body(site, "/a")


def drip(head: bytes, part: bytes) -> Any:
    """An answer that comes byte by byte, each sooner than any one of them would be too late."""
    return lambda handler: handler.send_raw([head, *repeat(part, 10_000)], pause=0.05)


@pytest.mark.parametrize(
    "answer",
    [
        drip(HEAD + b"Content-Length: 9999\r\n\r\n", b"x"),
        drip(HEAD, b"X-More: yes\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["body", "headers", "promises", "chunks"],
)
def test_an_answer_drawn_out_for_ever_is_cut_off(site: Site, answer: Any) -> None:
    site.pages["/a"] = answer
    with pytest.raises(TooSlowError, match=r"longer than 0\.4 s"):
        body(site, "/a", total_s=0.4)


def test_a_site_that_says_nothing_is_not_waited_for(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.server.site.closed.wait(30)
    with pytest.raises(TooSlowError):
        body(site, "/a", total_s=0.3)


def raw(*parts: bytes) -> Any:
    return lambda handler: handler.send_raw(parts)


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(HEAD + b"Content-Length: 100\r\n\r\nshort"),
        raw(HEAD + b"Content-Length: -1\r\n\r\n"),
        raw(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        raw(HEAD + b"X-Long: " + b"x" * 2_000_000 + b"\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nbroken header\r\n\r\n"),
    ],
)
def test_an_answer_that_is_no_http_is_an_error(site: Site, answer: Any) -> None:
    site.pages["/a"] = answer
    with pytest.raises(UnreachableError, match="does not answer as a web server does"):
        body(site, "/a")


def test_a_port_where_nobody_listens_is_an_error(site: Site) -> None:
    with Site() as gone:
        address = gone.url + "/a"
    with client() as web, pytest.raises(WebError, match="does not answer"):
        web.fetch(address)


@pytest.mark.parametrize("mime", ["image/png", "video/mp4", "audio/mpeg"])
def test_what_is_no_text_is_not_fetched(site: Site, mime: str) -> None:
    site.page("/a", b"\x89PNG", mime=mime)
    with pytest.raises(ResponseError, match="no article"):
        body(site, "/a")


@pytest.mark.parametrize(
    "address", ["", "nothing", "http://", "gopher://x/", "http://x:99999/", "http://\x00/"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with client() as web, pytest.raises(RefusedAddressError):
        web.fetch(address)
