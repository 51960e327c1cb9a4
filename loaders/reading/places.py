"""The place that a pronoun stands for: "il en prend la tête", "elle y travaille"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

from graph.model import Ground, Kind
from loaders.reading.anaphors import Anaphor
from loaders.reading.arguments import subject_candidates
from loaders.reading.fillers import Known
from loaders.reading.left_behind import left_behind
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.predicates import VerbGroup, is_past
from loaders.reading.tokens import Category

if TYPE_CHECKING:
    from loaders.reading.resolving import Resolver

PLACES: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
_PEOPLE: Final = frozenset({Kind.PERSON})
_THERE: Final = 0.8
"""What it is worth that the article has put there whom the clause is about."""


def place_of_pronoun(
    parsed: Parse,
    index: int,
    kinds: frozenset[Kind],
    exclude: Collection[NamedEntity],
    resolver: Resolver,
    group: VerbGroup | None = None,
) -> list[NamedEntity]:
    """The place that the pronoun at token `index` stands for: what its sentence has named, or
    what was before.

    Not what the sentence says to be left behind: "X, ex-PDG de Y, en prend la tête". Rather where
    the article has put those of `exclude`, who fill the other slots, or the subject of the verb
    `group`, be it now or before.
    """
    discourse = resolver.discourse
    if counts(parsed, index):
        return []
    share = _tells_share(parsed, index)
    if share and any(token.is_verb(parsed.lexicon.selling) for token in parsed.tokens[:index]):
        return []  # "X cède ses parcs à Z, qui en détiendra 70 %": not 70 % of X
    behind = left_behind(parsed)
    # Right before the pronoun it belongs to the subject: "le cofondateur de Y y travaille".
    named = [p for p in parsed.phrases if p.end < index or (p.end == index and not p.preposition)]
    here = {
        mention.entity
        for mention in map(parsed.mention, named)
        if mention is not None and mention.entity.kind in kinds & PLACES
    }.difference(behind, exclude)
    token, sentence = parsed.tokens[index], parsed.sentence.index
    if len(here) == 1:
        found = list(here)
        discourse.explain(token.start, token.end, found[0], Ground.ONLY, sentence)
        return found
    place = (sentence, token.start, token.end)
    whose = parsed.lexicon.place_pronouns[token.lower] == parsed.lexicon.genitive
    asked = Anaphor(kinds & PLACES, where=True, whose=whose)
    there = {} if whose else _where_put(parsed, group, exclude, resolver)
    found = discourse.resolve(asked, *place, exclude=[*behind, *exclude], associates=there)
    last = discourse.there
    if not found and last is not None and sentence - last[0] <= 1:
        # "X y travaille. Z, un ancien de Y, en est le PDG.": the same place, if it is in doubt.
        found = [] if last[1] in [*behind, *exclude] else [last[1]]
    if share:
        # "X vend ses parcs. Z en détiendra 50 %": only of what was told to be bought.
        found = [body for body in found if body in discourse.targets]
    for body in found:
        discourse.there = sentence, body
    return found


def left_places(
    parsed: Parse,
    group: VerbGroup,
    people: Collection[NamedEntity],
    relations: Mapping[tuple[NamedEntity, NamedEntity], Known],
) -> list[NamedEntity]:
    """The bodies that the people have left, where the verb does not tell of the past.

    "X quitte Y pour Z. Elle y retrouve W": at Z.
    """
    if is_past(parsed, group):
        return []
    return [body for (person, body), known in relations.items() if known.over and person in people]


def counts(parsed: Parse, index: int) -> bool:
    """Whether the pronoun stands for things that a number counts: "Y *en* a racheté 21"."""
    number = _number_behind(parsed, index)
    return parsed.category(number) is Category.NUMBER and not _tells_share(parsed, index)


def _tells_share(parsed: Parse, index: int) -> bool:
    """Whether a share is told of what the pronoun stands for: "en détient 80 %"."""
    number = _number_behind(parsed, index)
    behind = parsed.tokens[number + 1 : number + 2]
    percent = bool(behind) and behind[0].text == "%"
    return percent and parsed.category(number) is Category.NUMBER


def _number_behind(parsed: Parse, index: int) -> int:
    """Where a number stands behind the verb of the pronoun at `index`, if one does."""
    after = index + 1
    while parsed.category(after) in (Category.VERB, Category.ADVERB, Category.NEGATION):
        after += 1
    further = (Category.RELATIVE, Category.SUBORDINATOR)
    return after + (parsed.category(after) in further)


def _where_put(
    parsed: Parse, group: VerbGroup | None, others: Collection[NamedEntity], resolver: Resolver
) -> dict[NamedEntity, float]:
    """Where the article has put those whom a clause is about, and what that is worth."""
    subjects = subject_candidates(parsed, group)[:1] if group is not None else []
    people = {*others, *resolver.fill(parsed, subjects, _PEOPLE, alone=True).entities}
    return {body: _THERE for (one, body) in resolver.relations if one in people}
