"""The tagger's names, cut as they should be: without titles, articles and the next sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from graph.model import MAX_NAME_LENGTH, Kind
from loaders.languages import language_data
from loaders.reading.gazetteer_match import GazetteerMatch
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.span_ends import without_place_or_post
from loaders.reading.span_rules import SpanRules, is_club, is_field_of_office
from loaders.reading.surfaces import fold
from loaders.reading.token_cues import TICKER
from loaders.reading.versions import VersionRule

EDGE: Final = " \u00a0\t,;:.!?«»\"“”()[]…-–—'’/|*"
_CUT: Final = re.compile(r"\n| [-–—] | : |; | / |[!?…] |[»”]|[«“] ")
MADE: Final = "MADE"
"""The label of what is called together with its maker: "une Bosch *PowerTube*"."""
UNIT: Final = "UNIT"
"""The label of a company's unit, called by it and a place: "*Ubisoft Québec*"."""
BRANCH: Final = "BRANCH"
"""The label of a body's branch, called by it and a place: "*CFDT Pays de la Loire*"."""
_QUANTITY: Final = re.compile(r" \d[\d.,]*$")
_ORDINAL: Final = re.compile(r"[IVX]+(?:e|er|ère)?$")
_LONE_LETTER: Final = re.compile(r"(?:^|[ \u00a0])([^\W\d_][\w'’-]*) ([A-Z])$")
_NUMERAL: Final = frozenset("IVX")
_STOP: Final = re.compile(r"\. (?=[A-ZÀ-Ý«\"“0-9])")
_DANGLING: Final = re.compile(r" (?:d|l|de|du|des|et)$")
_ELIDED: Final = re.compile(r"[a-zàâçéèêëîïôûù]{1,2}['’]")
_LETTER: Final = re.compile(r"[A-Z] (?:de |d['’]|du )")
_WORD: Final = re.compile(r"[\w'’&.-]+")
_HUMPED: Final = re.compile(r"(?:[a-z]{1,2}[A-Z][\w-]*|[a-z]-[A-Za-z][\w-]+)$")
"""Names that begin with small letters: "eVX", "iPhone", "e-tron"."""
_ARTICLED: Final = re.compile(r"L[ea] ([A-ZÀ-Ý][\w-]+)$")
_ARTICLED_WORD: Final = re.compile(r"(?:L[ea]s? |L['’])([A-Z][A-Za-z&-]+)$")
_TICKER: Final = re.compile(rf" {TICKER.pattern}$")
_POST_LINK: Final = re.compile(
    r"([^\W\d_-]+(?: [^\W\d_]+)?) (?:de |du |d['’]|chez )"
    r"(?:(?:la |l['’])?((?:[^\W\d_][\w-]* ){1,2}))?$"
)
"""A post, and the noun before the name of who has given it: "patronne de *la banque* "."""
_FIELD_AND_NAME: Final = 3
_PLURAL: Final = ("s", "x")
_PLACE_BEFORE: Final = 40
_SHORTEST: Final = 3
_BEFORE: Final = 12
"""The most letters that a word before a name has which tells what the name is."""


@dataclass(frozen=True, slots=True)
class TaggedName:
    """What the named-entity tagger found: a place in the article and its label."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class FoundName:
    """A place that may be a name: what the tagger calls it and what the gazetteer knows of it."""

    start: int
    end: int
    surface: str
    label: str | None = None
    match: GazetteerMatch | None = None


def clean_spans(
    text: str,
    tagged: Iterable[TaggedName],
    data: KindData,
    common: Callable[[str], bool] | None = None,
) -> list[FoundName]:
    """The tagger's names in order, each cut where a name cannot go on."""
    return [
        name
        for span in tagged
        for start, end in _pieces(text, span, data, common)
        if (name := _clean(text, TaggedName(start, end, span.label), data, common)) is not None
    ]


