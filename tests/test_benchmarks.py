"""The benchmarks run: a small one of them does, and gives the lines of the table that it names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_a_small_long_load_is_measured() -> None:
    command = [sys.executable, "-m", "benchmarks", "volume", "--articles", "500", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rate, memory, size = json.loads(done.stdout)
    assert (rate["at_least"], memory["at_most"]) == (0.9, 1.1)
    assert "500 briefs" in rate["name"]
    assert all(each["ratio"] > 0 for each in (rate, memory, size))
