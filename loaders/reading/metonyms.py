"""Nouns that stand for whom they belong to: "la direction de X", "les modèles de X"."""

from __future__ import annotations

from graph.model import Kind
from loaders.reading.anaphors import Anaphors
from loaders.reading.kinds import KindData
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.relatives import relative_owner
from loaders.reading.tokens import Category


def spoken_for(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> Phrase | None:
    """The body that "la direction de X" or "les dirigeants de X" speaks for."""
    if parsed.tokens[phrase.head].lower not in anaphors.metonyms:
        return None
    owner = parsed.at.get(phrase.end + 1)
    if owner is not None and owner.mention is None:
        owner = parsed.at.get(owner.end + 1)  # "le conseil d'administration de X"
    if owner is None or owner.preposition != parsed.lexicon.genitive or owner.mention is None:
        return None
    return owner


def maker_of(parsed: Parse, phrase: Phrase, anaphors: Anaphors, kinds: KindData) -> Phrase | None:
    """Whose the things are that a noun names: "les modèles de langage de Y", "une puce de Y"."""
    if phrase.pronoun or phrase.mention is not None:
        return None
    if not is_goods(parsed.tokens[phrase.head].lower, anaphors, kinds):
        return None
    whose = relative_owner(parsed, phrase)[:1]
    if whose and whose[0].mention is not None:
        return whose[0]  # "Y, dont les puces"
    owner = parsed.at.get(phrase.end + 1)
    made = parsed.tokens[phrase.end : phrase.end + 1]
    if made and made[0].is_verb(parsed.lexicon.making):
        by = parsed.at.get(phrase.end + 2)  # "des puces fournies par Y"
        agent = by is not None and by.preposition == parsed.lexicon.agent
        return by if agent and by is not None and by.mention is not None else None
    while owner is not None and owner.preposition in parsed.lexicon.noun_links:
        if owner.preposition == parsed.lexicon.genitive and owner.mention is not None:
            return owner
        said = " ".join(token.lower for token in parsed.tokens[owner.start : owner.end])
        if said in anaphors.fixed:
            return owner  # "le logiciel de la seconde"
        owner = parsed.at.get(owner.end + 1)
    return None


def is_one_of(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> bool:
    """Whether it is one of a body's, and no part of it: "La pépite de la French Tech, fondée par".

    Then the body is not meant, though nobody knows who is.
    """
    owner = parsed.at.get(phrase.end + 1)
    if phrase.mention is not None or owner is None or owner.mention is None:
        return False
    young = parsed.tokens[phrase.head].lower in anaphors.young
    return young and parsed.category(owner.end) is Category.COMMA


def is_goods(word: str, anaphors: Anaphors, kinds: KindData) -> bool:
    """Whether a noun names what a company makes or does."""
    single = word.rstrip("sx")
    known = bool({word, single} & anaphors.goods)
    return known or Kind.PRODUCT in (kinds.heads.get(word), kinds.heads.get(single))


def is_own_goods(parsed: Parse, phrase: Phrase, anaphors: Anaphors, kinds: KindData) -> bool:
    """Whether it is what somebody makes, said to be theirs: "ses modèles"."""
    if phrase.mention is not None or phrase.pronoun:
        return False
    own = parsed.tokens[phrase.start].lower in parsed.lexicon.possessives
    return own and is_goods(parsed.tokens[phrase.head].lower, anaphors, kinds)
