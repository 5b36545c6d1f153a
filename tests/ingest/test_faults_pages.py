"""The fault table (FETCHING.md, section 10): sitemaps, results by the page, article pages that are none, through whole visits."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.source import Source
from tests.ingest.conftest import PAGE, Answer, Server, visit
from tests.ingest.feeds import item, paragraphs, rss
from tests.ingest.test_faults_feeds import stored

SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BEGUN = datetime(2025, 6, 2, 8, tzinfo=UTC)


def address(server: Server, n: int) -> str:
    """A page with a story, and its line of a sitemap."""
    title = f"Ward {n} to dig a canal of its own"
    server.pages[f"/story-{n}"] = (200, "text/html", PAGE.format(t=title, n=n).encode())
    return f"<url><loc>{server.base}/story-{n}</loc></url>"


def test_row_50_an_index_with_itself_a_packed_child_and_a_lost_one(server: Server, tmp_path: Path) -> None:
    children = "".join(
        f"<sitemap><loc>{server.base}/{name}.xml</loc></sitemap>"
        for name in ("index", "packed", "lost", "plain", "plain")
    )
    plain, packed = (
        f"<urlset {SITEMAP}>{address(server, n)}{address(server, n + 1)}</urlset>".encode() for n in (1, 3)
    )
    server.pages |= {
        "/index.xml": (200, "text/xml", f"<sitemapindex {SITEMAP}>{children}</sitemapindex>".encode()),
        "/packed.xml": (200, "application/octet-stream", gzip.compress(packed)),
        "/plain.xml": (200, "text/html", plain),
    }
    source = Source(name="map", kind="sitemap", url=f"{server.base}/index.xml")
    assert visit(tmp_path, source).tally.new == 4
    assert [server.asked.count(f"/{name}.xml") for name in ("index", "packed", "lost", "plain")] == [
        1,
        1,
        1,
        1,
    ]
    assert visit(tmp_path, source).tally.new == 0


def posts(
    server: Server, kept: list[int], *, shift: Sequence[int] = (), apart: timedelta = timedelta(minutes=1)
) -> None:
    """WordPress REST over posts in order of modification; past the end it says 400. shift: posts that come in between two pages."""
    waiting = list(shift)

    def answer(path: str, headers: dict[str, str]) -> Answer | None:
        parts = urlsplit(path)
        if parts.path != "/wp-json/wp/v2/posts":
            return None
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        size, number = int(asked["per_page"]), int(asked["page"])
        since = datetime.fromisoformat(asked.get("modified_after", "1970-01-01T00:00:00Z"))
        if since > BEGUN:
            for changed in waiting:  # modified anew: it leaves its place and stands last
                kept.remove(changed)
                kept.append(changed)
                times[changed] = max(times.values()) + timedelta(minutes=1)
            waiting.clear()
        found = [n for n in kept if times[n] > since]
        if asked["order"] == "desc":
            found.reverse()
        page = found[(number - 1) * size : number * size]
        if not page and number > 1:
            body = {"code": "rest_post_invalid_page_number", "message": "Too far", "data": {"status": 400}}
            return 400, "application/json", json.dumps(body).encode()
        return 200, "application/json", json.dumps([post(n, times[n]) for n in page]).encode()

    times = {n: BEGUN + place * apart for place, n in enumerate(kept)}
    server.answer = answer


def post(n: int, modified: datetime) -> dict[str, Any]:
    stamp = modified.strftime("%Y-%m-%dT%H:%M:%S")
    text = "".join(f"<p>{line}</p>" for line in paragraphs("wp", n))
    return {
        "id": n, "guid": {"rendered": f"http://wp.example/?p={n}"}, "link": f"http://wp.example/p{n}", "date_gmt": stamp,
        "modified_gmt": stamp, "title": {"rendered": f"Lighthouse counts ship {n}"}, "content": {"rendered": text},
        "status": "publish",
    }  # fmt: skip


def test_row_51_past_the_last_page_is_a_clean_end(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.ways.wordpress.SIZE", 5)
    source = Source(name="wp", kind="wordpress", url=server.base)
    posts(server, [1, 2])
    visit(tmp_path, source)
    posts(server, list(range(1, 13)))  # ten more than are known: two whole pages, and 400 for the third
    line = visit(tmp_path, source)
    assert (line.outcome, line.why, line.action) == ("fetched", None, None)
    assert sorted(story.guid or "" for story in stored(tmp_path)) == sorted(
        f"http://wp.example/?p={n}" for n in range(1, 13)
    )
    assert "/feed/" not in server.asked, "the end is no fault for which to fall back on the feed"


def test_row_51_posts_of_one_second_come_all(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.ways.wordpress.SIZE", 5)
    source = Source(name="wp", kind="wordpress", url=server.base)
    posts(server, [1])
    visit(tmp_path, source)
    posts(server, list(range(1, 16)), apart=timedelta(0))
    line = visit(tmp_path, source)
    assert (line.outcome, line.why) == ("fetched", None)
    assert len(stored(tmp_path)) == 15


def test_row_51_posts_that_shift_between_two_pages_are_neither_lost_nor_doubled(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.ways.wordpress.SIZE", 5)
    source = Source(name="wp", kind="wordpress", url=server.base)
    posts(server, [1])
    visit(tmp_path, source)
    posts(
        server, list(range(1, 15)), shift=[3, 4]
    )  # 3 and 4 leave page one: 7 and 8 slip from page two to page one
    for _ in range(3):
        visit(tmp_path, source)
    assert sorted(story.guid or "" for story in stored(tmp_path)) == sorted(
        f"http://wp.example/?p={n}" for n in range(1, 15)
    )


def teaser(server: Server, text: str = "The council of ward 1 is to dig a canal, it was said …") -> bytes:
    return rss(
        item(
            "a",
            1,
            link=f"{server.base}/town/canal",
            title="Ward 1 to dig a canal of its own",
            text=f"<p>{text}</p>",
        )
    )


NOT_FOUND = b"<html><head><title>Page not found</title></head><body><h1>404</h1><p>The page that you look for does not exist.</p></body></html>"
SECTION = (
    b"<html><head><title>Town</title></head><body><h1>Town</h1><ul>"
    + b"<li><a href='/x'>A headline of the town</a></li>" * 40
    + b"</ul></body></html>"
)


@pytest.mark.parametrize("how", ["words", "section"])
def test_row_52_a_soft_404_is_no_text_and_the_earlier_one_stays(
    server: Server, tmp_path: Path, how: str
) -> None:
    source = Source(name="s", url=f"{server.base}/feed")
    server.pages |= {
        "/feed": (200, "text/xml", teaser(server)),
        "/town/canal": (200, "text/html", PAGE.format(t="Ward 1 to dig a canal of its own", n=1).encode()),
        "/town": (200, "text/html", SECTION),
    }
    visit(tmp_path, source)
    (before,) = stored(tmp_path)
    assert len(before.body) == 2 and not before.partial
    if how == "words":
        server.pages["/town/canal"] = (200, "text/html", NOT_FOUND)
    else:
        server.pages["/town/canal"], server.moves["/town/canal"] = (302, "text/html", b""), "/town"
    server.pages["/feed"] = (
        200,
        "text/xml",
        teaser(server, "The council of ward 1 is to dig a canal, it was said on Monday …"),
    )
    visit(tmp_path, source)
    (story,) = stored(tmp_path)
    assert story.body == before.body


@pytest.mark.parametrize("how", ["words", "section"])
def test_row_52_a_story_first_met_as_a_soft_404_stays_a_teaser(
    server: Server, tmp_path: Path, how: str
) -> None:
    server.pages |= {"/feed": (200, "text/xml", teaser(server)), "/town": (200, "text/html", SECTION)}
    server.pages["/town/canal"] = (200, "text/html", NOT_FOUND) if how == "words" else (302, "text/html", b"")
    if how == "section":
        server.moves["/town/canal"] = "/town"
    visit(tmp_path, Source(name="s", url=f"{server.base}/feed"))
    (story,) = stored(tmp_path)
    assert story.partial and story.body[0].startswith("The council of ward 1") and len(story.body) == 1


def test_row_53_a_page_that_shows_less_than_the_feed_takes_nothing_away(
    server: Server, tmp_path: Path
) -> None:
    words = " ".join(paragraphs("a", 1)) + " …"
    lead = paragraphs("a", 1)[0]
    wall = f"""<html><head><title>Ward 1 to dig a canal of its own</title><meta property="og:type" content="article"></head><body><article>
        <h1>Ward 1 to dig a canal of its own</h1><p>{lead}</p></article><div class="paywall"><p>Subscribe to read the rest of it.</p></div></body></html>"""
    server.pages |= {
        "/feed": (200, "text/xml", teaser(server, words)),
        "/town/canal": (200, "text/html", wall.encode()),
    }
    visit(tmp_path, Source(name="s", url=f"{server.base}/feed"))
    (story,) = stored(tmp_path)
    assert story.partial and " ".join(story.body).startswith(" ".join(paragraphs("a", 1))[:300])
    assert "Subscribe" not in " ".join(story.body)
