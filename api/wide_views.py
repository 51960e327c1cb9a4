"""The wide view as it is sent: made once for each state of the graph, packed once."""

from __future__ import annotations

import gzip
import json
import threading
from dataclasses import dataclass
from typing import Final

from graph.store import Store
from graph.wide import wide

_LEVEL: Final = 3
"""Of packing: a higher one takes longer than it saves."""


@dataclass(frozen=True)
class Packed:
    """An answer, as it is and packed."""

    plain: bytes
    gzipped: bytes


class WideViews:
    """The last wide view that was asked for, kept until the graph changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[int, int] | None = None
        self._kept: Packed | None = None

    def get(self, store: Store, limit: int) -> Packed:
        """The view of at most `limit` relationships; who asks meanwhile waits for the same one."""
        with self._lock:
            # Read before the view: a write in between is then seen the next time.
            of = (int(store.read("store/state")[0]["revision"]), limit)
            if self._kept is None or self._of != of:
                text = json.dumps(
                    wide(store, limit=limit), ensure_ascii=False, separators=(",", ":")
                )
                plain = text.encode()
                self._of, self._kept = of, Packed(plain, gzip.compress(plain, _LEVEL, mtime=0))
            return self._kept
