"""Press releases as PDF: their text, with lines joined to paragraphs again."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from typing import Final

from loaders.errors import ArticleError, EmptyArticleError
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

_ENDS: Final = re.compile(r"[.!?…:;»\"”)]\s*$")
_HYPHEN: Final = re.compile(r"(?<=\w)[-\u00ad\ufffe\x02]$")
_MARK: Final = re.compile(r"[\u00ad\ufffe\x02]")
_FULL: Final = 0.7
"""Of the width of the widest lines: a line that is shorter ends its paragraph."""


class PdfSource:
    """One document."""

    name = "PDF"

    def matches(self, given: Input) -> bool:
        """By its first bytes."""
        return given.head.lstrip()[:5] == b"%PDF-"

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """The one article."""
        import pypdfium2

        data = given.read()
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            problem = "it needs a password" if "password" in str(error).lower() else str(error)
            raise ArticleError(
                f"this PDF cannot be read: {problem}; save it anew, or its text as .txt"
            ) from error
        try:
            pages = []
            for page in document:
                text = page.get_textpage()
                pages.append(text.get_text_bounded())
                text.close()
                page.close()
            title = document.get_metadata_value("Title")
        finally:
            document.close()
        text = unwrap("\n".join(pages))
        if not text.strip():
            raise EmptyArticleError(
                "this PDF holds pictures and no text; have its text recognised (OCR) first"
            )
        yield Record({"text": text, "title": title.strip()[:200] or None})


def unwrap(text: str) -> str:
    """The text with the lines of one paragraph on one line, and words in one piece.

    >>> unwrap("Meta a recruté un ingé-\\nnieur qui travaillait chez Apple depuis\\ndeux ans.")
    'Meta a recruté un ingénieur qui travaillait chez Apple depuis deux ans.'
    """
    # Where a word is parted, PDFium gives a mark in the place of hyphen and line end.
    text = _MARK.sub("\x02\n", text.replace("\r\n", "\n"))
    lines = [line.strip() for line in text.split("\n")]
    widths = [len(line) for line in lines if line]
    full = _FULL * statistics.quantiles(widths, n=10)[-1] if len(widths) > 1 else 0
    parts: list[str] = []
    open_end = False
    for line in lines:
        if not line:
            open_end = False
            continue
        if parts and open_end:
            parts[-1] = _joined(parts[-1], line)
        else:
            parts.append(line)
        hyphenated = _HYPHEN.search(line) is not None
        open_end = hyphenated or (len(line) >= full and not _ENDS.search(line))
    return _MARK.sub("", "\n".join(parts))


def _joined(before: str, line: str) -> str:
    """Two lines as one: a word that was parted at the end of the first is whole again."""
    if _HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    if before.endswith("-"):
        return before + line
    return f"{before} {line}"
