"""What a fact displays: the rule, on claims written by hand, and facts rebuilt in the store."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, company, person, product

from graph.fact_rule import ClaimRecord, FactProperties, derive
from graph.facts import rebuild_facts
from graph.ingest import ingest
from graph.model import Status
from graph.store import Store


def july(day: int) -> dt.date:
    return dt.date(2025, 7, day)


def claim(
    id_: str, source: str, status: str = "asserted", day: int = 1, **more: Any
) -> ClaimRecord:
    """A claim of a source, published on a day of July 2025, 0 for an unknown one."""
    fields: dict[str, Any] = {"article_id": f"article-{id_}", **more}
    published = july(day) if day else None
    return ClaimRecord(id=id_, source_key=source, status=status, published=published, **fields)


def test_a_single_claim_is_displayed_as_it_is() -> None:
    only = claim(
        "a",
        "bloomberg",
        "hedged",
        7,
        role="ingénieur",
        amount_value=2e8,
        amount_currency="USD",
        amount_bound="about",
        amount_purpose="package",
        start_earliest=july(1),
        start_latest=july(7),
        end_latest=july(30),
    )
    assert derive([only]) == FactProperties(
        status="hedged",
        contested=False,
        sources=1,
        claims=1,
        claim_ids=("a",),
        first_reported=july(7),
        last_reported=july(7),
        role="ingénieur",
        amount_value=2e8,
        amount_currency="USD",
        amount_bound="about",
        amount_purpose="package",
        start_earliest=july(1),
        start_latest=july(7),
        end_latest=july(30),
    )


def test_a_fact_needs_a_claim() -> None:
    with pytest.raises(ValueError, match="at least one claim"):
        derive([])


def test_what_is_not_known_is_not_stored() -> None:
    stored = derive([claim("a", "bloomberg", day=0)]).stored()
    assert stored == {
        "status": "asserted",
        "contested": False,
        "sources": 1,
        "claims": 1,
        "claim_ids": ["a"],
        "rule_version": 1,
    }


@pytest.mark.parametrize(
    ("statuses", "displayed"),
    [
        (["hedged", "asserted", "planned"], "asserted"),
        (["planned", "hedged"], "hedged"),
        (["hedged", "reported"], "reported"),
        (["planned"], "planned"),
        (["denied"], "denied"),
    ],
)
def test_the_surest_of_several_sources_is_displayed(statuses: list[str], displayed: str) -> None:
    claims = [claim(status, f"source of {status}", status) for status in statuses]
    assert derive(claims).status == displayed


def test_ten_papers_that_repeat_bloomberg_are_one_source() -> None:
    repeats = [claim(f"r{n}", "outlet:bloomberg", day=n, relayed=True) for n in range(1, 11)]
    fact = derive([*repeats, claim("own", "outlet:bloomberg"), claim("lm", "outlet:le monde")])
    assert (fact.sources, fact.claims) == (2, 12)


def test_a_source_corrects_itself() -> None:
    fact = derive([claim("a", "bloomberg", "asserted", 1), claim("b", "bloomberg", "hedged", 2)])
    assert (fact.status, fact.contested, fact.sources, fact.claims) == ("hedged", False, 1, 2)


def test_a_source_that_takes_its_word_back_leaves_a_denied_fact_that_nobody_contests() -> None:
    fact = derive([claim("a", "bloomberg", "asserted", 1), claim("b", "bloomberg", "denied", 2)])
    assert (fact.status, fact.contested, fact.sources) == ("denied", False, 1)


def test_a_late_repeat_does_not_undo_what_a_source_itself_has_withdrawn() -> None:
    fact = derive(
        [
            claim("a", "bloomberg", "asserted", 1),
            claim("b", "bloomberg", "denied", 5),
            claim("c", "bloomberg", "reported", 9, relayed=True),
        ]
    )
    assert (fact.status, fact.contested, fact.last_reported) == ("denied", False, july(9))


def test_relayed_words_count_when_a_source_has_none_of_its_own() -> None:
    fact = derive(
        [
            claim("a", "person:sam altman", "asserted", 1, relayed=True),
            claim("b", "person:sam altman", "denied", 2, relayed=True),
        ]
    )
    assert fact.status == "denied"


def test_a_later_denial_is_displayed_and_contested() -> None:
    fact = derive([claim("a", "bloomberg", "asserted", 1), claim("b", "apple", "denied", 2)])
    assert (fact.status, fact.contested, fact.sources) == ("denied", True, 1)


def test_on_the_same_day_the_denial_is_displayed() -> None:
    fact = derive([claim("a", "bloomberg", "reported", 2), claim("b", "apple", "denied", 2)])
    assert (fact.status, fact.contested) == ("denied", True)


def test_an_affirmation_after_a_denial_is_displayed_and_contested() -> None:
    fact = derive(
        [
            claim("a", "bloomberg", "reported", 1),
            claim("b", "apple", "denied", 2),
            claim("c", "reuters", "hedged", 3),
        ]
    )
    assert (fact.status, fact.contested, fact.sources) == ("reported", True, 2)


def test_an_undated_denial_does_not_outlast_a_dated_affirmation() -> None:
    fact = derive([claim("a", "bloomberg", "hedged", 1), claim("b", "apple", "denied", 0)])
    assert (fact.status, fact.contested) == ("hedged", True)


def test_a_dated_denial_outlasts_an_undated_affirmation() -> None:
    fact = derive([claim("a", "bloomberg", "asserted", 0), claim("b", "apple", "denied", 1)])
    assert (fact.status, fact.contested) == ("denied", True)


def test_undated_claims_of_both_sides_leave_the_denial_displayed() -> None:
    fact = derive([claim("a", "bloomberg", "asserted", 0), claim("b", "apple", "denied", 0)])
    assert (fact.status, fact.contested) == ("denied", True)


def test_an_undated_claim_does_not_replace_what_its_source_says_on_a_known_day() -> None:
    fact = derive([claim("a", "bloomberg", "reported", 1), claim("b", "bloomberg", "denied", 0)])
    assert (fact.status, fact.contested) == ("reported", False)


def test_undated_articles_leave_the_days_of_report_unknown() -> None:
    fact = derive([claim("a", "bloomberg", day=0)])
    assert (fact.first_reported, fact.last_reported) == (None, None)


def test_days_of_report_are_those_of_the_dated_articles() -> None:
    fact = derive([claim("a", "x", day=0), claim("b", "y", day=9), claim("c", "z", day=4)])
    assert (fact.first_reported, fact.last_reported) == (july(4), july(9))
    assert fact.claim_ids == ("a", "c", "b")


def amount(value: float, purpose: str | None = "package") -> dict[str, Any]:
    return {
        "amount_value": value,
        "amount_currency": "USD",
        "amount_bound": "exact",
        "amount_purpose": purpose,
    }


def test_the_amount_of_the_surest_claim_is_displayed_whatever_rumour_follows() -> None:
    fact = derive(
        [
            claim("a", "meta", "asserted", 1, **amount(1e8)),
            claim("b", "x", "hedged", 9, **amount(3e8)),
        ]
    )
    assert fact.amount_value == 1e8


def test_of_equally_sure_amounts_the_latest_is_displayed() -> None:
    fact = derive(
        [
            claim("a", "x", "reported", 3, **amount(1e8)),
            claim("b", "y", "reported", 4, **amount(2e8)),
        ]
    )
    assert fact.amount_value == 2e8


def test_a_source_that_does_not_repeat_an_amount_has_not_withdrawn_it() -> None:
    fact = derive([claim("a", "bloomberg", day=1, **amount(2e8)), claim("b", "bloomberg", day=8)])
    assert fact.amount_value == 2e8


def test_a_source_that_names_another_amount_has_corrected_the_first() -> None:
    fact = derive(
        [
            claim("a", "bloomberg", "asserted", 1, **amount(2e8)),
            claim("b", "bloomberg", "hedged", 8, **amount(1e8)),
        ]
    )
    assert fact.amount_value == 1e8


def test_a_source_that_has_changed_sides_lends_nothing_to_the_side_that_it_left() -> None:
    fact = derive(
        [
            claim("a", "bloomberg", "asserted", 1, **amount(2e8)),
            claim("b", "bloomberg", "denied", 2),
            claim("c", "reuters", "hedged", 3),
        ]
    )
    assert (fact.status, fact.contested, fact.sources) == ("hedged", True, 1)
    assert fact.amount_value is None


def test_the_parts_of_an_amount_are_never_mixed() -> None:
    one = {**amount(14.3e9, "investment"), "amount_bound": "at_least"}
    other = {**amount(12e9, None), "amount_currency": "EUR"}
    fact = derive([claim("a", "x", day=1, **one), claim("b", "y", day=2, **other)])
    assert (fact.amount_value, fact.amount_currency) == (12e9, "EUR")
    assert (fact.amount_bound, fact.amount_purpose) == ("exact", None)


def test_a_valuation_is_displayed_only_where_there_is_no_other_amount() -> None:
    valued = claim("a", "x", day=9, **amount(29e9, "valuation"))
    invested = claim("b", "x", day=9, **amount(14.3e9, "investment"))
    assert derive([valued, invested]).amount_value == 14.3e9
    assert derive([valued]).amount_value == 29e9


def test_the_amount_and_the_role_may_come_from_two_claims() -> None:
    fact = derive([claim("a", "x", day=1, **amount(2e8)), claim("b", "y", day=2, role="chercheur")])
    assert (fact.amount_value, fact.role) == (2e8, "chercheur")


def test_of_one_day_the_first_in_the_text_is_displayed() -> None:
    claims = [
        claim("a", "x", article_id="one", position=3, role="directrice"),
        claim("z", "x", article_id="one", position=1, role="présidente"),
    ]
    assert derive(claims).role == "présidente"


def test_a_vaguer_date_said_later_does_not_blur_the_exact_one() -> None:
    exact = {"start_earliest": july(3), "start_latest": july(3)}
    vague = {"start_earliest": dt.date(2025, 1, 1), "start_latest": dt.date(2025, 12, 31)}
    fact = derive([claim("a", "x", day=4, **exact), claim("b", "y", day=30, **vague)])
    assert (fact.start_earliest, fact.start_latest) == (july(3), july(3))


def test_another_date_said_later_replaces_the_first() -> None:
    first = {"start_earliest": july(3), "start_latest": july(3)}
    second = {"start_earliest": july(10), "start_latest": july(12)}
    fact = derive([claim("a", "x", day=4, **first), claim("b", "y", day=13, **second)])
    assert (fact.start_earliest, fact.start_latest) == (july(10), july(12))


def test_a_rumour_does_not_make_a_date_more_exact() -> None:
    sure = {"start_earliest": july(1)}
    rumour = {"start_earliest": july(3), "start_latest": july(3)}
    fact = derive([claim("a", "x", day=4, **sure), claim("b", "y", "hedged", 5, **rumour)])
    assert (fact.start_earliest, fact.start_latest) == (july(1), None)


def test_an_end_said_by_one_source_is_displayed_beside_the_start_said_by_another() -> None:
    fact = derive(
        [
            claim("a", "x", day=1, start_earliest=dt.date(2021, 1, 1)),
            claim("b", "y", day=2, end_latest=july(1)),
        ]
    )
    assert (fact.start_earliest, fact.end_latest) == (dt.date(2021, 1, 1), july(1))


def test_an_end_before_the_start_is_not_displayed_since_who_left_came_back() -> None:
    fact = derive(
        [
            claim(
                "a", "x", day=1, end_earliest=dt.date(2021, 1, 1), end_latest=dt.date(2021, 12, 31)
            ),
            claim("b", "y", day=2, start_earliest=dt.date(2024, 1, 1)),
        ]
    )
    assert fact.start_earliest == dt.date(2024, 1, 1)
    assert (fact.end_earliest, fact.end_latest) == (None, None)


def test_a_denied_fact_displays_what_is_denied() -> None:
    fact = derive(
        [
            claim("a", "x", "reported", 1, **amount(3e8), role="chercheur"),
            claim("b", "meta", "denied", 2, **amount(1e8)),
        ]
    )
    assert (fact.amount_value, fact.role) == (1e8, None)


DAYS = st.none() | st.dates(july(1), july(5))
RECORDS = st.lists(
    st.builds(
        ClaimRecord,
        id=st.uuids().map(str),
        article_id=st.sampled_from("abc"),
        source_key=st.sampled_from(["outlet:x", "outlet:y", "article:a"]),
        status=st.sampled_from([status.value for status in Status]),
        position=st.integers(0, 3),
        relayed=st.booleans(),
        published=DAYS,
        role=st.none() | st.sampled_from(["PDG", "chercheur"]),
        amount_value=st.none() | st.sampled_from([1.0, 2.0]),
        start_earliest=DAYS,
        end_latest=DAYS,
    ),
    min_size=1,
    max_size=8,
)


@given(RECORDS, st.randoms())
def test_the_order_of_the_claims_does_not_matter(claims: list[ClaimRecord], random: Any) -> None:
    shuffled = random.sample(claims, len(claims))
    assert derive(shuffled) == derive(claims)


@given(RECORDS)
def test_everything_displayed_was_said_by_somebody(claims: list[ClaimRecord]) -> None:
    fact = derive(claims)
    assert fact.status in {c.status for c in claims}
    assert 1 <= fact.sources <= len({c.source_key for c in claims})
    assert sorted(fact.claim_ids) == sorted(c.id for c in claims)
    denying = {c.denies for c in claims}
    assert not fact.contested or denying == {True, False}
    for name in ("role", "amount_value", "start_earliest", "end_latest"):
        shown = getattr(fact, name)
        same_side = [c for c in claims if c.denies == (fact.status == "denied")]
        assert shown is None or shown in {getattr(c, name) for c in same_side}


@given(RECORDS)
def test_saying_the_same_again_in_another_outlet_changes_nothing_but_the_counts(
    claims: list[ClaimRecord],
) -> None:
    before = derive(claims)
    again = [dataclasses.replace(c, id=f"{c.id}2", article_id=f"{c.article_id}2") for c in claims]
    after = derive([*claims, *again])
    counts = {"claims": 2 * before.claims, "claim_ids": after.claim_ids}
    assert after == dataclasses.replace(before, **counts)


def test_rebuilding_repairs_facts_that_were_altered_removed_or_invented(
    store: Store, tamper: Callable[..., None], dump: Callable[[], list[str]]
) -> None:
    gunter, meta, apple = person("Tom Gunter"), company("Meta"), company("Apple")
    ingest(
        store,
        [
            Story("a").says(gunter, "HIRED_BY", meta).says(gunter, "WORKED_AT", apple).item(),
            Story("b").says(meta, "DEVELOPS", product("Llama 4")).item(),
        ],
    )
    before = dump()
    tamper("MATCH (:Entity)-[f:HIRED_BY]->(:Entity) SET f.status = 'denied', f.role = 'PDG'")
    tamper("MATCH (:Entity)-[f:WORKED_AT]->(:Entity) DELETE f")
    tamper("MATCH (:Entity)-[f:DEVELOPS]->(:Entity) SET f.id = 'fact-renamed'")
    tamper(
        "MATCH (a:Entity {id: 'company-meta'}) MATCH (b:Entity {id: 'company-apple'}) "
        "CREATE (a)-[:ACQUIRED {id: 'fact-invented'}]->(b)",
    )
    assert dump() != before
    assert rebuild_facts(store) == 3
    assert dump() == before


def test_an_empty_store_has_no_facts_to_rebuild(store: Store) -> None:
    assert rebuild_facts(store) == 0
