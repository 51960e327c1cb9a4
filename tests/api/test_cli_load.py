"""Loading and reading on the command line: what is reported, what is passed over, what stays."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from child_processes import Child
from web_server import Site

from api.cli import ExitCode
from api.loading import load_articles
from api.reading import BATCH_ARTICLES, BATCH_CHARS, batches, with_next
from graph.errors import StoreError
from graph.lookup import get_article
from graph.model import Article, Reading
from graph.store import Store
from loaders.errors import ArticleError
from loaders.parallel import ParallelReader
from loaders.reader import default_reader
from loaders.sources.files import SourceFailure

ROOT = Path(__file__).resolve().parents[2]
HIRED = "Meta a recruté Mark Lee. Mark Lee travaillait chez Apple."
ENGLISH = "The company said on Monday that it would hire two more engineers for its new team."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good articles, one in English, one empty and one that is no text."""
    made = tmp_path / "press"
    made.mkdir()
    (made / "hired.txt").write_text(HIRED, encoding="utf-8")
    (made / "left.txt").write_text("Tom Gunter a quitté Apple pour Meta.", encoding="utf-8")
    (made / "english.txt").write_text(ENGLISH, encoding="utf-8")
    (made / "empty.txt").write_text("", encoding="utf-8")
    (made / "binary.txt").write_bytes(b"\x7fELF\x00\x00\x01")
    return made


def outcomes(done) -> dict[str, int]:
    """How many articles were loaded, replaced, unchanged and failed, where any were."""
    counts = done.data["articles"]
    assert list(counts) == ["loaded", "replaced", "unchanged", "failed"]
    return {outcome: count for outcome, count in counts.items() if count}


def test_a_folder_is_loaded_and_its_broken_files_are_reported(cli, folder: Path) -> None:
    done = cli("load", str(folder), "--json")
    assert done.code == ExitCode.FAILED
    assert outcomes(done) == {"failed": 2, "loaded": 3}
    assert done.data["claims"]["HIRED_BY"] == 2
    (reason,) = done.data["unread"]
    assert "en" in reason
    reported = [line for line in done.err.splitlines() if line.startswith("Error: ")]
    assert sorted(line.split(":")[1].split("/")[-1] for line in reported) == [
        "binary.txt",
        "empty.txt",
    ]
    assert len(cli("export").out.splitlines()) == 3


def test_the_summary_counts_claims_by_relation(cli, folder: Path) -> None:
    done = cli("load", str(folder / "hired.txt"))
    assert done.code == 0
    assert "HIRED_BY" in done.out
    assert "WORKED_AT" in done.out
    assert done.err == "Articles: 1 loaded.\n"


def test_several_processes_load_what_one_does(cli, folder: Path) -> None:
    done = cli("load", str(folder), "--json", "--processes", "2")
    assert outcomes(done) == {"failed": 2, "loaded": 3}
    assert done.data["claims"]["HIRED_BY"] == 2
    again = cli("load", str(folder), "--json", "--processes", "2")
    assert outcomes(again) == {"failed": 2, "unchanged": 3}


def test_a_reader_with_processes_is_given_the_next_batch_before_this_one_is_stored() -> None:
    given: list[int] = []

    def begun() -> Iterator[int]:
        for number in range(3):
            given.append(number)
            yield number

    with ParallelReader(1) as parallel:
        seen = [(number, list(given)) for number in with_next(parallel, begun())]
    assert seen == [(0, [0, 1]), (1, [0, 1, 2]), (2, [0, 1, 2])]
    given.clear()
    assert next(with_next(Refusing(), begun())) == 0
    assert given == [0]


