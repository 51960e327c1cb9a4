"""The function words and verb forms of a language, ready for look-up.

Made once per language from ``grammar.yaml``, ``inflection.yaml`` and the verbs that frames name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.inflection import VerbForm, conjugator

_LONG: Final = 40
"""Letters from which on a text is hardly a word that comes again."""


def lowered(text: str) -> str:
    """`text` in lower case with plain apostrophes: how words are compared with the data."""
    return _lowered_word(text) if len(text) < _LONG else _lowered(text)


def _lowered(text: str) -> str:
    return text.lower().replace("’", "'").replace("ʼ", "'")


_lowered_word = lru_cache(maxsize=65_536)(_lowered)


class Lexicon:
    """Function words of one language and every written form of `verbs`.

    Parameters
    ----------
    language : str
        Its folder in ``loaders/languages``.
    verbs : iterable of str
        Infinitives that frames and cues name; auxiliaries are added.
    nouns : iterable of str
        Nouns that frames and roles name: taken for nouns where the tagger hesitates.
    """

    def __init__(self, language: str, verbs: Iterable[str], nouns: Iterable[str] = ()) -> None:
        grammar: dict[str, Any] = language_data(language, "grammar")
        self.language = language
        known_nouns = frozenset(nouns)
        hyphened = {noun.split()[0] for noun in known_nouns if "-" in noun.split()[0]}
        self.nouns = known_nouns | hyphened
        self.contractions: dict[str, str] = dict(grammar["contractions"])
        self.determiners = frozenset(grammar["determiners"])
        self.floating = frozenset(grammar["floating"])
        self.definite = frozenset(grammar["definite"])
        self.demonstratives: dict[str, str] = dict(grammar["demonstratives"])
        self.possessives = frozenset(grammar["possessives"])
        self.subject_pronouns: dict[str, dict[str, Any]] = dict(grammar["subject_pronouns"])
        self.object_pronouns: dict[str, dict[str, Any]] = dict(grammar["object_pronouns"])
        self.clitics = frozenset(grammar["clitics"])
        self.place_pronouns = dict[str, str](grammar["place_pronouns"])
        self.reflexives = frozenset(grammar["reflexives"])
        self.relative_subject = frozenset(grammar["relative_subject"])
        self.place_relatives = frozenset(grammar["place_relatives"])
        self.relatives = frozenset(grammar["relatives"])
        self.subordinators = frozenset(grammar["subordinators"])
        self.coordinators = frozenset(grammar["coordinators"])
        self.negations = frozenset(grammar["negations"])
        self.negation_particles: dict[str, str] = dict(grammar["negation_particles"])
        self.auxiliaries = frozenset(grammar["auxiliaries"])
        self.former = frozenset(grammar["former"])
        self.copulas = frozenset(grammar["copulas"])
        self.passive_auxiliary: str = grammar["passive_auxiliary"]
        self.emphatics = frozenset(grammar["emphatics"])
        self.adjunct_links = frozenset(grammar["adjunct_links"])
        self.infinitive_links = frozenset(grammar["infinitive_links"])
        self.concessions = frozenset(grammar["concessions"])
        self.hypothesis = frozenset(grammar["hypothesis"])
        self.agent: str = grammar["agent"]
        self.genitive: str = grammar["genitive"]
        self._know_doers(grammar)
        self.object_control = frozenset(grammar["object_control"])
        self.told = frozenset(grammar["told"])
        self.told_with = frozenset(grammar["told_with"])
        self.coming = frozenset(grammar["coming"])
        self.working, self.partners, self.times_apart = (
            frozenset[str](grammar[name]) for name in ("working", "partners", "times_apart")
        )
        self.speech = frozenset(language_data(language, "status")["speech"])
        known = (
            *self.auxiliaries,
            *self.object_control,
            *self.purpose_control,
            *self.founding,
            *self.having,
            *self.coming,
            *self.copulas,
            *self.doers,
            *self.answering,
            *self.calling,
            *self.making,
            *self.signing,
            *self.stemming,
            *self.selling,
            *self.foretold,
            *language_data(language, "status")["undeterred"],
            *verbs,
        )
        self.verbs = conjugator(language).table(known)
        self._prepositions = self._preposition_table(grammar["prepositions"])
        fixed = language_data(language, "anaphors")["fixed"]
        # "Le premier" may go before a noun, and is an expression only where none follows.
        whole = [words for rule in fixed if "rank" not in rule for words in rule["words"]]
        self._expressions = self._phrase_table(whole)
        self._adverbials = self._phrase_table(grammar["adverbials"])
        self._coordinators = self._phrase_table(grammar["coordinators"])
        self._openers = frozenset((*self._expressions, *self._adverbials, *self._coordinators))

    @cached_property
    def noun_openings(self) -> frozenset[str]:
        """The first two words of every noun of several words."""
        return frozenset(" ".join(noun.split()[:2]) for noun in self.nouns if " " in noun)

    def is_fund(self, name: str, called: Iterable[str]) -> bool:
        """Whether what has this name, and is called by these nouns, lives on investing."""
        told = any(noun.startswith(self._fund_nouns) for noun in called)
        return told or not self._fund_words.isdisjoint(lowered(name).split()[1:])

    @property
    def contracted(self) -> frozenset[str]:
        """Definite articles that hold a preposition: "du", "aux"."""
        return self.definite & self.contractions.keys()

    @cached_property
    def elided_genitive(self) -> frozenset[str]:
        """The forms of "de" that are an article before an adjective: "d'anciens élèves"."""
        return frozenset(language_data(self.language, "grammar")["elided_genitive"])

    @cached_property
    def collectives(self) -> frozenset[str]:
        """Nouns that only gather things: "sa famille de modèles X"."""
        return frozenset(language_data(self.language, "grammar")["collectives"])

    @cached_property
    def indefinite_before(self) -> frozenset[str]:
        """The adjectives before which they are."""
        return frozenset(language_data(self.language, "grammar")["indefinite_before"])

    def _know_doers(self, grammar: dict[str, Any]) -> None:
        """What tells who does what a noun names, and what belongs to the noun."""
        self.owned = frozenset(grammar["owned"])
        self.shares, self.own = (frozenset[str](grammar[n]) for n in ("share_nouns", "own"))
        self.causing = frozenset(grammar["causing"])
        self.taking = frozenset(grammar["taking"])
        self.winning = frozenset(grammar["winning"])
        self.singular_ends = tuple(grammar["singular_ends"])
        self.appeals = tuple(grammar["appeals"])
        self.some = frozenset(grammar["some"])
        self.having_done = frozenset(grammar["having_done"])
        self.handing = frozenset(grammar["handing"])
        self.noun_links = frozenset(grammar["noun_links"])
        self.within = frozenset(grammar["within"])
        self.located = frozenset(grammar["located"])
        self.moving = frozenset(grammar["moving"])
        self.whose: str = grammar["whose"]
        self.fitting = frozenset(grammar["fitting"])
        self.before_links = frozenset(grammar["before_links"])
        self.among: str = grammar["among"]
        self.taken_up: dict[str, frozenset[str]] = {
            word: frozenset(articles) for word, articles in grammar["taken_up"].items()
        }
        self.taken_for = frozenset(grammar["taken_for"])
        self.two = frozenset(grammar["two"])
        self.sides = frozenset(grammar["sides"])
        self.cleft = frozenset(grammar["cleft"])
        self.making = frozenset(grammar["making"])
        self.signing = frozenset(grammar["signing"])
        self.stemming = frozenset(grammar["stemming"])
        self.selling = frozenset(grammar["selling"])
        self.foretold = frozenset(grammar["foretold"])
        self.named_parts = frozenset(grammar["named_parts"])
        self.parts_sold = self.named_parts | frozenset(grammar["parts_sold"])
        self.verbal_nouns = frozenset(grammar["verbal_nouns"])
        self.respectively = frozenset(grammar["respectively"])
        self._fund_nouns = tuple(grammar["fund_nouns"])
        self._fund_words = frozenset(grammar["fund_words"])
        roles = language_data(self.language, "roles")
        self.qualities = frozenset(roles["prepositions"])
        self.appointing = frozenset((*roles["appointing"], *roles["promoting"]))
        self.inside, self.first_person = map(frozenset, (roles["inside"], grammar["first_person"]))
        self.ours, self.yours = map(frozenset, (grammar["ours"], grammar["yours"]))
        self.speech_subjects = frozenset(grammar["speech_subjects"])
        self.speech_endings = tuple(grammar["speech_endings"])
        self.heads = frozenset(map(lowered, (*roles["lead"], *roles["found"])))
        self.calling, self.called = map(frozenset, (grammar["calling"], grammar["called"]))
        self.light_verbs = frozenset(grammar["light_verbs"])
        self.doing, self.mixing = map(frozenset, (grammar["doing"], grammar["mixing"]))
        self.answering, self.offers = map(frozenset, (grammar["answering"], grammar["offers"]))
        self.doers = self.light_verbs | frozenset(grammar["doers"])
        self.doing_nouns = frozenset(grammar["doing_nouns"])
        self._know_receivers(grammar)

    def _know_receivers(self, grammar: dict[str, Any]) -> None:
        """What tells who is given something, something to do, or a job before now."""
        self.neither: dict[str, str] = dict(grammar["neither"])
        self.specialised = frozenset(grammar["specialised"])
        self.counting = frozenset(grammar["counting"])
        self.purpose_control = frozenset(grammar["purpose_control"])
        self.founding = frozenset(grammar["founding"])
        self.parts_of_bodies = frozenset(grammar["parts_of_bodies"])
        self.participle_genders = dict[str, str](grammar["participle_genders"])
        self.spoken_to = frozenset(grammar["spoken_to"])
        self.having = frozenset(grammar["having"])
        self.doer_endings = tuple(grammar["doer_endings"])
        self.loan_nouns = frozenset(grammar["loan_nouns"])
        self.purposes = frozenset(grammar["purposes"])
        self.aside = frozenset(grammar["aside"])
        self.remainders = frozenset(grammar["remainders"])
        self.datives: dict[str, dict[str, Any]] = grammar["dative_pronouns"]
        self.given_to = frozenset(grammar["given_to"])
        self.ranks = frozenset(grammar["ranks"])
        self.earlier = frozenset(grammar["earlier"])
        self.spent_as = frozenset(grammar["spent_as"])
        self.callings, self.charged = map(frozenset, (grammar["callings"], grammar["charged"]))

    def _preposition_table(self, listed: list[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for preposition in listed:
            words = tuple(self._words(preposition))
            table.setdefault(words[0], []).append((words, preposition))
        for forms in table.values():
            forms.sort(key=lambda form: -len(form[0]))
        return table

    def _words(self, phrase: str) -> list[str]:
        """Words as the tokenizer gives them: an elided article is a word of its own."""
        return phrase.replace("'", "' ").split()

    def preposition_at(self, words: list[str], index: int) -> tuple[str, int] | None:
        """The longest preposition that begins at ``words[index]``, and how many words it takes.

        A contracted last word counts as its preposition: "au sein du" is "au sein de".
        """
        first = words[index]
        for key in (first, self.contractions.get(first)):
            for form, preposition in self._prepositions.get(key or "", ()):
                if self._matches(words, index, form, first_folded=key != first):
                    return preposition, len(form)
        return None

    def _matches(
        self, words: list[str], index: int, form: tuple[str, ...], *, first_folded: bool
    ) -> bool:
        if index + len(form) > len(words) or (first_folded and len(form) > 1):
            return False
        for offset, expected in enumerate(form[1:], 1):
            word = words[index + offset]
            last = offset == len(form) - 1
            if word != expected and not (last and self.contractions.get(word) == expected):
                return False
        return True

    def _phrase_table(self, listed: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
        table: dict[str, list[tuple[str, ...]]] = {}
        for phrase in listed:
            words = tuple(self._words(lowered(phrase)))
            if len(words) > 1:
                table.setdefault(words[0], []).append(words)
        for forms in table.values():
            forms.sort(key=len, reverse=True)
        return table

    def opens_phrase(self, word: str) -> bool:
        """Whether a fixed expression, an adverbial or a coordinator begins with the word."""
        return word in self._openers

    def expression_at(self, words: list[str], index: int) -> int:
        """How many words from ``words[index]`` on are a fixed expression for an entity, or 0."""
        return self._phrase_at(self._expressions, words, index)

    def adverbial_at(self, words: list[str], index: int) -> int:
        """How many words from ``words[index]`` on are a set phrase in place of an adverb, or 0."""
        return self._phrase_at(self._adverbials, words, index)

    def coordinator_at(self, words: list[str], index: int) -> int:
        """How many words from ``words[index]`` on join like "et": "ainsi que"; or 0."""
        return self._phrase_at(self._coordinators, words, index)

    def _phrase_at(
        self, table: dict[str, list[tuple[str, ...]]], words: list[str], index: int
    ) -> int:
        for form in table.get(words[index], ()):
            found = words[index : index + len(form)]
            if found[:-1] != list(form[:-1]) or len(found) != len(form):
                continue
            if form[-1] in (found[-1], self.contractions.get(found[-1])):
                return len(form)
        return 0

    def readings(self, word: str) -> tuple[VerbForm, ...]:
        """What a written verb form may be; empty for a verb that no data names."""
        return self.verbs.get(word, ())


@cache
def shared_lexicon(language: str, verbs: tuple[str, ...], nouns: tuple[str, ...] = ()) -> Lexicon:
    """One lexicon per language and set of words."""
    return Lexicon(language, verbs, nouns)
