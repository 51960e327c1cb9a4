"""How many articles a second go from files to facts in a graph, beside spaCy's whole pipeline.

The peer and the corpora are those of `benchmarks.reading`: ``nlp.pipe`` on texts in memory, in
turns with ours, in one process. Neo4j is another process, whose CPU time is not known here: for it
there is wall time only.
"""

from __future__ import annotations

import gc
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import spacy

from api.loading import load_articles
from benchmarks.reading import ROUNDS, WARM_UPS, Corpus, Took, corpora, in_turns, measures
from benchmarks.stores import STORES, database
from benchmarks.table import Measure
from graph.store import Store
from loaders.reader import Reader, default_reader
from loaders.reading.tagging import MODELS
from loaders.sources.files import read_paths


def measure(name: str) -> Iterator[Measure]:
    """Articles a second by corpus, into the store of this name."""
    found = list(corpora())
    nlp = spacy.load(MODELS["fr"])
    reader = default_reader()
    # Neither side is to pay for the garbage collector's walks over what the other has loaded.
    gc.collect()
    gc.freeze()
    with (
        tempfile.TemporaryDirectory() as folder,
        database(name, Path(folder) / "data") as opened,
    ):
        for corpus in found:  # the Java machine compiles what it runs often, beside our work
            _load(_files(corpus, "warm", Path(folder)), reader, opened.store)
        for corpus in found:
            runs = _runs(corpus, nlp, reader, opened.store, Path(folder))
            yield from measures(
                f"Whole path into {STORES[name]}",
                corpus,
                runs,
                clocks=("cpu", "wall") if name == "embedded" else ("wall",),
            )


def _runs(
    corpus: Corpus, nlp: spacy.Language, reader: Reader, store: Store, folder: Path
) -> list[tuple[Took, Took]]:
    texts = [article.text for article in corpus.articles]
    files = [_files(corpus, str(number), folder) for number in range(WARM_UPS + ROUNDS)]
    return in_turns(
        lambda number: list(nlp.pipe(texts)),
        lambda number: _load(files[number], reader, store),
        after=lambda: store.write(lambda transaction: transaction.run("store/clear")),
    )


def _load(files: Path, reader: Reader, store: Store) -> None:
    loaded = load_articles(store, read_paths([files]), reader)
    assert set(+loaded.outcomes) == {"loaded"}, loaded


def _files(corpus: Corpus, number: str, folder: Path) -> Path:
    """The corpus as files of JSON, under ids of this round, so that nothing was seen before."""
    files = folder / f"{corpus.name}-{number}"
    files.mkdir()
    for index, article in enumerate(corpus.articles):
        fields = article.model_dump(mode="json", exclude_none=True)
        fields["id"] = f"{number}-{article.id}"
        path = files / f"{index:04}.json"
        path.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    return files
