"""What the documentation of the API promises, and that it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.examples import NEW_ARTICLE
from api.problems import MEDIA_TYPE, TYPES, Problem

DOCS = Path(__file__).parents[3] / "docs" / "api.md"


@pytest.fixture
def schema(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def examples_in(schema: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    """The examples of a content, wherever in the description they are."""
    if "example" in content:
        return [content["example"]]
    shared = schema["components"]["examples"]
    return [
        (shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each)["value"]
        for each in content.get("examples", {}).values()
    ]


def test_every_operation_says_what_it_does_and_shows_what_it_answers(
    schema: dict[str, Any],
) -> None:
    for method, path, operation in operations(schema):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        good = {code: each for code, each in operation["responses"].items() if code < "300"}
        assert good, path
        for code, answer in good.items():
            if code == "204":
                assert "content" not in answer
            else:
                assert answer["content"], f"{method} {path}"
                for content in answer["content"].values():
                    assert examples_in(schema, content), f"{method} {path}"


def test_every_operation_has_a_name_of_its_own_that_programs_can_use(
    schema: dict[str, Any],
) -> None:
    names = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*", name) for name in names), names


def test_every_parameter_and_body_has_a_description_and_an_example(schema: dict[str, Any]) -> None:
    for method, path, operation in operations(schema):
        for parameter in operation.get("parameters", ()):
            assert parameter["schema"].get("examples"), f"{method} {path} {parameter['name']}"
            assert parameter.get("description"), f"{method} {path} {parameter['name']}"
        if "requestBody" in operation:
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            assert schema["components"]["schemas"][reference.rsplit("/", 1)[1]]["example"]


def test_every_operation_documents_the_errors_that_it_may_answer(schema: dict[str, Any]) -> None:
    for method, path, operation in operations(schema):
        codes = set(operation["responses"])
        expected = {"421", "500"}
        if any(each["in"] == "query" for each in operation.get("parameters", ())):
            expected |= {"422"}
        if "{" in path:
            expected |= {"404"}
        if not path.startswith(("/v1/problems", "/health/live")):
            expected |= {"503"}
        if "requestBody" in operation:
            expected |= {"400", "413", "415", "422"}
        if any(each["name"] == "cursor" for each in operation.get("parameters", ())):
            expected |= {"400"}
        assert expected <= codes, f"{method} {path} lacks {expected - codes}"


def test_every_documented_error_is_a_problem_document(schema: dict[str, Any]) -> None:
    for method, path, operation in operations(schema):
        for code, answer in operation["responses"].items():
            if code < "400":
                continue
            assert list(answer["content"]) == [MEDIA_TYPE], f"{method} {path} {code}"
            content = answer["content"][MEDIA_TYPE]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            for example in examples_in(schema, content):
                assert Problem.model_validate(example).status == int(code)


def test_every_reference_in_the_schema_leads_somewhere(schema: dict[str, Any]) -> None:
    for kind in ("schemas", "examples"):
        names = set(re.findall(rf"'#/components/{kind}/([^']+)'", str(schema)))
        assert names
        assert names <= set(schema["components"][kind])


def test_the_documented_requests_give_what_the_documented_answers_show(
    client: httpx.Client, schema: dict[str, Any]
) -> None:
    added = client.post("/v1/articles", json=NEW_ARTICLE)
    assert added.status_code == 201, added.text
    asked = 0
    for method, path, operation in operations(schema):
        # Of loads, which come and go, tests/api/routes/test_loads.py tells the answers.
        if method != "get" or path == "/v1/problems/{slug}" or "{load_id}" in path:
            continue
        address, query = path, {}
        for parameter in operation.get("parameters", ()):
            example = parameter["schema"]["examples"][0]
            if parameter["in"] == "path":
                address = address.replace(f"{{{parameter['name']}}}", example)
            elif parameter["required"] or parameter["name"] == "limit":
                query[parameter["name"]] = example
        response = client.get(address, params=query)
        assert response.status_code == 200, response.text
        contents = operation["responses"]["200"]["content"]
        if "application/json" not in contents:
            assert response.headers["content-type"].partition(";")[0] in contents
            continue
        (shown, *_) = examples_in(schema, contents["application/json"])
        same_shape(shown, response.json(), address)
        asked += 1
    assert asked >= 10


NEEDS_MORE = (
    "/colleagues.items",
    "/loads.items",
    "/moves.flows",
    "/balance.places",
    "/returns.returns",
    "/tenure.places",
    "/investments.groups",
    "/central.central",
    "/central.communities",
)
"""Lists that are empty in a graph of one article."""


def same_shape(shown: Any, answered: Any, where: str) -> None:
    """What is answered has the keys that the example shows, where fields that are null are left
    out; only a search tells how well a name fits."""
    if isinstance(shown, dict) and isinstance(answered, dict):
        assert set(shown) - set(answered) <= {"score", "matched"}, where
        for key in set(shown) & set(answered):
            same_shape(shown[key], answered[key], f"{where}.{key}")
    elif isinstance(shown, list) and isinstance(answered, list) and shown:
        assert answered or where.endswith((".aliases", ".cues", *NEEDS_MORE)), where
        for one in answered[:1]:
            same_shape(shown[0], one, f"{where}[]")


def test_every_documented_query_parameter_is_taken(
    client: httpx.Client, schema: dict[str, Any]
) -> None:
    """The optional parameters with their examples, together but for those that exclude others."""
    client.post("/v1/articles", json=NEW_ARTICLE)
    for method, path, operation in operations(schema):
        if method != "get" or "{load_id}" in path:
            continue
        shown = {
            each["name"]: (each["in"], each["schema"]["examples"][0])
            for each in operation.get("parameters", ())
        }
        address = path
        for name, (where, example) in shown.items():
            if where == "path":
                address = address.replace(f"{{{name}}}", example)
        asked = {
            name: example
            for name, (where, example) in shown.items()
            if where == "query" and name != "cursor"
        }
        for excluded in ({"valid_at"}, {"valid_from", "valid_to"}):
            if excluded <= asked.keys() or "valid_at" in excluded:
                query = {name: value for name, value in asked.items() if name not in excluded}
                response = client.get(address, params=query)
                assert response.status_code == 200, f"{address} {query}: {response.text}"


def test_the_documentation_lists_every_operation_and_every_kind_of_problem(
    schema: dict[str, Any],
) -> None:
    written = DOCS.read_text(encoding="utf-8")
    for method, path, _ in operations(schema):
        assert f"`{method.upper()} {path}`" in written
    for slug, each in TYPES.items():
        assert re.search(rf"\| `{slug}` \| {each.status} \|", written), slug


def test_the_documentation_page_loads_nothing_from_another_host(client: httpx.Client) -> None:
    home = client.get("/docs")
    assert home.status_code == 200
    assert home.headers["content-type"].startswith("text/html")
    policy = home.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "http" not in policy
    loaded = re.findall(r'(?:src|href)="([^"]+)"', home.text)
    assert len(loaded) >= 4
    for address in loaded:
        if address != "data:,":
            assert address.startswith("/")
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["x-content-type-options"] == "nosniff"
    types = [client.get(each).headers["content-type"] for each in loaded if "/docs/" in each]
    assert [each.partition(";")[0] for each in types] == [
        "text/css",
        "text/javascript",
        "text/javascript",
    ]
