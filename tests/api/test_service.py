"""The service and the demo as processes of their own: ports, signals, and what is kept."""

from __future__ import annotations

import json
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from neo4j import GraphDatabase

from api.commands.serve import to_try
from api.service import _listening
from api.settings import Settings
from graph.connect import running_store

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A running `mercato`, read line by line until it has said what is waited for."""

    def __init__(self, *arguments: str, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api", *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.said = ""

    def until(self, pattern: str) -> re.Match[str]:
        """What matches in the output, as soon as it is there; fails if the process ends before."""
        assert self._process.stdout is not None
        while (found := re.search(pattern, self.said, flags=re.MULTILINE)) is None:
            line = self._process.stdout.readline()
            assert line, f"it ended without saying {pattern!r}:\n{self.said}"
            self.said += line
        return found

    @property
    def url(self) -> str:
        """Where its API answers."""
        return self.until(r"API documentation +(\S+)/docs$")[1]

    def runs_on(self, seconds: float) -> bool:
        """Whether it still runs, having been given a little time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self) -> int:
        """Its exit code, once it has ended."""
        rest, _ = self._process.communicate(timeout=60)
        self.said += rest
        return self._process.returncode

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def start(alone: dict[str, str]) -> Iterator[type]:
    """Starts `mercato` with these arguments; what still runs at the end is killed."""
    started: list[Process] = []

    def run(*arguments: str, **env: str) -> Process:
        process = Process(*arguments, env=alone | env)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()


def mercato(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


FREE = ("--port", "0", "--bolt-port", "0")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "hired.txt"
    file.write_text("Meta a recruté Mark Lee.", encoding="utf-8")
    return file


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_service_answers_and_stops_in_order(start, number: signal.Signals) -> None:
    service = start("serve", *FREE)
    assert httpx.get(f"{service.url}/health/live").status_code == 200
    service.signal(number)
    assert service.end() == 0
    assert "Traceback" not in service.said


def test_a_second_ctrl_c_ends_it_as_orderly(start) -> None:
    service = start("serve", *FREE)
    service.until("is running")
    service.signal(signal.SIGINT)
    service.until("Stopping")
    service.signal(signal.SIGINT)
    assert service.end() == 0
    assert "Traceback" not in service.said


def test_commands_go_through_the_service_that_owns_the_folder(
    start, alone: dict[str, str], article: Path
) -> None:
    service = start("serve", *FREE)
    url = service.url
    loaded = mercato(alone, "load", str(article))
    assert loaded.returncode == 0, loaded.stderr
    found = httpx.get(f"{url}/v1/entities", params={"q": "mark lee"}).json()
    assert [hit["name"] for hit in found["items"]] == ["Mark Lee"]
    service.signal(signal.SIGINT)
    assert service.end() == 0
    alone_again = mercato(alone, "search", "mark lee", "--json")
    assert [hit["name"] for hit in json.loads(alone_again.stdout)] == ["Mark Lee"]


def test_a_second_service_on_the_folder_is_told_who_owns_it(start) -> None:
    first = start("serve", *FREE)
    first.until("is running")
    second = start("serve", *FREE)
    assert second.end() == 4
    assert f"in use by process {first._process.pid}" in second.said


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken_is_told(start, taken: int) -> None:
    service = start("serve", "--port", str(taken), "--bolt-port", "0")
    assert service.end() == 1
    assert f"cannot listen on 127.0.0.1, port {taken}" in service.said
    assert "--port" in service.said


def test_a_bolt_port_that_was_asked_for_and_is_taken_is_told(start, taken: int) -> None:
    service = start("serve", "--port", "0", "--bolt-port", str(taken))
    assert service.end() == 4
    assert f"cannot listen on port {taken}" in service.said


@pytest.fixture
def default_ports() -> Iterator[tuple[int, int]]:
    """The ports of the settings, taken by somebody."""
    names = ("port", "bolt_port")
    ports = tuple(int(Settings.model_fields[name].default) for name in names)
    listeners = []
    for port in ports:
        try:
            listeners.append(socket.create_server(("127.0.0.1", port)))
        except OSError:
            continue  # taken by somebody else, which is as good
    yield ports
    for listener in listeners:
        listener.close()


def test_default_ports_that_are_taken_give_way_to_the_next_free_ones_said_aloud(
    start, default_ports: tuple[int, int]
) -> None:
    service = start("serve")
    http, bolt = default_ports
    other = int(service.until(rf"Port {http} is taken: the service is on port (\d+)")[1])
    assert other > http
    assert int(service.until(rf"Port {bolt} is taken: the graph answers on port (\d+)")[1]) > bolt
    assert service.url.endswith(f":{other}")
    assert httpx.get(f"{service.url}/health/live").status_code == 200


def test_a_service_that_asks_for_keys_does_not_start_before_there_is_one(start) -> None:
    service = start("serve", "--host", "0.0.0.0", *FREE)
    assert service.end() == 2
    assert "mercato keys add" in service.said
    assert start("serve", *FREE, MERCATO_REQUIRE_KEY="true").end() == 2


def test_the_demo_shows_a_way_in_and_loses_nothing(start, alone: dict[str, str]) -> None:
    demo = start("demo", *FREE)
    totals = demo.until(r"mercato is running: (\d+) articles, (.+)\.$")
    assert int(totals[1]) >= 12
    assert re.search(r"Articles: \d+ loaded\.$", demo.said, flags=re.MULTILINE)

    # The user for Neo4j Browser may read, and nothing else.
    demo.until("Ctrl-C stops it")
    uri, database = re.search(r"connect to (bolt://\S+), database (\w+)", demo.said).groups()
    user, password = re.search(r"user (\w+), password (\S+)", demo.said).groups()
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        counted = driver.execute_query(
            "MATCH (a:Article) RETURN count(a) AS articles", database_=database
        )
        assert counted.records[0]["articles"] == int(totals[1])

    # The three commands that it suggests find something.
    suggested = re.findall(r"^  mercato (.+)$", demo.said, flags=re.MULTILINE)
    assert len(suggested) == len(to_try()) == 3
    for line in suggested:
        done = mercato(alone, *shlex.split(line))
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) > 2, line

    demo.signal(signal.SIGINT)
    assert demo.end() == 0
    exported = mercato(alone, "export").stdout

    # A second run loads nothing, and holds the same.
    again = start("demo", *FREE)
    assert again.until(r"mercato is running: (.+)")[0] == demo.until(r"mercato is running: .+")[0]
    assert re.search(rf"Articles: {totals[1]} unchanged\.$", again.said, flags=re.MULTILINE)
    again.signal(signal.SIGTERM)
    assert again.end() == 0
    assert mercato(alone, "export").stdout == exported


