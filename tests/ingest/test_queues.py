"""Which visits are under way at once."""

from __future__ import annotations

import pytest

from ingest import queues
from ingest.queues import Queues
from ingest.source import Source

DUE = [Source(name=f"s{n}", url=f"https://h{n}.example/feed") for n in range(9)]


def begun(due: Queues) -> int:
    """How many visits find a place now."""
    count = 0
    while due.take() is not None:
        count += 1
    return count


def test_visits_that_last_hold_nobodys_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "SLOW", 0.0)
    assert begun(Queues(DUE, at_once=2)) == len(DUE)
    monkeypatch.setattr(queues, "SLOW", 60.0)
    assert begun(Queues(DUE, at_once=2)) == 2


def test_but_they_do_while_the_machine_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "SLOW", 0.0)
    behind = [True]
    due = Queues(DUE, at_once=2, behind=lambda: behind[0])
    assert due.wanting(0) == 2
    assert begun(due) == 2
    assert due.wanting(2) == 0
    behind[0] = False
    assert begun(due) == len(DUE) - 2
