"""The store on the real engine."""

from __future__ import annotations

import datetime as dt

from graph.store import Store


def test_the_server_gives_its_name(store: Store) -> None:
    assert store.server_name.startswith("ArcadeDB 26.")


def test_a_store_with_its_schema_is_ready(store: Store) -> None:
    assert store.is_ready()


def test_a_write_raises_the_revision(store: Store) -> None:
    before = store.read("store/state")[0]["revision"]
    store.write(lambda transaction: None)
    assert store.read("store/state")[0]["revision"] == before + 1


def test_a_users_query_gives_values_that_json_can_hold(store: Store) -> None:
    result = store.query("RETURN date('2025-01-02') AS day, $names AS names", {"names": ["é"]})
    assert result.columns == ("day", "names")
    assert result.rows == [["2025-01-02", ["é"]]]


def test_a_statement_gives_dates_of_the_standard_library(store: Store) -> None:
    assert isinstance(store.read("store/state")[0]["revision"], int)
    assert store.query(
        "RETURN date('2025-01-02') = $day AS same", {"day": dt.date(2025, 1, 2)}
    ).rows == [[True]]
