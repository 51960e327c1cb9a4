"""A sentence as tokens, in which a name, a sum or a date is one token.

Masking names before the tagger sees them is what keeps it right: `fr_core_news_md` takes "Meta"
for a conditional verb, but never "Renault".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from loaders.reading.amounts import FoundAmount
from loaders.reading.categories import Category, function_words
from loaders.reading.dates import FoundDate
from loaders.reading.inflection import FINITE, Form, VerbForm
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import Mention
from loaders.reading.sentences import LineKind
from loaders.reading.token_cues import (
    TICKER,
    is_done_by_ranked,
    is_linked,
    is_no_preposition,
    is_post,
    is_who_speaks,
)

__all__ = ["Category", "Sentence", "Token", "categorise"]

_TAGGED_FORMS: Final = {"Part": Form.PARTICIPLE, "Inf": Form.INFINITIVE}


@dataclass(slots=True)
class Token:
    """A word, or a name, sum or date taken as one. Offsets are the article's."""

    text: str
    start: int
    end: int
    lower: str = ""
    tag: str = ""
    category: Category = Category.OTHER
    preposition: str | None = None
    readings: tuple[VerbForm, ...] = ()
    mention: Mention | None = None
    amount: FoundAmount | None = None
    date: FoundDate | None = None

    @property
    def is_finite(self) -> bool:
        """Whether it is a verb with a tense of its own."""
        if self.category is not Category.VERB:
            return False
        for reading in self.readings:  # a generator for `any` takes longer than all the rest
            if reading.form in FINITE:
                return True
        return not self.readings and self.tag in {"VERB:Fin", "AUX:Fin"}

    def has_form(self, *forms: Form) -> bool:
        """Whether one of its readings, or else the tagger's, is one of these forms."""
        if not self.readings and self.category is Category.VERB:
            return _TAGGED_FORMS.get(self.tag.partition(":")[2]) in forms
        for reading in self.readings:  # noqa: SIM110 - as above
            if reading.form in forms:
                return True
        return False

    def is_verb(self, infinitives: frozenset[str]) -> bool:
        """Whether it is a form of one of these verbs."""
        for reading in self.readings if self.category is Category.VERB else ():
            if reading.infinitive in infinitives:
                return True
        return False


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence, with its place and its line's number.

    A sentence that can hold no claim has no tokens. `mentions` are all of it, also those inside a
    known description. `asked` is where in its text it asks.
    """

    index: int
    start: int
    end: int
    paragraph: int
    text: str
    tokens: list[Token] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    kind: LineKind = LineKind.BODY
    asked: tuple[int, int] | None = None


_PUNCTUATION: Final = {
    ",": Category.COMMA,
    "(": Category.OPEN,
    "[": Category.OPEN,
    ")": Category.CLOSE,
    "]": Category.CLOSE,
    ";": Category.STOP,
    ":": Category.STOP,
    "–": Category.COMMA,
    "—": Category.COMMA,
    "«": Category.QUOTE,
    "»": Category.QUOTE,
    '"': Category.QUOTE,
    "“": Category.QUOTE,
    "”": Category.QUOTE,
}
_TAGS: Final = {
    "NOUN": Category.NOUN,
    "PROPN": Category.NOUN,
    "X": Category.NOUN,
    "SYM": Category.NOUN,
    "ADJ": Category.ADJECTIVE,
    "NUM": Category.NUMBER,
    "ADV": Category.ADVERB,
    "DET": Category.DETERMINER,
    "PRON": Category.PRONOUN,
    "VERB": Category.VERB,
    "AUX": Category.VERB,
}
_DOUBTFUL: Final = frozenset(
    {Category.ADJECTIVE, Category.ADVERB, Category.VERB, Category.OTHER, Category.PRONOUN}
)
_BEFORE_NOUN: Final = frozenset(
    {
        Category.DETERMINER,
        Category.COMMA,
        Category.OPEN,
        Category.STOP,
        Category.NUMBER,
        Category.PREPOSITION,
        Category.COORDINATOR,
    }
)
_CLAUSE_OPENING: Final = {Category.SUBORDINATOR, Category.RELATIVE, Category.COORDINATOR}
_BEFORE_PARTICIPLE: Final = frozenset({Category.COMMA, Category.MENTION, Category.PRONOUN})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "X", "ADJ"})


def categorise(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Give each tagged token its category; words of one preposition become one token."""
    words = [token.lower for token in tokens]
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.mention or token.amount or token.date:
            if token.date and result and result[-1].lower in lexicon.definite - lexicon.contracted:
                # Else "prendra le 1er septembre la direction" would have a pronoun as its object.
                token.start = result.pop().start
            result.append(token)
            continue
        if result and result[-1].mention is not None and TICKER.fullmatch(token.text):
            continue  # "Euronext ENX.PA a racheté"
        merged = _merged(tokens, words, index - 1, lexicon)
        if merged:
            token.lower = " ".join(words[index - 1 : index + merged - 1])
            token.end = tokens[index + merged - 2].end
            index += merged - 1
            result.append(token)
            continue
        found = lexicon.preposition_at(words, index - 1)
        following = words[index] if index < len(words) else ""
        if (
            found
            and _is_preposition(token, found, result, lexicon)
            and not is_no_preposition(token, following, result, lexicon)
        ):
            preposition, length = found
            last = tokens[index + length - 2]
            token.preposition = preposition
            token.category = Category.PREPOSITION
            if last is not token:
                token.end = last.end
                token.lower = " ".join(words[index - 1 : index + length - 1])
                index += length - 1
            result.append(token)
            continue
        token.category = _category(token, result, tokens[index : index + 2], lexicon)
        result.append(token)
    return result


