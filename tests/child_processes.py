"""Python programs run in processes of their own, for what one process cannot show of itself."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
PATIENCE_S = 60.0
"""Long enough for a Java machine to start on a busy computer."""


class Child:
    """A running program; killed at the end of its `with` block if it has not ended by then.

    It finds its arguments in ``sys.argv[1:]`` and the project's packages on its path, and tells
    the test what it has to say line by line on its standard output.
    """

    def __init__(
        self, program: str, *arguments: object, cwd: Path, env: dict[str, str] | None = None
    ) -> None:
        head = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        self._process = subprocess.Popen(
            [sys.executable, "-c", head + textwrap.dedent(program), *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def line(self) -> str:
        """The next line that it says. It fails the test when it ends instead."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            _, errors = self._process.communicate(timeout=PATIENCE_S)
            raise AssertionError(f"the child ended with {self._process.returncode}: {errors}")
        return said.removesuffix("\n")

    def tell(self, line: object = "") -> None:
        """Let it go on, where it waits for a line from its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def status(self) -> int:
        """Wait for its end, though others may still hold what it wrote to."""
        return self._process.wait(timeout=PATIENCE_S)

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: status, the rest of what it said, and what it said of errors."""
        rest, errors = self._process.communicate(timeout=PATIENCE_S)
        return self._process.returncode, rest, errors

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate(timeout=PATIENCE_S)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


def run(program: str, *arguments: object, cwd: Path) -> str:
    """Run a program to its end and give what it said. It must succeed, and without a complaint."""
    with Child(program, *arguments, cwd=cwd) as child:
        status, said, errors = child.end()
    assert (status, errors) == (0, ""), errors
    return said
