"""What is served for Neo4j Browser: to whom, and that Browser can take it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from serving import Serving

from api.app import create_app
from api.browser_files import GUIDES, saved_queries
from api.problems import MEDIA_TYPE
from api.settings import Settings
from graph.store import Store
from loaders.reader import default_reader

FILES = ["guide.html", "guide.en.html", "style.grass", "queries.zip"]
PAGE = "<!doctype html><title>Neo4j Browser</title>"
NEO4J = "http://localhost:7474"


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    path = tmp_path / "neo4j-browser-5.jar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("browser/index.html", PAGE)
        archive.writestr("browser/bolt-worker.js", "1")
        archive.writestr("META-INF/MANIFEST.MF", "not a part of the page")
    return path


@pytest.fixture
def with_page(serving: Serving, jar: Path, store: Store, tmp_path: Path) -> Iterator[httpx.Client]:
    settings = Settings(data_dir=tmp_path, browser_jar=jar)
    with serving(create_app(settings, store=store, reader=default_reader())) as client:
        yield client


@pytest.mark.parametrize("name", FILES)
def test_neo4j_browser_may_read_the_files_from_its_own_port(
    client: httpx.Client, name: str
) -> None:
    answer = client.get(f"/browser/{name}", headers={"Origin": NEO4J})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == NEO4J
    # Browser sends these, which a page must ask for beforehand.
    asked = client.options(
        f"/browser/{name}",
        headers={
            "Origin": NEO4J,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "baggage,cache-control,pragma,sentry-trace",
        },
    )
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == NEO4J


@pytest.mark.parametrize(
    "origin",
    ["https://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org", "null"],
)
def test_pages_of_other_sites_may_not_read_them(client: httpx.Client, origin: str) -> None:
    answer = client.get("/browser/guide.html", headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


def test_no_other_part_of_the_service_is_opened_to_pages_of_other_ports(
    client: httpx.Client,
) -> None:
    answer = client.get("/v1/entities", headers={"Origin": NEO4J})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_holds_every_saved_query_as_it_is(client: httpx.Client, name: str) -> None:
    guide = client.get(f"/browser/{name}").text
    runnable = re.findall(r'<pre class="[^"]*\brunnable\b[^"]*">(.*?)</pre>', guide, re.DOTALL)
    shown = {html.unescape(each) for each in runnable}
    language = GUIDES[name]
    assert {f"// {query.title[language]}\n{query.text}" for query in saved_queries()} <= shown


@pytest.mark.parametrize("name", GUIDES)
def test_browser_takes_nothing_out_of_a_guide(client: httpx.Client, name: str) -> None:
    """It removes what looks like a script or like an attribute that runs one."""
    guide = client.get(f"/browser/{name}").text
    assert not re.search(r"<script|\son[^\s=]+\s*=|javascript:", guide, re.IGNORECASE)


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_leads_only_to_what_is_served_beside_it(client: httpx.Client, name: str) -> None:
    guide = client.get(f"/browser/{name}").text
    base = f"http://localhost:{client.base_url.port}/browser/"
    addresses = re.findall(r"https?://[^\s\"'<]+", guide)
    assert all(address.startswith(base) for address in addresses)
    assert {address.removeprefix(base) for address in addresses} <= set(FILES)
    assert f":style {base}style.grass" in guide


def test_the_archive_gives_browser_one_folder_of_favourites(client: httpx.Client) -> None:
    content = client.get("/browser/queries.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {Path(name).parent.name for name in files} == {"mercato"}
    assert all(Path(name).suffix == ".cypher" for name in files)
    assert list(files.values()) == [query.file for query in saved_queries()]
    assert client.get("/browser/queries.zip").content == content


def test_the_page_opens_on_this_graph_with_the_guide(with_page: httpx.Client, store: Store) -> None:
    for address in ("/browser", "/browser/"):
        opened = with_page.get(address)
        assert opened.status_code == 307
        there = urlsplit(opened.headers["location"])
        asked = {name: values[0] for name, values in parse_qs(there.query).items()}
        assert asked["dbms"] == store.uri.replace("://", "://reader@")
        assert asked["db"] == store.database
        assert asked["cmd"] == "play"
        guide = f"http://localhost:{with_page.base_url.port}/browser/guide.html"
        assert asked["arg"] == guide
        page = with_page.get(there.path)
        assert page.text == PAGE
        assert page.headers["content-type"].startswith("text/html")


def test_the_page_opens_with_a_query_in_the_editor(with_page: httpx.Client) -> None:
    query = ":param ids => ['company-meta'];\nRETURN $ids;"
    opened = with_page.get("/browser", params={"query": query})
    asked = parse_qs(urlsplit(opened.headers["location"]).query)
    assert (asked["cmd"], asked["arg"]) == (["edit"], [query])


def test_the_page_may_load_from_this_machine_only(with_page: httpx.Client) -> None:
    for name in ("index.html", "bolt-worker.js"):
        policy = with_page.get(f"/browser/{name}").headers["content-security-policy"]
        hosts = re.findall(r"(?:https?|wss?)://([^\s;:]+)", policy)
        assert set(hosts) == {"localhost", "127.0.0.1"}
        assert "unsafe-eval" not in policy
        assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "path", ["nothing.js", "../META-INF/MANIFEST.MF", "%2e%2e/META-INF/MANIFEST.MF", "%00"]
)
def test_only_the_page_is_served_out_of_the_jar(with_page: httpx.Client, path: str) -> None:
    answer = with_page.get(f"/browser/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_without_a_page_it_is_said_how_to_get_one(
    serving: Serving, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.browser_page._LIB", tmp_path)
    app = create_app(Settings(data_dir=tmp_path), store=store, reader=default_reader())
    with serving(app) as client:
        answer = client.get("/browser")
        assert answer.status_code == 404
        assert "make neo4j" in answer.json()["detail"]
        assert client.get("/browser/guide.html").status_code == 200


@pytest.mark.parametrize("content", [b"", b"not a jar"])
def test_a_jar_that_is_none_is_named(
    serving: Serving, store: Store, tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.jar"
    wrong.write_bytes(content)
    settings = Settings(data_dir=tmp_path, browser_jar=wrong)
    with serving(create_app(settings, store=store, reader=default_reader())) as client:
        answer = client.get("/browser")
        assert answer.status_code == 404
        assert "wrong.jar" in answer.json()["detail"]
