"""Loads over HTTP: sent in many forms, followed, cancelled, retried, and not lost with the service.

What reads is a stand-in that finds one claim in each article and can be made to wait.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from backends import Backend
from by_hand import Waiting

from api.app import create_app
from api.jobs import FOLDER, Jobs, LoadState
from api.problems import TYPES
from api.reading import BATCH_ARTICLES
from api.settings import Settings
from api.state import State
from graph.model import Article, Reading
from graph.store import Store


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    """What loads do is not the store's doing."""
    return embedded


@pytest.fixture
def reader() -> Waiting:
    return Waiting()


Running = Callable[[], AbstractContextManager[httpx.Client]]


@pytest.fixture
def running(store: Store, reader: Waiting, serving: Any, tmp_path: Path) -> Running:
    """Runs the service, again and again on one data folder."""

    @contextmanager
    def run() -> Iterator[httpx.Client]:
        settings = Settings(data_dir=tmp_path / "data", max_upload_mb=1, max_article_chars=5_000)
        with serving(create_app(settings, store=store, reader=reader)) as client:
            yield client

    return run


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with running() as client:
        yield client


def events(client: httpx.Client, load: dict[str, Any], after: int = 0) -> list[tuple[str, Any]]:
    """What is told of a load until it has ended."""
    headers = {"Last-Event-ID": str(after)} if after else {}
    with client.stream("GET", f"/v1/loads/{load['id']}/events", headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in response.iter_lines() if line.startswith(("event:", "data:"))]
    names = [line.removeprefix("event: ") for line in lines[::2]]
    data = [json.loads(line.removeprefix("data: ")) for line in lines[1::2]]
    return list(zip(names, data, strict=True))


def ended(client: httpx.Client, load: dict[str, Any]) -> dict[str, Any]:
    """How a load has ended."""
    (*_, (name, last)) = events(client, load)
    assert name == "load"
    return last


def sent(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 202, response.text
    load: dict[str, Any] = response.json()
    assert response.headers["location"] == f"/v1/loads/{load['id']}"
    return load


def articles(count: int) -> dict[str, Any]:
    return {"articles": [{"text": f"Tom Gunter, {n}.", "id": f"a{n}"} for n in range(count)]}


def results(client: httpx.Client, load: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    page = client.get(f"/v1/loads/{load['id']}/results", params={"limit": 200, **query})
    return page.json()["items"]


PLAIN = {"Content-Type": "text/plain"}
TEXT = "Tom Gunter a rejoint Meta."
PAGE = f"<html><head><title>Meta</title></head><body><article><p>{TEXT * 9}</p></article></html>"


@pytest.mark.parametrize(
    ("request_", "count"),
    [
        ({"json": articles(3)}, 3),
        ({"content": TEXT, "headers": {"Content-Type": "text/plain; charset=utf-8"}}, 1),
        ({"content": PAGE, "headers": {"Content-Type": "text/html"}}, 1),
        ({"files": [("files", ("a.txt", TEXT)), ("files", ("b.html", PAGE))]}, 2),
        ({"files": [("files", ("many.jsonl", '{"text": "a b"}\n{"text": "c d"}\n'))]}, 2),
        ({"files": [("files", ("table.csv", "id,text\nx,Tom Gunter\ny,Mark Lee\n"))]}, 2),
        ({"files": [("files", ("a.txt.gz", gzip.compress(TEXT.encode())))]}, 1),
    ],
    ids=["json", "text", "html", "files", "lines", "table", "gzip"],
)
def test_articles_of_every_form_are_loaded(
    client: httpx.Client, request_: dict[str, Any], count: int
) -> None:
    load = sent(client.post("/v1/loads", **request_))
    last = ended(client, load)
    assert (last["state"], last["articles"]["loaded"]) == ("done", count)
    found = results(client, load)
    assert [each["outcome"] for each in found] == ["loaded"] * count
    assert {each["claims"] for each in found} == {1}
    for each in found:
        assert client.get(f"/v1/articles/{quote(each['article'])}").status_code == 200
    # The same again is the same articles.
    again = ended(client, sent(client.post("/v1/loads", **request_)))
    assert again["articles"]["unchanged"] == count


def test_an_article_keeps_what_is_said_of_it(client: httpx.Client) -> None:
    given = {
        "text": TEXT,
        "title": "Meta recrute",
        "outlet": "Les Échos",
        "author": "A. B.",
        "url": "https://press.example/1",
        "published": "2025-07-08",
        "language": "fr",
        "credited_source": "Bloomberg",
    }
    load = sent(client.post("/v1/loads", json={"articles": [given]}))
    ended(client, load)
    (result,) = results(client, load)
    stored = client.get(f"/v1/articles/{result['article']}").json()
    assert {name: stored[name] for name in given if name != "text"} == {
        name: value for name, value in given.items() if name != "text"
    }
    # It is the one that a single article of this address would be.
    assert client.post("/v1/articles", json=given).json()["id"] == stored["id"]


def test_what_cannot_be_loaded_is_told_and_the_rest_is_loaded(client: httpx.Client) -> None:
    files = [
        ("files", ("../../etc/good.txt", TEXT)),
        ("files", ("empty.txt", "")),
        ("files", ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))),
        ("files", ("long.txt", "mot " * 3_000)),
        ("files", ("lines.jsonl", '{"text": "a b"}\n{"text": 3}\n{"nothing": 1}\n')),
    ]
    load = sent(client.post("/v1/loads", files=files))
    last = ended(client, load)
    assert last["articles"] == {"loaded": 2, "replaced": 0, "unchanged": 0, "failed": 5}
    failed = results(client, load, outcome="failed")
    assert [each["source"] for each in failed] == [
        "empty.txt",
        "picture.txt",
        "long.txt",
        "lines.jsonl",
        "lines.jsonl",
    ]
    assert all(each["message"] and each["article"] is None for each in failed)
    assert {each["source"] for each in results(client, load, outcome="loaded")} == {
        "good.txt",
        "lines.jsonl#1",
    }