def _pieces(
    text: str, span: TaggedName, data: KindData, common: Callable[[str], bool] | None
) -> Iterator[tuple[int, int]]:
    """The stretches of a span between line ends, dashes and full stops."""
    start, person = span.start, span.label == "PER"
    holder = holder_start(text, span.start, span.end, data)
    if holder is not None:
        yield start, holder - 1
        start = holder
    for cut in _CUT.finditer(text, start, span.end):
        yield from _sentences(text, start, cut.start(), data, None if person else common)
        start = cut.end()
    yield from _sentences(text, start, span.end, data, None if person else common)


def holder_start(text: str, start: int, end: int, data: KindData) -> int | None:
    """Where a person's name begins behind that of whose post they hold, taken together with it.

    "La patronne de CanalSat *Alice Holzman*", "le patron de la banque Natixis *Paul Vidal*".
    """
    words = list(_WORD.finditer(text, start, end))
    if len(words) < _FIELD_AND_NAME or fold(words[0].group()) in data.first_names:
        return None
    link = _POST_LINK.search(text, max(0, start - _PLACE_BEFORE), start)
    said = lowered(link[1]) if link is not None else ""
    if link is None or data.person_heads.isdisjoint((said, *said.split())):
        return None  # "numéro un", "directeur général"
    if link[2] and lowered(link[2].strip()) not in data.heads:
        return None
    for word, following in pairwise(words[1:]):
        if fold(word.group()) in data.first_names and following.group()[0].isupper():
            return word.start() if text[word.start() - 1] == " " else None
    return None


def parted_holder(text: str, place: FoundName, data: KindData) -> list[FoundName]:
    """A name, or the two of an employer and of who holds a post there."""
    start = holder_start(text, place.start, place.end, data)
    if start is None:
        return [place]
    return [
        FoundName(place.start, start - 1, text[place.start : start - 1]),
        FoundName(start, place.end, text[start : place.end], "PER"),
    ]


def _sentences(
    text: str, start: int, end: int, data: KindData, common: Callable[[str], bool] | None
) -> Iterator[tuple[int, int]]:
    rules = SpanRules.of(data.language)
    joined = rules.conjunction.search(text, start, end)
    if joined is not None and (
        rules.plural.search(text, max(0, start - 30), start)
        or _are_two(text[start : joined.start()], text[joined.end() : end], common)
    ):
        yield start, joined.start()  # "des marques Ariane et Solène"
        start = joined.end()
    of = rules.genitive.search(text, start, end)
    if of is not None and fold(text[start : of.start()]) in data.countries:
        yield start, of.start()  # "aux États-Unis du sarilumab"
        start = of.end()
    elif letter := _LETTER.match(text, start, end):
        start = letter.end()  # "la série B de Genoptia", "A de 18 M€"
    for stop in _STOP.finditer(text, start, end):
        left = text[start : stop.start()].strip()
        abbreviated = rules.abbreviated.search(left + ".") and left not in data.not_names
        rest = text[stop.end() : end]
        common_next = common is not None and common(rest.strip().lower())
        if abbreviated and not _ends_numbered(left, rest, common_next, data):
            continue
        yield start, stop.start()
        start = stop.end()
    yield start, end


def _are_two(one: str, other: str, common: Callable[[str], bool] | None) -> bool:
    """Whether two names of one strange word each are joined: "Avigo et Corvex".

    The names of firms that have "et" in them are mostly of common words: "Nature et Découvertes".
    """
    return common is not None and not any(
        " " in name or name.isupper() or not name.isalpha() or common(name.lower())
        for name in (one, other)
    )


def _ends_numbered(name: str, rest: str, numbered: bool, data: KindData) -> bool:
    """Whether a letter is a number or a series, and no initial: "son fonds Jeito I. Rafaele …".

    A first name stands before an initial. `numbered` tells that the rest opens the next sentence.
    """
    lone = _LONE_LETTER.search(name)
    if lone is None or fold(lone[1]) in data.first_names or len(lone[1]) < _SHORTEST:
        return False
    first, _, more = rest.strip().partition(" ")
    return numbered or fold(first) in data.first_names or (bool(more) and lone[2] in _NUMERAL)


