"""The words that a verb's pattern wants behind it: "prendre *la tête*", "mettre *la main sur*"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from graph.model import Kind
from loaders.reading.adjuncts import past_sum
from loaders.reading.frames import Frame, FrameSet, VerbPattern
from loaders.reading.lexicon import Lexicon
from loaders.reading.list_heads import closing_comma
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, is_bare_participle
from loaders.reading.tokens import Category

_MANY: Final = 8
"""Patterns of a verb from which on they are looked up by their first word."""

_INSERTED: Final = 12
"""Tokens within which what stands between a verb and its words closes."""
_INSERTING: Final = frozenset(
    {Category.PREPOSITION, Category.DATE, Category.ADVERB, Category.NUMBER}
)
_BREAKING: Final = frozenset({Category.STOP, Category.WHO, Category.RELATIVE})

Called = Sequence[tuple[VerbPattern, Frame]]


def patterns_called(
    parsed: Parse, infinitive: str, frames: FrameSet, behind: tuple[int, str]
) -> Called:
    """The patterns of a verb that what stands behind it leaves possible, with their frames.

    `behind` is what `words_behind` gives.
    """
    known = frames.by_verb[infinitive]
    if len(known) < _MANY or _named(parsed, behind[0]) is not None:
        return known
    table = frames.by_word.get(infinitive)
    if table is None:
        table = frames.by_word[infinitive] = _by_first_word(known, parsed.lexicon)
    return table.get(behind[1].partition(" ")[0], table[""])


def _by_first_word(known: Called, lexicon: Lexicon) -> dict[str, Called]:
    """By their first word, and without one, what a verb may call; all in the order of the data."""
    firsts = [
        _anyone(lexicon, pattern.words[:1]).partition(" ")[0] if pattern.words else ""
        for pattern, _ in known
    ]
    return {
        word: tuple(each for each, first in zip(known, firsts, strict=True) if first in ("", word))
        for word in {"", *firsts}
    }


def words_behind(parsed: Parse, index: int) -> tuple[int, str]:
    """Where the words of a pattern begin that may follow the verb at `index`, and the first."""
    position = index + 1
    while parsed.category(position) in (Category.ADVERB, Category.DATE, Category.NEGATION):
        position += 1
    told = parsed.at.get(position + 1)
    if told is not None and _is_told(parsed, told):
        position = min(told.end, len(parsed.tokens) - 1)  # "confier à X les rênes"
    position = _past_insertion(parsed, position)
    position = past_sum(parsed, position)  # "prendre pour 900 millions d'euros le contrôle"
    if position >= len(parsed.tokens):
        return position, ""
    return position, _anyone(parsed.lexicon, (parsed.tokens[position].lower,))


def _past_insertion(parsed: Parse, index: int) -> int:
    """Behind what tells when or how, between commas or not: "prendra*, dès mai,* la tête de Y"."""
    if parsed.category(index) is Category.PREPOSITION:
        return index + 2 if parsed.category(index + 1) is Category.DATE else index
    if parsed.category(index) is not Category.COMMA or parsed.category(index + 1) not in _INSERTING:
        return index
    closed = closing_comma(parsed, index, _INSERTED, _BREAKING)
    return index if closed is None else closed + 1


def _is_told(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it names whom something is given to: "à X", but not "mettre au point X"."""
    if phrase.mention is None or phrase.preposition not in parsed.lexicon.told:
        return False
    own = parsed.tokens[phrase.start].lower in parsed.lexicon.possessives
    return not own and parsed.tokens[phrase.head].lower not in parsed.lexicon.verbal_nouns


def pattern_end(
    parsed: Parse,
    index: int,
    pattern: VerbPattern,
    group: VerbGroup,
    behind: tuple[int, str],
) -> int | None:
    """Index of the pattern's last token, or None when its words do not follow the verb.

    `behind` is what `words_behind` gives.
    """
    reflexive = group.reflexive
    if pattern.reflexive and not reflexive and not is_bare_participle(parsed, group):
        return None
    if reflexive and not pattern.reflexive:
        return None
    if not pattern.words:
        return index
    position, first = behind
    words = _anyone(parsed.lexicon, pattern.words)
    if not first:
        return None
    if not words.startswith(first):
        told = parsed.at.get(position)
        named = parsed.mention(told) if told is not None and told.preposition is None else None
        if told is None or named is None:
            return None
        position = told.group[-1].end  # "pousser *X* vers la sortie", "mettre *Y* sur pied"
        if parsed.category(position) is not Category.PREPOSITION:
            return None
    reach = min(position + len(pattern.words) + 1, len(parsed.tokens))
    for end in range(position + 1, reach + 1):
        if _anyone(parsed.lexicon, tuple(t.lower for t in parsed.tokens[position:end])) == words:
            return end - 1
    return None


@lru_cache(maxsize=65_536)
def _anyone(lexicon: Lexicon, words: tuple[str, ...]) -> str:
    """Words with every possessive and number alike: "faire ses adieux", "faire leurs adieux"."""
    return " ".join(
        "·" if word in lexicon.possessives else word[:3] + word[3:].rstrip("s") for word in words
    )


def _named(parsed: Parse, position: int) -> Phrase | None:
    """Who stands there without a preposition, if it is perhaps a person."""
    told = parsed.at.get(position)
    named = parsed.mention(told) if told is not None and told.preposition is None else None
    return told if named is not None and named.entity.kind in (Kind.PERSON, None) else None
