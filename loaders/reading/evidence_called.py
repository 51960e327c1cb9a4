"""The nouns that an article calls somebody by, so that they are meant by them from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders.reading.evidence_data import Evidence
from loaders.reading.evidence_origins import told_from
from loaders.reading.evidence_words import is_word, joined
from loaders.reading.mentions import Mention

_SHORTEST: Final = 6


def describe(mention: Mention, words: Sequence[str], start: int, end: int, data: Evidence) -> None:
    """Remember the noun that the article calls an entity by, its gender, and where it is from."""
    entity = mention.entity
    if end > start:
        noun = joined(words[start:end])
        entity.called.add(noun)
        entity.called_at[noun] = min(mention.start, entity.called_at.get(noun, mention.start))
    before = words[start - 1] if start else ""
    if before in data.adjectives and start > 1:
        before = words[start - 2]
    if before in data.genders:
        entity.articles.add(data.genders[before])
    told_from(entity, words[start:end], words[end:], data)


def describe_by_trade(
    mention: Mention, words: Sequence[str], data: Evidence, *, before: bool = False
) -> None:
    """Remember a trade that the language does not list, told by its ending: "le décolleteur X".

    It stands at the end of `words`, `before` the name, or opens them. Nothing is made of it but
    that "le décolleteur" is X from then on: its ending fits people and firms.
    """
    start = _before(words, data) if before else _behind(words, data)
    if start is not None and _is_trade(words[start], data):
        describe(mention, words, start, start + 1, data)


def _before(words: Sequence[str], data: Evidence) -> int | None:
    """The noun behind an article at the end of `words`, perhaps with where it is from."""
    end = len(words) - 1
    while end > 0 and (words[end] in data.countries or words[end] in data.following):
        end -= 1
    told = end > 0 and (words[end - 1] in data.genders or words[end - 1] == "l'")
    return end if told else None


def _behind(words: Sequence[str], data: Evidence) -> int | None:
    """The noun that an apposition opens with: ", un tourneur isérois", ", ascensoriste lillois"."""
    start = 0
    while start < len(words) and (words[start] in data.genders or words[start] in data.adjectives):
        start += 1
    return start if start < min(len(words), 3) else None


def _is_trade(word: str, data: Evidence) -> bool:
    known = word in data.heads or word in data.countries or word in data.no_trades
    ends = word.endswith(data.trade_endings) and len(word) >= _SHORTEST
    return ends and not known and is_word(word)
