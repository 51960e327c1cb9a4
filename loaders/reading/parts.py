"""Who is meant around the words of a verb's frame.

Whose the part is that somebody heads ("dirige la filiale belge de Y", "prend la tête de son pôle
cloud"), whose shares are bought ("10 % de son capital"), whom the words announce ("a trouvé un
repreneur : X").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graph.model import Kind, RelationType
from loaders.reading.arguments import object_candidates, subject_candidates
from loaders.reading.complements import complements
from loaders.reading.fillers import Filler
from loaders.reading.frames import BEHIND, CALLED, ITS, PART, THEME
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.places import PLACES
from loaders.reading.resolving import Resolver
from loaders.reading.themes import owner_of_theme
from loaders.reading.tokens import Category
from loaders.reading.topic_bodies import body_spoken_of

if TYPE_CHECKING:
    from loaders.reading.slots import Match

_ENDS: Final = frozenset({Category.STOP, Category.COMMA, Category.COORDINATOR})
_REACH: Final = 10
"""Tokens behind a verb in which what it is about is looked for."""
_STEPS: Final = 2
"""Complements between the part and whose it is: "la direction des achats du groupe Y"."""


AROUND: Final = frozenset({PART, ITS, BEHIND, THEME, CALLED})
"""The positions that are read here."""


def around_words(
    parsed: Parse,
    match: Match,
    position: str,
    kinds: frozenset[Kind],
    resolver: Resolver,
    passive: bool,
    taken: list[NamedEntity],
) -> Filler:
    """Who stands in one of the positions `AROUND` the words of a frame."""
    if position == ITS:
        return possessor(parsed, match, kinds, resolver, taken)
    if position == BEHIND:
        return named_behind(parsed, match, kinds, resolver)
    if position == CALLED:
        return named_anew(parsed, match, kinds, resolver)
    if position == THEME:
        return owner_of_theme(parsed, match, kinds, resolver)
    return owner_of_part(parsed, match, kinds, resolver, passive)


def owner_of_part(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver, passive: bool
) -> Filler:
    """The body whose part is the object of the predicate, or its complement."""
    for phrase in _parts(parsed, match, resolver, passive):
        filler = _owner(parsed, phrase, kinds & PLACES, resolver)
        if filler:
            return filler
        if _is_unsaid(parsed, match, phrase, resolver):
            body = body_spoken_of(parsed, resolver)
            return Filler([body] if body is not None else [])
    return Filler()


def _is_unsaid(parsed: Parse, match: Match, phrase: Phrase, resolver: Resolver) -> bool:
    """Whether somebody heads a part of which nobody says whose it is: "le pôle, dirigé par X"."""
    leads = any(claim.relation is RelationType.LEADS for claim in match.frame.claims)
    noun = parsed.tokens[phrase.head].lower
    if not leads or phrase.mention is not None or noun not in resolver.roles.parts:
        return False
    definite = parsed.tokens[phrase.start].lower in parsed.lexicon.definite
    return definite and parsed.category(phrase.end) is not Category.PREPOSITION


def _parts(parsed: Parse, match: Match, resolver: Resolver, passive: bool) -> Iterator[Phrase]:
    group = match.group
    if group is None:
        return
    if passive:
        yield from subject_candidates(parsed, group)
    elif match.end == match.trigger and not parsed.tokens[match.trigger].is_verb(
        parsed.lexicon.copulas  # "X est un produit du groupe Y"
    ):
        yield from object_candidates(parsed, group, match.end)
    behind = parsed.at.get(match.end + 2)
    if behind is not None and behind.preposition == parsed.lexicon.genitive:
        yield behind
    for phrase in complements(parsed, match.end):
        if phrase.preposition in resolver.roles.headships:
            yield phrase


def _owner(parsed: Parse, phrase: Phrase, kinds: frozenset[Kind], resolver: Resolver) -> Filler:
    noun = parsed.tokens[phrase.head].lower
    parts = resolver.roles.functions
    if phrase.mention is not None or not {noun, noun.removesuffix("s")} & parts:
        return Filler()
    if parsed.tokens[phrase.start].lower in parsed.lexicon.possessives:
        return resolver.possessive(parsed, phrase, kinds)
    index = phrase.end
    for _ in range(_STEPS):
        if parsed.category(index) is not Category.PREPOSITION or index + 1 not in parsed.at:
            break
        complement = parsed.at[index + 1]
        if complement.preposition == parsed.lexicon.genitive:
            filler = resolver.fill(parsed, [complement], kinds)
            if filler.entities:
                return filler
        index = complement.end
    return Filler()


def possessor(
    parsed: Parse,
    match: Match,
    kinds: frozenset[Kind],
    resolver: Resolver,
    taken: list[NamedEntity],
) -> Filler:
    """Whose the thing is that a word of `near` names: "10 % de son capital", "des titres Y"."""
    first = parsed.tokens[0] if parsed.tokens else None
    if first is not None and first.preposition in match.frame.context:
        return resolver.owner(parsed, 0, kinds, taken)  # "Parmi ses actionnaires figurent X et Z"
    for index in range(match.end + 1, min(match.end + _REACH, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.is_finite or token.category in _ENDS:
            break
        if token.preposition in match.frame.near:  # "parmi ses actionnaires"
            return resolver.owner(parsed, index, kinds, taken)
        phrase = parsed.at.get(index)
        if phrase is None or parsed.tokens[phrase.head].lower not in match.frame.near:
            continue
        possessed = parsed.tokens[phrase.start].lower in parsed.lexicon.possessives
        head = parsed.tokens[phrase.head].lower
        if possessed and phrase.mention is None and head not in parsed.lexicon.owned:
            break  # "rachète à X sa participation": X's own
        if possessed and phrase.mention is None:
            return resolver.possessive(parsed, phrase, kinds, taken)
        owner = phrase if phrase.mention is not None else parsed.at.get(phrase.end + 1)
        mention = parsed.mention(owner) if owner is not None else None
        theirs = owner is phrase or (owner and owner.preposition == parsed.lexicon.genitive)
        if mention is not None and theirs and mention.entity.kind in kinds:
            return Filler([mention.entity], None, owner)
    return Filler()


def named_behind(parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver) -> Filler:
    """Whom the words of the frame announce: "a trouvé un repreneur : X", "un acheteur, X"."""
    index = match.end + 1
    while parsed.category(index) in (Category.ADJECTIVE, Category.ADVERB):
        index += 1
    if parsed.category(index) is Category.PREPOSITION and index + 1 in parsed.at:
        index = parsed.at[index + 1].end  # "a trouvé un repreneur pour Z : X"
    colon = index < len(parsed.tokens) and parsed.tokens[index].text == ":"
    if not colon and parsed.category(index) is not Category.COMMA:
        return Filler()
    named = parsed.at.get(index + 1)
    if named is None or named.preposition is not None or named.mention is None:
        return Filler()
    if parsed.verb_follows((named.group or [named])[-1].end):
        return Filler()  # "a trouvé preneur, Y s'en réjouit"
    return resolver.fill(parsed, [named], kinds)


def named_anew(parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver) -> Filler:
    """What a sentence names that the one before has told of: "*Baptisé X*, il est …".

    Also behind a noun with an article, which means what was told: "Les produits, baptisés X, …".
    """
    start = match.trigger
    noun = parsed.at.get(0)
    taken_up = (
        noun is not None
        and noun.mention is None
        and noun.end + 1 == start
        and parsed.category(noun.end) is Category.COMMA
        and parsed.tokens[0].lower in parsed.lexicon.definite
    )
    named = parsed.at.get(match.end + 1)
    if (start and not taken_up) or named is None or named.mention is None or named.preposition:
        return Filler()
    return resolver.fill(parsed, [named], kinds)


def told_afterwards(
    parsed: Parse, after: int, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """The name of what a participle describes, behind who did it: "la société fondée par X, Y,"."""
    by = next(
        (p for p in complements(parsed, after) if p.preposition == parsed.lexicon.agent), None
    )
    if by is None:
        return Filler()
    end = (by.group or [by])[-1].end
    named = parsed.at.get(end + 1) if parsed.category(end) is Category.COMMA else None
    if named is None or named.mention is None or named.preposition is not None:
        return Filler()
    closed = parsed.category(named.end) is Category.COMMA and parsed.verb_follows(named.end + 1)
    return resolver.fill(parsed, [named], kinds, alone=True) if closed else Filler()
