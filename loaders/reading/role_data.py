"""The nouns for what a person is at an organization: ``roles.yaml`` of a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.model import RelationType
from loaders.languages import language_data
from loaders.reading.lexicon import lowered


@dataclass(frozen=True, slots=True)
class RoleData:
    """``roles.yaml`` of a language."""

    lead: frozenset[str]
    found: frozenset[str]
    work: frozenset[str]
    part: frozenset[str]
    veterans: frozenset[str]
    former: frozenset[str]
    future: frozenset[str]
    skipped: frozenset[str]
    verbs: frozenset[str]
    appointing: frozenset[str]
    prepositions: frozenset[str]
    employer: frozenset[str]
    participles: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> RoleData:
        """The roles of `language`, read once."""
        data: dict[str, Any] = language_data(language, "roles")
        return RoleData(**{name: frozenset(map(lowered, words)) for name, words in data.items()})

    @property
    def nouns(self) -> frozenset[str]:
        """Every noun for a role."""
        return self.lead | self.found | self.work

    def classes(self, words: list[str]) -> tuple[int, frozenset[RelationType]]:
        """Length in words of the role noun that `words` begin with, and what it claims."""
        for length in (3, 2, 1):
            noun = " ".join(words[:length])
            found: set[RelationType] = set()
            if noun in self.lead:
                found.add(RelationType.LEADS)
            if noun in self.found:
                found.add(RelationType.FOUNDED)
            if noun in self.work and RelationType.LEADS not in found:
                found.add(RelationType.WORKED_AT)
                if noun in self.part:
                    found.add(RelationType.LEADS)
            if found and len(words) >= length:
                return length, frozenset(found)
        return 0, frozenset()
