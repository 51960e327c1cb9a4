"""Gold: articles with their annotations, from files of JSON.

A file holds one object, or a list of them. An object without a text takes the one of the article
with its id, which lies beside it or among the articles that are shipped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from graph.model import Article
from loaders import demo
from loaders.article import language_from_path, prepare
from loaders.errors import ArticleError, DataFileError, SourceMissingError
from loaders.evaluation.annotations import Annotation, GoldArticle, from_json
from loaders.sources.files import read_paths

_TEXTS: Final = (".txt", ".md")


def load_json(path: Path) -> Any:
    """The contents of a file of JSON.

    Raises
    ------
    SourceMissingError
        If there is no such file.
    DataFileError
        If it is not JSON in UTF-8.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceMissingError(f"{path}: there is no such file or folder") from None
    except json.JSONDecodeError as error:
        raise DataFileError(
            str(path), f"it is not valid JSON: {error.msg}, column {error.colno}", line=error.lineno
        ) from error
    except (ValueError, RecursionError) as error:
        raise DataFileError(str(path), f"it cannot be read as JSON: {error}") from error


def is_gold(value: Any) -> bool:
    """Whether what a file of JSON holds looks like the gold form."""
    one = value[0] if isinstance(value, list) and value else value
    return isinstance(one, dict) and isinstance(one.get("claims"), list) and "id" in one


def read_gold(path: Path) -> list[GoldArticle]:
    """The annotated articles of one file.

    Raises
    ------
    DataFileError
        If the file is not of the form, or the text of an article is found nowhere.
    """
    value = load_json(path)
    objects = value if isinstance(value, list) else [value]
    found = []
    for index, fields in enumerate(objects):
        place = str(path) if len(objects) == 1 else f"{path}, object {index + 1}"
        annotation = from_json(fields, place)
        found.append(GoldArticle(_article(fields, annotation, path, place), annotation))
    return found


def read_readings(path: Path) -> dict[str, Annotation]:
    """Readings by the id of their article, from lines as ``mercato read --jsonl`` prints them.

    Raises
    ------
    DataFileError
        If a line is not of the form, or two have the same id.
    """
    found: dict[str, Annotation] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SourceMissingError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise DataFileError(str(path), "it is not valid UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            annotation = from_json(json.loads(line), f"{path}, line {number}")
        except (json.JSONDecodeError, RecursionError) as error:
            raise DataFileError(str(path), f"it is not valid JSON: {error}", line=number) from error
        if annotation.article_id in found:
            problem = f"a line before has the id {annotation.article_id!r} too"
            raise DataFileError(str(path), problem, line=number)
        found[annotation.article_id] = annotation
    return found


def _article(fields: dict[str, Any], annotation: Annotation, path: Path, place: str) -> Article:
    text = fields.get("text")
    other = None if isinstance(text, str) else _found_text(annotation.article_id, path)
    if not isinstance(text, str) and other is None:
        raise DataFileError(
            place,
            "there is no text here, none beside the file, and no shipped article has this id",
            field="text",
        )
    published = fields.get("published")
    try:
        day = dt.date.fromisoformat(published) if published else None
        return prepare(
            Article(
                id=annotation.article_id,
                text=other.text if other is not None else str(text),
                title=fields.get("title") or (other and other.title),
                outlet=fields.get("outlet") or (other and other.outlet),
                language=fields.get("lang") or fields.get("language"),
                published=day or (other and other.published),
            )
        )
    except (ArticleError, ValueError, TypeError) as error:
        raise DataFileError(place, str(error)) from error


def _found_text(article_id: str, path: Path) -> Article | None:
    beside = _beside(path, article_id)
    return beside if beside is not None else _shipped().get(article_id)


def _beside(path: Path, article_id: str) -> Article | None:
    """The article of this id among the texts beside `path`: ``ID.txt``, ``ID.fr.md`` or so."""
    texts = [
        file
        for file in sorted(path.parent.glob(f"{_escaped(article_id)}.*"))
        if file.suffix.lower() in _TEXTS
        and file.stem in (article_id, f"{article_id}.{language_from_path(file)}")
    ]
    return next((found for found in _articles(texts)), None)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "[*?" else char for char in name.replace("/", "_"))


@cache
def _shipped() -> dict[str, Article]:
    return {article.id: article for article in _articles([demo.articles()])}


def _articles(paths: Iterable[Path]) -> Iterator[Article]:
    return (found for found in read_paths(paths) if isinstance(found, Article))
