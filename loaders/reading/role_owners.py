"""Where a role is held when its noun does not say: "son PDG", "il en est le PDG", "le PDG"."""

from __future__ import annotations

from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.agreement import is_called
from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.inflection import Form
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.places import place_of_pronoun
from loaders.reading.predicates import VerbGroup
from loaders.reading.relatives import relative_owner
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_named_heads import is_named_head
from loaders.reading.role_poached import poached_from
from loaders.reading.role_spans import EMPLOYERS, Role
from loaders.reading.tokens import Category
from loaders.reading.topic_bodies import body_spoken_of

_BEGAN: Final = frozenset({RelationType.FOUNDED})
_PEOPLE: Final = frozenset({Kind.PERSON})
_RELATIVE: Final = 3
"""Tokens before a verb in which the relative pronoun of its clause stands."""
_SET_OFF: Final = frozenset({Category.COMMA, Category.OPEN})


def find_owner(
    parsed: Parse, role: Role, roles: list[Role], resolver: Resolver, data: RoleData
) -> list[NamedEntity]:
    """The employer of a role that names none; empty if nothing tells."""
    phrase = parsed.at.get(role.noun)
    if phrase is not None and parsed.tokens[phrase.start].lower in parsed.lexicon.possessives:
        alone = role.end - role.noun == 1 or not _is_in_charge(parsed, role, data)
        if role.former and alone and parsed.tokens[role.noun].lower in data.bosses:
            return []  # "son ancien patron" is a person's as well as a company's
        if parsed.tokens[role.noun].lower in data.bosses and _is_persons(parsed, phrase, resolver):
            return []
        if _is_companions(parsed, phrase, role, data):
            return []
        if other := poached_from(parsed, phrase, resolver, data):
            return other
        headed = _headed_by_another(role, resolver)
        if role.relations == _BEGAN and (grown := _grown_beside(parsed, resolver)):
            headed += grown
        return resolver.possessive(parsed, phrase, EMPLOYERS, exclude=headed).entities
    if _is_somebodys(parsed, role):
        return []
    found = _place_of(parsed, role, resolver, data) or _of_the_pair(parsed, role, roles)
    if found or _is_of_the_unnamed(parsed, role):
        return found
    if not _tells_a_function(parsed, role, data):
        return []  # "X, conseiller de Y, est nommé directeur du musée"
    if role.group is not None:
        # "X, directrice financière de Y, est nommée présidente": of Y.
        held = (r for r in reversed(roles) if r.holders == role.holders and r.employers)
        found = next((r.employers for r in held if r.end <= role.start and not r.former), [])
    return found or _known(role, resolver) or _of_the_topic(parsed, role, resolver, data)