def _clean(
    text: str, tagged: TaggedName, data: KindData, common: Callable[[str], bool] | None
) -> FoundName | None:
    """A span without articles, titles and punctuation at its ends, or None."""
    start, end = tagged.start, tagged.end
    if start and text[start - 1].isdigit() and text[start].isalpha():
        cut = _WORD.match(text, start, end)  # "5" | "G Nordis Radio"
        start = cut.end() if cut else start
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE and not is_abbreviated(text, start, end, data):
        end -= 1
    start = _without_leads(text, start, end, data)
    end = without_place_or_post(text, start, _without_lower_tail(text, start, end, data), data)
    if (ticker := _TICKER.search(text, start, end)) is not None:
        end = ticker.start()
    dangling = _DANGLING.search(text, start, end)
    if dangling is not None:
        end = dangling.start()  # "Agence régionale de santé d'"
    quantity = _QUANTITY.search(text, start, end)
    if quantity is not None and versions_of(data.language).is_quantity(text, end):
        end = quantity.start()
    start = _without_field(text, start, end, data)
    if tagged.label == "PER":
        start = _without_place(text, start, end, data)
    articled = _ARTICLED.match(text, start, end)
    if articled is not None and common is not None:
        model = any(char.isdigit() for char in articled[1])
        if model or (tagged.label == "MISC" and not common(articled[1].lower())):
            start = articled.start(1)  # "Le Doliprane", "Le VSR700", which open the sentence
    surface = text[start:end]
    rules = SpanRules.of(data.language)
    before = text[max(0, start - _BEFORE) : start]
    if rules.pointing.search(before) and (
        rules.people.search(surface) or fold(surface) in data.organization_heads
    ):
        return None  # "cet Italien", "cette Fédération"
    if not surface or not is_name(surface, data) or end - start > MAX_NAME_LENGTH:
        return None
    return FoundName(start, end, surface, tagged.label)


def _without_leads(text: str, start: int, end: int, data: KindData) -> int:
    """Where a name begins behind articles, titles, posts, and words for a people."""
    post = False
    while start < end:
        word = _WORD.match(text, start, end)
        if word is None:
            break
        bare = word.group().strip(EDGE)
        lead = _ELIDED.match(word.group())
        if lead and word.end() - word.start() > lead.end():
            start += lead.end()
            continue
        follows = fold(text[word.end() : end].strip().partition(" ")[0])
        firm = bare in firm_heads(data.language) and follows not in {"", *data.first_names}
        town = SpanRules.of(data.language).town.fullmatch(word.group())
        dropped = (
            (town is not None and text[word.end() : word.end() + 2].strip()[:1].isupper())
            or (lowered(bare) in data.dropped_leads and not firm)
            or (fold(bare) in data.civil_titles and not _is_acronym(word.group()))
            or (word.end() < end and _is_people(_bare(bare), text[word.end() : end], data))
            or (bare[:1].islower() and bare not in data.particles and not _HUMPED.match(bare))
            or (word.end() < end and bare.isupper() and data.heads.get(lowered(bare)) is not None)
            or (post and lowered(bare) in SpanRules.of(data.language).post_adjectives)
        )
        if not dropped:
            break
        post = post or lowered(bare) in data.person_heads  # "Directeur Exécutif de Y"
        start = word.end()
        while start < end and text[start] in EDGE:
            start += 1
    return start


def _bare(word: str) -> str:
    """A word without the article that opens it: "L'Américain"."""
    return word[2:] if word[1:2] in ("'", "’") else word


@cache
def firm_heads(language: str) -> frozenset[str]:
    """Words with a capital that open the names of firms, and mean people where they have none."""
    return frozenset(language_data(language, "names")["firm_heads"])


@cache
def firm_tails(language: str) -> frozenset[str]:
    """Words that end the names of funds in `language` and are no name alone."""
    return frozenset(map(fold, language_data(language, "names")["firm_tails"]))


@cache
def place_links(language: str) -> tuple[str, ...]:
    """What a place is named behind, with a space at its end: "site de ", "basé à "."""
    words: list[str] = language_data(language, "kinds")["at_places"]
    return tuple(f"{word} " for word in words)


@cache
def versions_of(language: str) -> VersionRule:
    """What may follow a product's name in `language`."""
    return VersionRule(language_data(language, "names")["versions"])


