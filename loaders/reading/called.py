"""Names that stand apart from their noun: "la compagnie à bas coûts X", "son modèle, baptisé X"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from graph.model import Kind
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category

_FRONTED: Final = 3


def name_behind(
    parsed: Parse, phrase: Phrase, heads: Mapping[str, Kind], posts: Collection[str]
) -> NamedEntity | None:
    """What a noun with complements names: "la compagnie à bas coûts X", "l'homme d'affaires X".

    The noun must be one of `heads`, or one of `posts` before a person. A name that belongs to a
    noun of its own is that noun's: "le patron du groupe X".
    """
    complement = parsed.at.get(phrase.end + 1)
    while complement is not None and complement.mention is None:
        if complement.preposition not in parsed.lexicon.noun_links:
            return None
        complement = parsed.at.get(complement.end + 1)
    if complement is None or complement.preposition not in parsed.lexicon.noun_links:
        return None
    if complement.mention is None or complement.start == complement.mention:
        return None
    contracted = parsed.tokens[complement.start - 1].lower in parsed.lexicon.contracted
    owned = contracted and parsed.tokens[complement.head].lower in heads
    mention = parsed.mention(complement)
    if owned or mention is None or parsed.category(complement.start) is Category.DETERMINER:
        return None
    said = lowered(parsed.text(phrase.head, complement.mention)).split()
    parts = (" ".join(said[:length]) for length in range(len(said), 0, -1))
    described = any(part in heads for part in parts)
    person = mention.entity.kind is Kind.PERSON  # "l'ex-directrice de la recherche X"
    post = person and parsed.tokens[phrase.head].lower.removeprefix("ex-") in posts
    return mention.entity if described or post else None


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
