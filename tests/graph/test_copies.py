"""The same story twice: copies count as one source, in whatever order they come and go."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from dumps import dump_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import Story, company, person

from graph.decisions import merge_entities, undo_decision
from graph.ingest import delete_article, ingest
from graph.likeness import BANDS, alike, bands
from graph.model import Article, Reading
from graph.store import Store

Item = tuple[Article, Reading]
PANG, META = person("Ruoming Pang"), company("Meta")
WIRE = (
    "Il dirigeait depuis deux ans les équipes chargées des modèles de langue dans la maison de "
    "Cupertino, et rejoint en Californie une équipe montée au début de l'été par le fondateur du "
    "réseau social. Son départ, confirmé lundi par deux personnes au fait du dossier, ouvre une "
    "période incertaine pour ses anciens collègues, dont plusieurs auraient reçu des offres."
)
OTHER = (
    "Le conseil d'administration, réuni jeudi à Paris, a pris acte de la nouvelle sans faire de "
    "commentaire. Les syndicats demandent que les salariés soient entendus avant la fin du mois, "
    "tandis que les analystes s'attendent à une année difficile pour toute la branche en Europe."
)


def wire(
    id_: str, outlet: str | None = None, day: int | None = 8, text: str = WIRE, **more: object
) -> Item:
    """An article that says of Pang that Meta hired him, and then something else at length."""
    published = dt.date(2025, 7, day) if day else None
    story = Story(id_, published=published, outlet=outlet, **more)
    return story.says(PANG, "HIRED_BY", META, quote=f"Ruoming Pang rejoint Meta. {text}").item()


def hired(store: Store) -> dict[str, object]:
    (row,) = store.query("MATCH (:Person)-[f:HIRED_BY]->(:Company) RETURN f {.*} AS fact").rows
    return row[0]


def copies(store: Store) -> dict[str, str]:
    rows = store.query(
        "MATCH (a:Article) WHERE a.copy_of IS NOT NULL RETURN a.id, a.copy_of ORDER BY a.id"
    ).rows
    return {row[0]: row[1] for row in rows}


def reworded(text: str) -> str:
    """The text as another paper prints it: another first and last sentence."""
    return f"C'est un coup dur, écrit la presse. {text} L'entreprise n'a pas répondu."


def test_a_wire_that_papers_reprint_is_one_source_and_stays_as_many_articles(store: Store) -> None:
    ingest(
        store,
        [
            wire("le-monde", "Le Monde", 9, reworded(WIRE)),
            wire("afp", "AFP", 8),
            wire("ouest", "Ouest-France", 9, WIRE.replace("Cupertino", "la Californie")),
        ],
    )
    assert copies(store) == {"le-monde": "afp", "ouest": "afp"}
    assert (hired(store)["sources"], hired(store)["claims"]) == (1, 3)
    ingest(store, [wire("figaro", "Le Figaro", 10, OTHER)])
    assert hired(store)["sources"] == 2
    assert "figaro" not in copies(store)


def test_what_a_copy_says_in_its_own_name_is_its_original_s(store: Store) -> None:
    ingest(store, [wire("a", "AFP", 8), wire("b", "Le Monde", 9), wire("c", None, 9)])
    rows = store.query(
        "MATCH (c:Claim) RETURN c.article_id, c.source_key, c.relayed ORDER BY c.article_id"
    ).rows
    assert [list(row) for row in rows] == [
        ["a", "outlet:afp", False],
        ["b", "outlet:afp", True],
        ["c", "outlet:afp", True],
    ]


def test_copies_of_an_article_of_no_outlet_are_one_source(store: Store) -> None:
    ingest(store, [wire("a", None, 8), wire("b", None, None)])
    assert copies(store) == {"b": "a"}
    assert hired(store)["sources"] == 1


def test_a_copy_that_names_its_source_goes_by_that(store: Store) -> None:
    credited = wire("b", "Le Monde", 9, credited_source="Bloomberg")
    ingest(store, [wire("a", "AFP", 8), credited])
    assert hired(store)["sources"] == 2


def test_articles_of_one_address_are_one_source_whatever_their_text(store: Store) -> None:
    url = "https://le-fil.example/a"
    ingest(store, [wire("a", "AFP", 8, url=url), wire("b", "Le Fil", 9, OTHER, url=url)])
    assert copies(store) == {"b": "a"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_original_is_the_first_published_in_whatever_order_they_come(
    store: Store, order: tuple[int, ...]
) -> None:
    items = [wire("c", "AFP", 7), wire("a", "Le Monde", 8), wire("b", "Le Fil", None)]
    for number in order:
        ingest(store, [items[number]])
    assert copies(store) == {"a": "c", "b": "c"}
    assert hired(store)["sources"] == 1


def test_an_original_that_goes_or_changes_leaves_its_copies_to_the_next(store: Store) -> None:
    items = [wire("a", "AFP", 7), wire("b", "Le Monde", 8), wire("c", "Le Fil", 9)]
    ingest(store, items)
    ingest(store, [wire("a", "AFP", 7, OTHER)])
    assert copies(store) == {"c": "b"}
    assert hired(store)["sources"] == 2
    ingest(store, [items[0]])
    assert copies(store) == {"b": "a", "c": "a"}
    delete_article(store, "a")
    assert copies(store) == {"c": "b"}
    delete_article(store, "b")
    assert copies(store) == {}


def test_an_article_that_joins_two_clusters_makes_them_one(store: Store) -> None:
    url, first, second = "https://le-fil.example/a", wire("a", "AFP", 7), wire("b", "Le Fil", 8)
    ingest(store, [first, second])
    ingest(store, [wire("x", "Le Monde", 6, OTHER), wire("y", "Libé", 9, OTHER, url=url)])
    assert copies(store) == {"b": "a", "y": "x"}
    ingest(store, [wire("z", "Les Échos", 10, url=url)])
    assert copies(store) == {"a": "x", "b": "x", "y": "x", "z": "x"}
    delete_article(store, "z")
    assert copies(store) == {"b": "a", "y": "x"}


def test_a_decision_on_the_original_s_outlet_reaches_its_copies(store: Store) -> None:
    agency, name = company("AFP"), company("Agence France-Presse")
    own = Story("own", outlet="Agence France-Presse").says(PANG, "HIRED_BY", META).mentions(name)
    ingest(store, [wire("a", "AFP", 7), wire("b", "Le Monde", 8), own.mentions(agency).item()])
    assert hired(store)["sources"] == 2
    before = dump_of(store)
    decision = merge_entities(store, "company-afp", _id(name))
    assert hired(store)["sources"] == 1
    undo_decision(store, decision.id)
    assert [line for line in dump_of(store) if "Decision" not in line] == before


def _id(ref: object) -> str:
    from graph.identity import entity_id

    return entity_id(ref)  # type: ignore[arg-type]


TEXTS = st.sampled_from([WIRE, reworded(WIRE), WIRE.upper(), OTHER, reworded(OTHER), "Bref."])
ITEMS = st.builds(
    wire,
    st.sampled_from("abcd"),
    st.sampled_from([None, "AFP", "Le Monde"]),
    st.sampled_from([None, 7, 8]),
    TEXTS,
    url=st.sampled_from([None, None, "https://le-fil.example/a"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.lists(ITEMS, min_size=1, max_size=3) | st.sampled_from("abcd"), max_size=6),
    data=st.data(),
)
def test_copies_are_a_function_of_the_articles_stored(
    store: Store, steps: list[list[Item] | str], data: st.DataObject
) -> None:
    clear(store)
    left: dict[str, Item] = {}
    for step in steps:
        if isinstance(step, str):
            delete_article(store, step)
            left.pop(step, None)
        else:
            ingest(store, step)
            left |= {article.id: (article, reading) for article, reading in step}
    after = dump_of(store)
    clear(store)
    for item in data.draw(st.permutations(list(left.values()))):
        ingest(store, [item])
    assert dump_of(store) == after


def clear(store: Store) -> None:
    store.write(lambda transaction: transaction.run("store/clear"))


# Versions


def versions(store: Store) -> list[tuple[str, bool]]:
    rows = store.query(
        "MATCH (v:Version)-[:VERSION_OF]->(a:Article) "
        "RETURN v.text, v.replaced_at >= v.loaded_at ORDER BY v.replaced_at"
    ).rows
    return [(row[0], row[1]) for row in rows]


def test_a_corrected_article_keeps_its_earlier_texts_and_not_their_claims(store: Store) -> None:
    first = wire("a", "AFP", 8)
    second = Story("a", outlet="AFP").says(PANG, "WORKED_AT", META).item()
    third = Story("a", outlet="AFP").mentions(META).item()
    for item in (first, second, second, third):
        ingest(store, [item])
    assert versions(store) == [(first[0].text, True), (second[0].text, True)]
    assert store.query("MATCH (c:Claim) RETURN count(c)").rows[0][0] == 0


def test_another_reading_of_the_same_text_is_no_version(store: Store) -> None:
    article, reading = wire("a", "AFP", 8)
    ingest(store, [(article, reading)])
    ingest(store, [(article, reading.model_copy(update={"extractor": "by-hand-2"}))])
    assert versions(store) == []


def test_versions_stay_when_an_article_becomes_a_copy_and_go_with_it(store: Store) -> None:
    ingest(store, [wire("b", "Le Monde", 8, OTHER)])
    ingest(store, [wire("b", "Le Monde", 8)])
    ingest(store, [wire("a", "AFP", 7)])
    assert copies(store) == {"b": "a"}
    assert len(versions(store)) == 1
    delete_article(store, "b")
    assert store.query("MATCH (v:Version) RETURN count(v)").rows[0][0] == 0


# Likeness


def test_a_text_is_like_itself_with_another_headline_and_not_like_another() -> None:
    assert alike(WIRE, reworded(WIRE))
    assert not alike(WIRE, OTHER)
    assert not alike(WIRE, WIRE[: len(WIRE) // 2])


def test_short_texts_are_never_copies() -> None:
    assert not alike("Meta recrute Tom Gunter.", "Meta recrute Tom Gunter.")
    assert bands("Meta recrute.") == {}


def test_case_and_signs_make_no_difference() -> None:
    assert alike(WIRE, WIRE.upper().replace(",", " -"))
    assert bands(WIRE) == bands(WIRE.upper().replace(",", " -"))


@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(WIRE + one, one + WIRE) == alike(one + WIRE, WIRE + one)


@given(st.text(max_size=600))
def test_a_text_has_the_same_bands_each_time(text: str) -> None:
    assert bands(text) == bands(text)
    assert set(bands(text)) <= set(BANDS)


@given(st.data())
def test_texts_that_share_nearly_all_words_share_a_band(data: st.DataObject) -> None:
    words = [f"mot{number}" for number in range(300)]
    for _ in range(data.draw(st.integers(0, 5))):
        words[data.draw(st.integers(0, 299))] = "autre"
    text, original = " ".join(words), " ".join(f"mot{number}" for number in range(300))
    assert alike(text, original)
    assert set(bands(text).items()) & set(bands(original).items())
