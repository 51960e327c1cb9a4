"""From the bytes of a file to its text, and to the fields that it holds."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Final

import yaml

from loaders.errors import ArticleError, BinaryContentError, EmptyArticleError, EncodingError
from loaders.sources.fields import FIELDS

_FORMATS: Final = {
    b"PK\x03\x04": "a ZIP archive or an office document; save it as plain text first",
    b"\x1f\x8b": "compressed with gzip; decompress it first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
_SNIFFED: Final = 8_192  # bytes in which a NUL shows that a file is not text
_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FENCE: Final = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def decode(data: bytes) -> str:
    """The text that `data` holds: UTF-8, or UTF-16 with a byte order mark.

    A byte order mark is no part of the text. Nothing else is guessed: a wrong guess would put
    wrong letters into names for good.

    Raises
    ------
    EmptyArticleError
        If there are no bytes, or only white space.
    BinaryContentError
        If it is a known binary format, or holds NUL bytes.
    EncodingError
        If it is in another encoding; the message names the first byte that is wrong.
    """
    if not data.strip():
        raise EmptyArticleError("it is empty")
    for magic, what in _FORMATS.items():
        if data.startswith(magic):
            raise BinaryContentError(f"it is {what}")
    encoding = _UTF16.get(data[:2])
    if encoding:
        return _decode(data, encoding, bom=2)
    nul = data.find(b"\0", 0, _SNIFFED)
    if nul >= 0:
        raise BinaryContentError(f"it is a binary file, not text: byte {nul} is NUL")
    return _decode(data, "utf-8", bom=3 if data.startswith(codecs.BOM_UTF8) else 0)


def _decode(data: bytes, encoding: str, *, bom: int) -> str:
    try:
        text = data[bom:].decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + bom
        raise EncodingError(
            f"it is not valid {encoding.upper()}: byte {offset} is 0x{data[offset]:02X}; "
            "convert it, for example with iconv -f WINDOWS-1252 -t UTF-8"
        ) from error
    if not text.strip():
        raise EmptyArticleError("it is empty")
    return text


def json_fields(text: str) -> dict[str, Any]:
    """The fields of the one JSON object that `text` is.

    Raises
    ------
    ArticleError
        If it is not JSON, or not an object.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        hint = (
            "; a file with an object on each line is named .jsonl"
            if error.msg == "Extra data"
            else ""
        )
        raise ArticleError(
            f"it is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}{hint}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"its JSON cannot be read: {error}") from error
    if isinstance(value, list):
        raise ArticleError(
            "it holds a list; write one object to a file, or one to a line of a .jsonl file"
        )
    if not isinstance(value, dict):
        raise ArticleError('it is not an article: an object with a "text" is')
    return value


def front_matter_fields(text: str, *, required: bool) -> dict[str, Any]:
    """The fields of a text that may open with YAML between two lines of ``---``.

    Values stay strings as they are written: an id of 007 is not the number 7. The text begins
    after the blank lines that follow the front matter. Where it is not `required` (a plain text
    may open with a rule), what does not read as front matter with a known field is text.

    Raises
    ------
    ArticleError
        If front matter is `required` to be well formed and is not.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---"):
        return {"text": text}
    fence = _FENCE.match(text)
    try:
        if fence is None:
            raise ArticleError("its front matter has no closing --- line")
        fields = _yaml_fields(fence[1])
        if not required and not any(name in fields for name in FIELDS):
            raise ArticleError("no field of an article is in its front matter")
    except ArticleError:
        if required:
            raise
        return {"text": text}
    body = text[fence.end() :].lstrip("\n")
    return {**fields, "text": body}


def _yaml_fields(source: str) -> dict[str, Any]:
    try:
        # The base loader makes strings, lists and mappings, and nothing else.
        value = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise ArticleError(f"its front matter is not valid YAML: {problem[:300]}") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ArticleError("its front matter is not a list of names and values")
    return {key: value for key, value in value.items() if isinstance(key, str)}
