"""What a verb does with a post: gives it, gives it up, or tells that somebody had it."""

from __future__ import annotations

from loaders.reading.inflection import Form
from loaders.reading.ledger import APPOINTED, LEFT, PROMOTED
from loaders.reading.phrases import Parse
from loaders.reading.predicates import is_past
from loaders.reading.role_data import RoleData
from loaders.reading.role_spans import Role


def rule_of(parsed: Parse, role: Role, data: RoleData) -> str:
    """By what the role was read: an appointment, a promotion, a departure, or just as said."""
    if role.appointed:
        return APPOINTED
    if role.left:
        return LEFT
    promoted = role.group is not None and parsed.tokens[role.group.head].is_verb(data.promoting)
    return PROMOTED if promoted else "role"


def is_over(parsed: Parse, role: Role, data: RoleData) -> bool:
    """Whether the verb tells of a post in the past: "était", but not "a été élu"."""
    if role.group is None or role.appointed:
        return False
    if rule_of(parsed, role, data) == PROMOTED:
        return parsed.tokens[role.group.verbs[-1]].has_form(Form.PAST)
    return is_past(parsed, role.group)
