"""Loading through a Ray cluster of two nodes: what comes out is what one process gives.

The first node has no processors: it is where the command runs. Readings are made on the second.
"""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from backends import Backend
from child_processes import Child
from dumps import dump_of

from api import cluster as cluster_module
from api.cli import ExitCode
from api.reading import LazyReader
from graph.model import Article, Reading
from graph.store import Store
from loaders import demo
from loaders.reader import LanguageReader, default_reader, default_reader_name

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = """
import os
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # loopback, whatever is there besides
from ray.cluster_utils import Cluster
node = {"node_ip_address": "127.0.0.1", "object_store_memory": 100_000_000}
head = {**node, "num_cpus": 0, "include_dashboard": False}
cluster = Cluster(initialize_head=True, head_node_args=head)
cluster.add_node(**node, num_cpus=2)
print("at", cluster.address, flush=True)
input()
cluster.shutdown()
"""


pytestmark = pytest.mark.timeout(900)
"""A cluster takes 15 s to start and to be asked, and many times that on a computer that is busy."""


@pytest.fixture(scope="module")
def backend(embedded: Backend) -> Backend:
    return embedded


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a cluster of two nodes."""
    # Its workers import what this module defines.
    there = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests", Path(__file__).parent)))}
    with Child(CLUSTER, cwd=tmp_path_factory.mktemp("cluster"), env=there) as child:
        while not (said := child.line()).startswith("at "):
            pass
        yield said.removeprefix("at ")
        child.tell()
        child.end()


class Mortal:
    """The reader that ships, whose process is killed when it comes to an article the first time."""

    def __init__(self, fatal: str, killed: Path) -> None:
        self._reader: LanguageReader = default_reader()
        self.name = self._reader.name
        self._fatal = fatal
        self._killed = killed

    def read(self, article: Article) -> Reading:
        return next(self.read_many([article]))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        given = list(articles)
        if any(article.id == self._fatal for article in given) and not self._killed.exists():
            self._killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self._reader.read_many(given)


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """The demo's articles, a file with many, two files with one id, and one that is empty."""
    folder = tmp_path / "press"
    folder.mkdir()
    for path in sorted(demo.articles().glob("*.md")) + sorted(demo.articles().glob("*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    lines = [f'{{"text": "Marc Lenoir{n} a rejoint Danone."}}\n' for n in range(120)]
    (folder / "lines.jsonl").write_text("".join(lines), encoding="utf-8")
    for ending in ("md", "txt"):
        (folder / f"zz-same.{ending}").write_text("Julie Petit dirige Danone.", encoding="utf-8")
    (folder / "zz-empty.txt").touch()
    return folder


def test_a_cluster_loads_what_one_process_does_though_a_worker_is_killed(
    cli, store: Store, press: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = cli("load", str(press), "--json")
    assert local.data["articles"]["failed"] == 2
    exported, dumped = cli("export").out, dump_of(store)
    store.write(lambda transaction: transaction.run("store/clear"))

    first = min(press.iterdir())
    cli("load", str(first))

    killed = tmp_path / "killed"
    load = functools.partial(Mortal, "lines#100", killed)
    mortal = LazyReader(default_reader_name(), load)
    monkeypatch.setattr(cluster_module, "shipped_reader", lambda files: mortal)
    done = cli("load", str(press), "--json", "--engine", "ray", "--address", address)
    assert killed.exists(), done
    outcomes = local.data["articles"]
    loaded = outcomes["loaded"] - 1
    assert done.data["articles"] == {**outcomes, "loaded": loaded, "unchanged": 1}
    assert cli("export").out == exported
    assert dump_of(store) == dumped
    assert "zz-same.txt: its id 'zz-same' is that of" in done.err


def test_a_cluster_that_is_not_there_is_reported(
    cli, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("load", str(press), "--engine", "ray", "--address", "127.0.0.1:1")
    assert done.code == ExitCode.FAILED
    assert "no Ray cluster answers at 127.0.0.1:1" in done.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--engine", "ray", "--watch"),
        ("--engine", "ray", "--extractor", "llm"),
        ("--address", "127.0.0.1:1"),
    ],
)
def test_what_a_cluster_cannot_do_is_refused(offline_cli, press: Path, wrong: tuple[str]) -> None:
    done = offline_cli("load", str(press), *wrong)
    assert done.code == ExitCode.USAGE


def test_the_web_and_standard_input_are_read_on_this_machine_alone(cli, press: Path) -> None:
    for path in ("https://example.org/a", "-"):
        done = cli("load", path, "--engine", "ray")
        assert done.code == ExitCode.FAILED
        assert "a cluster reads files and folders that all of it sees" in done.err