def test_ctrl_c_while_the_demo_loads_stops_it_and_the_next_run_goes_on(
    start, alone: dict[str, str]
) -> None:
    demo = start("demo", *FREE)
    while not (Path(alone["MERCATO_DATA_DIR"]) / "engine.json").exists():
        assert demo.runs_on(0.05), demo.end()
    demo.signal(signal.SIGINT)
    assert demo.end() in {0, 130}
    again = start("demo", *FREE)
    assert int(again.until(r"mercato is running: (\d+) articles")[1]) >= 12


def test_ctrl_c_stops_a_load_after_the_articles_under_way_and_the_same_command_goes_on(
    start, alone: dict[str, str], tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    lines = ({"id": f"a{each}", "text": f"Meta a recruté Mark Lee. {each}"} for each in range(500))
    many.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    load = start("load", str(many), "--json")
    folder = Path(alone["MERCATO_DATA_DIR"])
    while not (folder / "engine.json").exists():
        assert load.runs_on(0.05), load.end()
    loaded = 0
    with running_store(folder) as store:
        while not loaded:
            assert load.runs_on(0.05), load.end()
            loaded = store.read("lookup/totals")[0]["articles"]
    load.signal(signal.SIGINT)
    assert load.end() == 130
    assert "Traceback" not in load.said
    summary = json.loads(load.said[: load.said.index("Stopped.")])
    assert summary["stopped"]
    first = summary["articles"]["loaded"]
    assert 0 < loaded <= first < 500
    rest = mercato(alone, "load", str(many), "--json")
    assert rest.returncode == 0, rest.stderr
    articles = json.loads(rest.stdout)["articles"]
    assert (articles["unchanged"], articles["loaded"]) == (first, 500 - first)


def test_the_service_sends_each_part_of_an_answer_at_once(tmp_path: Path) -> None:
    with (
        _listening(Settings(data_dir=tmp_path, port=0)) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
