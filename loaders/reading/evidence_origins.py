"""Where somebody is from by the words around the name: "le groupe lillois X", "X, basé à Lille"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders.reading.evidence_data import Evidence
from loaders.reading.evidence_words import DEFINITE, is_word
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.neighbours import CAPITAL

_PLACED: Final = 4
"""Words from one that says that somebody is in a town to the town: "fondée en 2018 à Lille"."""
_LINKED: Final = frozenset({"dont", "qui", "est", "a", "de"})
_ARTICLES: Final = frozenset({*DEFINITE, "du", "au", "aux", "des"}) - {"l'"}


def told_from(
    entity: NamedEntity, noun: Sequence[str], behind: Sequence[str], data: Evidence
) -> None:
    """Remember where it is from that is called by a noun, by the words of the noun and behind it.

    An adjective may stand behind what belongs to the noun ("l'éditeur de logiciels lillois"), not
    behind what is somebody else's ("l'éditeur du jeu italien Y").
    """
    if entity.country is not None:
        return
    before = ""
    for word in (*noun, *behind):
        if word in _ARTICLES or not is_word(word.lstrip(CAPITAL)):
            break
        if word in data.countries and not (word.endswith("s") and before.endswith(("s", "x"))):
            _is_from(entity, word, data)
            return
        before = word
    if behind[:1] == ["de"]:
        _is_from(entity, _town_at(behind, 1, 3, data), data)


def vote_origin(
    mention: Mention, before: Sequence[str], after: Sequence[str], data: Evidence
) -> None:
    """Remember the town told of a name: "X, basé à Lille", "Basé à Lille, X", "X (Lille)"."""
    if mention.entity.country is not None:
        return
    word = None
    if after[:1] == ["("]:
        word = _town_at(after, 1, after.index(")") if ")" in after else 0, data)
    if word is None and after and (after[0] == "," or after[0] in data.copulas):
        word = _told_behind(after, data)
    if word is None and "," in before:
        word = _told_ahead(before, data)
    _is_from(mention.entity, word, data)


def _told_behind(words: Sequence[str], data: Evidence) -> str | None:
    """The town of what stands behind a name, up to the next comma or somebody else's name."""
    placed: int | None = None
    for index, word in enumerate(words[1:], 1):
        if placed is None and word in data.based:
            placed = index
        elif word.startswith(CAPITAL):
            near = placed is not None and index - placed <= _PLACED
            return _town_at(words, index, index + 2, data) if near else None
        elif not is_word(word) and not word.isdigit():
            return None
        elif word in DEFINITE and index > 1 and words[index - 1] not in _LINKED:
            return None  # "X, filiale d'un groupe basé à Lille"
    return None


def _told_ahead(words: Sequence[str], data: Evidence) -> str | None:
    """The town of a participle that opens the sentence: "Basé à Lille, le fabricant X"."""
    comma = len(words) - 1 - words[::-1].index(",")
    opening = range(max(0, comma - _PLACED - 2), comma)
    based = next((index for index in opening if words[index] in data.based), None)
    if based is None or (based and is_word(words[based - 1].lstrip(CAPITAL))):
        return None
    town = next((i for i in range(based, comma) if words[i].startswith(CAPITAL)), None)
    own = comma + 1 == len(words) or words[comma + 1] in DEFINITE
    alone = not any(word.startswith(CAPITAL) for word in words[comma + 1 :])
    return _town_at(words, town, comma, data) if town is not None and own and alone else None


def _town_at(words: Sequence[str], start: int, end: int, data: Evidence) -> str | None:
    """The adjective of the town whose name stands from `start` on, to `end` or before."""
    for stop in range(min(end, start + 2, len(words)), start, -1):
        found = words[start:stop]
        if all(word.startswith(CAPITAL) for word in found):
            word = data.origins.places.get(" ".join(each.lstrip(CAPITAL) for each in found))
            if word is not None:
                return word
    return None


def _is_from(entity: NamedEntity, word: str | None, data: Evidence) -> None:
    if word is not None:
        entity.country = data.countries[word]
        entity.origin = data.origins.key(word)
