"""From a written verb form to its infinitive and what the form tells.

The paradigms are data: `languages/<code>/inflection.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from loaders.languages import language_data


class Form(StrEnum):
    """Tense or mood that the ending of a verb form shows."""

    INFINITIVE = "infinitive"
    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    SUBJUNCTIVE = "subjunctive"
    PARTICIPLE = "participle"
    GERUND = "gerund"


FINITE = frozenset({Form.PRESENT, Form.PAST, Form.FUTURE, Form.CONDITIONAL, Form.SUBJUNCTIVE})


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a written form: its infinitive and its tense or mood."""

    infinitive: str
    form: Form


class Conjugator:
    """Every written form of a set of infinitives.

    Parameters
    ----------
    paradigms : mapping
        The content of ``inflection.yaml``: ``endings`` by paradigm, ``alternations`` of roots, and
        as ``whole`` the paradigms of one verb only ("aller", but not "installer"), as ``hyphened``
        verbs by the prefix that may be parted from the rest ("co-écrire").
    """

    def __init__(self, paradigms: Mapping[str, Any]) -> None:
        self._endings: Mapping[str, Mapping[str, list[str]]] = paradigms["endings"]
        self._by_length = sorted(self._endings, key=len, reverse=True)
        self._whole = frozenset(paradigms.get("whole", ()))
        self._hyphened = {
            prefix + verb: prefix
            for prefix, verbs in paradigms.get("hyphened", {}).items()
            for verb in verbs
        }
        self._alternations = [(rule["root"], rule["also"]) for rule in paradigms["alternations"]]

    def forms(self, infinitive: str) -> Iterable[tuple[str, VerbForm]]:
        """Each written form of `infinitive` with what it tells.

        Raises
        ------
        ValueError
            If no paradigm fits the infinitive.
        """
        paradigm = next((p for p in self._by_length if self._fits(p, infinitive)), None)
        if paradigm is None:
            raise ValueError(f"no paradigm in inflection.yaml fits the verb {infinitive!r}")
        root = infinitive.removesuffix(paradigm)
        prefix = self._hyphened.get(infinitive)
        roots = [root]
        if paradigm == "er":
            roots += [
                root.removesuffix(old) + new
                for old, new in self._alternations
                if root.endswith(old)
            ]
        for form, endings in self._endings[paradigm].items():
            for ending in endings:
                for spelled in roots:
                    written, reading = spelled + ending, VerbForm(infinitive, Form(form))
                    yield written, reading
                    if prefix is not None:
                        yield f"{prefix}-{written.removeprefix(prefix)}", reading

    def _fits(self, paradigm: str, infinitive: str) -> bool:
        return infinitive == paradigm or (
            infinitive.endswith(paradigm) and paradigm not in self._whole
        )

    def table(self, infinitives: Iterable[str]) -> dict[str, tuple[VerbForm, ...]]:
        """Written form to its readings, over all `infinitives`; a form may have several."""
        table: dict[str, list[VerbForm]] = {}
        for infinitive in dict.fromkeys(infinitives):
            for written, reading in self.forms(infinitive):
                readings = table.setdefault(written, [])
                if reading not in readings:
                    readings.append(reading)
        return {written: tuple(readings) for written, readings in table.items()}


@cache
def conjugator(language: str) -> Conjugator:
    """The conjugator of a language, made once."""
    return Conjugator(language_data(language, "inflection"))
