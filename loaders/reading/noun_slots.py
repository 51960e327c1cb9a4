"""What fills the slots of a frame that a noun calls: "X, filiale de Y", "son rachat par Y"."""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.arguments import (
    main_subject,
    object_candidates,
    subject_candidates,
)
from loaders.reading.clauses import governing_verb
from loaders.reading.fillers import Filler
from loaders.reading.frames import (
    APPOSED,
    BESIDE,
    BRACKETED,
    ENCLOSED,
    HOLDER,
    INSTANCE,
    MEMBER,
    POSSESSIVE,
    SELF,
    SUBJECT,
)
from loaders.reading.instances import named_instance
from loaders.reading.mentions import NamedEntity
from loaders.reading.office_holders import who_fills
from loaders.reading.pairings import part_pairs
from loaders.reading.phrases import Parse, Phrase, behind_brackets
from loaders.reading.possessives import gathered_in, giver_of
from loaders.reading.possible import vital
from loaders.reading.predicates import VerbGroup, is_bare_participle, verb_group
from loaders.reading.relatives import relative_owner
from loaders.reading.resolving import Resolver
from loaders.reading.slots import Match, at_preposition
from loaders.reading.speaking import is_ours
from loaders.reading.tokens import Category

WITH: Final = "with"
"""The position of who has what the noun names, by a preposition: "*X* se classe avec un tour"."""
INCUMBENT: Final = "incumbent"
"""The position of who has the post that the noun names: "la présidence revient à *X*"."""
_OWNERS: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})
_OFFERED: Final = 2
"""Tokens from what is offered back to the offer: "l'*offre* de rachat"."""
_IS: Final = frozenset({"être"})
_BEFORE_NOUN: Final = frozenset(
    {
        Category.ADVERB,
        Category.PREPOSITION,
        Category.ADJECTIVE,
        Category.DETERMINER,
        Category.PRONOUN,  # "A et B, toutes deux filiales de Y"
        Category.CLITIC,  # "la plus grande marque": the tagger's article before an adverb
    }
)


def _is_plural(parsed: Parse, phrase: Phrase) -> bool:
    word = parsed.tokens[phrase.head].lower
    return word.endswith(("s", "x"))


def fill_noun(parsed: Parse, match: Match, resolver: Resolver) -> None:
    """Fill the slots of a frame that a noun calls; no entity fills two."""
    phrase = match.phrase
    if phrase is None:
        return
    needed = vital(match.frame)
    for slot, positions in match.frame.slots.items():
        kinds = match.frame.kinds(slot)
        for position in positions:
            filler = _at_noun(parsed, match, phrase, slot, position, kinds, resolver)
            taken = [e for other in match.fillers.values() for e in other.entities]
            filler.entities = [e for e in filler.entities if e not in taken]
            if filler:
                match.fillers[slot] = filler
                break
        else:
            if slot in needed:
                return
    part_pairs(parsed, match)


