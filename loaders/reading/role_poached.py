"""Posts of those whom another body takes: "X investit dans Y et débauche *son* patron"."""

from __future__ import annotations

from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData


def poached_from(
    parsed: Parse, phrase: Phrase, resolver: Resolver, data: RoleData
) -> list[NamedEntity]:
    """Whose post it is that a possessive tells, where the clause's subject gets its holder.

    Nobody hires their own patron: it is that of the other body of which the sentence has told
    what the subject does with it. "Son nouveau directeur" is the subject's own.
    """
    group = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start or not _poaches(parsed, group, data):
        return []
    words = {token.lower for token in parsed.tokens[phrase.start : phrase.end]}
    if not words.isdisjoint(resolver.anaphors.fresh):
        return []
    subjects = resolver.fill(parsed, subject_candidates(parsed, group), BODIES).entities
    others = {
        mention.entity
        for mention in (parsed.mention(p) for p in _done_to(parsed, phrase))
        if mention is not None and mention.entity.kind in BODIES
    }.difference(subjects)
    return list(others) if subjects and len(others) == 1 else []


def _poaches(parsed: Parse, group: VerbGroup, data: RoleData) -> bool:
    token = parsed.tokens[group.head]
    if token.is_verb(data.poaching):
        return True
    behind = {t.lower for t in parsed.tokens[group.head + 1 : group.head + 3]}
    return not data.poaching.isdisjoint(behind)  # "fait appel à son directeur"


def _done_to(parsed: Parse, end: Phrase) -> list[Phrase]:
    """Phrases before it that are objects or complements of a verb, and no subjects."""
    found = []
    for phrase in parsed.phrases:
        if phrase.end > end.start:
            break
        verb = governing_verb(parsed, phrase) if phrase.mention is not None else None
        if verb is not None and verb.head < phrase.start:
            found.append(phrase)
    return found
