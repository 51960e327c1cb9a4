"""Articles into the graph and out of it: outcomes, failures, hostile input, two writers at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backends import Backend
from child_processes import Child
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, company, person, product

from graph.connect import engine_store
from graph.engine import Engine
from graph.entities import MAX_ALIASES, display_aliases, display_name
from graph.errors import ArticleConflictError, IngestError
from graph.identity import claim_id, entity_id, fact_id
from graph.ingest import Outcome, delete_article, ingest
from graph.lookup import get_article
from graph.model import (
    MAX_NAME_LENGTH,
    Amount,
    Article,
    EntityRef,
    Kind,
    Reading,
    RelationType,
    VagueDate,
)
from graph.rows import LAYOUT
from graph.store import Store

GUNTER, PANG = person("Tom Gunter"), person("Ruoming Pang")
META, APPLE, BLOOMBERG = company("Meta"), company("Apple"), company("Bloomberg")
LOADED_AT = "MATCH (n) WHERE n.loaded_at IS NOT NULL RETURN n.id, n.loaded_at ORDER BY n.id"


def hire(id_: str, who: EntityRef = GUNTER, **fields: Any) -> Story:
    return Story(id_, **fields).says(who, "HIRED_BY", META)


def rows(store: Store, text: str, **parameters: Any) -> list[list[Any]]:
    return store.query(text, parameters).rows


def revision(store: Store) -> int:
    return int(store.read("store/state")[0]["revision"])


def facts(store: Store) -> dict[str, dict[str, Any]]:
    """What each fact displays, under a name like ``Tom Gunter HIRED_BY Meta``."""
    found = rows(
        store, "MATCH (a:Entity)-[f]->(b:Entity) RETURN a.name, type(f), b.name, properties(f)"
    )
    return {f"{a} {type_} {b}": properties for a, type_, b, properties in found}


def test_each_article_of_a_batch_has_its_outcome(store: Store) -> None:
    ingest(store, [hire("a").item(), hire("b").item()])
    batch = [
        hire("a").item(),
        hire("b", PANG).item(),
        hire("c").says(PANG, "WORKED_AT", APPLE).item(),
    ]
    results = ingest(store, batch)
    assert [(r.article_id, str(r.outcome), r.claims) for r in results] == [
        ("a", "unchanged", 1),
        ("b", "replaced", 1),
        ("c", "loaded", 2),
    ]


def test_no_articles_are_no_transaction(store: Store) -> None:
    before = revision(store)
    assert ingest(store, []) == []
    assert revision(store) == before


def test_an_article_is_stored_with_its_claims_and_entities(store: Store) -> None:
    story = Story(
        "a",
        title="Mercato",
        url="https://example.org/a",
        outlet="Le Monde",
        author="A. Dupont",
        origin="a.txt",
        credited_source="Bloomberg",
    ).says(
        GUNTER,
        "HIRED_BY",
        META,
        attributed_to=BLOOMBERG,
        status="reported",
        role="chercheur",
        amount=Amount(value=1e8, currency="USD", bound="at_least", purpose="package"),
        start=VagueDate(earliest=dt.date(2025, 7, 1), latest=dt.date(2025, 7, 8)),
        end=VagueDate(latest=dt.date(2026, 1, 1)),
        cues=("selon",),
        rule="recruter",
        confidence=0.75,
    )
    ingest(store, [story.item()])
    text = "Tom Gunter HIRED_BY Meta."
    [[article]] = rows(store, "MATCH (a:Article) RETURN properties(a)")
    assert len(article.pop("text_sha256")) == len(article.pop("content_sha256")) == 64
    assert article.pop("loaded_at")
    assert article == {
        "id": "a",
        "title": "Mercato",
        "url": "https://example.org/a",
        "outlet": "Le Monde",
        "author": "A. Dupont",
        "language": "fr",
        "published": "2025-07-08",
        "text": text,
        "origin": "a.txt",
        "credited_source": "Bloomberg",
        "source_key": "outlet:bloomberg",
        "extractor": "by-hand-1",
        "claim_count": 1,
        "layout": LAYOUT,
    }
    [[claim]] = rows(store, "MATCH (c:Claim) RETURN properties(c)")
    assert claim.pop("loaded_at")
    fact = fact_id(RelationType.HIRED_BY, "person-tom-gunter", "company-meta")
    assert claim == {
        "id": claim_id("a", fact, 0),
        "fact_id": fact,
        "type": "HIRED_BY",
        "subject_id": "person-tom-gunter",
        "subject_name": "Tom Gunter",
        "object_id": "company-meta",
        "object_name": "Meta",
        "attributed_id": "company-bloomberg",
        "attributed_name": "Bloomberg",
        "status": "reported",
        "role": "chercheur",
        "amount_value": 1e8,
        "amount_currency": "USD",
        "amount_bound": "at_least",
        "amount_purpose": "package",
        "start_earliest": "2025-07-01",
        "start_latest": "2025-07-08",
        "end_latest": "2026-01-01",
        "quote": text,
        "quote_start": 0,
        "quote_end": len(text),
        "cues": ["selon"],
        "rule": "recruter",
        "extractor": "by-hand-1",
        "confidence": 0.75,
        "published": "2025-07-08",
        "source_key": "outlet:bloomberg",
        "relayed": True,
        "article_id": "a",
        "position": 0,
    }
    ends = rows(store, "MATCH (:Claim)-[r]->(n) RETURN type(r), n.id ORDER BY type(r)")
    assert ends == [
        ["ATTRIBUTED_TO", "company-bloomberg"],
        ["OBJECT", "company-meta"],
        ["STATED_IN", "a"],
        ["SUBJECT", "person-tom-gunter"],
    ]
    mention = (
        "MATCH (:Article)-[m:MENTIONS]->(e:Person) RETURN m.name, m.surfaces, m.starts, m.ends"
    )
    assert rows(store, mention) == [["Tom Gunter", ["Tom Gunter"], [0], [10]]]


def one_of_each() -> Story:
    """An article with an entity of every kind and a claim of every relation."""
    of_kind = {kind: EntityRef(name=f"Une {kind}", kind=kind) for kind in Kind}
    story = Story("a")
    for relation in RelationType:
        subject = min(relation.domain)
        object_ = of_kind[min(relation.range)]
        story.says(EntityRef(name=f"Sujet {subject}", kind=subject), relation.value, object_)
    for ref in of_kind.values():
        story.mentions(ref)
    return story


def test_the_time_of_loading_is_known_with_its_zone(store: Store) -> None:
    before = dt.datetime.now(dt.UTC)
    ingest(store, [hire("a").item()])
    loaded_at = get_article(store, "a").loaded_at
    assert loaded_at.utcoffset() == dt.timedelta(0)
    assert before - dt.timedelta(milliseconds=1) <= loaded_at <= dt.datetime.now(dt.UTC)


def test_every_kind_and_every_relation_can_be_stored(store: Store) -> None:
    ingest(store, [one_of_each().item()])
    assert {row[0] for row in rows(store, "MATCH (:Entity)-[f]->(:Entity) RETURN type(f)")} == set(
        RelationType
    )
    labels = rows(store, "MATCH (e:Entity) WHERE e.name STARTS WITH 'Une' RETURN labels(e), e.kind")
    assert sorted(sorted(label) for label, _ in labels) == sorted(
        sorted(["Entity", kind]) for kind in Kind
    )


def test_loading_the_same_again_changes_nothing_at_all(
    store: Store, dump: Callable[[], list[str]]
) -> None:
    batch = [hire("a").item(), hire("b", PANG).item()]
    ingest(store, batch)
    before = (dump(), revision(store), rows(store, LOADED_AT))
    results = ingest(store, list(reversed(batch)))
    assert {result.outcome for result in results} == {Outcome.UNCHANGED}
    assert (dump(), revision(store), rows(store, LOADED_AT)) == before


def test_what_is_unchanged_in_a_batch_that_changes_is_left_alone(store: Store) -> None:
    ingest(store, [hire("a").item(), hire("b").item()])
    before = rows(store, LOADED_AT)
    ingest(store, [hire("a").item(), hire("b", PANG).item()])
    after = rows(store, LOADED_AT)
    changed = {row[0] for row in after if row not in before}
    assert [row for row in before if row[0] == "a"] == [row for row in after if row[0] == "a"]
    assert "b" in changed


@pytest.mark.parametrize(
    "corrected",
    [
        hire("a", title="Un autre titre"),
        hire("a", published=dt.date(2025, 7, 9)),
        Story("a").says(GUNTER, "HIRED_BY", META, status="hedged"),
        hire("a").mentions(META, "la firme"),
    ],
    ids=["title", "date", "reading", "text"],
)
def test_an_article_that_differs_in_anything_is_replaced(store: Store, corrected: Story) -> None:
    ingest(store, [hire("a").item()])
    before = revision(store)
    assert ingest(store, [corrected.item()])[0].outcome is Outcome.REPLACED
    assert revision(store) == before + 1
    assert ingest(store, [corrected.item()])[0].outcome is Outcome.UNCHANGED


def test_a_correction_takes_its_old_claims_facts_and_entities_away(store: Store) -> None:
    ingest(store, [hire("a").mentions(company("Oracle")).item(), hire("b").item()])
    ingest(store, [Story("a").says(PANG, "WORKED_AT", APPLE).item()])
    assert set(facts(store)) == {"Tom Gunter HIRED_BY Meta", "Ruoming Pang WORKED_AT Apple"}
    assert facts(store)["Tom Gunter HIRED_BY Meta"]["claims"] == 1
    names = [row[0] for row in rows(store, "MATCH (e:Entity) RETURN e.name ORDER BY e.name")]
    assert names == ["Apple", "Meta", "Ruoming Pang", "Tom Gunter"]


def test_deleting_an_article_leaves_what_others_support(
    store: Store, dump: Callable[[], list[str]]
) -> None:
    ingest(store, [hire("a", outlet="Le Monde").item()])
    before = dump()
    ingest(store, [hire("b", outlet="Reuters").says(PANG, "WORKED_AT", APPLE).item()])
    assert facts(store)["Tom Gunter HIRED_BY Meta"]["sources"] == 2
    assert delete_article(store, "b") is True
    assert dump() == before
    assert delete_article(store, "a") is True
    assert dump() == []


def test_deleting_an_article_that_is_not_there_changes_nothing(store: Store) -> None:
    before = revision(store)
    assert delete_article(store, "nowhere") is False
    assert revision(store) == before


def test_of_two_versions_in_one_batch_the_last_one_stays(store: Store) -> None:
    results = ingest(store, [hire("a").item(), hire("a", PANG).item(), hire("a", PANG).item()])
    assert [str(result.outcome) for result in results] == ["loaded", "replaced", "unchanged"]
    assert set(facts(store)) == {"Ruoming Pang HIRED_BY Meta"}


def test_another_text_from_another_place_is_a_conflict_when_nothing_may_be_replaced(
    store: Store, dump: Callable[[], list[str]]
) -> None:
    ingest(store, [hire("a", origin="one/a.txt").item()], replace=False)
    before = dump()
    other = [hire("b").item(), hire("a", PANG, origin="two/a.txt").item()]
    with pytest.raises(ArticleConflictError, match=r"'a'.*one/a\.txt.*two/a\.txt"):
        ingest(store, other, replace=False)
    assert dump() == before
    assert ingest(store, other)[1].outcome is Outcome.REPLACED


@pytest.mark.parametrize(
    "again",
    [hire("a", PANG, origin="one/a.txt"), hire("a", origin="two/a.txt", title="Titre")],
    ids=["another text from the same place", "the same text from another place"],
)
def test_a_correction_and_a_copy_are_no_conflict(store: Store, again: Story) -> None:
    ingest(store, [hire("a", origin="one/a.txt").item()])
    assert ingest(store, [again.item()], replace=False)[0].outcome is Outcome.REPLACED


def test_two_places_in_one_batch_are_a_conflict_too(store: Store) -> None:
    batch = [hire("a", origin="one").item(), hire("a", PANG, origin="two").item()]
    with pytest.raises(ArticleConflictError, match="'a'"):
        ingest(store, batch, replace=False)
    assert rows(store, "MATCH (a:Article) RETURN a.id") == []


def misread(article: Article, reading: Reading) -> tuple[Article, Reading]:
    return article.model_copy(update={"text": "Tout autre chose."}), reading


def of_another(article: Article, reading: Reading) -> tuple[Article, Reading]:
    return article, reading.model_copy(update={"article_id": "other"})


def half_a_character(article: Article, reading: Reading) -> tuple[Article, Reading]:
    return article.model_copy(update={"title": "\ud83e"}), reading


def no_value(article: Article, reading: Reading) -> tuple[Article, Reading]:
    return article.model_copy(update={"author": object()}), reading


@pytest.mark.parametrize("spoil", [misread, of_another, half_a_character, no_value])
def test_an_article_that_cannot_be_stored_is_named_and_nothing_of_its_batch_is_stored(
    store: Store, spoil: Callable[[Article, Reading], tuple[Article, Reading]]
) -> None:
    with pytest.raises(IngestError, match="article 'poisoned'"):
        ingest(store, [hire("fine").item(), spoil(*hire("poisoned").item())])
    assert rows(store, "MATCH (a:Article) RETURN a.id") == []


def test_a_batch_that_the_store_refuses_midway_leaves_nothing_behind(
    store: Store, tamper: Callable[..., None], dump: Callable[[], list[str]]
) -> None:
    ingest(store, [hire("before").item()])
    # The id that a claim of the batch is going to have is taken, which the store finds out only
    # after articles and entities of the batch were written.
    fact = fact_id(RelationType.WORKED_AT, entity_id(PANG), entity_id(APPLE))
    tamper("CREATE (:Claim {id: $id})", id=claim_id("poisoned", fact, 0))
    before = (dump(), revision(store))
    poisoned = Story("poisoned").says(PANG, "WORKED_AT", APPLE)
    batch = [hire("fine", outlet="Le Monde").item(), hire("before", PANG).item(), poisoned.item()]
    with pytest.raises(IngestError, match=r"batch of 3 articles .*'poisoned'"):
        ingest(store, batch)
    assert (dump(), revision(store)) == before
    with pytest.raises(IngestError, match=r"^article 'poisoned' could not be stored"):
        ingest(store, [poisoned.item()])
    assert ingest(store, batch[:2])[0].outcome is Outcome.LOADED


HOSTILE = [
    "Robert'); MATCH (n) DETACH DELETE n; //",
    "`}]->(x) SET x.id = 1 //",
    "$rows",
    "{id: 'company-meta'}",
    "<script>alert('é')</script>",
    "\"Double\" et 'simple' \\ barre",
    "🤗🇫🇷 Hugging Face 👩🏽‍💻",
    "北京字节跳动科技有限公司",
    "a‮b\u200bc",
    "Ligne\ndeux\tet tabulation",
    "N" * MAX_NAME_LENGTH,
    "é" * MAX_NAME_LENGTH,
    "-- 1=1",
    "null",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_stored_as_they_are(store: Store, name: str) -> None:
    victim = company(name)
    story = Story("a", title=name, author=name).says(GUNTER, "HIRED_BY", victim, role=name)
    ingest(store, [story.mentions(APPLE, name).item()])
    assert rows(store, "MATCH (e:Entity) RETURN count(e)") == [[3]]
    found = rows(
        store,
        "MATCH (e:Entity {id: $id})<-[:OBJECT]-(c)-[:STATED_IN]->(a) "
        "RETURN e.name, c.object_name, c.role, a.title, a.author, labels(e)",
        id=entity_id(victim),
    )
    labels = found[0].pop()
    assert found == [[name] * 5]
    assert sorted(labels) == ["Company", "Entity"]
    assert facts(store)[f"Tom Gunter HIRED_BY {name}"]["role"] == name


def test_an_article_of_ten_megabytes_is_stored_whole(store: Store) -> None:
    long = Article(id="long", text="Ünïcode 🤗 et du texte. " * 420_000)
    assert len(long.text.encode()) > 10_000_000
    ingest(store, [(long, Reading(article_id="long", extractor="none", skipped="too long"))])
    [[text]] = rows(store, "MATCH (a:Article {id: 'long'}) RETURN a.text")
    assert text == long.text


def test_a_batch_of_many_long_articles_is_stored(store: Store) -> None:
    text = "x" * 1_000_000
    batch = [
        (Article(id=f"{n}", text=text), Reading(article_id=f"{n}", extractor="none"))
        for n in range(70)
    ]
    ingest(store, batch)
    assert rows(store, "MATCH (a:Article) RETURN count(a), sum(size(a.text))") == [[70, 70_000_000]]


def test_a_claim_of_an_entity_with_itself_is_evidence_without_a_fact(store: Store) -> None:
    ingest(store, [Story("a").says(META, "PARTNERED_WITH", company("Meta Inc.")).item()])
    assert rows(store, "MATCH (c:Claim) RETURN c.subject_name, c.object_name") == [
        ["Meta", "Meta Inc."]
    ]
    assert facts(store) == {}


def test_a_partnership_named_from_both_sides_is_one_fact(store: Store) -> None:
    one = Story("a", outlet="Le Monde").says(META, "PARTNERED_WITH", APPLE)
    other = Story("b", outlet="Reuters").says(APPLE, "PARTNERED_WITH", META)
    ingest(store, [one.item(), other.item()])
    assert {name: fact["sources"] for name, fact in facts(store).items()} == {
        "Apple PARTNERED_WITH Meta": 2
    }


def test_claims_that_contradict_each_other_stay_side_by_side(store: Store) -> None:
    affirmed = hire("a", outlet="Bloomberg")
    denied = Story("b", outlet="Le Monde", published=dt.date(2025, 7, 9)).says(
        GUNTER, "HIRED_BY", META, status="denied"
    )
    ingest(store, [affirmed.item(), denied.item()])
    assert rows(store, "MATCH (c:Claim) RETURN c.status ORDER BY c.status") == [
        ["asserted"],
        ["denied"],
    ]
    fact = facts(store)["Tom Gunter HIRED_BY Meta"]
    assert (fact["status"], fact["contested"], fact["claims"]) == ("denied", True, 2)


def test_an_entity_is_displayed_by_the_name_that_most_articles_use(store: Store) -> None:
    def of(id_: str, name: str, *aliases: str) -> tuple[Article, Reading]:
        return Story(id_).mentions(company(name), *aliases).item()

    def displayed() -> list[Any]:
        return rows(store, "MATCH (e:Entity) RETURN e.name, e.aliases, e.search_text")[0]

    ingest(store, [of("1", "APPLE", "la firme")])
    assert displayed() == ["APPLE", ["la firme"], "apple"]
    ingest(store, [of("2", "Apple Inc.", "AAPL")])
    assert displayed() == ["Apple Inc.", ["AAPL", "la firme"], "apple inc aapl"]
    ingest(store, [of("3", "Apple", "La Firme"), of("4", "Apple")])
    assert displayed() == ["Apple", ["AAPL", "La Firme"], "apple aapl la firme"]
    delete_article(store, "2")
    assert displayed() == ["Apple", ["La Firme"], "apple la firme"]


def test_the_displayed_name_is_the_commonest_then_the_longest_then_the_first() -> None:
    assert display_name({"Apple": 2, "Apple Inc.": 1}) == "Apple"
    assert display_name({"Apple": 1, "Apple Inc.": 1}) == "Apple Inc."
    assert display_name({"META": 1, "Meta": 1}) == "META"


ALIASES = st.lists(st.sampled_from(["Zuck", "ZUCK", "zuck", "le patron", "Le patron", "Meta", "m"]))


@given(ALIASES, ALIASES, st.integers(0, 300))
def test_aliases_can_be_added_to_those_displayed(
    known: list[str], new: list[str], others: int
) -> None:
    known = [*known, *(f"Nom {n}" for n in range(others))]
    shown = display_aliases("Meta", Kind.COMPANY, known)
    assert display_aliases("Meta", Kind.COMPANY, [*shown, *new]) == display_aliases(
        "Meta", Kind.COMPANY, [*known, *new]
    )
    assert len(shown) <= MAX_ALIASES
    assert "Meta" not in shown


WRITER = """
from pathlib import Path
from stories import Story, company, person, product
from graph.ingest import ingest
from graph.rows import LAYOUT
from graph.connect import running_store
from graph.store import Store

