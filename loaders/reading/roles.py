"""Roles: "X, ex-directrice financière de Y", "le PDG de Y, X", "X a été nommée directrice de Y"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.arguments import main_subject, nearby_subject
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.predicates import is_past, verb_group
from loaders.reading.resolving import Resolver
from loaders.reading.role_charges import in_charge
from loaders.reading.role_data import RoleData
from loaders.reading.role_described import described_holder
from loaders.reading.role_guides import at_its_head, guided_by
from loaders.reading.role_holders import apposed_to, find_holder, is_fronted, pointed_at
from loaders.reading.role_owners import announce, find_owner
from loaders.reading.role_posts import find_assignment
from loaders.reading.role_spans import EMPLOYERS, LED, PERSON, Role, look_behind, role_at
from loaders.reading.tokens import Category

_EX: Final = frozenset({"ex", "ex-"})
_LEADING_IN: Final = frozenset({Category.ADVERB, Category.DETERMINER, Category.ADJECTIVE})
_LISTING: Final = frozenset({Category.COMMA, Category.COORDINATOR, Category.OTHER})
_CHAIN: Final = frozenset({Category.COMMA, Category.COORDINATOR, Category.ADVERB})


def find_roles(parsed: Parse, resolver: Resolver, data: RoleData) -> list[Role]:
    """Every role in the sentence, with its holder and employer where they can be told."""
    roles: list[Role] = []
    covered = -1
    for index, token in enumerate(parsed.tokens):
        if token.lower in _EX and parsed.category(index + 1) is Category.MENTION:
            roles += _former_of(parsed, index, roles, resolver)
        if token.category is Category.OPEN:
            roles += _affiliation(parsed, index, data)
        if token.category is Category.COMMA:
            roles += _provenance(parsed, index, data)
        if token.lower in data.origins:
            roles += _origin(parsed, index, roles, data)
        if token.lower in data.ellipses and roles:
            roles += _ellipsis(parsed, index, roles[-1], resolver)
        if token.category is Category.PREPOSITION and token.preposition in data.headships:
            roles += _headship(parsed, index, roles, resolver, data)
        if token.category is Category.PREPOSITION:
            roles += guided_by(parsed, index, resolver, data)
            roles += in_charge(parsed, index, roles, data)
        if token.lower in data.heads_of:
            roles += at_its_head(parsed, index, resolver, data)
        if index <= covered or token.category not in (Category.NOUN, Category.ADJECTIVE):
            continue
        phrase = parsed.at.get(index)
        if phrase is None:
            continue
        role = role_at(parsed, index, phrase, data, resolver)
        if role is None:
            continue
        covered = role.end - 1
        if not find_assignment(parsed, role, resolver, data):
            find_holder(parsed, role, phrase, resolver, data, roles)
            if not role.plural and _is_a_womans(parsed, role, roles, resolver):
                role.holders = []
        role.holders = role.holders or described_holder(parsed, role, resolver)
        roles.append(role)
    _share_holders(parsed, roles)
    _name_both(parsed, roles, resolver)
    _deal_out(parsed, roles, data)
    resolver.posts = _posts(roles)
    for role in roles:
        if role.holders and RelationType.FOUNDED in role.relations:
            role.holders = [*role.holders, *role.partners]
        if data.noun(role.words.removeprefix("ex-")) in data.portfolios:
            role.employers = [e for e in role.employers if e.kind is Kind.ORGANIZATION]
            continue  # "le ministre du Tourisme"
        if role.holders and not role.employers:
            role.employers = find_owner(parsed, role, roles, resolver, data)
        announce(parsed, role, resolver, data)
    resolver.posts = _posts(roles)
    return roles


def _posts(roles: list[Role]) -> list[tuple[NamedEntity, NamedEntity]]:
    """Who is said to be where."""
    present = [role for role in roles if not role.former]
    return [(one, body) for role in present for one in role.holders for body in role.employers]


def _former_of(parsed: Parse, index: int, before: list[Role], resolver: Resolver) -> list[Role]:
    """An employer with the prefix for what is past: "X, ex-Google", "cet ex-Google"."""
    phrase = parsed.at[index + 1]
    members = [parsed.mention(m) for m in phrase.group]
    employers = [m.entity for m in members if m is not None and m.entity.kind in EMPLOYERS]
    worked = frozenset({RelationType.WORKED_AT})
    role = Role(index, phrase.group[-1].end, index, "", worked, employers=employers, former=True)
    role.cue = parsed.text(index, index + 2)
    opened = index - 1  # "X, *lui aussi* ex-Y", "X, *un autre* ex-Y"
    while parsed.category(opened) in _LEADING_IN:
        opened -= 1
    if parsed.category(opened) in (Category.COMMA, Category.OPEN):
        role.holders = apposed_to(parsed, opened, before, plural=False)
    elif parsed.category(index - 1) is Category.MENTION:
        named = parsed.tokens[index - 1].mention
        role.holders = [named.entity] if named and named.entity.kind is Kind.PERSON else []
    elif parsed.tokens[opened + 1].lower in parsed.lexicon.demonstratives:
        role.start = opened + 1
        role.holders = pointed_at(parsed, role, resolver)
    end = role.end
    if (
        parsed.category(opened + 1) is Category.DETERMINER
        and parsed.category(end) is Category.COMMA
    ):
        end += 1  # "un ex-Y, X"
    if not role.holders and parsed.category(end) is Category.MENTION:
        after = parsed.tokens[end].mention  # "l'ex-Y X"
        role.holders = [after.entity] if after and after.entity.kind is Kind.PERSON else []
    return [role] if employers and role.holders else []


def _affiliation(parsed: Parse, index: int, data: RoleData) -> list[Role]:
    """Where somebody is from, in parentheses: "X (Y)", "X (Y et Z)"; no school of theirs."""
    before = parsed.tokens[index - 1].mention if index else None
    if before is None or before.entity.kind is not Kind.PERSON:
        return []
    end, employers = index + 1, list[NamedEntity]()
    while end < len(parsed.tokens) and parsed.category(end) is not Category.CLOSE:
        mention = parsed.tokens[end].mention
        if mention is not None and mention.entity.kind in EMPLOYERS:
            if lowered(mention.surface) in data.schools:
                return []  # "X (HEC, ESCP)": what they have studied
            employers.append(mention.entity)
        elif mention is not None or parsed.category(end) not in _LISTING:
            return []
        end += 1
    worked = frozenset({RelationType.WORKED_AT})
    role = Role(index + 1, end, index + 1, "", worked, [before.entity], employers)
    role.cue = parsed.text(index, min(end + 1, len(parsed.tokens)))
    return [role] if employers else []


def _provenance(parsed: Parse, comma: int, data: RoleData) -> list[Role]:
    """Where somebody speaks from, between commas: "X, de la CGT, …", "X, du CNRS."."""
    before = parsed.tokens[comma - 1].mention if comma else None
    phrase = parsed.at.get(comma + 2)
    mention = parsed.mention(phrase) if phrase is not None else None
    if before is None or phrase is None or mention is None or len(phrase.group) > 1:
        return []
    away = phrase.preposition in data.provenances  # "X, en provenance de Y, …"
    inside = away or phrase.preposition in (parsed.lexicon.genitive, "chez")
    if before.entity.kind is not Kind.PERSON or not inside or phrase.start != comma + 2:
        return []
    closed = phrase.end == len(parsed.tokens) or parsed.tokens[phrase.end].text in (",", ".")
    if mention.entity.kind not in EMPLOYERS or not closed:
        return []
    worked = frozenset({RelationType.WORKED_AT})
    role = Role(comma + 1, phrase.end, comma + 1, "", worked, [before.entity], [mention.entity])
    role.former = away
    role.cue = parsed.text(comma + 1, phrase.end)
    return [role]


def _ellipsis(parsed: Parse, index: int, before: Role, resolver: Resolver) -> list[Role]:
    """The role just said, of another: "le directeur général de Y, X, et celui de Z, W"."""
    phrase = parsed.at.get(index + 2)
    if phrase is None or phrase.preposition != parsed.lexicon.genitive or phrase.start != index + 2:
        return []
    employers = resolver.fill(parsed, [phrase], EMPLOYERS).entities
    after = phrase.end + (parsed.category(phrase.end) is Category.COMMA)
    named = parsed.at.get(after)
    if not employers or named is None or named.preposition is not None or named.start != after:
        return []
    role = Role(index, phrase.end, index, before.words, before.relations, employers=employers)
    role.holders = resolver.fill(parsed, [named], PERSON, alone=True).entities
    role.former, role.cue = before.former, parsed.text(index, phrase.end)
    return [role] if role.holders else []


def _headship(
    parsed: Parse, index: int, before: list[Role], resolver: Resolver, data: RoleData
) -> list[Role]:
    """Somebody "à la tête de Y", said of them in passing; with a verb a frame reads it."""
    phrase = parsed.at.get(index + 1)
    if phrase is None:
        return []
    employers = resolver.fill(parsed, [phrase], LED).entities
    end = (phrase.group or [phrase])[-1].end
    leads = frozenset({RelationType.LEADS})
    role = Role(index, end, index, "", leads, employers=employers)
    role.cue = parsed.tokens[index].text
    look_behind(parsed, role, data)
    previous = index - 1
    while parsed.category(previous) is Category.ADVERB:
        previous -= 1
    date = parsed.tokens[previous].date if previous >= 0 else None
    if date is not None:
        role.holders = resolver.fill(parsed, nearby_subject(parsed, previous), PERSON).entities
        role.former = role.former or date.relation == "duration"
    elif previous < 0 or (
        parsed.category(previous) is Category.COMMA and is_fronted(parsed, index)
    ):
        role.holders = resolver.fill(parsed, main_subject(parsed, end), PERSON).entities
    if not role.holders and parsed.category(previous) in (Category.COMMA, Category.OPEN):
        role.holders = apposed_to(parsed, previous, before, plural=False, family=data.family)
    if not role.holders and previous < index - 1 and parsed.category(previous) is Category.COMMA:
        role.holders = _of_the_subject(parsed, role, previous, resolver)
    if not role.holders and parsed.category(previous) is Category.MENTION:
        role.holders = _likewise(parsed, previous, data)
    return [role] if employers and role.holders else []


def _of_the_subject(parsed: Parse, role: Role, comma: int, resolver: Resolver) -> list[NamedEntity]:
    """Who had a head's post among others: "X a travaillé chez Y, *notamment* à la tête de Z"."""
    verbs = (i for i in range(comma - 1, -1, -1) if parsed.category(i) is Category.VERB)
    verb = next(verbs, None)
    if verb is None or parsed.tokens[comma + 1].lower not in parsed.lexicon.emphatics:
        return []
    role.former = role.former or is_past(parsed, verb_group(parsed, verb))
    return resolver.fill(parsed, main_subject(parsed, comma), PERSON).entities


def _likewise(parsed: Parse, index: int, data: RoleData) -> list[NamedEntity]:
    """Who is given a head's post like the one before: "A à la tête de Y et *B* à celle de Z"."""
    phrase, mention = parsed.at[index], parsed.tokens[index].mention
    listed = parsed.category(phrase.start - 1) in (Category.COMMA, Category.COORDINATOR)
    if mention is None or mention.entity.kind is not Kind.PERSON or not listed:
        return []
    if phrase.preposition is not None or not any(
        token.preposition in data.headships for token in parsed.tokens[: phrase.start]
    ):
        return []
    given = any(token.is_finite for token in parsed.tokens[:index])
    return [mention.entity] if given else []


def _origin(parsed: Parse, index: int, before: list[Role], data: RoleData) -> list[Role]:
    """Who began something, said of them in passing: "X, à l'origine du groupe Y, …"."""
    phrase, body = parsed.at.get(index), parsed.at.get(index + 2)
    if phrase is None or body is None or phrase.preposition not in data.places:
        return []
    if body.preposition != parsed.lexicon.genitive or body.start != index + 2:
        return []
    mention, comma = parsed.mention(body), phrase.start - 2
    if mention is None or mention.entity.kind not in EMPLOYERS:
        return []
    if parsed.category(comma) is not Category.COMMA:
        return []
    role = Role(comma + 1, body.end, index, "", frozenset({RelationType.FOUNDED}))
    role.holders = apposed_to(parsed, comma, before, plural=True, family=data.family)
    role.employers, role.cue = [mention.entity], parsed.text(comma + 1, body.end)
    people = bool(role.holders) and all(h.kind is Kind.PERSON for h in role.holders)
    return [role] if people else []


