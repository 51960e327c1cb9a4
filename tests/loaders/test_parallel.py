"""Reading in several processes: the same readings in the same order, whatever becomes of a process.

Most tests use readers that need no model, so that a process starts quickly.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from graph.model import Article, Reading
from loaders import demo
from loaders.errors import LoaderError
from loaders.parallel import AHEAD, PART_ARTICLES, ParallelReader
from loaders.reader import LanguageReader
from loaders.sources.files import read_paths

ROOT = Path(__file__).resolve().parents[2]


class Echo:
    """A reader whose readings tell which process made them; "die" ends that process."""

    name = "echo"

    def read(self, article: Article) -> Reading:
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            if article.text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            yield Reading(article_id=article.id, extractor=self.name, skipped=str(os.getpid()))


def load_echo() -> Echo:
    return Echo()


def load_nothing() -> Echo:
    raise LoaderError("there is no model")


def articles(number: int, text: str = "x") -> list[Article]:
    return [Article(id=f"a{index}", text=text) for index in range(number)]


def echo(processes: int) -> ParallelReader:
    return ParallelReader(processes, load_echo, "echo")


def test_articles_are_read_as_in_one_process_and_in_their_order(reader: LanguageReader) -> None:
    found = [each for each in read_paths([demo.articles()]) if isinstance(each, Article)]
    with ParallelReader(2) as parallel:
        assert parallel.name == reader.name
        assert list(parallel.read_many(found)) == list(reader.read_many(found))


def test_readings_come_in_the_order_of_the_articles_from_several_processes() -> None:
    given = articles(10 * PART_ARTICLES + 3)
    with echo(2) as parallel:
        readings = list(parallel.read_many(given))
        assert [reading.article_id for reading in readings] == [each.id for each in given]
        assert str(os.getpid()) not in {reading.skipped for reading in readings}
        assert parallel.read(given[0]).article_id == "a0"


def test_no_more_articles_are_taken_than_are_under_way() -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        for index in count():
            taken += 1
            yield Article(id=f"a{index}", text="x")

    with echo(2) as parallel:
        assert len(list(islice(parallel.read_many(endless()), 20))) == 20
    assert taken <= 20 + (2 * AHEAD + 1) * PART_ARTICLES


def test_an_article_whose_process_dies_is_skipped_and_the_others_are_read() -> None:
    given = articles(3 * PART_ARTICLES)
    deadly = given[PART_ARTICLES + 2]
    given[PART_ARTICLES + 2] = deadly.model_copy(update={"text": "die"})
    with echo(2) as parallel:
        readings = list(parallel.read_many(given))
    assert [reading.article_id for reading in readings] == [each.id for each in given]
    dead = [r for r in readings if r.skipped and "died" in r.skipped]
    assert [reading.article_id for reading in dead] == [deadly.id]


def test_a_reader_that_cannot_be_loaded_says_why() -> None:
    with (
        ParallelReader(2, load_nothing, "none") as parallel,
        pytest.raises(LoaderError, match="there is no model"),
    ):
        list(parallel.read_many(articles(1)))


def test_less_than_one_process_is_refused() -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        ParallelReader(0)


def test_processes_end_when_the_one_that_started_them_is_killed() -> None:
    code = f"""
import os, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from test_parallel import articles, echo
if __name__ == "__main__":
    parallel = echo(1)
    [reading] = parallel.read_many(articles(1))
    print("read", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    # That the pipe came to its end tells that every process that had inherited it has ended.
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout
