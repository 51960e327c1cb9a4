"""Pictures: what is in them, in which order, and what is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from graph import picture
from graph.errors import NotFoundError, PathSearchError
from graph.ingest import ingest
from graph.model import (
    Article,
    Claim,
    Entity,
    EntityRef,
    Kind,
    Reading,
    RelationType,
    Span,
    Status,
    VagueDate,
)
from graph.store import Store
from graph.times import Held, When
from graph.wide import wide

_TEXT = "Ainsi parle la presse."
_numbers = count()
APPLE, META, OPENAI = (EntityRef(name=n, kind=Kind.COMPANY) for n in ("Apple", "Meta", "OpenAI"))
PANG, LEE, GUNTER = (
    EntityRef(name=n, kind=Kind.PERSON) for n in ("Ruoming Pang", "Mark Lee", "Tom Gunter")
)


def say(store: Store, day: str, *said: tuple[EntityRef, str, EntityRef, str], **more: Any) -> None:
    """One article of an outlet of its own says these things."""
    number = next(_numbers)
    claims = [
        Claim(
            subject=subject,
            relation=RelationType(relation),
            object=object_,
            status=Status(status),
            quote=Span(start=0, end=len(_TEXT), text=_TEXT),
            extractor="by-hand-1",
            **more,
        )
        for subject, relation, object_, status in said
    ]
    refs = dict.fromkeys(ref for claim in claims for ref in (claim.subject, claim.object))
    article = Article(
        id=f"picture-{number}",
        text=_TEXT,
        outlet=f"Journal {number}",
        published=dt.date.fromisoformat(day),
        language="fr",
    )
    reading = Reading(
        article_id=article.id,
        extractor="by-hand-1",
        language="fr",
        entities=tuple(Entity(name=ref.name, kind=ref.kind) for ref in refs),
        claims=tuple(claims),
    )
    ingest(store, [(article, reading)])


@pytest.fixture
def press(store: Store) -> Store:
    """Pang goes to Meta by two sources; Lee leaves Apple for Meta; Gunter's move is denied."""
    say(
        store,
        "2025-01-10",
        (PANG, "WORKED_AT", APPLE, "asserted"),
        (META, "ACQUIRED", OPENAI, "planned"),
    )
    say(store, "2025-07-01", (PANG, "HIRED_BY", META, "asserted"))
    say(store, "2025-07-02", (PANG, "HIRED_BY", META, "asserted"))
    say(
        store,
        "2025-07-03",
        (LEE, "WORKED_AT", APPLE, "asserted"),
        (LEE, "HIRED_BY", META, "hedged"),
        (GUNTER, "WORKED_AT", APPLE, "asserted"),
        (GUNTER, "HIRED_BY", META, "denied"),
    )
    return store


def links(view: picture.PictureView) -> list[tuple[str, str, str]]:
    return [(link.subject, link.type.value, link.object) for link in view.relationships]


def test_the_best_supported_come_first_and_the_denied_are_left_out(press: Store) -> None:
    found = picture.supported(press, types=[RelationType.HIRED_BY])
    assert links(found) == [
        ("person-ruoming-pang", "HIRED_BY", "company-meta"),
        ("person-mark-lee", "HIRED_BY", "company-meta"),
    ]
    assert {entity.name for entity in found.entities} == {"Ruoming Pang", "Mark Lee", "Meta"}


@pytest.mark.parametrize(
    ("filters", "subjects"),
    [
        ({"min_sources": 2}, {"person-ruoming-pang"}),
        ({"statuses": [Status.DENIED]}, {"person-tom-gunter"}),
        ({"kinds": [Kind.COMPANY]}, {"company-meta"}),
        ({"reported_to": dt.date(2025, 1, 31)}, {"person-ruoming-pang", "company-meta"}),
        ({"reported_from": dt.date(2025, 7, 3)}, {"person-mark-lee", "person-tom-gunter"}),
    ],
)
def test_a_picture_keeps_to_its_filters(
    press: Store, filters: dict[str, Any], subjects: set[str]
) -> None:
    found = picture.supported(press, **filters)
    assert {link.subject for link in found.relationships} == subjects


def test_what_is_recent_is_widened_until_a_dozen_is_found_or_all_is_seen(press: Store) -> None:
    found = picture.recent(press)
    assert (found.since, found.until) == (None, dt.date(2025, 7, 3))
    assert len(found.relationships) == 3
    few = picture.recent(press, limit=2)
    assert few.since == dt.date(2025, 7, 3) - dt.timedelta(weeks=6)
    assert len(few.relationships) == 2


def test_an_empty_graph_has_an_empty_picture(store: Store) -> None:
    found = picture.recent(store)
    assert (found.entities, found.relationships, found.until) == ([], [], None)


def test_entities_are_shown_with_all_that_lies_between_them(press: Store) -> None:
    found = picture.among(press, ["company-apple", "person-ruoming-pang", "company-unknown"])
    assert {entity.id for entity in found.entities} == {"company-apple", "person-ruoming-pang"}
    assert links(found) == [("person-ruoming-pang", "WORKED_AT", "company-apple")]


