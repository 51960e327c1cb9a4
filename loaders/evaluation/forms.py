"""The forms of annotated texts that can be scored."""

from __future__ import annotations

from enum import StrEnum


class SetForm(StrEnum):
    """What a set of annotated texts looks like."""

    GOLD = "gold"
    """Articles in the gold form, or in its compact one."""
    RELX = "relx"
    """Sentences with two marked entities."""
    POPCORN = "popcorn"
    """Texts with entities and coreference chains."""
