"""What fills the slots of a frame: who stands in which position of a verb or a noun."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.model import Kind
from loaders.reading.adjuncts import before_insertion, is_of_some, is_part_sold, named_with
from loaders.reading.agents import is_fitted_with, signers
from loaders.reading.arguments import main_subject, object_candidates, subject_candidates
from loaders.reading.clauses import governing_verb, head_phrase
from loaders.reading.complements import complements, is_anothers, nearest_first, of_sum, repeated
from loaders.reading.control import brought_to_do
from loaders.reading.fillers import Filler
from loaders.reading.frames import (
    ATTRIBUTE,
    HOLDER,
    OBJECT,
    OF_OBJECT,
    POSSESSIVE,
    SUBJECT,
    Frame,
)
from loaders.reading.mentions import NamedEntity
from loaders.reading.parts import AROUND, around_words, told_afterwards
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.places import PLACES, left_places, place_of_pronoun
from loaders.reading.possible import vital
from loaders.reading.predicates import (
    VerbGroup,
    is_bare_participle,
    is_given,
    is_said_of_one,
)
from loaders.reading.relatives import (
    fronted_complements,
    place_antecedent,
    relative_complement,
    relative_owner,
)
from loaders.reading.resolving import Resolver
from loaders.reading.spoken_of import product_of_object, product_of_pronoun
from loaders.reading.tokens import Category
from loaders.reading.voices import is_in_voice, is_passive

_SIDES: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})
_BEFORE_GENITIVE: Final = frozenset({Category.ADVERB, Category.DATE, Category.AMOUNT})
_BEHIND_NOUN: Final = _BEFORE_GENITIVE | {Category.ADJECTIVE}
"""What may stand between a predicate and its genitive: "la R5 *électrique* de Y"."""


@dataclass(slots=True)
class Match:
    """A frame called at token `trigger`, with its filled slots; `respective`: lists go one by one.

    `group` is a verb's group, None for a noun; `phrase` the noun's; `sum_at` the token of a sum of
    this match's only, `dated_at` that of a day."""

    frame: Frame
    trigger: int
    end: int
    fillers: dict[str, Filler] = field(default_factory=dict)
    group: VerbGroup | None = None
    phrase: Phrase | None = None
    sum_at: int | None = None
    dated_at: int | None = None
    respective: bool = False

    @property
    def money(self) -> int:
        """The token from which the sum of the claim is looked for."""
        return self.trigger if self.sum_at is None else self.sum_at

    def is_background(self, parsed: Parse) -> bool:
        """Whether a noun only describes somebody in passing: "X, filiale de Y, a …"."""
        if self.phrase is None or not self.frame.is_apposition:
            return False
        own = parsed.tokens[self.phrase.start].lower in parsed.lexicon.possessives  # "sa filiale X"
        before = self.phrase.start - 1
        while parsed.category(before) is Category.ADVERB:  # "X, déjà propriétaire de Y"
            before -= 1
        return own or parsed.category(before) in (Category.COMMA, Category.OPEN)

    def is_one_list(self, one: str, other: str) -> bool:
        """Whether two slots share one list, or all of it stands in the first of them."""
        first, second = self.fillers.get(one), self.fillers.get(other)
        if first is None or not first.entities:
            return False
        if second is None or not second.entities:
            return len(first.entities) > 1
        return first.phrase is not None and first.phrase is second.phrase

    def entities(self, slot: str) -> list[NamedEntity]:
        """The entities in a slot; empty if it is not filled."""
        filler = self.fillers.get(slot)
        return filler.entities if filler else []


