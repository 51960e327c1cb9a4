"""The documentation: that it is complete, that its links and commands exist, that its examples run.

A block of Python is run unless it is marked ``python notest``. Of the README's transcripts every
command is run on a graph of the demo's articles, and every line shown must be printed; ``[…]``
stands for what was left out.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli import app
from loaders import demo

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
INDEX = ROOT / "docs" / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
LEFT_OUT = "[…]"
BLOCK = re.compile(r"^```(\w+)(?: (notest))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> Iterator[str]:
    """The blocks of a language that are to be run."""
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if found[1] == language and not found[2]:
            yield found[3]


def links(page: Path) -> list[str]:
    """The targets of a page's links and pictures that lie in this repository."""
    targets = LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8")))
    return [target for target in targets if "://" not in target]


def anchors(page: Path) -> set[str]:
    """What ``#…`` may name in a page, as GitHub makes it from the headings."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_of_it(page: Path) -> None:
    broken = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def test_the_index_lists_every_page() -> None:
    listed = {(INDEX.parent / target).resolve() for target in links(INDEX)}
    pages = {page for page in PAGES if page not in (README, INDEX)}
    assert pages - listed == set()


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/README.md" in links(README)


def test_the_readme_opens_with_a_picture_that_loads_nothing_from_elsewhere() -> None:
    opening = README.read_text(encoding="utf-8").split("\n## ")[0]
    [picture] = re.findall(r"!\[[^]]+\]\(([^)]+)\)", opening)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG\r\n")


def test_every_command_that_the_documentation_names_exists() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^\$ |bin/)mercato ([a-z]+)", text, re.MULTILINE))
        assert named <= known, name_of(page)


def test_every_target_of_make_that_the_readme_names_exists() -> None:
    targets = set(
        re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"(?:`|^\$ )make ([a-z0-9]+)", README.read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, n) for page in PAGES for n, _ in enumerate(blocks(page, "python"))],
    ids=lambda value: name_of(value) if isinstance(value, Path) else str(value),
)
def test_the_examples_in_python_run(
    page: Path, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an empty folder, where the files lie that the page shows as YAML and reads by name."""
    code = list(blocks(page, "python"))[number]
    for name in re.findall(r"Path\(\"([\w-]+\.yaml)\"\)", code):
        Path(tmp_path / name).write_text(next(blocks(page, "yaml")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, f"{name_of(page)}, block {number}", "exec"), {"__name__": "example"})


class Shell:
    """Runs the commands of a transcript as a user would, on a graph of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "MERCATO_DATA_DIR": str(folder / "data"),
            "PYTHONPATH": str(ROOT),
        }

    def run(self, line: str) -> str:
        """What `line` prints, standard error included."""
        words = shlex.split(line.split(" | ")[0])
        assert words[0] == "mercato", line
        done = subprocess.run(
            [sys.executable, "-m", "api", *words[1:]],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        return done.stdout + done.stderr


def transcripts() -> Iterator[tuple[str, list[str]]]:
    """Each ``$ mercato …`` of the README with the lines shown below it."""
    for block in blocks(README, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip().splitlines()
            if command.startswith("mercato "):
                yield command, [line for line in shown if line.strip()]


def is_shown(line: str, printed: str) -> bool:
    """Whether `line`, but for what it leaves out, is a line of what was printed."""
    pattern = ".*".join(re.escape(part) for part in line.rstrip().split(LEFT_OUT))
    return any(re.fullmatch(pattern, each.rstrip()) for each in printed.splitlines())


def test_the_transcripts_of_the_readme_are_what_the_commands_print(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    demo_run = shell.run(f"mercato load {shlex.quote(str(demo.articles()))}")
    opening = next(block for block in blocks(README, "text") if "mercato is running" in block)
    for line in opening.split("mercato is running")[0].splitlines():
        assert not line or is_shown(line, demo_run), line
    article = next(block for block in blocks(README, "text") if "Anne Kessler" in block)
    (tmp_path / "breve.txt").write_text(article, encoding="utf-8")
    commands = list(transcripts())
    assert {"load", "show", "path", "cypher", "export"} <= {c.split()[1] for c, _ in commands}
    for command, shown in commands:
        printed = shell.run(command)
        missing = [line for line in shown if not is_shown(line, printed)]
        assert missing == [], f"{command} prints\n{printed}"


def test_a_line_that_is_not_printed_would_be_found() -> None:
    assert is_shown("HIRED_BY → Meta […] source", "x\nHIRED_BY → Meta  asserted · 1 source\n")
    assert is_shown("HIRED_BY  32", "HIRED_BY  32  ")
    assert not is_shown("HIRED_BY  32", "HIRED_BY  7")
    assert not is_shown("HIRED_BY → Meta", "HIRED_BY → Meta  asserted\n")
