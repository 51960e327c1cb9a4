"""Which articles need not be read again, because they are stored just as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any, Final

from graph.model import Article
from graph.rows import LAYOUT
from graph.store import Store

_COMPARED: Final = ("title", "url", "outlet", "author", "published", "credited_source")


def unchanged(store: Store, articles: Sequence[Article], extractors: Collection[str]) -> set[str]:
    """Ids of those articles that are stored just so, and were read by one of the `extractors`.

    Where an article was read from does not count: a file that was moved is the same article.
    """
    rows = store.read("lookup/stored_articles", ids=[article.id for article in articles])
    stored: dict[str, dict[str, Any]] = {row["id"]: row["article"] for row in rows}
    return {
        article.id
        for article in articles
        if (there := stored.get(article.id)) is not None
        and there["layout"] == LAYOUT
        and there["extractor"] in extractors
        and there["text_sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
        # The language of an article that does not say it is what its reader took it for.
        and article.language in {None, there["language"]}
        and all(there[name] == getattr(article, name) for name in _COMPARED)
    }
