"""Which files hold what to measure on, and the figures of each set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loaders.errors import DataFileError, SourceMissingError
from loaders.evaluation.annotations import Annotation, GoldArticle, from_reading
from loaders.evaluation.compact import is_compact, read_compact
from loaders.evaluation.forms import SetForm
from loaders.evaluation.gold import is_gold, load_json, read_gold
from loaders.evaluation.popcorn import is_popcorn
from loaders.evaluation.relx import is_relx
from loaders.evaluation.scores import Scores
from loaders.evaluation.scoring import score
from loaders.reader import Reader

_SUFFIXES: Final = (".json", ".txt")


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles that are scored together."""

    articles: tuple[GoldArticle, ...]


@dataclass(slots=True)
class Found:
    """Files by their form, in the order in which they were named."""

    files: dict[SetForm, list[Path]] = field(default_factory=dict)

    def __getitem__(self, form: SetForm) -> list[Path]:
        return self.files.get(form, [])


def find_sets(paths: Iterable[Path]) -> Found:
    """The annotated files in files and folders; of a folder, those that are of a known form.

    Raises
    ------
    SourceMissingError
        If there is nothing at a path, or a folder holds no annotated file.
    DataFileError
        If a file that is named is of no known form.
    """
    found = Found()
    for path in paths:
        if path.is_dir():
            held = [(file, form) for file in _inside(path) if (form := form_of(file)) is not None]
            if not held:
                raise SourceMissingError(f"{path}: no file of this folder holds annotated texts")
        else:
            form = form_of(path)
            if form is None:
                raise DataFileError(
                    str(path), "it holds annotated texts in no form that docs/evaluation.md tells"
                )
            held = [(path, form)]
        for file, form in held:
            found.files.setdefault(form, []).append(file)
    return found


def _inside(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.suffix in _SUFFIXES)


def form_of(path: Path) -> SetForm | None:
    """The form of what a file holds, told by its contents.

    Raises
    ------
    SourceMissingError, DataFileError
        If there is no such file, or what ends in ``.json`` is none.
    """
    if path.suffix == ".json":
        value = load_json(path)
        if is_gold(value):
            return SetForm.GOLD
        return SetForm.POPCORN if is_popcorn(value) else None
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceMissingError(f"{path}: there is no such file or folder") from None
    except UnicodeDecodeError:
        return None
    if is_compact(text):
        return SetForm.GOLD
    return SetForm.RELX if is_relx(text) else None


def gold_set(files: Iterable[Path]) -> GoldSet:
    """The annotated articles of files in the gold form or its compact one.

    Raises
    ------
    DataFileError
        If a file is not of the form, or two articles have the same id.
    """
    articles: dict[str, GoldArticle] = {}
    for file in files:
        for article in read_gold(file) if file.suffix == ".json" else read_compact(file):
            if article.article.id in articles:
                problem = f"there is another article with the id {article.article.id!r}"
                raise DataFileError(str(file), problem, field="id")
            articles[article.article.id] = article
    return GoldSet(tuple(articles.values()))


def gold_in(paths: Iterable[Path]) -> GoldSet:
    """The annotated articles of the gold form in files and folders.

    Raises
    ------
    SourceMissingError, DataFileError
        As `find_sets` and `gold_set`.
    """
    return gold_set(find_sets(paths)[SetForm.GOLD])


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
