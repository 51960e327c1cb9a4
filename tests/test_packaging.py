"""The wheel: that it holds everything, and that mercato runs from it as it does from a clone.

wheel       the built wheel, one for the module
installed   a fresh environment with the wheel in it; the dependencies are those of this run
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "api", "cypher")
EXPLORER = "api/explorer/"
ARTICLE = (
    "Mark Lee, ingénieur chez Apple, rejoint Meta.\n\n"
    "Meta a recruté Mark Lee pour renforcer son équipe. Mark Lee travaillait chez Apple.\n"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("mercato-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    # The dependencies are looked for after everything that is installed here. What such a file
    # names is added to the path, but no further .pth file is read there: the clone stays out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    yield folder


def run(
    environment: Path, *command: str, data: Path, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment, with nothing of this process's surroundings."""
    return subprocess.run(
        [str(environment / "bin" / command[0]), *command[1:]],
        cwd=cwd,
        env={"MERCATO_DATA_DIR": str(data), "PATH": os.environ["PATH"], "HOME": str(cwd)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def data_files() -> set[str]:
    """Files of the packages, as git knows them, by their path in the wheel."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return {
        name
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).is_file() and not name.startswith(EXPLORER)
    }


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    expected = data_files()
    assert any(name.endswith(".cypher") for name in expected)
    assert any(name.endswith(".yaml") for name in expected)
    assert any(name.startswith("loaders/demo/articles/") for name in expected)
    assert expected - held == set()


def test_the_wheel_holds_nothing_else_but_what_describes_it(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    (described,) = folders - set(PACKAGES)
    assert re.fullmatch(r"mercato-.+\.dist-info", described)


def test_the_wheel_holds_the_explorer_as_it_was_built_and_nothing_that_it_was_built_from(
    wheel: Path,
) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(EXPLORER)}
    built = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / EXPLORER / "dist").rglob("*")
        if path.is_file()
    }
    assert f"{EXPLORER}dist/index.html" in built, "run make explorer"
    assert held == built


def test_the_wheel_carries_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = (name for name in archive.namelist() if name.endswith("/LICENSE"))
        assert "Apache License" in archive.read(licence).decode()


def test_packages_come_from_the_wheel_when_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = "import api, cypher, graph, loaders\nfor each in (api, cypher, graph, loaders): "
    code += "print(each.__file__)"
    done = run(installed, "python", "-c", code, data=tmp_path / "data", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    places = [Path(line) for line in done.stdout.splitlines()]
    assert len(places) == 4
    assert all(place.is_relative_to(installed) for place in places)


def test_an_installed_mercato_keeps_its_data_where_the_platform_says(
    installed: Path, tmp_path: Path
) -> None:
    code = "from api.settings import default_data_dir; print(default_data_dir())"
    done = run(installed, "python", "-c", code, data=tmp_path / "data", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    assert folder.name == "mercato"
    assert folder.is_relative_to(tmp_path)


def test_an_article_is_loaded_and_found_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    article = tmp_path / "mark-lee.fr.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    data = tmp_path / "data"
    loaded = run(installed, "mercato", "load", str(article), data=data, cwd=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    assert "HIRED_BY" in loaded.stdout
    found = run(installed, "mercato", "search", "mark lée", "--json", data=data, cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert [hit["name"] for hit in json.loads(found.stdout)] == ["Mark Lee"]


def test_the_version_is_that_of_the_project(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "mercato", "--version", data=tmp_path / "data", cwd=tmp_path)
    assert done.stdout == f"mercato {pyproject()['project']['version']}\n"


def pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(name: str) -> dict[str, str]:
    """The packages of a list of requirements, with their versions."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in lines}


def wanted(name: str) -> list[Requirement]:
    """What a list of requirements must satisfy."""
    project = pyproject()
    lines = list(project["project"]["dependencies"])  # type: ignore[call-overload]
    if "dev" in name:
        lines += project["dependency-groups"]["dev"]  # type: ignore[operator]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_pinned_versions_are_those_that_the_project_asks_for(name: str) -> None:
    versions = pinned(name)
    for requirement in wanted(name):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned: run make lock"
        assert requirement.specifier.contains(version), f"{requirement}: run make lock"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pinned_version_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, flags=re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pinned(name)) > 20
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)


def test_what_is_installed_to_run_is_installed_to_develop_too() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()
