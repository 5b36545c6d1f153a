"""When a run has more to read than it can."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from ingest import parsing
from ingest.outcome import Fetched
from ingest.parsing import Parser
from ingest.source import Source
from parsers import reading
from parsers.hints import Hints, Reading


def until(so: Callable[[], bool]) -> bool:
    """Does it come to be so within half a minute?"""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        if so():
            return True
        time.sleep(0.001)
    return False


def test_it_is_behind_while_many_documents_wait_and_shortly_after(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def waits(_: bytes, __: Hints) -> Reading:
        gate.wait(30)
        return Reading()

    monkeypatch.setattr(reading, "read", waits)
    monkeypatch.setattr(parsing, "LATELY", 0.5)
    parser = Parser(workers=1)  # no pool
    try:
        threads = [
            threading.Thread(target=parser.read, args=(Fetched(body=b"x"), Source(name="s")))
            for _ in range(parsing.BACKLOG + 1)
        ]
        for thread in threads[:-1]:
            thread.start()
        assert not parser.behind()
        threads[-1].start()
        assert until(parser.behind)
        gate.set()
        for thread in threads:
            thread.join()
        assert until(lambda: not parser.behind())
    finally:
        parser.close()
