"""What somebody or something found in one article: by hand, by a reader, or from a file of JSON.

The gold form and the lines of ``mercato read --jsonl`` are the same object of JSON, in which gold
has a few fields more::

    {"id": "…", "lang": "fr", "title": null, "published": "2025-02-04", "text": "…",
     "entities": [{"name": "Meta", "kind": "Company", "aliases": ["le géant"]}],
     "claims": [{"subject": "…", "relation": "HIRED_BY", "object": "Meta", "role": null,
                 "amount": {"value": 2e8, "currency": "USD", "bound": "about", "for": "package"},
                 "start": {"earliest": "2025-01-01", "latest": "2025-01-31"}, "end": null,
                 "status": "asserted", "attributed_to": null, "quote": "…", "optional": false}]}

`aliases`, `optional`, `start`, `end` and `confidence` may be left out; a claim of gold that leaves
out `start` and `end` says nothing of dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from graph.model import Amount, Article, Kind, Reading, RelationType, Status, VagueDate
from loaders.errors import DataFileError
from loaders.reading.folding import flatten

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class StatedEntity:
    """An entity of one article; `optional` is one that a careful annotator may leave out."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim of one article, its ends by name.

    `dated` tells whether whoever made it says something of dates at all, `detailed` whether of
    amount, source and role. `rule`, `cues` and `confidence` are those of the reader.
    """

    subject: str
    relation: RelationType
    object: str
    quote: str = ""
    status: Status = Status.ASSERTED
    attributed_to: str | None = None
    role: str | None = None
    amount: Amount | None = None
    detailed: bool = True
    dated: bool = False
    start: VagueDate | None = None
    end: VagueDate | None = None
    optional: bool = False
    rule: str = ""
    cues: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def triple(self) -> str:
        """The claim in short, for people."""
        return f"{self.subject} → {self.relation} → {self.object}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """The entities and claims of one article."""

    article_id: str
    entities: tuple[StatedEntity, ...] = ()
    claims: tuple[StatedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A prepared article and what it says."""

    article: Article
    annotation: Annotation


def folded(name: str) -> str:
    """A name as it is compared: case, accents, forms of the apostrophe and spaces do not count.

    >>> folded("L’Oréal  Groupe") == folded("l'oreal groupe")
    True
    """
    plain = unicodedata.normalize("NFKD", flatten(name))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", flatten(letters.casefold())).strip()


def from_reading(reading: Reading) -> Annotation:
    """What a reader found."""
    return Annotation(
        reading.article_id,
        tuple(StatedEntity(e.name, e.kind, e.aliases) for e in reading.entities),
        tuple(
            StatedClaim(
                subject=claim.subject.name,
                relation=claim.relation,
                object=claim.object.name,
                quote=claim.quote.text,
                status=claim.status,
                attributed_to=claim.attributed_to.name if claim.attributed_to else None,
                role=claim.role,
                amount=claim.amount,
                dated=True,
                start=claim.start,
                end=claim.end,
                rule=claim.rule,
                cues=claim.cues,
                confidence=claim.confidence,
            )
            for claim in reading.claims
        ),
    )


def from_json(fields: Any, place: str) -> Annotation:
    """The annotation that an object of JSON holds.

    Parameters
    ----------
    fields
        What the parser of JSON gave.
    place
        The file, and where there are several objects in it, which: for messages.

    Raises
    ------
    DataFileError
        If it is not of the form; the message names the field.
    """
    if not isinstance(fields, dict):
        raise DataFileError(place, "it is no object; one with id, entities and claims is")
    identifier = _get(fields, "id", str, place)
    place = f"{place}, {identifier}"
    return Annotation(
        identifier,
        tuple(_entity(one, at) for one, at in _listed(fields, "entities", place)),
        tuple(_claim(one, at) for one, at in _listed(fields, "claims", place)),
    )


def _listed(
    fields: Mapping[str, Any], name: str, place: str
) -> Iterator[tuple[dict[str, Any], str]]:
    values = _get(fields, name, list, place)
    for index, value in enumerate(values):
        if not isinstance(value, dict):
            raise DataFileError(place, "it is no object", field=f"{name}[{index}]")
        yield value, f"{place}: {name}[{index}]"


def _entity(fields: dict[str, Any], place: str) -> StatedEntity:
    aliases = fields.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise DataFileError(place, "write a list of names", field="aliases")
    return StatedEntity(
        _get(fields, "name", str, place),
        _one_of(Kind, fields.get("kind"), "kind", place),
        tuple(aliases),
        bool(fields.get("optional", False)),
    )


def _claim(fields: dict[str, Any], place: str) -> StatedClaim:
    confidence = fields.get("confidence")
    if confidence is not None and not isinstance(confidence, int | float):
        raise DataFileError(place, "write a number from 0 to 1", field="confidence")
    return StatedClaim(
        subject=_get(fields, "subject", str, place),
        relation=_one_of(RelationType, fields.get("relation"), "relation", place),
        object=_get(fields, "object", str, place),
        quote=_or_none(fields, "quote", place) or "",
        status=_one_of(Status, fields.get("status", "asserted"), "status", place),
        attributed_to=_or_none(fields, "attributed_to", place),
        role=_or_none(fields, "role", place),
        amount=_made(_amount, fields.get("amount"), "amount", place),
        dated="start" in fields or "end" in fields,
        start=_made(VagueDate.model_validate, fields.get("start"), "start", place),
        end=_made(VagueDate.model_validate, fields.get("end"), "end", place),
        optional=bool(fields.get("optional", False)),
        rule=_or_none(fields, "rule", place) or "",
        confidence=confidence,
    )


def _amount(value: Any) -> Amount:
    if isinstance(value, dict) and "for" in value:
        value = {key: item for key, item in value.items() if key != "for"} | {
            "purpose": value["for"]
        }
    return Amount.model_validate(value)


def _get(fields: Mapping[str, Any], name: str, kind: type[_T], place: str) -> _T:
    value = fields.get(name)
    if not isinstance(value, kind) or value == "":
        expected = "a list" if kind is list else "a text"
        raise DataFileError(place, f"{expected} is expected here", field=name)
    return value


def _or_none(fields: Mapping[str, Any], name: str, place: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise DataFileError(place, "write a text, or null", field=name)
    return value or None


def _one_of(kinds: type[_E], value: Any, name: str, place: str) -> _E:
    try:
        return kinds(value)
    except ValueError:
        known = ", ".join(kinds)
        raise DataFileError(place, f"{str(value)[:40]!r} is none of {known}", field=name) from None


def _made(make: Callable[[Any], _T], value: Any, name: str, place: str) -> _T | None:
    if value is None:
        return None
    try:
        return make(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in (name, *first["loc"]))
        raise DataFileError(place, str(first["msg"]), field=where) from None
