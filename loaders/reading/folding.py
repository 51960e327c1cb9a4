"""Texts made comparable without moving a single character.

Typographic variants (no-break and thin spaces, curly apostrophes, kinds of hyphen) and case are
levelled, so that rules are written once. A folded text has the length of the original: offsets
in one are offsets in the other.
"""

from __future__ import annotations

from typing import Final

_LEVELLED: Final = (
    # Chained str.replace is several times faster than str.translate on texts that hold few of
    # these characters, as nearly all do.
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2007", " "),
    ("\u2002", " "),
    ("\u2003", " "),
    ("\t", " "),
    ("\r", " "),
    ("’", "'"),
    ("ʼ", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("‐", "-"),
    ("‑", "-"),
    ("‒", "-"),
    ("–", "-"),
    ("−", "-"),
)


def flatten(text: str) -> str:
    """`text` with plain spaces, apostrophes and hyphens, of the same length."""
    if text.isascii() and "\t" not in text and "\r" not in text:
        return text
    for variant, plain in _LEVELLED:
        text = text.replace(variant, plain)
    return text


def lower(text: str) -> str:
    """`text` in lower case, of the same length: what would grow is left as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def fold(text: str) -> str:
    """`text` flattened and in lower case, of the same length."""
    return lower(flatten(text))
