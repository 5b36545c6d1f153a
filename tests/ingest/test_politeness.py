"""Manners towards hosts, seen from the server's side: gaps, rests, wishes; within a run and from one run to the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.source import Source
from store.db import open_readonly, open_store, writing
from store.sources import all_hosts, all_told, host_told
from tests.ingest.conftest import HERE, PAGE, Server, passed
from tests.ingest.feeds import item, rss
from tests.ingest.rude import FEED, Rude, answer, says

GAP = 0.15
GAPS = replace(HERE, gap=GAP)


def gaps(times: list[float]) -> list[float]:
    return [later - sooner for sooner, later in pairwise(times)]


def teasers(of: str, base: str, count: int) -> bytes:
    return rss(
        *(
            item(of, n, link=f"{base}/{of}-{n}", text="<p>The council of the ward is to dig …</p>")
            for n in range(count)
        )
    )


def test_feeds_robots_and_pages_of_a_host_share_its_gap(rude: Rude, tmp_path: Path) -> None:
    def site(connection: object, head: bytes, number: int) -> None:
        path = head.split(b" ")[1].decode()
        if path.startswith("/feed"):
            body = teasers(path[-1], rude.address, 3)
        else:
            body = PAGE.format(t=f"Ward digs {path}", n=len(path)).encode()
        connection.sendall(
            answer(body if "robots" not in path else b"", status="404 No" if "robots" in path else "200 OK")
        )  # type: ignore[attr-defined]

    rude.script = site
    every = [Source(name=name, url=f"{rude.address}/feed-{name}") for name in ("a", "b")]
    passed(tmp_path, *every, settings=GAPS)
    asked = [head.split(b" ")[1] for head in rude.heads]
    assert len(asked) == 2 + 6 + 1 and asked.count(b"/robots.txt") == 1
    assert min(gaps(rude.times)) >= GAP
    (host,) = all_hosts(open_readonly(tmp_path / "wire.db"))
    assert (host.requests, host.notes["gaps"], host.notes["short"]) == (9, 8, 0)
    assert host.notes["least"] >= GAP


def test_the_gap_is_kept_from_one_run_to_the_next(rude: Rude, tmp_path: Path) -> None:
    rude.script = says(answer(FEED, ETag='"a"'))
    patient = replace(HERE, gap=1.1)
    for _ in range(2):
        passed(tmp_path, Source(name="s", url=f"{rude.address}/feed"), settings=patient, everything=True)
    assert len(rude.times) == 2 and gaps(rude.times)[0] >= 1.1


def test_other_hosts_do_not_wait_for_a_hosts_gap(rude: Rude, tmp_path: Path) -> None:
    rude.script = says(answer(FEED))
    every = [Source(name=f"s{n}", url=f"http://127.50.0.{n}:{rude.port}/feed") for n in range(1, 9)]
    begun = time.monotonic()
    passed(tmp_path, *every, settings=replace(HERE, gap=3.0))
    assert len(rude.times) == 8 and time.monotonic() - begun < 3


def test_a_crawl_delay_is_honoured_for_pages(rude: Rude, tmp_path: Path) -> None:
    rude.script = lambda connection, head, number: connection.sendall(
        answer(b"User-agent: *\nCrawl-delay: 0.3\n") if b"/robots.txt" in head
        else answer(teasers("a", rude.address, 3)) if b"/feed" in head
        else answer(PAGE.format(t="Ward digs", n=number).encode())
    )  # fmt: skip
    passed(tmp_path, Source(name="s", url=f"{rude.address}/feed"))
    assert min(gaps(rude.times)[-3:]) >= 0.3


def http_date(**ahead: float) -> str:
    return f"{datetime.now(UTC) + timedelta(**ahead):%a, %d %b %Y %H:%M:%S GMT}"


@pytest.mark.parametrize("status", ["429 Slow down", "503 Wait"])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (lambda: "120", 120),
        (lambda: http_date(hours=2), 7200),
        (lambda: f"{datetime.now(UTC) + timedelta(hours=2):%A, %d-%b-%y %H:%M:%S GMT}", 7200),
        (lambda: f"{datetime.now(UTC) + timedelta(hours=2):%a %b %e %H:%M:%S %Y}", 7200),
        (lambda: "", 900),
        (lambda: "soon", 900),
        (lambda: "-5", 900),
        (lambda: http_date(hours=-2), 900),
        (lambda: "315360000", 86400),
        (lambda: http_date(days=400), 86400),
    ],
    ids="seconds date date-850 date-asctime none words negative past years far".split(),
)
def test_retry_after_binds_the_whole_host_and_the_next_runs(
    rude: Rude, tmp_path: Path, status: str, said: Callable[[], str], seconds: int
) -> None:
    rude.script = says(answer(status=status, Retry_After=said()))
    rude.at["127.0.0.9"] = says(answer(FEED))
    every = [Source(name=name, url=f"{rude.address}/{name}") for name in ("a", "b")]
    other = Source(name="c", url=f"http://127.0.0.9:{rude.port}/feed")
    begun = datetime.now(UTC)
    for _ in range(2):
        report = passed(tmp_path, *every, other, everything=True)
    assert len(rude.of["127.0.0.1"]) == 1 and len(rude.of["127.0.0.9"]) == 2, (
        "no more of that host, even with --all"
    )
    assert {line.source: line.outcome for line in report.lines}["c"] in ("fetched", "unchanged")
    db = open_readonly(tmp_path / "wire.db")
    host = host_told(db, f"127.0.0.1:{rude.port}")
    assert host.wait_until is not None
    assert -2 <= (host.wait_until - begun).total_seconds() - seconds <= 5
    due = all_told(db)["a"].due
    assert due is not None and due >= host.wait_until - timedelta(seconds=1)


def test_without_a_span_the_rest_doubles_and_a_good_answer_ends_it(rude: Rude, tmp_path: Path) -> None:
    rude.script = says(*[answer(status="429 Slow")] * 3, answer(FEED))
    source, now = Source(name="s", url=f"{rude.address}/feed"), datetime.now(UTC)
    rests = []
    for _ in range(3):
        passed(tmp_path, source, everything=True)
        db = open_store(tmp_path / "wire.db")
        rests.append(host_told(db, f"127.0.0.1:{rude.port}").wait_until)
        with writing(db):
            db.conn.execute("UPDATE hosts SET wait_until = NULL")
    spans = [round((until - now).total_seconds() / 900) for until in rests if until]
    assert spans == [1, 2, 4]
    passed(tmp_path, source, everything=True)
    told = host_told(open_readonly(tmp_path / "wire.db"), f"127.0.0.1:{rude.port}")
    assert (told.failures, told.wait_until) == (0, None)


SY = '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>t</title>'
NOON = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("inside", "headers", "least", "most"),
    [
        ("", {}, 9, 11),
        ("<ttl>90</ttl>", {}, 90, 99),
        ("<ttl>0</ttl>", {}, 9, 11),
        ("<ttl>525600</ttl>", {}, 1440, 1440),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>", {}, 120, 132),
        ("", {"Cache-Control": "public, max-age=3600"}, 60, 66),
        ("", {"Cache-Control": "max-age=3600", "Age": "1800"}, 30, 33),
        ("", {"Cache-Control": "s-maxage=3600, max-age=0"}, 9, 11),
        ("", {"Cache-Control": "max-age=31536000"}, 1440, 1440),
        ("", {"Expires": "in 45 minutes"}, 44.9, 50),
        ("", {"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 9, 11),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", {}, 120, 120),
        ("<skipDays><day>Monday</day></skipDays>", {}, 720, 720),
        ("<ttl>30</ttl>", {"Cache-Control": "max-age=3600"}, 60, 66),
    ],
)
def test_no_poll_is_closer_than_the_publisher_wishes(
    server: Server, tmp_path: Path, inside: str, headers: dict[str, str], least: float, most: float
) -> None:
    server.more |= {
        name: value.replace("in 45 minutes", http_date(minutes=45)) for name, value in headers.items()
    }
    server.pages["/feed"] = (
        200,
        "text/xml",
        f"{SY}{inside}{item('a', 1)}</channel></rss>".replace("content:encoded", "description").encode(),
    )
    source = Source(name="s", url=f"{server.base}/feed", every=timedelta(minutes=10))
    passed(tmp_path, source, now=lambda: NOON)
    due = all_told(open_readonly(tmp_path / "wire.db"))["s"].due
    assert due is not None
    minutes = (due - NOON).total_seconds() / 60
    assert least <= minutes <= most + 0.02
    assert passed(tmp_path, source, now=lambda: due - timedelta(seconds=1)).lines == []
    assert len(passed(tmp_path, source, now=lambda: due + timedelta(seconds=1)).lines) == 1


def test_a_budget_takes_the_most_overdue_and_leaves_the_rest_due(rude: Rude, tmp_path: Path) -> None:
    every = [Source(name=f"s{n}", url=f"http://127.51.0.{n}:{rude.port}/{n}") for n in range(1, 11)]
    rude.script = says(answer(FEED, ETag='"a"'))
    one = replace(HERE, at_once=1)
    passed(tmp_path, *every, settings=one)
    rude.script = lambda connection, head, number: (
        time.sleep(0.2),
        connection.sendall(answer(FEED, ETag='"a"')),
    )[1]
    db = open_store(tmp_path / "wire.db")
    ages = {f"s{n}": 3 * n % 11 for n in range(1, 11)}  # hours overdue
    with writing(db):
        for name, hours in ages.items():
            due = datetime.now(UTC) - timedelta(hours=hours)
            db.conn.execute("UPDATE sources SET due = ? WHERE name = ?", [f"{due:%Y-%m-%dT%H:%M:%SZ}", name])
    begun = time.monotonic()
    report = passed(tmp_path, *every, settings=one, budget=timedelta(seconds=0.7))
    assert time.monotonic() - begun < 3
    visited = [line.source for line in report.lines]
    assert 1 <= len(visited) < 10 and report.left == 10 - len(visited)
    assert visited == sorted(ages, key=lambda name: -ages[name])[: len(visited)]
    told = all_told(open_readonly(tmp_path / "wire.db"))
    still = {name for name, state in told.items() if state.due is not None and state.due <= datetime.now(UTC)}
    assert still == set(ages) - set(visited)


def test_the_next_run_takes_what_the_budget_left(rude: Rude, tmp_path: Path) -> None:
    every = [Source(name=f"s{n}", url=f"http://127.52.0.{n}:{rude.port}/{n}") for n in range(1, 7)]
    rude.script = lambda connection, head, number: (time.sleep(0.15), connection.sendall(answer(FEED)))[1]
    one = replace(HERE, at_once=1)
    seen: list[str] = []
    for _ in range(6):
        seen += [
            line.source
            for line in passed(tmp_path, *every, settings=one, budget=timedelta(seconds=0.2)).lines
        ]
    assert sorted(seen) == [f"s{n}" for n in range(1, 7)]
