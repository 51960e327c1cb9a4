"""What stands in a slot of a frame, and what is known of those who may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.mentions import NamedEntity
from loaders.reading.numbers import parse_number_words
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category

_ACTING: Final = frozenset({Category.VERB, Category.CLITIC, Category.NEGATION, Category.WHO})
"""What stands behind the subject of a clause of its own, and not behind the end of a list."""
_SAID: Final = 0.8
_HEADS: Final = 2.2
_WELL_KNOWN: Final = 1.5
"""What a tie to somebody whom the sentence names is worth: that they worked there, or head or
founded it, as the article said; or what the gazetteer knows."""
_OWN: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED})


@dataclass(slots=True)
class Group:
    """People whom a phrase counts but does not name: "deux ingénieurs". A later list names them.

    `size` is 0 where no number is given.
    """

    sentence: int
    size: int
    words: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """The tokens ``start:end`` of a sentence are what somebody says: "je" is the speaker."""

    start: int
    end: int
    speaker: NamedEntity


@dataclass(slots=True)
class Filler:
    """What fills a slot: entities, or a group that a later list may name, and the phrase."""

    entities: list[NamedEntity] = field(default_factory=list)
    group: Group | None = None
    phrase: Phrase | None = None

    def __bool__(self) -> bool:
        return bool(self.entities) or self.group is not None


@dataclass(slots=True)
class Known:
    """What the article has said of a person and a body, whether it is over, or just begun."""

    relations: set[RelationType] = field(default_factory=set)
    over: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What was resolved where: `sole` if it is one and holds in every slot.

    `gender` is that of the noun of a description.
    """

    sole: bool
    place: tuple[int, int]
    subject: bool
    complement: bool
    found: list[NamedEntity]
    gender: str | None = None
    pronoun: bool = False


def associates(
    parsed: Parse,
    relations: Mapping[tuple[NamedEntity, NamedEntity], Known],
    bodies: Iterable[NamedEntity],
    meant: Iterable[NamedEntity] = (),
) -> dict[NamedEntity, float]:
    """The bodies of people whom the sentence names, and how much that speaks for them.

    `meant` are those whom it points to without a name.
    """
    named = (parsed.mention(phrase) for phrase in parsed.phrases)
    people = {m.entity for m in named if m is not None and m.entity.kind is Kind.PERSON}
    people.update(entity for entity in meant if entity.kind is Kind.PERSON)
    found = {
        body: _SAID if known.relations.isdisjoint(_OWN) else _HEADS
        for (person, body), known in relations.items()
        if person in people and not known.over
    }
    names = {person.name for person in people}
    names |= {name.rpartition(" ")[2] for name in names}
    for body in bodies if names else ():
        if body.kind is Kind.COMPANY and body.name in names:
            found[body] = _WELL_KNOWN  # "Patrick Daher, dont la famille contrôle le groupe"
        if body.entry and not names.isdisjoint((*body.entry.people, *body.entry.cues)):
            found[body] = _WELL_KNOWN
    return found


def newcomers(
    relations: Mapping[tuple[NamedEntity, NamedEntity], Known], topic: NamedEntity | None
) -> set[NamedEntity]:
    """Whom "le nouveau patron" may mean: who came to the body that the article is about.

    Else who was just given a post there, or anywhere if it is about none.
    """
    there = [(known, person) for (person, body), known in relations.items() if body is topic]
    came = {p for known, p in there if RelationType.HIRED_BY in known.relations and not known.over}
    told = there or [(known, person) for (person, _), known in relations.items()]
    return came or {person for known, person in told if known.new and not known.over}


def leavers(
    relations: Mapping[tuple[NamedEntity, NamedEntity], Known], topic: NamedEntity | None
) -> set[NamedEntity]:
    """Whom it cannot mean: who has left that body, or came to another one."""
    return {
        person
        for (person, body), known in relations.items()
        if (known.over and (topic is None or body is topic))
        or (topic is not None and body is not topic and RelationType.HIRED_BY in known.relations)
    }


def people_in(parsed: Parse, phrase: Phrase, nouns: Collection[str]) -> Group | None:
    """The people whom a phrase counts by one of the `nouns`, if it does."""
    tokens = parsed.tokens[phrase.start : phrase.end]
    if not any(token.lower in nouns for token in tokens):
        return None
    number = next((t for t in tokens if t.category is Category.NUMBER), None)
    words = parsed.text(phrase.start, phrase.end)
    return Group(parsed.sentence.index, _size(number.lower) if number else 0, words)


def named_behind(parsed: Parse, phrase: Phrase, group: Group | None) -> list[NamedEntity]:
    """The people of a group whom its sentence names behind a colon.

    "Deux associés de Y rejoignent Z : A et B"; as many as it counts, if it counts them.
    """
    if group is None:
        return []
    stop = next((index for index in parsed.stops if index >= phrase.end), len(parsed.tokens))
    first = parsed.at.get(stop + 1)
    if first is None or first.preposition is not None or parsed.tokens[stop].text != ":":
        return []
    mention = parsed.mention(first)
    people = parsed.listed(first) if mention and mention.entity.kind is Kind.PERSON else []
    after = (first.group or [first])[-1].end
    acting = after < len(parsed.tokens) and parsed.tokens[after].category in _ACTING
    return people if group.size in (0, len(people)) and not acting else []


def _size(word: str) -> int:
    if word.isdigit():
        return int(word)
    return int(parse_number_words(word) or 0)


def listed_people(parsed: Parse) -> list[NamedEntity]:
    """The people of the sentence's first list, descriptions between them left out."""
    for phrase in parsed.phrases:
        mention = parsed.mention(phrase)
        if mention is not None and mention.entity.kind is Kind.PERSON:
            return parsed.listed(phrase)
    return []


def opens_with_person(parsed: Parse) -> bool:
    """Whether the sentence begins with a person's name."""
    mention = parsed.tokens[0].mention if parsed.tokens else None
    return mention is not None and mention.entity.kind is Kind.PERSON
