"""Fixtures of the tests of what is made for Neo4j Browser.

demo_store   the `store`, holding the articles that are shipped, as the real reader reads them
"""

from __future__ import annotations

import pytest
from backends import Backend

from api.loading import load_articles
from graph.store import Store
from loaders import demo
from loaders.reader import default_reader
from loaders.sources.files import read_paths


@pytest.fixture
def demo_store(backend: Backend) -> Store:
    store = backend.store
    # Loaded once for as long as no other test empties the store: what is there is passed over.
    shipped = len(list(demo.articles().glob("*.md")))
    if store.read("lookup/totals")[0]["articles"] != shipped:
        store.write(lambda transaction: transaction.run("store/clear"))
        load_articles(store, read_paths([demo.articles()]), default_reader())
    return store
