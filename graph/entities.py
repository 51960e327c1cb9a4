"""How an entity is displayed and found, derived from what the articles that mention it call it.

The name is the one that most articles use as the fullest, then the longest, then the first in the
alphabet. The aliases are the other words that stand for it in any article, names before
descriptions, each in one spelling. Like facts, both are a function of what is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from graph.batches import run_ids, run_rows
from graph.identity import entity_id, looks_like_name, normalise, search_text
from graph.model import EntityRef, Kind
from graph.store import Transaction

MAX_ALIASES: Final = 200
"""More than a person would read; a company that is in every article gathers endless ones."""


def display_name(names: Mapping[str, int]) -> str:
    """Of an entity's names, each with the number of articles that use it, the one displayed."""
    return min(names, key=lambda name: (-names[name], -len(name), name))


def display_aliases(name: str, kind: Kind, aliases: Iterable[str]) -> list[str]:
    """The aliases to show beside a name, at most `MAX_ALIASES`.

    Aliases that differ in case or accents only are shown once, and not at all when they are
    spellings of the name. Adding some to the result of an earlier call gives the same as
    starting from all: what is displayed can be kept up to date without reading every article.
    """
    spellings: dict[str, str] = {}
    for alias in sorted(set(aliases), key=_alias_order):
        spellings.setdefault(normalise(alias, kind), alias)
    spellings.pop(normalise(name, kind), None)
    return sorted(spellings.values(), key=_alias_order)[:MAX_ALIASES]


def _alias_order(alias: str) -> tuple[bool, str, str]:
    return not looks_like_name(alias), alias.casefold(), alias


def add_mentions(transaction: Transaction, mentions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Create the entities that are mentioned and not stored, and display the others' new aliases.

    Returns
    -------
    list of str
        Ids of stored entities that were mentioned by another name than theirs. They need
        `refresh_entities` once the mentions are stored.
    """
    by_entity: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for mention in mentions:
        by_entity[mention["entity_id"]].append(mention)
    stored = {
        row["id"]: row for row in run_ids(transaction, "ingest/stored_entities", list(by_entity))
    }
    new, changed, renamed = [], [], []
    for id_, group in by_entity.items():
        kind = Kind(group[0]["kind"])
        aliases = [alias for mention in group for alias in mention["aliases"]]
        names = Counter(mention["name"] for mention in group)
        if (known := stored.get(id_)) is None:
            row = _displayed(id_, kind, _own_name(id_, kind, names), [*aliases, *names])
            new.append({**row, "kind": kind.value})
        elif names.keys() != {known["name"]}:
            # The name that most articles use may be another one now.
            renamed.append(id_)
        else:
            row = _displayed(id_, kind, known["name"], [*known["aliases"], *aliases])
            if row["aliases"] != known["aliases"]:
                changed.append(row)
    run_rows(transaction, "ingest/create_entities", new)
    run_rows(transaction, "ingest/display_entities", changed)
    return renamed


def refresh_entities(transaction: Transaction, ids: Collection[str]) -> None:
    """Derive anew how these entities are displayed; delete those that no article mentions."""
    wanted = sorted(set(ids))
    names: defaultdict[str, dict[str, int]] = defaultdict(dict)
    kinds: dict[str, Kind] = {}
    for row in run_ids(transaction, "ingest/entity_names", wanted):
        names[row["id"]][row["name"]] = row["articles"]
        kinds[row["id"]] = Kind(row["kind"])
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for row in run_ids(transaction, "ingest/entity_aliases", sorted(names)):
        aliases[row["id"]].append(row["alias"])
    rows = [
        # An entity that others were merged into is found by their names too.
        _displayed(id_, kinds[id_], _own_name(id_, kinds[id_], counts), [*aliases[id_], *counts])
        for id_, counts in names.items()
    ]
    run_rows(transaction, "ingest/display_entities", rows)
    run_ids(transaction, "ingest/delete_entities", [i for i in wanted if i not in names])


def _own_name(id_: str, kind: Kind, names: Mapping[str, int]) -> str:
    """The name displayed: one that by itself denotes this entity, before those merged into it."""
    own = {
        name: count
        for name, count in names.items()
        if entity_id(EntityRef(name=name, kind=kind)) == id_
    }
    return display_name(own or names)


def _displayed(id_: str, kind: Kind, name: str, aliases: Iterable[str]) -> dict[str, Any]:
    shown = display_aliases(name, kind, aliases)
    return {
        "id": id_,
        "name": name,
        "aliases": shown,
        "search_text": search_text(name, shown),
    }
