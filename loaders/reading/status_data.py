"""What a language has to say that something is less than a fact: its ``status.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.model import Status
from loaders.languages import language_data
from loaders.reading.lexicon import lowered


@dataclass(frozen=True, slots=True)
class StatusData:
    """``status.yaml`` of a language, ready for look-up."""

    verbs: dict[str, Status]
    conditional_verbs: dict[str, Status]
    nouns: dict[str, Status]
    phrases: tuple[tuple[str, Status], ...]
    noun_phrases: tuple[tuple[str, Status], ...]
    happening: frozenset[str]
    infinitive_only: frozenset[str]
    near_future: frozenset[str]
    prospects: frozenset[str]
    absences: frozenset[str]
    future_particles: frozenset[str]
    undaunted: frozenset[str]
    undeterred: frozenset[str]
    sources: frozenset[str]
    source_phrases: tuple[str, ...]
    adjectives: dict[str, Status]
    willing: frozenset[str]
    bearing: frozenset[str]
    not_yet: frozenset[str]
    speech: frozenset[str]
    made_known: frozenset[str]
    announcing: frozenset[str]
    no_sources: frozenset[str]
    relaying: frozenset[str]
    as_said: frozenset[str]
    outlets: frozenset[str]
    unnamed: frozenset[str]
    pronouns: dict[str, str]
    bringing_out: dict[str, list[tuple[list[str], str | None]]]
    """By their first word, the others and the preposition behind them."""
    said_before: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> StatusData:
        """The cues of `language`, read once."""
        data: dict[str, Any] = language_data(language, "status")
        return StatusData(
            verbs=_by_word(data["verbs"]),
            conditional_verbs=_by_word(data["conditional_verbs"]),
            nouns=_by_word(data["nouns"]),
            phrases=tuple(_elided(_by_word(data["phrases"]), data["elisions"]).items()),
            noun_phrases=tuple(_by_word(data["noun_phrases"]).items()),
            happening=frozenset(data["happening"]),
            infinitive_only=frozenset(data["infinitive_only"]),
            near_future=frozenset(data["near_future"]),
            prospects=frozenset(data["prospects"]),
            absences=frozenset(data["absences"]),
            future_particles=frozenset(data["future_particles"]),
            undaunted=frozenset(data["undaunted"]),
            undeterred=frozenset(data["undeterred"]),
            sources=frozenset(data["source_prepositions"]),
            source_phrases=tuple(lowered(phrase) for phrase in data["source_phrases"]),
            adjectives=_by_word(data["adjectives"]),
            willing=frozenset(data["willing"]),
            bearing=frozenset(data["bearing"]),
            not_yet=frozenset(data["not_yet"]),
            speech=frozenset(data["speech"]),
            made_known=frozenset(data["made_known"]),
            announcing=frozenset(data["announcing"]),
            no_sources=frozenset(data["no_sources"]),
            relaying=frozenset(data["relaying"]),
            as_said=frozenset(data["as_said"]),
            outlets=frozenset(data["outlets"]),
            unnamed=frozenset(data["unnamed"]),
            pronouns=dict(data["pronouns"]),
            said_before=tuple(map(lowered, data["said_before"])),
            bringing_out=_by_first_word(data["bringing_out"]),
        )

    @property
    def all_verbs(self) -> tuple[str, ...]:
        """Every infinitive that the cues name."""
        return (
            *self.verbs,
            *self.conditional_verbs,
            *self.happening,
            *self.near_future,
            *self.speech,
            *self.made_known,
            *self.announcing,
        )


def _by_word(table: dict[str, list[str]]) -> dict[str, Status]:
    return {lowered(word): Status(status) for status, words in table.items() for word in words}


def _elided(table: dict[str, Status], elisions: dict[str, str]) -> dict[str, Status]:
    """Phrases also as they stand before a vowel: "en passe de", "en passe d'"."""
    result = dict(table)
    for phrase, status in table.items():
        before, _, last = phrase.rpartition(" ")
        if last in elisions:
            result[f"{before} {elisions[last]}"] = status
    return result


def _by_first_word(
    table: dict[str | None, list[str]],
) -> dict[str, list[tuple[list[str], str | None]]]:
    result: dict[str, list[tuple[list[str], str | None]]] = {}
    for preposition, listed in table.items():
        for words in listed:
            first, *rest = lowered(words).split()
            result.setdefault(first, []).append((rest, preposition))
    return result