def _at_noun(
    parsed: Parse,
    match: Match,
    phrase: Phrase,
    slot: str,
    position: str,
    kinds: frozenset[Kind],
    resolver: Resolver,
) -> Filler:
    if position == SELF:
        return resolver.fill(parsed, [phrase], kinds, alone=True)
    if position == BESIDE:
        return _named_before(parsed, match.trigger, kinds)
    if position == ENCLOSED:
        return _enclosed(parsed, phrase, kinds)
    if position == SUBJECT:
        # "X a rejoint Y après un passage chez Z"
        inside = phrase.preposition is not None and (
            phrase.preposition != parsed.lexicon.genitive or _opens(parsed, phrase)
        )
        before = main_subject(parsed, phrase.start - 1) if inside else []
        return resolver.fill(parsed, before, kinds, alone=True)
    if position == POSSESSIVE:
        taken = [e for other in match.fillers.values() for e in other.entities]
        return _owner(parsed, phrase, kinds, resolver, taken)
    if position == BRACKETED:
        first = _first_in_brackets(parsed, phrase)
        before = holders(parsed, first) if first is not None else []
        return resolver.fill(parsed, before, kinds, alone=True)
    if position == MEMBER:
        return resolver.fill(parsed, _member_of(parsed, phrase), kinds, alone=True)
    if position == APPOSED:
        if phrase.mention is not None and phrase.preposition is not None:
            return Filler()  # "X, à la tête de sa marque Y": the mark is Y
        if phrase.preposition in parsed.lexicon.aside:
            return Filler()  # "X, avec sa filiale, a …"
        return resolver.fill(
            parsed,
            holders(parsed, phrase),
            kinds,
            exclude=[e for other in match.fillers.values() for e in other.entities],
            alone=not _is_plural(parsed, phrase),
        )
    if position == "name":
        return _own_name(parsed, match, phrase, kinds, resolver)
    if position == INSTANCE:
        return named_instance(parsed, phrase, kinds)
    if position == WITH:
        has = phrase.preposition in parsed.lexicon.doing_nouns
        return resolver.fill(parsed, main_subject(parsed, phrase.start - 1) if has else [], kinds)
    if position == INCUMBENT:
        told = who_fills(parsed, match.end + 1, resolver.roles)
        return resolver.fill(parsed, [told.phrase], kinds) if told is not None else Filler()
    if position == "entre-second":
        return _second_of_two(parsed, match, kinds, resolver)
    if position == HOLDER:
        group = governing_verb(parsed, phrase)
        if group is None or group.head > phrase.start:
            # "Avec le rachat de Y, X grandit", "X, en partenariat avec Y, lance …"
            by_it = phrase.preposition in parsed.lexicon.doing_nouns
            subjects = main_subject(parsed, phrase.start - 1) if by_it else []
        else:
            does = _does(parsed, phrase, group)
            subjects = subject_candidates(parsed, group) if does else []
        preferred = match.frame.pronoun_kind(slot)
        filler = resolver.fill(parsed, subjects, kinds, preferred=preferred)
        # An outlet that announces something is who says it, and no party to it.
        filler.entities = [e for e in filler.entities if e.entry is None or not e.entry.news]
        return filler
    return at_preposition(parsed, match, position, kinds, resolver, goods=slot in match.frame.goods)


def _opens(parsed: Parse, phrase: Phrase) -> bool:
    """Whether what it complements opens the sentence: "Fort de dix ans d'expérience, X …"."""
    before = parsed.tokens[: phrase.start]
    return not any(token.is_finite or token.mention is not None for token in before)


def _named_before(parsed: Parse, index: int, kinds: frozenset[Kind]) -> Filler:
    """The name right before another: "une *Bosch* PowerTube", but not "Chez Bosch, PowerTube"."""
    before, name = parsed.tokens[index - 1] if index else None, parsed.tokens[index]
    if before is None or before.mention is None or name.start - before.end != 1:
        return Filler()
    entity = before.mention.entity
    return Filler([entity], None, None) if entity.kind in kinds else Filler()


