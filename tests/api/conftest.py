"""Fixtures of the command line's tests.

cli        runs a command in this process, against the graph of the `store` fixture
press      a small press in that graph: two articles, whose readings are written down here
alone      the environment of a command that runs as a process of its own, on a fresh data folder
"""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from backends import Backend

from api.cli import main
from api.settings import PREFIX
from graph.model import (
    Amount,
    Article,
    Claim,
    Entity,
    EntityRef,
    Kind,
    Reading,
    RelationType,
    Span,
    Status,
)
from graph.store import Store


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


Cli = Callable[..., Done]


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set from outside."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def offline_cli(
    no_settings: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Cli:
    """Runs a command in this process, on a data folder that does not exist."""
    monkeypatch.setenv("MERCATO_DATA_DIR", str(tmp_path / "no-data"))

    def run(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert isinstance(ended.value.code, int)
        captured = capsys.readouterr()
        return Done(ended.value.code, captured.out, captured.err)

    return run


@pytest.fixture
def cli(offline_cli: Cli, backend: Backend, store: Store, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command in this process, against the graph of the `store` fixture."""
    for name, value in backend.environment().items():
        monkeypatch.setenv(name, value)
    return offline_cli


FIRST = "Mark Lee, ingénieur chez Apple, aurait rejoint Meta, selon Bloomberg."
SECOND = "Ruoming Pang rejoint Meta pour environ 200 millions de dollars. Meta développe Mistral."


def claim(text: str, subject: EntityRef, relation: str, object_: EntityRef, **more: Any) -> Claim:
    """A claim that the whole text says."""
    return Claim(
        subject=subject,
        relation=RelationType(relation),
        object=object_,
        quote=Span(start=0, end=len(text), text=text),
        extractor="by-hand-1",
        **more,
    )


@pytest.fixture
def press(store: Store) -> Store:
    """Mark Lee and Ruoming Pang are hired by Meta; Mistral is a company and a product."""
    from graph.ingest import ingest

    lee, pang = (EntityRef(name=name, kind=Kind.PERSON) for name in ("Mark Lee", "Ruoming Pang"))
    apple, meta, bloomberg, mistral = (
        EntityRef(name=name, kind=Kind.COMPANY)
        for name in ("Apple", "Meta", "Bloomberg", "Mistral")
    )
    model = EntityRef(name="Mistral", kind=Kind.PRODUCT)
    readings = {
        ("lee", FIRST, None): [
            claim(FIRST, lee, "HIRED_BY", meta, status=Status.HEDGED, attributed_to=bloomberg),
            claim(FIRST, lee, "WORKED_AT", apple, role="ingénieur"),
        ],
        ("pang", SECOND, dt.date(2025, 7, 8)): [
            claim(
                SECOND,
                pang,
                "HIRED_BY",
                meta,
                amount=Amount(value=200e6, currency="USD", bound="about", purpose="package"),
            ),
            claim(SECOND, meta, "DEVELOPS", model),
            claim(SECOND, meta, "INVESTED_IN", mistral, status=Status.DENIED),
        ],
    }
    items = []
    for (id_, text, published), claims in readings.items():
        refs = dict.fromkeys(
            ref
            for each in claims
            for ref in (each.subject, each.object, each.attributed_to)
            if ref is not None
        )
        items.append(
            (
                Article(id=id_, text=text, published=published, language="fr"),
                Reading(
                    article_id=id_,
                    extractor="by-hand-1",
                    language="fr",
                    entities=tuple(Entity(name=ref.name, kind=ref.kind) for ref in refs),
                    claims=tuple(claims),
                ),
            )
        )
    ingest(store, items)
    return store


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """The environment of a process whose graph is in a fresh folder and whose ports are free."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    kept.pop("PYTHONUNBUFFERED", None)  # users have none, and it changes what comes first
    return kept | {
        "MERCATO_DATA_DIR": str(tmp_path / "data"),
        "MERCATO_HEAP": "256m",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
