"""Neo4j without Docker: got with Maven, started and stopped by `make neo4j`."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import Backend

from deploy.neo4j import assembly
from deploy.neo4j.assembly import AssemblyError, MissingProgramError, StartError, assemble
from deploy.neo4j.server import Neo4jServer
from graph.store import Store

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120


@pytest.fixture
def command(tmp_path: Path, neo4j_server: Neo4jServer) -> Iterator[subprocess.Popen[str]]:
    """`make neo4j`, but for the make, on a fresh folder and free ports."""
    options = ["--home", str(tmp_path / "home"), "--bolt-port", "0", "--http-port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "deploy.neo4j", "--heap", "256m", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def _announced(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = ""
    while "Ctrl-C" not in said and (line := process.stdout.readline()):
        said += line
    return said


def _child(pid: int) -> int:
    """The only one. Where many processes come and go, a list of them may lack one: look again."""
    until = time.monotonic() + PATIENCE_S
    while not (found := _children(pid)) and time.monotonic() < until:
        pass
    (child,) = found
    return child


def _children(pid: int) -> list[int]:
    """By each one's parent: a process's own list of children may be short of some, says proc(5)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            if f"\nPPid:\t{pid}\n" in status.read_text():
                found.append(int(status.parent.name))
    return found


def _listening(pid: int) -> list[str]:
    """The addresses that a process listens on."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            sockets.add(str(descriptor.readlink()))
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return [
        row[1].split(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets
    ]


LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_starts_a_server_says_how_to_use_it_and_stops_it(
    command: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    said = _announced(command)
    java = _child(command.pid)
    password_file = tmp_path / "home" / "password"
    assert stat.S_IMODE(password_file.stat().st_mode) == 0o600
    password = password_file.read_text().strip()
    assert len(password) >= 32
    assert password.isalnum()  # neo4j-admin takes one that begins with a hyphen for an option
    assert password not in said
    assert f'export MERCATO_PASSWORD="$(cat {password_file})"' in said
    found = re.search(r"export MERCATO_URI=(\S+) MERCATO_USER=(\S+)", said)
    assert found is not None
    with Store.connect(found[1], found[2], password) as store:
        assert store.server_name.startswith("Neo4j 5.26.")
    page = re.search(r"http://127\.0\.0\.1:\d+/browser/", said)
    assert page is not None
    with urllib.request.urlopen(page[0]) as answer:
        assert b"Neo4j Browser" in answer.read()
    addresses = _listening(java)
    assert len(addresses) == 2
    assert set(addresses) <= LOOPBACK

    command.send_signal(number)
    assert command.wait(PATIENCE_S) == 0
    assert not Path(f"/proc/{java}").exists()
    assert command.stderr is not None
    assert "Traceback" not in command.stderr.read()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="the system has no setpriv")
def test_a_command_that_is_killed_leaves_no_server_behind(command: subprocess.Popen[str]) -> None:
    _announced(command)
    java = _child(command.pid)
    descriptor = os.pidfd_open(java)
    try:
        command.kill()
        ready, _, _ = select.select([descriptor], [], [], PATIENCE_S)
        assert ready == [descriptor]
    finally:
        os.close(descriptor)


def test_a_server_that_is_started_again_has_its_address_and_its_graph(
    neo4j_server: Neo4jServer, neo4j: Backend
) -> None:
    uri, revision = neo4j_server.uri, neo4j.store.read("store/state")
    neo4j_server.stop()
    assert not neo4j.store.is_ready()
    neo4j_server.start()
    assert neo4j_server.uri == uri
    assert neo4j.store.read("store/state") == revision


def test_a_folder_that_is_in_use_is_said_so(neo4j_server: Neo4jServer) -> None:
    with pytest.raises(StartError, match=r"another process runs a Neo4j server in .* already"):
        Neo4jServer(neo4j_server.home, bolt_port=0, http_port=0).start()
    assert neo4j_server.running


def test_a_port_that_is_taken_is_said_so(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    other = Neo4jServer(tmp_path, bolt_port=neo4j_server.bolt_port)
    with pytest.raises(StartError, match=rf"port {neo4j_server.bolt_port}: .*another port"):
        other.start()


def test_a_password_that_is_gone_is_said_so(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    (tmp_path / "data" / "dbms").mkdir(parents=True)
    with pytest.raises(StartError, match=r"password is gone; write"):
        Neo4jServer(tmp_path, bolt_port=0, http_port=0).start()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"settings": {"no.such.setting": "1"}}, r"set up; it said:\n(.|\n)*no\.such\.setting"),
        ({"heap": "1k"}, r"did not start; it said:\n(.|\n)*Too small maximum heap"),
    ],
)
def test_a_server_that_does_not_start_says_why(
    neo4j_server: Neo4jServer, tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    server = Neo4jServer(tmp_path, bolt_port=0, http_port=0, **wrong)
    with pytest.raises(StartError, match=said):
        server.start()
    assert not server.running


def test_neo4j_admin_runs_on_a_stopped_server(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,:ID\nAnne,1\nJean,2\n")
    server = Neo4jServer(tmp_path / "home", bolt_port=0, http_port=0, heap="256m")
    done = server.admin("database", "import", "full", server.database, f"--nodes=Person={people}")
    assert done.returncode == 0, done.stderr
    assert "2 nodes" in done.stdout
    script = subprocess.run(
        [ROOT / "deploy" / "neo4j" / "neo4j-admin", "database", "info", server.database],
        env={**os.environ, "NEO4J_HOME": str(server.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert script.returncode == 0, script.stderr
    assert re.search(r"Database in use:\s+false", script.stdout)


# Getting it.


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is on the PATH, and nothing got yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(assembly, "TARGET", tmp_path / "target")
    return folder


def _install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


JAVA_17 = """echo 'openjdk version "17.0.15" 2025-04-15' >&2"""


def test_without_java_one_is_told_what_to_install(programs: Path) -> None:
    with pytest.raises(MissingProgramError, match=r"no `java`; on Debian: apt install .*maven"):
        assemble()


def test_a_java_that_is_too_old_is_said_so(programs: Path) -> None:
    _install(programs, "java", """echo 'java version "1.8.0_401"' >&2""")
    with pytest.raises(MissingProgramError, match=r'needs Java 17 .* version "1\.8\.0_401"'):
        assemble()


def test_without_maven_one_is_told_what_to_install(programs: Path) -> None:
    _install(programs, "java", JAVA_17)
    with pytest.raises(MissingProgramError, match=r"no `mvn`; on Debian: apt install .*maven"):
        assemble()


def test_what_maven_says_is_passed_on_and_nothing_half_got_is_used(programs: Path) -> None:
    _install(programs, "java", JAVA_17)
    _install(programs, "mvn", "echo 'Could not transfer artifact'; exit 1")
    for _ in range(2):
        with pytest.raises(AssemblyError, match=r"(?s)reaches Maven Central.*Could not transfer"):
            assemble()


def test_maven_is_asked_once_and_again_when_another_version_is_wanted(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pom, asked = tmp_path / "pom.xml", tmp_path / "asked"
    pom.write_text("<version>5.26.0</version>")
    monkeypatch.setattr(assembly, "POM", pom)
    _install(programs, "java", JAVA_17)
    _install(programs, "mvn", f'echo "$@" >> {asked}')
    for version in ("5.26.0", "5.26.0", "5.26.1"):
        pom.write_text(f"<version>{version}</version>")
        assert assemble() == tmp_path / "target" / "lib"
    assert asked.read_text().count(f"--file {pom} package") == 2
