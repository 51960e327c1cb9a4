"""Who is named where: what a sentence leaves for the pronouns of the next ones."""

from __future__ import annotations

from itertools import pairwise

from loaders.reading.anaphors import Anaphors
from loaders.reading.coreference import Discourse
from loaders.reading.lexicon import Lexicon
from loaders.reading.phrases import Parse
from loaders.reading.tokens import Category, Sentence


def note_unparsed(
    discourse: Discourse, sentence: Sentence, lexicon: Lexicon, anaphors: Anaphors
) -> None:
    """Names of a sentence without a parse: one that opens it is its subject."""
    coordinators = lexicon.coordinators | {","}
    gaps = [
        sentence.text[one.end - sentence.start : other.start - sentence.start].strip()
        for one, other in pairwise(sentence.mentions)
    ]
    joined = [gap in coordinators for gap in gaps]
    opens = False
    for index, mention in enumerate(sentence.mentions):
        listed = any(joined[max(0, index - 1) : index + 1])
        opens = mention.start == sentence.start or (opens and joined[index - 1])
        alone = sentence.text.strip(" .:-") == mention.surface
        discourse.note(sentence.index, mention, subject=opens, listed=listed, heading=alone)
    discourse.note_pronouns(sentence.index, sentence.start, sentence.text, anaphors)


def note_mentions(discourse: Discourse, parsed: Parse) -> None:
    """Names of a parsed sentence, with the places that its grammar gives them."""
    sentence = parsed.sentence.index
    for phrase in parsed.phrases:
        mention = parsed.mention(phrase)
        if mention is None:
            continue
        free = phrase.preposition is None
        label = phrase.end == 1 < len(parsed.tokens) and parsed.tokens[1].text == ":"
        discourse.note(
            sentence,
            mention,
            heading=label,
            complement=not free,
            listed=len(phrase.group) > 1,
            subject=free and _is_subject(parsed, phrase.group[-1].end),
        )
        if len(phrase.group) > 1 and phrase.group[0] is phrase:
            discourse.note_group(sentence, parsed.listed(phrase))


def _is_subject(parsed: Parse, end: int) -> bool:
    """Whether a phrase that ends there has a verb behind it, perhaps after an insertion."""
    index = end
    if parsed.category(index) is Category.COMMA:
        first = parsed.at[end - 1].group[0].start
        return first == 0 or parsed.category(first - 1) is Category.STOP
    while parsed.category(index) in (
        Category.ADVERB,
        Category.CLITIC,
        Category.NEGATION,
        Category.DATE,
    ):
        index += 1
    return index < len(parsed.tokens) and parsed.tokens[index].is_finite
