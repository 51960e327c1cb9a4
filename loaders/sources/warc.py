"""Web archives: WARC with the pages as they came, WET with their text, as Common Crawl has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from loaders.errors import ArticleError, LoaderError
from loaders.sources.decode import decode
from loaders.sources.html import page_fields
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

_PAGES: Final = ("text/html", "application/xhtml+xml")
_OK: Final = 200


class WarcSource:
    """Every page that an archive holds."""

    name = "web archive"

    def matches(self, given: Input) -> bool:
        """By its first bytes."""
        return given.head.lstrip().startswith(b"WARC/1.")

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """An article for each page; what is neither a page nor the text of one is passed over."""
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        kinds = WarcRecordType.response | WarcRecordType.conversion
        with given.seekable(stored=True) as file:
            archive = ArchiveIterator(file, record_types=kinds, parse_http=True, auto_decode="all")
            number = 0
            try:
                for number, record in enumerate(archive, 1):
                    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
                    try:
                        fields = _fields(record, url or None, given, options)
                    except LoaderError as error:
                        yield Problem(f"record {number} ({url[:200]})", str(error))
                        continue
                    if fields is not None:
                        yield Record(fields, str(number), f"record {number}")
            except (OSError, ValueError) as error:
                raise ArticleError(f"after record {number}: {error}") from error


def _fields(record: Any, url: str | None, given: Input, options: Options) -> dict[str, Any] | None:
    """The article in one record, or None where it is no page."""
    if record.is_http:
        mime = (record.http_content_type or "").partition(";")[0].strip().lower()
        if mime not in _PAGES or record.http_headers.status_code != _OK:
            return None
    elif record.headers.get("WARC-Type") != "conversion":
        return None
    data = record.reader.read(given.max_bytes + 1)
    if len(data) > given.max_bytes:
        raise ArticleError(f"it is longer than {given.max_bytes:,} bytes; it is passed over")
    if record.is_http:
        return page_fields(data, url, options)
    text = decode(data)
    return {"text": text, "url": url, "title": text.strip().partition("\n")[0][:200]}
