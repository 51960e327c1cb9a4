"""Sentences tagged by hand, so that the shallow parser can be tested without spaCy.

"[Léa Roy:Person] a/AUX:Fin quitté/VERB:Part [Orange:Company]": a name in brackets with its kind,
a word with its tag behind the slash. A word without a tag is punctuation or decided by its form.
"""

from __future__ import annotations

import re
from typing import Final

from graph.model import Kind
from loaders.reading.article_pass import Rules
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.phrases import Parse, Phrase, parse
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.tokens import Category, Sentence, Token, categorise

_PART: Final = re.compile(
    r"\[(?P<name>[^:\]]+):(?P<kind>\w+)\]|(?P<word>[^\s/]+)(?:/(?P<tag>\S+))?"
)


def tagged(written: str) -> Parse:
    """The sentence written so, categorised and cut into phrases."""
    lexicon = Rules.of("fr").lexicon
    tokens: list[Token] = []
    entities: dict[str, NamedEntity] = {}
    text = ""
    for part in _PART.finditer(written):
        word = part["name"] or part["word"]
        text += " " if text else ""
        start, end = len(text), len(text) + len(word)
        text += word
        token = Token(word, start, end, lower=lowered(word), tag=part["tag"] or "")
        if part["name"]:
            entity = entities.setdefault(word, NamedEntity(word, kind=Kind(part["kind"])))
            token.category = Category.MENTION
            token.mention = Mention(start, end, word, entity)
        tokens.append(token)
    sentence = Sentence(0, 0, len(text), 0, text, categorise(tokens, lexicon))
    return parse(sentence, lexicon)


def place(parsed: Parse, word: str) -> int:
    """Index of the first token with this text."""
    return next(i for i, token in enumerate(parsed.tokens) if token.text == word)


def group_of(parsed: Parse, verb: str) -> VerbGroup:
    """The verb group whose head is written `verb`."""
    return verb_group(parsed, place(parsed, verb))


def words(parsed: Parse, phrase: Phrase) -> str:
    """The words of a phrase."""
    return parsed.text(phrase.start, phrase.end)


def categories(parsed: Parse) -> dict[str, Category]:
    """Each token's text, or that of its expression, with its category."""
    return {token.lower or token.text: token.category for token in parsed.tokens}
