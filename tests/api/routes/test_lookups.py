"""The questions of the look-ups and of time, asked over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx
import nx_parallel
import pytest
from fastapi import FastAPI
from stories import Story, company, person

from graph.ingest import ingest
from graph.model import Amount, Status
from graph.store import Store

GUNTER, META, BLOOMBERG = person("Tom Gunter"), company("Meta"), company("Bloomberg")


@pytest.fixture(autouse=True)
def press(store: Store) -> None:
    hire = (GUNTER, "HIRED_BY", META)
    million = Amount(value=1e6, currency="EUR", purpose="package")
    stories = [
        Story("one", published=dt.date(2025, 7, 1), outlet="Les Échos").says(
            *hire, status=Status.HEDGED, attributed_to=BLOOMBERG, amount=million
        ),
        Story("two", published=dt.date(2025, 7, 9), outlet="Le Monde").says(*hire),
        Story("three", published=dt.date(2025, 7, 20), outlet="Le Figaro").says(
            *hire, status=Status.DENIED
        ),
    ]
    ingest(store, [story.item() for story in stories])


def get(client: httpx.Client, address: str, **query: Any) -> Any:
    response = client.get(address, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def the_hire(client: httpx.Client, **query: Any) -> Any:
    (found,) = get(client, "/v1/entities/company-meta/relationships", **query)["items"]
    return found


def test_what_the_press_said_on_one_day_about_another_is_one_call(client: httpx.Client) -> None:
    on_the_fifth = the_hire(client, known_at="2025-07-05", valid_at="2025-06-01")
    assert (on_the_fifth["status"], on_the_fifth["held"]) == ("hedged", "possibly")
    assert the_hire(client, known_at="2025-07-10")["status"] == "asserted"
    now = the_hire(client)
    assert (now["status"], now["held"]) == ("denied", None)
    address = "/v1/entities/company-meta/relationships"
    assert get(client, address, valid_at="2025-06-01", held="certainly")["items"] == []
    assert get(client, address, known_at="2025-06-30")["items"] == []
    entity = get(client, "/v1/entities/company-meta", known_at="2025-07-05")
    assert (entity["articles"], entity["last_mention"]) == (1, "2025-07-01")


@pytest.mark.parametrize(
    ("address", "query", "known", "listed"),
    [
        ("/v1/entities", {}, "2025-07-05", "items"),
        ("/v1/entities", {"q": "gunter"}, "2025-07-05", "items"),
        ("/v1/articles", {}, "2025-07-05", "items"),
        ("/v1/articles", {"entity": "company-meta"}, "2025-07-05", "items"),
        ("/v1/flows/investments", {"type": "INVESTED_IN"}, None, "groups"),
        ("/v1/flows/central", {}, "2025-07-10", "central"),
        ("/v1/flows/moves", {}, None, "flows"),
        ("/v1/flows/balance", {}, None, "places"),
        ("/v1/flows/returns", {}, None, "returns"),
        ("/v1/flows/tenure", {}, None, "places"),
        ("/v1/graph", {}, "2025-07-10", "relationships"),
        ("/v1/graph/neighbours", {"id": "company-meta"}, "2025-07-10", "relationships"),
        ("/v1/graph/recent", {}, "2025-07-10", "relationships"),
    ],
)
def test_what_is_listed_is_as_of_the_day_that_is_asked_for(
    client: httpx.Client, address: str, query: dict[str, str], known: str | None, listed: str
) -> None:
    assert get(client, address, **query, known_at="2025-06-30")[listed] == []
    if known is not None:
        assert get(client, address, **query, known_at=known)[listed]
    assert get(client, address, **query, known_at="2025-12-31") == get(client, address, **query)


def test_a_relationship_is_accounted_for(client: httpx.Client) -> None:
    hire = the_hire(client)
    account = get(client, f"/v1/relationships/{hire['id']}/account")
    assert account["relationship"] == hire
    verdicts = [(each["article"]["id"], each["verdict"]) for each in account["claims"]]
    assert verdicts == [("one", "opposed"), ("two", "opposed"), ("three", "displayed")]
    pair = {"one": "person-tom-gunter", "other": "company-meta"}
    assert get(client, "/v1/between", **pair)["accounts"] == [account]
    life = get(client, f"/v1/relationships/{hire['id']}/life")
    assert (life["outcome"], life["confirmed_on"], life["denied_on"]) == (
        "denied",
        "2025-07-09",
        "2025-07-20",
    )


def test_claims_and_sources_are_found(client: httpx.Client) -> None:
    (claim,) = get(client, "/v1/claims", currency="EUR", min_amount=1e5)["items"]
    assert claim["source"] == "outlet:bloomberg"
    assert get(client, f"/v1/claims/{claim['id']}") == claim
    told = get(client, "/v1/entities/company-meta/timeline", status=["hedged", "denied"])
    assert [each["article"]["id"] for each in told["items"]] == ["one", "three"]
    source = get(client, "/v1/sources/outlet:bloomberg", known_at="2025-07-10")
    assert (source["confirmed"], source["open"], source["refuted"]) == (1, 0, 0)
    (cited,) = get(client, "/v1/cited", source="outlet:bloomberg", known_at="2025-07-10")["items"]
    assert (cited["confirmation"], cited["confirmed_by"]) == ("confirmed", ["outlet:le monde"])
    assert len(get(client, "/v1/sources")["items"]) == 3


def test_an_amount_without_a_currency_is_refused(client: httpx.Client) -> None:
    response = client.get("/v1/claims", params={"max_amount": 5})
    assert response.status_code == 422
    assert "currency" in response.json()["errors"][0]["message"]


def test_the_wide_view_is_the_same_packed_and_unpacked(client: httpx.Client) -> None:
    asked = "/v1/graph/wide"
    packed = client.get(asked, headers={"Accept-Encoding": "gzip"})
    plain = client.get(asked, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert plain.json()["relationships"]["status"] == ["denied"]
    # Of a form of its own: whoever has one is not sent it again.
    again = client.get(asked, headers={"If-None-Match": packed.headers["etag"]})
    assert again.status_code == httpx.codes.NOT_MODIFIED


def test_investments_are_asked_by_sector(client: httpx.Client, store: Store) -> None:
    words = "Meta entre dans la biotech Vauclair (vaccins)."
    told = Story("deal").says(META, "INVESTED_IN", company("Vauclair"), quote=words)
    ingest(store, [told.item()])
    (group,) = get(client, "/v1/flows/investments", by="sector")["groups"]
    (target,) = group["targets"]
    assert (group["key"], target["entity"]["name"]) == ("pharma", "Vauclair")
    assert get(client, f"/v1/claims/{target['claims'][0]}")["quote"]["text"] == words
    assert get(client, "/v1/flows/investments", sector="pharma")["groups"]
    assert get(client, "/v1/flows/investments", sector="unknown")["groups"] == []


def test_the_backend_of_networkx_that_is_set_computes_who_is_central(
    client: httpx.Client, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    implemented = nx_parallel.betweenness_centrality

    def watched(*given: Any, **more: Any) -> Any:
        asked.append(given)
        return implemented(*given, **more)

    monkeypatch.setattr(nx_parallel.interface.BackendInterface, "betweenness_centrality", watched)
    day = {"known_at": "2025-07-10"}
    plain = get(client, "/v1/flows/central", **day)
    set_ = app.state.settings.model_copy(update={"networkx_backend": "parallel"})
    monkeypatch.setattr(app.state, "settings", set_)
    assert get(client, "/v1/flows/central", **day)["central"] == plain["central"]
    assert len(asked) == 1
