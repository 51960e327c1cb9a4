"""First names: what tells that a name is a person's, and which pronoun goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.languages import language_data
from loaders.reading.surfaces import fold


@dataclass(frozen=True, slots=True)
class FirstNames:
    """The common first names that a language's ``names.yaml`` lists, folded."""

    known: frozenset[str]
    _genders: dict[str, str]

    @staticmethod
    @cache
    def of(language: str) -> FirstNames:
        """The first names of `language`, read once."""
        listed: dict[str, Any] = language_data(language, "names")["first_names"]
        genders = {fold(name): gender for gender in ("m", "f") for name in listed[gender]}
        return FirstNames(frozenset(genders) | frozenset(map(fold, listed["any"])), genders)

    def gender(self, name: str) -> str | None:
        """``m`` or ``f`` for a first name or a full name that begins with one, else None.

        Of a double name that is not listed ("Marie-Bérénice") the first half decides.
        """
        words = name.split()
        first = fold(words[0]) if words else ""
        return self._genders.get(first) or self._genders.get(first.partition("-")[0])
