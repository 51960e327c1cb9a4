from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import Story, company, person

import graph.path_edges
from graph.errors import ModelError, NotFoundError, PathSearchError
from graph.identity import entity_id
from graph.ingest import ingest
from graph.model import EntityRef, RelationType, Status, VagueDate
from graph.paths import PathOrder, find_paths
from graph.store import Store
from graph.times import When
from graph.views import Direction, PathsView

META, APPLE, GOOGLE, OPENAI, SCALE = (
    company(name) for name in ("Meta", "Apple", "Google", "OpenAI", "Scale AI")
)
GUNTER, PANG, LEE = person("Tom Gunter"), person("Ruoming Pang"), person("Mark Lee")

Edge = tuple[EntityRef, str, EntityRef, Status]


def tell(store: Store, *edges: tuple[EntityRef, str, EntityRef] | Edge) -> None:
    story = Story("all")
    for subject, relation, object_, *status in edges:
        story.says(subject, relation, object_, status=status[0] if status else Status.ASSERTED)
    ingest(store, [story.item()])


def find(store: Store, a: EntityRef, b: EntityRef, **more: object) -> PathsView:
    return find_paths(store, entity_id(a), entity_id(b), **more)  # type: ignore[arg-type]


def names(found: PathsView) -> list[list[str]]:
    return [[entity.name for entity in path.entities] for path in found.paths]


def test_a_path_goes_over_relationships_in_either_direction(store: Store) -> None:
    tell(store, (GUNTER, "WORKED_AT", APPLE), (PANG, "WORKED_AT", APPLE), (PANG, "HIRED_BY", META))
    (path,) = find(store, GUNTER, META).paths
    assert path.length == 3
    assert [
        (step.origin.name, step.direction, step.relationship.type, step.target.name)
        for step in path.steps
    ] == [
        ("Tom Gunter", Direction.OUT, "WORKED_AT", "Apple"),
        ("Apple", Direction.IN, "WORKED_AT", "Ruoming Pang"),
        ("Ruoming Pang", Direction.OUT, "HIRED_BY", "Meta"),
    ]
    assert path.steps[1].quote == "Ruoming Pang WORKED_AT Apple."
    assert path.steps[1].article is not None
    assert path.steps[1].article.id == "all"


def test_a_partnership_is_walked_without_direction(store: Store) -> None:
    tell(store, (META, "PARTNERED_WITH", APPLE))
    for one, other in ((META, APPLE), (APPLE, META)):
        (path,) = find(store, one, other).paths
        assert path.steps[0].direction is Direction.BOTH
        assert [entity.name for entity in path.entities] == [one.name, other.name]


def test_every_path_of_the_shortest_length_is_found_and_no_longer_one(store: Store) -> None:
    tell(
        store,
        (GUNTER, "WORKED_AT", APPLE),
        (APPLE, "INVESTED_IN", META),
        (GUNTER, "WORKED_AT", GOOGLE),
        (GOOGLE, "INVESTED_IN", META),
        (GUNTER, "WORKED_AT", OPENAI),
        (OPENAI, "INVESTED_IN", SCALE),
        (SCALE, "INVESTED_IN", META),
    )
    found = find(store, GUNTER, META)
    assert sorted(names(found)) == [
        ["Tom Gunter", "Apple", "Meta"],
        ["Tom Gunter", "Google", "Meta"],
    ]
    assert not found.truncated
    few = find(store, GUNTER, META, limit=1)
    assert len(few.paths) == 1
    assert few.truncated


def test_what_is_denied_is_no_step_unless_it_is_asked_for(store: Store) -> None:
    tell(
        store,
        (GUNTER, "HIRED_BY", META, Status.DENIED),
        (GUNTER, "WORKED_AT", APPLE, Status.HEDGED),
        (APPLE, "INVESTED_IN", META),
    )
    assert names(find(store, GUNTER, META)) == [["Tom Gunter", "Apple", "Meta"]]
    assert names(find(store, GUNTER, META, statuses=list(Status))) == [["Tom Gunter", "Meta"]]
    assert names(find(store, GUNTER, META, statuses=[Status.ASSERTED])) == []


def test_only_the_types_that_are_asked_for_are_steps(store: Store) -> None:
    tell(
        store,
        (META, "ACQUIRED", SCALE),
        (META, "INVESTED_IN", APPLE),
        (APPLE, "INVESTED_IN", SCALE),
    )
    assert names(find(store, META, SCALE)) == [["Meta", "Scale AI"]]
    over = find(store, META, SCALE, types=[RelationType.INVESTED_IN])
    assert names(over) == [["Meta", "Apple", "Scale AI"]]


def test_of_parallel_relationships_a_step_shows_the_surest_and_counts_the_others(
    store: Store,
) -> None:
    tell(
        store,
        (GUNTER, "WORKED_AT", META, Status.REPORTED),
        (GUNTER, "HIRED_BY", META),
        (GUNTER, "LEADS", META, Status.PLANNED),
        (GUNTER, "FOUNDED", META, Status.DENIED),
    )
    (path,) = find(store, GUNTER, META).paths
    assert (path.steps[0].relationship.type, path.steps[0].parallel) == ("HIRED_BY", 2)


