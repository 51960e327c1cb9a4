"""Keys, scopes, rates and other sites: who may ask the service, and how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from backends import Backend
from fastapi import FastAPI

from api.app import create_app
from api.examples import NEW_ARTICLE
from api.problems import MEDIA_TYPE
from api.scopes import Scope
from api.settings import Settings
from graph.store import Store

OPEN = {"/health/live", "/health/ready", "/v1/problems", "/v1/problems/{slug}"}
SITE = "https://press.example"


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    """Who may ask does not depend on the store."""
    return embedded


@pytest.fixture(scope="session")
def guarded(app: FastAPI, backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application as others can reach it, and one site with them."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("keys"), host="0.0.0.0", cors_origins=(SITE,)
    )
    return create_app(settings, store=backend.store, reader=app.state.services.reader)


@pytest.fixture(scope="session")
def _guarded_client(
    guarded: FastAPI, serving: Callable[[FastAPI], AbstractContextManager[httpx.Client]]
) -> Iterator[httpx.Client]:
    with serving(guarded) as client:
        yield client


@pytest.fixture
def outside(_guarded_client: httpx.Client, store: Store) -> httpx.Client:
    """Asks it from outside, on an empty store."""
    return _guarded_client


@pytest.fixture(scope="session")
def key(guarded: FastAPI) -> Callable[..., dict[str, str]]:
    """Makes a key, as the header that carries it."""

    def make(*scopes: Scope, rate: str | None = None) -> dict[str, str]:
        _, shown = guarded.state.keys.add("of a test", set(scopes), rate)
        return {"Authorization": f"Bearer {shown}"}

    return make


def refused(response: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    document: dict[str, Any] = response.json()
    assert response.headers["content-type"] == MEDIA_TYPE
    assert (response.status_code, document["type"]) == (status, f"/v1/problems/{slug}")
    return document


def operations(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_operation_but_health_and_problems_asks_for_a_key(
    outside: httpx.Client, guarded: FastAPI
) -> None:
    for method, path, operation in operations(guarded):
        response = outside.request(method, path)
        if path in OPEN:
            assert response.status_code != 401, path
            assert "security" not in operation
        else:
            refused(response, 401, "key-needed")
            assert response.headers["www-authenticate"] == "Bearer"
            assert operation["security"], path
            assert {"401", "403", "429"} <= set(operation["responses"]), path
    refused(outside.get("/metrics"), 401, "key-needed")
    refused(outside.get("/v1/no-such-page"), 401, "key-needed")
    for page in ("/docs", "/openapi.json"):
        assert outside.get(page).status_code == 200


def test_nothing_of_a_body_is_read_before_the_key_is(outside: httpx.Client) -> None:
    response = outside.post("/v1/articles", content=b"{" * 3_000_000)
    refused(response, 401, "key-needed")


def test_a_key_is_good_for_its_scopes_and_no_others(
    outside: httpx.Client, guarded: FastAPI, key: Callable[..., dict[str, str]]
) -> None:
    needed = {
        (method, path): next(iter(operation["security"][0].values()))
        for method, path, operation in operations(guarded)
        if path not in OPEN
    }
    assert {scope for scopes in needed.values() for scope in scopes} == set(Scope)
    for scope in Scope:
        headers = key(scope)
        for (method, path), scopes in needed.items():
            response = outside.request(method, path, headers=headers)
            if scopes == [scope]:
                assert response.status_code not in {401, 403}, f"{method} {path}"
            else:
                assert scopes[0] in refused(response, 403, "scope-missing")["detail"]


def test_an_article_is_sent_in_read_and_deleted_with_three_keys(
    outside: httpx.Client, key: Callable[..., dict[str, str]]
) -> None:
    loader, reader, admin = key(Scope.LOAD), key(Scope.READ), key(Scope.ADMIN)
    added = outside.post("/v1/articles", json=NEW_ARTICLE, headers=loader)
    assert added.status_code == 201
    address = added.headers["location"]
    refused(outside.get(address, headers=loader), 403, "scope-missing")
    assert outside.get(address, headers=reader).json()["id"] == NEW_ARTICLE["id"]
    refused(outside.delete(address, headers=reader), 403, "scope-missing")
    assert outside.delete(address, headers=admin).status_code == 204


def test_a_wrong_or_revoked_key_is_refused_where_none_is_needed_too(
    client: httpx.Client, outside: httpx.Client, guarded: FastAPI
) -> None:
    wrong = {"Authorization": "Bearer mercato_0123456789ab_" + "x" * 43}
    for asked in (client, outside):
        for headers in (wrong, {"Authorization": "Basic YTpi"}, {"Authorization": ""}):
            refused(asked.get("/v1/entities", headers=headers), 401, "key-needed")
    made, shown = guarded.state.keys.add("leaver", {Scope.READ})
    headers = {"Authorization": f"bearer {shown}"}
    assert outside.get("/v1/entities", headers=headers).status_code == 200
    guarded.state.keys.revoke(made.id)
    refused(outside.get("/v1/entities", headers=headers), 401, "key-needed")


def test_a_key_has_a_rate_of_its_own_and_is_told_when_to_ask_again(
    outside: httpx.Client, key: Callable[..., dict[str, str]]
) -> None:
    hasty, other = key(Scope.READ, rate="3/minute"), key(Scope.READ)
    codes = [outside.get("/v1/sources", headers=hasty).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    response = outside.get("/v1/entities", headers=hasty)
    refused(response, 429, "too-many-requests")
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert outside.get("/v1/sources", headers=other).status_code == 200


def test_who_tries_keys_is_slowed_down_and_nobody_else(
    app: FastAPI, backend: Backend, serving: Any, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, require_key=True)
    other = create_app(settings, store=backend.store, reader=app.state.services.reader)
    made, shown = other.state.keys.add("newsroom", {Scope.READ})
    right = {"Authorization": f"Bearer {shown}"}
    with serving(other) as client:
        assert client.get("/v1/sources", headers=right).status_code == 200
        guesses = [f"Bearer mercato_{made.id}_{number:043d}" for number in range(22)]
        codes = [
            client.get("/v1/sources", headers={"Authorization": guess}).status_code
            for guess in guesses
        ]
        assert codes == [401] * 20 + [429] * 2
        assert client.get("/v1/sources", headers=right).status_code == 200


def test_other_sites_may_ask_only_where_a_setting_says_so(
    client: httpx.Client, outside: httpx.Client, key: Callable[..., dict[str, str]]
) -> None:
    preflight = {
        "Origin": SITE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    closed = client.options("/v1/cypher", headers=preflight)
    assert closed.status_code == 405
    plain = client.get("/v1/entities", headers={"Origin": SITE})
    for response in (closed, plain):
        assert not [each for each in response.headers if each.startswith("access-control")]

    opened = outside.options("/v1/cypher", headers=preflight)
    assert opened.status_code == 200
    assert opened.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in opened.headers
    asked = outside.get("/v1/entities", headers=key(Scope.READ) | {"Origin": SITE})
    assert asked.headers["access-control-allow-origin"] == SITE
    # A page must be able to read why it was refused.
    assert outside.get("/v1/entities", headers={"Origin": SITE}).headers[
        "access-control-allow-origin"
    ]
    stranger = preflight | {"Origin": "https://elsewhere.example"}
    assert outside.options("/v1/cypher", headers=stranger).status_code == 400
