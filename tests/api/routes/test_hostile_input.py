"""Whatever is asked or sent, the service answers, and never with a failure of its own."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from api.problems import MEDIA_TYPE
from api.routes.articles import NewArticle
from loaders.article import prepare
from loaders.errors import ArticleError

ANY_TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "%00", "../..", "a" * 5000, "'}) DETACH DELETE (n) //", "<script>", "\u202e"]
)
ANY_VALUE = st.one_of(
    ANY_TEXT, st.none(), st.booleans(), st.integers(), st.floats(), st.lists(ANY_TEXT, max_size=2)
)
FIELDS = [name for name in NewArticle.model_fields if name != "text"]

fuzzing = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANY_VALUE), ANY_TEXT)
@example({"id": "\x85a"}, "x")
@example({"id": "\u00a0"}, "x")
@example({"id": "\u3000a\u3000"}, "x")
def test_a_sent_article_is_refused_with_a_reason_or_is_one(
    fields: dict[str, Any], text: str
) -> None:
    try:
        new = NewArticle.model_validate({"text": text, **fields})
    except ValidationError:
        return
    try:
        article = prepare(new.article())
    except ArticleError:
        return
    assert article.text.strip()
    assert article.model_dump_json()


@fuzzing
@given(ANY_TEXT.filter(lambda text: "\ud800" not in text), st.integers())
def test_any_search_is_answered(client: httpx.Client, text: str, limit: int) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "?"
    answered(client.get("/v1/entities", params={"q": text, "limit": limit}))
    answered(client.get("/v1/entities", params={"q": text}))
    answered(client.get("/v1/entities", params={"cursor": text}))


@fuzzing
@given(st.binary(max_size=40))
def test_any_bytes_in_an_address_are_answered(client: httpx.Client, data: bytes) -> None:
    encoded = "".join(f"%{byte:02X}" for byte in data)
    for address in (
        f"/v1/entities/{encoded}",
        f"/v1/entities?q={encoded}",
        f"/v1/articles/{encoded}",
        f"/v1/paths?from={encoded}&to={encoded}x",
    ):
        answered(client.get(address))


@fuzzing
@given(st.binary(max_size=80))
def test_any_bytes_as_a_body_are_refused(client: httpx.Client, data: bytes) -> None:
    response = client.post(
        "/v1/articles", content=data, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in {400, 422}
    answered(response)


@pytest.mark.parametrize("header", ["Content-Length", "Content-Type", "Accept", "Origin"])
def test_strange_headers_are_answered(client: httpx.Client, header: str) -> None:
    for value in ("x" * 4000, "0", "\xff", "a, b; c=d"):
        if header == "Content-Length" and not value.isdigit():
            continue
        answered(client.get("/v1/entities", headers={header: value.encode("latin-1")}))


def answered(response: httpx.Response) -> None:
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert response.headers["content-type"] == MEDIA_TYPE
        assert response.json()["detail"]
