"""What a load remembers of the files that it has met: in order, on the disk."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

from loaders.sources.seen import Seen
from loaders.sources.walk import FoundFile, find_files

MANY = 2500
"""More names than are fetched at once, twice over."""


def test_a_key_is_new_once_and_keeps_what_met_it_first() -> None:
    seen = Seen()
    assert seen.is_new("file 1")
    assert not seen.is_new("file 1")
    assert seen.first("id a", "a.txt") == "a.txt"
    assert seen.first("id a", "a.md") == "a.txt"
    assert seen.first("id b", "b.md") == "b.md"


def test_names_of_two_folders_come_each_in_their_order() -> None:
    seen = Seen()
    outer, inner = seen.in_order(["b", "é", "a"]), seen.in_order(["z", os.fsdecode(b"\xff"), "B"])
    assert next(outer) == "a"
    assert list(inner) == ["B", "z", os.fsdecode(b"\xff")]
    assert list(outer) == ["b", "é"]


def test_a_folder_of_many_files_is_listed_in_order(tmp_path: Path) -> None:
    for number in range(MANY):
        (tmp_path / f"{number:05}.txt").touch()
    found = [file.path.name for file in find_files(tmp_path) if isinstance(file, FoundFile)]
    assert found == [f"{number:05}.txt" for number in range(MANY)]


def test_memory_does_not_grow_with_what_was_met() -> None:
    seen = Seen()
    tracemalloc.start()
    try:
        for number in range(4 * MANY):
            seen.first(f"id {number}", f"/some/folder/{number}.txt")
        for _ in seen.in_order(f"{number}.txt" for number in range(4 * MANY)):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000
