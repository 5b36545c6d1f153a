"""The fault table (FETCHING.md, section 10) in whole runs: a good pass, one in which each source meets a fault, a good one.

Each source is a host of its own (127.40.0.n). What is asked of every fault: its outcome, its time, what the store holds
after it, that the good sources of the run did not wait for it, and that its source is well again when its server is.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.plan import Line, Report
from ingest.source import Source
from store import stories
from store.db import open_readonly, open_store, writing
from store.sources import Told, Validators, all_told
from tests.ingest.conftest import passed
from tests.ingest.feeds import item, rss
from tests.ingest.rude import Rude, Script, answer, drip, endless, growth, says
from tests.ingest.test_faults_transfer import bomb

TOTAL = 0.7  # seconds of one request
GOOD = 6  # sources without a fault


def feed(host: str, *numbers: int) -> bytes:
    return rss(*(item(host, number) for number in numbers))


def page(text: str) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>{text}</title></head><body><p>{text}</p></body></html>".encode()
    )


def redirect(target: str, status: str = "302 Found", then: bytes = b"") -> Script:
    """Redirects /feed; the rest answers `then`."""
    return lambda connection, head, number: connection.sendall(
        answer(status=status, Location=target) if head.startswith(b"GET /feed ") else then
    )


def wall(connection: Any, head: bytes, number: int) -> None:
    """Redirects to itself until its cookie comes back."""
    known = b"Cookie: seen=1" in head
    connection.sendall(
        answer(feed("cookie", 1, 2, 3))
        if known
        else answer(status="302 Found", Location="/feed", Set_Cookie="seen=1; Path=/")
    )


def later(seconds: int) -> str:
    return f"{datetime.now(UTC) + timedelta(seconds=seconds):%a, %d %b %Y %H:%M:%S GMT}"


@dataclass(frozen=True)
class Fault:
    """What a source meets in the second pass, and what must come of it."""

    script: Script
    outcome: str = "failed"
    kind: str | None = None  # of the failure
    stories: int = 2  # in the store afterwards
    kept: bool = True  # are the validators those of the first pass?
    person: bool = False  # must a person act?
    says: str = ""  # stands in the line that tells of it
    first: dict[str, str] = field(default_factory=dict)  # headers of the first pass


HOME = (
    b'<html><head><title>Daily</title><link rel="alternate" type="application/rss+xml" href="/all.rss"></head><body>'
    b"<p>Welcome to the Daily</p></body></html>"
)
PARTS = feed("cut-feed", 1, 2, 3)
FAULTS = {
    "row 1: 304": Fault(says(answer(status="304 Not Modified")), "unchanged"),
    "row 2: 304 unasked": Fault(
        says(answer(status="304 Not Modified")), kind="server", first={"ETag": "", "Last_Modified": ""}
    ),
    "row 3: new ETag": Fault(
        lambda c, head, n: c.sendall(answer(feed("row-3", 1, 2), ETag='"new"')), "unchanged", kept=False
    ),
    "row 7: none": Fault(
        lambda c, head, n: c.sendall(answer(feed("row-7", 1, 2, 3))), "fetched", stories=3, kept=False
    ),
    "row 9: 429": Fault(says(answer(status="429 Slow", Retry_After="3000")), kind="busy"),
    "row 10: 503": Fault(says(answer(status="503 Wait", Retry_After=later(3000))), kind="busy"),
    "row 11: 429 in words": Fault(says(answer(status="429 Slow", Retry_After="soon")), kind="busy"),
    "row 12: 500 500 200": Fault(
        says(answer(status="500 A"), answer(status="502 B"), answer(feed("row-12", 1, 2, 3), ETag='"v2"')),
        "fetched",
        stories=3,
        kept=False,
    ),
    "row 13: 500": Fault(says(answer(status="500 A")), kind="server"),
    "row 14: 301": Fault(
        redirect("/new", "301 Moved", answer(feed("row-14", 1, 2, 3), ETag='"v2"')),
        "fetched",
        stories=3,
        kept=False,
    ),
    "row 15: home page": Fault(
        redirect("/", "301 Moved", answer(HOME)), kind="not-a-feed", person=True, says="no story on the page"
    ),
    "row 16: consent": Fault(
        redirect("/consent?next=/feed", then=answer(page("Before you continue, accept our cookies"))),
        kind="not-a-feed",
        person=True,
    ),
    "row 17: loop": Fault(redirect("/feed"), kind="redirects", person=True),
    "row 18: file": Fault(redirect("file:///etc/passwd"), kind="forbidden", person=True),
    "row 19: metadata": Fault(
        redirect("http://169.254.169.254/latest/meta-data/"), kind="forbidden", person=True
    ),
    "row 21: a user's name": Fault(redirect("http://a@127.0.0.1/"), kind="forbidden", person=True),
    "row 22: 410": Fault(says(answer(status="410 Gone")), "gone", kind="gone", person=True),
    "row 23: 404": Fault(says(answer(page("Not Found"), status="404 No")), kind="missing"),
    "row 24: 403": Fault(says(answer(status="403 No")), kind="refused", person=True),
    "row 25: silence": Fault(lambda c, head, n: time_out(c), kind="network"),
    "row 26: head drips": Fault(drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), kind="network"),
    "row 26: body drips": Fault(
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"), kind="network"
    ),
    "row 27: hang-up": Fault(
        lambda c, head, n: c.sendall(answer(feed("row-27", 1, 2, 3), Content_Length="9999")), kind="network"
    ),
    "row 28: cut gzip": Fault(
        says(answer(gzip.compress(feed("row-28", 1, 2, 3))[:-9], Content_Encoding="gzip")), kind="coding"
    ),
    "row 29: no gzip": Fault(
        lambda c, head, n: c.sendall(answer(feed("row-29", 1, 2, 3), Content_Encoding="gzip" * (n == 1))),
        "fetched",
        stories=3,
        kept=False,
    ),
    "row 30: bomb": Fault(says(answer(bomb(100), Content_Encoding="gzip")), kind="too-large"),
    "row 30: stacked": Fault(
        says(answer(gzip.compress(bomb(100)), Content_Encoding="gzip, gzip")), kind="coding"
    ),
    "row 31: endless": Fault(endless, kind="too-large"),
    "row 32: 10 GB": Fault(says(answer(b"x", Content_Length=str(10 << 30))), kind="too-large"),
    "row 35: login": Fault(
        says(answer(page("Sign in to go on"))), kind="not-a-feed", person=True
    ),
    "row 35: challenge": Fault(
        says(answer(page("Just a moment..."), cf_mitigated="challenge")), kind="not-a-feed", person=True
    ),
    "row 36: empty": Fault(says(answer(b"\n")), kind="empty"),
    "row 37: error object": Fault(
        says(answer(b'{"code":"rest_forbidden","message":"Sorry","data":{"status":401}}')),
        kind="not-a-feed",
        person=True,
        says="rest_forbidden",
    ),
    "row 42: cut feed": Fault(
        says(answer(PARTS[: PARTS.index(b"g-cut-feed-3") + 20], ETag='"v2"')), "fetched", stories=4
    ),
    "row 43: entities": Fault(
        says(
            answer(
                b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
                + b"".join(
                    f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">'.encode() for n in range(9)
                )
                + b'<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&k;&x;</title>'
                + b"</channel></rss>"
            )
        ),
        "fetched",
        kept=False,
    ),
    "row 54: cookie": Fault(wall, "fetched", stories=5, kept=False),
}  # fmt: skip


def time_out(connection: Any) -> None:
    """Says nothing for two seconds."""
    threading.Event().wait(2)


@dataclass(frozen=True)
class After:
    """What the three passes left."""

    reports: tuple[Report, Report, Report]
    told: tuple[dict[str, Told], ...]  # after each pass
    stories: tuple[dict[str, int], ...]  # usable ones by source, after each pass
    grown: int  # bytes of memory at the highest of the second pass
    heads: dict[str, list[bytes]]


def host(name: str) -> str:
    return f"127.40.0.{[*FAULTS, *(f'good {n}' for n in range(GOOD))].index(name) + 1}"


def key(name: str) -> str:
    """The name of a fault's feed in its stories: "row-12"."""
    return name.partition(":")[0].replace(" ", "-")


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[After]:
    folder, rude = tmp_path_factory.mktemp("faults"), Rude()
    names = [*FAULTS, *(f"good {n}" for n in range(GOOD))]
    every = [Source(name=name, url=f"http://{host(name)}:{rude.port}/feed") for name in names]
    tags = {"ETag": '"v1"', "Last_Modified": "Sun, 01 Jun 2025 10:00:00 GMT"}

    def good(name: str, *numbers: int, **headers: str) -> Script:
        return says(answer(feed(key(name) if name in FAULTS else name, *numbers), **headers))

    def one() -> tuple[Report, dict[str, Told], dict[str, int]]:
        report = passed(folder, *every, everything=True, total=TOTAL)
        db = open_readonly(folder / "wire.db")
        counted: dict[str, int] = {}
        for _, story in stories.usable(db):
            counted[story.source or ""] = counted.get(story.source or "", 0) + 1
        return report, all_told(db), counted

    for name in names:
        first = FAULTS[name].first if name in FAULTS else {}
        rude.at[host(name)] = good(name, 1, 2, **(tags | first))
    passes = [one()]
    rude.at |= {host(name): fault.script for name, fault in FAULTS.items()}
    with growth() as grown:
        passes.append(one())
    heads = {name: list(rude.of[host(name)]) for name in names}
    for name in names:
        rude.at[host(name)] = good(name, 1, 2, 3, 4, **{**tags, "ETag": '"v9"'})
    db = open_store(folder / "wire.db")
    with writing(db):  # an hour later
        db.conn.execute("UPDATE hosts SET wait_until = '2025-01-01T00:00:00Z'")
        db.conn.execute("UPDATE sources SET due = '2025-01-01T00:00:00Z'")
    db.conn.close()
    passes.append(one())
    rude.close()
    reports, told, counted = zip(*passes, strict=True)
    yield After(reports=reports, told=told, stories=counted, grown=grown[0], heads=heads)


