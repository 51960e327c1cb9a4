"""Each form of content gives its articles, whatever the file is called."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import contents
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from contents import ADDRESS, HIRED, SPENT, TITLE
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Article
from loaders.sources import registry
from loaders.sources.files import SourceFailure, read_paths
from loaders.sources.inputs import Input
from loaders.sources.pdf import unwrap
from loaders.sources.registry import SHIPPED, source_of
from loaders.sources.source import Options
from loaders.urls import canonical_url, id_of_url

DAY = dt.date(2025, 7, 8)


def found_in(path: Path, **options: Any) -> list[Article]:
    found = list(read_paths([path], **options))
    assert all(isinstance(each, Article) for each in found), found
    return [each for each in found if isinstance(each, Article)]


def failures_in(path: Path, **options: Any) -> list[str]:
    return [
        each.message for each in read_paths([path], **options) if isinstance(each, SourceFailure)
    ]


def parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


CONTENTS: dict[str, bytes] = {
    "web page": contents.page().encode(),
    "feed": contents.rss((TITLE, ADDRESS, f"<p>{HIRED}</p><p>{SPENT}</p>")).encode(),
    "e-mail": contents.mail(),
    "PDF": contents.pdf(HIRED, SPENT),
    "web archive": contents.warc((ADDRESS, contents.page(), "text/html"), packed=False),
    "JSON lines": "\n".join(
        json.dumps({"text": text}) for text in (f"{HIRED} {SPENT}", SPENT)
    ).encode(),
    "CSV table": f'title,text,date\n"{TITLE}","{HIRED} {SPENT}",2025-07-08\n'.encode(),
    "text": f"{HIRED}\n{SPENT}\n".encode(),
}


@pytest.mark.parametrize("name", ["export", "export.dat", "export.txt.bak"])
@pytest.mark.parametrize("form", CONTENTS)
def test_a_form_is_told_by_its_content_and_not_by_a_name(
    tmp_path: Path, form: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(CONTENTS[form])
    assert source_of(Input.of_path(path, name)).name == form
    text = " ".join(article.text for article in found_in(path))
    assert "Anne Kessler, ancienne directrice technique de Doctolib" in text


@pytest.mark.parametrize("form", CONTENTS)
def test_every_form_may_be_compressed(tmp_path: Path, form: str) -> None:
    path = tmp_path / "export.gz"
    path.write_bytes(gzip.compress(CONTENTS[form]))
    plain = tmp_path / "export"
    plain.write_bytes(CONTENTS[form])
    assert [one.text for one in found_in(path)] == [one.text for one in found_in(plain)]


@pytest.mark.parametrize("form", [form for form in CONTENTS if form != "web archive"])
def test_every_form_comes_through_a_pipe(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export"
    path.write_bytes(CONTENTS[form])
    with path.open("rb") as piped:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": piped}))
        found = [each for each in read_paths(["-"]) if isinstance(each, Article)]
    assert [one.text for one in found] == [one.text for one in found_in(path)]
    assert found[0].origin in {"stdin", "stdin#1", "stdin#2"}


@pytest.mark.parametrize("form", CONTENTS)
@given(data=st.data())
def test_damage_to_a_content_is_reported_and_never_raised(form: str, data: st.DataObject) -> None:
    content = bytearray(CONTENTS[form])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    given_ = Input.of_bytes(bytes(content[:cut]), "export")
    from loaders.errors import LoaderError

    try:
        for _ in source_of(given_).records(given_, Options()):
            pass
    except LoaderError as error:
        assert str(error)


def test_a_page_gives_its_article_and_what_it_says_about_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(contents.page(), encoding="utf-8")
    (article,) = found_in(tmp_path)
    assert article.text.split("\n")[-2:] == [HIRED, SPENT]
    assert "Accueil" not in article.text
    assert "Mentions" not in article.text
    assert (article.id, article.title, article.outlet) == ("page", TITLE, "Le Fil")
    assert (article.author, article.url, article.published) == ("Jeanne Doe", ADDRESS, DAY)
    assert article.language == "fr"


def test_a_page_without_an_article_is_reported(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html><body></body></html>")
    assert failures_in(tmp_path) == [
        "no article was found in this page; if there is one, save its text as .txt"
    ]


def test_a_page_in_another_encoding_says_so_itself(tmp_path: Path) -> None:
    page = contents.page().replace("utf-8", "iso-8859-1")
    (tmp_path / "page.html").write_bytes(page.encode("iso-8859-1", "replace"))
    (article,) = found_in(tmp_path)
    assert HIRED in article.text


def test_a_feed_in_a_file_gives_what_its_entries_hold(tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_text(
        contents.rss(
            (TITLE, ADDRESS + "?utm_source=rss", f"<p>{HIRED}</p><p>{SPENT}</p>"),
            ("Vide", "https://le-fil.example/vide", ""),
            ("Simple", "https://le-fil.example/simple", SPENT),
        ),
        encoding="utf-8",
    )
    first, failure, second = read_paths([tmp_path])
    assert isinstance(first, Article)
    assert (first.id, first.title, first.outlet) == (ADDRESS, TITLE, "Le Fil")
    assert (first.published, first.text.split("\n")) == (DAY, [HIRED, SPENT])
    assert isinstance(failure, SourceFailure)
    assert failure.message.startswith("entry 2: it holds no text")
    assert isinstance(second, Article)
    assert second.text == SPENT


def test_xml_that_is_no_feed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.xml").write_text("<?xml version='1.0'?><settings><a/></settings>")
    (message,) = failures_in(tmp_path)
    assert message.startswith("it is neither a feed nor a sitemap")


def test_entities_of_a_sitemap_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    bomb = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "ha">{bomb}'
        f'<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/'
        "&l9;&x;</loc></url></urlset>"
    )
    given_ = Input.of_bytes(text.encode(), "sitemap.xml", url="https://a.example/sitemap.xml")
    from loaders.errors import ArticleError

    try:
        records = list(source_of(given_).records(given_, Options()))
    except ArticleError:
        return
    assert "secret" not in str(records)
    assert len(str(records)) < 2_000


def test_a_newsletter_has_its_subject_its_sender_and_its_day(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(contents.mail())
    (tmp_path / "b.eml").write_bytes(contents.mail(f"{HIRED}\r\n\r\n{SPENT}\r\n", kind="plain"))
    for article in found_in(tmp_path):
        assert (article.title, article.outlet) == (TITLE, "Le Fil du matin")
        assert article.published == DAY
        assert HIRED in article.text


def test_a_press_release_as_pdf_has_its_lines_joined(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        contents.pdf(
            "Mistral AI a recruté Anne Kessler, ancienne directrice technique de Doc-",
            "tolib, pour mener ses équipes d'ingénieurs à Paris. Selon l'entreprise, elle",
            "prendra ses fonctions en septembre.",
            "Contact presse : Jeanne Doe",
        )
    )
    (article,) = found_in(tmp_path)
    assert article.title == TITLE
    first, last = article.text.split("\n")
    assert "directrice technique de Doctolib, pour mener" in first
    assert first.endswith("elle prendra ses fonctions en septembre.")
    assert last == "Contact presse : Jeanne Doe"


def test_a_pdf_without_text_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(contents.pdf())
    (message,) = failures_in(tmp_path)
    assert "OCR" in message


@given(st.text(alphabet="abé -.\n", max_size=200))
def test_joining_lines_loses_no_letter(text: str) -> None:
    letters = [char for char in text if char.isalpha()]
    assert [char for char in unwrap(text) if char.isalpha()] == letters


def test_an_archive_gives_its_pages_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "news.warc.gz").write_bytes(
        contents.warc(
            (ADDRESS, contents.page(), "text/html"),
            ("https://le-fil.example/logo.png", b"\x89PNG", "image/png"),
            ("https://le-fil.example/vide", "<html><body></body></html>", "text/html"),
            (
                "https://le-fil.example/b",
                contents.page(title="B", first=SPENT, second=HIRED, address=None),
                "text/html",
            ),
        )
    )
    first, failure, last = read_paths([tmp_path])
    assert isinstance(first, Article)
    assert (first.id, first.outlet, first.published) == (ADDRESS, "Le Fil", DAY)
    assert isinstance(failure, SourceFailure)
    assert failure.message.startswith("record 3 (https://le-fil.example/vide): no article")
    assert isinstance(last, Article)
    assert last.id == "https://le-fil.example/b"


def test_the_text_of_a_page_in_an_archive_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "news.wet.gz").write_bytes(contents.wet(ADDRESS, f"{TITLE}\n{HIRED}\n{SPENT}"))
    (article,) = found_in(tmp_path)
    assert (article.id, article.title) == (ADDRESS, TITLE)


def test_a_gzip_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{HIRED} {n} {n * n}"}) + "\n" for n in range(2_000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    found = list(read_paths([tmp_path]))
    assert isinstance(found[-1], SourceFailure)
    assert "gzip compression is damaged" in found[-1].message
    assert sum(isinstance(each, Article) for each in found) > 100


def test_a_bomb_in_gzip_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 100_000_000))
    (message,) = failures_in(tmp_path, max_chars=1_000)
    assert "is too long for one article" in message


ROWS = [
    {"headline": TITLE, "body": f"{HIRED} {SPENT}", "date": "2025-07-08", "newspaper": "Le Fil"},
    {"headline": "Autre", "body": SPENT, "date": "2025-07-09", "newspaper": "Le Fil"},
]


def as_csv(path: Path, separator: str = ",") -> Path:
    lines = [separator.join(ROWS[0])]
    lines += [separator.join(f'"{cell}"' for cell in row.values()) for row in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_columns_of_a_table_are_guessed_and_shown(tmp_path: Path, separator: str) -> None:
    told: list[str] = []
    path = as_csv(tmp_path / "press.csv", separator)
    first, second = found_in(path, notice=told.append)
    assert (first.id, first.title, first.outlet) == ("press#2", TITLE, "Le Fil")
    assert (first.published, first.text) == (DAY, f"{HIRED} {SPENT}")
    assert second.published == dt.date(2025, 7, 9)
    assert told == [
        f"{path}: text from 'body', title from 'headline', outlet from 'newspaper', "
        "published from 'date'"
    ]


def test_a_parquet_table_gives_what_the_same_csv_gives(tmp_path: Path) -> None:
    rows = [{**row, "date": dt.date.fromisoformat(row["date"])} for row in ROWS]
    columnar = found_in(parquet(tmp_path / "press.parquet", rows))
    lines = found_in(as_csv(tmp_path / "press.csv"))
    assert [one.id for one in columnar] == ["press#1", "press#2"]
    same = ("text", "title", "outlet", "published")
    assert [[getattr(one, name) for name in same] for one in columnar] == [
        [getattr(one, name) for name in same] for one in lines
    ]


def test_the_user_says_which_column_is_which(tmp_path: Path) -> None:
    rows = [{"a": "x", "b": f"{HIRED} {SPENT}", "text": "Non."}]
    path = parquet(tmp_path / "press.parquet", rows)
    (article,) = found_in(path, columns={"text": "b", "title": "a"})
    assert (article.text, article.title) == (f"{HIRED} {SPENT}", "x")
    lines = tmp_path / "press.jsonl"
    lines.write_text(json.dumps(rows[0]))
    (article,) = found_in(lines, columns={"text": "b", "title": "a"})
    assert (article.text, article.title) == (f"{HIRED} {SPENT}", "x")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"text": "missing"}, "text: there is no column 'missing'; there are: headline, body"),
        ({"price": "body"}, "price: an article has no such field; it has id, text"),
    ],
)
def test_a_wrong_column_is_named(tmp_path: Path, columns: dict[str, str], says: str) -> None:
    (message,) = failures_in(as_csv(tmp_path / "a.csv"), columns=columns)
    assert message.startswith(says)


def test_a_table_without_a_text_says_how_to_name_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,price\nx,1\n")
    assert failures_in(tmp_path) == [
        "text: no column looks like it; name it with --map text=COLUMN, of: name, price"
    ]


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    rows = f'text,date\n"{HIRED}\n{SPENT}",2025-07-08\nx\n"{SPENT}",hier\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    article, short, undated = read_paths([tmp_path])
    assert isinstance(article, Article)
    assert article.text == f"{HIRED}\n{SPENT}"
    assert isinstance(short, SourceFailure)
    assert short.message == "line 4: it has 1 cells, and the first line names 2 columns"
    assert isinstance(undated, SourceFailure)
    assert undated.message.startswith("line 5: published: 'hier' is not a day")


def test_objects_with_names_of_their_own_are_understood(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    first, _ = found_in(tmp_path)
    assert (first.title, first.published) == (TITLE, DAY)


def test_an_article_of_many_is_known_by_its_address(tmp_path: Path) -> None:
    lines = [{"text": HIRED, "url": ADDRESS + "?xtor=RSS-1"}, {"text": SPENT, "url": ADDRESS}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert [one.id for one in found_in(tmp_path)] == [ADDRESS, ADDRESS]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/b?utm_source=x&utm_medium=y",
        "https://a.example/b?fbclid=123#haut",
        "https://A.example:443/b?xtor=RSS-3208",
        "https://a.example/b?at_medium=custom&at_campaign=1",
    ],
)
def test_what_only_tells_who_followed_a_link_is_no_part_of_an_address(url: str) -> None:
    assert canonical_url(url) == "https://a.example/b"
    assert id_of_url(url) == "https://a.example/b"


def test_the_id_of_a_long_address_is_cut_and_stays_its_own() -> None:
    first, second = (id_of_url(f"https://a.example/{'x' * 400}?id={n}") for n in (1, 2))
    assert len(first) == 300
    assert first != second


ADDED = """
from loaders.sources.source import Record


