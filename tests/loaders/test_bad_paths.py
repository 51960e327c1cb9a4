"""What happens to paths that cannot be read: a failure that says why, and the next article."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.model import Article
from loaders.sources.files import SourceFailure, read_paths

FRENCH = "L'entreprise a recruté une ancienne dirigeante de la banque pour mener ce projet."
NOBODY = 65_534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose last file is a good article: the stream must come as far."""
    (tmp_path / "zz-good.txt").write_text(FRENCH)
    return tmp_path


def _failure(folder: Path) -> str:
    """The message about the one bad file of the folder."""
    failure, good = read_paths([folder])
    assert isinstance(failure, SourceFailure), failure
    assert isinstance(good, Article)
    assert good.id == "zz-good"
    assert failure.path.startswith(str(folder))
    return failure.message


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, which may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_path_where_nothing_is(folder: Path) -> None:
    failure, good = read_paths([folder / "missing.txt", folder])
    assert failure == SourceFailure(str(folder / "missing.txt"), "there is no such file or folder")
    assert isinstance(good, Article)


def test_a_path_below_a_file(folder: Path) -> None:
    (failure,) = read_paths([folder / "zz-good.txt" / "a.txt"])
    assert isinstance(failure, SourceFailure)
    assert failure.message == "there is no such file or folder"


@pytest.mark.parametrize(
    ("path", "says"), [("x" * 5_000, "name is longer than"), ("a\0b", "cannot be read")]
)
def test_a_path_that_no_system_has(path: str, says: str) -> None:
    (failure,) = read_paths([path])
    assert isinstance(failure, SourceFailure)
    assert says in failure.message


def test_a_file_that_vanishes_while_the_folder_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(FRENCH)
    stream = read_paths([tmp_path])
    next(stream)
    (tmp_path / "b.txt").unlink()
    failure, good = stream
    assert failure == SourceFailure(str(tmp_path / "b.txt"), "there is no such file or folder")
    assert isinstance(good, Article)


def test_a_file_and_a_folder_that_may_not_be_read() -> None:
    place = Path(tempfile.mkdtemp())  # the test runner's own folders are closed to others
    try:
        place.chmod(0o755)
        (place / "a.txt").write_text(FRENCH)
        (place / "a.txt").chmod(0)
        (place / "b").mkdir()
        (place / "b").chmod(0)
        (place / "c.txt").write_text(FRENCH)
        list(read_paths([place / "c.txt"]))  # what is loaded on first use is loaded as root
        with _as_nobody():
            first, second, good = read_paths([place])
        message = "permission denied; check who may read it"
        assert first == SourceFailure(str(place / "a.txt"), message)
        assert second == SourceFailure(str(place / "b"), message)
        assert isinstance(good, Article)
    finally:
        (place / "b").chmod(0o755)
        shutil.rmtree(place)


def test_a_symbolic_link_to_itself(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "a.txt")
    assert _failure(folder) == "it is a symbolic link that leads back to itself"


def test_a_symbolic_link_to_nothing(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "missing")
    assert _failure(folder) == "there is no such file or folder"


def test_folders_that_link_to_each_other_are_read_once(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "sub" / "a.txt").write_text(FRENCH)
    found = list(read_paths([folder]))
    assert [one.id for one in found if isinstance(one, Article)] == ["sub/a", "zz-good"]
    assert len(found) == 2


def test_a_folder_without_articles(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "notes.py").write_text("x")
    failure, good = read_paths([folder / "empty", folder / "zz-good.txt"])
    assert isinstance(failure, SourceFailure)
    assert failure.path == str(folder / "empty")
    assert failure.message.startswith("no article is in this folder (.txt, .md, .json, .jsonl")
    assert isinstance(good, Article)


def test_a_pipe_and_a_socket_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "b.txt"))
        first, second, good = read_paths([folder])
    assert isinstance(first, SourceFailure)
    assert isinstance(second, SourceFailure)
    assert first.message == second.message == "it is no file but a device, pipe or socket"
    assert isinstance(good, Article)


def test_folders_nested_five_hundred_deep(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 500)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(FRENCH)
    (article,) = read_paths([tmp_path])
    assert isinstance(article, Article)
    assert len(article.id) == 300
