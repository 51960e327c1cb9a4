"""What makes a thing, or its maker, of a name: goods in the plural, a maker behind it."""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.evidence_data import Evidence, Votes
from loaders.reading.evidence_words import head_before, worth
from loaders.reading.neighbours import CAPITAL

_PLURALS: Final = (["les"], ["des"], ["aux"])
_MADE_BY_VOTE: Final = 2.0


def are_goods(words: list[str], start: int, end: int, after: list[str]) -> bool:
    """Whether a plural noun before one name may be for what its bearer makes: "les parfums X".

    Of two products the other follows: "les processeurs X et Y".
    """
    several = end == len(words) and words[end - 1].endswith(("s", "x"))
    listed = after[:1] in ([","], ["et"], ["ou"], [":"], ["("])
    return several and not listed and words[max(0, start - 1) : start] in _PLURALS


def names_what(words: list[str], data: Evidence) -> bool:
    """Whether words before an article and a name tell what that is: "la scène nationale *le* X"."""
    if not words:
        return False
    start, end = head_before(words, data)
    return start < end == len(words) and Kind.PERSON not in worth(words[start:end], data.heads)


def is_acronym(name: str) -> bool:
    """Whether it is letters in capitals, as bodies with an article have them: "la RATP"."""
    return name.isupper() and name.isalpha()


def made_by(after: list[str], data: Evidence) -> Votes:
    """What a maker behind a name says of it: "Synergy du studio X", "Bakus, de la start-up Y"."""
    words = after[after[0] == "," :]
    if words[:1] != ["du"] and words[:2] not in (["de", "la"], ["de", "l'"]):
        return {}
    noun = words[1 if words[0] == "du" else 2 :][:3]
    named = any(word.startswith(CAPITAL) for word in noun[1:])
    return {Kind.PRODUCT: _MADE_BY_VOTE} if named and noun[0] in data.makers else {}


def is_owned(words: list[str]) -> bool:
    """Whether a noun is said of a thing as somebody's: "la plateforme *de ^Microsoft*".

    One word may stand between: "la plateforme vidéo de".
    """
    for start in (0, 1):
        behind = words[start + 1 : start + 3]
        if words[start : start + 1] in (["de"], ["d'"], ["du"]) and behind[:1]:
            return behind[0].startswith(CAPITAL) or behind[-1].startswith(CAPITAL)
    return False