def line(report: Report, name: str) -> Line:
    (found,) = (line for line in report.lines if line.source == name)
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_outcome_and_harms_nothing_that_is_stored(after: After, name: str) -> None:
    fault, seen, told = FAULTS[name], line(after.reports[1], name), after.told[1][name]
    assert (seen.outcome, told.error_kind) == (fault.outcome, fault.kind), seen
    assert after.stories[1][name] == fault.stories
    before = after.told[0][name].validators
    assert (told.validators == before) is fault.kept, told.validators
    assert bool(told.action) is fault.person, told.action
    assert (told.failures == 0) is (fault.outcome in ("fetched", "unchanged"))
    assert fault.says in (seen.why or "")
    # Three tries of TOTAL, or of a hang-up of the tests' own, and the pauses between them; a busy machine is forgiven.
    assert seen.seconds < 3 * TOTAL + 4
    due = told.due
    assert due is not None and due - datetime.now(UTC) <= timedelta(days=7)


@pytest.mark.parametrize("name", FAULTS)
def test_each_source_is_well_again_with_its_server(after: After, name: str) -> None:
    told = after.told[2][name]
    assert line(after.reports[2], name).outcome == "fetched"
    assert (told.failures, told.last_error, told.action) == (0, None, None)
    assert told.validators == Validators(etag='"v9"', last_modified="Sun, 01 Jun 2025 10:00:00 GMT")
    assert after.stories[2][name] >= 4


