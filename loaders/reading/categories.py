"""What tokens do in a sentence, and the words that always do the same."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from loaders.reading.lexicon import Lexicon


class Category(StrEnum):
    """What a token does in its sentence, as far as the shallow parser asks."""

    MENTION = "mention"
    AMOUNT = "amount"
    DATE = "date"
    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    NUMBER = "number"
    PREPOSITION = "preposition"
    DETERMINER = "determiner"
    COORDINATOR = "coordinator"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    QUOTE = "quote"
    WHO = "who"
    RELATIVE = "relative"
    SUBORDINATOR = "subordinator"
    PRONOUN = "pronoun"
    CLITIC = "clitic"
    NEGATION = "negation"
    ADVERB = "adverb"
    OTHER = "other"


@cache
def function_words(lexicon: Lexicon) -> dict[str, Category]:
    """Words whose category does not depend on the tagger; the first table that holds one counts."""
    tables = (
        (lexicon.negations, Category.NEGATION),
        (lexicon.coordinators, Category.COORDINATOR),
        (lexicon.relative_subject, Category.WHO),
        (lexicon.relatives, Category.RELATIVE),
        (lexicon.subordinators, Category.SUBORDINATOR),
        (lexicon.subject_pronouns, Category.PRONOUN),
        (lexicon.reflexives, Category.CLITIC),
    )
    return {word: category for table, category in reversed(tables) for word in table}