def test_files_of_one_name_are_told_apart(client: httpx.Client) -> None:
    files = [
        ("files", (name, f"Tom Gunter, {number}."))
        for number, name in enumerate(["mai/une.txt", "juin/une.txt", "une (2).txt", "une", "une"])
    ]
    load = sent(client.post("/v1/loads", files=files))
    assert ended(client, load)["articles"]["loaded"] == len(files)
    assert [each["source"] for each in results(client, load)] == [
        "une.txt",
        "une (2).txt",
        "une (2) (2).txt",
        "une",
        "une (2)",
    ]


def test_progress_is_told_and_can_be_followed_from_any_place(
    client: httpx.Client, reader: Waiting
) -> None:
    reader.may_read.clear()
    load = sent(client.post("/v1/loads", json=articles(4)))
    assert load["state"] == "waiting"
    assert reader.begun.wait(30)
    # Others are answered while it reads.
    assert client.get(f"/v1/loads/{load['id']}").json()["state"] == "running"
    assert client.get("/v1/entities").status_code == 200
    threading.Timer(0.05, reader.may_read.set).start()
    told = events(client, load)
    numbers = [data["number"] for name, data in told if name == "result"]
    assert len(numbers) == 4
    assert numbers == sorted(numbers)
    assert [data["state"] for name, data in told if name == "load"][-1] == "done"
    later = events(client, load, after=numbers[1])
    assert [data["number"] for name, data in later if name == "result"] == numbers[2:]


