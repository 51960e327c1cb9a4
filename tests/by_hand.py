"""A reader that reads one and the same claim in every article, and can be made to wait.

As a program it is a service with this reader on an embedded graph: its folder is the argument, its
address the first line that it prints, and it goes on until it is killed.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from serving import serving
from stories import company, person

from api.app import create_app
from api.settings import Settings
from graph.connect import engine_store
from graph.engine import Engine
from graph.model import Article, Claim, Entity, Reading, RelationType, Span


class Waiting:
    """Reads one claim in each article, once it is let."""

    name = "by-hand-1"

    def __init__(self, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s
        self.may_read = threading.Event()
        self.may_read.set()
        self.begun = threading.Event()
        self.read_ids: list[str] = []

    def read(self, article: Article) -> Reading:
        self.begun.set()
        assert self.may_read.wait(30)
        threading.Event().wait(self.pause_s)
        self.read_ids.append(article.id)
        who, what = person("Tom Gunter"), company("Meta")
        claim = Claim(
            subject=who,
            relation=RelationType.HIRED_BY,
            object=what,
            quote=Span(start=0, end=len(article.text), text=article.text),
            extractor=self.name,
        )
        return Reading(
            article_id=article.id,
            extractor=self.name,
            language=article.language,
            entities=tuple(Entity(name=ref.name, kind=ref.kind) for ref in (who, what)),
            claims=(claim,),
        )

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return map(self.read, articles)


def main(data_dir: Path) -> None:
    with Engine.start(data_dir, bolt_port=0, heap="256m") as engine, engine_store(engine) as store:
        store.apply_schema()
        app = create_app(Settings(data_dir=data_dir), store=store, reader=Waiting(pause_s=0.01))
        with serving(app) as url:
            print(url, flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
