"""Request ids, log, figures, ETags and gzip."""

from __future__ import annotations

import json
import logging

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from stories import Story, company, person

from graph.ingest import ingest
from graph.store import Store

META = company("Meta")


def figures(client: httpx.Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = client.get("/metrics").text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_every_answer_carries_an_id_of_its_own_or_the_clients(client: httpx.Client) -> None:
    for address in ("/health/live", "/v1/entities", "/nope", "/v1/entities?limit=x", "/metrics"):
        ids = {client.get(address).headers["x-request-id"] for _ in range(2)}
        assert len(ids) == 2
        given = client.get(address, headers={"X-Request-ID": "abc-1.2_3"})
        assert given.headers["x-request-id"] == "abc-1.2_3"
    for bad in ("a b", "x" * 65, "<script>", '"'):
        response = client.get("/health/live", headers={"X-Request-ID": bad})
        assert response.headers["x-request-id"] != bad


def test_a_request_is_logged_without_anything_of_its_content(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "mercato.access"):
        client.get("/v1/entities/company-secret", headers={"X-Request-ID": "told"})
        client.post("/v1/cypher", json={"query": "RETURN 'secret' AS x"})
        client.get("/v1/entities", params={"q": "secret"})
        client.get("/secret")
    lines = [record.getMessage() for record in caplog.records if record.name == "mercato.access"]
    assert not [line for line in lines if "secret" in line]
    told = [json.loads(line) for line in lines]
    assert [(each["method"], each["route"], each["status"]) for each in told] == [
        ("GET", "/v1/entities/{entity_id}", 404),
        ("POST", "/v1/cypher", 200),
        ("GET", "/v1/entities", 200),
        ("GET", "none", 404),
    ]
    assert told[0]["request_id"] == "told"
    assert all(each["bytes"] > 0 and each["ms"] >= 0 for each in told)


def test_requests_are_counted_by_the_template_of_their_route(client: httpx.Client) -> None:
    name = "mercato_http_requests_total"
    key = (name, (("method", "GET"), ("route", "/v1/claims/{claim_id}"), ("status", "404")))
    before = figures(client).get(key, 0)
    for number in range(3):
        client.get(f"/v1/claims/none-{number}")
    after = figures(client)
    assert after[key] == before + 3
    assert not [labels for _, labels in after if "none-1" in str(labels)]
    assert after["mercato_http_requests_running", ()] == 1  # this one
    route = (("method", "GET"), ("route", "/v1/claims/{claim_id}"))
    assert after["mercato_http_request_seconds_count", route] >= 3


def test_what_a_client_has_is_not_sent_again_until_it_changes(
    client: httpx.Client, store: Store
) -> None:
    ingest(store, [Story("one").says(person("Tom Gunter"), "HIRED_BY", META).item()])
    first = client.get("/v1/entities/company-meta")
    tag = first.headers["etag"]
    for known in (tag, f'"x", {tag}', "*", tag.removeprefix("W/")):
        again = client.get("/v1/entities/company-meta", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-type" not in again.headers
        assert again.headers["content-security-policy"]
    ingest(store, [Story("two").says(person("Mark Lee"), "HIRED_BY", META).item()])
    changed = client.get("/v1/entities/company-meta", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert "etag" not in client.get("/v1/entities/company-nobody").headers


def test_long_answers_are_packed_for_those_who_take_it(client: httpx.Client, store: Store) -> None:
    story = Story("one")
    for number in range(30):
        story.says(person(f"Paul Martin {number}"), "HIRED_BY", META)
    ingest(store, [story.item()])
    packed = client.get("/v1/entities", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/v1/entities", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
