"""Whatever is loaded, corrected and deleted in whatever order, only what is stored now counts."""

from __future__ import annotations

import datetime as dt

import pytest
from dumps import dump_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import Story, company, organization, person, product

from graph.export import iter_export, reading_to_json
from graph.facts import rebuild_facts
from graph.ingest import delete_article, ingest
from graph.model import Amount, Article, Reading, Status, VagueDate
from graph.store import Store

Item = tuple[Article, Reading]

PANG, LOUD_PANG, ZUCKERBERG = (
    person(name) for name in ("Ruoming Pang", "RUOMING PANG", "Mark Zuckerberg")
)
META, LOUD_META, META_INC, APPLE = (
    company(name) for name in ("Meta", "META", "Meta Inc.", "Apple")
)
ENTITIES = [PANG, LOUD_PANG, META, LOUD_META, META_INC, organization("Meta"), product("Llama 4")]

# Few facts, so that articles often speak of the same one, each under several spellings; a
# partnership from both ends, and one of an entity with itself.
SIGNATURES = [
    (PANG, "HIRED_BY", META),
    (LOUD_PANG, "HIRED_BY", LOUD_META),
    (PANG, "HIRED_BY", META_INC),
    (META, "PARTNERED_WITH", APPLE),
    (APPLE, "PARTNERED_WITH", LOUD_META),
    (META, "PARTNERED_WITH", META_INC),
    (organization("Meta"), "PART_OF", META),
]
DAYS = st.none() | st.dates(dt.date(2025, 7, 1), dt.date(2025, 7, 3))
DATES = st.none() | st.builds(
    VagueDate, earliest=st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 5))
)
CLAIMS = st.fixed_dictionaries(
    {
        "signature": st.sampled_from(SIGNATURES),
        "status": st.sampled_from(list(Status)),
        "attributed_to": st.none() | st.sampled_from([APPLE, ZUCKERBERG]),
        "role": st.none() | st.sampled_from(["PDG", "chercheur"]),
        "amount": st.none()
        | st.builds(Amount, value=st.sampled_from([1e6, 2.5]), currency=st.just("USD")),
        "start": DATES,
        "end": DATES,
    }
)
MENTIONS = st.tuples(st.sampled_from(ENTITIES), st.sampled_from(["Zuck", "le groupe", "Le groupe"]))


@st.composite
def items(draw: st.DrawFn) -> Item:
    story = Story(
        draw(st.sampled_from("abc")),
        published=draw(DAYS),
        outlet=draw(st.sampled_from([None, "Le Monde", "Apple Inc."])),
        credited_source=draw(st.sampled_from([None, "Le Monde"])),
    )
    for claim in draw(st.lists(CLAIMS, max_size=4)):
        story.says(*claim["signature"], **{k: v for k, v in claim.items() if k != "signature"})
    for ref, alias in draw(st.lists(MENTIONS, max_size=2)):
        story.mentions(ref, alias)
    return story.item()


STEPS = st.lists(
    st.lists(items(), min_size=1, max_size=3) | st.sampled_from("abc"), min_size=1, max_size=6
)


@pytest.mark.timeout(900)  # a failing example takes long to be made small
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, data=st.data())
def test_the_graph_is_a_function_of_the_articles_stored(
    store: Store, steps: list[list[Item] | str], data: st.DataObject
) -> None:
    clear(store)
    surviving: dict[str, Item] = {}
    for step in steps:
        if isinstance(step, str):
            assert delete_article(store, step) == (step in surviving)
            surviving.pop(step, None)
        else:
            ingest(store, step)
            surviving.update((article.id, (article, reading)) for article, reading in step)

    after_all_steps = dump_of(store)
    assert list(iter_export(store)) == [
        reading_to_json(*surviving[id_]) for id_ in sorted(surviving)
    ]
    rebuild_facts(store)
    assert dump_of(store) == after_all_steps

    clear(store)
    for item in data.draw(st.permutations(list(surviving.values()))):
        ingest(store, [item])
    assert dump_of(store) == after_all_steps


def clear(store: Store) -> None:
    store.write(lambda transaction: transaction.run("store/clear"))
