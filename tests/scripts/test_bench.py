"""The benches that need neither peers nor ../shared run to their end: on so little that nothing is measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "scripts" / "bench"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("search.py", ["--stories", "300"], "the newest 50 of a source"),
        ("dedupe.py", ["--stored", "300", "--settled", "40", "--probes", "210"], "40 stories settled"),
        ("road.py", ["--stories", "40", "--sources", "4"], "all 304"),
    ],
)
def test_a_bench_runs_to_its_end(name: str, options: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, BENCH / name, *options], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
