"""Roles of those whose kin or people the text speaks of: "la fille du patron de Y, X"."""

from __future__ import annotations

from collections.abc import Collection

from loaders.reading.phrases import Parse, Phrase
from loaders.reading.role_data import RoleData
from loaders.reading.role_spans import Role


def is_kins(parsed: Parse, phrase: Phrase, family: Collection[str]) -> bool:
    """Whether a phrase is whose kin one is: "la femme *de X*"."""
    if phrase.preposition != parsed.lexicon.genitive or not family:
        return False
    kin = parsed.at.get(phrase.start - 2)
    return kin is not None and parsed.tokens[kin.head].lower in family


def is_of_theirs(parsed: Parse, role: Role, data: RoleData) -> bool:
    """Whether somebody of theirs may be named behind: "la fille du patron, X", "un proche de"."""
    phrase = parsed.at.get(role.noun)
    if phrase is None or phrase.preposition != parsed.lexicon.genitive:
        return False
    one = parsed.at.get(phrase.start - 2)
    head = parsed.tokens[one.head].lower.rstrip("s") if one is not None else ""
    return head in data.family or data.begins_role(head)
