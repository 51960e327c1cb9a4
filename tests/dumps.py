"""Everything that a store holds, as text that can be compared."""

from __future__ import annotations

import json

from graph.store import Store

_NODES = "MATCH (n) WHERE NOT n:GraphState AND NOT n:Version RETURN labels(n), properties(n)"
_RELATIONSHIPS = "MATCH (a)-[r]->(b) WHERE NOT a:Version RETURN a.id, type(r), b.id, properties(r)"


def dump_of(store: Store) -> list[str]:
    """Each node and relationship as one line, sorted; the times of loading are left out.

    So are earlier versions of articles: they alone tell what was stored before.
    """
    lines = []
    for text in (_NODES, _RELATIONSHIPS):
        for row in store.query(text, limit=100_000).rows:
            if "loaded_at" in row[-1]:
                del row[-1]["loaded_at"]
            if isinstance(row[0], list):
                row[0].sort()
            lines.append(json.dumps(row, ensure_ascii=False, sort_keys=True))
    return sorted(lines)
