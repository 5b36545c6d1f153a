"""The pages of a feed's teasers: committed as they come, none asked for twice, whatever ends the run in between."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.source import Source
from store import check, stories
from store.db import open_readonly
from store.sources import all_told
from tests.ingest.conftest import PAGE, Answer, Server, passed
from tests.ingest.feeds import item, rss

COUNT = 45


@pytest.fixture
def source(server: Server) -> Source:
    """A feed of teasers, and the page of each."""
    teaser = "<p>The council of the ward is to dig a canal of its own …</p>"
    items = (
        item("a", n, link=f"{server.base}/p{n}", title=f"Ward {n} digs a canal", text=teaser)
        for n in range(COUNT)
    )
    server.pages |= {
        f"/p{n}": (200, "text/html", PAGE.format(t=f"Ward {n} digs a canal", n=n).encode())
        for n in range(COUNT)
    }
    server.pages["/feed"] = (200, "text/xml", rss(*items))
    server.more["ETag"] = '"v1"'
    return Source(name="s", url=f"{server.base}/feed")


def whole(folder: Path) -> int:
    return sum(
        not story.partial and len(story.body) == 2
        for _, story in stories.usable(open_readonly(folder / "wire.db"))
    )


def pages(server: Server) -> list[str]:
    return [path for path in server.asked if path.startswith("/p")]


def test_many_pages_are_committed_in_parts(server: Server, tmp_path: Path, source: Source) -> None:
    (line,) = passed(tmp_path, source).lines
    assert (line.outcome, line.tally.new, line.tally.requests) == ("fetched", COUNT, COUNT + 1)
    db = open_readonly(tmp_path / "wire.db")
    assert db.execute("SELECT count(*), sum(requests) FROM visits WHERE source = 's'").fetchone() == (
        5,
        COUNT + 1,
    )
    assert whole(tmp_path) == COUNT and len(pages(server)) == COUNT
    assert list(check.faults(db)) == []
    assert passed(tmp_path, source, everything=True).lines[0].tally.new == 0


def test_a_run_that_ends_in_between_keeps_what_it_has_and_the_next_goes_on(
    server: Server, tmp_path: Path, source: Source
) -> None:
    ended = threading.Event()

    def answer(path: str, headers: dict[str, str]) -> Answer | None:
        if len(pages(server)) == 30:
            ended.set()
        return None

    server.answer = answer
    report = passed(tmp_path, source, stop=ended)
    assert (report.lines[0].tally.new, whole(tmp_path)) == (COUNT, 30)
    state = all_told(open_readonly(tmp_path / "wire.db"))["s"]
    assert (state.validators.etag, state.failures) == (None, 0)
    server.asked.clear()
    server.answer = lambda path, headers: None
    assert passed(tmp_path, source, everything=True).lines[0].tally.new == 0
    assert whole(tmp_path) == COUNT and len(pages(server)) == COUNT - 30
    assert all_told(open_readonly(tmp_path / "wire.db"))["s"].validators.etag == '"v1"'


def test_a_budget_holds_within_a_visit_too(server: Server, tmp_path: Path, source: Source) -> None:
    server.answer = lambda path, headers: (time.sleep(0.05), None)[1]
    begun = time.monotonic()
    passed(tmp_path, source, budget=timedelta(seconds=0.6))
    assert time.monotonic() - begun < 0.05 * COUNT
    some = whole(tmp_path)
    assert 0 < some < COUNT
    server.answer = lambda path, headers: None
    passed(tmp_path, source, everything=True)
    assert whole(tmp_path) == COUNT and sorted(pages(server)) == sorted(f"/p{n}" for n in range(COUNT))
