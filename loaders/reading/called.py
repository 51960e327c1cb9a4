"""Names that stand apart from their noun: "la compagnie à bas coûts X", "son modèle, baptisé X"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from graph.model import Kind
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category

_FRONTED: Final = 3


def name_behind(
    parsed: Parse, phrase: Phrase, kinds: KindData, posts: Collection[str]
) -> NamedEntity | None:
    """What a noun with complements names: "la compagnie à bas coûts X", "l'homme d'affaires X".

    The noun must be a head of `kinds`, or one of `posts` before a person. A name that belongs to a
    noun of its own is that noun's: "le patron du groupe X", "le fabricant du vaccin X"; but a trade
    is nobody's name: "le numéro un des cosmétiques X", "le spécialiste de la robotique X".
    """
    complement = _last_complement(parsed, phrase)
    if complement is None or complement.preposition not in parsed.lexicon.noun_links:
        return None
    mention = parsed.mention(complement)
    if mention is None or complement.head == complement.mention:
        return None
    parts = _openings(parsed, phrase.head, complement.mention)
    if phrase.head > phrase.start:  # "la jeune pousse"
        parts += _openings(parsed, phrase.head - 1, phrase.end)
    head = next((kinds.heads[part] for part in parts if part in kinds.heads), None)
    entity = mention.entity
    of_trade = not kinds.with_trades.isdisjoint(parts)
    person = entity.kind is Kind.PERSON  # "l'ex-directrice de la recherche X"
    post = person and parsed.tokens[phrase.head].lower.removeprefix("ex-") in posts
    determined = parsed.category(complement.start) is Category.DETERMINER
    if determined or parsed.tokens[complement.start - 1].lower in parsed.lexicon.contracted:
        noun = parsed.tokens[complement.head].lower
        own = kinds.heads.get(noun) or kinds.heads.get(noun.rstrip("sx"))
        if own is not None and not (own is Kind.PRODUCT and of_trade and entity.kind in BODIES):
            return None
    if of_trade and entity.kind in BODIES:
        return entity
    if determined and not (post and " " in entity.name):
        same = head is Kind.PERSON and person and " " in entity.name
        return entity if same or (head in BODIES and entity.kind in BODIES) else None
    return entity if head is not None or post else None


def _openings(parsed: Parse, start: int, end: int | None) -> list[str]:
    """The first words of what stands there, the longest first."""
    said = lowered(parsed.text(start, start if end is None else end)).split()
    return [" ".join(said[:length]) for length in range(len(said), 0, -1)]


def _last_complement(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """The last complement of a noun, or the first that has a name."""
    complement = parsed.at.get(phrase.end + 1)
    behind = parsed.tokens[phrase.end].lower if phrase.end < len(parsed.tokens) else ""
    if complement is None and behind in parsed.lexicon.specialised:
        return parsed.at.get(phrase.end + 2)  # "la jeune pousse spécialisée dans les capteurs X"
    while complement is not None and complement.mention is None:
        if complement.preposition not in parsed.lexicon.noun_links:
            return None
        complement = parsed.at.get(complement.end + 1)
    return complement


def fronted_name(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """The name that a sentence opens with for what it goes on with: "Baptisé X, il s'équipe"."""
    named = parsed.at.get(1)
    if phrase.start < _FRONTED or named is None or named.mention is None or named.preposition:
        return None
    if not parsed.tokens[0].is_verb(parsed.lexicon.calling):
        return None
    end = (named.group or [named])[-1].end
    return named if parsed.category(end) is Category.COMMA and phrase.start == end + 1 else None


def called_so(parsed: Parse, phrase: Phrase, after: int) -> Phrase | None:
    """The name that something is given: "son modèle, baptisé X", "une start-up du nom de X".

    `after` is the token behind the noun and its complements.
    """
    complement = parsed.at.get(phrase.end + 1)
    if complement is not None and complement.preposition in parsed.lexicon.called:
        return complement if complement.mention is not None else None
    after += parsed.category(after) in (Category.COMMA, Category.OPEN)
    if after >= len(parsed.tokens) or not parsed.tokens[after].is_verb(parsed.lexicon.calling):
        return None
    after += 1
    named = parsed.at.get(after + (parsed.category(after) is Category.QUOTE))
    if named is None or named.mention is None or named.preposition is not None:
        return None
    return named
