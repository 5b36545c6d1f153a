"""Pages that go and come back after their story was stored, against a real server."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.plan import Plan
from ingest.polite import Polite
from ingest.run import Run
from ingest.source import Source
from store import check, events, search
from store.db import open_readonly
from store.export import changed
from tests.ingest.conftest import HERE, PAGE, Server
from wire import locks
from wire.cli import cli

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
RSS = '<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
ITEM = "<item><title>Ward {n} to dig a canal of its own</title><guid>id-{n}</guid><link>{base}/story-{n}</link><pubDate>Mon, 02 Jun 2025 11:30:00 GMT</pubDate><description>The council of ward {n} wants …</description></item>"


class Desk:
    """A feed of teasers, visited at hours of our choice."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.source = Source(name="paper", url=f"{server.base}/feed")

    def serve(self, *numbers: int) -> None:
        items = "".join(ITEM.format(n=n, base=self.server.base) for n in numbers)
        self.server.pages["/feed"] = (200, "application/rss+xml", RSS.format(items=items).encode())
        for n in numbers:
            self.turn(n)

    def turn(self, n: int, status: int = 200) -> None:
        text = PAGE.format(t=f"Ward {n} to dig a canal of its own", n=n).encode()
        self.server.pages[f"/story-{n}"] = (status, "text/html", text)

    def visit(self, hours: float, *, source: Source | None = None) -> Any:
        now = NOON + timedelta(hours=hours)
        self.server.asked.clear()
        plan = Plan(
            store=self.folder / "wire.db", archive=self.folder / "archive", sources=(source or self.source,),
            settings=HERE, everything=True, run="test",
        )  # fmt: skip
        with Polite(HERE, store=plan.store, stop=threading.Event()) as http:
            run = Run(plan, lock=lambda name: locks.held(self.folder / "locks", name), fetch=http.fetch, hosts=http.hosts, now=lambda: now)  # fmt: skip
            (line,) = run.go().lines
        return line

    def told(self) -> list[tuple[str, str]]:
        return [(event.kind, event.reason) for event in events.after(self.db)]

    @property
    def db(self) -> Any:
        return open_readonly(self.folder / "wire.db")


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


@pytest.mark.parametrize(("status", "why"), [(404, "HTTP 404"), (410, "HTTP 410")])
def test_a_page_that_goes_is_told_and_is_no_kill(desk: Desk, status: int, why: str) -> None:
    desk.serve(1)
    desk.visit(0)
    desk.turn(1, status)
    line = desk.visit(2)
    assert (line.outcome, line.tally.requests) == ("unchanged", 2)
    assert desk.told() == [("create", "new"), ("update", f"gone at source: {why}")]
    told = search.one(desk.db, 1) or {}
    assert (told["status"], told["gone_at"], told["gone_why"]) == ("usable", "2025-06-02T14:00:00Z", why)
    (hit,) = search.search(desk.db, "canal")
    assert hit.gone_at == "2025-06-02T14:00:00Z"
    (row,) = changed(desk.db, after=1)
    assert row.gone_at and row.text and row.text.body
    assert not list(check.rebuild_faults(desk.db))


def test_coming_back_is_told_too(desk: Desk) -> None:
    desk.serve(1)
    desk.visit(0)
    desk.turn(1, 404)
    desk.visit(2)
    desk.turn(1)
    desk.visit(5)
    assert [reason for _, reason in desk.told()] == [
        "new",
        "gone at source: HTTP 404",
        "at its source again",
    ]
    assert (search.one(desk.db, 1) or {})["gone_at"] is None


def test_a_feed_that_tells_it_still_brings_no_page_back(desk: Desk) -> None:
    desk.serve(1)
    desk.visit(0)
    desk.turn(1, 410)
    desk.visit(2)
    desk.serve(1, 2)  # the feed changed: the first story is told again
    desk.turn(1, 410)
    desk.visit(2.1)
    assert (search.one(desk.db, 1) or {})["gone_at"]