def _is_acronym(word: str) -> bool:
    """Whether capitals are no title: "ME" of "ME Group", not "MM." and "Me"."""
    return len(word) > 1 and word.isupper() and not word.endswith(".")


def _without_lower_tail(text: str, start: int, end: int, data: KindData) -> int:
    """Where a name ends once a small word that the tagger took along is cut off."""
    adjunct = SpanRules.of(data.language).adjunct.search(text, start, end)
    if adjunct is not None and fold(text[start:end].partition(" ")[0]) not in data.body_heads:
        end = adjunct.start()  # "Paso au printemps dernier"
    coordinated = SpanRules.of(data.language).coordinated.search(text, start, end)
    if coordinated is not None:
        end = coordinated.start()  # "directeur des Achats et des partenariats de Y"
    head, _, last = text[start:end].rpartition(" ")
    before = head.rpartition(" ")[2]
    capital = before[:1].isupper() or before[:1].isdigit()
    small = last.islower() and _HUMPED.match(last) is None
    if not (small and capital) or fold(before) in data.body_heads:
        return end
    first = fold(text[start:end].partition(" ")[0])
    if fold(last) in data.name_tails[Kind.COMPANY]:
        return end  # "Nordsud développement"
    several = before.endswith(_PLURAL) and last.endswith(_PLURAL)
    if several and first in data.organization_heads:
        return end  # "musée des Arts décoratifs"
    return start + len(head)


def _without_field(text: str, start: int, end: int, data: KindData) -> int:
    """Where a person's name begins behind the field of an office: "ministre de la Culture X"."""
    words = list(_WORD.finditer(text, start, end))
    if len(words) < _FIELD_AND_NAME or not is_field_of_office(text, start, data.language):
        return start
    for word, following in pairwise(words[1:]):
        if fold(word.group()) in data.first_names and following.group()[0].isupper():
            return word.start()
    return start


def _without_place(text: str, start: int, end: int, data: KindData) -> int:
    """Where a person's name begins, without a word that stands before the first name.

    "Selon le directeur du site de Jababeka David Quentin".
    """
    first, _, rest = text[start:end].partition(" ")
    second, _, third = rest.partition(" ")
    strange = fold(first) not in data.first_names and not fold(first).endswith(".")
    if third and strange and len(first) > 2 and fold(second) in data.first_names:
        before = lowered(text[max(0, start - _PLACE_BEFORE) : start])
        is_place = fold(first) in data.places or before.endswith(place_links(data.language))
        return start + len(first) + 1 if is_place else start
    return start


def _is_people(word: str, rest: str, data: KindData) -> bool:
    """Whether a word tells where somebody is from: "la Danoise Eva Berneke"."""
    if word in data.peoples:
        return True
    following = fold(rest.split(maxsplit=1)[0]) if rest.strip() else ""
    return (
        word[:1].isupper()
        and SpanRules.of(data.language).people.search(word) is not None
        and fold(word) not in data.first_names
        and following in data.first_names
    )


def is_abbreviated(text: str, start: int, end: int, data: KindData) -> bool:
    """Whether the stop that ends a name belongs to it: "Monsters, Inc."."""
    abbreviated = SpanRules.of(data.language).abbreviated
    return text[end - 1] == "." and bool(abbreviated.search(text[start:end]))


def is_name(surface: str, data: KindData) -> bool:
    """Whether the words could name an entity at all."""
    rules = SpanRules.of(data.language)
    folded = fold(surface)
    if (
        surface.replace("’", "'") in data.not_names
        or folded in data.not_names_folded
        or folded.startswith("ex-")
    ):
        return False
    articled = _ARTICLED_WORD.match(surface)
    if articled is not None and articled[1] in data.not_names:
        return False  # "PARIS (Reuters) - Le PDG de Y", "La Biotech a levé"
    other = surface.startswith(data.other_heads) and not is_club(surface, data.language)
    other = other or surface.endswith(data.other_tails)
    if other or rules.inverted.search(surface):
        return False
    if rules.two_peoples.match(surface) or _ORDINAL.match(surface):
        return False
    letters = [c for c in surface if c.isalpha()]
    return len(letters) >= 2 and any(c.isupper() for c in surface)
