"""What Java prepares for a quicker start of the engine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from child_processes import Child

from graph import jvm
from graph.engine import Engine
from graph.errors import EngineError
from graph.warm_up import warm_up

MAPS = Path("/proc/self/maps")


@pytest.mark.skipif(not MAPS.exists(), reason="this system does not tell what a process has mapped")
def test_an_engine_takes_what_setup_had_prepared(engine: Engine) -> None:
    if not jvm.AOT_CACHE.exists():
        assert not os.environ.get("CI"), f"{jvm.AOT_CACHE} is missing"
        pytest.skip("nothing is prepared: python -m graph.warm_up does")
    assert str(jvm.AOT_CACHE) in MAPS.read_text()


def test_what_was_prepared_for_another_java_is_passed_over_in_silence(tmp_path: Path) -> None:
    other = tmp_path / "engine.aot"
    other.write_bytes(b"not for this Java" * 1000)
    program = """
    from pathlib import Path
    from graph import jvm
    jvm.AOT_CACHE = Path(sys.argv[1])
    jvm.start("256m", Path.cwd())
    print(jvm.java("java.lang.Math").addExact(40, 2), flush=True)
    """
    with Child(program, other, cwd=tmp_path) as child:
        assert child.line() == "42"
        assert child.end() == (0, "", "")


def test_what_is_there_stays_when_java_cannot_prepare_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "engine.aot"
    cache.write_text("the one before")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(EngineError, match=r"could not prepare .*: it did not say why"):
        warm_up(cache)
    assert cache.read_text() == "the one before"
    assert list(tmp_path.iterdir()) == [cache]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match=r"engine\.aot cannot be written: Not a dir"):
        warm_up(tmp_path / "file" / "folder" / "engine.aot")
