"""Days that the next sentences tell of what was just said: "L'opération sera bouclée en juin"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from graph.model import Kind, RelationType, Status
from loaders.reading.claims import Draft
from loaders.reading.dates import FoundDate
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.phrases import Parse
from loaders.reading.predicates import verb_group
from loaders.reading.qualifiers import Qualifiers
from loaders.reading.tokens import Category

_NEXT: Final = 2
"""Sentences behind a claim in which its day may still be told."""
_LATELY: Final = dt.timedelta(days=31)
_DEALS: Final = frozenset({RelationType.ACQUIRED, RelationType.INVESTED_IN})
_POSTS: Final = frozenset({RelationType.LEADS, RelationType.WORKED_AT, RelationType.HIRED_BY})
_HAPPENED: Final = frozenset({Status.ASSERTED, Status.REPORTED})


def add_days(
    parsed: Parse,
    drafts: Sequence[Draft],
    before: int,
    qualifiers: Qualifiers,
    published: dt.date | None,
) -> None:
    """Give the day of a sentence to the only deal, or the only new post, that was just told of."""
    if not any(token.date is not None for token in parsed.tokens):
        return
    index = parsed.sentence.index
    near = [d for d in drafts[:before] if 0 < index - d.sentence <= _NEXT and not d.ended]
    if not near:
        return
    _day_of_deal(parsed, near, drafts[before:], qualifiers, published)
    _day_of_post(parsed, near, drafts[before:], qualifiers, published)


def _day_of_deal(
    parsed: Parse,
    near: Sequence[Draft],
    here: Sequence[Draft],
    qualifiers: Qualifiers,
    published: dt.date | None,
) -> None:
    """ "La transaction devrait être finalisée au troisième trimestre"."""
    deals = [draft for draft in near if draft.relation in _DEALS and draft.news]
    if len({draft.key for draft in deals}) != 1 or any(d.relation in _DEALS for d in here):
        return
    for place, token in enumerate(parsed.tokens):
        if token.lower not in qualifiers.deals or not qualifiers.points_back(parsed, place):
            continue
        verb = _verb_behind(parsed, place)
        if verb is None or not parsed.tokens[verb].is_verb(qualifiers.closing):
            continue
        date = qualifiers.date(parsed, verb, deal=True)
        if date is not None and _fits(parsed, verb, date, published):
            for draft in deals:
                draft.date = draft.date or date
        return


def _day_of_post(
    parsed: Parse,
    near: Sequence[Draft],
    here: Sequence[Draft],
    qualifiers: Qualifiers,
    published: dt.date | None,
) -> None:
    """ "Elle prendra ses fonctions le 1er septembre", "Sa nomination prendra effet le 2 mai"."""
    text = lowered(parsed.sentence.text)
    if not any(words in text for words in qualifiers.begins):
        return
    posts = [draft for draft in near if draft.relation in _POSTS and draft.status in _HAPPENED]
    people = {draft.subject for draft in posts}
    named = {m.entity for p in parsed.phrases if (m := parsed.mention(p)) is not None}
    others = {entity for entity in named if entity.kind is Kind.PERSON} - people
    if len(people) != 1 or others or any(draft.relation in _POSTS for draft in here):
        return
    last = max(draft.sentence for draft in posts)
    for place, token in enumerate(parsed.tokens):
        if token.date is None or token.date.relation == "end":
            continue
        verb = next(
            (i for i in range(place - 1, -1, -1) if parsed.category(i) is Category.VERB), None
        )
        if verb is not None and _fits(parsed, verb, token.date, published):
            for draft in posts:
                is_news = draft.date is None or _is_of_the_decision(draft.date, published)
                if draft.sentence == last and is_news:
                    draft.date = token.date
            return


def _is_of_the_decision(date: FoundDate, published: dt.date | None) -> bool:
    """Whether a day is that of the news: "a nommé mardi X", who begins in May."""
    if published is None or date.latest is None or date.earliest is None or date.until is not None:
        return False
    near = published - date.earliest <= _LATELY and date.latest <= published
    return date.relation == "moment" and near


def _verb_behind(parsed: Parse, noun: int) -> int | None:
    """The lexical verb of which a noun is the subject: "l'opération *devrait être bouclée*"."""
    for index in range(noun + 1, len(parsed.tokens)):
        category = parsed.category(index)
        if category in (Category.COMMA, Category.STOP, Category.WHO, Category.RELATIVE):
            return None
        helps = parsed.category(index + 1) in (Category.VERB, Category.ADVERB)
        if category is Category.VERB and not helps:
            return index
    return None


def _fits(parsed: Parse, verb: int, date: FoundDate, published: dt.date | None) -> bool:
    """Whether a day lies ahead of the article where the verb speaks of what is to come."""
    group = verb_group(parsed, verb)
    tensed = parsed.tokens[group.verbs[-1]]
    ahead = tensed.has_form(Form.FUTURE, Form.CONDITIONAL) or (
        tensed.has_form(Form.PRESENT) and not group.auxiliaries
    )
    if published is None or date.latest is None or group.negation is not None:
        return False
    return date.latest >= published if ahead else True
