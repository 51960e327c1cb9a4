"""POPCORN (Airbus, Emvista and LIG): short French texts with entities and coreference chains.

One object of JSON, by the id of the text::

    {"5_1342": {"text": "…", "relations": […], "entities": [
      {"id": 1, "type": "CIVILIAN", "mentions": [{"value": "Elle", "start": 115, "end": 119}, …]}]}}

Only persons and bodies are ours. Names are scored by their exact place and by what they name, a
person or a body: POPCORN does not tell firms from other bodies as our guide does. Chains are those
with a name, since a thing that no text names is no entity of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.model import Article, Kind
from loaders.errors import DataFileError
from loaders.evaluation.chains import Chain, ChainScore, score_chains
from loaders.evaluation.counts import Tally
from loaders.evaluation.gold import load_json
from loaders.evaluation.mistakes import Mistake, MistakeKind
from loaders.evaluation.resolved import BODIES, Place, ResolvingReader

PERSONS: Final = frozenset({"CIVILIAN", "MILITARY", "TERRORIST_OR_CRIMINAL"})
ORGANISATIONS: Final = frozenset(
    {
        "NON_GOVERNMENTAL_ORGANISATION",
        "NON_MILITARY_GOVERNMENT_ORGANISATION",
        "MILITARY_ORGANISATION",
        "INTERGOVERNMENTAL_ORGANISATION",
    }
)
_NOT_NAMES: Final = frozenset(
    {
        *("il", "elle", "ils", "elles", "lui", "leur", "eux", "tous", "toutes"),
        *("celui-ci", "celle-ci", "ceux-ci", "celles-ci", "ce", "cet", "cette", "ces"),
        *("le", "la", "les", "l'", "un", "une", "des", "d'", "son", "sa", "ses", "leurs"),
    }
)
"""French words that open no name though they have a capital at the start of a sentence."""
_AROUND: Final = 80
"""Characters on each side of a name or pronoun that an error shows."""


@dataclass(frozen=True, slots=True)
class ChainedText:
    """A text with its chains of persons and bodies: whether it is a person, and the places."""

    article: Article
    chains: tuple[tuple[bool, tuple[Place, ...]], ...]


@dataclass(slots=True)
class PopcornScores:
    """The figures of the set."""

    texts: int = 0
    persons: Tally = field(default_factory=Tally)
    """Names of persons, each place counted."""
    bodies: Tally = field(default_factory=Tally)
    """Names of companies and organizations."""
    chains: dict[str, ChainScore] = field(default_factory=dict)
    """Chains with a name in them, by measure."""
    anaphors: Tally = field(default_factory=Tally)
    """Pronouns and descriptions of such a chain: tied to a name of it, to another, to none."""
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def names(self) -> Tally:
        """Names of both sorts."""
        total = Tally()
        total += self.persons
        total += self.bodies
        return total


def is_popcorn(value: Any) -> bool:
    """Whether what a file of JSON holds looks like this set."""
    if not isinstance(value, dict) or not value:
        return False
    one = next(iter(value.values()))
    return isinstance(one, dict) and {"text", "entities", "relations"} <= one.keys()


def read_popcorn(path: Path) -> list[ChainedText]:
    """The texts of a file.

    Raises
    ------
    DataFileError
        If the file is not of the form.
    """
    value = load_json(path)
    if not is_popcorn(value):
        raise DataFileError(str(path), "it is not an object of texts with entities and relations")
    found = []
    for key, fields in value.items():
        try:
            found.append(_text(key, fields))
        except (KeyError, TypeError, ValueError) as error:
            raise DataFileError(f"{path}, {key}", f"it is not of the form: {error!r}") from error
    return found


def _text(key: str, fields: Mapping[str, Any]) -> ChainedText:
    chains = []
    for entity in fields["entities"]:
        if entity["type"] in PERSONS | ORGANISATIONS:
            places = sorted({(int(m["start"]), int(m["end"])) for m in entity["mentions"]})
            chains.append((entity["type"] in PERSONS, tuple(places)))
    article = Article(id=f"popcorn-{key}", text=fields["text"], language="fr")
    return ChainedText(article, tuple(chains))


def score_popcorn(texts: Iterable[ChainedText]) -> PopcornScores:
    """Read the texts, and score names and chains."""
    known = list(texts)
    reader = ResolvingReader()
    scores = PopcornScores(texts=len(known))
    pairs: list[tuple[list[Chain], list[Chain]]] = []
    for each, reading in zip(known, reader.read_many(t.article for t in known), strict=True):
        text = each.article.text
        found = {
            (entity.kind is Kind.PERSON, (mention.start, mention.end))
            for entity in reading.entities
            if entity.kind in BODIES
            for mention in entity.mentions
            if is_name(text, (mention.start, mention.end))
        }
        expected = [(p, place) for p, places in each.chains for place in places]
        named = {(person, place) for person, place in expected if is_name(text, place)}
        scores.mistakes += _mistaken_names(each.article, named, found)
        scores.persons += _compared(named, found, person=True)
        scores.bodies += _compared(named, found, person=False)
        pairs.append(_score_chains(each, reader.chains[each.article.id], scores))
    scores.chains = score_chains(pairs)
    return scores


_Named = tuple[bool, Place]


def _compared(expected: set[_Named], found: set[_Named], *, person: bool) -> Tally:
    ours = {one for one in found if one[0] is person}
    theirs = {one for one in expected if one[0] is person}
    return Tally(len(ours & theirs), len(ours - theirs), len(theirs - ours))


def _mistaken_names(
    article: Article, expected: set[_Named], found: set[_Named]
) -> Iterator[Mistake]:
    sorts = {True: "Person", False: "Company or Organization"}
    for kind, places in (
        (MistakeKind.ENTITY_MISSED, expected - found),
        (MistakeKind.ENTITY_WRONG, found - expected),
    ):
        for person, place in sorted(places, key=lambda one: one[1]):
            yield _mistake(article, kind, place, sorts[person])


def _mistake(article: Article, kind: MistakeKind, place: Place, sort: str = "") -> Mistake:
    text = article.text
    start, end = max(place[0] - _AROUND, 0), place[1] + _AROUND
    what = text[place[0] : place[1]]
    return Mistake(
        article.id, kind, f"{what} ({sort})" if sort else what, quote=text[start:end].strip()
    )


def _score_chains(
    text: ChainedText, found: list[list[Place]], scores: PopcornScores
) -> tuple[list[Chain], list[Chain]]:
    """Key and response over the same mentions; counts pronouns and descriptions beside."""
    words = text.article.text
    key = [
        frozenset(places)
        for _, places in text.chains
        if any(is_name(words, place) for place in places)
    ]
    annotated = sorted(place for chain in key for place in chain)
    response = [frozenset(_same(place, annotated) for place in chain) for chain in found]
    chain_of = {place: chain for chain in key for place in chain}
    found_in = {place: chain for chain in response for place in chain}
    for place in annotated:
        if is_name(words, place):
            continue
        others = found_in.get(place, frozenset()) - {place}
        names = [chain_of[other] for other in others if other in chain_of and is_name(words, other)]
        if any(chain is chain_of[place] for chain in names):
            scores.anaphors.right += 1
        elif others:
            scores.anaphors.wrong += 1
            scores.anaphors.missed += 1
            scores.mistakes.append(_mistake(text.article, MistakeKind.REFERENCE_WRONG, place))
        else:
            scores.anaphors.missed += 1
            scores.mistakes.append(_mistake(text.article, MistakeKind.REFERENCE_MISSED, place))
    # A chain of one place that is not annotated is a person or body that POPCORN passes over.
    return [*key], [chain for chain in response if len(chain) > 1 or chain & set(annotated)]


def _same(place: Place, annotated: list[Place]) -> Place:
    """The annotated place with the same end, which may leave out an article or a title before."""
    return next(
        (each for each in annotated if each[1] == place[1] and place[0] <= each[0] < place[1]),
        place,
    )


def is_name(text: str, place: Place) -> bool:
    """Whether a word there has a capital that the start of a sentence does not explain."""
    words = text[place[0] : place[1]].replace("’", "' ").replace("'", "' ").split()
    while words and words[0].lower() in _NOT_NAMES:
        words = words[1:]
    return any(word[:1].isupper() for word in words)
