"""The wide view as the service keeps it: made ahead, and never in the way of who asks."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from stories import Story, company, person

import api.wide_views
from api.wide_views import WideViews
from graph.errors import StoreUnavailableError
from graph.ingest import ingest
from graph.store import Store
from graph.times import When
from graph.wide import MAX_RELATIONSHIPS, wide

META = company("Meta")


class Maker:
    """Makes views as the service does, counts them, and is held up on demand."""

    def __init__(self) -> None:
        self.made = 0
        self.may_go = threading.Event()
        self.may_go.set()
        self.began = threading.Event()

    def __call__(self, store: Store, *, limit: int, when: When) -> dict[str, Any]:
        self.made += 1
        self.began.set()
        assert self.may_go.wait(60)
        return wide(store, limit=limit, when=when)


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    found = Maker()
    monkeypatch.setattr(api.wide_views, "wide", found)
    return found


@pytest.fixture
def store(embedded: Any) -> Store:
    """On one store: what the statements do on both is tested with them."""
    embedded.store.write(lambda transaction: transaction.run("store/clear"))
    found: Store = embedded.store
    return found


def hires(store: Store, name: str) -> None:
    ingest(store, [Story(name).says(person(name), "HIRED_BY", META).item()])


def test_a_view_made_ahead_is_what_the_first_who_asks_gets(store: Store, maker: Maker) -> None:
    hires(store, "Tom Gunter")
    views = WideViews()
    assert views.look(store)
    packed, age = views.get(store, MAX_RELATIONSHIPS)
    assert (b"Tom Gunter" in packed.plain, age, maker.made) == (True, 0, 1)
    assert not views.look(store)


def test_while_the_graph_changes_none_is_made_ahead_and_then_one(
    store: Store, maker: Maker
) -> None:
    views = WideViews(clock=lambda: 0.0)
    views.look(store)
    for name in ("Tom Gunter", "Mark Lee", "Ruoming Pang"):
        hires(store, name)
        assert not views.look(store)
    assert views.look(store)
    assert maker.made == 2
    assert b"Ruoming Pang" in views.get(store, MAX_RELATIONSHIPS)[0].plain
    assert maker.made == 2


def test_where_the_graph_changes_all_day_a_twentieth_of_the_time_goes_into_views(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def slow(store: Store, *, limit: int, when: When) -> dict[str, Any]:
        now[0] += 3
        return wide(store, limit=limit, when=when)

    monkeypatch.setattr(api.wide_views, "wide", slow)
    views = WideViews(clock=lambda: now[0])
    views.look(store)
    hires(store, "Tom Gunter")
    ended = now[0]
    made_at = []
    for _ in range(100):
        now[0] += 1
        if views.look(store):
            made_at.append(now[0])
            break
    assert made_at[0] - ended > 60


def test_who_asks_after_a_change_waits_a_moment_and_has_the_one_before_with_its_age(
    store: Store, maker: Maker
) -> None:
    now = [100.0]
    views = WideViews(patience_s=0, clock=lambda: now[0])
    hires(store, "Tom Gunter")
    views.get(store, MAX_RELATIONSHIPS)
    hires(store, "Mark Lee")
    maker.may_go.clear()
    now[0] = 107.5
    packed, age = views.get(store, MAX_RELATIONSHIPS)
    assert (b"Mark Lee" in packed.plain, age) == (False, 8)
    # The new one is being made meanwhile, once for all who ask.
    views.get(store, MAX_RELATIONSHIPS)
    maker.may_go.set()
    packed, age = views.get(store, MAX_RELATIONSHIPS, fresh=True)
    assert (b"Mark Lee" in packed.plain, age, maker.made) == (True, 0, 2)


def test_who_wants_it_fresh_does_not_get_one_that_was_begun_before_a_change(
    store: Store, maker: Maker
) -> None:
    views = WideViews()
    maker.may_go.clear()
    found: list[bytes] = []
    first = threading.Thread(target=lambda: views.get(store, 10))
    first.start()
    assert maker.began.wait(60)
    hires(store, "Tom Gunter")
    second = threading.Thread(
        target=lambda: found.append(views.get(store, 10, fresh=True)[0].plain)
    )
    second.start()
    maker.may_go.set()
    first.join(60)
    second.join(60)
    assert b"Tom Gunter" in found[0]


def test_a_store_that_fails_is_told_to_who_asks_and_the_next_one_is_served(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(store: Store, *, limit: int, when: When) -> dict[str, Any]:
        raise StoreUnavailableError("it is away")

    with monkeypatch.context() as away:
        away.setattr(api.wide_views, "wide", fails)
        views = WideViews()
        with pytest.raises(StoreUnavailableError):
            views.get(store, 10)
        with pytest.raises(StoreUnavailableError):
            views.look(store)
    assert views.get(store, 10)[1] == 0


def test_started_it_makes_the_view_by_itself_and_stops_while_one_is_being_made(
    store: Store, maker: Maker
) -> None:
    views = WideViews()
    maker.may_go.clear()
    views.start(store)
    assert maker.began.wait(60)
    maker.may_go.set()
    views.stop()
    assert views.get(store, MAX_RELATIONSHIPS)[1] == 0
    assert maker.made == 1
