"""Whose something is that a possessive tells: "son PDG", "sa filiale"."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from graph.model import Ground, Kind
from loaders.reading.agreement import is_outlet
from loaders.reading.anaphors import Anaphor
from loaders.reading.arguments import subject_candidates
from loaders.reading.binding import named_ahead
from loaders.reading.clauses import governing_verb, quotations
from loaders.reading.fillers import associates
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.speaking import is_ours
from loaders.reading.spoken_of import acting_product
from loaders.reading.tokens import Category

if TYPE_CHECKING:
    from loaders.reading.resolving import Resolver

_THINGS: Final = frozenset({Kind.PRODUCT})
_OWNERS: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})


def owner_of(
    resolver: Resolver,
    parsed: Parse,
    index: int,
    kinds: frozenset[Kind],
    exclude: Collection[NamedEntity],
) -> list[NamedEntity]:
    """Whom the possessive at token `index` stands for; nobody of `exclude`.

    What the subject of its clause has is its own, be it a pronoun or a description; else the only
    one whom the sentence names before.
    """
    if is_ours(parsed, index):
        return [body for body in resolver.ours(parsed, index, kinds) if body not in exclude]
    given = giver_of(resolver, parsed, index, kinds)
    if given and not any(one in exclude for one in given):
        return given
    sentence = parsed.sentence.index
    places = resolver.discourse.places
    told = [p.entity for p in places if p.sentence == sentence and p.source]
    exclude = [*exclude, *told]
    if _is_doers_own(parsed, index):
        return _named_doer(parsed, index, kinds, exclude)
    doer = _doer(resolver, parsed, index, kinds)
    if doer is not None:
        found = resolver.fill(parsed, [doer], kinds, alone=True).entities
        if found and not any(one in exclude for one in found):
            return found
        if found:
            doer = None  # "X … Ce dernier prendra 30 % de son capital": what is not its own
    speech = next((span for span in quotations(parsed) if span[1] < index), None)
    here = {
        mention.entity
        for mention, phrase in ((parsed.mention(p), p) for p in parsed.phrases if p.end <= index)
        if mention is not None
        and mention.entity.kind in {*kinds, None}
        and not (phrase.preposition is not None and is_outlet(mention.entity))
        and (doer is None or phrase.preposition is None)
        and not (speech is not None and speech[0] < phrase.start < speech[1])
    }.difference(exclude)
    token = parsed.tokens[index]
    if len(here) == 1:
        found = list(here)
        resolver.discourse.explain(token.start, token.end, found[0], Ground.ONLY, sentence)
        return found
    if doer is not None:
        return []
    if kinds == _THINGS:
        thing = acting_product(resolver.discourse, sentence, token.start)
        return [thing] if thing is not None and thing not in exclude else []
    ahead = named_ahead(parsed, index)
    if ahead is not None and ahead.entity.kind in kinds and ahead.entity not in exclude:
        resolver.discourse.explain(token.start, token.end, ahead.entity, Ground.ONLY, sentence)
        return [ahead.entity]
    exclude = [*exclude, *_agents(parsed, index)]
    for subject in _spoken_of_here(parsed, index):
        found = resolver.fill(parsed, [subject], kinds, alone=True, exclude=exclude).entities
        if found or subject.start > index:
            return found
    place = (sentence, token.start, token.end)
    near = associates(parsed, resolver.relations, resolver.discourse.times)
    return resolver.discourse.resolve(
        Anaphor(kinds & _OWNERS), *place, exclude=exclude, associates=near
    )


def giver_of(
    resolver: Resolver, parsed: Parse, index: int, kinds: frozenset[Kind]
) -> list[NamedEntity]:
    """From whom it is taken: in "X rachète à Y sa filiale" the possessive at `index` is Y's."""
    phrase, before = parsed.at.get(index), parsed.at.get(index - 1)
    if phrase is None or before is None or before.preposition not in parsed.lexicon.told_with:
        return []
    group = governing_verb(parsed, phrase)
    taken = group is not None and parsed.tokens[group.head].is_verb(parsed.lexicon.winning)
    return resolver.names.named(parsed, before, kinds, alone=True) if taken else []


def gathered_in(parsed: Parse, phrase: Phrase) -> Phrase:
    """What a noun is a complement of that only gathers it: "*sa famille* de modèles X"."""
    outer = parsed.at.get(phrase.start - 2)
    if outer is None or phrase.preposition != parsed.lexicon.genitive:
        return phrase
    gathers = parsed.tokens[outer.head].lower in parsed.lexicon.collectives
    return outer if gathers and outer.end == phrase.start - 1 else phrase


def _doer(resolver: Resolver, parsed: Parse, index: int, kinds: frozenset[Kind]) -> Phrase | None:
    """The pronoun or description that is the subject of the clause before a possessive."""
    phrase = parsed.at.get(index)
    group = governing_verb(parsed, phrase) if phrase is not None else None
    if group is None or group.head > index:
        return None
    for subject in subject_candidates(parsed, group)[:1]:
        anaphor = resolver.anaphor(parsed, subject) if subject.mention is None else None
        if anaphor is not None and anaphor.number == 1 and anaphor.kinds & kinds:
            return subject
    return None


def _is_doers_own(parsed: Parse, index: int) -> bool:
    """Whether it is said to be the doer's own: "X fonde *sa propre société*"."""
    after = parsed.tokens[index + 1 : index + 2]
    return bool(after) and after[0].lower in parsed.lexicon.own


def _named_doer(
    parsed: Parse, index: int, kinds: frozenset[Kind], exclude: Collection[NamedEntity]
) -> list[NamedEntity]:
    """Who does what the verb before the possessive at `index` tells, if they are named."""
    phrase = parsed.at.get(index)
    group = governing_verb(parsed, phrase) if phrase is not None else None
    subjects = subject_candidates(parsed, group)[:1] if group is not None else []
    doers = [entity for subject in subjects for entity in parsed.listed(subject)]
    return [one for one in doers if one.kind in kinds and one not in exclude]


def _spoken_of_here(parsed: Parse, index: int) -> list[Phrase]:
    """The pronouns that are subjects of the sentence: "Elle a changé de tête : X, sa directrice".

    The nearest before, or that of the clause before which it stands: "Depuis le départ de *sa*
    directrice, elle …".
    """
    pronouns = [
        phrase
        for phrase in parsed.phrases
        if phrase.pronoun and parsed.tokens[phrase.start].lower in parsed.lexicon.subject_pronouns
    ]
    before = [phrase for phrase in pronouns if phrase.end <= index]
    if before:
        return before[-1:]
    opens = parsed.category(0) is Category.PREPOSITION
    finite = any(token.is_finite for token in parsed.tokens[:index])
    return pronouns[:1] if opens and not finite else []


def _agents(parsed: Parse, index: int) -> list[NamedEntity]:
    """Who does what is somebody else's: "son rachat par Y" is not Y's."""
    phrase = parsed.at.get(index)
    by = parsed.at.get(phrase.end + 1) if phrase is not None else None
    if by is None or by.preposition != parsed.lexicon.agent:
        return []
    return parsed.listed(by)
