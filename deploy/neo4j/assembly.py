"""Getting Neo4j: the jars that `pom.xml` names, and all that they need, from Maven Central."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from graph.datadir import Lock

HERE: Final = Path(__file__).resolve().parent
POM: Final = HERE / "pom.xml"
TARGET: Final = HERE / "target"
JAVA_OPTIONS: Final = HERE / "java.options"

_JAVA_NEEDED: Final = 17
_INSTALL: Final = "on Debian: apt install default-jre-headless maven"


class Neo4jError(Exception):
    """Base of what goes wrong here; the message says what to do."""


class AssemblyError(Neo4jError):
    """Neo4j is not on this machine, and could not be got."""


class MissingProgramError(AssemblyError):
    """Java or Maven is not installed."""


class StartError(Neo4jError):
    """Neo4j did not start."""


def java() -> str:
    """The Java to run Neo4j with.

    Raises
    ------
    MissingProgramError
        If there is none, or only one that is too old.
    """
    program = shutil.which("java")
    if program is None:
        raise MissingProgramError(
            f"Neo4j needs Java {_JAVA_NEEDED} or newer, and there is no `java`; {_INSTALL}"
        )
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if found is None or int(found[1]) < _JAVA_NEEDED:
        raise MissingProgramError(
            f"Neo4j needs Java {_JAVA_NEEDED} or newer, and {program} is "
            f"{said.splitlines()[0] if said else 'something else'}; {_INSTALL}"
        )
    return program


def assemble(say: Callable[[str], None] = lambda message: None) -> Path:
    """The folder with Neo4j's jars; Maven fills it the first time, and when the pom has changed.

    Parameters
    ----------
    say
        Told when there is something to wait for.

    Raises
    ------
    MissingProgramError
        If Java or Maven is not installed.
    AssemblyError
        If Maven fails; the message ends with what it said.
    """
    java()
    lib, complete = TARGET / "lib", TARGET / "complete"
    wanted = hashlib.sha256(POM.read_bytes()).hexdigest()
    TARGET.mkdir(exist_ok=True)
    lock = Lock.wait(TARGET / "lock")
    try:
        if complete.is_file() and complete.read_text("utf-8") == wanted:
            return lib
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingProgramError(f"Neo4j is got with Maven, and there is no `mvn`; {_INSTALL}")
        say("Getting Neo4j from Maven Central (once, about 140 MB)…")
        complete.unlink(missing_ok=True)
        shutil.rmtree(lib, ignore_errors=True)
        done = subprocess.run(
            [maven, "--batch-mode", "--quiet", "--file", str(POM), "package"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-10:])
            raise AssemblyError(
                "Maven could not get Neo4j; see that this machine reaches Maven Central, "
                f"or set a mirror in ~/.m2/settings.xml. It said:\n{last}"
            )
        complete.write_text(wanted, "utf-8")
    finally:
        lock.release()
    return lib
