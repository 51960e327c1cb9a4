"""The wide view: what is in it, in which order, and what there is no room for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter
from stories import Story, company, person

from api.wide_views import WideViews
from graph.ingest import ingest
from graph.model import Amount
from graph.store import Store
from graph.wide import WideView, wide

GUNTER, META, APPLE = person("Tom Gunter"), company("Meta"), company("Apple")


@pytest.fixture
def press(store: Store) -> Store:
    """Two papers have Gunter at Meta; one of them has Meta buy Apple, the other denies it."""
    story = Story("a", outlet="Les Échos", published=dt.date(2025, 7, 1))
    story.says(GUNTER, "HIRED_BY", META, role="directeur")
    story.says(META, "ACQUIRED", APPLE, amount=Amount(value=1e9, currency="USD"))
    other = Story("b", outlet="Le Monde", published=dt.date(2025, 7, 8))
    other.says(GUNTER, "HIRED_BY", META, role="directeur")
    other.says(GUNTER, "WORKED_AT", APPLE, status="denied")
    ingest(store, [story.item(), other.item()])
    return store


def sentences(found: dict[str, Any]) -> list[str]:
    names, links = found["entities"]["name"], found["relationships"]
    ends = zip(links["subject"], links["type"], links["object"], strict=True)
    return [f"{names[subject]} {type_} {names[object_]}" for subject, type_, object_ in ends]


def test_all_is_in_it_the_best_supported_first_with_what_few_have(press: Store) -> None:
    found = wide(press)
    assert TypeAdapter(WideView).validate_python(found)
    assert sentences(found) == [
        "Tom Gunter HIRED_BY Meta",
        "Tom Gunter WORKED_AT Apple",
        "Meta ACQUIRED Apple",
    ]
    links = found["relationships"]
    assert links["sources"] == [2, 1, 1]
    assert links["status"] == ["asserted", "denied", "asserted"]
    assert (links["first_reported"][0], links["last_reported"][0]) == ("2025-07-01", "2025-07-08")
    hired, bought = links["details"]
    assert hired == {"at": 0, "role": "directeur"}
    assert bought["at"] == 2
    assert (bought["amount"]["value"], bought["amount"]["currency"]) == (1e9, "USD")
    assert sorted(zip(found["entities"]["name"], found["entities"]["kind"], strict=True)) == [
        ("Apple", "Company"),
        ("Meta", "Company"),
        ("Tom Gunter", "Person"),
    ]


@pytest.mark.parametrize("limit", [1, 2])
def test_what_there_is_no_room_for_is_the_worst_supported(press: Store, limit: int) -> None:
    found = wide(press, limit=limit)
    assert len(sentences(found)) == limit
    assert sentences(found)[0] == "Tom Gunter HIRED_BY Meta"
    assert {"Tom Gunter", "Meta"} <= set(found["entities"]["name"])


def test_it_is_made_anew_only_when_the_graph_has_changed(press: Store) -> None:
    views = WideViews()
    first, _ = views.get(press, 10)
    assert views.get(press, 10)[0] is first
    story = Story("c").says(person("Ruoming Pang"), "HIRED_BY", META)
    ingest(press, [story.item()])
    assert b"Ruoming Pang" in views.get(press, 10, fresh=True)[0].plain
