"""The client of a running service, and the commands that use it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from backends import Backend
from by_hand import Waiting
from fastapi import FastAPI
from serving import serving

from api.answers import LoadResultView, LoadView
from api.app import create_app
from api.client import Client
from api.client_transport import ClientError, MissingError, RefusedError, UnreachableError
from api.scopes import Scope
from api.settings import Settings
from graph.errors import NotFoundError
from graph.model import Kind, RelationType
from graph.paths import PathOrder
from graph.store import Store


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    """What a client does is not the store's doing."""
    return embedded


@pytest.fixture
def reader() -> Waiting:
    return Waiting()


@pytest.fixture
def app(press: Store, reader: Waiting, tmp_path: Path) -> FastAPI:
    """The service on a small press, which asks for keys."""
    settings = Settings(data_dir=tmp_path / "data", require_key=True)
    return create_app(settings, store=press, reader=reader)


@pytest.fixture
def key(app: FastAPI) -> str:
    return str(app.state.keys.add("client", set(Scope))[1])


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as url:
        yield url


@pytest.fixture
def client(url: str, key: str) -> Iterator[Client]:
    with Client(url, key) as client:
        yield client


def test_every_question_is_answered_with_its_model(client: Client) -> None:
    [meta] = client.search("meta", kind=Kind.COMPANY, limit=1).items
    assert client.entity(meta.id).name == "Meta"
    [hired, *_] = client.relationships(
        meta.id, types=[RelationType.HIRED_BY], known_at="2100-01-01"
    ).items
    assert client.relationship(hired.id) == hired.model_copy(update={"held": None})
    [claim] = client.evidence(hired.id).items
    assert client.claim(claim.id) == claim
    assert client.account(hired.id).claims
    assert client.life(hired.id).stages
    assert client.between(hired.subject.id, meta.id).accounts
    assert claim in client.timeline(meta.id).items
    keys = [each.source for each in client.each(client.sources, limit=1)]
    assert len(keys) == len(set(keys)) >= 2
    assert client.source(keys[0]).source == keys[0]
    assert client.cited(keys[0]).items
    [path] = client.paths("person-mark-lee", meta.id, order=PathOrder.SOURCES, limit=1).paths
    assert path.steps[0].quote
    assert client.moves(status=["asserted"]).people == 0
    assert client.balance(place=meta.id).places == []
    assert client.returns().returns == []
    assert client.tenure().places == []
    assert client.investments(target=meta.id, by="target").groups == []
    assert client.central(kind=["Person", "Company"]).central


def test_listings_are_walked_to_their_end(client: Client) -> None:
    all_at_once = client.claims(limit=200).items
    assert len(all_at_once) == 5
    assert list(client.each(client.claims, limit=2)) == all_at_once
    assert [each.id for each in client.each(client.articles, limit=1)] == ["pang", "lee"]


def test_cypher_comes_at_once_or_row_by_row(client: Client) -> None:
    query = "UNWIND range(1, $n) AS x RETURN x"
    assert client.cypher(query, {"n": 3}).rows == [[1], [2], [3]]
    assert client.cypher(query, {"n": 3}, limit=2).truncated
    assert list(client.rows(query, {"n": 3})) == [{"x": 1}, {"x": 2}, {"x": 3}]
    with pytest.raises(RefusedError, match="line 1"):
        client.cypher("RETURN x")
    with pytest.raises(RefusedError) as refused:
        client.cypher("CREATE (n) RETURN n")
    assert refused.value.problem.status == 403


def test_an_export_is_written_as_it_comes(client: Client) -> None:
    file = io.BytesIO()
    assert client.export("graphml", file) == len(file.getvalue())
    file.seek(0)
    assert len(nx.read_graphml(file)) == 7
    assert client.export("parquet", io.BytesIO(), table="claims") > 100


def test_articles_are_added_shown_and_deleted(client: Client) -> None:
    added = client.add_article(text="Tom Gunter.", id="presse/a b", title=None)
    assert added.outcome == "loaded"
    assert client.article("presse/a b").claims == added.claims
    client.delete_article("presse/a b")
    with pytest.raises(MissingError):
        client.article("presse/a b")


