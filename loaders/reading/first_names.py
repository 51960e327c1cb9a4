"""First names: what tells that a name is a person's, and which pronoun goes with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.languages import language_data
from loaders.reading.surfaces import fold


class _Known(frozenset[str]):
    """Folded first names; a double one of two that are listed counts too: "Sophie-Justine"."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        first, hyphen, second = name.partition("-") if isinstance(name, str) else ("", "", "")
        return bool(hyphen) and super().__contains__(first) and super().__contains__(second)


@dataclass(frozen=True, slots=True)
class FirstNames:
    """The common first names that a language's ``names.yaml`` lists; `known` holds them folded."""

    known: frozenset[str]
    _genders: dict[str, str | None]

    @staticmethod
    @cache
    def of(language: str) -> FirstNames:
        """The first names of `language`, read once."""
        listed: dict[str, Any] = language_data(language, "names")["first_names"]
        spelt = {
            name.casefold(): gender if gender != "any" else None
            for gender, names in listed.items()
            for name in names
        }
        folded: dict[str, set[str | None]] = defaultdict(set)
        for name, gender in spelt.items():
            folded[fold(name)].add(gender)
        # Without its accents Michèle is Michele: where two spellings fall together, none decides.
        plain = {name: next(iter(g)) if len(g) == 1 else None for name, g in folded.items()}
        return FirstNames(_Known(plain), plain | spelt)

    def gender(self, name: str) -> str | None:
        """``m`` or ``f`` for a first name or a full name that begins with one, else None.

        Of a double name that is not listed ("Marie-Bérénice") the first half decides.
        """
        first = next(iter(name.casefold().split()), "")
        for form in (first, fold(first), first.partition("-")[0]):
            if form in self._genders:
                return self._genders[form]
        return None
