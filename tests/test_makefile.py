"""`make setup`: what it says when Python will not do, and that it is done once, and wholly.

A stand-in for Python writes down what it is asked to do, so that nothing is installed here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = """\
#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  *{refused}*) exit 1 ;;
  --version) echo "Python 3.9.2" ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
"""


class Clone:
    """A folder with what `make setup` needs, and a stand-in for Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        for name in ("Makefile", "requirements-dev.txt", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self.refuse("nothing-at-all")

    def refuse(self, words: str) -> None:
        """From now on the stand-in fails when it is asked for this."""
        for python in (self.folder / "python", self.folder / ".venv" / "bin" / "python"):
            if python.parent.is_dir():
                python.write_text(PYTHON.format(log=self.log, refused=words))
                python.chmod(0o755)

    def setup(self, python: str = "./python") -> subprocess.CompletedProcess[str]:
        self.log.unlink(missing_ok=True)
        return subprocess.run(
            ["make", "setup", f"PYTHON={python}"],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    def installs(self) -> int:
        """How often pip was asked to install in the last setup."""
        return self.log.read_text().count("pip install") if self.log.exists() else 0


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_a_setup_installs_what_is_pinned_and_then_the_project(clone: Clone) -> None:
    assert clone.setup().returncode == 0
    pinned, project = [line for line in clone.log.read_text().splitlines() if "install" in line]
    assert "--require-hashes -r requirements-dev.txt" in pinned
    assert project.endswith("--no-deps --no-build-isolation -e .")


def test_a_second_setup_does_nothing(clone: Clone) -> None:
    clone.setup()
    assert clone.setup().returncode == 0
    assert not clone.log.exists()


@pytest.mark.parametrize("name", ["requirements-dev.txt", "pyproject.toml"])
def test_a_change_of_what_is_asked_for_installs_again(clone: Clone, name: str) -> None:
    clone.setup()
    ready = (clone.folder / ".venv" / ".ready").stat().st_mtime
    os.utime(clone.folder / name, (ready + 10, ready + 10))
    assert clone.setup().returncode == 0
    assert clone.installs() == 2


def test_a_setup_that_failed_is_done_again_from_the_start(clone: Clone) -> None:
    clone.refuse("--require-hashes")
    assert clone.setup().returncode != 0
    half = clone.folder / ".venv" / "half-installed"
    half.touch()
    clone.refuse("nothing-at-all")
    done = clone.setup()
    assert done.returncode == 0
    assert "was not finished" in done.stdout
    assert not half.exists()
    assert clone.installs() == 2


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Clone) -> None:
    clone.setup()
    (clone.folder / ".venv" / "bin" / "python").unlink()
    (clone.folder / ".venv" / ".ready").unlink()
    assert clone.setup().returncode == 0
    assert (clone.folder / ".venv" / "bin" / "python").exists()


def test_a_python_that_is_not_there_is_told(clone: Clone) -> None:
    done = clone.setup(python="python-of-nobody")
    assert done.returncode != 0
    assert "there is no python-of-nobody" in done.stderr
    assert "PYTHON=" in done.stderr


def test_a_python_that_is_too_old_is_told_with_its_version(clone: Clone) -> None:
    clone.refuse("version_info")
    done = clone.setup()
    assert done.returncode != 0
    assert "Python 3.9.2 is too old, mercato needs 3.11" in done.stderr


def test_a_python_without_venv_is_told_with_the_package_that_has_it(clone: Clone) -> None:
    clone.refuse("ensurepip")
    done = clone.setup()
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
    assert not (clone.folder / ".venv").exists()
