"""Gazetteer files: entries in YAML or CSV, checked field by field.

The form is described in docs/gazetteer.md. Every fault is reported with the file, the line and
the field, since users write these files by hand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

import yaml

from graph.model import MAX_NAME_LENGTH, Kind
from loaders.errors import DataFileError
from loaders.reading.surfaces import surface_of

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LISTS: Final = (
    "aliases",
    "descriptions",
    "shared",
    "seats",
    "people",
    "owns",
    "sectors",
    "cues",
)
_FLAGS: Final = ("news", "versions", "needs_cue")
_WORDS: Final = ("name", "kind", "also", "owner", "country", "gender")
_SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity of general knowledge: its names, and what helps to recognise it.

    Attributes
    ----------
    name, kind
        The usual name and what the entity is.
    also
        Another kind that the context may decide for: Uber the service, TikTok the firm.
    aliases
        Other names.
    descriptions
        Noun phrases that stand for this entity alone: "la marque à la pomme".
    shared
        Noun phrases that stand for it and for others too: "le géant du luxe".
    seats, people, owns
        Places, persons and brands that descriptions name it by: "la firme de Cupertino",
        "l'entreprise de Mark Zuckerberg", "la maison mère de Facebook". Hints, never claims.
    ambiguous
        Those of its names that are also other words or other things.
    cues
        Words nearby that make such a name certain.
    needs_cue
        Whether an ambiguous name is so common a word that it counts only beside a cue.
    sectors, country, gender
        What a generic description ("le constructeur allemand", "la dirigeante") agrees with:
        sector names, an ISO 3166 code, ``m`` or ``f``.
    owner
        For a product, whose it is: a hint for coreference and never a claim.
    news
        Whether it is an outlet that articles name as their source.
    versions
        Whether version words may follow its name and make another product: Llama → Llama 4.
    family
        For a product made that way, the name of the entry that it was made from.
    """

    name: str
    kind: Kind
    also: Kind | None = None
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    owner: str | None = None
    country: str | None = None
    gender: str | None = None
    news: bool = False
    versions: bool = False
    needs_cue: bool = False
    family: str | None = None
    line: int = field(default=0, compare=False)

    def __hash__(self) -> int:
        return hash((self.name, self.kind))

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


_KNOWN_FIELDS: Final = frozenset({f.name for f in fields(Entry)} - {"family", "line"})

_Raw = dict[str, tuple[int, str | list[str]]]


def read_entries(path: Path) -> list[Entry]:
    """The entries of one gazetteer file, YAML or CSV by its ending.

    Raises
    ------
    loaders.errors.DataFileError
        If the file cannot be read or an entry is not of the documented form.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(str(path), f"cannot be read as UTF-8 text: {error}") from error
    return parse_entries(text, str(path), csv_form=path.suffix.lower() == ".csv")


def parse_entries(text: str, where: str, *, csv_form: bool = False) -> list[Entry]:
    """The entries of a gazetteer file's text; `where` names the file in errors."""
    rows = _csv_rows(text, where) if csv_form else _yaml_rows(text, where)
    entries: list[Entry] = []
    seen: dict[tuple[str, Kind], int] = {}
    for line, raw in rows:
        entry = _entry(raw, line, where)
        first = seen.setdefault((entry.name, entry.kind), line)
        if first != line:
            message = f"{entry.name!r} is already on line {first} with the same kind"
            raise DataFileError(where, message, line=line, field="name")
        entries.append(entry)
    return entries


