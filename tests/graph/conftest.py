"""Fixtures of the graph's tests.

tamper     changes the graph behind the product's back, with any Cypher text
dump       everything that is stored, in an order of its own, but for the times of loading
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from backends import Backend
from dumps import dump_of

from graph.store import Store


@pytest.fixture
def tamper(backend: Backend) -> Iterator[Callable[..., None]]:
    with backend.driver() as driver:

        def run(text: str, **parameters: Any) -> None:
            driver.execute_query(text, parameters, database_=backend.database)

        yield run


@pytest.fixture
def dump(store: Store) -> Callable[[], list[str]]:
    return lambda: dump_of(store)
