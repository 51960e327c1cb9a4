from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api import services
from api.app import create_app
from api.settings import Settings
from graph.model import Article, Reading
from graph.store import Store
from loaders.reader import Reader

TEXT = "Selon Bloomberg, Tom Gunter aurait rejoint Meta. Meta a investi dans Scale AI."
ENGLISH = (
    "The company said on Tuesday that it had hired two engineers, and that it would go on hiring "
    "through the summer, which nobody had expected."
)


def add(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post("/v1/articles", json={"text": TEXT, **fields})


def stored(client: httpx.Client) -> list[str]:
    return [each["id"] for each in client.get("/v1/articles").json()["items"]]


def test_an_article_that_is_sent_in_is_read_and_stored(client: httpx.Client) -> None:
    response = add(client, id="gunter", outlet="Les Échos", published="2025-07-08")
    assert response.status_code == 201
    assert response.headers["location"] == "/v1/articles/gunter"
    article = response.json()
    assert (article["outcome"], article["language"]) == ("loaded", "fr")
    said = {
        (each["subject"]["name"], each["type"], each["object"]["name"], each["status"])
        for each in article["claims"]
    }
    assert ("Tom Gunter", "HIRED_BY", "Meta", "hedged") in said
    assert ("Meta", "INVESTED_IN", "Scale AI", "asserted") in said
    shown = client.get(response.headers["location"]).json()
    assert {**shown, "outcome": "loaded"} == article
    for claim in shown["claims"]:
        quote = claim["quote"]
        assert shown["text"][quote["start"] : quote["end"]] == quote["text"]


def test_sending_an_article_again_changes_nothing(client: httpx.Client) -> None:
    first = add(client, id="gunter")
    again = add(client, id="gunter")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "outcome": "unchanged"}


def test_a_corrected_article_takes_the_place_of_the_old_one(client: httpx.Client) -> None:
    add(client, id="gunter")
    corrected = add(client, id="gunter", text="Mark Lee a rejoint Apple.")
    assert (corrected.status_code, corrected.json()["outcome"]) == (200, "replaced")
    names = {each["name"] for each in client.get("/v1/entities").json()["items"]}
    assert names == {"Mark Lee", "Apple"}


def test_an_article_without_an_id_is_known_by_its_address_or_its_text(
    client: httpx.Client,
) -> None:
    by_text = add(client).json()["id"]
    assert add(client).json()["outcome"] == "unchanged"
    assert add(client, text=TEXT + " Fin.").json()["id"] != by_text
    url = "https://example.com/a?b=c"
    by_url = add(client, url=url).json()["id"]
    corrected = add(client, url=url, text="Mark Lee a rejoint Apple.").json()
    assert (corrected["id"], corrected["outcome"]) == (by_url, "replaced")
    assert len(stored(client)) == 3


def test_ids_with_slashes_accents_and_signs_lead_to_their_article(client: httpx.Client) -> None:
    for id_ in ("2025/07/gunter", "été à Paris", "a?b#c%20d&e=f", "../x".replace("..", "x.y")):
        response = add(client, id=id_)
        assert response.status_code == 201, response.text
        assert client.get(response.headers["location"]).json()["id"] == id_
        assert client.delete(response.headers["location"]).status_code == 204
    assert stored(client) == []


def test_an_article_that_may_not_replace_another_is_a_conflict(
    client: httpx.Client, store: Store
) -> None:
    from stories import Story, company, person

    from graph.ingest import ingest

    story = Story("same", origin="elsewhere").says(person("Mark Lee"), "LEADS", company("Apple"))
    ingest(store, [story.item()])
    refused = client.post(
        "/v1/articles", params={"replace": "false"}, json={"id": "same", "text": TEXT}
    )
    assert (refused.status_code, refused.json()["type"]) == (409, "/v1/problems/conflict")
    assert client.get("/v1/articles/same").json()["claims"][0]["type"] == "LEADS"
    assert add(client, id="same").json()["outcome"] == "replaced"


def test_a_deleted_article_is_gone_with_what_only_it_said(client: httpx.Client) -> None:
    add(client, id="one")
    add(client, id="two", text="Mark Lee a rejoint Meta.")
    assert client.delete("/v1/articles/one").status_code == 204
    assert client.delete("/v1/articles/one").status_code == 404
    assert client.get("/v1/articles/one").status_code == 404
    assert stored(client) == ["two"]
    names = {each["name"] for each in client.get("/v1/entities").json()["items"]}
    assert names == {"Mark Lee", "Meta"}


