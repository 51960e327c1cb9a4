"""Patterns of the language data, made into regular expressions over folded text.

In a pattern of the data, one space stands for a gap between two words and ``{name}`` for a
macro. All that is added here is bounded, so that no text makes a pattern slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

GAP: Final = r"(?: {1,3}|\n)"
"""Regular expression: what may stand between two words of one phrase."""

_MACRO: Final = re.compile(r"\{([a-z_]+)\}")


def expand(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """`pattern` as a regular expression: its gaps and macros (regular expressions) spelled out.

    Raises
    ------
    LookupError
        If it uses a macro that is not among `macros`.
    """
    known = macros or {}
    # Gaps first: a macro is an expression already, whose spaces are its own.
    return _MACRO.sub(lambda match: f"(?:{known[match[1]]})", pattern.replace(" ", GAP))


def any_of(patterns: Iterable[str], macros: Mapping[str, str] | None = None) -> str:
    """A regular expression for any one of `patterns`, the longest first."""
    ordered = sorted(patterns, key=len, reverse=True)
    return "(?:" + "|".join(expand(pattern, macros) for pattern in ordered) + ")"


def whole(expression: str) -> str:
    """`expression` between word limits; it may end in an apostrophe, before another word."""
    return rf"(?<!\w)(?:{expression})(?:(?<=')|(?!\w))"


def ending(expression: str) -> re.Pattern[str]:
    """`expression`, and at most a gap, at the very end of what is searched."""
    return re.compile(rf"{whole(expression)}{GAP}?\Z")
