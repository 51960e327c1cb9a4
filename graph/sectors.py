"""What sector an entity is in, as far as anybody says, and who says so.

The graph knows no language: whoever reads articles knows the words. No sector is stored, so that a
graph that was loaded long ago answers by what is known today.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from graph.batches import slices
from graph.model import Kind
from graph.store import Store

UNKNOWN: Final = "unknown"
"""The sector of whom nobody tells one."""


class SectorWords(Protocol):
    """Who knows sectors by name, and reads them in sentences."""

    def known(self, name: str, kind: Kind) -> tuple[str, ...]:
        """The sectors of a well-known entity; none of any other."""

    def said(self, name: str, sentence: str) -> tuple[str, ...]:
        """The sectors that a sentence says the one of this name is in."""


@dataclass(frozen=True, slots=True)
class Told:
    """Sectors, and the ids of the claims whose sentences say so: none where they are well known."""

    sectors: tuple[str, ...]
    claims: tuple[str, ...] = ()


def sectors_of(
    store: Store,
    entities: Iterable[Mapping[str, Any]],
    words: SectorWords,
    known_at: dt.date | None = None,
) -> dict[str, Told]:
    """The sectors of each of these entities, by its id; `UNKNOWN` where nobody tells one.

    Well-known ones are in what they are known for. Of others count all sectors that sentences with
    a claim on them say, by a day if one is given.

    Parameters
    ----------
    entities
        Rows with `id`, `name` and `kind`.
    """
    rows = {row["id"]: row for row in entities}
    found = {
        id_: Told(sectors)
        for id_, row in rows.items()
        if (sectors := words.known(row["name"], Kind(row["kind"])))
    }
    said: defaultdict[str, dict[str, Collection[str]]] = defaultdict(dict)
    for ids in slices([id_ for id_ in rows if id_ not in found]):
        for row in store.read("analysis/words_on", ids=list(ids), known_at=known_at):
            if sectors := words.said(row["name"], row["quote"]):
                said[row["id"]][row["claim"]] = sectors
    for id_ in rows.keys() - found.keys():
        claims = said.get(id_, {})
        told = sorted({sector for sectors in claims.values() for sector in sectors})
        found[id_] = Told(tuple(told) or (UNKNOWN,), tuple(sorted(claims)))
    return found
