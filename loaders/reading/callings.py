"""Nouns by which somebody may be meant though the article has not called them so.

What is told of two of them says what they are to each other: whoever buys is "l'acquéreur". And a
name may hold the noun itself: "la Banque X" is "la banque".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import RelationType, Status
from loaders.reading.anaphors import Anaphor, Anaphors
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import BODIES, NamedEntity


def call_by_names(entities: Iterable[NamedEntity], anaphors: Anaphors) -> None:
    """Call each body by the noun that its name begins with, if that is one for its kind."""
    for entity in entities:
        words = lowered(entity.name).split()
        noun = anaphors.nouns.get(words[0]) if len(words) > 1 else None
        if entity.kind in BODIES and noun is not None and entity.kind in noun.kinds:
            entity.called.add(words[0])


def call_by_tie(
    subject: NamedEntity,
    relation: RelationType,
    other: NamedEntity,
    status: Status,
    anaphors: Anaphors,
) -> None:
    """Call two of whom something is told by what they are to each other, if it is not denied."""
    if status is not Status.DENIED:
        subject_nouns, other_nouns = anaphors.by_tie.get(relation, ((), ()))
        for entity, nouns in ((subject, subject_nouns), (other, other_nouns)):
            entity.tied.update(noun for noun in nouns if noun not in entity.called)
            entity.called.update(nouns)


def call_by_place(meant: Sequence[NamedEntity], anaphor: Anaphor) -> None:
    """Where somebody is from whom a description tells it of: "la marque nantaise"."""
    if anaphor.country is None or len(meant) != 1 or meant[0].entry is not None:
        return
    meant[0].country = meant[0].country or anaphor.country
    meant[0].origin = meant[0].origin or anaphor.origin
