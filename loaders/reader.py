"""What a reader is, and the one that reads every language known here."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from graph.model import Article, Reading
from loaders.reading.extractor import FrameReader
from loaders.reading.gazetteer import Gazetteer, gazetteers_mark
from loaders.reading.tagging import MODELS


class Reader(Protocol):
    """Turns articles into readings. `name` tells reader and version apart in what is stored.

    The name of a reader that hands articles on to others is theirs, joined with a plus sign.
    """

    name: str

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        ...

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of the articles; faster than one by one."""
        ...


class LanguageReader:
    """Hands each article to the frame reader of its language.

    An article in a language without frames gives a `Reading` with no entities and no claims,
    whose `skipped` says why; it can be stored and read again when there is a reader for it.
    An article whose language is unknown is read in the first language known. A fault of the
    reader on one article is that article's `skipped`, and the others are read.

    Parameters
    ----------
    gazetteers : sequence of Path
        The user's own gazetteer files, added to those that ship. Readers with other files, or
        with files of other contents, have other names.

    Raises
    ------
    loaders.errors.DataFileError
        If a gazetteer file is not of the documented form.
    """

    def __init__(self, gazetteers: Sequence[Path] = ()) -> None:
        mark = gazetteers_mark(gazetteers)
        self._readers = {
            language: FrameReader(language, Gazetteer.load(language, gazetteers), mark)
            for language in MODELS
        }
        self.name = "+".join(reader.name for reader in self._readers.values())

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        return next(iter(self.read_many([article])))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of `articles`. Each run of one language is read together."""
        run: list[Article] = []
        for article in articles:
            if run and (self._language(run[0]) != self._language(article) or len(run) >= _RUN):
                yield from self._read_run(run)
                run = []
            run.append(article)
        if run:
            yield from self._read_run(run)

    def _language(self, article: Article) -> str:
        return article.language or next(iter(self._readers))

    def _read_run(self, run: list[Article]) -> Iterator[Reading]:
        language = self._language(run[0])
        reader = self._readers.get(language)
        if reader is None:
            known = ", ".join(self._readers)
            for article in run:
                yield Reading(
                    article_id=article.id,
                    extractor=self.name,
                    language=article.language,
                    skipped=f"no reader for the language {language!r}; there is one for: {known}",
                )
            return
        try:
            yield from list(reader.read_many(run))
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            if len(run) > 1:
                for article in run:
                    yield from self._read_run([article])
                return
            yield Reading(
                article_id=run[0].id,
                extractor=self.name,
                language=run[0].language,
                skipped=f"the reader failed on this article: {type(error).__name__}: {error}",
            )


_RUN = 32


def default_reader(gazetteers: tuple[Path, ...] = ()) -> LanguageReader:
    """The reader that the service and the command line use, loaded once per process and files."""
    return _loaded(gazetteers, gazetteers_mark(gazetteers))


@cache
def _loaded(gazetteers: tuple[Path, ...], _mark: str) -> LanguageReader:
    """The reader with these files as long as their contents stay the same.

    What is loaded stays for as long as the process does. It is taken out of the garbage
    collector's sight, which would go over its 200,000 objects again and again, and more often once
    a Java machine runs in this process: that took up to a third of the time of reading.
    """
    reader = LanguageReader(gazetteers)
    gc.collect()
    gc.freeze()
    return reader


def default_reader_name(gazetteers: Sequence[Path] = ()) -> str:
    """The name of the default reader, without the seconds that loading it takes."""
    mark = gazetteers_mark(gazetteers)
    return "+".join(FrameReader.name_for(language, mark) for language in MODELS)
