"""What a person is told of sources: `wire status`, its exit status, and the account of manners, after runs against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.plan import Report
from ingest.rhythm import heard
from ingest.source import Source
from store import stories
from store.db import open_store, writing
from store.sources import keep, told
from tests.ingest.conftest import HERE, PAGE, Server, passed
from tests.ingest.feeds import DATE, item, rss
from wire.cli import cli

NOW = datetime(2025, 6, 2, 6, 0, tzinfo=UTC)  # a Monday


@dataclass
class Desk:
    folder: Path
    server: Server
    source: Source

    def at(self, hours: float, **more: Any) -> Report:
        """A run so many hours after NOW, over what is due by then."""
        return passed(self.folder, self.source, now=lambda: NOW + timedelta(hours=hours), **more)

    def wire(self, *words: str) -> tuple[int, str]:
        """(exit status, standard output) of a command."""
        done = CliRunner().invoke(cli, words)
        return done.exit_code, done.stdout

    @property
    def action(self) -> str | None:
        """What `wire status` says must be done; its exit status says the same, and so does its table."""
        status, said = self.wire("status", "--json")
        (row,) = map(json.loads, said.splitlines())
        plain = self.wire("status")
        assert status == plain[0] == (row["action"] is not None)
        assert row["action"] is None or row["action"] in plain[1]
        found: str | None = row["action"]
        return found


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(
        tmp_path, server, Source(name="paper", url=f"{server.base}/feed", every=timedelta(minutes=10))
    )
    (tmp_path / "wires.toml").write_text(
        f'[store]\npath = "wire.db"\n[fetch]\ncontact = "desk@example.org"\ngap = 0\n[[source]]\nname = "paper"\nurl = "{made.source.url}"\n'
    )
    monkeypatch.chdir(tmp_path)
    # What is overdue by the clock of this test's day is not what these tests are about.
    monkeypatch.setattr("ingest.schedule.overdue", lambda *_: None)
    return made


def serve(desk: Desk, *numbers: int, path: str = "/feed") -> None:
    desk.server.pages[path] = (200, "text/xml", rss(*(item("a", n) for n in numbers)))


def test_a_feed_that_moved_is_told_once_it_is_sure_and_needs_a_person(desk: Desk) -> None:
    serve(desk, 1, 2)
    desk.at(0)
    assert desk.action is None
    serve(desk, 1, 2, 3, path="/new")
    desk.server.pages["/feed"], desk.server.moves["/feed"] = (301, "text/plain", b""), "/new"
    for hours in (1, 14):
        assert not desk.at(hours).needs_a_person
    assert desk.action is None, "one day's redirect is no removal"
    assert desk.at(27).needs_a_person
    assert desk.action == f"it moved for good to {desk.server.base}/new: write that into wires.toml"
    desk.server.asked.clear()
    desk.at(40)
    assert desk.server.asked == ["/new"], "the new address is asked from now on"


@pytest.mark.parametrize("status", [302, 307])
def test_a_passing_redirect_is_never_believed(desk: Desk, status: int) -> None:
    serve(desk, 1, 2, path="/new")
    desk.server.pages["/feed"], desk.server.moves["/feed"] = (status, "text/plain", b""), "/new"
    for hours in (0, 14, 28, 42, 56):
        assert not desk.at(hours).needs_a_person
    desk.server.asked.clear()
    desk.at(70)
    assert desk.server.asked == ["/feed", "/new"]


def test_a_feed_that_became_a_page_is_told_with_what_the_page_offers(desk: Desk) -> None:
    serve(desk, 1)
    desk.at(0)
    link = '<link rel="alternate" type="application/atom+xml" href="/all.atom"></head>'
    desk.server.pages["/feed"] = (
        200,
        "text/html",
        PAGE.format(t="Welcome to the new site", n=3).replace("</head>", link).encode(),
    )
    assert desk.at(1).needs_a_person
    assert desk.action == f"it offers {desk.server.base}/all.atom"
    serve(desk, 1, 2)
    assert not desk.at(20).needs_a_person
    assert desk.action is None, "what mends itself is not told any more"


def test_a_yield_that_dropped_is_told(desk: Desk) -> None:
    def stories(first: int, length: int) -> bytes:
        text = "".join(
            f"<p>Line {n} of the report has its say on quay and reef and harbour.</p>" for n in range(length)
        )
        made = [
            item(
                "a",
                n,
                title=f"Report {n * 7919 % 1000} of ship {n}",
                text=f"<p>Pier {n * 104729 % 9973} opens.</p>{text}",
                date=DATE,
            )
            for n in range(first, first + 30)
        ]
        return rss(*made)

    for hour in range(2):
        desk.server.pages["/feed"] = (200, "text/xml", stories(100 * hour, 20))
        assert not desk.at(hour).needs_a_person
    desk.server.pages["/feed"] = (200, "text/xml", stories(900, 6))
    assert desk.at(3).needs_a_person
    assert "characters long where" in (desk.action or "")


def test_silence_is_told_by_the_sources_own_week(desk: Desk) -> None:
    """News at hours of the office on working days: a quiet weekend is none, a quiet Monday is."""
    rhythm, last = None, None
    for hours in range(24 * 28):
        now = NOW - timedelta(days=28) + timedelta(hours=hours)
        if now.weekday() < 5 and now.hour in range(6, 18, 2):
            rhythm, last = heard(rhythm, last, now), now
    serve(desk, 1)
    desk.at(-56)
    db = open_store(desk.folder / "wire.db")
    with writing(db):  # the last news came on Friday afternoon
        keep(db, replace(told(db, "paper"), notes={"rhythm": rhythm}, last_new=last))
    db.conn.close()
    said = {hours: (desk.at(hours), desk.action)[1] for hours in (-44, -20, -2, 2, 26)}
    assert [said[hours] for hours in (-44, -20, -2, 2)] == [None] * 4, "the weekend, and Monday's first hours"
    assert said[26] is not None and "silent for" in said[26], "a day of the office without news"
    serve(desk, 2)
    desk.at(29)
    assert desk.action is None


def test_the_account_of_manners_is_what_the_server_saw(desk: Desk) -> None:
    desk.server.answer = lambda path, headers: (304, "text/xml", b"") if "If-None-Match" in headers else None
    desk.server.more["ETag"] = '"a"'
    serve(desk, 1)
    for _ in range(5):
        passed(desk.folder, desk.source, settings=replace(HERE, gap=0.01), everything=True)
    status, said = desk.wire("status", "--etiquette", "--json")
    (row,) = map(json.loads, said.splitlines())
    seen = desk.server.headers
    conditional = sum("If-None-Match" in headers for headers in seen)
    assert status == 0 and (row["requests"], conditional) == (len(seen), 4)
    assert row["conditional"] == row["not_modified"] == round(conditional / len(seen), 4)
    assert (row["gaps"], row["gaps_short"]) == (4, 0) and row["shortest_gap"] >= 0.01
    assert row["robots"] == "not asked for"
    assert desk.wire("status", "--etiquette")[1].startswith(row["host"])


@pytest.mark.parametrize("contact", ["", 'contact = ""', 'contact = "me"', 'contact = "you@"'])
def test_a_contact_is_insisted_on(desk: Desk, contact: str) -> None:
    config = desk.folder / "wires.toml"
    config.write_text(config.read_text().replace('contact = "desk@example.org"', contact))
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code or done.exception is not None
    assert "contact" in str(done.exception) + done.output


def visits(desk: Desk, hours: int, step: int) -> list[float]:
    """Hours at which a cron of every `step` hours visits the source."""
    found, at = [], 1.0
    while at <= hours:
        if desk.at(at).lines:
            found.append(at)
        at += step
    return found


def test_row_23_a_week_of_404_backs_off_is_told_after_three_days_and_ends(desk: Desk) -> None:
    serve(desk, 1, 2)
    desk.at(0)
    kept = desk.server.pages.pop("/feed")
    asked = visits(desk, 48, 4)
    assert 3 <= len(asked) <= 8 and desk.action is None
    gaps = [later - sooner for sooner, later in pairwise(asked)]
    assert gaps[0] < gaps[-1]
    for day in (3, 4, 5, 6, 7):
        desk.at(24 * day + 2)
    assert desk.action == "the address answers 404 for days: find the new one"
    desk.server.pages["/feed"] = kept
    (line,) = desk.at(24 * 9).lines
    assert line.outcome in ("fetched", "unchanged") and desk.action is None
    assert sum(1 for _ in stories.usable(open_store(desk.folder / "wire.db"))) == 2


@pytest.mark.parametrize(
    ("status", "least", "most"), [(410, 7 * 24, 7 * 24 + 1), (403, 6, 8), (401, 6, 8), (451, 6, 8)]
)
def test_rows_22_24_who_refuses_is_asked_seldom_and_told_at_once(
    desk: Desk, status: int, least: float, most: float
) -> None:
    desk.server.pages["/feed"] = (status, "text/plain", b"no")
    assert desk.at(0).needs_a_person and desk.action is not None
    due = told(open_store(desk.folder / "wire.db"), "paper").due
    assert due is not None and least <= (due - NOW) / timedelta(hours=1) <= most
    assert desk.at(least - 0.1, everything=status == 410).lines == [], (
        "a 410 holds even where everything is asked for"
    )
    assert len(desk.at(most + 0.1).lines) == 1