name, data_dir, *address = sys.argv[2:]
with Store.connect(*address) if address else running_store(Path(data_dir)) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(12):
        story = Story(f"{name}-{number}", outlet=f"{name} {number}")
        story.says(person("Tom Gunter"), "HIRED_BY", company("Meta"))
        story.says(person(f"Personne {number}"), "WORKED_AT", company("Meta"))
        # One article that both write, each with words of its own.
        shared = Story("shared", outlet=name).says(person(name), "LEADS", company("Meta"))
        ingest(store, [story.item(), shared.item()])
"""


def test_two_processes_that_load_at_once_lose_nothing(
    backend: Backend, store: Store, tmp_path: Path
) -> None:
    _load_from_two_processes(store, tmp_path, "", backend.uri, *backend.admin)


def test_two_processes_that_take_turns_lose_nothing(
    engine: Engine, embedded: Backend, tmp_path: Path
) -> None:
    embedded.store.write(lambda transaction: transaction.run("store/clear"))
    _load_from_two_processes(embedded.store, tmp_path, engine.data_dir)


def _load_from_two_processes(store: Store, folder: Path, *where: object) -> None:
    tests = Path(__file__).parent.parent
    program = "sys.path.insert(0, sys.argv[1])\n" + WRITER
    with (
        Child(program, tests, "Un", *where, cwd=folder) as one,
        Child(program, tests, "Deux", *where, cwd=folder) as two,
    ):
        for child in (one, two):
            assert child.line() == "ready"
        for child in (one, two):
            child.tell()
        for child in (one, two):
            assert child.end() == (0, "", "")
    found = facts(store)
    hired = found["Tom Gunter HIRED_BY Meta"]
    assert (hired["sources"], hired["claims"], len(hired["claim_ids"])) == (24, 24, 24)
    assert found["Personne 11 WORKED_AT Meta"]["sources"] == 2
    assert rows(store, "MATCH (a:Article) RETURN count(a)") == [[25]]
    assert len([name for name in found if "LEADS" in name]) == 1


def test_loading_makes_no_types_in_the_engine(tmp_path: Path) -> None:
    # Two writers that make one at once fail.
    with Engine.start(tmp_path / "data", bolt_port=0) as fresh, engine_store(fresh) as store:
        store.apply_schema()
        schema = fresh.data_dir / "databases" / "mercato" / "schema.json"
        before = schema.read_text()
        ingest(store, [one_of_each().item()])
        assert schema.read_text() == before


def test_products_and_companies_of_one_name_are_two_entities(store: Store) -> None:
    ingest(store, [Story("a").says(company("Mistral"), "DEVELOPS", product("Mistral")).item()])
    assert set(facts(store)) == {"Mistral DEVELOPS Mistral"}
    assert rows(store, "MATCH (e:Entity) RETURN e.id ORDER BY e.id") == [
        ["company-mistral"],
        ["product-mistral"],
    ]
