"""Words and the gaps between them: how a name of the gazetteer is compared with a text.

A surface is a sequence of words joined by gaps. Space, non-breaking space and hyphen are one gap
("Coca-Cola", "Coca Cola"), the two apostrophes are one; accents and case are folded for the index
and compared afterwards by `accepted_forms`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_HYPHENS: Final = "-\u2010\u2011"
_APOSTROPHES: Final = "'\u2019\u02bc"
_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_LONGEST_GAP: Final = 5
TAILS: Final = ("+", "!", "*")
"""Signs that may end a name: Canal+, Yahoo!."""


def plain(text: str) -> str:
    """`text` without accents and ligatures, in its own case."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@functools.lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """`word` without accents, ligatures and case: what two spellings of one name share."""
    return plain(word).casefold()


class Words(NamedTuple):
    """The words of a text, as parallel lists: offsets, the words, and their folded keys."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    keys: list[str]


def words_of(text: str) -> Words:
    """Split `text` into its words; ``text[starts[i]:ends[i]] == words[i]``."""
    words = _WORD.findall(text)
    spans = [match.span() for match in _WORD.finditer(text)]
    return Words(
        [start for start, _ in spans],
        [end for _, end in spans],
        words,
        [word.lower() if word.isascii() else fold(word) for word in words],
    )


@functools.lru_cache(maxsize=4096)
def gap(raw: str) -> str | None:
    """What stands between two words, in one spelling, or None where a name cannot continue.

    A line break becomes ``"\\n"``: whether a name may run over it is for the caller to say.
    """
    if raw == " " or (len(raw) == 1 and raw in _HYPHENS):
        return " "
    if len(raw) > _LONGEST_GAP or not raw:
        return None
    if raw.isspace():
        return "\n" if raw.count("\n") == 1 else (" " if "\n" not in raw else None)
    if len(raw) == 1 and raw in _APOSTROPHES:
        return "'"
    sign = raw.strip()
    if sign in ("&", "+") and "\n" not in raw:
        return sign
    if raw in (": ", " : ", "\u00a0: "):
        return ":"
    return raw if raw in (".", ". ", "/", ", ") else None


class Surface(NamedTuple):
    """One spelling of a name or description, ready for the index."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    tail: str


def surface_of(name: str) -> Surface:
    """Cut a name into index keys (each later key with its gap in front), words and tail.

    Raises
    ------
    ValueError
        If the name holds no word, or a sign that cannot stand inside a name.
    """
    name = unicodedata.normalize("NFC", name.strip())
    starts, ends, words, keys = words_of(name)
    if not words:
        raise ValueError(f"{name!r} holds no word")
    if starts[0] != 0:
        raise ValueError(f"{name!r} must begin with a letter or a digit")
    parts = [keys[0]]
    for before, after, key in zip(ends, starts[1:], keys[1:], strict=False):
        between = gap(name[before:after])
        if between is None or between == "\n":
            raise ValueError(f"{name!r} has {name[before:after]!r} inside, which no name can hold")
        parts.append(between + key)
    tail = name[ends[-1] :].removesuffix(".")
    if tail and tail not in TAILS:
        raise ValueError(f"{name!r} ends with {tail!r}, which no name can hold")
    return Surface(tuple(parts), tuple(words), tail)


@functools.lru_cache(maxsize=16_384)
def accepted_forms(word: str) -> frozenset[str]:
    """The spellings of one word of a name that a text may use for it.

    The word itself, without its accents (newspapers leave them off capitals), in capitals; a
    word with capitals inside also in plain title case ("Linkedin"), and a short word in lower
    case ("de" in Banque de France) in any case.
    """
    forms = {word, plain(word), plain(word[0]) + word[1:]}
    if len(word) > 1:
        forms |= {form.upper() for form in tuple(forms)}
    if word.islower() and len(word) <= 3:
        forms.add(word.capitalize())
    if len(word) >= 5 and any(c.isupper() for c in word[1:]) and any(c.islower() for c in word):
        forms |= {word.capitalize(), word[0].upper() + word[1:]}
    return frozenset(forms)
