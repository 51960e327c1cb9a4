"""Short French articles of any number, made up, that the reader finds claims in.

As in the press a few companies are in many articles and most in few; the texts are distinct, so
that none is taken for a copy of another. The same in every run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

_FIRST_NAMES = ("Julie", "Marc", "Paul", "Sophie", "Claire", "Thomas", "Nadia", "Hugo")
_STARTS = ("Bel", "Tra", "Vel", "Dom", "Pal", "Kar", "Mir", "Sol", "Gal", "Nov", "Lor", "Fab")
_MIDDLES = ("mon", "go", "mi", "ba", "ve", "ra", "ta", "li", "do", "sa")
_ENDS = ("dar", "nis", "tel", "co", "rin", "lac", "val", "mont", "nel", "zio")
_NAMES = [start + middle + end for start in _STARTS for middle in _MIDDLES for end in _ENDS]
_COMPANIES = _NAMES[::2]
_SURNAMES = [name + "ais" for name in _NAMES]
_SHARES = list(accumulate(1 / rank for rank in range(1, len(_COMPANIES) + 1)))
_CLAIMS = (
    "{person} quitte {one} pour {other}.",
    "{one} a recruté {person}, ex-responsable de la recherche chez {other}.",
    "{one} investit {amount} millions d'euros dans {other}, selon Bloomberg.",
    "{one} a racheté {other} pour {amount} millions d'euros.",
    "{person} a été nommée directrice générale de {one}.",
)
_SYLLABLES = [first + second for first in "bdlmnrst" for second in "aeiou"]
_WORDS = [first + second for first in _SYLLABLES for second in _SYLLABLES]


def write_briefs(path: Path, count: int) -> None:
    """A JSONL file of `count` articles of some 200 characters."""
    with path.open("w", encoding="utf-8") as file:
        for fields in briefs(count):
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")


def briefs(count: int) -> Iterator[dict[str, str]]:
    """The fields of each article."""
    for number in range(count):
        luck = random.Random(number)
        one, other = luck.choices(_COMPANIES, cum_weights=_SHARES, k=2)
        if one == other:
            other = _COMPANIES[-1] if one != _COMPANIES[-1] else _COMPANIES[0]
        claim = luck.choice(_CLAIMS).format(
            person=f"{luck.choice(_FIRST_NAMES)} {luck.choice(_SURNAMES)}",
            one=one,
            other=other,
            amount=luck.randrange(2, 900),
        )
        rest = " ".join(luck.choices(_WORDS, k=16))
        yield {
            "id": f"breve-{number:07}",
            "text": f"{claim} Le dossier {rest}.",
            "outlet": f"Journal {luck.randrange(40)}",
            "published": f"2025-{luck.randrange(1, 13):02}-{luck.randrange(1, 29):02}",
            "lang": "fr",
        }
