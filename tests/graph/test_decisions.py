"""Decisions that two names denote one entity: merged, undone, and loaded under."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stories import Story, company, person, product

from graph.decisions import Decision, finish, list_decisions, merge_entities, undo_decision
from graph.errors import DecisionError, NotFoundError
from graph.identity import entity_id
from graph.ingest import delete_article, ingest
from graph.lookup import get_entity, relationships, search_entities
from graph.model import EntityRef, Status
from graph.store import Store
from graph.views import RelationshipView

PANG, GUNTER = person("Ruoming Pang"), person("Tom Gunter")
META, FACEBOOK, PLATFORMS = company("Meta"), company("Facebook"), company("Meta Platforms")
APPLE, BLOOMBERG, BLOOMBERG_NEWS = company("Apple"), company("Bloomberg"), company("Bloomberg News")

Dump = Callable[[], list[str]]


def stories() -> list[Story]:
    return [
        Story("a", outlet="Les Échos").says(PANG, "HIRED_BY", META),
        Story("b", outlet="Bloomberg")
        .says(PANG, "HIRED_BY", FACEBOOK, status=Status.HEDGED, attributed_to=BLOOMBERG)
        .says(GUNTER, "WORKED_AT", APPLE),
        Story("c", outlet="La Tribune")
        .says(GUNTER, "HIRED_BY", PLATFORMS, attributed_to=BLOOMBERG_NEWS)
        .says(PANG, "HIRED_BY", META)
        .says(PANG, "HIRED_BY", PLATFORMS),
        Story("d", outlet="Bloomberg").says(GUNTER, "HIRED_BY", FACEBOOK),
    ]


@pytest.fixture
def loaded(store: Store) -> Store:
    ingest(store, [story.item() for story in stories()])
    return store


def merge(store: Store, one: EntityRef, into: EntityRef) -> Decision:
    return merge_entities(store, entity_id(one), entity_id(into), reason="essai", decided_by="moi")


def fact_on(
    store: Store, subject: EntityRef, relation: str, object_: EntityRef
) -> RelationshipView:
    (fact,) = (
        each
        for each in relationships(store, entity_id(subject)).items
        if (each.type, each.object.id) == (relation, entity_id(object_))
    )
    return fact


def without_decisions(dump: list[str]) -> list[str]:
    return [line for line in dump if '"Decision"' not in line]


def test_merged_entities_share_one_fact_with_the_evidence_of_both(loaded: Store) -> None:
    merge(loaded, FACEBOOK, META)
    hire = fact_on(loaded, PANG, "HIRED_BY", META)
    assert (hire.claims, hire.sources) == (3, 3)


def test_claims_keep_the_names_of_their_articles(loaded: Store) -> None:
    merge(loaded, FACEBOOK, META)
    names = loaded.query(
        "MATCH (c:Claim)-[:OBJECT]->(:Company {id: $id}) RETURN DISTINCT c.object_name AS name "
        "ORDER BY name",
        {"id": entity_id(META)},
    ).rows
    assert names == [["Facebook"], ["Meta"]]


def test_a_merged_entity_is_found_by_its_old_id_and_its_old_name(loaded: Store) -> None:
    merge(loaded, FACEBOOK, META)
    assert get_entity(loaded, entity_id(FACEBOOK)).id == entity_id(META)
    assert search_entities(loaded, "facebook").items[0].id == entity_id(META)
    assert relationships(loaded, entity_id(FACEBOOK)).items == (
        relationships(loaded, entity_id(META)).items
    )


def test_undoing_a_decision_restores_the_graph(loaded: Store, dump: Dump) -> None:
    before = dump()
    decision = merge(loaded, FACEBOOK, META)
    assert without_decisions(dump()) != before
    undone = undo_decision(loaded, decision.id, undone_by="moi")
    assert (undone.in_force, undone.undone_by) == (False, "moi")
    assert without_decisions(dump()) == before


def test_decisions_can_be_undone_in_any_order(loaded: Store, dump: Dump) -> None:
    before = dump()
    first = merge(loaded, PLATFORMS, FACEBOOK)
    second = merge(loaded, FACEBOOK, META)
    assert get_entity(loaded, entity_id(PLATFORMS)).id == entity_id(META)
    undo_decision(loaded, first.id)
    assert get_entity(loaded, entity_id(PLATFORMS)).name == "Meta Platforms"
    undo_decision(loaded, second.id)
    assert without_decisions(dump()) == before


def test_loading_under_decisions_gives_the_graph_that_deciding_after_loading_gives(
    loaded: Store, dump: Dump
) -> None:
    merge(loaded, PLATFORMS, META)
    merge(loaded, BLOOMBERG_NEWS, BLOOMBERG)
    decided_after = dump()
    for story in stories():
        delete_article(loaded, story.item()[0].id)
    assert len(dump()) == 2
    ingest(loaded, [story.item() for story in reversed(stories())])
    assert dump() == decided_after


def test_merged_outlets_are_one_source(loaded: Store) -> None:
    merge(loaded, FACEBOOK, META)
    merge(loaded, PLATFORMS, META)
    assert fact_on(loaded, GUNTER, "HIRED_BY", META).sources == 2
    merge(loaded, BLOOMBERG_NEWS, BLOOMBERG)
    assert fact_on(loaded, GUNTER, "HIRED_BY", META).sources == 1


def test_the_time_of_loading_outlives_a_decision(loaded: Store) -> None:
    times = "MATCH (n:Article) RETURN n.id, n.loaded_at ORDER BY n.id"
    before = loaded.query(times).rows
    merge(loaded, FACEBOOK, META)
    assert loaded.query(times).rows == before


def test_an_article_that_is_loaded_again_stays_as_it_is(loaded: Store, dump: Dump) -> None:
    merge(loaded, FACEBOOK, META)
    before = dump()
    results = ingest(loaded, [story.item() for story in stories()])
    assert {result.outcome for result in results} == {"unchanged"}
    assert dump() == before


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (product("Llama 3"), product("Llama 4"), "differ by a number"),
        (product("Llama"), product("Llama 4"), "differ by a number"),
        (product("Meta"), META, "of one kind"),
        (META, META, "one entity already"),
    ],
)
def test_what_cannot_be_one_is_not_merged(
    store: Store, dump: Dump, one: EntityRef, other: EntityRef, message: str
) -> None:
    ingest(store, [Story("a").mentions(one).mentions(other).item()])
    before = dump()
    with pytest.raises(DecisionError, match=message):
        merge(store, one, other)
    assert dump() == before


def test_an_entity_that_is_not_there_cannot_be_merged(loaded: Store) -> None:
    with pytest.raises(NotFoundError, match="company-nobody"):
        merge_entities(loaded, "company-nobody", entity_id(META))
    with pytest.raises(NotFoundError, match="decision-x"):
        undo_decision(loaded, "decision-x")


def test_a_decision_is_undone_once(loaded: Store) -> None:
    decision = merge(loaded, FACEBOOK, META)
    undo_decision(loaded, decision.id)
    with pytest.raises(DecisionError, match="already"):
        undo_decision(loaded, decision.id)


def test_what_was_interrupted_is_finished_by_the_next_decision(
    loaded: Store, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = merge(loaded, FACEBOOK, META)
    finished = without_decisions(dump())
    undo_decision(loaded, expected.id)
    with monkeypatch.context() as broken:
        broken.setattr("graph.decisions._store_anew", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            merge(loaded, FACEBOOK, META)
    assert list_decisions(loaded)[0].pending
    assert finish(loaded) == 2
    assert without_decisions(dump()) == finished
    assert not any(decision.pending for decision in list_decisions(loaded))


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_the_log_keeps_who_decided_what_and_why(loaded: Store) -> None:
    decision = merge(loaded, FACEBOOK, META)
    (logged,) = list_decisions(loaded)
    assert logged == decision
    assert (logged.merged_name, logged.into_name) == ("Facebook", "Meta")
    assert (logged.reason, logged.decided_by) == ("essai", "moi")
