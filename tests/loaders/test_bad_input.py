"""What happens to input that is none: a failure that says why, and the next article."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import MAX_NAME_LENGTH, Article
from loaders.article import DEFAULT_MAX_CHARS
from loaders.reader import default_reader
from loaders.sources.files import SourceFailure, read_paths

FRENCH = "L'entreprise a recruté une ancienne dirigeante de la banque pour mener ce projet."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose last file is a good article: the stream must come as far."""
    (tmp_path / "zz-good.txt").write_text(FRENCH)
    return tmp_path


def _failure(folder: Path) -> str:
    """The message about the one bad file of the folder."""
    failure, good = read_paths([folder])
    assert isinstance(failure, SourceFailure), failure
    assert isinstance(good, Article)
    assert good.id == "zz-good"
    assert failure.path.startswith(str(folder))
    return failure.message


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json", "a.jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert _failure(folder).removeprefix("line 1: ") in ("it is empty", "it holds no text")


def test_front_matter_without_a_text(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: T\n---\n\n")
    assert _failure(folder) == "it holds no text"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), "binary file, not text: byte 7 is NUL"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "this PDF cannot be read"),
        (b"PK\x03\x04" + b"\x14\x00" * 20, "ZIP archive or an office document"),
        (b"\x1f\x8b\x08\x00rest", "its gzip compression is damaged"),
        (b"\x1f\x8b\x99 no gzip", "compressed with gzip"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0JFIF", "an image"),
        (bytes(range(128, 256)) + b"\0", "binary file, not text: byte 128 is NUL"),
    ],
)
def test_a_binary_file(folder: Path, content: bytes, says: str) -> None:
    (folder / "a.txt").write_bytes(content)
    assert says in _failure(folder)


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
def test_ten_megabytes_of_text(folder: Path, name: str) -> None:
    text = (FRENCH + "\n") * (10 * 2**20 // len(FRENCH.encode()) + 1)
    content = text if name == "a.txt" else json.dumps({"text": text})
    (folder / name).write_text(content)
    message = _failure(folder)
    assert "is too long for one article" in message
    assert f"the limit is {DEFAULT_MAX_CHARS:,} characters" in message
    assert "MERCATO_MAX_ARTICLE_CHARS" in message


def test_a_text_one_character_over_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("é" * 1_000)
    (tmp_path / "b.txt").write_text("é" * 1_001)
    good, failure = read_paths([tmp_path], max_chars=1_000)
    assert isinstance(good, Article)
    assert isinstance(failure, SourceFailure)
    assert failure.message.startswith("1,001 characters is too long")


def test_a_huge_file_is_refused_unread(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(10**12)
    assert "a file of 1,000,000,000,000 bytes is too long" in _failure(folder)


def test_a_huge_line_is_passed_over_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = json.dumps({"text": "Bref."})
    (tmp_path / "a.jsonl").write_text("x" * 3_000_000 + f"\n{good}\n" + "y" * 3_000_000)
    first, second, third = read_paths([tmp_path], max_chars=100)
    assert isinstance(first, SourceFailure)
    assert first.message.startswith("line 1: a line of more than")
    assert isinstance(second, Article)
    assert second.id == "a#2"
    assert isinstance(third, SourceFailure)
    assert third.message.startswith("line 3:")


def test_invalid_utf_8(folder: Path) -> None:
    (folder / "a.txt").write_bytes("Une salariée".encode("cp1252"))
    message = _failure(folder)
    assert "not valid UTF-8: byte 10 is 0xE9" in message
    assert "iconv -f WINDOWS-1252 -t UTF-8" in message


def test_the_byte_that_is_named_counts_the_byte_order_mark(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + "salariée".encode("cp1252"))
    assert "byte 9 is 0xE9" in _failure(folder)


def test_half_a_utf_16_file(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xff\xfe" + FRENCH.encode("utf-16-le")[:-1])
    assert f"not valid UTF-16-LE: byte {2 * len(FRENCH)} is" in _failure(folder)


def test_a_jsonl_file_in_utf_16(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(json.dumps({"text": FRENCH}).encode("utf-16"))
    assert _failure(folder) == "a .jsonl file must be UTF-8, and this one is UTF-16"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_nul_character_in_the_text(folder: Path, name: str) -> None:
    (folder / name).write_text(json.dumps({"text": "abc\0def"}))
    assert "character 3 is NUL" in _failure(folder)


@pytest.mark.parametrize("field", ["id", "title", "outlet", "author"])
def test_a_nul_character_in_another_field(folder: Path, field: str) -> None:
    (folder / "a.json").write_text(json.dumps({"text": FRENCH, field: "a\0b"}))
    assert _failure(folder).startswith(f"{field}: ")


@pytest.mark.parametrize("field", ["id", "text", "title", "url", "outlet", "author", "published"])
def test_half_a_surrogate_pair(folder: Path, field: str) -> None:
    (folder / "a.json").write_text(json.dumps({"text": "Oui.", field: "a\ud800b"}))
    message = _failure(folder)
    assert "surrogate" in message or message.startswith(f"{field}: ")


def test_a_publication_date_in_the_future_is_refused(folder: Path) -> None:
    later = dt.date.today() + dt.timedelta(days=2)
    (folder / "a.md").write_text(f"---\npublished: {later}\n---\n{FRENCH}")
    assert _failure(folder) == (
        f"published: {later} is in the future; correct the date, or leave it out"
    )


@pytest.mark.parametrize("value", ["hier", "2025-02-30", "04/02/2025", "2025", "9999999-01-01"])
def test_a_publication_date_that_is_none(folder: Path, value: str) -> None:
    (folder / "a.md").write_text(f"---\npublished: {value}\n---\n{FRENCH}")
    message = _failure(folder)
    assert message == f"published: {value!r} is not a day; write it as 2025-02-04"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, 'it has no "text"'),
        ({"text": None}, 'it has no "text"'),
        ({"text": ""}, "it holds no text"),
        ({"text": ["a"]}, "text: it must be a string, not a list"),
        ({"text": FRENCH, "title": {"a": 1}}, "title: it must be a string, not an object"),
        ({"text": FRENCH, "published": 2025}, "published: it must be a string, not a number"),
        ({"text": FRENCH, "id": True}, "id: it must be a string, not true or false"),
        ({"text": FRENCH, "id": "x" * 301}, "write at most 300 characters"),
        ({"text": FRENCH, "id": "a\nb"}, "without control characters"),
        ({"text": FRENCH, "lang": "le français"}, "lang: "),
        ({"text": FRENCH, "url": "javascript:alert(1)"}, "url: "),
        ({"text": FRENCH, "outlet": "x" * 5_000}, "outlet: 5,000 characters are too many"),
    ],
)
def test_a_wrong_field_is_named(folder: Path, fields: dict[str, object], says: str) -> None:
    (folder / "a.json").write_text(json.dumps(fields))
    assert says in _failure(folder)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"text": "a"', "not valid JSON"),
        ("[]", "it holds a list"),
        ('"text"', "it is not an article"),
        ('{"text": "a"}, {"text": "b"}', "is named .jsonl"),
        ("[" * 100_000, "its JSON cannot be read"),
        ('{"text": %s}' % ("9" * 5_000), "its JSON cannot be read"),
    ],
)
def test_json_that_is_no_article(folder: Path, content: str, says: str) -> None:
    (folder / "a.json").write_text(content)
    assert says in _failure(folder)


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("---\ntitle: T\n", "no closing --- line"),
        ("---\ntitle: 'T\n---\n", "not valid YAML"),
        ("---\n- a\n- b\n---\n", "not a list of names and values"),
        (f"---\na: {'[' * 20_000}\n---\n", "not valid YAML"),
        ("---\ntitle: [T]\n---\n", "title: it must be a string, not a list"),
    ],
)
def test_front_matter_that_is_none(folder: Path, front: str, says: str) -> None:
    (folder / "a.md").write_text(front + FRENCH)
    assert says in _failure(folder)


