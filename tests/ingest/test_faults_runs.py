"""The fault table (FETCHING.md, section 10): what befalls the run itself; crashes, clocks, two at once, SIGTERM, a full disk."""

from __future__ import annotations

import random
import re
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.hosts import Hosts
from ingest.outcome import Fetched
from ingest.plan import Report
from ingest.source import Source
from store import check, stories
from store.db import open_readonly, open_store
from store.sources import HostTold, Told, Validators, all_told
from tests.ingest.conftest import Server, passed, visit
from tests.ingest.feeds import item, rss
from tests.ingest.rude import Rude, answer, says
from tests.wire.conftest import Desk

TAGS = Validators(etag='"v1"', last_modified="Sun, 01 Jun 2025 10:00:00 GMT")
HEADERS = {"ETag": TAGS.etag or "", "Last-Modified": TAGS.last_modified or ""}


def count(folder: Path) -> int:
    return sum(1 for _ in stories.usable(open_readonly(folder / "wire.db")))


def told(folder: Path, name: str = "s") -> Told:
    return all_told(open_readonly(folder / "wire.db"))[name]


@pytest.fixture
def source(server: Server) -> Source:
    server.more |= HEADERS
    server.pages["/feed"] = (200, "application/rss+xml", rss(item("a", 1), item("a", 2)))
    return Source(name="s", url=f"{server.base}/feed")


def test_row_4_an_etag_that_is_ignored_is_noted_and_the_date_asked_by(
    server: Server, tmp_path: Path, source: Source
) -> None:
    assert [visit(tmp_path, source).tally.new for _ in range(4)] == [2, 0, 0, 0]
    assert told(tmp_path).notes["etag_useless"] == 3 and told(tmp_path).validators == TAGS
    server.headers.clear()
    visit(tmp_path, source)
    assert "If-None-Match" not in server.headers[0]
    assert server.headers[0]["If-Modified-Since"] == TAGS.last_modified
    assert told(tmp_path).same_body == 4 and told(tmp_path).failures == 0


@pytest.mark.parametrize("table", ["stories", "versions", "events", "sources"])
def test_row_8_a_crash_while_storing_keeps_neither_stories_nor_validators(
    server: Server, tmp_path: Path, source: Source, table: str
) -> None:
    server.pages["/none"] = (200, "application/rss+xml", rss())
    visit(tmp_path, replace(source, name="other", url=f"{server.base}/none"))  # the store is there
    act = "UPDATE OF etag" if table == "sources" else "INSERT"
    db = open_store(tmp_path / "wire.db")
    db.conn.execute(f"CREATE TRIGGER crash BEFORE {act} ON {table} WHEN {'NEW.etag IS NOT NULL' if table == 'sources' else 'TRUE'} "
                    "BEGIN SELECT RAISE(ABORT, 'crash'); END")  # fmt: skip
    assert visit(tmp_path, source).outcome == "failed"
    assert (count(tmp_path), told(tmp_path).validators) == (0, Validators())
    db.conn.execute("DROP TRIGGER crash")
    db.conn.close()
    server.headers.clear()
    assert visit(tmp_path, source).tally.new == 2
    assert "If-None-Match" not in server.headers[0]
    assert told(tmp_path).validators == TAGS
    readable = open_readonly(tmp_path / "wire.db")
    assert list(check.faults(readable)) == []


def test_row_57_a_clock_that_jumped_ahead_and_back_silences_nothing(
    server: Server, tmp_path: Path, source: Source
) -> None:
    ahead = lambda: datetime.now(UTC) + timedelta(days=4000)  # noqa: E731
    assert passed(tmp_path, source, now=ahead).lines[0].outcome == "fetched"
    due = told(tmp_path).due
    assert due is not None and due > datetime.now(UTC) + timedelta(days=3000)
    assert passed(tmp_path, source).lines[0].outcome == "unchanged", (
        "a due time of another age is not believed"
    )
    again = told(tmp_path).due
    assert again is not None and again < datetime.now(UTC) + timedelta(hours=25)
    assert passed(tmp_path, source).lines == []


def test_row_57_waits_are_measured_by_a_clock_that_does_not_jump() -> None:
    times = iter(
        [datetime(2025, 6, 2, tzinfo=UTC) + timedelta(hours=h) for h in (0, 500, -500, 0, 900, -900) * 9]
    )
    hosts = Hosts(gap=0.1, stop=threading.Event(), now=lambda: next(times))
    begun = time.monotonic()
    for _ in range(4):
        assert hosts.enter("h.example") is None
        hosts.leave("h.example", Fetched(body=b"x"), conditional=False)
    assert 0.3 <= time.monotonic() - begun < 3


def test_row_57_a_rest_until_another_age_is_not_believed() -> None:
    now = datetime(2025, 6, 2, tzinfo=UTC)
    resting = HostTold(host="h", wait_until=now + timedelta(days=3000), asked=now + timedelta(days=2999))
    hosts = Hosts(gap=5, stop=threading.Event(), remembered=lambda _: resting, now=lambda: now)
    begun = time.monotonic()
    assert hosts.enter("h") is None and time.monotonic() - begun < 1


