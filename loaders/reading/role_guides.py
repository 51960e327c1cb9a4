"""Heads told of with no post and no verb: "sous la direction de X, Y …", "Y, avec X à sa tête"."""

from __future__ import annotations

from typing import Final

from graph.model import RelationType
from loaders.reading.arguments import main_subject
from loaders.reading.mentions import BODIES
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_spans import PERSON, Role
from loaders.reading.tokens import Category

_LEADS: Final = frozenset({RelationType.LEADS})


def guided_by(parsed: Parse, index: int, resolver: Resolver, data: RoleData) -> list[Role]:
    """Whom the body that the clause is about is under, at the preposition `index`.

    "Sous la houlette de X, Y a …" and "Y, sous la direction de X, a …".
    """
    token, phrase = parsed.tokens[index], parsed.at.get(index + 1)
    if token.preposition not in data.guiding or phrase is None or phrase.start != index + 1:
        return []
    before = parsed.category(index - 1) if index else None
    end = (phrase.group or [phrase])[-1].end
    if before is None:
        subjects = main_subject(parsed, end)
    elif before is Category.COMMA and parsed.category(end) is Category.COMMA:
        named = parsed.at.get(index - 2)
        subjects = [named] if named is not None and named.mention is not None else []
    else:
        return []
    role = Role(index, end, index, "", _LEADS)
    role.holders = resolver.fill(parsed, [phrase], PERSON, alone=True).entities
    role.employers = resolver.fill(parsed, subjects, BODIES, alone=True).entities
    role.cue = token.text
    return [role] if role.holders and role.employers else []


def at_its_head(parsed: Parse, index: int, resolver: Resolver, data: RoleData) -> list[Role]:
    """Who stands with "à sa tête": "Y, avec X à sa tête", "Y a désormais à sa tête X"."""
    phrase = parsed.at.get(index)
    if phrase is None or parsed.tokens[index].lower not in data.heads_of:
        return []
    own = parsed.tokens[phrase.start].lower in parsed.lexicon.possessives
    if phrase.preposition not in parsed.lexicon.told or not own or phrase.head != index:
        return []
    who = _beside(parsed, phrase, data)
    if who is None:
        return []
    role = Role(phrase.start - 1, phrase.end, index, "", _LEADS)
    role.holders = resolver.fill(parsed, [who], PERSON).entities
    if who.start <= 1 and who.end < phrase.start:  # "Avec X à sa tête, Y …"
        subjects = main_subject(parsed, phrase.end)
        role.employers = resolver.fill(parsed, subjects, BODIES, alone=True).entities
    else:
        role.employers = resolver.possessive(parsed, phrase, BODIES).entities
    role.cue = parsed.text(phrase.start - 1, phrase.end)
    return [role] if role.holders and role.employers else []


def _beside(parsed: Parse, phrase: Phrase, data: RoleData) -> Phrase | None:
    """The person before it behind "avec", or behind it where the body "has" them there."""
    before, after = parsed.at.get(phrase.start - 2), parsed.at.get(phrase.end)
    if before is not None and before.mention is not None and before.preposition == data.company:
        return before
    if phrase.mention is not None:
        after = phrase  # "à sa tête X" is one noun phrase
    elif after is None or after.mention is None or after.preposition is not None:
        return None
    verb = phrase.start - 2
    while parsed.category(verb) is Category.ADVERB:
        verb -= 1
    has = verb >= 0 and parsed.tokens[verb].is_verb(parsed.lexicon.having)
    return after if has else None