def test_neighbours_come_the_best_supported_first_and_the_shown_ones_not_again(
    press: Store,
) -> None:
    first = picture.neighbours(press, "company-meta", limit=1)
    assert [entity.id for entity in first.entities] == ["company-meta", "person-ruoming-pang"]
    assert first.more == 2
    shown = [entity.id for entity in first.entities]
    second = picture.neighbours(press, "company-meta", shown=shown, limit=12)
    assert {entity.id for entity in second.entities} == {
        *shown,
        "person-mark-lee",
        "company-openai",
    }
    assert second.more == 0
    assert ("person-ruoming-pang", "HIRED_BY", "company-meta") in links(second)


def test_an_entity_that_is_not_there_has_no_neighbours(press: Store) -> None:
    with pytest.raises(NotFoundError):
        picture.neighbours(press, "company-unknown")


def test_a_picture_of_a_day_is_as_the_press_had_told_it_by_then(press: Store) -> None:
    ids = ["person-ruoming-pang", "company-apple", "company-meta"]
    by_july = picture.among(press, ids, when=When(known_at=dt.date(2025, 7, 1)))
    assert [(link.type.value, link.sources, link.claims) for link in by_july.relationships] == [
        ("WORKED_AT", 1, 1),
        ("HIRED_BY", 1, 1),
    ]
    by_june = picture.among(press, ids, when=When(known_at=dt.date(2025, 6, 30)))
    assert links(by_june) == [("person-ruoming-pang", "WORKED_AT", "company-apple")]
    assert len(by_june.entities) == 3
    now = picture.among(press, ids)
    assert max(link.sources for link in now.relationships) == 2


def test_pictures_as_of_a_day_are_what_the_articles_of_that_day_alone_give(press: Store) -> None:
    questions: list[Callable[[dt.date | None], Any]] = [
        lambda day: picture.supported(press, when=When(known_at=day)),
        lambda day: picture.supported(press, min_sources=2, when=When(known_at=day)),
        lambda day: picture.supported(
            press, reported_from=dt.date(2025, 7, 2), limit=1, when=When(known_at=day)
        ),
        lambda day: picture.neighbours(press, "company-meta", limit=1, when=When(known_at=day)),
        lambda day: picture.neighbours(
            press, "company-meta", shown=["company-openai"], when=When(known_at=day)
        ),
        lambda day: picture.recent(press, known_at=day),
        lambda day: picture.recent(press, known_at=day, limit=2),
        lambda day: wide(press, when=When(known_at=day)),
        lambda day: wide(press, limit=1, when=When(known_at=day)),
    ]
    before = [question(None) for question in questions]
    say(
        press,
        "2025-09-01",
        (PANG, "HIRED_BY", META, "denied"),
        (LEE, "HIRED_BY", META, "asserted"),
        (GUNTER, "HIRED_BY", OPENAI, "asserted"),
        (META, "PARTNERED_WITH", OPENAI, "asserted"),
    )
    say(
        press,
        "2025-09-02",
        (LEE, "HIRED_BY", META, "asserted"),
        (LEE, "WORKED_AT", APPLE, "asserted"),
        (META, "ACQUIRED", OPENAI, "denied"),
    )
    for question, then in zip(questions, before, strict=True):
        assert question(None) != then
        assert question(dt.date(2025, 8, 31)) == then
        assert question(dt.date(2025, 9, 2)) == question(None)


def test_a_picture_of_a_time_shows_what_held_then(store: Store) -> None:
    day = VagueDate(earliest=dt.date(2024, 3, 1), latest=dt.date(2024, 3, 1))
    say(store, "2025-01-10", (PANG, "WORKED_AT", APPLE, "asserted"), end=day)
    say(store, "2025-01-11", (PANG, "HIRED_BY", META, "asserted"), start=day)
    say(store, "2025-01-12", (LEE, "WORKED_AT", META, "asserted"))
    ids = ["person-ruoming-pang", "person-mark-lee", "company-apple", "company-meta"]
    pang = ("person-ruoming-pang", "HIRED_BY", "company-meta")
    lee = ("person-mark-lee", "WORKED_AT", "company-meta")
    after, certainly = dt.date(2024, 6, 1), frozenset({Held.CERTAINLY})
    for known_at in (None, dt.date(2025, 2, 1)):
        when = When(valid_from=after, known_at=known_at)
        sure = When(valid_from=after, held=certainly, known_at=known_at)
        for found in (
            picture.supported(store, when=when),
            picture.neighbours(store, "company-meta", when=when),
            picture.among(store, ids, when=when),
        ):
            assert set(links(found)) == {pang, lee}
            assert {link.held for link in found.relationships} == {Held.POSSIBLY}
        assert links(picture.supported(store, when=sure)) == []
        never = When(valid_to=after, held=frozenset({Held.NO}), known_at=known_at)
        assert links(picture.supported(store, when=never)) == []
        columns = wide(store, when=when)
        assert len(columns["relationships"]["id"]) == 2
        assert [each["start"] for each in columns["relationships"]["details"]] == [
            {"earliest": "2024-03-01", "latest": "2024-03-01"}
        ]
        before = When(valid_to=dt.date(2024, 2, 1), known_at=known_at)
        assert pang not in links(picture.supported(store, when=before))


def test_a_day_by_which_too_much_was_told_is_refused(
    press: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.told.MAX_DERIVED", 2)
    with pytest.raises(PathSearchError, match="fewer types"):
        picture.supported(press, when=When(known_at=dt.date(2025, 8, 1)))
