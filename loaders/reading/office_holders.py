"""Who fills a post that is the subject: "la présidence revient à X", "est assurée par X"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.model import Kind
from loaders.reading.complements import complements
from loaders.reading.inflection import Form
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

_BETWEEN: Final = frozenset({Category.ADVERB, Category.NEGATION, Category.DATE})
_ANEW: Final = frozenset({Category.WHO, Category.RELATIVE, Category.STOP})


@dataclass(frozen=True, slots=True)
class Filled:
    """Who has a post, by which verb, and whether it is given to them only now."""

    phrase: Phrase
    group: VerbGroup
    new: bool


def who_fills(parsed: Parse, end: int, data: RoleData) -> Filled | None:
    """The one whom the verb behind the post that ends at token `end` puts there; None if nobody.

    Not where a clause or somebody's name stands between the two.
    """
    verb = next((i for i in range(end, len(parsed.tokens)) if _tells(parsed, i)), None)
    if verb is None or any(_opens_anew(parsed, i) for i in range(end, verb)):
        return None
    token, group = parsed.tokens[verb], verb_group(parsed, verb)
    held = token.is_verb(data.holding) and token.has_form(Form.PARTICIPLE)
    given = token.is_verb(data.giving) and group.passive_auxiliary
    falls = token.is_verb(data.falling) and not group.reflexive
    if not (held or given or falls):
        return None
    links = {parsed.lexicon.agent} if held else parsed.lexicon.told
    told = next((p for p in complements(parsed, verb) if p.preposition in links), None)
    return Filled(told, group, not held) if told is not None else None


def _opens_anew(parsed: Parse, index: int) -> bool:
    """Whether a clause, or somebody else, stands between the post and its verb."""
    mention = parsed.tokens[index].mention
    person = mention is not None and mention.entity.kind is Kind.PERSON
    return person or parsed.category(index) in _ANEW


def _tells(parsed: Parse, index: int) -> bool:
    """Whether the token is the verb that tells, and no auxiliary or copula before it."""
    if parsed.category(index) is not Category.VERB:
        return False
    after = index + 1
    while parsed.category(after) in _BETWEEN:
        after += 1
    return parsed.category(after) is not Category.VERB
