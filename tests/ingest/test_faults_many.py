"""Many sources on many hosts in one run, a tenth of them faulty: the good ones come whole, in time, one request a host."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ingest.source import Source
from store import check, stories
from store.db import open_readonly
from store.sources import all_told
from tests.ingest.conftest import passed
from tests.ingest.rude import Rude, Script, answer, growth
from tests.ingest.test_faults_run import FAULTS, feed

TOTAL = 1.0  # seconds of one request
FAULTY = [name for name, fault in FAULTS.items() if fault.outcome == "failed"]


class Watched:
    """How many requests were under way at each host at once, and when the last of each ended."""

    def __init__(self) -> None:
        self.now: dict[str, int] = defaultdict(int)
        self.most: dict[str, int] = defaultdict(int)
        self.ended: dict[str, float] = {}
        self.lock = threading.Lock()

    def over(self, host: str, script: Script) -> Script:
        """The script, watched."""

        def watched(connection: Any, head: bytes, number: int) -> None:
            with self.lock:
                self.now[host] += 1
                self.most[host] = max(self.most[host], self.now[host])
            try:
                script(connection, head, number)
            finally:
                with self.lock:
                    self.now[host] -= 1
                    self.ended[host] = time.monotonic()

        return watched


def many(folder: Path, *, hosts: int, sources: int, seconds: float) -> None:
    """Every tenth host is faulty, each in its own way; nothing else may come of it than its own sources' failure."""
    rude, watched = Rude(), Watched()
    address = [f"127.60.{n // 250}.{n % 250 + 1}" for n in range(hosts)]
    faulty = {n: FAULTS[FAULTY[n // 10 % len(FAULTY)]] for n in range(0, hosts, 10)}

    def good(connection: Any, head: bytes, number: int) -> None:
        path = head.split(b" ")[1].decode()
        connection.sendall(answer(feed(path.strip("/"), 1, 2), ETag=f'"{path}"'))

    for n, name in enumerate(address):
        rude.at[name] = watched.over(name, faulty[n].script) if n in faulty else watched.over(name, good)
    every = [
        Source(name=f"s{n}", url=f"http://{address[n % hosts]}:{rude.port}/p{n}") for n in range(sources)
    ]
    begun = time.monotonic()
    with growth() as grown:
        report = passed(folder, *every, total=TOTAL)
    lasted = time.monotonic() - begun
    rude.close()
    lines = {line.source: line for line in report.lines}
    assert len(lines) == sources and report.left == 0 and report.fault is None
    well = [source.name for n, source in enumerate(every) if n % hosts not in faulty]
    assert {lines[name].outcome for name in well} == {"fetched"}
    assert {line.outcome for name, line in lines.items() if name not in well} == {"failed"}
    assert max(watched.most[address[n]] for n in range(hosts) if n not in faulty) == 1
    db = open_readonly(folder / "wire.db")
    assert sum(1 for _ in stories.usable(db)) == 2 * len(well)
    assert list(check.faults(db)) == []
    told = all_told(db)
    assert all((state.failures == 0) == (name in well) for name, state in told.items())
    # The good hosts were done while the slowest faults still held theirs, or soon after: nothing waited for those.
    assert max(watched.ended[address[n]] for n in range(hosts) if n not in faulty) - begun < seconds
    assert lasted < seconds + 3 * (sources // hosts + 1) * 3 * (TOTAL + 1)
    assert grown[0] < 250 << 20


def test_a_tenth_faulty_among_sixty_sources(tmp_path: Path) -> None:
    many(tmp_path, hosts=40, sources=60, seconds=12)


@pytest.mark.proof
def test_a_tenth_faulty_among_five_hundred_sources_on_two_hundred_hosts(tmp_path: Path) -> None:
    many(tmp_path, hosts=200, sources=500, seconds=60)