def _merged(tokens: Sequence[Token], words: list[str], index: int, lexicon: Lexicon) -> int:
    """How many tokens from `index` on are one expression; its category is set."""
    if not lexicon.opens_phrase(words[index]):
        return 0
    for length, category in (
        (lexicon.expression_at(words, index), Category.PRONOUN),
        (lexicon.adverbial_at(words, index), Category.ADVERB),
        (lexicon.coordinator_at(words, index), Category.COORDINATOR),
    ):
        emphatic = category is Category.ADVERB and index == 0 and words[0] in lexicon.emphatics
        if emphatic or not length:
            continue  # "Elle aussi a rejoint Y"
        following = words[index + length] if index + length < len(words) else ""
        named = any(t.mention for t in tokens[index + length : index + length + 1])  # "le duo X"
        owned = following in (lexicon.genitive, "d'", "du")
        described = category is Category.PRONOUN and (named or owned)
        if not described and not any(t.mention for t in tokens[index : index + length]):
            tokens[index].category = category
            return length
    return 0


def _is_preposition(
    token: Token, found: tuple[str, int], before: list[Token], lexicon: Lexicon
) -> bool:
    """Tell "des" the preposition from "des" the article, and "en" from the pronoun."""
    word = token.lower
    if word in lexicon.emphatics and before and before[-1].is_verb(lexicon.auxiliaries):
        return found[1] > 1  # "a depuis racheté"
    known = word == "des" or word in lexicon.determiners or word in lexicon.clitics
    if found[1] > 1 or not known:
        return True
    if word == "des":
        owning = (Category.NOUN, Category.MENTION, Category.ADJECTIVE)
        fitted = bool(before) and before[-1].is_verb(lexicon.fitting)  # "dotés des modèles"
        return fitted or (bool(before) and before[-1].category in owning)
    return not token.tag.startswith("PRON")