def fill_verb(parsed: Parse, match: Match, resolver: Resolver) -> None:
    """Fill the slots of a frame that a verb calls; no entity fills two."""
    group = match.group
    if group is None:
        return
    passive = is_passive(parsed, match)
    if match.frame.voice is not None and not is_in_voice(parsed, match, passive):
        return
    taken: list[NamedEntity] = []
    needed = vital(match.frame)
    for slot, positions in match.frame.slots.items():
        kinds = match.frame.kinds(slot)
        for position in nearest_first(parsed, match.end, positions, resolver.roles.headships):
            filler = _at_verb(parsed, match, slot, position, kinds, resolver, passive, taken)
            if filler:
                match.fillers[slot] = filler
                taken += filler.entities
                break
        else:
            if slot in needed:
                return


def _at_verb(
    parsed: Parse,
    match: Match,
    slot: str,
    position: str,
    kinds: frozenset[Kind],
    resolver: Resolver,
    passive: bool,
    taken: list[NamedEntity],
) -> Filler:
    group = match.group
    if group is None or position == ATTRIBUTE:
        return Filler()
    if position == POSSESSIVE:
        own = parsed.at.get(match.end)  # "prendre sa suite"
        return resolver.possessive(parsed, own, kinds, taken) if own else Filler()
    goods = slot in match.frame.goods
    if position == HOLDER:
        return _holder_of_object(parsed, match, kinds, resolver, passive)
    if position in AROUND:
        return around_words(parsed, match, position, kinds, resolver, passive, taken)
    if position == OF_OBJECT:
        return _complement_of_object(parsed, match, kinds, resolver, passive)
    if position == SUBJECT and passive:
        found = at_preposition(parsed, match, parsed.lexicon.agent, kinds, resolver, goods)
        return found or resolver.fill(parsed, signers(parsed, group), kinds)
    brought = brought_to_do(parsed, group, kinds, resolver, taken) if position == SUBJECT else None
    if brought is not None:
        return brought
    if position == SUBJECT or (position == OBJECT and passive):
        candidates = [
            p for p in subject_candidates(parsed, group) if not _is_taken(parsed, p, taken)
        ]
        found = resolver.fill(
            parsed,
            candidates,
            kinds,
            exclude=taken,
            alone=is_said_of_one(parsed, group),
            preferred=match.frame.pronoun_kind(slot),
            goods=goods,
        )
        if not found and passive and is_bare_participle(parsed, group):
            found = told_afterwards(parsed, match.end, kinds, resolver)
        return found
    if position == OBJECT:
        next_to = match.trigger + 1
        while parsed.category(next_to) is Category.ADVERB:
            next_to += 1
        within = parsed.at.get(next_to)  # "pousser *X* vers la sortie"
        inside = within is not None and within.mention is not None and within.end <= match.end
        after = match.trigger if inside and within and within.preposition is None else match.end
        candidates = object_candidates(parsed, group, after)
        found = resolver.fill(parsed, candidates, kinds, exclude=taken, goods=goods)
        if found:
            return found
        if match.frame.pronoun_kind(slot) is Kind.PRODUCT and (
            thing := product_of_object(parsed, group, resolver.discourse)
        ):
            return thing
        for clitic in group.objects:
            found = resolver.clitic(parsed, clitic, kinds, exclude=taken)
            if found:
                return found
        return Filler()
    return at_preposition(parsed, match, position, kinds, resolver, goods)


def _holder_of_object(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver, passive: bool
) -> Filler:
    """The subject of the verb whose object this verb's is: X in "X boucle un tour mené par Y"."""
    group = match.group
    if group is None or not (passive or is_bare_participle(parsed, group)):
        return Filler()
    for candidate in subject_candidates(parsed, group):
        verb = governing_verb(parsed, phrase := head_phrase(parsed, candidate))
        if phrase.preposition in parsed.lexicon.doing_nouns:  # "X se classe avec un tour mené par"
            return resolver.fill(parsed, main_subject(parsed, phrase.start - 1), kinds)
        if phrase.preposition not in (None, parsed.lexicon.genitive):
            break  # "X participe à un tour mené par Y"
        if verb is not None and verb.head < phrase.start:
            return resolver.fill(parsed, subject_candidates(parsed, verb), kinds)
    return Filler()


