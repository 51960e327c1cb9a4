"""Bodies that the press writes in small letters up to their place or to their end.

"Le *centre dramatique national d'Orléans*", "l'*union panafricaine
des postes*". The tagger sees the place alone, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from loaders.languages import language_data
from loaders.reading.body_names import BodyRules, grown_end
from loaders.reading.kinds import KindData
from loaders.reading.span_rules import any_word, leading_word
from loaders.reading.spans import Taken
from loaders.reading.surfaces import fold
from loaders.reading.tagger_spans import FoundName

_CAPITAL: Final = r"[A-ZÀ-Ý][\w'’-]*\w"
_FURTHER: Final = 2


@dataclass(frozen=True, slots=True)
class SmallBodies:
    """How such names begin, as regular expressions whose first group is the name so far.

    Attributes
    ----------
    local
        A body of which every place has its own, and the place's first word (the second group).
    national
        A body with an adjective for all of a country or the world, and what leads to its field.
    further
        The next word of a place's name.
    """

    local: re.Pattern[str]
    national: re.Pattern[str]
    further: re.Pattern[str]

    @staticmethod
    @cache
    def of(language: str) -> SmallBodies:
        """The patterns of `language`, made once."""
        names: dict[str, Any] = language_data(language, "names")
        bodies, spans = names["bodies"], names["spans"]
        of = leading_word(bodies["genitives"])
        definite = leading_word([*spans["field_links"], *bodies["articles"]])
        start = rf"(?<![\w'’-])(?i:{definite})"
        return SmallBodies(
            local=re.compile(rf"{start}((?:{any_word(bodies['local'])}) (?:{of})({_CAPITAL}))"),
            national=re.compile(
                rf"{start}((?:{any_word(bodies['national'])})"
                rf"(?: (?:{any_word(bodies['wide'])})){{1,2}})(?= (?:{of})[a-zà-ÿ])"
            ),
            further=re.compile(rf"(?: (?:{of})| )({_CAPITAL})"),
        )


def with_small_bodies(text: str, found: list[FoundName], data: KindData) -> list[FoundName]:
    """The names of `found`, in order, with these bodies in place of what stands inside them."""
    bodies = list(_bodies(text, data))
    if not bodies:
        return found
    seen = Taken(found)
    new = [body for body in bodies if _may_stand(body, seen.meeting(body.start, body.end))]
    taken = Taken(new)
    kept = [place for place in found if taken.is_free(place.start, place.end)]
    return sorted([*kept, *new], key=lambda place: place.start)


def _may_stand(body: FoundName, inside: Sequence[FoundName]) -> bool:
    """Whether what was found in its place is a part of it, and no body that is known."""
    return all(
        body.start <= one.start
        and one.end <= body.end
        and (one.match is None or one.match.ambiguous or one.start > body.start)
        for one in inside
    )


def _bodies(text: str, data: KindData) -> Iterator[FoundName]:
    patterns = SmallBodies.of(data.language)
    rules = BodyRules.of(data.language)
    free_from = 0
    for match in patterns.local.finditer(text):
        end = _place_end(text, match.end(), match[2], patterns, data)
        yield FoundName(match.start(1), end, text[match.start(1) : end], "ORG")
    for match in patterns.national.finditer(text):
        place = FoundName(match.start(1), match.end(1), match[1], "ORG")
        end = grown_end(text, place, rules)
        if place.start >= free_from and end > place.end:
            free_from = end
            yield FoundName(place.start, end, text[place.start : end], "ORG")


def _place_end(text: str, end: int, place: str, patterns: SmallBodies, data: KindData) -> int:
    """Where a place's name ends whose first word is none alone: "Pays *de Fayence*"."""
    for _ in range(_FURTHER):
        if fold(place) in data.places or "-" in place:
            break
        further = patterns.further.match(text, end)
        if further is None or fold(further[1]) in data.first_names:
            break
        place += further[0]
        end = further.end()
    return end