def _enclosed(parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> Filler:
    """The name that stands alone in brackets behind another: "le Wegovy (*Novo Nordisk*)"."""
    index = phrase.end + (parsed.category(phrase.end) is Category.QUOTE)
    named = parsed.at.get(index + 1) if parsed.category(index) is Category.OPEN else None
    if named is None or named.mention is None or named.end - named.start > 1:
        return Filler()
    mention = parsed.mention(named)
    if mention is None or parsed.category(named.end) is not Category.CLOSE:
        return Filler()
    entity = mention.entity
    outlet = entity.entry is not None and entity.entry.news
    return Filler([entity], None, named) if entity.kind in kinds and not outlet else Filler()


def _first_in_brackets(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """What opens the brackets: `phrase`, or in a list of names the first: "X (*A*, B)"."""
    at = phrase.start - 1
    named = phrase.mention is not None
    if named and parsed.category(phrase.end) not in (Category.COMMA, Category.CLOSE):
        return None  # "X (iPhone à la main)"
    while named and parsed.category(at) is Category.COMMA and parsed.tokens[at - 1].mention:
        at -= 2
    return parsed.at.get(at + 1) if parsed.category(at) is Category.OPEN else None


def _does(parsed: Parse, phrase: Phrase, group: VerbGroup) -> bool:
    """Whether the subject does what the noun names: "annoncer le rachat", not "critiquer"."""
    by_it = phrase.preposition in parsed.lexicon.doing_nouns
    telling = [i for i in group.verbs if i not in group.auxiliaries]
    if phrase.preposition == parsed.lexicon.genitive and any(
        parsed.tokens[i].is_verb(_IS) for i in telling
    ):
        return by_it  # "X et Y sont les bénéficiaires des contrats signés"
    if phrase.preposition == parsed.lexicon.genitive and _is_answered(parsed, phrase, group):
        return False
    return by_it or any(parsed.tokens[i].is_verb(parsed.lexicon.doers) for i in telling)


def _is_answered(parsed: Parse, phrase: Phrase, group: VerbGroup) -> bool:
    """Whether it is offered to the subject: "a rejeté l'offre de rachat de Y"."""
    if phrase.start < _OFFERED or not parsed.tokens[group.head].is_verb(parsed.lexicon.answering):
        return False
    return parsed.tokens[phrase.start - _OFFERED].lower in parsed.lexicon.offers


def _owner(
    parsed: Parse,
    phrase: Phrase,
    kinds: frozenset[Kind],
    resolver: Resolver,
    taken: list[NamedEntity],
) -> Filler:
    """Whose it is: "son assistant", "dont l'assistant"; first of all the clause's subject's."""
    phrase = gathered_in(parsed, phrase)
    found = resolver.fill(parsed, relative_owner(parsed, phrase), kinds)
    if found or parsed.tokens[phrase.start].lower not in parsed.lexicon.possessives:
        return found
    if is_ours(parsed, phrase.start):
        return resolver.possessive(parsed, phrase, kinds, taken)
    beside = _coordinated_with(parsed, phrase)
    if beside is not None:
        return resolver.fill(parsed, [beside], kinds, alone=True)
    if given := giver_of(resolver, parsed, phrase.start, kinds):
        return Filler(given, None, phrase)
    group = governing_verb(parsed, phrase)
    relative = group is not None and any(
        parsed.category(index) is Category.RELATIVE for index in range(phrase.end, group.start)
    )  # "son logiciel X, que Y a adopté" is not Y's
    subjects = subject_candidates(parsed, group) if group is not None and not relative else []
    if phrase.start and parsed.tokens[phrase.start - 1].is_verb(parsed.lexicon.copulas):
        subjects = []  # "X sera son successeur"
    for subject in subjects:
        after = subject.end <= phrase.start or _opens_clause(parsed, phrase, subject)
        if subject is not phrase and after and subject.mention is not None:
            found = resolver.fill(parsed, [subject], kinds)
            if found:
                return found
    return resolver.possessive(parsed, phrase, kinds, taken)


def _opens_clause(parsed: Parse, phrase: Phrase, subject: Phrase) -> bool:
    """Whether it stands before its clause: "Depuis son rachat par X en 2019, *Y* a …"."""
    if parsed.category(phrase.end) is Category.COMMA:
        return True
    fronted = phrase.start == 1 and phrase.preposition is not None
    between = range(phrase.end, subject.start)
    return fronted and any(parsed.category(index) is Category.COMMA for index in between)


def _member_of(parsed: Parse, phrase: Phrase) -> list[Phrase]:
    """Who is said to be of it: "*X*, du groupe Y, a …", but not "A, du groupe Y et de Z"."""
    before = parsed.at.get(phrase.start - 3)
    if before is None or before.mention is None or before.preposition == parsed.lexicon.genitive:
        return []
    set_off = phrase.preposition == parsed.lexicon.genitive and before.group == [before]
    closed = parsed.category(phrase.end) in (Category.COMMA, Category.CLOSE, Category.STOP, None)
    return [before] if set_off and closed and before.end == phrase.start - 2 else []


def _coordinated_with(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """The name that what is somebody's stands beside: "de *X* et de son trimaran Y"."""
    index = phrase.start - 1 - (phrase.preposition is not None)
    before = parsed.at.get(index - 1)
    if parsed.category(index) is not Category.COORDINATOR or before is None:
        return None
    mention = parsed.mention(before)
    if mention is None or before.preposition != phrase.preposition:
        return None
    return before if mention.entity.kind in _OWNERS else None


def _own_name(
    parsed: Parse, match: Match, phrase: Phrase, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """The name that goes with the noun: "sa filiale X", "la filiale de Y, X"."""
    if phrase.mention is not None:
        found = resolver.fill(parsed, [phrase], kinds, alone=not _is_plural(parsed, phrase))
        mention = parsed.mention(phrase)
        own = phrase.head == match.trigger and not _is_plural(parsed, phrase)
        if found or mention is None or not own:
            return found
        # The noun that calls the frame describes the name: "son partenaire X".
        return Filler([mention.entity], None, phrase) if mention.entity.kind in kinds else found
    named = resolver.names.complement_name(parsed, phrase, kinds)
    # "les actionnaires de Y, dont A et B"
    named = named or resolver.names.examples(parsed, phrase, kinds)
    if named:
        return Filler(named, None, phrase)
    index = phrase.end
    while parsed.category(index) is Category.PREPOSITION and index + 1 in parsed.at:
        index = parsed.at[index + 1].end
    if index < len(parsed.tokens) and parsed.tokens[index].is_verb(_IS) and not phrase.preposition:
        index += 1  # "Les autres investisseurs sont A et B"
        told = parsed.at.get(index + (parsed.category(index) is Category.ADVERB))
        bare = told is not None and told.mention is not None and told.preposition is None
        return resolver.fill(parsed, [told], kinds) if told is not None and bare else Filler()
    colon = index < len(parsed.tokens) and parsed.tokens[index].text == ":"
    index += colon
    while parsed.category(index) in (Category.COMMA, Category.QUOTE):
        index += 1
    following = parsed.at.get(index)
    if following is None or following.preposition is not None or following.mention is None:
        return Filler()
    if colon and parsed.verb_follows((following.group or [following])[-1].end):
        return Filler()  # "le rachat de la filiale : X offre …"
    if phrase.preposition == parsed.lexicon.genitive and _is_subject_of_the_rest(parsed, following):
        return Filler()  # "Dans le rachat de la filiale de Y, X offrirait …"
    return resolver.fill(parsed, [following], kinds, alone=not _is_plural(parsed, phrase))


def _is_subject_of_the_rest(parsed: Parse, named: Phrase) -> bool:
    """Whether a name behind a comma begins its clause: no verb before it, and one behind it."""
    if parsed.category(named.start - 1) is not Category.COMMA:
        return False
    opening = not any(token.is_finite for token in parsed.tokens[: named.start])
    return opening and parsed.verb_follows(named.end)


def _second_of_two(
    parsed: Parse, match: Match, kinds: frozenset[Kind], resolver: Resolver
) -> Filler:
    """The second member of "entre A et B"; the first stays with the other slot."""
    for filler in match.fillers.values():
        if len(filler.entities) > 1:
            second = filler.entities[1:]
            filler.entities = filler.entities[:1]
            return Filler(second, None, filler.phrase)
    return Filler()


def holders(parsed: Parse, phrase: Phrase) -> list[Phrase]:
    """What `phrase` is apposed to, or is said of: "X, filiale de", "X est filiale de"."""
    if phrase.preposition in parsed.lexicon.taken_for:
        return _taken_for(parsed, phrase)
    if phrase.preposition == parsed.lexicon.among:
        group = governing_verb(parsed, phrase)
        if group is None:
            return []
        counted = object_candidates(parsed, group, group.head)  # "Y compte X parmi ses clients"
        named = any(candidate.mention is not None for candidate in counted)
        return counted if named else subject_candidates(parsed, group)
    index = phrase.start - 1
    while parsed.category(index) in _BEFORE_NOUN:
        index -= 1
    if parsed.category(index) in (Category.COMMA, Category.OPEN):
        before = _phrases_ending(parsed, behind_brackets(parsed, index - 1))
        fronted = bool(before) and _is_fronted(parsed, before[-1])
        return main_subject(parsed, phrase.end - 1) if fronted else before
    if _is_fronted(parsed, phrase):
        return main_subject(parsed, phrase.end - 1)
    if index >= 0 and parsed.tokens[index].is_verb(parsed.lexicon.copulas):
        return subject_candidates(parsed, verb_group(parsed, index))
    return []


def _taken_for(parsed: Parse, phrase: Phrase) -> list[Phrase]:
    """Who is made or has what a noun names: "Z a choisi *Y* comme repreneur de"."""
    group = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start:
        return []
    if group.passive_auxiliary or is_bare_participle(parsed, group):
        return subject_candidates(parsed, group)
    return object_candidates(parsed, group, group.head)


def _is_fronted(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a bare noun opens the sentence and describes its subject: "Filiale de Y, X …"."""
    bare = parsed.category(phrase.start) is not Category.DETERMINER and phrase.mention is None
    opens = all(parsed.category(index) is Category.ADVERB for index in range(phrase.start))
    return bare and not phrase.pronoun and phrase.preposition is None and opens


def _phrases_ending(parsed: Parse, index: int) -> list[Phrase]:
    result: list[Phrase] = []
    if parsed.category(index) is Category.QUOTE:
        index -= 1
    while index >= 0 and index in parsed.at:
        phrase = parsed.at[index]
        result.append(phrase)
        if phrase.preposition is None:
            if phrase.mention is None and parsed.category(phrase.start - 1) is Category.COMMA:
                index = phrase.start - 2
                continue
            break
        index = phrase.start - 2
    return result