@pytest.mark.parametrize("dated", ["Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 02 Jun 2063 10:00:00 GMT", "never"])
def test_row_57_a_servers_clock_moves_no_due_time_beyond_a_day(
    server: Server, tmp_path: Path, source: Source, dated: str
) -> None:
    server.more |= {"Date": dated, "Expires": "Fri, 31 Dec 9999 23:59:59 GMT", "Age": "99999999999"}
    passed(tmp_path, source)
    due = told(tmp_path).due
    assert due is not None and timedelta(minutes=5) < due - datetime.now(UTC) <= timedelta(hours=24)


def test_row_58_two_runs_on_one_store_ask_each_feed_once(server: Server, tmp_path: Path) -> None:
    every = [Source(name=f"s{n}", url=f"{server.base}/{n}") for n in range(8)]
    server.pages |= {f"/{n}": (200, "text/xml", rss(item(f"p{n}", 1))) for n in range(8)}
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(passed(tmp_path, *every))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for path in server.asked if path != "/robots.txt") == [f"/{n}" for n in range(8)]
    assert len(reports) == 2 and count(tmp_path) == 8
    assert [line.outcome for report in reports for line in report.lines].count("fetched") == 8


def test_row_59_sigterm_ends_within_five_seconds_and_due_times_stay(rude: Rude, tmp_path: Path) -> None:
    rude.script = lambda connection, head, number: (rude.ended.wait(20), None)[1]
    rude.at["127.0.0.2"] = says(answer(rss(item("a", 1)), ETag='"v1"'))
    desk = Desk(tmp_path)
    (tmp_path / "wires.toml").write_text(
        '[fetch]\ncontact = "desk@example.org"\ngap = 0\nallow_addresses = ["127.0.0.0/8"]\n'
        + "".join(
            f'[[source]]\nname = "{name}"\nkind = "feed"\nurl = "http://{host}:{rude.port}/feed"\n'
            for name, host in (("good", "127.0.0.2"), ("hung", "127.0.0.3"))
        )
    )
    process = desk.start("run")
    ends = time.monotonic() + 30
    while time.monotonic() < ends and not ("127.0.0.3" in rude.of and said(desk.store, "good")):
        time.sleep(0.05)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - begun <= 5, err
    assert "Traceback" not in err
    after = all_told(open_readonly(desk.store))
    assert after["good"].validators.etag == '"v1"' and after["good"].due is not None
    assert (after["hung"].due, after["hung"].failures) == (None, 0)


def said(store: Path, name: str) -> bool:
    """Has the source been visited?"""
    if not store.is_file():
        return False
    with sqlite3.connect(store) as db:
        try:
            return bool(
                db.execute("SELECT due IS NOT NULL FROM sources WHERE name = ?", [name]).fetchone()[0]
            )
        except (sqlite3.Error, TypeError):
            return False


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """The disk is full for whoever makes a file larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("what", ["store", "archive"])
def test_row_60_a_full_disk_keeps_no_validators_and_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: Source, what: str
) -> None:
    monkeypatch.setattr("ingest.parsing.LARGE", 8 << 20)  # no other process reads it
    visit(tmp_path, source)
    # The archive keeps the document, noise and all; the store its stories.
    lines, noise = (1500, 0) if what == "store" else (10, 1 << 20)
    text = "".join(f"<p>Line {n} of the long report {n * n} on reef {n % 7}.</p>" for n in range(lines))
    many = [item("b", number, text=text + f"<p>{number}</p>") for number in range(3)]
    server.pages["/feed"] = (
        200,
        "text/xml",
        rss(*many, f"<!-- {random.Random(1).randbytes(noise).hex()} -->"),
    )
    server.more["ETag"] = '"v2"'
    largest = max(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    with no_file_over(largest + (40_000 if what == "store" else 200_000)):
        line = visit(tmp_path, source)
    assert line.outcome == "failed" and line.action, line
    assert (count(tmp_path), told(tmp_path).validators) == (2, TAGS)
    assert list(check.faults(open_readonly(tmp_path / "wire.db"))) == []
    line = visit(tmp_path, source)
    assert (line.outcome, line.tally.new, told(tmp_path).validators.etag) == ("fetched", 3, '"v2"')


def test_every_row_of_the_table_is_named_by_a_test() -> None:
    named = re.compile(r"\brows?[_ ]((?:\d+[_ :])+)|def test_rows?_((?:\d+_)+)")
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_*.py")]
    rows = {
        int(number)
        for text in texts
        for found in named.finditer(text)
        for number in re.findall(r"\d+", found[1] or found[2])
    }
    assert set(range(1, 63)) - rows == set()


def test_an_entry_that_was_mended_is_asked_at_once(server: Server, tmp_path: Path) -> None:
    """One that is refused rests for hours; what stands in wires.toml now is another question."""
    server.pages["/feed"] = (403, "text/plain", b"no")
    first = Source(name="ward", url=f"{server.base}/feed", pages=False)
    assert visit(tmp_path, first).outcome == "failed"
    server.pages["/feed"] = (200, "text/xml", rss(item("ward", 1)))
    assert passed(tmp_path, first).lines == []  # not due
    mended = replace(first, options={"headers": {"X-Desk": "wards"}})
    (line,) = passed(tmp_path, mended).lines
    assert line.outcome == "fetched"
    assert line.tally.new == 1
    assert passed(tmp_path, first).lines == []  # an entry that works keeps its time, whatever stands in it