def test_front_matter_makes_no_objects_and_no_explosions(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: !!python/object/apply:os.system ['exit 3']\n---\n" + FRENCH
    )
    laughs = "\n".join(f"l{n + 1}: [{', '.join([f'*l{n}'] * 9)}]" for n in range(30))
    laughs = laughs.replace("l1: [", "l0: &l0 lol\nl1: [").replace(": [", ": &x [")
    (tmp_path / "b.md").write_text(f"---\n{laughs}\n---\n{FRENCH}")
    first, second = read_paths([tmp_path])
    assert isinstance(first, SourceFailure)
    assert "title: it must be a string" in first.message
    assert isinstance(second, SourceFailure | Article)


STRANGE_NAMES = [
    "Robert'); DROP TABLE people;--",
    "Zoé`}) DETACH DELETE n //",
    "<script>alert(1)</script> Dupont",
    "{{7*7}} ${7*7} %s %00",
    "\u202eevil\u202c Martin",
    "N" * 5_000,
    "N" * 2_500 + " " + "M" * 2_499,
]


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_strange_name_in_a_text_is_kept_letter_for_letter(folder: Path, name: str) -> None:
    text = f"{name} rejoint la banque. {FRENCH}"
    (folder / "a.txt").write_text(text)
    article, _ = read_paths([folder])
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_an_article_with_a_strange_name_is_read_and_no_entity_is_overlong(name: str) -> None:
    text = f"{name} rejoint la banque Rochebrune. Sophie Martin a quitté Rochebrune pour Valcourt."
    reading = default_reader().read(Article(id="a", text=text, language="fr"))
    assert reading.skipped is None
    assert all(len(entity.name) <= MAX_NAME_LENGTH for entity in reading.entities)
    assert all(
        text[mention.start : mention.end] == mention.text
        for entity in reading.entities
        for mention in entity.mentions
    )
    assert "Sophie Martin" in {entity.name for entity in reading.entities}


def test_an_article_in_another_language_is_kept_and_its_reading_skipped(folder: Path) -> None:
    (folder / "a.txt").write_text("Das Unternehmen hat eine frühere Managerin der Bank geholt.")
    article, good = read_paths([folder])
    assert isinstance(article, Article)
    assert isinstance(good, Article)
    assert article.language == "de"
    skipped, read = default_reader().read_many([article, good])
    assert (skipped.entities, skipped.claims) == ((), ())
    assert skipped.skipped is not None
    assert "'de'" in skipped.skipped
    assert read.skipped is None


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.json", "a.jsonl"]))
def test_whatever_the_bytes_are_nothing_is_raised(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        for found in read_paths([folder]):
            assert isinstance(found, Article | SourceFailure)
            if isinstance(found, SourceFailure):
                assert found.message


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["id", "text", "title", "url", "published", "lang", "outlet"]),
                inner,
            )
        ),
    )
)
def test_whatever_the_json_is_nothing_is_raised(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_text(json.dumps(value))
        (found,) = read_paths([folder])
        assert isinstance(found, Article | SourceFailure)