def _complement_of_object(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver, passive: bool
) -> Filler:
    """Whose the object is: Y in "X mène le tour de table de Y"."""
    group = match.group
    if group is None:
        return Filler()
    objects = (
        subject_candidates(parsed, group)
        if passive
        else object_candidates(parsed, group, match.end)
    )
    for phrase in objects:
        whose = resolver.fill(parsed, relative_owner(parsed, phrase), kinds) if passive else None
        if whose:
            return whose  # "Y, dont le capital est détenu par X"
        index = phrase.end
        while parsed.category(index) is Category.PREPOSITION and index + 1 in parsed.at:
            complement = parsed.at[index + 1]
            if complement.preposition not in (parsed.lexicon.genitive, "en"):
                break
            filler = resolver.fill(parsed, [complement], kinds)
            if filler.entities:
                return filler
            index = complement.end
    return Filler()


def _is_taken(parsed: Parse, phrase: Phrase, taken: list[NamedEntity]) -> bool:
    return (mention := parsed.mention(phrase)) is not None and mention.entity in taken


def at_preposition(
    parsed: Parse,
    match: Match,
    preposition: str,
    kinds: frozenset[Kind],
    resolver: Resolver,
    goods: bool = False,
) -> Filler:
    """The first complement with this preposition whose kind fits.

    "de" joins nearly everything to everything, so it counts only right behind the predicate or
    behind a name that is its object.
    """
    group = match.group
    if preposition not in parsed.prepositions and (
        group is None or not (group.places or group.datives or parsed.has_relatives)
    ):
        return Filler()
    genitive = preposition == parsed.lexicon.genitive
    used = [f.phrase for f in match.fillers.values() if f.phrase is not None]
    for phrase in _with_preposition(parsed, match, preposition):
        if any(phrase in (u.group or [u]) for u in used):
            continue
        fitted = genitive and is_fitted_with(parsed, match.group, phrase)
        if genitive and not fitted and not _follows(parsed, phrase, match, used):
            continue
        behind = of_sum(parsed, phrase)  # "au tour de table de 30 millions d'euros de Y"
        filler = resolver.fill(parsed, [behind or phrase], kinds, goods=goods)
        if not filler and (named := named_with(parsed, phrase)) is not None:
            filler = resolver.fill(parsed, [named], kinds, goods=goods)
        if filler:
            again = () if genitive else repeated(parsed, phrase, match.end)
            for more in (resolver.fill(parsed, [other], kinds) for other in again):
                filler.entities += [e for e in more.entities if e not in filler.entities]
            return filler
    if match.group is not None:
        found = resolver.fill(parsed, relative_complement(parsed, match.group, preposition), kinds)
        if found:
            return found
    if match.group is not None and not genitive:
        for phrase in fronted_complements(parsed, match.group):
            if phrase.preposition == preposition:
                filler = resolver.fill(parsed, [phrase], kinds, goods=goods)
                if filler:
                    return filler
    given = _at_dative(parsed, match, preposition, kinds, resolver)
    return given or _at_place_pronoun(parsed, match, preposition, kinds, resolver)


def _with_preposition(parsed: Parse, match: Match, preposition: str) -> list[Phrase]:
    """The complements with this preposition, those between the words of the frame first."""
    if preposition not in parsed.prepositions:
        return []
    done = match.group is None and preposition in parsed.lexicon.doing
    told = complements(parsed, match.trigger) if match.group is not None else []
    within = [phrase for phrase in told if phrase.end <= match.end]  # "confier à X les rênes"
    found = (*within, *complements(parsed, match.end, done=done))
    fitting = (phrase for phrase in found if phrase.preposition == preposition)
    return [p for p in fitting if match.group is None or not is_anothers(parsed, match.end, p)]


