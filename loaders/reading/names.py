"""Which names of an article are one entity, and of what kind.

A name that an article introduces itself needs no gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from graph.model import Kind
from loaders.reading.anaphors import Anaphors
from loaders.reading.evidence import vote
from loaders.reading.evidence_data import Evidence
from loaders.reading.first_names import FirstNames
from loaders.reading.gazetteer import Gazetteer, GazetteerMatch
from loaders.reading.gazetteer_file import Entry
from loaders.reading.given_names import share_surnames, with_given_names
from loaders.reading.kinds import KindData
from loaders.reading.linking import link, truncations
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.name_candidates import FoundName, TaggedName, candidates
from loaders.reading.neighbours import Neighbours
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import MADE
from loaders.reading.vocabulary import Vocabulary
from loaders.reading.voting import share_in_lists, vote_look, vote_own_words, vote_sources
from loaders.reading.whole_names import with_whole_names

_SAID_REACH: Final = 10


def find_names(
    text: str,
    tagged: Iterable[TaggedName],
    gazetteer: Gazetteer,
    language: str,
    vocabulary: Vocabulary,
) -> list[Mention]:
    """Every place where `text` names or unmistakably describes an entity, in order.

    The mentions of one entity share one `NamedEntity`, whose votes are counted and whose kind is
    settled; it is None where nothing tells.
    """
    data = KindData.of(language)
    matches = gazetteer.find(text)
    found = with_whole_names(text, candidates(text, tagged, matches, vocabulary, data))
    found = with_given_names(text, found, data)
    around, evidence = Neighbours(text), Evidence.of(language)
    entities = link(text, found, around, evidence, data)
    entities |= truncations(text, found, entities)
    share_surnames(text, found, entities, data)
    places: dict[NamedEntity, list[FoundName]] = {}
    for place in found:
        places.setdefault(entities[id(place)], []).append(place)
    mentions = [Mention(f.start, f.end, f.surface, entities[id(f)]) for f in found]
    mentions += _descriptions(matches, mentions, text)
    makers = {
        one.start
        for one, other in pairwise(found)
        if other.label == MADE and text[one.end : other.start] == " "
    }
    for mention in mentions:
        # The noun before "Bosch" in "la batterie Bosch PowerTube" is not for Bosch.
        if mention.start not in makers:
            vote(mention, around, evidence)
    grown, first_names = Anaphors.of(language).grown, FirstNames.of(language)
    for entity in dict.fromkeys(mention.entity for mention in mentions):
        entry = entity.entry
        if entry is not None:
            described = " ".join((*entry.descriptions, *entry.shared))
            entity.grown = any(word in described for word in grown)
            entity.gender = entry.gender
        first = entity.name.split()[0]
        entity.gender = entity.gender or first_names.gender(first)
        if entity.gender is None and fold(first) not in first_names.known:
            entity.gender = vocabulary.gender(first)
        vote_sources(places.get(entity, ()), entity, data)
        vote_own_words(entity, data, vocabulary)
        vote_look(entity, data, vocabulary)
        entity.settle(data.threshold)
    mentions.sort(key=lambda m: m.start)
    share_in_lists(text, mentions, data)
    return mentions


def _descriptions(
    matches: Sequence[GazetteerMatch], mentions: Sequence[Mention], text: str
) -> list[Mention]:
    """Descriptions that stand for one known entity; one shared by several goes to the one named."""
    named: dict[tuple[str, Kind], NamedEntity] = {}
    for mention in mentions:
        entry = mention.entity.entry
        if entry is not None:
            named[(entry.name, entry.kind)] = mention.entity
    result: list[Mention] = []
    taken = Taken(mentions)
    for match in matches:
        if not match.is_description:
            continue
        # A name inside a description ("la maison mère de Facebook") stays a mention of its own.
        if any(
            not (match.start < m.start and m.end <= match.end)
            for m in taken.meeting(match.start, match.end)
        ) or _is_said_of(text, match, taken):
            continue
        candidates = match.candidates or (match.entry,)
        present = [e for e in candidates if (e.name, e.kind) in named]
        if len(present) == 1:
            entity = named[(present[0].name, present[0].kind)]
        elif len(candidates) == 1 and not match.ambiguous:
            entity = _from_entry(match.entry)
            named[(match.entry.name, match.entry.kind)] = entity
        else:
            continue
        result.append(Mention(match.start, match.end, match.surface, entity, described=True))
    return result


def _is_said_of(text: str, match: GazetteerMatch, named: Taken[Mention]) -> bool:
    """Whether a description is apposed to a name: "Alphabet, maison mère de Google".

    Or a name follows that it is said of: "la pépite française de l'IA Poolside".
    """
    after = next(iter(named.meeting(match.end, match.end + 2)), None)
    if after is not None and text[match.end : after.start].isspace():
        return True
    before = next(iter(named.meeting(match.start - _SAID_REACH, match.start)[::-1]), None)
    if (
        before is None
        or before.entity.entry is None
        or before.entity.entry.name != match.entry.name
    ):
        return False
    gap = text[before.end : match.start].strip()
    return gap in {",", "(", "est", "était"}


def _from_entry(entry: Entry) -> NamedEntity:
    entity = NamedEntity(entry.name, entry)
    entity.vote(entry.kind, 4, "gazetteer")
    return entity
