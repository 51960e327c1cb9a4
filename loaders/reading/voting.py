"""The votes on an entity's kind that do not come from its neighbours, and what lists share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from graph.model import Kind
from loaders.reading.kinds import KindData
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.name_candidates import FoundName
from loaders.reading.name_model import KNOWN, OTHER, PLACE
from loaders.reading.span_rules import SpanRules
from loaders.reading.surfaces import fold
from loaders.reading.vocabulary import Vocabulary

_WORD: Final = re.compile(r"[\w'’&.-]+")
_LISTING: Final = re.compile(
    r"\s*[»\"”]?\s*(?:\([^()]{1,60}\)\s*)?"
    r"(?:,|;|/|,?\s*(?:et|ou|puis|ou encore|ainsi que|comme|mais aussi))?\s*"
    r"(?:(?:plus récemment|récemment|surtout|enfin|bientôt|aussi)\s+)?"
    r"(?:d['’]|de |du |des |l['’]|le |la |les |à |au |chez |par |avec )?[«\"“]?\s*"
)
_ARTICLE: Final = re.compile(r"^(?:[Ll][ea]s? |[Ll]['’])")
_CODE: Final = re.compile(r"[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}")
_JOINED: Final = " & "
_PERSON: Final = "PER"
_MARKS: Final = ("®", "™")
_HEAD_VOTE: Final = 5.0
_TAIL_VOTE: Final = 3.0
_FIRST_NAME_VOTE: Final = 2.5
_SENTENCE_WORDS: Final = 1.2
_MAJORITY: Final = 3
_NUMBERED: Final = re.compile(
    r" (?!(?:19|20)\d\d$)(?:\d{1,4}(?:[.,]\d)?|(?=[\w.+-]*[A-Za-z])[\w.+-]*\d[\w.+-]*)$"
)
_CODED_VOTE: Final = 1.0
_NUMBERED_VOTE: Final = 1.6
_MIXED_VOTE: Final = 3.0


def vote_sources(places: Sequence[FoundName], entity: NamedEntity, data: KindData) -> None:
    """Count what the tagger and the gazetteer say of an entity at all its `places`."""
    matches = [place.match for place in places if place.match is not None]
    if any(not match.ambiguous for match in matches):
        labels = []
    else:
        labels = [place.label for place in places if place.label]
    if _JOINED in entity.name:
        labels = [label for label in labels if label != _PERSON]  # "Kirkland & Ellis"
    lone = " " not in entity.name
    coded = not matches and _CODE.fullmatch(entity.name) is not None
    for label in dict.fromkeys(labels):
        if coded and label != "LOC":
            entity.vote(Kind.PRODUCT, _CODED_VOTE, "tagger")  # "le pick-up R1T"
            continue
        table = data.lone_labels if lone and label in data.lone_labels else data.labels
        share = labels.count(label) / len(labels)
        for kind, weight in table.get(label, {}).items():
            entity.vote(kind, weight * share, "tagger")
        if label == "LOC" and not matches:
            located = min(entity.located / len(places), 1.0)
            entity.against += share * (data.against["label"] + data.against["located"] * located)
    if not matches:
        return
    entity.known = True
    match = next((m for m in matches if not m.ambiguous), matches[0])
    worth = data.known["ambiguous" if match.ambiguous else "certain"]
    entries = match.candidates or (match.entry,)
    for kind in dict.fromkeys(entry.kind for entry in entries):
        entity.vote(kind, worth if kind is match.entry.kind else worth / 2, "gazetteer")
    if match.entry.also is not None:
        share = worth / data.known["certain"]
        entity.vote(match.entry.also, data.known["also"] * share, "gazetteer")
    if not match.ambiguous:
        kinds = {kind for entry in entries for kind in (entry.kind, entry.also) if kind}
        entity.allowed = frozenset(kinds)


def vote_own_words(entity: NamedEntity, data: KindData, vocabulary: Vocabulary) -> None:
    """Count what the words of a name say of its kind: "Université de …", "… Capital"."""
    words = [fold(word) for word in _WORD.findall(_ARTICLE.sub("", entity.name))]
    if not words:
        return
    if entity.name.endswith(_MARKS):
        entity.vote(Kind.PRODUCT, _HEAD_VOTE, "trade mark")
    numbered = None if entity.known else _NUMBERED.search(entity.name)
    if numbered is not None:
        # "Ardan TP3", "Falcon 6X": firms are seldom numbered, and hardly by letters and digits.
        mixed = any(char.isalpha() for char in numbered.group())
        entity.vote(Kind.PRODUCT, _MIXED_VOTE if mixed else _NUMBERED_VOTE, "number")
    if len(words) > 1:
        for kind, heads in data.name_heads.items():
            if " ".join(words[:2]) in heads or (
                words[0] in heads
                and not any(" ".join(words[:2]) in h for h in data.name_heads.values())
            ):
                entity.vote(kind, _HEAD_VOTE, "first word")
            elif not heads.isdisjoint(words[1:]) and kind is Kind.ORGANIZATION:
                entity.vote(kind, _TAIL_VOTE, "last word")
        for kind, tails in data.name_tails.items():
            if words[-1].strip(".") in tails:
                entity.vote(kind, _TAIL_VOTE, "last word")
        if len(words) <= 4 and words[0] in data.first_names:
            entity.vote(Kind.PERSON, _FIRST_NAME_VOTE, "first name")
        elif words[0] in data.organization_heads:
            pass
        elif vocabulary.is_common(entity.name.split()[0]) or (
            vocabulary.is_common(entity.name.split()[-1]) and "'" not in entity.name
        ):
            entity.vote(Kind.COMPANY, _SENTENCE_WORDS, "common word")


def vote_look(entity: NamedEntity, data: KindData, vocabulary: Vocabulary) -> None:
    """Count what the model of names makes of the name, and what tells a place."""
    if entity.allowed is not None:
        return
    likely = vocabulary.likely(entity.name)
    if _CODE.fullmatch(entity.name) and not entity.known:
        likely = data.unseen["code"]
        entity.allowed = frozenset({Kind.PRODUCT, Kind.COMPANY})
    elif not likely:
        likely = data.unseen["one" if " " not in entity.name else "more"]
    share = likely.get(KNOWN, 1.0)
    if share < 1:
        # Of a word that nobody knows nothing can be said.
        rest = data.unseen["more"]
        likely = {
            label: share * likely.get(label, 0.0) + (1 - share) * rest.get(label, 0.0)
            for label in (*map(str, Kind), PLACE, OTHER)
        }
    person = likely.get(str(Kind.PERSON), 0.0)
    for kind in Kind:
        share = likely.get(str(kind), 0.0)
        # The press gives people their full names: a lone surname is more often a company's.
        if " " not in entity.name and person:
            share *= data.lone_person if kind is Kind.PERSON else 1.0
            share += person * (1 - data.lone_person) / 2 if kind is Kind.COMPANY else 0.0
        if share:
            entity.vote(kind, data.look * share, "look")
    if entity.known:
        return
    for label in (PLACE, OTHER):
        entity.against += data.against[label] * likely.get(label, 0.0)
    town = SpanRules.of(data.language).town.fullmatch(entity.name)
    if town is not None or fold(_ARTICLE.sub("", entity.name)) in data.places:
        entity.against += data.against["place"]
    if fold(entity.name) in data.lands:  # "la filiale France de Y"
        entity.against += data.against["land"]


def share_in_lists(text: str, mentions: Sequence[Mention], data: KindData) -> None:
    """Let names in doubt take the kind of the list that they stand in: "Accel, Index et Korelya".

    `mentions` stand in the order of the text and have been settled once; a name whose kind changes
    is settled again.
    """
    for members in _lists(text, mentions, data):
        entities = list(dict.fromkeys(mention.entity for mention in members))
        for kind in entities[0].among:
            for entity in entities[1:]:
                entity.vote(kind, data.shared["head"], "list head")
                entity.settle(data.threshold)
        sure = Counter(
            e.kind for e in entities if e.kind is not None and not e.is_weak(data.certain)
        )
        if not sure:
            continue
        kind, most = sure.most_common(1)[0]
        if most < sum(sure.values()) and (most < _MAJORITY or most * 4 < sum(sure.values()) * 3):
            continue
        weight = data.shared["pair" if len(entities) == 2 else "list"]
        weight *= 2 if most >= _MAJORITY else 1
        for entity in entities:
            town = not entity.known and fold(entity.name) in data.places
            if not town and (entity.kind is not kind or entity.is_weak(data.certain)):
                entity.vote(kind, weight, "list")
                entity.settle(data.threshold)


def _lists(text: str, mentions: Sequence[Mention], data: KindData) -> Iterable[list[Mention]]:
    run: list[Mention] = []
    commas = 0
    for mention in mentions:
        if run and text[mention.start - 1] == "(" and text[mention.end : mention.end + 1] == ")":
            continue  # "A (Landes), B (Gers) et C"
        gap = text[run[-1].end : mention.start] if run else None
        noun = gap.split()[-1] if gap and gap[-1:] == " " and gap.strip() else ""
        if gap is not None and data.heads.get(noun) is Kind.COMPANY:
            gap = gap[: gap.rindex(noun)]  # "Accel, le groupe Idec et Korelya"
        if gap is not None and gap.strip() and _LISTING.fullmatch(gap) and "\n" not in gap:
            commas += gap.strip() == ","
            run.append(mention)
            continue
        yield from _complete(run, commas)
        run, commas = [mention], 0
    yield from _complete(run, commas)


def _complete(run: list[Mention], commas: int) -> Iterable[list[Mention]]:
    """A run of names that is a list; two with a comma between them may be an apposition."""
    if len(run) > 2 or (len(run) == 2 and not commas):
        yield run
