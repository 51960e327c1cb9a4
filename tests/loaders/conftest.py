"""Fixtures for the tests of the reader.

reader       the default reader, loaded once for the run
readings     what it reads in each example of a table, all of them read together
reader_says  the claims that it reads in a text
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from examples import Example, article, examples

from graph.model import Claim, Reading
from loaders.reader import LanguageReader, default_reader


@pytest.fixture(scope="session")
def reader() -> LanguageReader:
    return default_reader()


@pytest.fixture(scope="session")
def readings(reader: LanguageReader) -> Callable[[str, Example], Reading]:
    known: dict[str, dict[str, Reading]] = {}

    def look_up(table: str, example: Example) -> Reading:
        if table not in known:
            texts = list(dict.fromkeys(each.text for each in examples(table)))
            known[table] = _read(reader, texts)
        return known[table][example.text]

    return look_up


@pytest.fixture(scope="session")
def reader_says(reader: LanguageReader) -> Callable[[str], list[Claim]]:
    return lambda text: list(reader.read(article(text)).claims)


def _read(reader: LanguageReader, texts: Sequence[str]) -> dict[str, Reading]:
    articles = [article(text, number) for number, text in enumerate(texts)]
    return dict(zip(texts, reader.read_many(articles), strict=True))