def _at_dative(
    parsed: Parse, match: Match, preposition: str, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """A complement said by a pronoun before the verb: "Y lui a apporté dix millions"."""
    group = match.group
    if group is None or not group.datives or not is_given(parsed, group, preposition):
        return Filler()
    taken = [e for filler in match.fillers.values() for e in filler.entities]
    for index in group.datives:
        found = resolver.clitic(parsed, index, kinds, taken)
        if found:
            return found
    return Filler()


def _at_place_pronoun(
    parsed: Parse, match: Match, preposition: str, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """A complement said by a pronoun before the verb: "il en prend la tête", "elle y travaille"."""
    if match.group is None:
        return Filler()
    only = kinds == {Kind.PRODUCT}
    stated = Kind.PRODUCT in kinds and match.group.places
    if only or (stated and match.frame.things_behind(preposition)):
        thing = product_of_pronoun(parsed, match.group, preposition, resolver.discourse)
        if thing or only:
            return thing
    if not kinds.isdisjoint({Kind.PERSON}) or not kinds & PLACES:
        return Filler()
    if preposition in parsed.lexicon.place_pronouns.values() and (
        not is_of_some(parsed, match.end)
        and preposition != parsed.lexicon.genitive
        and (found_place := resolver.fill(parsed, place_antecedent(parsed, match.group), kinds))
    ):
        return found_place
    for index in match.group.places:
        if parsed.lexicon.place_pronouns[parsed.tokens[index].lower] == preposition:
            taken = [e for filler in match.fillers.values() for e in filler.entities]
            taken += left_places(parsed, match.group, taken, resolver.relations)
            found = place_of_pronoun(parsed, index, kinds, taken, resolver, match.group)
            return Filler(found)
    return Filler()


def _is_quality(parsed: Parse, index: int) -> bool:
    """Whether a participle tells of the noun before it: "le rachat *annoncé* de Y"."""
    token = parsed.tokens[index]
    return token.category is Category.VERB and not token.is_finite and not token.mention


def _follows(parsed: Parse, phrase: Phrase, match: Match, used: list[Phrase]) -> bool:
    """Whether a genitive belongs to the predicate, or to a name that is its object.

    Behind a noun, what else belongs to it may come first: "filiale *de location* de Y".
    """
    before, within = phrase.start - 2, False
    worded = match.end > match.trigger  # "prendre la tête *mondiale* de Y"
    stepped = _BEHIND_NOUN if match.group is None or worded else _BEFORE_GENITIVE
    if match.frame.names is not None and parsed.category(before) in (Category.COMMA, Category.OPEN):
        if match.phrase is not None and match.phrase.preposition == parsed.lexicon.genitive:
            return False  # "de Gemini, de Meta": a list
        before -= 1  # "Llama 3, de Meta"
    elif match.group is None:
        before = before_insertion(parsed, before)
    while True:
        while before > match.end and (
            parsed.category(before) in stepped
            or parsed.category(before + 1) is Category.AMOUNT
            or (match.group is None and before == phrase.start - 2 and _is_quality(parsed, before))
        ):
            before -= 1  # "une offre de 12 milliards de X": the sum with its preposition
        if before == match.end:
            return True
        named = [member.end - 1 for use in used for member in use.group or [use]]
        if before in named and not within:
            return True
        inner = parsed.at.get(before)
        alone = match.phrase is None or match.frame.names is not None
        if alone or inner is None or is_part_sold(parsed, inner, match.frame):
            return False
        if inner is match.phrase:
            return before > match.end
        within = True
        mention = parsed.mention(inner)
        side = inner.mention is not None  # "le rachat auprès de Z de Y"
        if mention is not None and mention.entity.kind not in _SIDES:
            return False  # "la vente aux États-Unis de Y"
        links = parsed.lexicon.sides if side else parsed.lexicon.noun_links
        if inner.preposition not in links or inner.start <= match.end:
            return False
        before = inner.start - 2
        if parsed.category(before) is Category.COORDINATOR:
            before -= 1