def test_what_cannot_be_had_says_nothing(desk: Desk) -> None:
    desk.serve(1)
    desk.visit(0)
    for status in (500, 403):
        desk.turn(1, status)
        desk.visit(2 if status == 500 else 5)
    assert desk.told() == [("create", "new")]


def test_a_redirect_to_the_home_page_is_gone(desk: Desk) -> None:
    desk.server.pages["/"] = (200, "text/html", b"<html><body><h1>News</h1></body></html>")
    desk.serve(1)
    desk.visit(0)
    desk.turn(1, 302)
    desk.server.moves = {"/story-1": "/"}
    desk.visit(2)
    assert desk.told()[-1][1].startswith("gone at source: leads to ")


def test_few_pages_are_looked_at_and_ever_more_seldom(desk: Desk) -> None:
    desk.serve(*range(1, 6))
    desk.visit(0)
    desk.visit(0.5)
    assert desk.server.asked == ["/feed"], "too early"
    desk.visit(2)
    assert len([path for path in desk.server.asked if path.startswith("/story-")]) == 3
    desk.visit(2.1)
    desk.visit(2.5)
    assert desk.server.asked == ["/feed"], "each was looked at; the next look is at twice the age"
    looks = 0
    for hour in range(5, 48, 4):
        desk.visit(hour)
        looks += desk.server.asked.count("/story-1")
    assert 2 <= looks <= 4
    desk.visit(60)
    assert desk.server.asked == ["/feed"], "it is no longer new"


def test_the_look_is_conditional(desk: Desk) -> None:
    desk.serve(1)
    desk.server.more = {"ETag": '"a"'}
    desk.visit(0)
    desk.server.headers.clear()
    desk.visit(2)
    sent = [h.get("If-None-Match") for h in desk.server.headers]
    assert desk.server.asked[-1] == "/story-1" and sent[-1] == '"a"'


def test_robots_txt_binds_the_look(desk: Desk) -> None:
    desk.server.pages["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /story-")
    desk.serve(1)
    for hour in (0, 2, 5):
        desk.visit(hour)
    assert "/story-1" not in desk.server.asked
    assert desk.told() == [("create", "new")]


def test_hosts_that_were_never_asked_are_not_asked_now(desk: Desk) -> None:
    desk.serve(1)
    whole = "".join(f"<p>The {n} boats of the north quay went out at dawn and came home with empty nets, the harbour master said.</p>" for n in ("red", "green", "blue", "old"))  # fmt: skip
    body = RSS.format(items=ITEM.format(n=1, base="http://127.0.0.2:9"))
    body = body.replace("<description>", '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[' + whole + "]]></content:encoded><description>")  # fmt: skip
    desk.server.pages["/feed"] = (200, "application/rss+xml", body.encode())
    desk.visit(0)
    line = desk.visit(2)
    assert line.tally.requests == 1
    off = Source(name="paper", url=desk.source.url, pages=False)
    desk.serve(1)
    desk.visit(3, source=off)
    assert desk.visit(9, source=off).tally.requests == 1


def test_the_desk_is_shown_what_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.serve(1)
    desk.visit(0)
    desk.turn(1, 410)
    desk.visit(2)
    (desk.folder / "wires.toml").write_text(
        f'[store]\npath = "wire.db"\n[fetch]\ncontact = "desk@example.org"\n[[source]]\nname = "paper"\nurl = "{desk.source.url}"\n'
    )
    monkeypatch.chdir(desk.folder)

    def said(*arguments: str) -> str:
        return CliRunner().invoke(cli, arguments).output

    assert "gone:      at source since 2025-06-02 14:00 UTC (HTTP 410)" in said("show", "1")
    assert "gone at source" in said("search", "canal")
    assert json.loads(said("export").splitlines()[-1])["gone_at"] == "2025-06-02T14:00:00Z"
    assert json.loads(said("list", "--json"))["gone_why"] == "HTTP 410"
    assert json.loads(said("search", "canal", "--json"))["gone_at"]
