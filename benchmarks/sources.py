"""Articles a second from each form of content, beside its bare parser on the same files.

The parser only gets at the text; ours also tells the form, checks every field, tells the language
and finds date and source. CPU time, since the machine may be shared; ours and the peer take turns.

Then with the reader after it, in this process and in two others, in wall time: parsing stays in
this process, so two gain most where it is the lesser part.
"""

from __future__ import annotations

import csv
import email
import email.policy
import functools
import gzip
import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser
import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType
from trafilatura import bare_extraction

from api.reading import readers
from benchmarks.table import Measure
from graph.model import Article
from loaders import demo
from loaders.reader import Reader
from loaders.sources.files import read_paths

ARTICLES = 200
ROUNDS = 3


def measure() -> Iterator[Measure]:
    """Each source over as many articles: those of the demo, some 1,300 characters long, in turn."""
    told = [
        article.text for article in read_paths([demo.articles()]) if isinstance(article, Article)
    ]
    texts = [
        f"{text} Article {number}."  # the same text twice would be one article
        for number, text in enumerate(itertools.islice(itertools.cycle(told), ARTICLES))
    ]
    with tempfile.TemporaryDirectory() as folder, readers(1) as one, readers(2) as two:
        for reader in (one, two):
            list(
                reader.read_many(Article(id=str(n), text=text) for n, text in enumerate(texts[:32]))
            )
        for name, write, parse in _SOURCES:
            path = Path(folder) / name.replace(" ", "-").lower()
            path.mkdir()
            write(path, texts)
            files = sorted(path.iterdir())
            peer = functools.partial(_peer, files, parse)
            yield _beside(
                f"{name}, beside its bare parser ({ARTICLES} articles), CPU time",
                functools.partial(_ours, files),
                peer,
                time.process_time,
                ROUNDS,
            )
            for reader, where in ((one, "1 process"), (two, "2 processes")):
                yield _beside(
                    f"{name}, and read in {where}, beside its bare parser, wall time",
                    functools.partial(_read, files, reader),
                    peer,
                    time.perf_counter,
                    1,
                )


def _beside(
    name: str,
    ours: Callable[[], int],
    peer: Callable[[], int],
    clock: Callable[[], float],
    rounds: int,
) -> Measure:
    """The best of some rounds of each, taken in turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((ours, peer), seconds, strict=True):
            start = clock()
            found = work()
            taken.append(clock() - start)
            assert found == ARTICLES, found
    fast, bare = (ARTICLES / min(taken) for taken in seconds)
    return Measure(name, f"{fast:,.0f} articles/s", f"{bare:,.0f} articles/s", fast / bare)


def _read(files: list[Path], reader: Reader) -> int:
    articles = (each for each in read_paths(files) if isinstance(each, Article))
    return sum(not reading.skipped for reading in reader.read_many(articles))


def _ours(files: list[Path]) -> int:
    return sum(isinstance(each, Article) for each in read_paths(files))


def _peer(files: list[Path], parse: Callable[[Path], int]) -> int:
    return sum(parse(path) for path in files)


def _each(ending: str, make: Callable[[str], bytes]) -> Callable[[Path, list[str]], None]:
    """Writes a file for each text."""

    def write(folder: Path, texts: list[str]) -> None:
        for number, text in enumerate(texts):
            (folder / f"{number:04}{ending}").write_bytes(make(text))

    return write


def _page(text: str) -> bytes:
    parts = "".join(f"<p>{text[at : at + 300]}</p>" for at in range(0, len(text), 300))
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Titre</title></head>'
        f"<body><nav><a href='/'>Accueil</a></nav><article><h1>Titre</h1>{parts}</article></body>"
        "</html>"
    ).encode()


def _mail(text: str) -> bytes:
    head = "From: Le Fil <a@le-fil.example>\r\nSubject: Titre\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return (head + kind + text).encode()


def _lines(folder: Path, texts: list[str]) -> None:
    whole = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (folder / "a.jsonl").write_text(whole, encoding="utf-8")


def _csv(folder: Path, texts: list[str]) -> None:
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["title", "text"], *(["Titre", text] for text in texts)])


def _parquet(folder: Path, texts: list[str]) -> None:
    pq.write_table(pa.table({"text": texts}), folder / "a.parquet")


def _feed(folder: Path, texts: list[str]) -> None:
    items = "".join(
        f"<item><title>T</title><description>{text}</description></item>" for text in texts
    )
    whole = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    (folder / "a.rss").write_text(whole, encoding="utf-8")


def _warc(folder: Path, texts: list[str]) -> None:
    with (folder / "a.warc.gz").open("wb") as file:
        for number, text in enumerate(texts):
            page = _page(text)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://le-fil.example/{number}\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
                "WARC-Date: 2025-07-08T08:00:00Z\r\nContent-Type: application/http\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))


def _parse_warc(path: Path) -> int:
    with path.open("rb") as file:
        archive = ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True)
        return sum(bare_extraction(record.reader.read()) is not None for record in archive)


def _parse_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(bool(row["text"]) for row in csv.DictReader(file))


def _parse_mail(path: Path) -> int:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return bool(message.get_body(("plain",)).get_content())


_SOURCES = (
    ("Plain text", _each(".txt", str.encode), lambda path: bool(path.read_text("utf-8"))),
    (
        "JSON lines",
        _lines,
        lambda path: sum(bool(json.loads(line)["text"]) for line in path.open(encoding="utf-8")),
    ),
    ("CSV table", _csv, _parse_csv),
    ("Parquet table", _parquet, lambda path: len(pq.read_table(path).to_pylist())),
    (
        "Web pages",
        _each(".html", _page),
        lambda path: bare_extraction(path.read_bytes()) is not None,
    ),
    ("Web archive", _warc, _parse_warc),
    ("Feed", _feed, lambda path: len(feedparser.parse(path.read_bytes()).entries)),
    ("E-mails", _each(".eml", _mail), _parse_mail),
)
