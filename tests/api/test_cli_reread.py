"""Reading stored articles again: what is read, what changes, and what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from stories import Story, company, person

from api import rereading
from api.cli import ExitCode
from api.loading import load_articles
from api.reading import BATCH_ARTICLES
from api.rereading import reread_articles
from graph.ingest import IngestResult, ingest
from graph.lookup import get_article
from graph.model import Article, Claim, Reading
from graph.store import Store
from loaders.errors import ArticleError
from loaders.sources.source import SourceFailure

LEE, GUNTER = person("Mark Lee"), person("Tom Gunter")
META, APPLE = company("Meta"), company("Apple")


class Newer:
    """A reader that finds in each article what it is told, and nothing in the others."""

    def __init__(self, name: str, **found: list[Claim]) -> None:
        self.name = name
        self.found = found
        self.refused: set[str] = set()
        self.read_ids: list[str] = []

    def read(self, article: Article) -> Reading:
        if article.id in self.refused:
            raise ArticleError("this one cannot be read")
        self.read_ids.append(article.id)
        claims = self.found.get(article.id, [])
        refs = dict.fromkeys(ref for claim in claims for ref in (claim.subject, claim.object))
        entities = tuple({"name": ref.name, "kind": ref.kind} for ref in refs)
        return Reading.model_validate(
            {
                "article_id": article.id,
                "extractor": self.name,
                "language": article.language,
                "entities": entities,
                "claims": claims,
            }
        )

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        return map(self.read, articles)


@pytest.fixture
def stored(store: Store) -> dict[str, list[Claim]]:
    """Three articles in the graph, as the first reader read them."""
    stories = {
        "a": Story("a").says(LEE, "HIRED_BY", META).says(LEE, "WORKED_AT", APPLE),
        "b": Story("b").says(GUNTER, "HIRED_BY", META),
        "c": Story("c").says(GUNTER, "WORKED_AT", APPLE),
    }
    items = [story.item() for story in stories.values()]
    claims = {article.id: list(reading.claims) for article, reading in items}
    load_articles(store, [article for article, _ in items], Newer("first-1", **claims))
    return claims


def test_what_is_new_gone_changed_and_the_same_is_counted(
    store: Store, stored: dict[str, list[Claim]]
) -> None:
    hired, worked = stored["a"]
    other = [hired.model_copy(update={"role": "chercheur"})]
    newer = Newer("second-1", a=other, b=stored["b"], c=stored["c"])
    done = reread_articles(store, newer)
    assert (done.read, done.changes.articles, done.changed_ids) == (3, 1, ["a"])
    assert dict(done.changes.changed) == {"HIRED_BY": 1}
    assert dict(done.changes.gone) == {worked.relation.value: 1}
    assert dict(done.changes.kept) == {"HIRED_BY": 1, "WORKED_AT": 1}
    assert dict(done.changes.added) == {}
    assert get_article(store, "a").claims[0].role == "chercheur"
    assert get_article(store, "a").extractor == "second-1"


def test_what_the_reader_has_read_already_is_left_alone(
    store: Store, stored: dict[str, list[Claim]]
) -> None:
    newer = Newer("second-1", **stored)
    reread_articles(store, newer)
    assert newer.read_ids == ["a", "b", "c"]
    assert reread_articles(store, newer).read == 0
    assert newer.read_ids == ["a", "b", "c"]


def test_a_batch_whose_answer_was_lost_is_counted_as_stored(
    store: Store, stored: dict[str, list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ingest_twice(store: Store, pairs: Sequence[tuple[Article, Reading]]) -> list[IngestResult]:
        ingest(store, pairs)  # as when the connection breaks before it says so
        return ingest(store, pairs)

    monkeypatch.setattr(rereading, "ingest", ingest_twice)
    done = reread_articles(store, Newer("second-1", a=stored["a"], c=stored["c"]))
    assert (done.read, done.changed_ids) == (3, ["b"])
    assert dict(done.changes.gone) == {"HIRED_BY": 1}


def test_an_article_that_fails_keeps_what_it_has(
    store: Store, stored: dict[str, list[Claim]]
) -> None:
    newer = Newer("second-1")
    newer.refused = {"b"}
    failures: list[SourceFailure] = []
    done = reread_articles(store, newer, on_failure=failures.append)
    assert (done.read, done.failed, len(failures)) == (2, 1, 1)
    assert len(get_article(store, "b").claims) == 1
    assert len(get_article(store, "a").claims) == 0


def test_only_what_was_loaded_since_a_day_is_read(
    store: Store, stored: dict[str, list[Claim]]
) -> None:
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    assert reread_articles(store, Newer("second-1"), since=tomorrow).read == 0
    yesterday = tomorrow - dt.timedelta(days=2)
    assert reread_articles(store, Newer("second-1"), since=yesterday).read == 3


def test_a_request_to_stop_ends_after_a_batch_and_the_next_call_goes_on(store: Store) -> None:
    many = [Article(id=f"a{n:03}", text=f"Bref {n}.") for n in range(BATCH_ARTICLES + 3)]
    load_articles(store, many, Newer("first-1"))
    done = reread_articles(store, Newer("second-1"), stop=lambda: True)
    assert (done.read, done.stopped) == (BATCH_ARTICLES, True)
    assert reread_articles(store, Newer("second-1")).read == 3


def test_the_commands_list_what_is_unread_and_read_it_again(cli, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text(
        "entries:\n  - {name: Kelvoria, kind: Company}\n", encoding="utf-8"
    )
    (tmp_path / "english.txt").write_text(
        "The company said on Monday that it would hire two more engineers for its new team."
    )
    (tmp_path / "hired.txt").write_text("Meta a recruté Mark Lee.", encoding="utf-8")
    cli("load", str(tmp_path / "english.txt"), str(tmp_path / "hired.txt"))
    (row,) = cli("unread", "--json").data
    assert (row["id"], row["language"]) == ("english", "en")
    assert "english" in cli("unread").out
    assert cli("reread").err == "Articles: 0 read again, 0 with other claims.\n"
    again = cli("reread", "--gazetteer", str(tmp_path / "names.yaml"), "--json")
    assert again.code == ExitCode.DONE
    assert (again.data["read"], again.data["changed"]) == (2, [])
    assert again.data["claims"]["HIRED_BY"] == {"new": 0, "gone": 0, "changed": 0, "same": 1}