class Minutes:
    name = "minutes"

    def matches(self, given):
        return given.head.startswith(b"MINUTES")

    def records(self, given, options):
        for number, item in enumerate(given.text().split("%%")[1:], 1):
            title, _, text = item.strip().partition("\\n")
            yield Record({"title": title, "text": text}, str(number), f"item {number}")
            if "broken" in title:
                raise KeyError("oh")
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with a source of its own, installed beside mercato."""
    site = tmp_path / "site"
    info = site / "minutes-1.dist-info"
    info.mkdir(parents=True)
    (site / "minutes_source.py").write_text(ADDED)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: minutes\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[mercato.sources]\nminutes = minutes_source:Minutes\n")
    monkeypatch.syspath_prepend(str(site))
    registry.added_sources.cache_clear()
    yield tmp_path
    sys.modules.pop("minutes_source", None)
    registry.added_sources.cache_clear()


def test_a_package_may_add_a_source(added: Path) -> None:
    path = added / "conseil"
    path.write_text(f"MINUTES\n%% Un\n{HIRED}\n%% Deux\n{SPENT}\n")
    assert [(one.id, one.title) for one in found_in(path)] == [
        ("conseil#1", "Un"),
        ("conseil#2", "Deux"),
    ]


def test_a_fault_of_an_added_source_ends_one_file_and_says_whose_it_is(added: Path) -> None:
    (added / "press").mkdir()
    (added / "press" / "a.txt").write_text(f"MINUTES\n%% broken\n{HIRED}\n")
    (added / "press" / "b.txt").write_text(HIRED)
    first, failure, last = read_paths([added / "press"])
    assert isinstance(first, Article)
    assert isinstance(failure, SourceFailure)
    assert failure.message.startswith("the source 'minutes' failed on it: KeyError: 'oh'")
    assert isinstance(last, Article)


def test_a_source_that_cannot_be_imported_is_named(added: Path) -> None:
    (added / "site" / "minutes_source.py").write_text("import nothing_of_this_name\n")
    sys.modules.pop("minutes_source", None)
    (added / "a.txt").write_text(HIRED)
    (message,) = failures_in(added / "a.txt")
    assert message.startswith("the source 'minutes' (minutes_source:Minutes) cannot be used")


def test_every_source_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "loading.md").read_text(encoding="utf-8")
    assert [source.name for source in SHIPPED if f"| {source.name} |" not in page] == []
