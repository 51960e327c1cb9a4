"""What the gazetteer finds: a place in a text and the entry that is meant."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.reading.gazetteer_file import Entry


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """One place where a text names or describes an entry: ``text[start:end] == surface``.

    Attributes
    ----------
    entry
        What is meant; with several candidates, the likeliest.
    ambiguous
        Whether the words may mean something else here: a common word, a first name, another
        entry. Use such a match only when something else in the text agrees.
    is_description
        Whether the words describe the entity ("la marque à la pomme") instead of naming it.
    candidates
        All entries that these words may mean, `entry` first.
    inner
        In a description, the names that it holds: Facebook in "la maison mère de Facebook".
    """

    start: int
    end: int
    entry: Entry
    surface: str
    ambiguous: bool = False
    is_description: bool = False
    candidates: tuple[Entry, ...] = ()
    inner: tuple[GazetteerMatch, ...] = ()
