"""What every article goes through before it is read: one text form, checked fields.

>>> from graph.model import Article
>>> prepare(Article(id="a", text="Cafe\\u0301\\r\\n")).text
'Café\\n'
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import Final

from graph.model import MAX_NAME_LENGTH, Article
from loaders.errors import (
    ArticleTooLongError,
    BinaryContentError,
    EmptyArticleError,
    EncodingError,
    FieldError,
    FutureDateError,
)
from loaders.language import LANGUAGES, detect_language
from loaders.languages import known_languages
from loaders.reading.dateline import find_credited_source, find_publication_date
from loaders.urls import MAX_ID_LENGTH, canonical_url

DEFAULT_MAX_CHARS: Final = 1_000_000
"""Characters of the longest article that is accepted: some 160,000 words."""

MAX_TITLE_LENGTH: Final = 1_000
"""Characters of the longest title that is accepted."""

ENDINGS: Final = (
    *(".txt", ".md", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"),
    *(".html", ".htm", ".xhtml", ".rss", ".atom", ".xml", ".eml", ".pdf", ".warc", ".wet"),
)
"""Endings of the files that articles are looked for in; ``.gz`` may follow."""

_PACKED: Final = tuple(f"{ending}.gz" for ending in ENDINGS)
_TOLERANCE: Final = dt.timedelta(days=1)  # it may already be tomorrow where the paper appears
_LANGUAGE_ENDING: Final = re.compile(rf"\.({'|'.join(LANGUAGES)})$", re.IGNORECASE)
_LANGUAGE_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_URL: Final = re.compile(r"https?://[^\s\x00-\x1f\"<>]{1,2000}", re.IGNORECASE)
_HALF_PAIR: Final = re.compile(r"[\ud800-\udfff]")
_NOT_IN_IDS: Final = re.compile(r"[\x00-\x1f\x7f%\ud800-\udfff]")


def prepare(
    article: Article, *, max_chars: int = DEFAULT_MAX_CHARS, today: dt.date | None = None
) -> Article:
    """The article as it is read and stored.

    The text is normalised, the other fields are checked, and what the article leaves out is
    worked out from its own text: `language`, `published` (its dateline) and `credited_source`
    ("Source : …"). Preparing an article twice changes nothing.

    Raises
    ------
    EmptyArticleError, ArticleTooLongError, BinaryContentError, EncodingError
        See `normalise_text`.
    FutureDateError
        If `published` lies more than a day after `today` (the day of the call by default).
    FieldError
        If another field is too long or is not what it should be.
    """
    text = normalise_text(article.text, max_chars=max_chars)
    latest = (today or dt.date.today()) + _TOLERANCE
    if article.published is not None and article.published > latest:
        raise FutureDateError(
            "published",
            f"{article.published} is in the future; correct the date, or leave it out",
        )
    title = _line("title", article.title, MAX_TITLE_LENGTH)
    outlet = _line("outlet", article.outlet, MAX_NAME_LENGTH)
    author = _line("author", article.author, MAX_NAME_LENGTH)
    credited = _line("credited_source", article.credited_source, MAX_NAME_LENGTH)
    language = _language(article.language) or detect_language(f"{title or ''}\n{text}")
    published = article.published
    for code in _languages_to_try(language):
        if published is None:
            found = find_publication_date(text, code)
            # A day to come is one that the article speaks of, not the one it appeared on.
            published = found if found is not None and found <= latest else None
        if credited is None:
            credited = find_credited_source(text, code)
    return article.model_copy(
        update={
            "text": text,
            "title": title,
            "url": _url(article.url),
            "outlet": outlet,
            "author": author,
            "language": language,
            "published": published,
            "credited_source": credited,
        }
    )


def normalise_text(text: str, *, max_chars: int = DEFAULT_MAX_CHARS) -> str:
    r"""`text` with every line end as ``\n`` and its characters composed (NFC), nothing else.

    Offsets of quotes and mentions refer to this form.

    Raises
    ------
    EmptyArticleError
        If there is nothing but white space.
    ArticleTooLongError
        If it is longer than `max_chars` characters.
    BinaryContentError
        If it holds a NUL character.
    EncodingError
        If it holds half of a surrogate pair, which is no character.
    """
    if len(text) > max_chars:
        raise ArticleTooLongError(too_long(f"{len(text):,} characters", max_chars))
    nul = text.find("\0")
    if nul >= 0:
        raise BinaryContentError(
            f"character {nul} is NUL, which no text holds; this is probably not a text file"
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EncodingError(
            f"character {error.start} is half of a surrogate pair; write the text as UTF-8"
        ) from error
    if not text.strip():
        raise EmptyArticleError("it holds no text")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def too_long(size: str, max_chars: int) -> str:
    """The message for an article of `size`, which is over the limit."""
    return (
        f"{size} is too long for one article: the limit is {max_chars:,} characters; "
        "split it, or raise the setting MERCATO_MAX_ARTICLE_CHARS"
    )


def article_id_from_path(root: Path, path: Path) -> str:
    """The id of the article in the file `path`, found below `root` (or being `root`).

    It is the file's name without its ending and without a language before it, after the folders
    between `root` and the file: ``001-meta-apple.fr.txt`` gives ``001-meta-apple``. The same
    file below the same root always has the same id. Characters that an id cannot hold are
    written ``%XX``, and the end of an id that would be too long is replaced by a digest.
    """
    name = path.name[:-3] if path.name.lower().endswith(_PACKED) else path.name
    if name.lower().endswith(ENDINGS):
        name = _LANGUAGE_ENDING.sub("", name[: name.rindex(".")]) or name
    try:
        folders = path.parent.relative_to(root).parts
    except ValueError:  # the file is the root itself
        folders = ()
    whole = unicodedata.normalize("NFC", "/".join((*folders, name)))
    clean = _NOT_IN_IDS.sub(_percent, whole).strip()
    if len(clean) > MAX_ID_LENGTH:
        digest = hashlib.sha256(clean.encode()).hexdigest()[:16]
        clean = f"{clean[: MAX_ID_LENGTH - 17]}-{digest}"
    return clean or "article"


def language_from_path(path: Path) -> str | None:
    """The language that a file's name gives before its ending: ``a.fr.txt`` gives ``fr``."""
    found = _LANGUAGE_ENDING.search(path.stem)
    return found[1].lower() if found else None


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(match[0]))