def test_a_home_page_tells_the_feeds_that_it_offers_and_none_is_taken(after: After) -> None:
    told = after.told[1]["row 15: home page"]
    assert (
        told.action is not None and told.action.startswith("it offers http://") and "/all.rss" in told.action
    )
    assert told.current_url is None
    assert not any(b"/all.rss" in head for head in after.heads["row 15: home page"])


def test_good_sources_do_not_wait_for_faulty_ones(after: After) -> None:
    order = [line.source for line in after.reports[1].lines]
    slow = [name for name in FAULTS if name.startswith(("row 25", "row 26"))]
    for number in range(GOOD):
        name = f"good {number}"
        assert line(after.reports[1], name).outcome == "unchanged"
        assert line(after.reports[1], name).seconds < 2
        assert all(order.index(name) < order.index(other) for other in slow)


def test_memory_stays_flat_among_bombs_and_endless_bodies(after: After) -> None:
    assert after.grown < 120 << 20


def test_what_failed_is_not_asked_for_too_often(after: After) -> None:
    """The first pass asks once; then row by row what the table allows."""
    asked = {name: len(heads) - 1 for name, heads in after.heads.items()}
    for name in ("row 9: 429", "row 10: 503", "row 22: 410", "row 23: 404", "row 24: 403", "row 32: 10 GB"):
        assert asked[name] == 1, name
    for name in ("row 13: 500", "row 25: silence", "row 27: hang-up"):
        assert asked[name] == 3, name
    assert asked["row 2: 304 unasked"] == asked["row 28: cut gzip"] == 2
    agents = {
        next(row for row in head.split(b"\r\n") if row.startswith(b"User-Agent"))
        for heads in after.heads.values()
        for head in heads
    }
    assert len(agents) == 1, "no other name is tried after a refusal"