def test_files_are_sent_and_followed_to_the_end(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Tom Gunter a rejoint Meta.")
    load = client.load([file, ("b.jsonl", b'{"text": "x y"}\n{"text": 1}\n')])
    told = list(client.follow(load.id))
    results = [each for each in told if isinstance(each, LoadResultView)]
    assert [each.outcome for each in results].count("loaded") == 2
    assert isinstance(told[-1], LoadView)
    assert told[-1].state == "done"
    assert client.load_state(load.id) == told[-1] == client.loads().items[0]
    [failed] = client.load_results(load.id, outcomes=["failed"]).items
    assert "line 2" in str(failed.message)
    client.retry(load.id)
    assert [each for each in client.follow(load.id) if isinstance(each, LoadResultView)]
    json_load = client.load(articles=[{"text": "Anna.", "published": None}])
    assert client.cancel(json_load.id).id == json_load.id


def test_a_load_is_followed_through_a_restart(
    app: FastAPI, press: Store, key: str, reader: Waiting, tmp_path: Path, unused_port: int
) -> None:
    reader.may_read.clear()
    with serving(app) as url, Client(url, key) as client:
        load = client.load(articles=[{"text": f"Article {n}."} for n in range(3)])
        told = client.follow(load.id)
        assert isinstance(next(told), LoadView)
        assert reader.begun.wait(30)
        threading.Timer(0.1, reader.may_read.set).start()
    again = create_app(Settings(data_dir=tmp_path / "data"), store=press, reader=reader)
    with serving(again) as url, Client(url, key) as client:
        *_, last = client.follow(load.id)
        assert isinstance(last, LoadView)
        assert last.articles.loaded == 3


def test_what_goes_wrong_says_what_to_do(client: Client, url: str, unused_port: int) -> None:
    with pytest.raises(NotFoundError, match="search for it by name"):
        client.entity("company-nobody")
    with pytest.raises(RefusedError, match="limit"):
        client.search("meta", limit=1000)
    with Client(url) as nobody, pytest.raises(RefusedError, match="mercato keys add"):
        nobody.search("meta")
    nowhere = f"http://127.0.0.1:{unused_port}"
    with Client(nowhere) as away, pytest.raises(UnreachableError, match=nowhere):
        away.search("meta")
    with pytest.raises(ClientError), Client("nonsense") as lost:
        lost.search("meta")


def test_the_commands_ask_a_service_and_print_the_same(
    cli, url: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        ("search", "meta", "--json"),
        ("show", "meta", "--json"),
        ("path", "Mark Lee", "Meta", "--json"),
        ("cypher", "MATCH (p:Person) RETURN p.name ORDER BY p.name", "--json"),
    ]
    here = [cli(*words).data for words in asked]
    monkeypatch.setenv("MERCATO_SERVICE_KEY", key)
    assert [cli(*words, "--service", url).data for words in asked] == here
    monkeypatch.setenv("MERCATO_SERVICE", url)
    assert [cli(*words).data for words in asked] == here
    assert cli("show", "Nobody At All").code == 3
    assert cli("cypher", "RETURN x").code == 1
    monkeypatch.setenv("MERCATO_SERVICE_KEY", "wrong")
    refused = cli("search", "meta")
    assert (refused.code, "not valid" in refused.err) == (1, True)


def test_files_are_loaded_through_a_service(
    cli, url: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.txt").write_text("Tom Gunter a rejoint Meta.")
    (folder / "b.txt").write_text("")
    (folder / "c.jsonl").write_text(json.dumps({"text": "Anna."}) + "\n")
    monkeypatch.setenv("MERCATO_SERVICE", url)
    monkeypatch.setenv("MERCATO_SERVICE_KEY", key)
    done = cli("load", str(folder), "https://example.org/x", "--json")
    assert done.code == 1
    assert done.data["articles"] == {"loaded": 2, "replaced": 0, "unchanged": 0, "failed": 2}
    assert "b.txt: " in done.err
    assert "reads no addresses" in done.err
    assert cli("load", str(folder / "a.txt")).code == 0
    assert cli("load", str(folder), "--watch").code == 2
    assert cli("load").code == 2
    assert cli("load", str(folder), "--service", f"http://127.0.0.1:{unused_port}").code == 4


def test_a_client_starts_neither_spacy_nor_java() -> None:
    code = "import sys, api.client; assert not {'spacy', 'jpype', 'thinc'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
