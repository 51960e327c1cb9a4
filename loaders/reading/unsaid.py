"""The body that a sentence leaves unsaid because the article speaks of it.

"Le groupe Y étoffe sa direction. X, venu de Z, rejoint le comité exécutif": that of Y.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.model import RelationType, Status
from loaders.reading.claims import Draft
from loaders.reading.fillers import Filler
from loaders.reading.inflection import Form
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.role_spans import EMPLOYERS, Role
from loaders.reading.slots import Match
from loaders.reading.tokens import Category
from loaders.reading.topic_bodies import body_spoken_of

_LIST: Final = 2
_NEAR: Final = 2
_HELD: Final = frozenset({RelationType.WORKED_AT, RelationType.LEADS, RelationType.FOUNDED})


def fill_spoken_of(
    match: Match,
    parsed: Parse,
    resolver: Resolver,
    roles: Sequence[Role],
    drafts: Sequence[Draft],
    status: Status,
) -> None:
    """Fill the slot that a frame leaves to the body spoken of, if nothing else has filled it.

    `roles` are those of the sentence, `drafts` what the article has told up to here, `status` what
    the words make of the claim: what is denied is told of nobody in particular.
    """
    inherit = match.frame.inherit
    if inherit is not None and inherit.post and _is_before(parsed, match):
        match.fillers.pop(inherit.slot, None)
    if inherit is None or not inherit.spoken or match.entities(inherit.slot):
        return
    if status is Status.DENIED:
        return
    claims = [claim for claim in match.frame.claims if claim.object == inherit.slot]
    if any(_is_torn(match.fillers.get(claim.subject)) for claim in claims):
        return
    people = [person for claim in claims for person in match.entities(claim.subject)]
    leaving = any(claim.ended for claim in claims)
    hired = any(claim.relation is RelationType.HIRED_BY for claim in claims)
    if leaving and (_is_anothers(parsed, roles) or not _are_named(people, parsed)):
        return
    if any(_governs(person, parsed, roles, resolver.roles) for person in people):
        return
    told = _told(match, parsed, roles, drafts, people)
    body = body_spoken_of(parsed, resolver, people, told)
    if match.phrase is not None and (created := _just_created(parsed, drafts)):
        body = created[0] if len(created) == 1 else None  # "La présidence en reviendra à X"
    if body is None:
        return
    moved = people if leaving or hired else []
    if any(_is_elsewhere(person, body, match, resolver, roles) for person in moved):
        return
    if hired and any(_is_there(person, body, drafts) for person in people):
        return
    match.fillers[inherit.slot] = Filler([body])


def is_told(parsed: Parse, match: Match, roles: RoleData) -> bool:
    """Whether the words tell whose it is, or which: "rejoindre l'équipe *de France*".

    Only where a frame leaves that to the body spoken of, and its own words name a thing.
    """
    inherit = match.frame.inherit
    if inherit is None or not inherit.spoken or match.entities(inherit.slot):
        return False
    if match.end == match.trigger and match.phrase is None:
        return False
    index = match.end + 1
    if parsed.category(index) is Category.ADJECTIVE:
        return parsed.tokens[index].lower in roles.public
    phrase = parsed.at.get(index + 1)
    named = parsed.category(index) is Category.MENTION and match.phrase is None
    if named or phrase is None or phrase.start != index + 1:
        return named
    if any(filler.phrase is phrase for filler in match.fillers.values()):
        return False
    of = phrase.preposition == parsed.lexicon.genitive
    return of and parsed.tokens[phrase.head].lower.rstrip("s") not in roles.function_stems


def _told(
    match: Match,
    parsed: Parse,
    roles: Sequence[Role],
    drafts: Sequence[Draft],
    people: Sequence[NamedEntity],
) -> set[NamedEntity]:
    """The bodies of which the sentence tells where its people come from, or were."""
    told = {entity for filler in match.fillers.values() for entity in filler.entities}
    for role in roles:
        if any(holder in people for holder in role.holders):
            told.update(role.employers)
    for draft in reversed(drafts):
        if draft.sentence != parsed.sentence.index:
            break
        if draft.object is not None and draft.subject in people:
            told.add(draft.object)
    return told


def _is_torn(filler: Filler | None) -> bool:
    """Whether a list begins in what opens the sentence: "Depuis le départ de Z, X et Y …"."""
    phrase = filler.phrase if filler is not None else None
    if phrase is None or len(phrase.group) < _LIST:
        return False
    return phrase.group[0].preposition is not None and phrase.group[-1].preposition is None


def _just_created(parsed: Parse, drafts: Sequence[Draft]) -> list[NamedEntity]:
    """What the last sentences tell that other bodies found, or will."""
    found: list[NamedEntity] = []
    for draft in reversed(drafts):
        if parsed.sentence.index - draft.sentence > _NEAR:
            break
        by_bodies = draft.subject is not None and draft.subject.kind in EMPLOYERS
        if draft.relation is RelationType.FOUNDED and by_bodies and draft.object is not None:
            found.append(draft.object)
    return list(dict.fromkeys(found))


def _are_named(people: Sequence[NamedEntity], parsed: Parse) -> bool:
    """Whether the sentence names them all: a pronoun may be anybody's who has left something."""
    mentions = (token.mention for token in parsed.tokens)
    named = {mention.entity for mention in mentions if mention is not None}
    return all(person in named for person in people)


def _is_anothers(parsed: Parse, roles: Sequence[Role]) -> bool:
    """Whether the sentence opens with what somebody is to another: "*Son voisin*, X, …"."""
    own = parsed.tokens[0].lower in parsed.lexicon.possessives
    return own and not any(role.start == 0 for role in roles)


def _governs(person: NamedEntity, parsed: Parse, roles: Sequence[Role], data: RoleData) -> bool:
    """Whether the sentence gives them a post in a government, and at no body: "le ministre X"."""
    held = (parsed.tokens[r.noun].lower for r in roles if person in r.holders and not r.former)
    return not data.portfolios.isdisjoint(held)


def _is_elsewhere(
    person: NamedEntity,
    body: NamedEntity,
    match: Match,
    resolver: Resolver,
    roles: Sequence[Role],
) -> bool:
    """Whether the article puts them at other bodies only, and not just to tell where they were."""
    known = resolver.relations.items()
    there = {at for (one, at), told in known if one is person and not told.over}
    held = (role for role in roles if person in role.holders and not role.former)
    there.update(employer for role in held for employer in role.employers)
    there.difference_update(e for filler in match.fillers.values() for e in filler.entities)
    return bool(there) and body not in there


def _is_before(parsed: Parse, match: Match) -> bool:
    """Whether a hire was made before what the text tells: "X, qui *avait recruté* Z"."""
    group = match.group
    hires = any(claim.relation is RelationType.HIRED_BY for claim in match.frame.claims)
    if group is None or not hires or not group.auxiliaries:
        return False
    tensed = parsed.tokens[group.verbs[-1]]
    return tensed.has_form(Form.PAST) and not tensed.has_form(Form.PRESENT)


def _is_there(person: NamedEntity, body: NamedEntity, drafts: Sequence[Draft]) -> bool:
    """Whether the article puts them there already, so that they do not come now."""
    return any(
        draft.subject is person and draft.object is body and draft.relation in _HELD
        for draft in drafts
        if not draft.taken_over
    )
