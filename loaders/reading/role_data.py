"""The nouns for what a person is at an organization: ``roles.yaml`` of a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from graph.model import RelationType
from loaders.languages import language_data
from loaders.reading.lexicon import lowered

_LONGEST: Final = 4
"""Words of the longest noun for a role."""
_FOUND: Final = RelationType.FOUNDED
_LED: Final = RelationType.LEADS
_WORKED: Final = RelationType.WORKED_AT


@dataclass(frozen=True)
class RoleData:
    """``roles.yaml`` of a language; the file tells what each list is for."""

    lead: frozenset[str]
    found: frozenset[str]
    work: frozenset[str]
    part: frozenset[str]
    veterans: frozenset[str]
    counterparts: frozenset[str]
    former: frozenset[str]
    future: frozenset[str]
    skipped: frozenset[str]
    verbs: frozenset[str]
    appointing: frozenset[str]
    prepositions: frozenset[str]
    employer: frozenset[str]
    participles: frozenset[str]
    acting: frozenset[str]
    prefixes: frozenset[str]
    linkers: frozenset[str]
    partitives: frozenset[str]
    respectively: frozenset[str]
    posts: frozenset[str]
    promoting: frozenset[str]
    naming: frozenset[str]
    plural_naming: frozenset[str]
    taking: frozenset[str]
    holding: frozenset[str]
    leaving: frozenset[str]
    giving: frozenset[str]
    falling: frozenset[str]
    headships: frozenset[str]
    charges: frozenset[str]
    companions: frozenset[str]
    single_heads: frozenset[str]
    poaching: frozenset[str]
    guiding: frozenset[str]
    heads_of: frozenset[str]
    outside: frozenset[str]
    inside: frozenset[str]
    during: frozenset[str]
    others: frozenset[str]
    functions: frozenset[str]
    dealings: frozenset[str]
    organs: frozenset[str]
    makers: frozenset[str]
    officers: frozenset[str]
    bosses: frozenset[str]
    places: frozenset[str]
    arrivals: frozenset[str]
    hiring: frozenset[str]
    assumed: frozenset[str]
    heading: frozenset[str]
    aims: frozenset[str]
    beginnings: frozenset[str]
    replacing: frozenset[str]
    departures: frozenset[str]
    ellipses: frozenset[str]
    recruiting: frozenset[str]
    trades: frozenset[str]
    provenances: frozenset[str]
    schools: frozenset[str]
    gaining: frozenset[str]
    personal: frozenset[str]
    openings: frozenset[str]
    generic: frozenset[str]
    portfolios: frozenset[str]
    origins: frozenset[str]
    growing: frozenset[str]
    serving: frozenset[str]
    sites: frozenset[str]
    parts: frozenset[str]
    renewing: frozenset[str]
    changing: frozenset[str]
    choosing: frozenset[str]
    public: frozenset[str]
    family: frozenset[str]
    plurals: dict[str, str]
    company: str

    @staticmethod
    @cache
    def of(language: str) -> RoleData:
        """The roles of `language`, read once."""
        data: dict[str, Any] = language_data(language, "roles")
        lists = {k: frozenset(map(lowered, v)) for k, v in data.items() if isinstance(v, list)}
        return RoleData(**lists, plurals=data["plurals"], company=data["company"])

    @cached_property
    def _singular(self) -> frozenset[str]:
        return self.lead | self.found | self.work | self.makers

    @cached_property
    def function_stems(self) -> frozenset[str]:
        """What a post may be in charge of, without the ending of a plural."""
        return frozenset(word.rstrip("s") for word in self.functions)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Every noun for a role, in the singular and in the plural."""
        return frozenset(self._written)

    @cached_property
    def _behind(self) -> dict[str, frozenset[str]]:
        words: dict[str, set[str]] = {}
        for noun in self._written:
            first, *others = noun.split()
            words.setdefault(first, set()).update(others)
        return {first: frozenset(others) for first, others in words.items()}

    def words_behind(self, word: str) -> frozenset[str]:
        """Words of the nouns for a role that begin with `word`: "cabinet" of "directeur"."""
        return self._behind.get(word, frozenset())

    @cached_property
    def all_verbs(self) -> tuple[str, ...]:
        """Every infinitive that gives somebody a role, or takes it away."""
        posts = self.taking | self.holding | self.leaving | self.giving | self.falling
        return tuple(self.verbs | posts | self.renewing | self.changing | self.choosing)

    @cached_property
    def _written(self) -> dict[str, frozenset[RelationType]]:
        """Every noun as it may be written, and what it claims."""
        table: dict[str, frozenset[RelationType]] = {}
        for noun in sorted(self._singular):
            claims = self._listed(noun)
            for form in (noun, self._plural(noun)):
                table[form] = claims
                for prefix in self.prefixes:
                    table.setdefault(prefix + form, claims)
        return table

    @cached_property
    def plural_nouns(self) -> frozenset[str]:
        """Every noun for a role of several people: "associés"."""
        made = {self._plural(noun) for noun in self._singular}
        return frozenset({*made, *(prefix + noun for prefix in self.prefixes for noun in made)})

    def is_plural(self, noun: str) -> bool:
        """Whether a noun for a role, as it is written, is one for several people."""
        return noun in self.plural_nouns and noun not in self._singular

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(noun.split()[0] for noun in self._written)

    def begins_role(self, word: str) -> bool:
        """Whether a noun for a role may begin with `word`."""
        return word in self._openings or bool(self._compound(word))

    def noun(self, words: str) -> str:
        """The role noun that the words for a role begin with: "directeur financier"."""
        listed = lowered(words).split()
        return " ".join(listed[: self.classes(listed)[0]])

    def classes(self, words: list[str]) -> tuple[int, frozenset[RelationType]]:
        """Length in words of the role noun that `words` begin with, and what it claims."""
        if not words or not self.begins_role(words[0].partition(" ")[0]):
            return 0, frozenset()
        for length in range(min(_LONGEST, len(words)), 0, -1):
            found = self._written.get(" ".join(words[:length]).replace("' ", "'"))
            if found:
                return length, found
        found = self._compound(words[0]) if words else frozenset()
        return (1, found) if found else (0, frozenset())

    def _compound(self, word: str) -> frozenset[RelationType]:
        """What a noun made of several claims: "président-fondateur" leads and founded."""
        parts = word.split("-")
        if len(parts) == 1:
            return frozenset()
        claims = [self._written.get(part) for part in parts]
        if not all(claims):
            return frozenset()
        return frozenset(relation for claim in claims if claim for relation in claim)

    def _listed(self, noun: str) -> frozenset[RelationType]:
        found: set[RelationType] = set()
        if noun in self.lead:
            found.add(_LED)
        if noun in self.found:
            found.add(_FOUND)
        if noun in self.work and _LED not in found:
            found.add(_WORKED)
            if noun in self.part:
                found.add(_LED)
        if noun in self.makers:
            found.add(RelationType.WORKED_ON)
        return frozenset(found)

    def _plural(self, noun: str) -> str:
        """The noun in the plural: every word up to the first link ("directeurs du marketing")."""
        words = noun.split()
        links = (i for i, word in enumerate(words) if word in self.linkers)
        end = next(links, len(words))
        return " ".join([*map(self._plural_word, words[:end]), *words[end:]])

    def _plural_word(self, word: str) -> str:
        endings: Iterator[str] = (e for e in self.plurals if word.endswith(e))
        ending = next(endings, "")
        return word.removesuffix(ending) + self.plurals.get(ending, "s")


def without_prefix(words: str) -> str:
    """The words of a post that is over without what tells so: "ex-directrice"."""
    return words[3:] if lowered(words).startswith("ex-") else words