def _category(
    token: Token, before: list[Token], after: Sequence[Token], lexicon: Lexicon
) -> Category:
    word = token.lower
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    if word == "-" and before:
        return Category.COMMA  # "X - le fondateur du groupe - a"
    following = after[0].lower if after else ""
    function = function_words(lexicon).get(word)
    if function is not None:
        if word in lexicon.hypothesis and following in lexicon.subject_pronouns:
            return Category.SUBORDINATOR
        noun = function is Category.SUBORDINATOR and token.tag == "NOUN"
        if noun and before and before[-1].category in _BEFORE_NOUN:
            return Category.NOUN  # "à prix d'or" holds no "or" that joins two clauses
        return function
    if token.text in lexicon.loan_nouns:
        return Category.NOUN
    readings = lexicon.readings(word)
    pair = f"{word} {following}" in lexicon.nouns  # "associée fondatrice"
    if readings and (pair or is_post(word, before, after, lexicon)):
        return Category.NOUN
    if _is_auxiliary(token, after, before, lexicon) or (
        _reads_as_verb(token, readings, before, after, lexicon)
    ):
        token.readings = readings
        return Category.VERB
    if word in lexicon.speech_subjects and is_who_speaks(following, before, lexicon):
        return Category.PRONOUN
    if _is_object_pronoun(word, following, before, lexicon):
        return Category.CLITIC
    if word in lexicon.clitics and not _before_nominal(after, token):
        opening = not before or before[-1].category in (Category.STOP, Category.VERB)
        doer = following.endswith(lexicon.doer_endings) and not lexicon.readings(following)
        doer = doer or (bool(after) and after[0].text in lexicon.loan_nouns)
        noun = (following in lexicon.nouns and opening) or doer  # "L'offre de Y": nobody's object
        return Category.DETERMINER if noun and word in lexicon.definite else Category.CLITIC
    if word in lexicon.floating and before and before[-1].is_verb(lexicon.auxiliaries):
        return Category.ADVERB  # "ont tous souscrit"
    if word in lexicon.possessives and before and before[-1].lower in lexicon.contracted:
        return Category.NOUN  # "ingénieur du son": no article stands behind another
    if word == "des" or word in lexicon.determiners or word in lexicon.elided_genitive:
        return Category.DETERMINER
    category = _TAGS.get(token.tag.partition(":")[0], Category.OTHER)
    if category in _DOUBTFUL and word.removeprefix("ex-") in lexicon.nouns:
        previous = before[-1] if before else None
        if (
            previous is None
            or previous.category in _BEFORE_NOUN
            or previous.category is Category.MENTION
            or previous.is_verb(frozenset({lexicon.passive_auxiliary, "devenir"}))
        ):
            return Category.NOUN
    if word in lexicon.emphatics and category is not Category.NOUN:
        return Category.ADVERB
    if category is not Category.VERB:
        return category
    opening = f"{word} {following}" in lexicon.noun_openings  # "chief creative officer"
    noun = opening or token.tag.startswith("AUX") or word.endswith(lexicon.doer_endings)
    if (noun and not readings) or _is_determined(before):
        return Category.NOUN  # "constructeur automobile"
    return category


def _is_object_pronoun(word: str, following: str, before: list[Token], lexicon: Lexicon) -> bool:
    """Whether a verb that is no noun follows what may be an article: "X, de Y, l'accueille"."""
    if word not in lexicon.object_pronouns or not before or following in lexicon.nouns:
        return False
    readings = lexicon.readings(following)
    finite = bool(readings) and all(reading.form in FINITE for reading in readings)
    opened = (Category.COMMA, Category.MENTION, Category.WHO, Category.CLOSE)
    alone = len(before) == 1 or before[-2].category is not Category.PREPOSITION
    named = alone and before[-1].category is Category.MENTION
    return finite and ((word == "l'" and before[-1].category in opened) or named)


def _before_nominal(after: Sequence[Token], token: Token) -> bool:
    if token.tag.startswith("PRON"):
        return False
    following = next(iter(after), None)
    return following is not None and (
        following.mention is not None or following.tag.partition(":")[0] in (*_NOMINAL, "NUM")
    )


