"""Entities, relationships, evidence and paths, asked over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from stories import Story, company, person, product

from graph.ingest import ingest
from graph.model import Status
from graph.store import Store

GUNTER, LEE = person("Tom Gunter"), person("Mark Lee")
BACKWARDS = {"valid_from": "2025-02-01", "valid_to": "2025-01-01"}
META, APPLE, BLOOMBERG = company("Meta"), company("Apple"), company("Bloomberg")


@pytest.fixture(autouse=True)
def press(store: Store) -> None:
    ingest(
        store,
        [
            Story("one", outlet="Les Échos", title="Un")
            .says(GUNTER, "HIRED_BY", META, status=Status.HEDGED, attributed_to=BLOOMBERG)
            .says(GUNTER, "WORKED_AT", APPLE)
            .says(META, "DEVELOPS", product("Llama 4"))
            .item(),
            Story("two", outlet="Le Monde")
            .says(GUNTER, "HIRED_BY", META)
            .says(LEE, "HIRED_BY", META, status=Status.DENIED)
            .item(),
        ],
    )


def items(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["items"]
    return found


def test_an_entity_is_searched_shown_and_followed_to_the_words_of_the_press(
    client: httpx.Client,
) -> None:
    (hit, *_) = items(client.get("/v1/entities", params={"q": "METTA", "kind": "Company"}))
    assert hit["name"] == "Meta"
    shown = client.get(f"/v1/entities/{hit['id']}").json()
    assert {**hit, **shown} == {**shown, "score": hit["score"], "matched": "Meta"}
    related = items(
        client.get(
            f"/v1/entities/{hit['id']}/relationships",
            params={"type": "HIRED_BY", "direction": "in", "status": ["asserted", "hedged"]},
        )
    )
    (hired,) = related
    assert (hired["subject"]["name"], hired["claims"], hired["sources"]) == ("Tom Gunter", 2, 2)
    assert client.get(f"/v1/relationships/{hired['id']}").json() == hired
    evidence = items(client.get(f"/v1/relationships/{hired['id']}/evidence"))
    assert {(each["article"]["outlet"], each["status"], each["source"]) for each in evidence} == {
        ("Les Échos", "hedged", "outlet:bloomberg"),
        ("Le Monde", "asserted", "outlet:le monde"),
    }
    assert {each["quote"]["text"] for each in evidence} == {"Tom Gunter HIRED_BY Meta."}


def test_filters_may_be_repeated(client: httpx.Client) -> None:
    address = "/v1/entities/company-meta/relationships"
    both = items(client.get(address, params={"type": ["HIRED_BY", "DEVELOPS"]}))
    assert {each["type"] for each in both} == {"HIRED_BY", "DEVELOPS"}
    products = items(client.get(address, params={"other_kind": "Product"}))
    assert [each["object"]["name"] for each in products] == ["Llama 4"]
    denied = items(client.get(address, params={"status": "denied"}))
    assert [each["subject"]["name"] for each in denied] == ["Mark Lee"]


def test_paths_are_found_between_two_ids(client: httpx.Client) -> None:
    found = client.get("/v1/paths", params={"from": "company-apple", "to": "company-meta"}).json()
    (path,) = found["paths"]
    assert [each["name"] for each in path["entities"]] == ["Apple", "Tom Gunter", "Meta"]
    assert [each["direction"] for each in path["steps"]] == ["in", "out"]
    assert path["steps"][1]["quote"] == "Tom Gunter HIRED_BY Meta."
    denied = {"from": "person-mark-lee", "to": "company-meta"}
    assert client.get("/v1/paths", params=denied).json()["paths"] == []
    assert client.get("/v1/paths", params={**denied, "status": "denied"}).json()["paths"]


@pytest.mark.parametrize(
    ("address", "query", "field"),
    [
        ("/v1/entities", {"q": ""}, "q"),
        ("/v1/entities", {"q": "x" * 5000}, "q"),
        ("/v1/entities", {"q": "a\x00"}, "q"),
        ("/v1/entities", {"kind": "Person'}) DETACH DELETE (n) //"}, "kind"),
        ("/v1/entities", {"limit": "0"}, "limit"),
        ("/v1/entities", {"limit": "201"}, "limit"),
        ("/v1/entities", {"limit": "1e9"}, "limit"),
        ("/v1/entities", {"cursor": "x" * 3000}, "cursor"),
        ("/v1/entities/x/relationships", {"type": "WORKED_AT]->() //"}, "type.0"),
        ("/v1/entities/x/relationships", {"type": "worked_at"}, "type.0"),
        ("/v1/entities/x/relationships", {"status": "sure"}, "status.0"),
        ("/v1/entities/x/relationships", {"direction": "up"}, "direction"),
        ("/v1/entities/x/relationships", {"other_kind": "Entity"}, "other_kind.0"),
        ("/v1/entities/x/relationships", {"valid_at": "2025"}, "valid_at"),
        ("/v1/entities/x/relationships", {"valid_at": "1751932800"}, "valid_at"),
        ("/v1/entities/x/relationships", {"valid_at": "2025-13-01"}, "valid_at"),
        ("/v1/entities/x/relationships", {"valid_from": "hier"}, "valid_from"),
        ("/v1/entities/x/relationships", {"valid_at": "2025-01-01", "valid_to": "2025-01-02"}, ""),
        (
            "/v1/entities/x/relationships",
            {"valid_from": "2025-02-01", "valid_to": "2025-01-02"},
            "",
        ),
        ("/v1/paths", {"from": "a"}, "to"),
        ("/v1/paths", {"from": "a", "to": "b", "max_length": "9"}, "max_length"),
        ("/v1/paths", {"from": "a", "to": "b" * 301}, "to"),
        ("/v1/paths", {"from": "a\x00", "to": "b"}, "from"),
        ("/v1/articles", {"published_from": "2025/01/01"}, "published_from"),
        ("/v1/articles", {"entity": "a\x1f"}, "entity"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(
    client: httpx.Client, address: str, query: dict[str, str], field: str
) -> None:
    response = client.get(address, params=query)
    assert response.status_code == 422, response.text
    problem = response.json()
    assert [(each["where"], each["field"]) for each in problem["errors"]] == [("query", field)]
    assert "DETACH" not in response.text


@pytest.mark.parametrize("q", ["***", "'", "~", "%", "\u200b"])
def test_a_search_for_nothing_is_refused(client: httpx.Client, q: str) -> None:
    response = client.get("/v1/entities", params={"q": q})
    assert response.status_code == 422
    assert "letter or digit" in response.json()["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/entities",
        "/v1/entities?q=meta",
        "/v1/entities/company-meta/relationships",
        "/v1/articles",
    ],
)
def test_a_cursor_that_does_not_fit_is_refused(client: httpx.Client, address: str) -> None:
    first = client.get(address, params={**httpx.URL(address).params, "limit": 1}).json()
    cursor = first["next_cursor"]
    if cursor is not None:
        more = client.get(address, params={**httpx.URL(address).params, "cursor": cursor})
        assert more.status_code == 200
        assert first["items"][0] not in more.json()["items"]
    for bad in ("nonsense", f"{cursor}x", "W10"):
        response = client.get(address, params={**httpx.URL(address).params, "cursor": bad})
        assert response.status_code == 400
        assert response.json()["type"] == "/v1/problems/invalid-cursor"


@pytest.mark.parametrize(
    "id_", ["x'}) DETACH DELETE (n) //", "<script>", "%F0%9F%98%80", "{id}", "$id", "a" * 300]
)
def test_an_id_that_tries_something_is_not_found(client: httpx.Client, id_: str) -> None:
    for address in ("/v1/entities/", "/v1/relationships/", "/v1/articles/"):
        response = client.get(httpx.URL(f"{client.base_url}").copy_with(path=address + id_))
        assert response.status_code == 404, response.text
    assert len(items(client.get("/v1/entities"))) == 6


def test_no_other_site_may_read_the_answers(client: httpx.Client) -> None:
    response = client.get("/v1/entities", headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]
    preflight = client.options(
        "/v1/articles",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 405
