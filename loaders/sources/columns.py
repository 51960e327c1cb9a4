"""Which column of a table holds which field: guessed from its name, shown, and set by the user."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from loaders.errors import FieldError
from loaders.sources.source import Options

GUESSES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "uid", "uuid", "guid", "article_id", "doc_id", "identifiant"),
    "text": (
        *("text", "texte", "body", "content", "contenu", "article", "maintext", "full_text"),
        *("fulltext", "article_text", "article_body", "articlebody", "plain_text", "corps"),
    ),
    "title": ("title", "titre", "headline", "heading", "article_title"),
    "url": ("url", "link", "lien", "uri", "href", "source_url", "article_url", "permalink"),
    "outlet": (
        *("outlet", "publisher", "publication", "newspaper", "journal", "media", "site"),
        *("site_name", "sitename", "source", "source_name", "source_domain", "domain"),
    ),
    "author": ("author", "authors", "auteur", "auteurs", "byline", "creator"),
    "published": (
        *("published", "date", "published_at", "publish_date", "publication_date", "pub_date"),
        *("pubdate", "date_published", "datepublished", "date_publish", "date_publication"),
        *("published_date", "publishedat", "created_at"),
    ),
    "language": ("language", "lang", "langue"),
}
"""For each field the names of columns that are taken for it, the likeliest first."""


def guess(columns: Collection[str], options: Options) -> dict[str, str]:
    """The column of each field that has one: as the user says, else by its name.

    Raises
    ------
    FieldError
        If the user names a field or a column that there is not.
    """
    check_fields(options.columns)
    for field, column in options.columns.items():
        if column not in columns:
            raise FieldError(
                field, f"there is no column {column!r}; there are: {', '.join(columns) or 'none'}"
            )
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(column.strip().lower().replace(" ", "_").replace("-", "_"), column)
    taken = set(options.columns.values())
    found = dict(options.columns)
    for field, names in GUESSES.items():
        if field not in found:
            free = (by_name[name] for name in names if by_name.get(name, "") not in taken | {""})
            for column in free:
                found[field] = column
                taken.add(column)
                break
    return found


def check_fields(columns: Mapping[str, str]) -> None:
    """Raises FieldError if the user names a field that articles do not have."""
    for field in columns:
        if field not in GUESSES:
            raise FieldError(field, f"an article has no such field; it has {', '.join(GUESSES)}")


def mapped(fields: Mapping[str, Any], options: Options, shown: str) -> dict[str, Any]:
    """The fields of a JSON object under the names that mercato has for them.

    An object with a "text" is taken as it is, unless the user says otherwise.
    """
    if not options.columns and ("text" in fields or not fields):
        return dict(fields)
    check_fields(options.columns)
    present = {field: name for field, name in options.columns.items() if name in fields}
    columns = guess(list(fields), Options(columns=present))
    return {**fields, **{field: fields[column] for field, column in columns.items()}}


def shown_mapping(columns: Mapping[str, str]) -> str:
    """How columns were understood, for the user to see."""
    return ", ".join(f"{field} from {column!r}" for field, column in columns.items())
