"""A press whose readings are known without a reader, for loads that something happens to."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from stories import Story, company, person

from api.loading import Loaded, load_articles
from api.reading import BATCH_ARTICLES
from graph.model import Article, Reading
from graph.store import Store

ARTICLES = BATCH_ARTICLES * 3


def _story(number: int) -> tuple[Article, Reading]:
    luck = random.Random(number)
    told = Story(f"a{number:04}", outlet=f"Journal {luck.randrange(3)}")
    for _ in range(2):
        who, firm = person(f"Anne Exemple {luck.randrange(60)}"), luck.randrange(20)
        told = told.says(who, "HIRED_BY", company(f"Société Exemple {firm}"))
    return told.item()


ITEMS = [_story(number) for number in range(ARTICLES)]


class ByHand:
    """A reader that knows the readings of `ITEMS`."""

    name = "by-hand-1"
    languages = ("fr",)

    def __init__(self) -> None:
        self._readings = {article.id: reading for article, reading in ITEMS}

    def read(self, article: Article) -> Reading:
        return self._readings[article.id]

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        return map(self.read, articles)


def load(store: Store, **options: object) -> Loaded:
    """Load `ITEMS`, with options of `load_articles`."""
    return load_articles(store, (article for article, _ in ITEMS), ByHand(), **options)
