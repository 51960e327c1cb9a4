"""Whom somebody who speaks means: "je" is who speaks, "nous" and "notre" the firm of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.fillers import Known, Spoken
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse

_EMPLOYERS: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
_THERE: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED, RelationType.WORKED_AT})
_OWN: Final = frozenset({RelationType.LEADS, RelationType.FOUNDED})

Ties = Mapping[tuple[NamedEntity, NamedEntity], Known]


def speaker_at(spoken: Iterable[Spoken], index: int) -> NamedEntity | None:
    """Who says the token at `index`, rather a person than a body; None if nobody is known to."""
    who = [said.speaker for said in spoken if said.start <= index < said.end]
    return next((one for one in who if one.kind is Kind.PERSON), who[0] if who else None)


def is_ours(parsed: Parse, index: int) -> bool:
    """Whether the token at `index` is "nous", "notre" or "votre", of a firm in what is said."""
    lexicon = parsed.lexicon
    return parsed.tokens[index].lower in lexicon.ours or parsed.tokens[index].lower in lexicon.yours


def firm_of(
    speaker: NamedEntity, ties: Ties, posts: Iterable[tuple[NamedEntity, NamedEntity]]
) -> list[NamedEntity]:
    """The body that a speaker speaks for: a body for itself, somebody for where they are.

    `ties` are those of the article so far, `posts` who is said to be where in the sentence. Of
    several bodies it is the only one that they head or have founded; else none.
    """
    if speaker.kind in _EMPLOYERS:
        return [] if speaker.entry is not None and speaker.entry.news else [speaker]
    told = {
        body: known.relations
        for (person, body), known in ties.items()
        if person is speaker and not known.over and known.relations & _THERE
    }
    there = dict.fromkeys((*told, *(body for person, body in posts if person is speaker)))
    there = {body: None for body in there if body.kind in _EMPLOYERS}
    if len(there) > 1:
        there = {body: None for body in there if told.get(body, set()) & _OWN}
    return list(there) if len(there) == 1 else []