def test_surer_and_better_sourced_paths_come_first(store: Store) -> None:
    def path_over(firm: EntityRef, status: Status) -> list[Edge]:
        return [(GUNTER, "WORKED_AT", firm, status), (firm, "INVESTED_IN", META, status)]

    tell(
        store,
        *path_over(APPLE, Status.HEDGED),
        *path_over(OPENAI, Status.ASSERTED),
        *path_over(GOOGLE, Status.ASSERTED),
    )
    more = Story("more", outlet="Le Monde").says(GUNTER, "WORKED_AT", OPENAI)
    ingest(store, [more.item()])
    assert [middle for _, middle, _ in names(find(store, GUNTER, META))] == [
        "OpenAI",
        "Google",
        "Apple",
    ]


def test_the_quote_of_a_step_has_the_status_of_its_relationship(store: Store) -> None:
    story = (
        Story("a")
        .says(GUNTER, "HIRED_BY", META, status=Status.HEDGED, quote="Tom Gunter irait chez Meta.")
        .says(GUNTER, "HIRED_BY", META, quote="Meta a recruté Tom Gunter.", confidence=0.5)
    )
    ingest(store, [story.item()])
    (path,) = find(store, GUNTER, META).paths
    step = path.steps[0]
    expected = {
        Status.ASSERTED: "Meta a recruté Tom Gunter.",
        Status.HEDGED: "Tom Gunter irait chez Meta.",
    }
    assert step.quote == expected[step.relationship.status]


def test_a_path_longer_than_asked_for_is_not_found(store: Store) -> None:
    tell(
        store,
        (META, "INVESTED_IN", APPLE),
        (APPLE, "INVESTED_IN", GOOGLE),
        (GOOGLE, "INVESTED_IN", SCALE),
    )
    assert find(store, META, SCALE, max_length=2).paths == []
    assert find(store, META, SCALE, max_length=3).paths[0].length == 3


def test_entities_that_nothing_connects_have_no_path_though_one_article_mentions_both(
    store: Store,
) -> None:
    tell(store, (GUNTER, "WORKED_AT", APPLE), (META, "INVESTED_IN", SCALE))
    found = find(store, GUNTER, META)
    assert found.paths == []
    assert (found.origin.name, found.target.name) == ("Tom Gunter", "Meta")


def test_both_ends_must_be_there_and_differ(store: Store) -> None:
    tell(store, (GUNTER, "WORKED_AT", APPLE))
    with pytest.raises(ModelError, match="two different"):
        find(store, GUNTER, GUNTER)
    for one, other in ((GUNTER, META), (META, GUNTER)):
        with pytest.raises(NotFoundError, match="company-meta"):
            find(store, one, other)


def test_a_search_that_looks_at_too_much_gives_up_with_a_message(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story("hub").says(GUNTER, "WORKED_AT", META)
    for number in range(20):
        story.says(META, "INVESTED_IN", company(f"Start-up {number}"))
    story.says(company("Start-up 3"), "INVESTED_IN", APPLE).says(LEE, "LEADS", APPLE)
    ingest(store, [story.item()])
    assert find(store, GUNTER, LEE).paths
    monkeypatch.setattr(graph.path_edges, "MAX_RELATIONSHIPS", 10)
    with pytest.raises(PathSearchError, match="shorter paths"):
        find(store, GUNTER, LEE)


NODES = [company(name) for name in "ABCDEFG"]
GRAPHS = st.lists(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(["INVESTED_IN", "PARTNERED_WITH", "USES"]),
        st.sampled_from(NODES),
        st.sampled_from([Status.ASSERTED, Status.HEDGED, Status.DENIED]),
    ).filter(lambda edge: edge[0] != edge[2]),
    min_size=1,
    max_size=14,
    # A relationship that is said twice may have another status than either claim.
    unique_by=lambda edge: (edge[1], frozenset({edge[0].name, edge[2].name})),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edges=GRAPHS, max_length=st.integers(1, 5))
def test_the_paths_are_those_that_trying_all_of_them_finds(
    store: Store, edges: list[Edge], max_length: int
) -> None:
    store.write(lambda transaction: transaction.run("store/clear"))
    tell(store, *edges)
    known = {ref for edge in edges for ref in (edge[0], edge[2])}
    start, goal = edges[0][0], edges[-1][2]
    if start == goal:
        goal = edges[0][2]
    assert {start, goal} <= known
    found = find(store, start, goal, max_length=max_length, limit=1000)
    by_hand = list(shortest_by_trying(edges, start.name, goal.name, max_length))
    assert sorted(names(found)) == sorted(by_hand)
    assert names(found) == names(find(store, start, goal, max_length=max_length, limit=1000))