def test_what_is_loaded_already_is_passed_over_without_being_read(
    cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("load", str(folder))
    before = cli("export").out

    def read_many(_: object, articles: Sequence[Article]) -> Iterator[Reading]:
        raise AssertionError(f"{[article.id for article in articles]} need not be read")

    monkeypatch.setattr(type(default_reader()), "read_many", read_many)
    done = cli("load", str(folder), "--json")
    assert outcomes(done) == {"failed": 2, "unchanged": 3}
    assert cli("export").out == before


def test_a_corrected_article_replaces_what_it_said(cli, folder: Path) -> None:
    cli("load", str(folder / "hired.txt"))
    (folder / "hired.txt").write_text("Google a recruté Mark Lee.", encoding="utf-8")
    done = cli("load", str(folder / "hired.txt"), "--json")
    assert outcomes(done) == {"replaced": 1}
    (line,) = cli("export").out.splitlines()
    assert [claim["object"] for claim in json.loads(line)["claims"]] == ["Google"]


def test_an_article_from_elsewhere_replaces_none_of_its_id_when_told_not_to(
    cli, folder: Path, tmp_path: Path
) -> None:
    cli("load", str(folder / "hired.txt"))
    before = cli("export").out
    (tmp_path / "hired.txt").write_text("Google a recruté Mark Lee.", encoding="utf-8")
    (tmp_path / "other.txt").write_text("Apple a recruté Tom Gunter.", encoding="utf-8")
    paths = [str(tmp_path / "hired.txt"), str(tmp_path / "other.txt")]
    done = cli("load", *paths, "--no-replace", "--json")
    assert done.code == ExitCode.FAILED
    assert outcomes(done) == {"failed": 1, "loaded": 1}
    assert "hired.txt" in done.err
    assert cli("export").out.startswith(before)
    assert outcomes(cli("load", *paths, "--json")) == {"replaced": 1, "unchanged": 1}


def test_an_article_longer_than_the_setting_is_refused(
    cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCATO_MAX_ARTICLE_CHARS", "20")
    done = cli("load", str(folder / "hired.txt"))
    assert done.code == ExitCode.FAILED
    assert "MERCATO_MAX_ARTICLE_CHARS" in done.err
    assert cli("export").out == ""


def test_a_path_that_is_not_there_is_reported(cli, tmp_path: Path) -> None:
    done = cli("load", str(tmp_path / "nothing"))
    assert done.code == ExitCode.FAILED
    assert "nothing: there is no such file or folder" in done.err


def test_columns_are_named_and_articles_come_through_a_pipe(
    offline_cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f'name,text,words\nUn,Rien.,"{HIRED}"\n', encoding="utf-8")
    with table.open("rb") as piped:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": piped}))
        done = offline_cli("read", "-", "--jsonl", "--map", "text=words", "--map", "title=name")
    assert done.code == 0
    assert "title from 'name'" in done.err
    assert json.loads(done.out)["claims"][0]["quote"] == "Meta a recruté Mark Lee."


@pytest.mark.parametrize("wrong", ["text", "=body", "text=", "price=body"])
def test_a_wrong_column_is_a_wrong_option(offline_cli, folder: Path, wrong: str) -> None:
    done = offline_cli("load", str(folder), "--map", wrong)
    assert done.code == ExitCode.USAGE
    assert "--map" in done.err


def test_a_watched_folder_is_loaded_as_it_changes(folder: Path, alone: dict[str, str]) -> None:
    program = """
from api.cli import main
main(["load", "--watch", sys.argv[1], "--json"])
"""
    redirected = "import os; os.dup2(1, 2)\n"
    with Child(redirected + program.strip(), folder, cwd=ROOT, env=alone) as child:
        said = until(child, "Watching")
        assert "Articles: 3 loaded, 2 failed." in said
        (folder / "below").mkdir()
        (folder / "below" / "new.txt").write_text("Google a recruté Tom Gunter.")
        until(child, "Articles: 1 loaded.")
        (folder / "hired.txt").write_text("Google a recruté Mark Lee.")
        until(child, "Articles: 1 replaced.")
        child.signal(signal.SIGINT)
        status, rest, _ = child.end()
    assert status == ExitCode.FAILED  # for the two that could not be read
    summary, _ = json.JSONDecoder().raw_decode(
        rest, rest.index("{")
    )  # where the failures are follows
    assert summary["articles"] == {
        **{"loaded": 4, "replaced": 1, "unchanged": 0},
        "failed": 2,
    }


def until(child: Child, words: str) -> str:
    """What it says up to the line with these words."""
    said = ""
    while words not in said:
        said += child.line() + "\n"
    return said


def test_a_feed_is_loaded_from_its_address_and_only_what_is_new(
    cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCATO_WEB_ALLOW", "127.0.0.1/32")
    monkeypatch.setenv("MERCATO_WEB_DELAY_S", "0")
    with Site() as site:
        page = f"<!doctype html><html><body><article><p>{HIRED} {HIRED}</p></article></body></html>"
        first, second = (site.page(path, page) for path in ("/a", "/b"))
        links = "".join(f"<item><link>{link}</link></item>" for link in (first, second))
        feed = site.page("/feed", f"<rss version='2.0'><channel>{links}</channel></rss>")
        assert outcomes(cli("load", feed, "--json")) == {"loaded": 2}
        assert outcomes(cli("load", feed, "--json")) == {"unchanged": 2}
        assert site.paths == ["/feed", "/a", "/b", "/feed"]
        read = cli("read", first, "--jsonl")
    assert json.loads(read.out)["id"] == first


def test_an_address_inside_a_network_is_refused(offline_cli) -> None:
    done = offline_cli("read", "http://127.0.0.1:9/")
    assert done.code == ExitCode.FAILED
    assert "MERCATO_WEB_ALLOW" in done.err


def test_what_failed_is_in_a_file_and_is_tried_again(cli, folder: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"text": HIRED}), "{"]
    (folder / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    errors = tmp_path / "errors.jsonl"
    done = cli("load", str(folder), "--errors", str(errors))
    assert "mercato load --retry-errors" in done.err
    head, *failures = map(json.loads, errors.read_text().splitlines())
    assert head == {"paths": [str(folder)], "columns": {}}
    names = [Path(each["source"]).name for each in failures]
    assert names == ["binary.txt", "empty.txt", "feed.jsonl"]
    assert failures[2]["message"].startswith("line 2: ")
    (folder / "empty.txt").write_text("Google a recruté Tom Gunter.", encoding="utf-8")
    (folder / "new.txt").write_text("Google a recruté Mark Lee.", encoding="utf-8")
    again = cli("load", "--retry-errors", "--errors", str(errors), "--json")
    # The line that was read before is unchanged; what nobody asked for is not looked at.
    assert outcomes(again) == {"failed": 2, "loaded": 1, "unchanged": 1}
    (folder / "binary.txt").write_text("Tom Gunter a quitté Apple.", encoding="utf-8")
    (folder / "feed.jsonl").write_text(lines[0], encoding="utf-8")
    last = cli("load", "--retry-errors", "--errors", str(errors), "--json")
    assert outcomes(last) == {"loaded": 1, "unchanged": 1}
    assert last.code == 0
    assert not errors.exists()
    assert "empty" in {json.loads(line)["id"] for line in cli("export").out.splitlines()}


def test_without_errors_there_is_nothing_to_try_again(offline_cli, tmp_path: Path) -> None:
    done = offline_cli("load", "--retry-errors")
    assert done.code == ExitCode.FAILED
    assert "no load has failed" in done.err
    (tmp_path / "e").write_text("[]\n")
    done = offline_cli("load", "--retry-errors", "--errors", str(tmp_path / "e"))
    assert done.code == ExitCode.FAILED
    assert "e, line 1: it is no list of failures" in done.err
    for wrong in (("load",), ("load", "--retry-errors", "x")):
        assert offline_cli(*wrong).code == ExitCode.USAGE


def test_a_model_reads_beside_the_frames(
    cli, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = [{"name": "Mark Lee", "kind": "Person"}, {"name": "Apple", "kind": "Company"}]
    silent = ("attributed_to", "role", "amount_value", "amount_currency", "amount_bound")
    silent += ("amount_for", "start_earliest", "start_latest", "end_earliest", "end_latest")
    said = {"subject": "Mark Lee", "relation": "LEADS", "object": "Apple", "status": "asserted"}
    quote = "Mark Lee travaillait chez Apple."
    claims = [{**dict.fromkeys(silent), **said, "quote": each} for each in (quote, "Inventé.")]
    answer = json.dumps({"entities": names, "claims": claims})
    choice = {"index": 0, "finish_reason": "stop", "message": {"content": answer}}
    usage = {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}
    done = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "usage": usage}
    with Site() as site:
        site.page(
            "/v1/chat/completions",
            json.dumps({**done, "choices": [choice]}),
            mime="application/json",
        )
        assert cli("read", str(folder / "hired.txt"), "--extractor", "llm").code == ExitCode.USAGE
        monkeypatch.setenv("MERCATO_LLM_URL", f"{site.url}/v1")
        monkeypatch.setenv("MERCATO_LLM_MODEL", "small")
        loaded = cli("load", str(folder / "hired.txt"), "--extractor", "both", "--json")
        again = cli("load", str(folder / "hired.txt"), "--extractor", "both", "--json")
    assert outcomes(loaded) == {"loaded": 1}
    assert outcomes(again) == {"unchanged": 1}
    assert "LEADS: 0 by both, 0 by the frames alone, 1 by the model alone" in loaded.err
    assert "Model: 1 request, 0 answers from the cache, 9 tokens in, 1 out." in loaded.err
    assert "Dropped: 1 with a quote that is not in the text." in loaded.err
    rows = cli("cypher", "MATCH (c:Claim) RETURN DISTINCT c.extractor AS e ORDER BY e", "--json")
    assert len(rows.data) == 2


def test_only_a_folder_can_be_watched(offline_cli, folder: Path) -> None:
    done = offline_cli("load", "--watch", str(folder / "hired.txt"))
    assert done.code == ExitCode.USAGE
    assert "--watch" in done.err


def test_reading_prints_a_line_for_each_article_and_touches_no_graph(
    offline_cli, folder: Path, tmp_path: Path
) -> None:
    done = offline_cli("read", str(folder), "--jsonl")
    assert done.code == ExitCode.FAILED  # for the two that cannot be read
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["id"] for line in lines] == ["english", "hired", "left"]
    assert all(list(line) == ["id", "entities", "claims"] for line in lines)
    assert {"name": "Mark Lee", "kind": "Person"} in lines[1]["entities"]
    keys = ["subject", "relation", "object", "role", "amount", "status", "attributed_to", "quote"]
    assert [list(claim) for claim in lines[1]["claims"]] == [keys] * len(lines[1]["claims"])
    assert [each.name for each in tmp_path.iterdir()] == ["press"]


def test_reading_prints_what_exporting_does(cli, folder: Path) -> None:
    cli("load", str(folder))
    assert cli("read", str(folder), "--jsonl").out == cli("export").out


def test_reading_shows_a_table(offline_cli, folder: Path) -> None:
    done = offline_cli("read", str(folder / "hired.txt"))
    assert done.code == 0
    assert done.out.startswith("hired ")
    assert "Mark Lee" in done.out
    assert "HIRED_BY" in done.out


def test_reading_does_not_start_java(folder: Path, alone: dict[str, str]) -> None:
    code = """
import sys
from api.cli import main
try:
    main(["read", sys.argv[1], "--jsonl"])
except SystemExit as end:
    assert end.code == 0
import jpype
assert not jpype.isJVMStarted()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "hired.txt")],
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "hired"


def articles(number: int) -> list[Article]:
    return [
        Article(id=f"a{each:04}", text=f"{HIRED} {each}", language="fr") for each in range(number)
    ]


class Refusing:
    """A reader that finds nothing, and refuses the articles of these ids."""

    name = "refusing-1"
    languages = ("fr",)

    def __init__(self, *refused: str) -> None:
        self.refused = refused

    def read(self, article: Article) -> Reading:
        if article.id in self.refused:
            raise ArticleError("this one cannot be read")
        return Reading(article_id=article.id, extractor=self.name)

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        return map(self.read, articles)


def test_an_article_that_cannot_be_read_fails_alone(store: Store) -> None:
    failures: list[SourceFailure] = []
    loaded = load_articles(store, articles(5), Refusing("a0002"), on_failure=failures.append)
    assert dict(loaded.outcomes) == {"failed": 1, "loaded": 4}
    assert failures == [SourceFailure("a0002", "this one cannot be read")]
    assert get_article(store, "a0003").extractor == "refusing-1"


def test_another_reader_reads_what_is_loaded_already(store: Store) -> None:
    load_articles(store, articles(2), Refusing())
    other = Refusing()
    other.name = "refusing-2"
    assert load_articles(store, articles(2), other).outcomes["replaced"] == 2


def test_a_request_to_stop_finishes_the_batch_under_way_and_the_next_load_goes_on(
    store: Store,
) -> None:
    many = articles(BATCH_ARTICLES * 2 + 5)
    loaded = load_articles(store, many, Refusing(), stop=lambda: True)
    assert loaded.stopped
    assert loaded.outcomes["loaded"] == BATCH_ARTICLES
    rest = load_articles(store, many, Refusing())
    assert not rest.stopped
    assert rest.outcomes["unchanged"] == BATCH_ARTICLES
    assert rest.outcomes["loaded"] == BATCH_ARTICLES + 5


def test_it_is_told_how_far_the_load_is(store: Store) -> None:
    seen: list[int] = []
    load_articles(
        store,
        [*articles(BATCH_ARTICLES + 1), SourceFailure("x", "broken")],
        Refusing(),
        on_batch=lambda loaded: seen.append(loaded.done),
    )
    assert seen == [BATCH_ARTICLES, BATCH_ARTICLES + 2]


def test_a_store_that_fails_ends_the_load(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr("api.loading.ingest", broken)
    with pytest.raises(StoreError, match="gone"):
        load_articles(store, articles(1), Refusing())


def test_a_batch_ends_when_it_is_long_enough() -> None:
    long = [Article(id=str(number), text="x" * (BATCH_CHARS // 2)) for number in range(5)]
    assert [len(batch) for batch in batches(long)] == [2, 2, 1]
    assert [len(batch) for batch in batches(articles(BATCH_ARTICLES + 1))] == [BATCH_ARTICLES, 1]
    assert list(batches([])) == []
