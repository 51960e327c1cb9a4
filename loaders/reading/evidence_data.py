"""``kinds.yaml`` of a language as far as it speaks of the words around a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.anaphors import countries
from loaders.reading.first_names import FirstNames
from loaders.reading.frames import FrameSet
from loaders.reading.inflection import FINITE, Form, conjugator
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.origins import Origins
from loaders.reading.role_data import RoleData
from loaders.reading.surfaces import fold

Votes = Mapping[Kind, float]
LINKS: Final = frozenset({"de", "d'", "du", "des", "en", "à", "pour"})
_SHARED: Final = 0.7
"""What a noun for several kinds counts for each."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``kinds.yaml`` of a language as far as it speaks of the words around a name."""

    heads: dict[str, Votes]
    head_links: frozenset[str]
    adjectives: frozenset[str]
    following: frozenset[str]
    before: dict[str, Votes]
    complements: dict[str, Votes]
    adjective_heads: frozenset[str]
    examples: dict[str, Votes]
    example_things: frozenset[str]
    at_places: dict[str, Votes]
    fiction: dict[str, Votes]
    firms_too: frozenset[str]
    owned_brands: dict[str, Votes]
    works: frozenset[str]
    counts: frozenset[str]
    makers: frozenset[str]
    places: frozenset[str]
    body_words: frozenset[str]
    copulas: frozenset[str]
    countries: dict[str, str]
    origins: Origins
    based: frozenset[str]
    genders: dict[str, str]
    participles: dict[str, Votes]
    owned: dict[str, Votes]
    verbs: dict[str, Votes]
    speech: frozenset[str]
    speech_votes: Votes
    civil_titles: frozenset[str]
    small_words: frozenset[str]
    auxiliaries: frozenset[str]
    barriers: frozenset[str]
    first_names: frozenset[str]
    trade_endings: tuple[str, ...]
    no_trades: frozenset[str]
    parts: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> Evidence:
        """The data of `language`, read once."""
        kinds: dict[str, Any] = language_data(language, "kinds")
        grammar: dict[str, Any] = language_data(language, "grammar")
        peoples = countries(language_data(language, "anaphors"))
        verbs = {
            form: votes
            for rule in kinds["verbs"]
            for votes in [_votes(rule["kinds"], rule["weight"])]
            for form in _finite(language, rule["words"])
        }
        titles = frozenset(fold(title.strip(".")) for title in kinds["civil_titles"])
        return Evidence(
            heads=_heads(kinds["heads"], RoleData.of(language).nouns),
            head_links=frozenset(kinds["head_links"]),
            adjectives=frozenset(kinds["head_adjectives"]),
            following=frozenset(kinds["following_adjectives"]),
            before=_table(kinds["before"]),
            complements=_table(kinds["complements"]),
            adjective_heads=frozenset(kinds["adjective_heads"])
            | countries(language_data(language, "anaphors")).keys(),
            examples={lowered(word): {} for word in kinds["examples"]},
            example_things=frozenset(kinds["example_things"]),
            at_places={lowered(word): {} for word in kinds["at_places"]},
            fiction=_fiction(language, kinds["fiction"]),
            firms_too=frozenset(kinds["firms_too"]),
            makers=frozenset(kinds["makers"]),
            owned_brands={lowered(words): {} for words in kinds["owned_brands"]},
            works=frozenset(kinds["works"]),
            counts=frozenset(kinds["counts"]),
            places=KindData.of(language).places,
            body_words=KindData.of(language).body_words,
            copulas=frozenset(_finite(language, ["être", "devenir", "rester"])),
            countries=peoples,
            origins=Origins.of(language),
            based=frozenset(kinds["based"]),
            genders=dict(language_data(language, "anaphors")["articles"]),
            participles=_table(kinds["participles"]),
            owned=_table(kinds["owned"]),
            verbs=verbs,
            speech=frozenset(map(lowered, kinds["speech"])),
            speech_votes={Kind(kind): float(w) for kind, w in kinds["speech_kinds"].items()},
            civil_titles=titles,
            small_words=frozenset(
                (*grammar["determiners"], *grammar["contractions"], "de", "en", "à", "et")
            ),
            auxiliaries=frozenset(_finite(language, ["avoir", "être"])),
            barriers=_barriers(language, grammar) | _verb_forms(language),
            first_names=FirstNames.of(language).known,
            trade_endings=(*KindData.of(language).trades, *kinds["more_trades"]),
            parts=KindData.of(language).parts,
            no_trades=KindData.of(language).no_trades | frozenset(kinds["called_nothing"]),
        )


def _barriers(language: str, grammar: Mapping[str, Any]) -> frozenset[str]:
    """Words that part a name from a noun before it: verbs, pronouns, most prepositions."""
    words: set[str] = set(_finite(language, ["avoir", "être"]))
    for name in ("relatives", "relative_subject", "subordinators", "coordinators", "negations"):
        words.update(grammar[name])
    for name in ("subject_pronouns", "negation_particles"):
        words.update(grammar[name])
    words.update(word for word in grammar["prepositions"] if " " not in word)
    return frozenset(words - LINKS)


def _fiction(language: str, listed: Mapping[str, Sequence[str]]) -> dict[str, Votes]:
    """Expressions before a name that make a character of it: "interprète X", "le rôle de X"."""
    words = [*map(lowered, listed["phrases"]), *_finite(language, listed["verbs"])]
    return {word: {} for word in words}


def _verb_forms(language: str) -> frozenset[str]:
    """Every form of the verbs that frames name; those that are nouns too are told by the heads."""
    return frozenset(conjugator(language).table(FrameSet.of(language).infinitives))


def _heads(listed: Mapping[str, Sequence[str]], roles: Iterable[str]) -> dict[str, Votes]:
    heads: dict[str, dict[Kind, float]] = {}
    named = [(Kind(kind), lowered(word)) for kind, words in listed.items() for word in words]
    named += [(Kind.PERSON, role) for role in roles]
    for kind, word in named:
        for form in (word, _plural(word)):
            heads.setdefault(form, {})[kind] = 1.0
    return {
        word: {kind: (1.0 if len(kinds) == 1 else _SHARED) for kind in kinds}
        for word, kinds in heads.items()
    }


def _plural(word: str) -> str:
    first, space, rest = word.partition(" ")
    if first.endswith(("s", "x", "z")):
        return word
    if first.endswith("al"):
        return first[:-2] + "aux" + space + rest
    return first + ("x" if first.endswith(("eau", "eu")) else "s") + space + rest


def _table(rules: Iterable[Mapping[str, Any]]) -> dict[str, Votes]:
    return {
        lowered(word): votes
        for rule in rules
        for votes in [_votes(rule["kinds"], rule.get("weight", 0))]
        for word in rule["words"]
    }


def _votes(kinds: Sequence[str] | Mapping[str, float], weight: float) -> Votes:
    """What a rule gives each kind: as it says, or its weight for the first and half for others."""
    if isinstance(kinds, Mapping):
        return {Kind(kind): float(worth) for kind, worth in kinds.items()}
    return {
        Kind(kind): float(weight) if number == 0 else float(weight) / 2
        for number, kind in enumerate(kinds)
    }


def _finite(language: str, infinitives: Iterable[str]) -> list[str]:
    wanted = FINITE | {Form.PARTICIPLE}
    table = conjugator(language).table(infinitives)
    return [form for form, readings in table.items() if any(r.form in wanted for r in readings)]
