"""Towns and regions that adjectives tell: what is "lyonnais" is neither Breton nor from Lille."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from loaders.languages import language_data

_STEM: Final = 6
"""Letters that the genders of an adjective share: "lyonnais", "lyonnaise"."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Adjectives for towns and regions: `keys` by their first letters, `others` by the key.

    `others` are those that nothing from there is called by, `places` the adjectives by the town.
    """

    keys: dict[str, str]
    others: dict[str, frozenset[str]]
    places: dict[str, str]

    @staticmethod
    @cache
    def of(language: str) -> Origins:
        """From ``anaphors.yaml`` of the language."""
        data: dict[str, Any] = language_data(language, "anaphors")
        regions: dict[str, list[str]] = data["regions"]
        words = {*data["towns"], *regions, *(town for towns in regions.values() for town in towns)}
        together: dict[str, set[str]] = {word: {word} for word in words}
        for region, towns in regions.items():
            for town in towns:
                together[region].add(town)
                together[town].add(region)
        return Origins(
            keys={word[:_STEM]: word for word in words},
            others={word: frozenset(words - near) for word, near in together.items()},
            places={place: word for word, places in data["places_of"].items() for place in places},
        )

    def key(self, word: str) -> str | None:
        """The adjective in the form of the data; None for one that tells no town or region."""
        return self.keys.get(word[:_STEM])
