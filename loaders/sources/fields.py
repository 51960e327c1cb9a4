"""An article from the named fields that a JSON object or a front matter gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from graph.model import Article
from loaders.article import DEFAULT_MAX_CHARS, normalise_text, prepare
from loaders.errors import EmptyArticleError, FieldError
from loaders.urls import MAX_ID_LENGTH

FIELDS = (
    "id",
    "text",
    "title",
    "url",
    "outlet",
    "author",
    "published",
    "lang",
    "language",
    "credited_source",
)
"""Names that are understood; a source may hold others, which are ignored."""


def article_from_fields(
    fields: Mapping[str, Any],
    *,
    default_id: str,
    origin: str,
    default_language: str | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
    today: dt.date | None = None,
) -> Article:
    """The prepared article that `fields` (see `FIELDS`) describe.

    `default_id` and `default_language` stand in where the fields do not say.

    Raises
    ------
    ArticleError
        One of its classes, saying which field is wrong and what to write instead.
    """
    raw_text = fields.get("text")
    if raw_text is None:
        raise EmptyArticleError('it has no "text"')
    if not isinstance(raw_text, str):
        raise FieldError("text", f"it must be a string, not {_json_type(raw_text)}")
    language = _string(fields, "lang") or _string(fields, "language") or default_language
    identity = _id(fields) or default_id
    try:
        article = Article(
            id=identity,
            text=normalise_text(raw_text, max_chars=max_chars),
            title=_string(fields, "title"),
            url=_string(fields, "url"),
            outlet=_string(fields, "outlet"),
            author=_string(fields, "author"),
            published=_day(fields),
            language=language,
            credited_source=_string(fields, "credited_source"),
            origin=origin,
        )
    except ValidationError as error:
        field, problem = _explain(error, identity)
        raise FieldError(field, problem) from error
    return prepare(article, max_chars=max_chars, today=today)


def _explain(error: ValidationError, identity: str) -> tuple[str, str]:
    """The field that the model refuses, and why."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"])) or "article"
    if field == "id":
        return field, (
            f"{identity[:40]!r} will not do: write at most {MAX_ID_LENGTH} characters, "
            "without control characters"
        )
    return field, first["msg"]


def _id(fields: Mapping[str, Any]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id")


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldError(name, f"it must be a string, not {_json_type(value)}")
    return value.strip() or None


def _day(fields: Mapping[str, Any]) -> dt.date | None:
    value = _string(fields, "published")
    if value is None:
        return None
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError as error:
        raise FieldError(
            "published", f"{value[:40]!r} is not a day; write it as 2025-02-04"
        ) from error


def _json_type(value: object) -> str:
    names = {bool: "true or false", dict: "an object", list: "a list"}
    return names.get(type(value), "a number")