def _csv_rows(text: str, where: str) -> Iterator[tuple[int, _Raw]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    line = 0
    try:
        if "name" not in (reader.fieldnames or ()):
            raise DataFileError(where, "the first line must name the columns", line=1, field="name")
        line = reader.line_num
        for row in reader:
            line = reader.line_num
            if None in row:
                raise DataFileError(where, "has more cells than the first line", line=line)
            raw = {key: (line, value) for key, value in _cells(row)}
            if raw:
                yield line, raw
    except csv.Error as error:
        raise DataFileError(where, f"is not CSV: {error}", line=line + 1) from error


def _cells(row: dict[str, str]) -> Iterator[tuple[str, str | list[str]]]:
    for column, cell in row.items():
        key, value = column.strip(), (cell or "").strip()
        if key in _LISTS or (key == "ambiguous" and value.lower() not in ("true", "false")):
            parts = [part.strip() for part in value.split(_SEPARATOR)]
            if any(parts):
                yield key, [part for part in parts if part]
        elif value:
            yield key, value


def _yaml_rows(text: str, where: str) -> Iterator[tuple[int, _Raw]]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        reason = getattr(error, "problem", None) or str(error)
        raise DataFileError(where, f"is not YAML: {reason}", line=line) from error
    if root is None:
        raise DataFileError(where, "is empty; it needs a list called entries")
    top = _mapping(root, where, "the file")
    for key, node in top.items():
        if key not in ("source", "defaults", "entries"):
            raise DataFileError(where, "is not a known field", line=_line(node), field=key)
    listed = top.get("entries")
    if not isinstance(listed, yaml.SequenceNode):
        line = _line(listed) if listed else None
        raise DataFileError(where, "must be a list of entries", line=line, field="entries")
    defaults = _raw(top["defaults"], where) if "defaults" in top else {}
    for item in listed.value:
        yield _line(item), {**defaults, **_raw(item, where)}


def _raw(node: yaml.Node, where: str) -> _Raw:
    return {
        key: (_line(value), _value(value, where, key))
        for key, value in _mapping(node, where, "an entry").items()
    }


def _value(node: yaml.Node, where: str, key: str) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                raise DataFileError(where, "must hold words only", line=_line(item), field=key)
        return [str(item.value) for item in node.value]
    raise DataFileError(where, "must be a word or a list of words", line=_line(node), field=key)


def _mapping(node: yaml.Node, where: str, what: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise DataFileError(where, f"{what} must be a mapping of fields", line=_line(node))
    result: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in result:
            raise DataFileError(where, "is given twice", line=_line(key), field=str(key.value))
        result[str(key.value)] = value
    return result


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _entry(raw: _Raw, line: int, where: str) -> Entry:
    for key, (at, value) in raw.items():
        if key not in _KNOWN_FIELDS:
            known = ", ".join(sorted(_KNOWN_FIELDS))
            raise DataFileError(where, f"is not one of {known}", line=at, field=key)
        if key in _LISTS and not isinstance(value, list):
            raise DataFileError(where, "must be a list", line=at, field=key)
        if key in (*_WORDS, *_FLAGS) and not isinstance(value, str):
            raise DataFileError(where, "must be a single word or phrase", line=at, field=key)
    for key in ("name", "kind"):
        if not raw.get(key, (0, ""))[1]:
            raise DataFileError(where, "is missing", line=line, field=key)
    lists = {key: _strings(raw, key, where) for key in _LISTS}
    words: dict[str, str] = {key: str(raw[key][1]) for key in _WORDS if key in raw and raw[key][1]}
    _check_words(words, raw, where)
    kind = Kind(words.pop("kind"))
    names = (words["name"], *lists["aliases"])
    return Entry(
        kind=kind,
        name=words["name"],
        also=Kind(words["also"]) if "also" in words else None,
        aliases=lists["aliases"],
        descriptions=lists["descriptions"],
        shared=lists["shared"],
        seats=lists["seats"],
        people=lists["people"],
        owns=lists["owns"],
        sectors=lists["sectors"],
        cues=lists["cues"],
        ambiguous=_ambiguous(raw, names, where),
        owner=words.get("owner"),
        country=words.get("country"),
        gender=words.get("gender"),
        news=_flag(raw, "news", where),
        versions=_flag(raw, "versions", where),
        needs_cue=_flag(raw, "needs_cue", where),
        line=line,
    )


def _strings(raw: _Raw, key: str, where: str) -> tuple[str, ...]:
    if key not in raw:
        return ()
    line, values = raw[key]
    for value in values:
        _check_name(value, line, key, where)
    if len(set(values)) != len(values):
        raise DataFileError(where, "names the same thing twice", line=line, field=key)
    return tuple(values)


def _check_name(value: str, line: int, key: str, where: str) -> None:
    if len(value) > MAX_NAME_LENGTH:
        message = f"is {len(value)} characters long, the most is {MAX_NAME_LENGTH}"
        raise DataFileError(where, message, line=line, field=key)
    try:
        surface_of(value)
    except ValueError as error:
        raise DataFileError(where, str(error), line=line, field=key) from error


def _check_words(words: dict[str, str], raw: _Raw, where: str) -> None:
    _check_name(words["name"], raw["name"][0], "name", where)
    kinds = tuple(kind.value for kind in Kind)
    choices = {"kind": kinds, "also": kinds, "gender": ("m", "f")}
    for key, allowed in choices.items():
        if key in words and words[key] not in allowed:
            message = f"{words[key]!r} is not one of {', '.join(allowed)}"
            raise DataFileError(where, message, line=raw[key][0], field=key)


def _flag(raw: _Raw, key: str, where: str) -> bool:
    line, value = raw.get(key, (0, "false"))
    if str(value).lower() not in ("true", "false"):
        raise DataFileError(where, f"{value!r} is not true or false", line=line, field=key)
    return str(value).lower() == "true"


def _ambiguous(raw: _Raw, names: tuple[str, ...], where: str) -> frozenset[str]:
    line, value = raw.get("ambiguous", (0, "false"))
    if isinstance(value, str):
        return frozenset(names[:1]) if _flag(raw, "ambiguous", where) else frozenset()
    for name in value:
        if name not in names:
            message = f"{name!r} is neither the name nor one of the aliases"
            raise DataFileError(where, message, line=line, field="ambiguous")
    return frozenset(value)
