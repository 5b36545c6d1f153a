"""The ways in beside the feed, each against a real server: a sitemap with an index, WordPress by REST and by its feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.source import Source
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import PAGE, Server, visit
from tests.ingest.feeds import item, rss


def bodies(folder: Path) -> dict[str, int]:
    db = open_readonly(folder / "wire.db")
    return {story.headline or "": len(story.body) for _, story in stories.usable(db)}


def page(server: Server, n: int) -> str:
    server.pages[f"/story-{n}"] = (
        200,
        "text/html",
        PAGE.format(t=f"Ward {n} to dig a canal of its own", n=n).encode(),
    )
    return f"<url><loc>{server.base}/story-{n}</loc><lastmod>2025-06-0{n}T00:00:00Z</lastmod></url>"


def sitemap(server: Server, path: str, *entries: str) -> None:
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'
    server.pages[path] = (200, "application/xml", body.encode())


def test_a_sitemap_gives_the_stories_of_its_pages_once(server: Server, tmp_path: Path) -> None:
    sitemap(server, "/news.xml", page(server, 1), page(server, 2))
    source = Source(name="map", kind="sitemap", url=f"{server.base}/news.xml")
    assert visit(tmp_path, source).tally.new == 2
    assert set(bodies(tmp_path).values()) == {2}
    server.asked.clear()
    assert visit(tmp_path, source).tally.new == 0
    assert "/story-1" not in server.asked


def test_a_page_that_fails_is_asked_for_again(server: Server, tmp_path: Path) -> None:
    sitemap(server, "/news.xml", page(server, 1), page(server, 2))
    kept, server.pages["/story-2"] = server.pages["/story-2"], (500, "text/plain", b"later")
    source = Source(name="map", kind="sitemap", url=f"{server.base}/news.xml")
    assert visit(tmp_path, source).tally.new == 1
    server.pages["/story-2"] = kept
    assert visit(tmp_path, source).tally.new == 1


def test_an_index_is_read_by_what_changed_and_a_loop_ends(server: Server, tmp_path: Path) -> None:
    sitemap(server, "/a.xml", page(server, 1))
    sitemap(server, "/b.xml", page(server, 2))

    def index(*children: tuple[str, str]) -> None:
        listed = "".join(
            f"<sitemap><loc>{server.base}{path}</loc><lastmod>{stamp}</lastmod></sitemap>"
            for path, stamp in children
        )
        server.pages["/index.xml"] = (
            200,
            "application/xml",
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'.encode(),
        )

    index(("/a.xml", "2025-06-01T00:00:00Z"), ("/index.xml", "2025-06-01T00:00:00Z"))
    source = Source(name="map", kind="sitemap", url=f"{server.base}/index.xml")
    assert visit(tmp_path, source).tally.new == 1
    index(("/a.xml", "2025-06-01T00:00:00Z"), ("/b.xml", "2025-06-02T00:00:00Z"))
    server.asked.clear()
    assert visit(tmp_path, source).tally.new == 1
    assert "/a.xml" not in server.asked


def post(n: int, modified: datetime, base: str) -> dict[str, Any]:
    stamp = modified.strftime("%Y-%m-%dT%H:%M:%S")
    text = f"<p>Pune, June 2: The council of ward {n} said that work on the canal would begin when the rains are over.</p><p>It takes {n} months.</p>"
    return {
        "id": n,
        "guid": {"rendered": f"{base}/?p={n}"},
        "link": f"{base}/p{n}",
        "date_gmt": stamp,
        "modified_gmt": stamp,
        "title": {"rendered": f"Ward {n} digs"},
        "content": {"rendered": text},
        "status": "publish",
    }


def test_wordpress_goes_on_from_its_cursor(server: Server, tmp_path: Path) -> None:
    path = "/wp-json/wp/v2/posts"
    begun = datetime(2025, 6, 2, 8, tzinfo=UTC)
    server.pages[path] = (
        200,
        "application/json",
        json.dumps([post(1, begun, server.base), post(2, begun, server.base)]).encode(),
    )
    source = Source(name="wp", kind="wordpress", url=server.base)
    assert visit(tmp_path, source).tally.new == 2
    server.pages[path] = (
        200,
        "application/json",
        json.dumps([post(3, begun + timedelta(hours=1), server.base)]).encode(),
    )
    assert visit(tmp_path, source).tally.new == 1
    assert "modified_after=2025-06-02T07%3A59%3A59Z" in server.asked[-1]


def test_wordpress_falls_back_on_the_feed(server: Server, tmp_path: Path) -> None:
    server.pages["/wp-json/wp/v2/posts"] = (
        404,
        "application/json",
        b'{"code":"rest_no_route","message":"No route"}',
    )
    text = (
        "<p>Pune, June 2: The council said that work on the canal would begin when the rains are over and the ground is dry.</p>"
        * 2
    )
    item = f"<item><title>Ward digs</title><link>{server.base}/p1</link><guid>g1</guid><content:encoded><![CDATA[{text}]]></content:encoded></item>"
    server.pages["/feed/"] = (
        200,
        "application/rss+xml",
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>{item}</channel></rss>'.encode(),
    )
    assert visit(tmp_path, Source(name="wp", kind="wordpress", url=server.base)).tally.new == 1
    server.asked.clear()
    assert visit(tmp_path, Source(name="wp", kind="wordpress", url=server.base)).outcome == "unchanged"
    assert server.asked == ["/feed/"]  # REST is closed: it is asked again tomorrow


def test_a_wordpress_that_does_not_know_modified_after_is_read_by_its_feed(
    server: Server, tmp_path: Path
) -> None:
    begun = datetime(2025, 6, 2, 8, tzinfo=UTC)
    path = "/wp-json/wp/v2/posts"

    def posts(*numbers: int) -> bytes:
        return json.dumps([post(n, begun + timedelta(days=n), server.base) for n in numbers]).encode()

    server.pages[path] = (200, "application/json", posts(9, 8))
    source = Source(name="wp", kind="wordpress", url=server.base)
    assert visit(tmp_path, source).tally.new == 2
    server.pages[path] = (200, "application/json", posts(1, 2, 3))  # the oldest, whatever was asked for
    server.pages["/feed/"] = (200, "application/rss+xml", rss(item("wp", 10)))
    line = visit(tmp_path, source)
    assert (line.outcome, line.tally.new) == ("fetched", 1)
