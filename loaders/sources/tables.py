"""Tables of articles: CSV with any usual separator, and Parquet."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from loaders.article import too_long
from loaders.errors import (
    ArticleError,
    ArticleTooLongError,
    EmptyArticleError,
    EncodingError,
    FieldError,
    LoaderError,
    SourceError,
)
from loaders.sources.columns import GUESSES, guess, shown_mapping
from loaders.sources.decode import decode
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

_SEPARATORS: Final = ",;\t|"
_ROWS_AT_ONCE: Final = 64


class CsvSource:
    """A table as text, whose first line names the columns."""

    name = "CSV table"

    def matches(self, given: Input) -> bool:
        """By its name, or because its first line names a column that holds a text."""
        if given.ends(".csv", ".tsv"):
            return True
        if given.ends(".txt", ".md", ".json"):
            return False
        first = given.head.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0]
        try:
            line = first.decode().strip()
        except UnicodeDecodeError:
            return False
        names = [name.strip(' "').lower() for name in line.split(_separator(line))]
        texts = set(names) & {*GUESSES["text"]}
        return bool(texts) and len(names) > 1 and all(name.isidentifier() for name in names)

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """An article for each row."""
        start = 1

        def lines() -> Iterator[str]:
            nonlocal start
            for number, line in given.lines():
                if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise EncodingError("a table must be UTF-8, and this one is UTF-16")
                if len(line) > given.max_bytes:
                    size = f"line {number}: a line of more than {given.max_bytes:,} bytes"
                    raise ArticleTooLongError(too_long(size, given.max_chars))
                try:
                    yield decode(line) if line.strip() else line.decode()
                except LoaderError as error:
                    raise type(error)(f"line {number}: {error}") from error

        text = lines()
        header = next(text, "")
        if not header.strip():
            raise EmptyArticleError("it is empty")
        before = csv.field_size_limit(given.max_bytes)
        try:
            separator = _separator(header)
            names = next(csv.reader([header], delimiter=separator))
            columns = _columns(names, given, options)
            reader = csv.reader(text, delimiter=separator)
            start = 2
            for row in reader:
                place, start = f"line {start}", reader.line_num + 2
                if not any(row):
                    continue
                if len(row) != len(names):
                    yield Problem(
                        place,
                        f"it has {len(row)} cells, and the first line names {len(names)} columns",
                    )
                    continue
                cells = dict(zip(names, row, strict=True))
                fields = {field: cells[column] or None for field, column in columns.items()}
                yield Record(fields, place.removeprefix("line "), place)
        except csv.Error as error:
            raise ArticleError(f"line {start}: it is not CSV: {error}") from error
        finally:
            csv.field_size_limit(before)


class ParquetSource:
    """A table in columns, read a few rows at a time."""

    name = "Parquet table"

    def matches(self, given: Input) -> bool:
        """By its first bytes."""
        return given.head.startswith(b"PAR1")

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """An article for each row."""
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise SourceError(
                "Parquet files need pyarrow; install it with pip install 'mercato[parquet]'"
            ) from error
        number = 0
        with given.seekable() as file:
            try:
                table = pq.ParquetFile(file)
                names = table.schema_arrow.names
                columns = _columns(names, given, options)
                for batch in table.iter_batches(_ROWS_AT_ONCE, columns=list(columns.values())):
                    for row in batch.to_pylist():
                        number += 1
                        fields = {field: _plain(row[name]) for field, name in columns.items()}
                        yield Record(fields, str(number), f"row {number}")
            except (pa.ArrowException, OSError) as error:
                problem = " ".join(str(error).split())[:300]
                raise ArticleError(f"after row {number}: it is not Parquet: {problem}") from error


def _columns(names: list[str], given: Input, options: Options) -> Mapping[str, str]:
    """The columns of a table by field; the user is told how they were understood."""
    columns = guess(names, options)
    if "text" not in columns:
        raise FieldError(
            "text",
            f"no column looks like it; name it with --map text=COLUMN, of: {', '.join(names)}",
        )
    options.notice(f"{given.shown}: {shown_mapping(columns)}")
    return columns


def _separator(header: str) -> str:
    """The separator that the first line has most of."""
    return max(_SEPARATORS, key=header.count)


def _plain(value: Any) -> Any:
    """A cell as the other sources write it: days as text, several authors as one line."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value
