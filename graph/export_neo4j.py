"""The whole graph as the CSV files that ``neo4j-admin database import full`` takes.

Nothing but the count of writes is left out. The schema is made when mercato first connects, and
with it the lists that are empty, which neo4j-admin leaves out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from graph.batches import slices
from graph.decisions import finish
from graph.errors import ExportError
from graph.store import Store

ARRAY_DELIMITER: Final = "\x1f"
"""Between the parts of a list: a control character, which no name should hold."""

_IDS: Final = 50_000
_BATCH: Final = 500
_QUALIFIERS: Final = (
    "status role amount_value:double amount_currency amount_bound amount_purpose "
    "start_earliest:date start_latest:date end_earliest:date end_latest:date "
)
_COLUMNS: Final = {
    "articles": "id:ID(Article) title url outlet author language published:date text text_sha256 "
    "content_sha256 origin credited_source source_key extractor layout:long skipped "
    "claim_count:long loaded_at:datetime copy_of copied_source band_0 band_1 band_2 band_3 band_4 "
    "band_5 band_6 band_7 :LABEL",
    "versions": "id:ID(Version) article_id title text text_sha256 published:date "
    "loaded_at:datetime replaced_at:datetime :LABEL",
    "entities": "id:ID(Entity) name kind aliases:string[] search_text :LABEL",
    "claims": "id:ID(Claim) fact_id type subject_id subject_name object_id object_name "
    f"attributed_id attributed_name {_QUALIFIERS} quote quote_start:long quote_end:long "
    "cues:string[] rule extractor confidence:double published:date source_key relayed:boolean "
    "article_id position:long loaded_at:datetime :LABEL",
    "decisions": "id:ID(Decision) merged_id merged_name merged_kind into_id into_name into_kind "
    "reason decided_at:datetime decided_by undone_at:datetime undone_by pending:boolean :LABEL",
    "mentions": ":START_ID(Article) :END_ID(Entity) name position:long aliases:string[] "
    "surfaces:string[] starts:long[] ends:long[] :TYPE",
    "version_of": ":START_ID(Version) :END_ID(Article) :TYPE",
    "stated": ":START_ID(Claim) :END_ID(Article) :TYPE",
    "joins": ":START_ID(Claim) :END_ID(Entity) :TYPE",
    "facts": f":START_ID(Entity) :END_ID(Entity) id {_QUALIFIERS} contested:boolean sources:long "
    "claims:long claim_ids:string[] first_reported:date last_reported:date rule_version:long :TYPE",
}
_NODES: Final = ("articles", "versions", "entities", "claims", "decisions")


def export_for_import(store: Store, folder: Path) -> None:
    """Write the files into a folder that is there; what is decided is carried out first.

    Nobody should write to the graph meanwhile.

    Raises
    ------
    OSError
        If the files cannot be written.
    ExportError
        If the graph holds what mercato has not put there, or cannot be told apart in a file.
    StoreError
        If the store fails.
    """
    finish(store)
    with contextlib.ExitStack() as opened:
        files = {
            name: _Csv(name, opened.enter_context(_open(folder, name)), columns.split())
            for name, columns in _COLUMNS.items()
        }
        for row in store.read("decisions/decisions"):
            files["decisions"].write({**row["decision"], ":LABEL": ["Decision"]})
        for ids in _pages(store, "lookup/export_ids"):
            for row in store.read("copy/versions", ids=list(ids)):
                _write_version(files, row["version"])
            for row in store.read("export/readings", ids=list(ids)):
                _write_article(files, row)
        for ids in _pages(store, "ingest/entity_ids"):
            _write_entities(store, files, list(ids))


def import_arguments(folder: Path) -> list[str]:
    """The arguments of ``neo4j-admin`` that import the files, but for the name of the database."""
    kinds = ((name, "nodes" if name in _NODES else "relationships") for name in _COLUMNS)
    return [
        "database",
        "import",
        "full",
        *(f"--{kind}={folder / name}.csv" for name, kind in kinds),
        "--id-type=string",
        "--multiline-fields=true",
        f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}",
    ]


class _Csv:
    """One file: text is quoted, what is not known is empty."""

    def __init__(self, name: str, file: TextIO, columns: Sequence[str]) -> None:
        self._name = name
        self._file = file
        self._names = [
            column if column.startswith(":") else column.partition(":")[0] for column in columns
        ]
        file.write(",".join(columns) + "\n")

    def write(self, row: Mapping[str, Any]) -> None:
        if unknown := row.keys() - set(self._names):
            raise ExportError(
                f"among the {self._name}, one ({row.get('id')}) has {', '.join(sorted(unknown))}, "
                "which mercato does not write and cannot export; remove that property"
            )
        self._file.write(",".join(self._value(row.get(name)) for name in self._names) + "\n")

    def _value(self, value: Any) -> str:
        match value:
            case None:
                return ""
            case bool():
                return str(value).lower()
            case int() | float():
                return repr(value)
            case dt.date():  # a time too
                return value.isoformat()
            case list():
                return self._list([str(each) for each in value])
        return '"' + str(value).replace('"', '""') + '"'

    def _list(self, parts: list[str]) -> str:
        for part in parts:
            if not part or ARRAY_DELIMITER in part:
                raise ExportError(
                    f"among the {self._name}, one has {part!r} in a list, which a file for "
                    "neo4j-admin cannot hold; use `mercato copy`"
                )
        return self._value(ARRAY_DELIMITER.join(parts))


def _write_article(files: Mapping[str, _Csv], row: Mapping[str, Any]) -> None:
    id_ = row["id"]
    files["articles"].write({**row["article"], ":LABEL": ["Article"]})
    for mention in row["mentions"]:
        files["mentions"].write(
            {
                **{name: value for name, value in mention.items() if name != "entity_id"},
                ":START_ID(Article)": id_,
                ":END_ID(Entity)": mention["entity_id"],
                ":TYPE": "MENTIONS",
            }
        )
    for claim in row["claims"]:
        files["claims"].write({**claim, ":LABEL": ["Claim"]})
        stated = {":START_ID(Claim)": claim["id"], ":END_ID(Article)": id_, ":TYPE": "STATED_IN"}
        files["stated"].write(stated)
        for end, type_ in (
            ("subject", "SUBJECT"),
            ("object", "OBJECT"),
            ("attributed", "ATTRIBUTED_TO"),
        ):
            if (entity := claim.get(f"{end}_id")) is not None:
                joins = {":START_ID(Claim)": claim["id"], ":END_ID(Entity)": entity, ":TYPE": type_}
                files["joins"].write(joins)


def _write_version(files: Mapping[str, _Csv], version: Mapping[str, Any]) -> None:
    files["versions"].write({**version, ":LABEL": ["Version"]})
    files["version_of"].write(
        {
            ":START_ID(Version)": version["id"],
            ":END_ID(Article)": version["article_id"],
            ":TYPE": "VERSION_OF",
        }
    )


def _write_entities(store: Store, files: Mapping[str, _Csv], ids: list[str]) -> None:
    for row in store.read("export/entities", ids=ids):
        entity = row["entity"]
        files["entities"].write({**entity, ":LABEL": ["Entity", entity["kind"]]})
    for row in store.read("interop/held", ids=ids, valid_from=None, valid_to=None):
        files["facts"].write(
            {
                **row["fact"],
                ":START_ID(Entity)": row["subject"]["id"],
                ":END_ID(Entity)": row["object"]["id"],
                ":TYPE": row["type"],
            }
        )


def _pages(store: Store, name: str) -> Iterator[Iterable[str]]:
    after = ""
    while found := store.read(name, after=after, limit=_IDS):
        ids = [row["id"] for row in found]
        yield from slices(ids, _BATCH)
        after = ids[-1]


def _open(folder: Path, name: str) -> TextIO:
    return (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
