"""The Java machine inside this process, which the embedded engine runs on.

It can be started once in a process and lives until the process ends. Its log goes to the data
folder of the first engine, and nothing is written to the current directory or to the terminal.
"""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path
from typing import Any, Final

import jpype
from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path

from graph.errors import EngineError

_UNWANTED_JARS: Final = re.compile(r"arcadedb-(?:mcp|postgresw|redisw|graphql|console)-")
"""Doors into the engine that mercato does not open."""

_OPTIONS: Final = (
    # Signals stay with Python, so that Ctrl-C and a stop request end in orderly fashion.
    "-Xrs",
    "-Djava.awt.headless=true",
    "-Djava.net.preferIPv4Stack=true",
    "-Dfile.encoding=UTF-8",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "--enable-native-access=ALL-UNNAMED",
    # A library of the engine uses it, and Java would say so on the terminal.
    "--sun-misc-unsafe-memory-access=allow",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-XX:+UseCompactObjectHeaders",
)

AOT_CACHE: Final = Path(sys.prefix) / "var" / "cache" / "mercato" / "engine.aot"
"""What `graph.warm_up` had Java prepare, in the environment that this Python belongs to."""

# A file that was made for other jars, options or another Java is passed over, in silence.
_QUIET: Final = ("-Xlog:aot*=off", "-Xlog:cds*=off")

_LOGGING: Final = """\
handlers = java.util.logging.FileHandler
.level = WARNING
java.util.logging.FileHandler.pattern = {pattern}
java.util.logging.FileHandler.limit = 5000000
java.util.logging.FileHandler.count = 3
java.util.logging.FileHandler.append = true
java.util.logging.FileHandler.encoding = UTF-8
java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n
"""

_HEAP: Final = re.compile(r"[1-9][0-9]{0,8}[kmgKMG]?")

_starting = threading.Lock()
_heap_in_use: str | None = None


def start(heap: str, log: Path, *, record: Path | None = None) -> None:
    """Start the Java machine with this much heap, unless it runs already.

    Parameters
    ----------
    heap
        As Java writes it: ``512m``, ``1g``.
    log
        An existing folder for the log and for the report of a crash.
    record
        A file that Java is to write at the end of the process, for `AOT_CACHE`.

    Raises
    ------
    EngineError
        If the heap is not a size, if the machine runs already with another heap, or if it does
        not start.
    """
    global _heap_in_use  # noqa: PLW0603 - there is one Java machine in a process
    if not _HEAP.fullmatch(heap):
        raise EngineError(f"{heap!r} is not a heap size; write it like 512m or 2g")
    with _starting:
        if jpype.isJVMStarted():
            if heap != _heap_in_use:
                raise EngineError(
                    f"the engine of this process runs with a heap of {_heap_in_use}, which cannot "
                    f"be changed to {heap} until the process starts anew"
                )
            return
        settings = log / "logging.properties"
        settings.write_text(_LOGGING.format(pattern=_escaped(log / "engine-%g.log")), "utf-8")
        jars = sorted(
            str(jar)
            for jar in Path(get_jar_path()).glob("*.jar")
            if not _UNWANTED_JARS.match(jar.name)
        )
        try:
            jpype.startJVM(
                get_bundled_jre_lib_path(),
                *_OPTIONS,
                *_prepared(record),
                f"-Xmx{heap}",
                f"-Djava.util.logging.config.file={settings}",
                f"-XX:ErrorFile={log / 'crash-%p.log'}",
                classpath=jars,
                interrupt=False,
            )
        except (OSError, RuntimeError, jpype.JException) as error:
            raise EngineError(
                f"the engine's Java machine did not start with a heap of {heap}: {error}"
            ) from error
        if threading.current_thread() is not threading.main_thread():
            # Else Java would wait, at the end of the process, for the thread that started it.
            # Its later calls attach it again, as a thread that nobody waits for.
            java("java.lang.Thread").detach()
        _heap_in_use = heap


def _prepared(record: Path | None) -> tuple[str, ...]:
    if record is not None:
        return (f"-XX:AOTCacheOutput={record}",)
    return (f"-XX:AOTCache={AOT_CACHE}", *_QUIET) if AOT_CACHE.is_file() else ()


def java(name: str) -> Any:
    """The Java class of this full name."""
    return jpype.JClass(name)


def _escaped(path: Path) -> str:
    # A property file takes a backslash as the start of an escape, the log a percent sign.
    return str(path.parent).replace("\\", "\\\\").replace("%", "%%") + f"/{path.name}"
