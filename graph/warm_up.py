"""What Java learns about the engine's classes once, so that each later start need not learn it.

``python -m graph.warm_up`` runs an engine on a folder that it throws away, and keeps what Java
prepared meanwhile (its "AOT cache", JEP 483 and 515) in `jvm.AOT_CACHE`, from where every engine of
this installation takes it. Without the file, or with one of another version, engines start as
before, only later.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

from graph import jvm, lookup, paths, search
from graph.connect import engine_store
from graph.engine import Engine
from graph.errors import EngineError
from graph.ingest import ingest
from graph.model import Article, Claim, Entity, EntityRef, Kind, Reading, RelationType, Span
from graph.store import Store

_HEAP = "1g"


def warm_up(cache: Path = jvm.AOT_CACHE) -> None:
    """Make the file `cache` anew, in a process of its own.

    Raises
    ------
    EngineError
        If the folder cannot be written, or Java does not make the file; the one before stays.
    """
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
            made = Path(folder) / cache.name
            done = subprocess.run(  # noqa: S603 - this Python, on this module
                [sys.executable, "-m", "graph.warm_up", str(made)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode or not made.is_file():
                raise EngineError(
                    f"Java could not prepare the engine's classes: {_last_line(done.stderr)}"
                )
            made.replace(cache)
    except OSError as error:
        raise EngineError(f"{cache} cannot be written: {error.strerror}") from error


def _last_line(said: str) -> str:
    # Java repeats its options there, which tell nothing.
    lines = [line for line in said.splitlines() if line and not line.startswith("Picked up ")]
    return lines[-1] if lines else "it did not say why"


def _record(made: Path) -> None:
    """Run an engine while Java takes down what it does; `made` is there when the process ends."""
    jvm.start(_HEAP, made.parent, record=made)
    data = made.parent / "data"
    with Engine.start(data, bolt_port=0, heap=_HEAP) as engine, engine_store(engine) as store:
        store.apply_schema()
        for number in range(20):
            ingest(store, [_item(number)])
        _ask(store)


def _item(number: int) -> tuple[Article, Reading]:
    who = EntityRef(name=f"Anne Exemple {number}", kind=Kind.PERSON)
    firm = EntityRef(name=f"Société Exemple {number % 5}", kind=Kind.COMPANY)
    text = f"{who.name} rejoint {firm.name}."
    article = Article(
        id=f"warm-up-{number}",
        title=text,
        text=text,
        outlet="Journal d'exemple",
        published=dt.date(2025, 7, 8),
        language="fr",
    )
    claim = Claim(
        subject=who,
        relation=RelationType.HIRED_BY,
        object=firm,
        quote=Span(start=0, end=len(text), text=text),
        extractor="warm-up",
    )
    entities = [_entity(ref, text) for ref in (who, firm)]
    return article, Reading(
        article_id=article.id, extractor="warm-up", entities=tuple(entities), claims=(claim,)
    )


def _entity(ref: EntityRef, text: str) -> Entity:
    start = text.index(ref.name)
    mention = Span(start=start, end=start + len(ref.name), text=ref.name)
    return Entity(name=ref.name, kind=ref.kind, mentions=(mention,))


def _ask(store: Store) -> None:
    """The questions that are asked most."""
    first, second, *_ = search.search_entities(store, "Anne Exemple", limit=10).items
    lookup.get_entity(store, first.id)
    for fact in lookup.relationships(store, first.id).items:
        lookup.evidence(store, fact.id)
    paths.shortest_paths(store, first.id, second.id)


def main() -> None:
    """Make the cache, or, when called by itself, record into the file that is named."""
    if sys.argv[1:]:
        return _record(Path(sys.argv[1]))
    try:
        warm_up()
    except EngineError as error:
        sys.exit(f"mercato: {error}. Engines will start more slowly; nothing else is amiss.")


if __name__ == "__main__":
    main()