def _language(tag: str | None) -> str | None:
    if tag is None or not tag.strip():
        return None
    found = _LANGUAGE_TAG.fullmatch(tag.strip())
    if not found:
        raise FieldError("lang", f"{tag[:40]!r} is not a language code; write fr, en, …")
    return found[1].lower()


def _url(url: str | None) -> str | None:
    """An address that may be shown as a link: of the web, and nothing that runs as a script."""
    if url is None or not url.strip():
        return None
    if not _URL.fullmatch(url.strip()) or _HALF_PAIR.search(url):
        raise FieldError(
            "url", f"{url[:60]!r} is not an address; write it with http:// or https://"
        )
    return canonical_url(url)


def _line(field: str, value: str | None, max_length: int) -> str | None:
    """`value` on one line, or None when it is blank."""
    if value is None:
        return None
    line = " ".join(unicodedata.normalize("NFC", value).split())
    if "\0" in line or _HALF_PAIR.search(line):
        raise FieldError(field, "it holds a NUL character or half of a surrogate pair; remove it")
    if len(line) > max_length:
        raise FieldError(
            field, f"{len(line):,} characters are too many, the limit is {max_length:,}; shorten it"
        )
    return line or None


def _languages_to_try(language: str | None) -> tuple[str, ...]:
    """The languages whose datelines and credits are looked for."""
    if language is None:
        return known_languages()
    return (language,) if language in known_languages() else ()
