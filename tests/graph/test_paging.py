from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import CursorError
from graph.paging import MAX_CURSOR_LENGTH, Listing

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=3), st.dictionaries(WORDS, WORDS))
def test_a_cursor_gives_back_the_key_that_it_was_made_of(
    key: list[str], filters: dict[str, str]
) -> None:
    listing = Listing("any", filters)
    assert listing.key_after(listing.cursor(tuple(key)), length=len(key)) == tuple(key)


def test_no_cursor_means_the_beginning() -> None:
    assert Listing("any", {}).key_after(None, length=2) is None


@pytest.mark.parametrize(
    "other",
    [
        Listing("other", {"kind": "Person"}),
        Listing("any", {"kind": "Company"}),
        Listing("any", {}),
        Listing("any", {"kind": "Person", "day": dt.date(2025, 7, 8)}),
    ],
)
def test_a_cursor_is_refused_by_another_listing_or_with_other_filters(other: Listing) -> None:
    cursor = Listing("any", {"kind": "Person"}).cursor(("a",))
    with pytest.raises(CursorError, match="other filters"):
        other.key_after(cursor, length=1)


def test_the_order_in_which_filters_were_given_does_not_count() -> None:
    one = Listing("any", {"a": {"x", "y"}, "b": dt.date(2025, 7, 8)})
    two = Listing("any", {"b": dt.date(2025, 7, 8), "a": {"y", "x"}})
    assert two.key_after(one.cursor(("k",)), length=1) == ("k",)


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda data: data.hex())))
def test_what_is_no_cursor_is_refused_and_nothing_else_happens(cursor: str) -> None:
    with pytest.raises(CursorError):
        Listing("any", {}).key_after(cursor, length=1)


@pytest.mark.parametrize(
    "damaged", ["W10", "e30", "bnVsbA", "MQ", "WyJhIiwgMV0", "=" * 9, "W1tb" * 9, "é", "a\x00"]
)
def test_json_that_is_no_cursor_is_refused(damaged: str) -> None:
    with pytest.raises(CursorError):
        Listing("any", {}).key_after(damaged, length=1)


def test_a_key_of_another_length_or_type_is_refused() -> None:
    listing = Listing("any", {})
    with pytest.raises(CursorError, match="damaged"):
        listing.key_after(listing.cursor(("a", "b")), length=1)
    with pytest.raises(CursorError, match="damaged"):
        listing.key_after(listing.cursor((7,)), length=1)  # type: ignore[arg-type]


def test_the_longest_key_makes_a_cursor_within_the_limit() -> None:
    assert len(Listing("any", {}).cursor(("2025-07-08", "é" * 300))) <= MAX_CURSOR_LENGTH
    assert len(Listing("any", {}).cursor(("2025-07-08", "\U0001f600" * 300))) <= MAX_CURSOR_LENGTH


def test_only_a_page_that_others_follow_has_a_cursor() -> None:
    listing = Listing("any", {})
    assert listing.page(["a", "b"], 2, lambda item: (item,)).next_cursor is None
    page = listing.page(["a", "b", "c"], 2, lambda item: (item,))
    assert page.items == ["a", "b"]
    assert listing.key_after(page.next_cursor, length=1) == ("b",)