def test_articles_are_listed_in_pages_and_filtered(client: httpx.Client) -> None:
    for number in range(5):
        add(client, id=f"a{number}", published=f"2025-07-0{number + 1}", outlet="Les Échos")
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2, "outlet": "Les Échos"}
    while True:
        page = client.get("/v1/articles", params=query).json()
        seen += [each["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == ["a4", "a3", "a2", "a1", "a0"]
    refused = client.get("/v1/articles", params={**query, "outlet": "Le Monde"})
    assert (refused.status_code, refused.json()["type"]) == (400, "/v1/problems/invalid-cursor")
    late = client.get("/v1/articles", params={"published_from": "2025-07-04"}).json()
    assert [each["id"] for each in late["items"]] == ["a4", "a3"]


def test_an_article_in_a_language_that_nobody_reads_is_stored_without_claims(
    client: httpx.Client,
) -> None:
    response = client.post("/v1/articles", json={"id": "en", "text": ENGLISH, "language": "xx"})
    assert response.status_code == 201
    article = response.json()
    assert article["claims"] == []
    assert "no reader" in article["skipped"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n\t "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": 7}, "text"),
        ({"text": None}, "text"),
        ({"id": ""}, "id"),
        ({"id": "x" * 301}, "id"),
        ({"id": "a\x00b"}, "id"),
        ({"id": "a\nb"}, "id"),
        ({"id": ".."}, "id"),
        ({"id": "a/../b"}, "id"),
        ({"id": "/a"}, "id"),
        ({"id": "a//b"}, "id"),
        ({"title": "x" * 5000}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"outlet": "x" * 5000}, "outlet"),
        ({"outlet": "a\x00"}, "outlet"),
        ({"author": "x" * 301}, "author"),
        ({"credited_source": "x" * 301}, "credited_source"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://e.fr/\x00"}, "url"),
        ({"url": "https://e.fr/" + "x" * 3000}, "url"),
        ({"url": 'https://e.fr/"><script>'}, "url"),
        ({"published": "2999-01-01"}, "published"),
        ({"published": "hier"}, "published"),
        ({"published": "2025-02-30"}, "published"),
        ({"published": 20250204}, "published"),
        ({"published": "20250204"}, "published"),
        ({"published": True}, "published"),
        ({"language": "'; DROP"}, "language"),
        ({"language": "\x00"}, "language"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_nothing_is_written(
    client: httpx.Client, fields: dict[str, Any], field: str
) -> None:
    response = add(client, **fields)
    assert response.status_code == 422, response.text
    assert [(each["where"], each["field"]) for each in response.json()["errors"]] == [
        ("body", field)
    ]
    assert stored(client) == []


@pytest.mark.parametrize("field", ["text", "title", "id", "outlet", "language", "url"])
def test_half_of_a_surrogate_pair_is_refused_in_every_field(
    client: httpx.Client, field: str
) -> None:
    fields = {"text": '"x"', "id": '"x"', field: '"a\\ud800b"'}
    body = "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"
    response = client.post(
        "/v1/articles", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["field"] == field
    assert stored(client) == []


def test_an_article_longer_than_the_limit_is_refused(client: httpx.Client) -> None:
    response = add(client, text="mot " * 5_001)
    assert (response.status_code, response.json()["type"]) == (413, "/v1/problems/too-large")
    assert stored(client) == []


def test_an_article_as_long_as_the_limit_is_taken_however_it_is_written(
    client: httpx.Client,
) -> None:
    # Every letter takes six bytes when it is written as \u00e9.
    body = '{"id": "long", "text": "' + "\\u00e9" * 19_999 + '."}'
    response = client.post(
        "/v1/articles", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 201, response.text


def test_cypher_and_html_in_an_article_are_only_words(client: httpx.Client) -> None:
    title = "<script>alert(1)</script>"
    text = "Robert'}) DETACH DELETE (n) // a rejoint Meta. <b>Tom Gunter</b> a rejoint Apple."
    response = add(client, id="odd'}) MATCH (n)", title=title, text=text, outlet="`; DROP")
    assert response.status_code == 201
    shown = client.get(response.headers["location"]).json()
    assert (shown["title"], shown["text"], shown["outlet"]) == (title, text, "`; DROP")
    assert response.headers["content-type"] == "application/json"


class SlowReader:
    """The real reader, which a test holds back."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = reader.name
        self.go_on = threading.Event()
        self.at_once = 0
        self.most_at_once = 0

    def read(self, article: Article) -> Reading:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.go_on.wait(30)
        self.at_once -= 1
        return self._reader.read(article)

    def read_many(self, articles: Any) -> Any:
        return map(self.read, articles)


def test_articles_are_read_one_after_the_other_and_too_many_are_sent_away(
    serving: Any,
    app: FastAPI,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "MAX_WAITING", 3)
    slow = SlowReader(app.state.services.reader)
    other = create_app(Settings(data_dir=tmp_path), store=store, reader=slow)
    with serving(other) as client, ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(add, client, id=f"a{number}") for number in range(8)]
        done = []
        while len(done) < 5:  # three wait, the others are sent away
            done = [each for each in sent if each.done()]
        # Whatever waits to be read, everything else is answered.
        assert client.get("/v1/entities").status_code == 200
        assert client.get("/health/ready").status_code == 200
        refused = [each.result() for each in done]
        slow.go_on.set()
        statuses = sorted(each.result().status_code for each in sent)
    assert statuses == [201] * 3 + [503] * 5
    assert {each.json()["type"] for each in refused} == {"/v1/problems/busy"}
    assert all(int(each.headers["retry-after"]) > 0 for each in refused)
    assert slow.most_at_once == 1
