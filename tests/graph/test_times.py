"""Whether a relationship held at a time, and what the press had said by a day."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, company, person

from graph import lookup
from graph.claims import list_claims
from graph.errors import NotFoundError
from graph.identity import entity_id, fact_id
from graph.ingest import ingest
from graph.model import RelationType, Status, VagueDate
from graph.portraits import portrait
from graph.store import Store
from graph.times import Held, When
from graph.views import Direction

APPLE, META, BLOOMBERG = company("Apple"), company("Meta"), company("Bloomberg")
GUNTER = person("Tom Gunter")
DAYS = [dt.date(2025, 3, number) for number in range(1, 7)]

some_day = st.sampled_from([None, *DAYS])
ends = st.tuples(some_day, some_day).filter(
    lambda pair: None in pair or pair[0] <= pair[1]  # type: ignore[operator]
)


def properties(start: Any, end: Any) -> dict[str, dt.date | None]:
    return {
        "start_earliest": start[0],
        "start_latest": start[1],
        "end_earliest": end[0],
        "end_latest": end[1],
    }


@given(ends, ends, some_day, some_day)
def test_the_answer_is_certain_just_where_every_course_of_things_gives_it(
    start: Any, end: Any, valid_from: dt.date | None, valid_to: dt.date | None
) -> None:
    """Against all beginnings and ends that the days allow, one of them before and after all."""
    if valid_from is None and valid_to is None:
        return
    if valid_from and valid_to and valid_from > valid_to:
        return
    every = [dt.date(2025, 2, 1), *DAYS, dt.date(2025, 4, 1)]
    courses = [
        (one, other)
        for one, other in itertools.combinations_with_replacement(every, 2)
        if (start[0] is None or one >= start[0])
        and (start[1] is None or one <= start[1])
        and (end[0] is None or other >= end[0])
        and (end[1] is None or other <= end[1])
    ]
    if not courses:
        return  # it would have ended before it began
    first, last = valid_from or dt.date.min, valid_to or dt.date.max
    held = {one <= last and other >= first for one, other in courses}
    expected = Held.POSSIBLY if len(held) == 2 else Held.CERTAINLY if True in held else Held.NO
    when = When(valid_from=valid_from, valid_to=valid_to)
    assert when.of("WORKED_AT", properties(start, end)) is expected


def test_what_once_happened_stays_so_unless_an_end_is_told() -> None:
    when = When(valid_from=DAYS[4], valid_to=DAYS[4])
    begun = properties((DAYS[0], DAYS[1]), (None, None))
    assert when.of("ACQUIRED", begun) is Held.CERTAINLY
    assert when.of("WORKED_AT", begun) is Held.POSSIBLY
    assert when.of("ACQUIRED", properties((DAYS[0], DAYS[1]), (None, DAYS[2]))) is Held.NO


def test_no_answer_is_given_where_no_time_is_asked_about() -> None:
    assert When(known_at=DAYS[0]).of("WORKED_AT", {}) is None


def test_the_store_gives_the_same_answers(store: Store) -> None:
    story = Story("jobs")
    choices = (None, DAYS[1], DAYS[3])
    pairs = [
        pair
        for pair in itertools.product(choices, repeat=2)
        if None in pair or pair[0] <= pair[1]  # type: ignore[operator]
    ]
    for number, (start, end) in enumerate(itertools.product(pairs, repeat=2)):
        dates = {
            name: VagueDate(earliest=pair[0], latest=pair[1])
            for name, pair in (("start", start), ("end", end))
            if pair != (None, None)
        }
        story.says(person(f"Paul Martin {number}"), "WORKED_AT", APPLE, **dates)
        story.says(APPLE, "ACQUIRED", company(f"Start-up {number}"), **dates)
    ingest(store, [story.item()])

    def facts(**asked: Any) -> dict[str, Any]:
        page = lookup.relationships(store, entity_id(APPLE), limit=200, **asked)
        assert page.next_cursor is None
        return {each.id: each for each in page.items}

    def claims(**asked: Any) -> dict[str, Any]:
        return {each.id: each for each in list_claims(store, limit=200, **asked).items}

    def answer(when: When, view: Any) -> Held | None:
        dates = ((date and date.earliest, date and date.latest) for date in (view.start, view.end))
        return when.of(view.type, properties(*dates))

    for list_all in (facts, claims):
        every = list_all()
        for window in (
            (DAYS[2], DAYS[2]),
            (None, DAYS[1]),
            (DAYS[3], None),
            (DAYS[0], DAYS[4]),
        ):
            for held in Held:
                when = When(*window, held=frozenset({held}))
                expected = {id_ for id_, view in every.items() if answer(when, view) is held}
                assert set(list_all(when=when)) == expected


@pytest.fixture
def press(store: Store) -> Store:
    """A hire that is hedged on 1 July, asserted on the 10th, denied on the 20th."""
    hire = (GUNTER, "HIRED_BY", META)
    hedged = {"status": Status.HEDGED, "attributed_to": BLOOMBERG}
    stories = [
        Story("one", outlet="Les Échos", published=dt.date(2025, 7, 1)).says(*hire, **hedged),
        Story("two", outlet="Le Monde", published=dt.date(2025, 7, 10))
        .says(*hire, role="ingénieur")
        .says(GUNTER, "WORKED_AT", APPLE),
        Story("three", outlet="Le Figaro", published=dt.date(2025, 7, 20)).says(
            *hire, status=Status.DENIED
        ),
        Story("undated", published=None).says(META, "PARTNERED_WITH", APPLE),
    ]
    ingest(store, [story.item() for story in stories])
    return store


def known(day: int) -> When:
    return When(known_at=dt.date(2025, 7, day))


HIRE = fact_id(RelationType.HIRED_BY, entity_id(GUNTER), entity_id(META))


@pytest.mark.parametrize(
    ("day", "status", "sources"), [(1, "hedged", 1), (10, "asserted", 2), (20, "denied", 1)]
)
def test_a_relationship_is_shown_as_it_was_known_on_a_day(
    press: Store, day: int, status: str, sources: int
) -> None:
    shown = lookup.get_relationship(press, HIRE, when=known(day))
    assert (shown.status, shown.sources) == (status, sources)
    (listed,) = lookup.relationships(
        press, entity_id(GUNTER), types=[RelationType.HIRED_BY], when=known(day)
    ).items
    assert listed == shown
    assert len(lookup.evidence(press, HIRE, known_at=known(day).known_at).items) == shown.claims


def test_what_nobody_had_said_by_then_is_not_there(press: Store) -> None:
    with pytest.raises(NotFoundError, match="2025-06-30"):
        lookup.get_relationship(press, HIRE, when=When(known_at=dt.date(2025, 6, 30)))
    assert lookup.relationships(press, entity_id(APPLE), when=known(9)).items == []
    assert [
        each.type.value
        for each in lookup.relationships(press, entity_id(APPLE), when=known(10)).items
    ] == ["WORKED_AT"]


def test_an_undated_article_is_known_from_the_day_it_was_loaded(press: Store) -> None:
    today = dt.datetime.now(dt.UTC).date()
    for day, there in ((today - dt.timedelta(days=1), False), (today, True)):
        found = lookup.relationships(press, entity_id(META), when=When(known_at=day)).items
        assert ("PARTNERED_WITH" in [each.type for each in found]) is there


def test_by_the_latest_day_everything_is_as_it_is_now(press: Store) -> None:
    later = When(known_at=dt.date(2100, 1, 1))
    for ref in (GUNTER, APPLE, META):
        for direction in Direction:
            asked: dict[str, Any] = {"direction": direction}
            now = lookup.relationships(press, entity_id(ref), **asked)
            assert lookup.relationships(press, entity_id(ref), when=later, **asked) == now
        full = portrait(press, entity_id(ref))
        assert portrait(press, entity_id(ref), known_at=later.known_at) == full


def test_what_was_known_comes_in_pages_that_filters_do_not_break(store: Store) -> None:
    story = Story("many")
    for number in range(9):
        status = Status.DENIED if number % 3 else Status.ASSERTED
        story.says(person(f"Paul Martin {number}"), "HIRED_BY", META, status=status)
    ingest(store, [story.item()])
    found, cursor = [], None
    while True:
        page = lookup.relationships(
            store,
            entity_id(META),
            statuses=[Status.ASSERTED],
            when=known(30),
            cursor=cursor,
            limit=1,
        )
        found += [each.id for each in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert len(found) == len(set(found)) == 3


def test_both_times_are_one_question(press: Store) -> None:
    """What did the press say on 10 July about who was hired by 5 July?"""
    when = When(
        valid_to=dt.date(2025, 7, 5), held=frozenset({Held.POSSIBLY}), known_at=known(10).known_at
    )
    found = lookup.relationships(press, entity_id(META), when=when).items
    assert [(each.subject.name, each.status, each.held) for each in found] == [
        ("Tom Gunter", Status.ASSERTED, Held.POSSIBLY)
    ]
