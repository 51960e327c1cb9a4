"""What the words around a token tell of what it is, where the tagger is often wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from loaders.reading.categories import Category
from loaders.reading.inflection import Form, VerbForm
from loaders.reading.lexicon import Lexicon

if TYPE_CHECKING:
    from loaders.reading.tokens import Token

TICKER: Final = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,2}")
"""What the news of agencies put behind a name: "Euronext ENX.PA"."""
_GIVEN: Final = 2
"""A verb and the name behind it."""
_BEFORE_SUBJECT: Final = frozenset(
    {
        Category.COMMA,
        Category.STOP,
        Category.QUOTE,
        Category.ADVERB,
        Category.DATE,
        Category.SUBORDINATOR,
        Category.RELATIVE,
        Category.COORDINATOR,
    }
)


def names_body(word: str, after: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether what follows a noun for a post that is a participle too is no verb's complement."""
    following = after[0].lower if after else ""
    owned = lexicon.contractions.get(following, following) == lexicon.genitive
    if word in lexicon.charged:
        # "chargé des achats", "de la communication", not "d'acheter"
        return owned and any(t.lower in lexicon.definite for t in after[:_GIVEN])
    return owned or (bool(after) and after[0].mention is not None)


def is_no_preposition(
    token: Token, following: str, before: Sequence[Token], lexicon: Lexicon
) -> bool:
    """Whether the word of a preposition is a verb ("entre chez", "entre au") or an article."""
    if following and lexicon.readings(token.lower) and lexicon.preposition_at([following], 0):
        return True
    return is_indefinite(token.lower, following, before, lexicon)


def is_indefinite(word: str, following: str, before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether "de" is the article before an adjective: "*D'*anciens …", "fondée par *d'*anciens".

    Only where no noun and no verb stands before it, whose complement it could open.
    """
    if following not in lexicon.indefinite_before or word not in lexicon.elided_genitive:
        return False
    if not before:
        return True
    last = before[-1]
    governed = last.category is Category.PREPOSITION and last.preposition != lexicon.genitive
    return governed or last.category in (Category.STOP, Category.SUBORDINATOR)


def is_who_speaks(following: str, before: list[Token], lexicon: Lexicon) -> bool:
    """Whether "nous" is a subject: "nous avons racheté Y", but not "Y nous a approchés"."""
    if before and before[-1].category not in _BEFORE_SUBJECT:
        return False
    small = following in lexicon.negations or following in lexicon.clitics
    return small or following.endswith(lexicon.speech_endings)


def is_done_by_ranked(rank: str, after: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a verb stands between a `rank` and what is `after`: "la première dirige Y".

    Behind a noun there is no article: "la première recrue"; nor is there an infinitive right
    behind what stands for nobody: "la première vient de recruter X".
    """
    if rank not in lexicon.ranks or not after:
        return False
    if len(after) > 1 and after[0].lower in lexicon.infinitive_links:
        return any(r.form is Form.INFINITIVE for r in lexicon.readings(after[1].lower))
    return after[0].mention is not None or after[0].lower in lexicon.determiners


def is_linked(previous: Token | None, readings: Sequence[VerbForm]) -> bool:
    """Whether an infinitive stands behind a preposition, whatever the tagger takes it for."""
    if previous is None or previous.category is not Category.PREPOSITION:
        return False
    return all(reading.form is Form.INFINITIVE for reading in readings)


def is_made(before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a verb that gives posts stands before a name: "a élu X président"."""
    if len(before) < _GIVEN or before[-1].mention is None:
        return False
    return before[-2].is_verb(lexicon.appointing)


def is_post(word: str, before: list[Token], after: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a form of a verb is the noun for a post by what stands around it."""
    if word not in lexicon.nouns and word not in lexicon.callings:
        return False
    apposed = bool(before) and before[-1].category is Category.COMMA
    became = bool(before) and before[-1].is_verb(lexicon.copulas - {lexicon.passive_auxiliary})
    last = next((t for t in reversed(before) if t.category is not Category.ADVERB), None)
    said = word in lexicon.partners and last is not None and last.is_verb(lexicon.copulas)
    following = after[0].lower if after else ""
    if (apposed or became or said) and word in lexicon.nouns and following in lexicon.working:
        return True  # "X, associée chez Y", "est désormais associée chez Y"
    is_so = last is not None and last.is_verb(lexicon.copulas)
    called = apposed or is_so or is_made(before, lexicon)
    # "X, associé du cabinet Y", "X était chargée des achats chez Y"
    return called and word in lexicon.callings and names_body(word, after, lexicon)
