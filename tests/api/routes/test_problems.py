"""Every error, of every route, is a problem document of one shape."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from backends import Backend
from fastapi import FastAPI

from api.app import create_app
from api.problems import MEDIA_TYPE, TYPES
from api.settings import Settings
from graph.connect import engine_store
from graph.engine import Engine

JSON = {"Content-Type": "application/json"}


def problem(response: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The problem document of an answer, checked for its shape."""
    document: dict[str, Any] = response.json()
    assert response.headers["content-type"] == MEDIA_TYPE
    assert list(document) == ["type", "title", "status", "detail", "instance", "errors"]
    assert (response.status_code, document["status"]) == (status, status)
    assert document["type"] == f"/v1/problems/{slug}"
    assert document["title"] == TYPES[slug].title
    assert document["detail"]
    assert document["instance"].startswith("/")
    for error in document["errors"]:
        assert list(error) == ["where", "field", "message"]
        assert error["message"]
    assert "Traceback" not in response.text
    assert ".py" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    return document


def operations(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    """Method, address made of the documented examples, and path of every operation."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            address = path
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    example = parameter["schema"]["examples"][0]
                    address = address.replace(f"{{{parameter['name']}}}", example)
            query = {
                parameter["name"]: parameter["schema"]["examples"][0]
                for parameter in operation.get("parameters", ())
                if parameter["in"] == "query" and parameter["required"]
            }
            yield method.upper(), str(httpx.URL(address, params=query)), path


BODIES = {
    "/v1/articles": {"text": "Tom Gunter rejoint Meta."},
    "/v1/cypher": {"query": "RETURN 1"},
    "/v1/loads": {"articles": [{"text": "Tom Gunter rejoint Meta."}]},
}
WITHOUT_STORE = ("/v1/problems", "/v1/loads", "/health/live")
"""Answered whatever the store does."""


def ask(client: httpx.Client, method: str, address: str) -> httpx.Response:
    body = BODIES.get(httpx.URL(address).path) if method == "POST" else None
    return client.request(method, address, json=body)


def test_every_route_refuses_methods_that_it_does_not_have(
    app: FastAPI, client: httpx.Client
) -> None:
    paths = app.openapi()["paths"]
    for _, address, path in operations(app):
        wrong = next(each for each in ("PATCH", "PUT") if each.lower() not in paths[path])
        response = client.request(wrong, address)
        problem(response, 405, "method-not-allowed")
        assert response.headers["allow"]


def test_every_route_refuses_parameters_that_it_does_not_know(
    app: FastAPI, client: httpx.Client
) -> None:
    asked = 0
    for method, address, path in operations(app):
        operation = app.openapi()["paths"][path][method.lower()]
        has_query = any(each["in"] == "query" for each in operation.get("parameters", ()))
        if has_query and "{load_id}" not in path:  # there is none of this id
            response = ask(client, method, str(httpx.URL(address).copy_add_param("lmit", "5")))
            (error,) = problem(response, 422, "invalid-request")["errors"]
            assert (error["where"], error["field"]) == ("query", "lmit")
            asked += 1
    assert asked > 5


def test_every_route_refuses_ids_that_no_one_gave(app: FastAPI, client: httpx.Client) -> None:
    asked = 0
    for method, path_methods in (
        (method, path) for path, methods in app.openapi()["paths"].items() for method in methods
    ):
        for name in ("entity_id", "relationship_id", "article_id", "claim_id", "source_key"):
            if f"{{{name}}}" not in path_methods:
                continue
            for bad in ("x" * 321, "x%00", "a%1Fb"):
                address = path_methods.replace(f"{{{name}}}", bad)
                document = problem(client.request(method, address), 422, "invalid-request")
                assert document["errors"][0]["where"] == "path"
            missing = path_methods.replace(f"{{{name}}}", "nothing-has-this-id")
            problem(client.request(method, missing), 404, "not-found")
            asked += 1
    assert asked >= 12


def test_every_route_that_needs_the_store_says_so_when_it_is_gone(
    app: FastAPI, serving: Any, tmp_path: Path
) -> None:
    engine = Engine.start(tmp_path / "data", bolt_port=0)
    store = engine_store(engine)
    store.apply_schema()
    settings = Settings(data_dir=tmp_path)
    with serving(create_app(settings, store=store, reader=app.state.services.reader)) as client:
        assert client.get("/health/ready").status_code == 200
        engine.stop()
        asked = list(operations(app))
        with ThreadPoolExecutor(len(asked)) as pool:  # each one waits a while for the store
            answers = list(pool.map(lambda each: ask(client, each[0], each[1]), asked))
        for response, (_, _, path) in zip(answers, asked, strict=True):
            if path.startswith(WITHOUT_STORE):
                assert response.status_code in {200, 202} or "{load_id}" in path
            else:
                problem(response, 503, "store-unavailable")
                assert int(response.headers["retry-after"]) > 0
                assert "bolt://" not in response.text
    store.close()


def test_every_route_that_needs_the_store_says_so_until_it_is_open(
    app: FastAPI, serving: Any, tmp_path: Path
) -> None:
    nowhere = Settings(data_dir=tmp_path, uri="bolt://127.0.0.1:1", user="u", password="p")
    with serving(create_app(nowhere, reader=app.state.services.reader)) as client:
        for method, address, path in operations(app):
            response = ask(client, method, address)
            if path.startswith(WITHOUT_STORE):
                assert response.status_code in {200, 202} or "{load_id}" in path
            else:
                problem(response, 503, "not-ready")
                assert int(response.headers["retry-after"]) > 0


def test_every_route_hides_what_went_wrong_inside(
    app: FastAPI, engine: Engine, serving: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    closed = engine_store(engine)
    closed.close()
    settings = Settings(data_dir=tmp_path)
    with serving(create_app(settings, store=closed, reader=app.state.services.reader)) as client:
        for method, address, path in operations(app):
            if path.startswith((*WITHOUT_STORE, "/health")):
                continue
            with caplog.at_level(logging.ERROR, "mercato.api"):
                caplog.clear()
                document = problem(ask(client, method, address), 500, "internal-error")
            assert document["detail"] == TYPES["internal-error"].example
            assert caplog.records


def test_a_defect_is_answered_with_a_problem_and_logged(
    backend: Backend, serving: Any, tmp_path: Path, app: FastAPI
) -> None:
    other = create_app(
        Settings(data_dir=tmp_path), store=backend.store, reader=app.state.services.reader
    )

    @other.get("/v1/broken")
    def broken() -> None:
        raise ZeroDivisionError("secret /etc/passwd")

    with serving(other) as client:
        response = client.get("/v1/broken")
    problem(response, 500, "internal-error")
    assert "secret" not in response.text


@pytest.mark.parametrize(
    "address", ["/nope", "/v1", "/v1/", "/v1/entities/", "/v1/entity/x", "/docs/assets/../../x"]
)
def test_an_address_without_a_page_is_a_problem_too(client: httpx.Client, address: str) -> None:
    document = problem(client.get(address), 404, "not-found")
    assert "/docs" in document["detail"] or "has no" in document["detail"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b"nonsense", b'{"text": "caf\xe9"}', b"\xff\xfe{}", b"[" * 50_000, b'{"text": 1e}'],
)
def test_a_body_that_is_no_json_is_a_problem(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/articles", content=body, headers=JSON)
    if body:
        problem(response, 400, "malformed-body")
    else:
        problem(response, 422, "invalid-request")
    assert client.get("/v1/articles").json()["items"] == []


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_announced_as_json_is_a_problem(
    client: httpx.Client, media_type: str | None
) -> None:
    # Such a body could come from any web page, without asking first.
    headers = {"Content-Type": media_type} if media_type else {}
    body = json.dumps({"text": "Tom Gunter rejoint Meta."}).encode()
    response = client.post("/v1/articles", content=body, headers=headers)
    problem(response, 415, "unsupported-media-type")
    assert client.get("/v1/articles").json()["items"] == []


def test_a_body_over_the_limit_is_a_problem_announced_or_not(client: httpx.Client) -> None:
    megabyte = b"x" * 1_000_000
    announced = client.post("/v1/articles", content=megabyte, headers=JSON)
    assert "bytes" in problem(announced, 413, "too-large")["detail"]
    pieces = client.post("/v1/articles", content=iter([megabyte, megabyte]), headers=JSON)
    problem(pieces, 413, "too-large")
    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[bad", "a b"]
)
def test_a_request_under_the_name_of_another_host_is_a_problem(
    client: httpx.Client, host: str
) -> None:
    response = client.get("/v1/entities", headers={"Host": host})
    if response.headers["content-type"] == MEDIA_TYPE:
        problem(response, 421, "wrong-host")
    else:  # the server itself refuses what is no host at all
        assert response.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_a_request_for_this_machine_is_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


def test_a_service_that_others_may_reach_answers_under_any_name(
    backend: Backend, app: FastAPI, serving: Any, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, host="0.0.0.0")
    other = create_app(settings, store=backend.store, reader=app.state.services.reader)
    with serving(other) as client:
        response = client.get("/health/live", headers={"Host": "mercato.example"})
    assert response.status_code == 200


def test_every_kind_of_problem_is_explained_at_its_address(client: httpx.Client) -> None:
    listed = client.get("/v1/problems").json()["items"]
    assert [each["type"] for each in listed] == [f"/v1/problems/{slug}" for slug in TYPES]
    for each in listed:
        assert client.get(each["type"]).json() == each
    problem(client.get("/v1/problems/nothing"), 404, "not-found")