def shortest_by_trying(
    edges: list[Edge], start: str, goal: str, max_length: int
) -> Iterator[list[str]]:
    joined = {
        pair
        for subject, _, object_, status in edges
        if status is not Status.DENIED
        for pair in ((subject.name, object_.name), (object_.name, subject.name))
    }
    level = [[start]]
    for _ in range(max_length):
        level = [
            [*path, after] for path in level for (before, after) in joined if before == path[-1]
        ]
        if any(path[-1] == goal for path in level):
            yield from (path for path in level if path[-1] == goal)
            return


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edges=GRAPHS, max_length=st.integers(1, 4))
def test_all_paths_up_to_a_length_are_those_that_trying_finds(
    store: Store, edges: list[Edge], max_length: int
) -> None:
    store.write(lambda transaction: transaction.run("store/clear"))
    tell(store, *edges)
    start, goal = edges[0][0], edges[0][2]
    by_hand = sorted(every_by_trying(edges, start.name, goal.name, max_length))
    for order in (PathOrder.ALL, PathOrder.CONFIDENCE, PathOrder.SOURCES):
        found = find(store, start, goal, order=order, max_length=max_length, limit=1000)
        assert sorted(names(found)) == by_hand
        assert not found.truncated
        if order is PathOrder.ALL:
            lengths = [path.length for path in found.paths]
            assert lengths == sorted(lengths)
        else:
            strengths = [path.strength or 0 for path in found.paths]
            assert strengths == sorted(strengths, reverse=True)


def every_by_trying(
    edges: list[Edge], start: str, goal: str, max_length: int
) -> Iterator[list[str]]:
    joined = {
        pair
        for subject, _, object_, status in edges
        if status is not Status.DENIED
        for pair in ((subject.name, object_.name), (object_.name, subject.name))
    }
    level = [[start]]
    for _ in range(max_length):
        level = [
            [*path, after]
            for path in level
            for (before, after) in joined
            if before == path[-1] and after not in path and path[-1] != goal
        ]
        yield from (path for path in level if path[-1] == goal)


def test_a_longer_path_that_is_read_or_sourced_better_comes_first(store: Store) -> None:
    ways = (
        Story("a", outlet="Le Monde")
        .says(GUNTER, "WORKED_AT", APPLE, confidence=0.3)
        .says(APPLE, "INVESTED_IN", META, confidence=0.9)
        .says(GUNTER, "WORKED_AT", GOOGLE, confidence=0.9)
        .says(GOOGLE, "INVESTED_IN", OPENAI, confidence=0.9)
        .says(OPENAI, "INVESTED_IN", META, confidence=0.9)
    )
    again = [
        Story(name, outlet=name)
        .says(GUNTER, "WORKED_AT", GOOGLE, confidence=0.1)
        .says(GOOGLE, "INVESTED_IN", OPENAI, confidence=0.1)
        .says(OPENAI, "INVESTED_IN", META, confidence=0.1)
        for name in ("Les Échos", "Le Figaro")
    ]
    ingest(store, [story.item() for story in (ways, *again)])
    short = ["Tom Gunter", "Apple", "Meta"]
    long = ["Tom Gunter", "Google", "OpenAI", "Meta"]
    assert names(find(store, GUNTER, META)) == [short]
    assert names(find(store, GUNTER, META, order=PathOrder.ALL)) == [short, long]
    surest = find(store, GUNTER, META, order=PathOrder.CONFIDENCE)
    assert names(surest) == [long, short]
    assert [path.strength for path in surest.paths] == pytest.approx([0.9**3, 0.27])
    sourced = find(store, GUNTER, META, order=PathOrder.SOURCES)
    assert names(sourced) == [long, short]
    assert [path.strength for path in sourced.paths] == pytest.approx([1.0, 0.5])


def test_a_path_goes_over_what_held_at_the_time_and_was_known_by_the_day(store: Store) -> None:
    early, late = dt.date(2025, 1, 1), dt.date(2025, 6, 1)
    ingest(
        store,
        [
            Story("early", published=early)
            .says(GUNTER, "WORKED_AT", APPLE, end=VagueDate(latest=early))
            .says(APPLE, "INVESTED_IN", META, status=Status.HEDGED)
            .item(),
            Story("late", published=late)
            .says(APPLE, "INVESTED_IN", META, quote="Apple entre au capital de Meta.")
            .says(GUNTER, "HIRED_BY", META, start=VagueDate(earliest=late))
            .item(),
        ],
    )
    every = find(store, GUNTER, META, order=PathOrder.ALL)
    assert [path.length for path in every.paths] == [1, 2]
    for order in PathOrder:
        known = find(store, GUNTER, META, order=order, when=When(known_at=early))
        (path,) = known.paths
        assert path.steps[1].relationship.status is Status.HEDGED
        assert path.steps[1].article
        assert path.steps[1].article.id == "early"
        for when, lengths in (
            (When(valid_from=late), [1]),
            (When(valid_to=early), [2]),
            (When(valid_from=late, known_at=late), [1]),
            (When(valid_from=late, known_at=early), []),
        ):
            found = find(store, GUNTER, META, order=order, when=when)
            assert [path.length for path in found.paths] == lengths
            assert all(step.relationship.held for path in found.paths for step in path.steps)
