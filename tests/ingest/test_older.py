"""A feed that turned over between two visits: what passed by is read from its older pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.source import Source
from store.db import open_readonly
from tests.ingest.conftest import PAGE, Answer, Server, visit
from tests.ingest.feeds import item, rss

SIZE = 4


class Paper:
    """A feed of the newest SIZE of its stories, with older pages in one of three manners."""

    def __init__(self, server: Server, manner: str) -> None:
        self.server, self.manner, self.newest = server, manner, 4
        self.failing: set[int] = set()  # pages
        self.teasers = False
        server.answer = self.answer

    def answer(self, path: str, headers: dict[str, str]) -> Answer | None:
        asked = urlsplit(path)
        if asked.path[1:].isdigit():
            n = int(asked.path[1:])
            return 200, "text/html", PAGE.format(t=f"Lighthouse a counts ship {n}", n=n).encode()
        if asked.path != "/feed":
            return None
        page = int(parse_qs(asked.query).get("paged", ["1"])[0])
        if page in self.failing:
            return 500, "text/plain", b"later"
        last = self.newest - (page - 1) * SIZE
        numbers = range(last, max(last - SIZE, 0), -1)
        if not numbers:
            return 404, "text/html", b"<html><body>no such page</body></html>"
        rel = {"paged": "next", "archived": "prev-archive"}.get(self.manner)
        link = (
            f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="{rel}" href="/feed?paged={page + 1}"/>'
        )
        made = "<generator>https://wordpress.org/?v=6.5</generator>"
        head = {"wordpress": made, "plain": ""}.get(self.manner, link)
        text = "<p>The coast guard</p>" if self.teasers else ""
        items = [item("a", n, link=f"{self.server.base}/{n}", text=text) for n in numbers]
        body = rss(*items).replace(b"<title>Wires</title>", f"<title>Wires</title>{head}".encode())
        return 200, "application/rss+xml", body


def feed(server: Server) -> Source:
    return Source(name="paper", kind="feed", url=f"{server.base}/feed")


def pages(server: Server) -> list[str]:
    return [path for path in server.asked if "paged" in path]


@pytest.mark.parametrize("manner", ["wordpress", "paged", "archived"])
def test_pages_are_read_until_a_story_is_known(server: Server, tmp_path: Path, manner: str) -> None:
    paper = Paper(server, manner)
    paper.newest = 20
    assert visit(tmp_path, feed(server)).tally.new == 4
    assert pages(server) == []  # nothing is missed at a first visit
    paper.newest = 22
    assert visit(tmp_path, feed(server)).tally.new == 2
    assert pages(server) == []
    paper.newest = 33
    line = visit(tmp_path, feed(server))
    assert (line.tally.new, line.tally.requests) == (11, 3)
    assert pages(server) == ["/feed?paged=2", "/feed?paged=3"]
    assert visit(tmp_path, feed(server)).tally.new == 0


def test_a_feed_that_tells_no_older_pages_is_asked_for_none(server: Server, tmp_path: Path) -> None:
    paper = Paper(server, "plain")
    visit(tmp_path, feed(server))
    paper.newest = 40
    assert visit(tmp_path, feed(server)).tally.new == 4
    assert pages(server) == []


def test_a_page_that_fails_is_where_the_next_visit_goes_on(server: Server, tmp_path: Path) -> None:
    paper = Paper(server, "wordpress")
    visit(tmp_path, feed(server))
    paper.newest, paper.failing = 16, {3}
    line = visit(tmp_path, feed(server))
    assert (line.outcome, line.tally.new) == ("fetched", 8)
    paper.failing, paper.newest = set(), 17
    assert visit(tmp_path, feed(server)).tally.new == 5
    server.asked.clear()
    paper.newest = 18
    assert visit(tmp_path, feed(server)).tally.new == 1
    assert pages(server) == []
    db = open_readonly(tmp_path / "wire.db")
    notes: dict[str, Any] = json.loads(db.execute("SELECT notes FROM sources").fetchone()[0])
    assert notes["gap"] is None


def test_a_gap_is_closed_also_where_the_feed_stands_still(server: Server, tmp_path: Path) -> None:
    paper = Paper(server, "wordpress")
    server.more = {"ETag": '"1"'}
    visit(tmp_path, feed(server))
    paper.newest, paper.failing = 16, {2}
    assert visit(tmp_path, feed(server)).tally.new == 4
    paper.failing = set()
    assert visit(tmp_path, feed(server)).tally.new == 8
    assert server.headers[-1].get("If-None-Match") is None
    assert visit(tmp_path, feed(server)).tally.new == 0


def test_pages_of_teasers_that_could_not_be_had_are_asked_for_again(server: Server, tmp_path: Path) -> None:
    paper = Paper(server, "wordpress")
    paper.teasers = True
    kept = server.answer
    visit(tmp_path, feed(server))
    paper.newest = 12
    server.answer = lambda path, headers: (500, "text/plain", b"") if path == "/6" else kept(path, headers)
    line = visit(tmp_path, feed(server))
    assert line.tally.new == 8
    server.answer = kept
    line = visit(tmp_path, feed(server))
    assert (line.tally.new, line.tally.versions) == (0, 1)
    assert visit(tmp_path, feed(server)).tally.versions == 0


def test_five_pages_are_the_most_and_what_is_behind_them_is_told(server: Server, tmp_path: Path) -> None:
    paper = Paper(server, "wordpress")
    visit(tmp_path, feed(server))
    paper.newest = 100
    line = visit(tmp_path, feed(server))
    assert (line.tally.new, len(pages(server))) == (24, 5)
    assert any("more often" in why for why in line.tally.reasons)


def test_the_end_of_the_pages_ends_the_search(server: Server, tmp_path: Path) -> None:
    Paper(server, "wordpress")
    visit(tmp_path, feed(server))
    server.pages["/feed"] = (
        200, "application/rss+xml",
        rss(*(item("b", n, link=f"{server.base}/b{n}") for n in range(4))).replace(
            b"<title>Wires</title>", b"<title>Wires</title><generator>https://wordpress.org/?v=6.5</generator>"
        ),
    )  # fmt: skip
    server.answer = lambda path, headers: (404, "text/html", b"<html></html>") if "paged" in path else None
    line = visit(tmp_path, feed(server))
    assert (line.outcome, line.tally.new, line.action) == ("fetched", 4, None)
