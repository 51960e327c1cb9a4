"""Articles as JSON objects, one to a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from loaders.article import too_long
from loaders.errors import ArticleTooLongError, EmptyArticleError, EncodingError, LoaderError
from loaders.sources.columns import mapped
from loaders.sources.decode import decode, json_fields
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record


class JsonLinesSource:
    """One JSON object on each line; blank lines are passed over."""

    name = "JSON lines"

    def matches(self, given: Input) -> bool:
        """By its name, or because its first line is an object and another one follows."""
        if given.ends(".jsonl", ".ndjson"):
            return True
        if given.ends(".txt", ".md") or not given.head.lstrip().startswith(b"{"):
            return False
        first, _, rest = given.head.strip().partition(b"\n")
        try:
            json.loads(first)
        except ValueError:
            # An object over several lines, or a line that is longer than what is seen of it.
            return b"\n" not in given.head and len(given.head) > _LONG and given.name == ""
        return rest.lstrip().startswith(b"{") or (given.name == "" and not rest)

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """An article for each line, and a problem for each bad one."""
        empty = True
        for number, line in given.lines():
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise EncodingError("a .jsonl file must be UTF-8, and this one is UTF-16")
            if not line.strip():
                continue
            empty = False
            place = f"line {number}"
            try:
                if len(line) > given.max_bytes:
                    size = f"a line of more than {given.max_bytes:,} bytes"
                    raise ArticleTooLongError(too_long(size, given.max_chars))
                fields = json_fields(decode(line))
                yield Record(mapped(fields, options, given.shown), str(number), place)
            except LoaderError as error:
                yield Problem(place, str(error))
        if empty:
            raise EmptyArticleError("it is empty")


_LONG = 8_000
