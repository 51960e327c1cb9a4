"""The graph of the articles that are shipped, as the real reader reads them."""

from __future__ import annotations

import functools

from api.loading import load_articles
from graph.model import Article
from graph.store import Store
from loaders import demo
from loaders.reader import default_reader
from loaders.sources.files import read_paths


@functools.cache
def _shipped() -> list[Article]:
    return [found for found in read_paths([demo.articles()]) if isinstance(found, Article)]


def load_demo(store: Store) -> None:
    """Load the articles that are shipped, unless the store holds just these already."""
    shipped = _shipped()
    ids = [article.id for article in shipped]
    found = store.read("ingest/stored_articles", ids=ids)
    if not len(found) == len(ids) == store.read("lookup/totals")[0]["articles"]:
        store.write(lambda transaction: transaction.run("store/clear"))
        load_articles(store, shipped, default_reader())
