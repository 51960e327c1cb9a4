"""Articles from files and folders."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Article
from loaders.article import ENDINGS
from loaders.sources.fields import FIELDS
from loaders.sources.files import SourceFailure, read_paths

FRENCH = "L'entreprise a recruté une ancienne dirigeante de la banque pour mener ce projet."


def _articles(*paths: Path | str) -> list[Article]:
    found = list(read_paths(paths))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def _ids(*paths: Path | str) -> list[str]:
    return [one.id for one in _articles(*paths)]


def test_a_text_file_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "001-banque.fr.txt"
    path.write_bytes(FRENCH.encode() + b"\r\n")
    (article,) = _articles(path)
    assert article == Article(
        id="001-banque", text=FRENCH + "\n", language="fr", origin=path.as_posix()
    )


def test_the_language_in_a_file_name_wins_over_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.en.txt").write_text(FRENCH)
    assert _articles(tmp_path)[0].language == "en"


def test_front_matter_gives_the_fields_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\nid: 007\ntitle: 'Oui : non'\noutlet: Le Fil\nauthor: A. Nonyme\n"
        "url: https://example.org/a\npublished: 2025-02-04\nlanguage: fr\ntags: [x, y]\n---\n"
        f"\n\n# Titre\n\n{FRENCH}\n---\nFin.\n"
    )
    (article,) = _articles(tmp_path)
    assert article.text == f"# Titre\n\n{FRENCH}\n---\nFin.\n"
    assert (article.id, article.title, article.outlet) == ("007", "Oui : non", "Le Fil")
    assert (article.author, article.url) == ("A. Nonyme", "https://example.org/a")
    assert (article.published, article.language) == (dt.date(2025, 2, 4), "fr")


def test_front_matter_reads_with_line_ends_of_other_systems(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(f"---\r\ntitle: T\r\n---\r\n{FRENCH}\r\n".encode())
    (article,) = _articles(tmp_path)
    assert (article.title, article.text) == ("T", FRENCH + "\n")


def test_a_markdown_file_needs_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FRENCH)
    assert _articles(tmp_path)[0].text == FRENCH


def test_a_text_file_may_have_front_matter_or_open_with_a_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"---\ntitle: T\n---\n{FRENCH}")
    (tmp_path / "b.txt").write_text(f"---\n{FRENCH}\n---\nFin.")
    (tmp_path / "c.txt").write_text(f"--- {FRENCH}")
    first, second, third = _articles(tmp_path)
    assert (first.title, first.text) == ("T", FRENCH)
    assert second.text == f"---\n{FRENCH}\n---\nFin."
    assert third.text == f"--- {FRENCH}"


def test_a_json_file_is_one_article_and_other_keys_are_ignored(tmp_path: Path) -> None:
    fields = {
        "id": "x",
        "lang": "fr",
        "title": "T",
        "published": "2025-02-04T14:11:00+01:00",
        "url": "https://example.org/x",
        "outlet": "Le Fil",
        "text": FRENCH,
        "entities": [{"name": "M"}],
        "claims": [],
        "source": {"deep": [1]},
    }
    (tmp_path / "file.json").write_text(json.dumps(fields))
    (article,) = _articles(tmp_path)
    assert (article.id, article.title, article.outlet) == ("x", "T", "Le Fil")
    assert (article.published, article.text) == (dt.date(2025, 2, 4), FRENCH)


def test_a_number_will_do_as_an_id_and_null_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"id": 42, "text": FRENCH, "title": None}))
    (tmp_path / "b.json").write_text(json.dumps({"id": None, "text": FRENCH, "published": ""}))
    assert _ids(tmp_path) == ["42", "b"]


def test_a_jsonl_file_is_an_article_for_each_line(tmp_path: Path) -> None:
    lines = [{"id": "one", "text": FRENCH}, {"text": FRENCH, "language": "en"}]
    (tmp_path / "feed.jsonl").write_text("\n\n".join(map(json.dumps, lines)) + "\n")
    first, second = _articles(tmp_path)
    assert (first.id, second.id) == ("one", "feed#3")
    assert second.language == "en"
    assert second.origin == f"{tmp_path / 'feed.jsonl'}#3"


def test_a_bad_line_of_a_jsonl_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps({"text": FRENCH}).encode()
    lines = [good, b"{", b"[]", b'{"text": 1}', b'{"text": "\xff"}', b'{"id": "x"}', good]
    (tmp_path / "feed.jsonl").write_bytes(b"\n".join(lines))
    found = list(read_paths([tmp_path]))
    assert [one.id for one in found if isinstance(one, Article)] == ["feed#1", "feed#7"]
    messages = [one.message for one in found if isinstance(one, SourceFailure)]
    assert [message.split(":")[0] for message in messages] == [f"line {n}" for n in range(2, 7)]
    assert "not valid JSON" in messages[0]
    assert "list" in messages[1]
    assert "text: it must be a string, not a number" in messages[2]
    assert "byte 10" in messages[3]
    assert 'it has no "text"' in messages[4]


def test_an_id_may_return_in_a_jsonl_file_as_a_correction(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": FRENCH}, {"id": "a", "text": FRENCH + " Enfin."}]
    (tmp_path / "feed.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert [one.text for one in _articles(tmp_path)] == [FRENCH, FRENCH + " Enfin."]


def test_folders_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", "c/d/e.md", "10.txt", "9.txt", "Z.txt", "é.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FRENCH)
    assert _ids(tmp_path) == ["10", "9", "Z", "a/z", "a", "b", "c/d/e", "é"]
    assert _ids(tmp_path) == _ids(tmp_path)


def test_only_articles_are_looked_for_in_a_folder(tmp_path: Path) -> None:
    names = ("a.TXT", ".hidden.txt", ".git/x.txt", "b.py", "c.png", "d.gold.json", "Makefile")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FRENCH)
    assert _ids(tmp_path) == ["a"]


def test_a_file_that_is_named_is_read_whatever_its_ending(tmp_path: Path) -> None:
    (tmp_path / "breve").write_text(FRENCH)
    (tmp_path / "export.dat").write_text(json.dumps({"id": "x", "text": FRENCH}))
    assert _ids(tmp_path / "breve", tmp_path / "export.dat") == ["breve", "x"]


def test_paths_may_be_strings_and_come_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH)
    (tmp_path / "b.txt").write_text(FRENCH)
    assert _ids(str(tmp_path / "b.txt"), tmp_path / "a.txt") == ["b", "a"]


def test_a_file_that_several_paths_lead_to_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(FRENCH)
    (tmp_path / "b.txt").symlink_to(tmp_path / "sub" / "a.txt")
    assert _ids(tmp_path, tmp_path / "sub", tmp_path / "sub" / "a.txt") == ["b"]


def test_linked_folders_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(FRENCH)
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "link").symlink_to(tmp_path / "real")
    assert _ids(tmp_path / "top") == ["link/a"]


def test_two_files_of_one_id_are_told_apart_from_a_file_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.fr.txt").write_text(FRENCH)
    (tmp_path / "a.md").write_text(FRENCH)
    article, failure = read_paths([tmp_path])
    assert isinstance(article, Article)
    assert isinstance(failure, SourceFailure)
    assert failure.path == str(tmp_path / "a.md")
    assert f"its id 'a' is that of {tmp_path / 'a.fr.txt'} already" in failure.message


def test_the_origin_is_the_same_from_every_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(FRENCH)
    whole = _articles(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert _articles("a.txt") == _articles(".") == whole


def test_articles_are_read_one_at_a_time_as_they_are_asked_for(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(FRENCH)
    stream = read_paths([tmp_path])
    assert isinstance(stream, Iterator)
    assert isinstance(next(stream), Article)
    (tmp_path / "1.txt").write_text("Changé entre-temps.")
    second = next(stream)
    assert isinstance(second, Article)
    assert second.text == "Changé entre-temps."


def test_lines_are_read_one_at_a_time_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    line = json.dumps({"text": FRENCH}) + "\n"
    path.write_text(line * 20_000)
    stream = read_paths([path])
    next(stream)
    with path.open("r+") as file:
        file.truncate(len(line) * 10_000)
    assert sum(1 for _ in stream) < 10_000


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_is_no_part_of_the_text(
    tmp_path: Path, bom: bytes, encoding: str
) -> None:
    (tmp_path / "a.txt").write_bytes(bom + FRENCH.encode(encoding))
    (tmp_path / "b.json").write_bytes(bom + json.dumps({"text": FRENCH}).encode(encoding))
    (tmp_path / "c.md").write_bytes(bom + f"---\ntitle: T\n---\n{FRENCH}".encode(encoding))
    assert [one.text for one in _articles(tmp_path)] == [FRENCH] * 3


def test_a_path_whose_name_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xe9t\xe9.txt"
    Path(os.fsdecode(path)).write_text(FRENCH)
    (article,) = _articles(tmp_path)
    assert article.id == "%E9t%E9"
    assert article.origin == f"{tmp_path}/\\xe9t\\xe9.txt"


def test_every_field_and_ending_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "loading.md").read_text()
    assert [word for word in (*FIELDS, *ENDINGS) if f"`{word}`" not in page] == []