def announce(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> None:
    """Note where somebody new has the role, whom the sentence does not name.

    "Y a une nouvelle patronne", "Y se dote d'un nouveau directeur financier".
    """
    phrase = parsed.at.get(role.noun)
    words = parsed.tokens[role.start : role.noun]
    fresh = any(token.lower in resolver.anaphors.fresh for token in words)
    given = role.group is not None and not role.group.reflexive  # "Y s'est choisi un patron"
    if phrase is None or role.plural or role.attribute or given:
        return
    if role.former:
        return
    if role.holders:
        role.appointed = role.appointed or (fresh and bool(_has(parsed, phrase, data)))
        return  # "Y a un nouveau directeur : X"
    group = governing_verb(parsed, phrase)
    if not (fresh or _is_changed(parsed, phrase, group, data)):
        return
    if not role.employers and group is not None:
        renewed = group.head < phrase.start and parsed.tokens[group.head].is_verb(
            data.renewing | data.changing
        )
        owners = subject_candidates(parsed, group) if renewed else _has(parsed, phrase, data)
        role.employers = resolver.fill(parsed, owners, EMPLOYERS).entities
    role.announced = bool(role.employers)


def _is_changed(parsed: Parse, phrase: Phrase, group: VerbGroup | None, data: RoleData) -> bool:
    """Whether a post is said to pass to another: "Y *change de* patron"."""
    if group is None:
        return False
    of = phrase.preposition == parsed.lexicon.genitive and phrase.start == group.head + 2
    return of and parsed.tokens[group.head].is_verb(data.changing)


def _is_somebodys(parsed: Parse, role: Role) -> bool:
    """Whether it is a post with a person, or with what is taken for one: "responsable de X"."""
    phrase = parsed.at.get(role.noun + 2)
    mention = parsed.mention(phrase) if phrase is not None else None
    if phrase is None or mention is None or phrase.start != role.noun + 2:
        return False
    theirs = phrase.preposition == parsed.lexicon.genitive and mention.entity not in role.holders
    return theirs and mention.entity.kind is Kind.PERSON  # not "le directeur des achats X"


def _of_the_pair(parsed: Parse, role: Role, roles: list[Role]) -> list[NamedEntity]:
    """Where the other half of a pair is held: "cofondatrice et jusqu'ici patronne de Y".

    The second half has the first one's place if both are held: "salarié de Y et directeur général".
    """
    for other in roles:
        after = parsed.category(role.end) is Category.COORDINATOR and other.start == role.end + 1
        before = parsed.category(other.end) is Category.COORDINATOR and role.start == other.end + 1
        held = before and not other.former and not role.former and not other.untitled
        made = RelationType.WORKED_ON in other.relations
        if (after or held) and not made and other.holders == role.holders:
            return other.employers
    return []


def _known(role: Role, resolver: Resolver) -> list[NamedEntity]:
    """Where the holder has been said to be, if in one place: "Il en est parti", "Il reste PDG"."""
    if role.group is None or role.former or role.products or len(role.holders) != 1:
        return []
    (holder,) = role.holders
    there = [
        body
        for (person, body), known in resolver.relations.items()
        if person is holder and not known.over
    ]
    return there if len(there) == 1 else []


def _is_of_the_unnamed(parsed: Parse, role: Role) -> bool:
    """Whether a relative pronoun puts it at what has no name: "une usine *dont* elle …"."""
    group = role.group
    if group is None:
        return False
    before = parsed.tokens[max(0, group.start - _RELATIVE) : group.start]
    return any(
        token.category is Category.RELATIVE and token.lower in parsed.lexicon.place_relatives
        for token in before
    )


def _place_of(parsed: Parse, role: Role, resolver: Resolver, data: RoleData) -> list[NamedEntity]:
    """The employer that a pronoun, a relative or the opening of the clause stands for."""
    group = role.group
    if group is None:
        owner = relative_owner(parsed, phrase) if (phrase := parsed.at.get(role.noun)) else []
        owner = owner or (_who_has(parsed, role, phrase, data) if phrase else [])
        if owner:
            return resolver.fill(parsed, owner, EMPLOYERS).entities
        opening = _opening_place(parsed, role.start, data)
        told = opening is not None and not role.former and _is_official(parsed, role, data, opening)
        return resolver.fill(parsed, [opening], EMPLOYERS).entities if opening and told else []
    if group.places:
        return place_of_pronoun(parsed, group.places[0], EMPLOYERS, role.holders, resolver)
    for index in range(min(group.start, role.start) - 1, max(-1, group.start - 6), -1):
        token = parsed.tokens[index]
        if token.category is Category.RELATIVE and token.lower in parsed.lexicon.place_relatives:
            before = parsed.at.get(index - 1) or parsed.at.get(index - 2)
            return resolver.fill(parsed, [before], EMPLOYERS).entities if before else []
    if role.appointed and parsed.tokens[1].text == ":":
        first = parsed.at.get(0)  # "Y : X est nommé associé."
        return resolver.fill(parsed, [first], EMPLOYERS).entities if first is not None else []
    opening = _opening_place(parsed, group.start, data)
    return resolver.fill(parsed, [opening], EMPLOYERS).entities if opening else []


def _who_has(parsed: Parse, role: Role, phrase: Phrase, data: RoleData) -> list[Phrase]:
    """Who is said to have, or get, whom the role names: "Y a un nouveau directeur : X"."""
    return _has(parsed, phrase, data) if role.holders and not role.former else []


def _has(parsed: Parse, phrase: Phrase, data: RoleData) -> list[Phrase]:
    """The subject of a verb of having or getting whose object the phrase is."""
    group = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start:
        return []
    fitted = parsed.tokens[group.head].is_verb(parsed.lexicon.fitting)  # "se dote d'un patron"
    if phrase.preposition is not None and not (
        fitted and phrase.preposition == parsed.lexicon.genitive
    ):
        return []
    definite = parsed.tokens[phrase.start].lower in parsed.lexicon.definite
    having = parsed.tokens[group.head].is_verb(parsed.lexicon.having)
    gaining = not definite and parsed.tokens[group.head].is_verb(data.gaining)
    return subject_candidates(parsed, group) if having or gaining else []


def _opening_place(parsed: Parse, end: int, data: RoleData) -> Phrase | None:
    """The place that opens the sentence: "Chez Y, X est nommé directeur"."""
    token = parsed.tokens[0]
    if token.category is not Category.PREPOSITION or token.preposition not in data.places:
        return None
    phrase = parsed.at.get(1)
    return phrase if phrase is not None and phrase.end <= end else None


def _of_the_topic(
    parsed: Parse, role: Role, resolver: Resolver, data: RoleData
) -> list[NamedEntity]:
    """The company that the article is about: "le directeur financier, X", of nobody else.

    Only for a post whose complement, if there is one, tells what its holder is in charge of.
    """
    if role.former and not _is_definite_past(parsed, role, data):
        return []
    named = is_named_head(parsed, role, resolver, data)
    if role.products or not (named or _is_official(parsed, role, data)):
        return []
    if not _tells_a_function(parsed, role, data):
        return []
    start = parsed.tokens[role.start].start
    topic = resolver.discourse.topic(parsed.sentence.index, start)
    if role.former:
        topic = body_spoken_of(parsed, resolver, role.holders)
    if topic is None and role.relations == _BEGAN:
        topic = resolver.discourse.only_target(parsed.sentence.index)
    if topic is None or topic in _headed_by_another(role, resolver):
        return []
    return [topic]


def _is_persons(parsed: Parse, phrase: Phrase, resolver: Resolver) -> bool:
    """Whether the clause's subject is a person, whose boss it is: "X s'habitue à *son patron*"."""
    group = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start:
        return False
    return bool(resolver.fill(parsed, subject_candidates(parsed, group), _PEOPLE).entities)


def _is_companions(parsed: Parse, phrase: Phrase, role: Role, data: RoleData) -> bool:
    """Whether it is a person's, who is named right before: "X et *son associé*, Y"."""
    beside = parsed.at.get(phrase.start - 2)
    coordinated = parsed.category(phrase.start - 1) is Category.COORDINATOR
    if beside is None or not coordinated or parsed.tokens[role.noun].lower not in data.companions:
        return False
    mention = parsed.mention(beside)
    return mention is not None and mention.entity.kind is Kind.PERSON


def _grown_beside(parsed: Parse, resolver: Resolver) -> list[NamedEntity]:
    """The giants that the text names beside a body that it has to introduce.

    "Google recrute l'équipe de Y. X, l'un de ses fondateurs, …": of Y.
    """
    index = parsed.sentence.index
    near = {p.entity for p in resolver.discourse.places if index - p.sentence <= 1}
    bodies = {entity for entity in near if entity.kind in EMPLOYERS}
    grown = [entity for entity in bodies if entity.grown]
    return grown if len(grown) < len(bodies) else []


def _is_in_charge(parsed: Parse, role: Role, data: RoleData) -> bool:
    """Whether the post tells of what: "directeur *technique*", "directrice *des achats*"."""
    words = [token.lower for token in parsed.tokens[role.noun : role.end]]
    named = " ".join(words[:2]) in data.work
    return named or any(word in data.functions for word in words[1:])


def _is_definite_past(parsed: Parse, role: Role, data: RoleData) -> bool:
    """Whether an apposition tells of the past with an article: "X, *l'ancien* directeur …"."""
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    around = (parsed.category(role.start - 1), parsed.category(role.end))
    told = role.end - role.noun > 1 or parsed.tokens[role.noun].lower in data.bosses
    return definite and told and Category.COMMA in around


def _headed_by_another(role: Role, resolver: Resolver) -> list[NamedEntity]:
    """Bodies that the article has told another holder of this very post: "son patron" is not Y's.

    Only a post that a body has one of tells: PDG, patron, directeur général.
    """
    words = role.words.lower().split()
    names = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    post = next((resolver.anaphors.roles[n] for n in names if n in resolver.anaphors.roles), None)
    if post is None or role.former or RelationType.LEADS not in role.relations:
        return []
    return [
        body
        for (person, body), known in resolver.relations.items()
        if RelationType.LEADS in known.relations
        and not known.over
        and person not in role.holders
        and is_called(person, post)
    ]


def _is_official(parsed: Parse, role: Role, data: RoleData, opening: Phrase | None = None) -> bool:
    """Whether it is a post that a company has one of, and is told apart by commas.

    Behind an `opening` that tells where it is, the name may follow it at once: "Chez Y, le
    directeur commercial X".

    "le président Martin" may be of anything; "le président, Martin," and "Martin, directeur
    financier," are the company's that the article is about.
    """
    word = parsed.tokens[role.noun].lower.removeprefix("ex-")
    heads = bool(role.relations & {RelationType.LEADS, RelationType.FOUNDED})
    if RelationType.WORKED_ON in role.relations or not (heads or word in data.officers):
        return False
    around = (parsed.category(role.start - 1), parsed.category(role.end))
    if opening is not None and opening.preposition in data.openings:
        return True
    told = role.end < len(parsed.tokens) and parsed.tokens[role.end].has_form(Form.PARTICIPLE)
    return role.group is not None or told or not _SET_OFF.isdisjoint(around)


def _tells_a_function(parsed: Parse, role: Role, data: RoleData) -> bool:
    """Whether the role is bare, or said with a function only: "directeur des achats"."""
    _, relations = data.classes([t.lower for t in parsed.tokens[role.noun : role.noun + 4]])
    if not relations:
        return False
    heads = RelationType.LEADS in role.relations
    own = data.words_behind(parsed.tokens[role.noun].lower.removeprefix("ex-"))
    for index in range(role.noun + 1, role.end):
        token = parsed.tokens[index]
        if token.lower in parsed.lexicon.some:
            return False  # "dirigeant d'un groupe hôtelier"
        function = token.category is Category.NOUN and token.lower in data.functions | data.sites
        others = function and token.lower not in data.organs
        if others and heads and parsed.tokens[role.noun].lower not in data.officers:
            return False  # "le président de la région, X"
        again = parsed.category(index - 1) is Category.COORDINATOR and token.lower in data.nouns
        known = function or again or token.lower in own
        if token.category is Category.NOUN and not known:
            return False  # "directeur du musée"
        if token.category is Category.MENTION and token.mention is not None:
            return token.mention.entity.kind is Kind.PERSON
    return True
