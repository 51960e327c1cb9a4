"""Which files hold what to measure on, and the figures of each set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import DataFileError, SourceMissingError
from loaders.evaluation.annotations import Annotation, from_reading
from loaders.evaluation.gold import GoldArticle, is_gold, load_json, read_gold
from loaders.evaluation.scores import Scores
from loaders.evaluation.scoring import score
from loaders.reader import Reader


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles that are scored together."""

    name: str
    articles: tuple[GoldArticle, ...]


def gold_set(paths: Iterable[Path], name: str = "gold") -> GoldSet:
    """The annotated articles of files and folders.

    Raises
    ------
    SourceMissingError
        If there is nothing at a path.
    DataFileError
        If a file is not of the form, or two articles have the same id.
    """
    articles: dict[str, GoldArticle] = {}
    for path in paths:
        for file in _files(path):
            for article in read_gold(file):
                if article.article.id in articles:
                    problem = f"there is another article with the id {article.article.id!r}"
                    raise DataFileError(str(file), problem, field="id")
                articles[article.article.id] = article
    return GoldSet(name, tuple(articles.values()))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = sorted(file for file in path.rglob("*.json") if is_gold(load_json(file)))
    if not files:
        raise SourceMissingError(f"{path}: no file of this folder holds annotated articles")
    yield from files


def score_set(gold: GoldSet, readings: Mapping[str, Annotation]) -> Scores:
    """The figures of a set; an article without a reading counts as read without finding."""
    total = Scores()
    for each in gold.articles:
        read = readings.get(each.article.id, Annotation(each.article.id))
        total += score(each.annotation, read)
    return total


def read_set(gold: GoldSet, reader: Reader) -> dict[str, Annotation]:
    """What a reader finds in the articles of a set, by their ids."""
    readings = reader.read_many(each.article for each in gold.articles)
    return {reading.article_id: from_reading(reading) for reading in readings}