def _is_auxiliary(
    token: Token, after: Sequence[Token], before: list[Token], lexicon: Lexicon
) -> bool:
    """Whether a form of "avoir" or "être" stands before a participle: "la première a passé"."""
    readings = lexicon.readings(token.lower)
    if not readings or not after or (before and before[-1].category is Category.DETERMINER):
        return False
    auxiliary = any(reading.infinitive in lexicon.auxiliaries for reading in readings)
    return auxiliary and any(
        reading.form is Form.PARTICIPLE for reading in lexicon.readings(after[0].lower)
    )


def _reads_as_verb(
    token: Token,
    readings: tuple[VerbForm, ...],
    before: list[Token],
    after: Sequence[Token],
    lexicon: Lexicon,
) -> bool:
    """Whether a form that could be a verb is one here.

    The tagger's word is taken unless the neighbours contradict it: after an article or a
    possessive it is a noun ("une offre"), after a clitic, an auxiliary or a name a verb.
    """
    if not readings:
        return False
    if token.preposition is None and lexicon.preposition_at([token.lower], 0):
        return True
    tag = token.tag.partition(":")[0]
    previous = before[-1] if before else None
    if previous is not None and previous.category is Category.DETERMINER:
        return False
    if after and after[0].lower == lexicon.among and not token.lower.endswith(("s", "x")):
        return True  # "X, qui a fondé Y, compte parmi les"
    quality = previous is not None and previous.preposition in lexicon.qualities
    if quality and token.lower in lexicon.nouns:
        return False  # "en qualité d'associés"
    participle = any(reading.form is Form.PARTICIPLE for reading in readings)
    if participle and after and after[0].lower == lexicon.agent:
        return True  # "le Rafale, produit par Y"
    if all(reading.form is Form.PARTICIPLE for reading in readings):
        after_verb = previous is not None and previous.is_verb(lexicon.auxiliaries)
        return tag in ("VERB", "AUX", "ADJ") or (
            tag in _NOMINAL
            and (after_verb or previous is None or previous.category in _BEFORE_PARTICIPLE)
        )
    if previous is not None and previous.category is Category.ADJECTIVE and _is_determined(before):
        return is_done_by_ranked(previous.lower, after, lexicon)
    if tag in ("VERB", "AUX") or is_linked(previous, readings):
        return True
    if previous is None:
        return False
    if previous.category in (
        Category.CLITIC,
        Category.NEGATION,
        Category.WHO,
        Category.RELATIVE,
    ):
        return True
    if previous.category is Category.PRONOUN:
        return previous.lower in lexicon.subject_pronouns
    shares = previous.category is Category.COORDINATOR and any(t.is_finite for t in before)
    finite = any(reading.form in FINITE for reading in readings)
    if finite and previous.category is Category.NOUN and previous.tag.startswith("VERB:Fin"):
        return True  # the tagger took the noun before for the verb: "la jeune pousse compte"
    bare = previous.category in (Category.COMMA, Category.NOUN) or shares
    if bare and len(before) > 1 and after:
        # No noun stands bare before an article: "Abelia, fondée par X, contrôle le chausseur".
        opening = lexicon.determiners | lexicon.emphatics | lexicon.working
        number = after[0].tag == "NUM"
        follows = after[0].mention or after[0].amount or number or after[0].lower in opening
        return finite and bool(follows) and tag in _NOMINAL
    # Small words are known one by one: what the tagger takes for one ("rallie") is none.
    only_finite = all(reading.form in FINITE for reading in readings)
    small = tag in ("DET", "ADP", "CCONJ", "SCONJ")
    return previous.category is Category.MENTION and (only_finite or not small)


def _is_determined(before: list[Token]) -> bool:
    """Whether an article opens the run of adjectives and adverbs just read: "une très belle …"."""
    for token in reversed(before):
        if token.category is Category.DETERMINER:
            return True
        if token.category not in (Category.ADJECTIVE, Category.ADVERB, Category.NUMBER):
            return False
    return False
