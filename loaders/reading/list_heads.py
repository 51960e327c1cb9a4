"""What goes before a list of names, and what stands between its members.

"Maison mère des éditeurs A, B et C", "A à Lyon, B et C", "A en mars et B en juin".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.reading.categories import Category

if TYPE_CHECKING:
    from loaders.reading.phrases import Parse, Phrase

_INSERTED: Final = 8
_PLURAL: Final = ("s", "x")
_LINKS: Final = frozenset({Category.PREPOSITION, Category.COORDINATOR})
_AND: Final = frozenset({Category.COMMA, Category.COORDINATOR, Category.ADVERB})
DASHES: Final = frozenset("–—-")
"""What sets a list off, and never goes on with one: "les actionnaires de Y – A, B et C –"."""


def heads_list(parsed: Parse, comma: int) -> bool:
    """Whether the name before a comma has a noun in the plural, so that the list goes on with it.

    In "Y, maison mère des éditeurs A, B et C, a racheté Z" the list is not that of Y.
    """
    phrase = parsed.at.get(comma - 1)
    if phrase is None or phrase.mention is None or phrase.mention == phrase.head:
        return False
    first = phrase.start - (phrase.preposition is not None)
    words = (parsed.tokens[first].lower, parsed.tokens[phrase.head].lower)
    return all(word.endswith(_PLURAL) for word in words)


def past_insertion(parsed: Parse, index: int) -> int:
    """Behind what stands between commas at `index`, if a preposition opens it: "A, chez B, est"."""
    opened = parsed.category(index) is Category.COMMA
    if not opened or parsed.category(index + 1) is not Category.PREPOSITION:
        return index
    closed = closing_comma(parsed, index, _INSERTED)
    return index if closed is None else closed + 1


def closing_comma(
    parsed: Parse, opened: int, reach: int, ends: frozenset[Category] = frozenset()
) -> int | None:
    """The comma within `reach` tokens that closes what `opened` opens.

    None where a finite verb or one of the categories `ends` stands before it.
    """
    for index in range(opened + 1, min(opened + reach, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.category is Category.COMMA:
            return index
        if token.is_finite or token.category in ends:
            break
    return None


def past_dates(parsed: Parse, index: int, first: Phrase) -> int:
    """Behind the times of a member, if another follows: "de A *en 1990*, de B *de 1994 à 1998*".

    That one has its preposition too, and no verb of its own.
    """
    end = index
    while parsed.category(end) is Category.DATE or (
        parsed.category(end) in _LINKS and parsed.category(end + 1) is Category.DATE
    ):
        end += 1
    behind = end
    while parsed.category(behind) in _AND:
        behind += 1
    if end in (index, behind):
        return index
    behind += first.preposition is not None
    named = parsed.at.get(behind)
    if named is None or named.start != behind or named.mention is None:
        return index
    own = named.preposition != first.preposition or parsed.verb_follows(named.end)
    return index if own else end


def past_place(parsed: Parse, index: int) -> int:
    """Behind where it is so for a member: "A *à Lyon*, B et C"."""
    end = parsed.at[index + 1].end if is_place_of_member(parsed, index + 1) else index
    goes_on = parsed.category(end) in (Category.COMMA, Category.COORDINATOR, Category.DATE)
    return end if goes_on else index


def is_place_of_member(parsed: Parse, index: int) -> bool:
    """Whether a place stands right behind a name: "L'Union *à Reims*"."""
    phrase = parsed.at.get(index)
    if phrase is None or phrase.start != index or phrase.preposition not in parsed.lexicon.located:
        return False
    before, mention = parsed.at.get(index - 2), parsed.mention(phrase)
    named = before is not None and before.mention is not None
    return named and (mention is None or mention.entity.kind is None)


def starts_clause(parsed: Parse, first: Phrase, following: Phrase) -> bool:
    """Whether `following` is told of by itself: its own clause, "…, et Z, propriété de W"."""
    end, free = following.end, first.preposition and not following.preposition
    told = [parsed.category(end), parsed.category(end + 1)] == [Category.COMMA, Category.NOUN]
    own = bool(free) and told
    if own or not parsed.verb_follows(past_insertion(parsed, end)):
        return own
    for token in reversed(parsed.tokens[: first.start]):
        if token.category is Category.STOP:
            return False
        if token.is_finite:
            return True
    return False
