"""Which annotated entity a name means, and whether words name an entity or stand for it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from loaders.evaluation.annotations import Annotation, StatedEntity, folded

_WORDS: Final = re.compile(r"\w+")
_MIN_SHARED: Final = 2
"""Letters of the shortest word by which an alias shows that it is a name."""


class Names:
    """The names of one article's entities, as its annotation gives them.

    A name means the entity that it is the fullest name of; failing that, the one entity that has
    it among its aliases. An alias that several entities share means none of them.
    """

    def __init__(self, annotation: Annotation) -> None:
        self._fullest = {folded(entity.name) for entity in annotation.entities}
        by_alias: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for entity in annotation.entities:
            fullest = folded(entity.name)
            self._by_name[fullest].add(fullest)
            for alias in entity.aliases:
                by_alias[folded(alias)].add(fullest)
                if _is_name(alias, entity):
                    self._by_name[fullest].add(folded(alias))
        self._alias = {
            alias: next(iter(names))
            for alias, names in by_alias.items()
            if len(names) == 1 and alias not in self._fullest
        }

    def meant(self, name: str) -> str:
        """The folded fullest name of the entity that `name` means, else `name` folded."""
        plain = folded(name)
        return plain if plain in self._fullest else self._alias.get(plain, plain)

    def are_in(self, meant: str, quote: str) -> bool:
        """Whether `quote` names the entity, and not only describes it or says "il"."""
        words = f" {' '.join(_WORDS.findall(folded(quote)))} "
        return any(
            f" {' '.join(_WORDS.findall(name))} " in words
            for name in self._by_name.get(meant, {meant})
        )


def _is_name(alias: str, entity: StatedEntity) -> bool:
    """Whether an alias is a name: an acronym, or it shares a capital word with the fullest name.

    "Gunter" names Tom Gunter; "la marque à la pomme" and "le constructeur" only describe.
    """
    if alias.isupper() and " " not in alias:
        return True
    known = set(_WORDS.findall(folded(entity.name)))
    return any(
        len(word) >= _MIN_SHARED and not word.islower() and folded(word) in known
        for word in _WORDS.findall(alias)
    )