def _is_a_womans(parsed: Parse, role: Role, before: list[Role], resolver: Resolver) -> bool:
    """Whether a man's second post is a woman's: "par X, PDG, *la directrice* a dit"."""
    noun = parsed.tokens[role.noun].lower
    endings = resolver.anaphors.gender_endings
    genders = (gender for ending, gender in endings if noun.endswith(ending))
    theirs = {holder.gender for holder in role.holders} - {None}
    second = any(other.holders == role.holders for other in before)
    return second and theirs == {"m"} and next(genders, None) == "f"


def _share_holders(parsed: Parse, roles: list[Role]) -> None:
    """Fronted roles in a row describe one person: "Ingénieur chez A, puis directeur de B, X …"."""
    for one, other in reversed(list(pairwise(roles))):
        between = range(one.end, other.start)
        in_a_row = bool(between) and all(parsed.category(i) in _CHAIN for i in between)
        if one.holders or one.attribute or not in_a_row:
            continue
        if is_fronted(parsed, one.start) and one.plural is other.plural:
            one.holders = other.holders


def _name_both(parsed: Parse, roles: list[Role], resolver: Resolver) -> None:
    """Two roles and then whose they are: "le nouveau patron de Y et transfuge de Z, X"."""
    for one, other in pairwise(roles):
        together = parsed.category(one.end) is Category.COORDINATOR and other.start == one.end + 1
        if one.holders or other.holders or not together or one.plural or other.plural:
            continue
        opening = {t.lower for t in parsed.tokens[max(0, one.start - 1) : one.start + 1]}
        index = other.end + (parsed.category(other.end) is Category.COMMA)
        named = parsed.at.get(index)
        if opening.isdisjoint(parsed.lexicon.definite) or named is None or named.start != index:
            continue
        if named.preposition is None and named.mention is not None:
            one.holders = resolver.fill(parsed, [named], PERSON, alone=True).entities
            other.holders = list(one.holders)


def _deal_out(parsed: Parse, roles: list[Role], data: RoleData) -> None:
    """ "A et B, respectivement directeur et présidente de Y": one role for each in order."""
    for one, other in pairwise(roles):
        word = parsed.tokens[one.start].lower
        if word not in data.respectively and parsed.tokens[one.start - 1].lower not in (
            data.respectively
        ):
            continue
        phrase = next(
            (
                p
                for p in reversed(parsed.phrases)
                if p.end <= one.start and p.preposition is None and len(p.group) == 2
            ),
            None,
        )
        if phrase is not None and other.start - one.end <= 1:
            people = parsed.listed(phrase)
            one.holders, other.holders = people[:1], people[1:]
            one.employers = one.employers or other.employers