def test_a_load_is_cancelled_and_tried_again(client: httpx.Client, reader: Waiting) -> None:
    reader.may_read.clear()
    count = BATCH_ARTICLES + 5
    load = sent(client.post("/v1/loads", json=articles(count)))
    waiting = sent(client.post("/v1/loads", json=articles(1)))
    assert reader.begun.wait(30)
    refused = client.post(f"/v1/loads/{load['id']}/retry")
    assert (refused.status_code, refused.json()["type"]) == (409, "/v1/problems/load-not-ended")
    assert client.post(f"/v1/loads/{waiting['id']}/cancel").json()["state"] == "cancelled"
    assert client.post(f"/v1/loads/{load['id']}/cancel").json()["cancelling"]
    reader.may_read.set()
    last = ended(client, load)
    assert (last["state"], last["articles"]["loaded"]) == ("cancelled", BATCH_ARTICLES)
    assert client.post(f"/v1/loads/{load['id']}/cancel").json()["state"] == "cancelled"

    assert client.post(f"/v1/loads/{load['id']}/retry").status_code == 200
    last = ended(client, load)
    assert (last["state"], last["articles"]["loaded"]) == ("done", count)
    assert sorted(reader.read_ids) == sorted(f"a{n}" for n in range(count))


def test_what_failed_can_be_tried_again(
    client: httpx.Client, store: Store, reader: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(articles: Iterable[Article]) -> Iterator[Reading]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(reader, "read_many", broken)
    load = sent(client.post("/v1/loads", json=articles(2)))
    last = ended(client, load)
    assert (last["state"], last["articles"]["loaded"]) == ("failed", 0)
    assert "log" in last["detail"]
    assert "secret" not in last["detail"]
    monkeypatch.undo()
    client.post(f"/v1/loads/{load['id']}/retry")
    last = ended(client, load)
    assert (last["state"], last["articles"]["loaded"], last["detail"]) == ("done", 2, None)


def test_a_request_that_is_sent_again_is_the_same_load(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": "morning-edition"}
    first = sent(client.post("/v1/loads", json=articles(2), headers=headers))
    again = sent(client.post("/v1/loads", json=articles(2), headers=headers))
    assert again["id"] == first["id"]
    other = client.post("/v1/loads", json=articles(3), headers=headers)
    assert other.status_code == 409
    assert other.json()["type"] == "/v1/problems/idempotency-key-reused"
    # The files of what was refused are gone.
    assert len(client.get("/v1/loads").json()["items"]) == 1


def test_a_load_goes_on_when_the_service_starts_again(
    running: Running, reader: Waiting, store: Store, tmp_path: Path
) -> None:
    count = BATCH_ARTICLES * 2 + 5
    with running() as client:
        reader.may_read.clear()
        load = sent(client.post("/v1/loads", json=articles(count)))
        waiting = sent(client.post("/v1/loads", content=TEXT, headers=PLAIN))
        assert reader.begun.wait(30)
        threading.Timer(0.2, reader.may_read.set).start()
    # It ended after a batch.
    assert len(reader.read_ids) == BATCH_ARTICLES
    folders = {each.name for each in (tmp_path / "data" / "loads").iterdir()}
    assert folders == {load["id"], waiting["id"]}
    with running() as client:
        last = ended(client, load)
        assert (last["state"], last["articles"]["loaded"]) == ("done", count)
        assert ended(client, waiting)["articles"]["loaded"] == 1
        assert len(reader.read_ids) == len(set(reader.read_ids)) == count + 1
        assert len(results(client, load)) == count


@contextmanager
def a_service(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A service as a process of its own; killed at the end, if it is not before."""
    tests = Path(__file__).parents[2]
    paths = os.pathsep.join([str(tests), str(tests.parent)])
    with subprocess.Popen(
        [sys.executable, str(tests / "by_hand.py"), str(data_dir)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
                yield process, client
        finally:
            process.kill()


def test_a_load_survives_the_death_of_the_service(tmp_path: Path) -> None:
    count = BATCH_ARTICLES * 3
    with a_service(tmp_path) as (process, client):
        load = sent(client.post("/v1/loads", json=articles(count)))
        with client.stream("GET", f"/v1/loads/{load['id']}/events") as told:
            next(line for line in told.iter_lines() if line == "event: result")
            process.kill()  # a batch is stored, and the next one is being read
    with a_service(tmp_path) as (_, client):
        last = ended(client, load)
        assert (last["state"], last["articles"]["failed"]) == ("done", 0)
        assert sum(last["articles"].values()) == count
        assert {each["article"] for each in results(client, load)} == {
            f"a{n}" for n in range(count)
        }
        counting = "MATCH (c:Claim)-[:STATED_IN]->(a:Article) RETURN count(DISTINCT a), count(c)"
        answer = client.post("/v1/cypher", json={"query": counting})
        assert answer.json()["rows"] == [[count, count]]


def test_files_that_belong_to_no_load_are_removed(tmp_path: Path) -> None:
    jobs = Jobs(State(tmp_path), tmp_path)
    with jobs.upload() as upload:
        upload.add("a.txt", io.BytesIO(b"Tom Gunter."))
        load = jobs.create(upload, replace=True, owner="", idempotency_key=None)
    for name in ("load-of-nobody", "new-and-old", "new-just-now"):
        (tmp_path / FOLDER / name).mkdir()
    os.utime(tmp_path / FOLDER / "new-and-old", (0, 0))
    jobs.forget(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    assert {each.name for each in (tmp_path / FOLDER).iterdir()} == {load.id, "new-just-now"}
    jobs.end(load.id, LoadState.DONE)
    jobs.forget(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert jobs.get(load.id) is None


def test_loads_are_listed_from_page_to_page(client: httpx.Client) -> None:
    made = [sent(client.post("/v1/loads", json=articles(1)))["id"] for _ in range(5)]
    listed, cursor = [], None
    while True:
        page = client.get("/v1/loads", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        listed += [each["id"] for each in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            break
    assert listed == made[::-1]


@pytest.mark.parametrize(
    ("request_", "slug"),
    [
        ({"json": {"articles": []}}, "invalid-request"),
        ({"json": {"articles": [{"text": "a", "id": ".."}]}}, "invalid-request"),
        ({"json": articles(1_001)}, "invalid-request"),
        ({"json": [1]}, "invalid-request"),
        ({"content": "{", "headers": {"Content-Type": "application/json"}}, "malformed-body"),
        ({"content": " ", "headers": PLAIN}, "invalid-request"),
        ({"files": [("other", ("a.txt", TEXT))]}, "invalid-request"),
        ({"data": {"a": "b"}}, "unsupported-media-type"),
        ({"content": TEXT}, "unsupported-media-type"),
        (
            {"content": "--x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
            "invalid-request",
        ),
        ({"content": "x", "headers": {"Content-Type": "multipart/form-data"}}, "malformed-body"),
        ({"content": "x" * 1_000_001, "headers": PLAIN}, "too-large"),
        (
            {"content": iter([b"x" * 600_000] * 2), "headers": PLAIN},
            "too-large",
        ),
        ({"files": [("files", ("a.txt", "x" * 1_000_001))]}, "too-large"),
        ({"json": articles(1), "headers": {"Origin": "https://evil.example"}}, "foreign-page"),
        ({"json": articles(1), "headers": {"Origin": "null"}}, "foreign-page"),
        ({"json": articles(1), "headers": {"Idempotency-Key": "a b"}}, "invalid-request"),
    ],
)
def test_what_is_no_load_is_refused_and_nothing_is_kept(
    client: httpx.Client, tmp_path: Path, request_: dict[str, Any], slug: str
) -> None:
    response = client.post("/v1/loads", **request_)
    assert response.json()["type"] == f"/v1/problems/{slug}"
    assert response.status_code == TYPES[slug].status
    assert client.get("/v1/loads").json()["items"] == []
    folder = tmp_path / "data" / "loads"
    assert not folder.exists() or list(folder.iterdir()) == []


def test_too_large_says_what_to_do(client: httpx.Client) -> None:
    body = {"content": "x" * 1_000_001, "headers": PLAIN}
    assert "MERCATO_MAX_UPLOAD_MB" in client.post("/v1/loads", **body).json()["detail"]


@pytest.mark.parametrize(("method", "end"), [("GET", ""), ("GET", "/results"), ("GET", "/events")])
def test_a_load_that_there_is_not_is_a_problem(client: httpx.Client, method: str, end: str) -> None:
    response = client.request(method, f"/v1/loads/load-0000{end}")
    assert (response.status_code, response.json()["type"]) == (404, "/v1/problems/not-found")
