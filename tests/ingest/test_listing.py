"""A page that lists stories, against a real server."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ingest.source import Source
from store.db import open_readonly
from tests.ingest.conftest import PAGE, Server, visit

FRONT = """<html><head><title>Ward News</title></head><body><nav><a href="/">Home</a><a href="/sport">Sport</a>
<a href="/tag/canal-works-in-the-old-town">Canal works in the old town</a></nav>{links}
<aside><a href="https://elsewhere.example/2025/06/02/not-one-of-ours-at-all">A story of quite another paper here</a></aside>
<footer><a href="/about-us/the-people-behind-ward-news">The people behind Ward News</a></footer></body></html>"""


def lay(server: Server, *numbers: int) -> None:
    """A front page that lists stories, and their pages."""
    links = "".join(
        f'<article><a href="/news/{n}"><img src="/{n}.jpg"></a><h3><a href="/news/ward-{n}-to-dig-a-canal">'
        f"Ward {n} to dig a canal of its own</a></h3></article>"
        for n in numbers
    )
    server.pages["/front"] = (200, "text/html", FRONT.format(links=links).encode())
    for n in numbers:
        body = PAGE.format(t=f"Ward {n} to dig a canal of its own", n=n).encode()
        server.pages.setdefault(f"/news/ward-{n}-to-dig-a-canal", (200, "text/html", body))


def source(server: Server, **more: str) -> Source:
    return Source(name="front", kind="listing", url=server.base + "/front", **more)  # type: ignore[arg-type]


def test_new_stories_are_read_once_and_nothing_else_is_asked_for(tmp_path: Path, server: Server) -> None:
    lay(server, 1, 2)
    assert visit(tmp_path, source(server)).tally.new == 2
    lay(server, 1, 2, 3)
    server.asked.clear()
    assert visit(tmp_path, source(server)).tally.new == 1
    assert server.asked == ["/front", "/news/ward-3-to-dig-a-canal"]
    server.asked.clear()
    assert visit(tmp_path, source(server)).outcome == "unchanged"
    assert server.asked == ["/front"]


def test_a_selector_chooses(tmp_path: Path, server: Server) -> None:
    lay(server, 1, 2)
    assert visit(tmp_path, source(server, select="article:first-of-type h3 a")).tally.new == 1


def test_a_page_without_a_story_is_asked_for_once_and_one_that_is_down_again(
    tmp_path: Path, server: Server
) -> None:
    server.pages["/news/ward-1-to-dig-a-canal"] = (200, "text/html", b"<html><body>soon</body></html>")
    server.pages["/news/ward-2-to-dig-a-canal"] = (503, "text/plain", b"later")
    lay(server, 1, 3, 2)  # the host asks for rest at the last
    line = visit(tmp_path, source(server))
    assert (line.tally.new, line.tally.refused) == (1, 1)
    server.asked.clear()
    db = open_readonly(tmp_path / "wire.db")
    assert db.execute("SELECT body_hash FROM sources").fetchone() == (None,)  # not all of it is read
    with sqlite3.connect(tmp_path / "wire.db") as conn:
        conn.execute("UPDATE hosts SET wait_until = NULL")
    server.pages["/news/ward-2-to-dig-a-canal"] = (200, "text/html", PAGE.format(t="Ward 2", n=2).encode())
    assert visit(tmp_path, source(server)).tally.new == 1
    assert "/news/ward-1-to-dig-a-canal" not in server.asked


def test_a_page_that_lists_nothing_is_told(tmp_path: Path, server: Server) -> None:
    server.pages["/front"] = (200, "text/html", b"<html><body><p>Nothing here.</p></body></html>")
    line = visit(tmp_path, source(server))
    assert line.outcome == "failed" and "no link that looks like a story" in (line.why or "")


def test_robots_txt_binds(tmp_path: Path, server: Server) -> None:
    lay(server, 1, 2)
    server.pages["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /news/ward-1")
    assert visit(tmp_path, source(server)).tally.new == 1
    assert "/news/ward-1-to-dig-a-canal" not in server.asked


def test_a_listing_that_moved_is_followed_and_its_links_are_those_of_its_new_place(
    tmp_path: Path, server: Server
) -> None:
    lay(server, 1, 2)
    status, kind, body = server.pages.pop("/front")
    server.pages["/news/"] = (status, kind, body.replace(b'href="/news/', b'href="'))
    server.pages["/front"] = (301, "text/plain", b"")
    server.moves["/front"] = "/news/"
    line = visit(tmp_path, source(server))
    assert (line.outcome, line.tally.new, line.action) == ("fetched", 2, None)
    server.asked.clear()
    assert visit(tmp_path, source(server)).outcome == "unchanged"
    assert server.asked == ["/front", "/news/"]


def test_a_link_that_leads_home_is_no_story_and_one_to_a_known_page_no_second(
    tmp_path: Path, server: Server
) -> None:
    lay(server, 1, 2, 3)
    home = PAGE.format(t="Ward News of today with all that happened in the town", n=9).encode()
    server.pages["/"] = (200, "text/html", home)
    server.pages["/news/ward-2-to-dig-a-canal"] = (302, "text/plain", b"")
    server.moves["/news/ward-2-to-dig-a-canal"] = "/"
    server.pages["/news/ward-3-to-dig-a-canal"] = (301, "text/plain", b"")
    server.moves["/news/ward-3-to-dig-a-canal"] = "/news/ward-1-to-dig-a-canal"
    line = visit(tmp_path, source(server))
    assert (line.tally.new, line.tally.refused) == (1, 1)
    server.asked.clear()
    assert visit(tmp_path, source(server)).outcome == "unchanged"
